//! Words and numbers of MSNP with their meanings. Data only.
//!
//! Source: docs/protocol/msnp.md §1.5 (dialects) and §4 (value tables).

#[cfg(test)]
mod tests;

use crate::codes::{Codes, WordCodes};
use crate::msn::common::number::decimal;

/// Default TCP port of MSNP servers (§7.2).
pub const PORT: u16 = 1863;

/// States of a user (§4.1).
pub const STATUSES: WordCodes = WordCodes::new(&[
    ("AWY", c"Away"),
    ("BRB", c"Be right back"),
    ("BSY", c"Busy"),
    ("FLN", c"Offline"),
    ("HDN", c"Appear offline"),
    ("IDL", c"Idle"),
    ("LUN", c"Out to lunch"),
    ("NLN", c"Online"),
    ("PHN", c"On the phone"),
]);

/// Names of the contact lists (§4.2).
pub const LISTS: WordCodes = WordCodes::new(&[
    ("AL", c"Allow list"),
    ("BL", c"Block list"),
    ("FL", c"Forward list"),
    ("PL", c"Pending list"),
    ("RL", c"Reverse list"),
]);

/// Networks that an account can belong to (§4.3).
pub const NETWORKS: Codes = Codes::new(&[
    (0, c"None"),
    (1, c"Windows Live (Passport)"),
    (2, c"Office Communicator"),
    (4, c"Telephone"),
    (8, c"Mobile network interop"),
    (9, c"Circle"),
    (10, c"Temporary group"),
    (11, c"Contact ID"),
    (13, c"Connect"),
    (14, c"Remote network gateway"),
    (16, c"Email"),
    (32, c"Yahoo!"),
]);

/// Why a server ends a session (§4.6).
pub const OUT_REASONS: WordCodes = WordCodes::new(&[
    ("MIG", c"Contact list migrated, sign in again"),
    ("OTH", c"Signed in at another location"),
    ("RCT", c"Reconnect later"),
    ("SSD", c"Server shutting down"),
    ("TOU", c"Terms of use not accepted"),
]);

/// Properties of PRP, BPR and SBP (§4.7).
pub const PROPERTIES: WordCodes = WordCodes::new(&[
    ("CID", c"Contact ID"),
    ("HSB", c"Has a blog"),
    ("MBE", c"Mobile device enabled"),
    ("MFN", c"Friendly name"),
    ("MOB", c"Paging by contacts allowed"),
    ("PHH", c"Home phone"),
    ("PHM", c"Mobile phone"),
    ("PHW", c"Work phone"),
    ("WWE", c"Direct paging enabled"),
]);

/// Types of notifications between users, UUN and UBN (§4.8).
pub const NOTIFICATION_TYPES: Codes = Codes::new(&[
    (1, c"XML data"),
    (2, c"SIP invitation"),
    (3, c"Peer-to-peer"),
    (4, c"Sign out"),
    (5, c"Conversation window closed"),
    (6, c"Resynchronize services"),
    (7, c"Clear reverse list prompts"),
    (8, c"Forwarded to the user's other endpoints"),
    (9, c"Reserved"),
    (10, c"TURN setup"),
    (11, c"SIP metadata"),
    (12, c"Tunneled SIP"),
]);

/// Types of messages to and from other networks, UUM and UBM (§4.8).
pub const MESSAGE_TYPES: Codes = Codes::new(&[(1, c"Text"), (2, c"Typing"), (3, c"Nudge")]);

/// Types of pages, PGD (§2.4).
pub const PAGE_TYPES: Codes = Codes::new(&[(1, c"Mobile phone"), (2, c"MSN Direct device")]);

/// Services of URL (§4.9).
pub const SERVICES: WordCodes = WordCodes::new(&[
    ("ADDRBOOK", c"Address book"),
    ("ADVSEARCH", c"Advanced member search"),
    ("CHAT", c"Chat rooms"),
    ("CHGMOB", c"Mobile settings"),
    ("COMPOSE", c"Compose email"),
    ("FOLDERS", c"Mail folders"),
    ("INBOX", c"Inbox"),
    ("INTSEARCH", c"Interest search"),
    ("MESSAGE", c"Email message"),
    ("MOBILE", c"Mobile page"),
    ("N2PACCOUNT", c"Phone call account"),
    ("N2PFUND", c"Phone call credit"),
    ("PASSWORD", c"Password change"),
    ("PERSON", c"Personal data"),
    ("PROFILE", c"Member profile"),
]);

/// How a message is acknowledged (§4.10).
pub const MESSAGE_MODES: WordCodes = WordCodes::new(&[
    ("A", c"ACK or NAK"),
    ("D", c"ACK or NAK, data"),
    ("N", c"NAK only"),
    ("S", c"ACK only"),
    ("U", c"Not acknowledged"),
]);

/// Authentication packages (§4.11).
pub const PACKAGES: WordCodes = WordCodes::new(&[
    ("CKI", c"Cookie"),
    ("CTP", c"Cleartext password"),
    ("MD5", c"MD5 password hash"),
    ("SHA", c"Circle ticket"),
    ("SSO", c"Single sign-on"),
    ("TWN", c"Tweener (Passport)"),
]);

/// Stages of an authentication (§4.11).
pub const STAGES: WordCodes = WordCodes::new(&[
    ("A", c"Circle authentication"),
    ("I", c"Initial"),
    ("S", c"Subsequent"),
]);

/// Policies of single sign-on (§4.11).
pub const POLICIES: WordCodes = WordCodes::new(&[
    ("MBI", c"Ticket over HTTP"),
    ("MBI_KEY", c"Ticket and key"),
    ("MBI_KEY_OLD", c"Ticket and key, older form"),
    ("MBI_SSL", c"Ticket over TLS"),
]);

/// Types of servers in XFR (§4.12).
pub const SERVER_TYPES: WordCodes =
    WordCodes::new(&[("NS", c"Notification server"), ("SB", c"Switchboard")]);

/// Whether the client asks the user when somebody adds them, GTC (§4.12).
pub const PROMPTS: WordCodes = WordCodes::new(&[("A", c"Ask"), ("N", c"Never ask")]);

/// Treatment of users on neither list, BLP (§4.12).
pub const PRIVACY: WordCodes = WordCodes::new(&[
    ("AL", c"Allow everyone except the block list"),
    ("BL", c"Block everyone except the allow list"),
]);

/// What happened to a publication, NFY (§4.12).
pub const ACTIONS: WordCodes = WordCodes::new(&[("DEL", c"Deleted"), ("PUT", c"Published")]);

/// Why a participant left, BYE (§7.6, item 9).
pub const BYE_REASONS: Codes = Codes::new(&[(1, c"Idle timeout")]);

/// The first client of each dialect (§1.5).
const DIALECT_CLIENTS: Codes = Codes::new(&[
    (2, c"MSN Messenger 1.0"),
    (3, c"MSN Messenger 2.0"),
    (4, c"MSN Messenger 2.2"),
    (5, c"MSN Messenger 3.0"),
    (6, c"MSN Messenger 3.6"),
    (7, c"MSN Messenger 4.5"),
    (8, c"MSN Messenger 5.0"),
    (9, c"MSN Messenger 6.0"),
    (10, c"MSN Messenger 6.1"),
    (11, c"MSN Messenger 7.0"),
    (12, c"MSN Messenger 7.5"),
    (13, c"Windows Live Messenger 8.0"),
    (14, c"Windows Live Messenger 8.0"),
    (15, c"Windows Live Messenger 8.1"),
    (16, c"Windows Live Messenger 9.0 beta"),
    (17, c"Windows Live Messenger 9.0 beta"),
    (18, c"Windows Live Messenger 2009"),
    (19, c"Windows Live Messenger 2010 beta"),
    (20, c"Windows Live Messenger 2010 beta"),
    (21, c"Windows Live Messenger 2011"),
    (24, c"Skype-era servers"),
]);

/// Windows language identifiers that clients send (§2.3, CVR).
pub const LOCALES: Codes = Codes::new(&[
    (0x0401, c"Arabic (Saudi Arabia)"),
    (0x0402, c"Bulgarian"),
    (0x0404, c"Chinese (Taiwan)"),
    (0x0405, c"Czech"),
    (0x0406, c"Danish"),
    (0x0407, c"German (Germany)"),
    (0x0408, c"Greek"),
    (0x0409, c"English (United States)"),
    (0x040a, c"Spanish (Spain)"),
    (0x040b, c"Finnish"),
    (0x040c, c"French (France)"),
    (0x040d, c"Hebrew"),
    (0x040e, c"Hungarian"),
    (0x0410, c"Italian (Italy)"),
    (0x0411, c"Japanese"),
    (0x0412, c"Korean"),
    (0x0413, c"Dutch (Netherlands)"),
    (0x0414, c"Norwegian (Bokmål)"),
    (0x0415, c"Polish"),
    (0x0416, c"Portuguese (Brazil)"),
    (0x0418, c"Romanian"),
    (0x0419, c"Russian"),
    (0x041a, c"Croatian"),
    (0x041b, c"Slovak"),
    (0x041d, c"Swedish"),
    (0x041e, c"Thai"),
    (0x041f, c"Turkish"),
    (0x0421, c"Indonesian"),
    (0x0422, c"Ukrainian"),
    (0x0424, c"Slovenian"),
    (0x0425, c"Estonian"),
    (0x0426, c"Latvian"),
    (0x0427, c"Lithuanian"),
    (0x042a, c"Vietnamese"),
    (0x0804, c"Chinese (PRC)"),
    (0x0807, c"German (Switzerland)"),
    (0x0809, c"English (United Kingdom)"),
    (0x080a, c"Spanish (Mexico)"),
    (0x080c, c"French (Belgium)"),
    (0x0813, c"Dutch (Belgium)"),
    (0x0816, c"Portuguese (Portugal)"),
    (0x0c04, c"Chinese (Hong Kong)"),
    (0x0c07, c"German (Austria)"),
    (0x0c09, c"English (Australia)"),
    (0x0c0a, c"Spanish (Spain, modern sort)"),
    (0x0c0c, c"French (Canada)"),
    (0x1004, c"Chinese (Singapore)"),
    (0x1009, c"English (Canada)"),
]);

/// The first client of the dialect named by a word such as `MSNP8`.
pub fn dialect_client(word: &[u8]) -> Option<&'static str> {
    DIALECT_CLIENTS.name(u32::from(dialect_number(word)?))
}

/// The number of the dialect named by a word such as `MSNP8`.
pub fn dialect_number(word: &[u8]) -> Option<u8> {
    let digits = word.strip_prefix(b"MSNP")?;
    let number = decimal(digits)?;
    u8::try_from(number).ok().filter(|number| *number > 0)
}

/// Whether a word names a dialect or is the pseudo-dialect `CVR0`.
pub fn is_dialect(word: &[u8]) -> bool {
    word == b"CVR0" || dialect_number(word).is_some()
}
