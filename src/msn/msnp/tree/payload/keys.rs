//! The names of headers and of `Name: value` bodies, and the field of each. Data only.
//!
//! Source: docs/protocol/msnp.md §5.1 to §5.3, §5.13.

use crate::msn::msnp::fields::Field;

/// Format of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineValueKind {
    /// Text in UTF-8.
    Text,
    /// URL-encoded text.
    Encoded,
    /// Text with the encoded words of mail headers.
    Words,
    /// A 32-bit decimal number, signed or not.
    Number,
    /// A 64-bit decimal number, signed or not.
    Long,
    /// 0 or 1, Y or N, TRUE or FALSE.
    Flag,
    /// Seconds since 1970.
    Seconds,
    /// An IPv4 or IPv6 address, optionally with a port.
    Ip,
    /// A port.
    Port,
    /// A port whose two bytes are swapped.
    SwappedPort,
    /// Text in base64.
    Base64Text,
    /// The value of Content-Type.
    ContentType,
    /// The value of X-MMS-IM-Format.
    Format,
    /// An account with network, endpoint and path.
    Address,
    /// Text that can be an msnobj.
    Object,
    /// XML.
    Xml,
    /// The id of a datacast.
    Datacast,
    /// The GUID of an application.
    Application,
    /// Why an invitation is cancelled.
    CancelCode,
    /// The location of a publication, which can contain an account.
    Uri,
    /// `Bridging-Offsets`: numbers, separated by commas.
    Offsets,
}

/// A name and the field of its value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LineKey {
    pub(crate) name: &'static str,
    pub(crate) field: Field,
    pub(crate) kind: LineValueKind,
}

const fn key(name: &'static str, field: Field, kind: LineValueKind) -> LineKey {
    LineKey { name, field, kind }
}

use Field as F;
use LineValueKind::*;

/// Headers of a message, and of the last block of MSNP21.
#[rustfmt::skip]
pub(crate) const MESSAGE: &[LineKey] = &[
    key("Bridging-Offsets", F::BridgingOffsets, Offsets),
    key("Chunk", F::ChunkNumber, Number),
    key("Chunks", F::ChunkCount, Number),
    key("Content-Length", F::ContentLength, Number),
    key("Content-Transfer-Encoding", F::TransferEncoding, Text),
    key("Content-Type", F::ContentType, ContentType),
    key("Dest-Agent", F::DestinationAgent, Text),
    key("IM-Display-Name", F::DisplayName, Text),
    key("MIME-Version", F::MimeVersion, Text),
    key("Message-ID", F::MessageId, Text),
    key("Message-Subtype", F::MessagingSubtype, Text),
    key("Message-Type", F::MessagingType, Text),
    key("NotifNum", F::NotifyNumber, Number),
    key("NotifType", F::NotifyType, Text),
    key("P2P-Dest", F::P2pDestination, Address),
    key("P2P-Src", F::P2pSource, Address),
    key("P4-Context", F::DisplayName, Text),
    key("Pipe", F::Pipe, Number),
    key("RecordingUser", F::RecordingUser, Text),
    key("Roster", F::Roster, Text),
    key("TypingUser", F::TypingUser, Text),
    key("Uri", F::Uri, Uri),
    key("User-Agent", F::UserAgent, Text),
    key("X-MMS-IM-Format", F::Format, Format),
];

/// The Routing block of MSNP21.
#[rustfmt::skip]
pub(crate) const ROUTING: &[LineKey] = &[
    key("From", F::RoutingFrom, Address),
    key("Options", F::RoutingOptions, Number),
    key("Routing", F::BlockVersion, Text),
    key("Service-Channel", F::ServiceChannel, Text),
    key("To", F::RoutingTo, Address),
];

/// The Reliability block of MSNP21.
#[rustfmt::skip]
pub(crate) const RELIABILITY: &[LineKey] = &[
    key("Flags", F::ReliabilityFlags, Text),
    key("Reliability", F::BlockVersion, Text),
    key("Segment", F::ReliabilitySegment, Number),
    key("Stream", F::ReliabilityStream, Number),
];

/// First lines of the last block of MSNP21; the others are those of a message.
#[rustfmt::skip]
pub(crate) const LAST_BLOCK: &[LineKey] = &[
    key("Messaging", F::BlockVersion, Text),
    key("Notification", F::BlockVersion, Text),
    key("Publication", F::BlockVersion, Text),
];

/// The profile that a server sends after login.
#[rustfmt::skip]
pub(crate) const PROFILE: &[LineKey] = &[
    key("ABCHMigrated", F::ProfileMigrated, Flag),
    key("Age", F::ProfileAge, Text),
    key("BDayPre", F::ProfileBirthdayPrecision, Text),
    key("BetaInvites", F::ProfileBetaInvites, Text),
    key("Birthday", F::ProfileBirthday, Text),
    key("ClientIP", F::ProfileClientIp, Ip),
    key("ClientPort", F::ProfileClientPort, SwappedPort),
    key("EmailEnabled", F::ProfileMailEnabled, Flag),
    key("Flags", F::ProfileFlags, Number),
    key("Gender", F::ProfileGender, Text),
    key("Kid", F::ProfileKid, Flag),
    key("LoginTime", F::ProfileLoginTime, Seconds),
    key("MPOPEnabled", F::ProfileEndpointsEnabled, Flag),
    key("MSPAuth", F::ProfileTicket, Text),
    key("MSPProf", F::ProfileTicket, Text),
    key("MemberIdHigh", F::ProfileMemberHigh, Number),
    key("MemberIdLow", F::ProfileMemberLow, Number),
    key("Nickname", F::ProfileNickname, Encoded),
    key("PostalCode", F::ProfilePostalCode, Text),
    key("PreferredEmail", F::ProfileMail, Text),
    key("RouteInfo", F::ProfileRouteInfo, Text),
    key("TOUNeeded", F::ProfileTermsNeeded, Flag),
    key("Wallet", F::ProfileWallet, Text),
    key("country", F::ProfileCountry, Text),
    key("kv", F::ProfileKeyVersion, Number),
    key("lang_preference", F::ProfileLanguage, Number),
    key("sid", F::ProfileSite, Number),
];

/// Invitations.
#[rustfmt::skip]
pub(crate) const INVITATION: &[LineKey] = &[
    key("Application-File", F::InvitationFile, Text),
    key("Application-FileSize", F::InvitationFileSize, Long),
    key("Application-GUID", F::InvitationGuid, Application),
    key("Application-Name", F::InvitationApplication, Text),
    key("AuthCookie", F::InvitationAuthCookie, Text),
    key("Cancel-Code", F::InvitationCancelCode, CancelCode),
    key("Conn-Type", F::InvitationConnection, Text),
    key("Connectivity", F::InvitationConnectivity, Text),
    key("Context-Data", F::InvitationContext, Text),
    key("IP-Address", F::InvitationIp, Ip),
    key("IP-Address-Enc64", F::InvitationIpEncoded, Base64Text),
    key("IP-Address-Internal", F::InvitationIpInternal, Ip),
    key("Invitation-Command", F::InvitationCommand, Text),
    key("Invitation-Cookie", F::InvitationCookie, Text),
    key("Launch-Application", F::InvitationLaunch, Flag),
    key("Port", F::InvitationPort, Port),
    key("PortX", F::InvitationPortX, Number),
    key("PortX-Internal", F::InvitationPortXInternal, Number),
    key("Private-IP", F::InvitationPrivateIp, Ip),
    key("Public-IP", F::InvitationPublicIp, Ip),
    key("Request-Data", F::InvitationRequest, Text),
    key("Sender-Connect", F::InvitationSenderConnects, Flag),
    key("Session-ID", F::InvitationSession, Text),
    key("Session-Protocol", F::InvitationProtocol, Text),
    key("Sip-Capability", F::InvitationSip, Flag),
    key("UPnP", F::InvitationUpnp, Flag),
    key("UsingRendezvous", F::InvitationRendezvous, Flag),
];

/// Notifications of mail and of offline messages.
#[rustfmt::skip]
pub(crate) const MAIL: &[LineKey] = &[
    key("Dest-Folder", F::MailFolder, Text),
    key("Folders-URL", F::MailFoldersUrl, Text),
    key("Folders-Unread", F::MailOtherUnread, Number),
    key("From", F::MailFrom, Words),
    key("From-Addr", F::MailFromAddress, Text),
    key("Inbox-URL", F::MailInboxUrl, Text),
    key("Inbox-Unread", F::MailInboxUnread, Number),
    key("Mail-Data", F::MailData, Xml),
    key("Message-Delta", F::MailDelta, Number),
    key("Message-URL", F::MailUrl, Text),
    key("Post-URL", F::MailPostUrl, Text),
    key("Src-Folder", F::MailSourceFolder, Text),
    key("Subject", F::MailSubject, Words),
    key("id", F::MailSite, Number),
];

/// A datacast.
#[rustfmt::skip]
pub(crate) const DATACAST: &[LineKey] = &[
    key("Data", F::DatacastData, Object),
    key("ID", F::DatacastId, Datacast),
];

/// Information about third-party clients.
#[rustfmt::skip]
pub(crate) const CLIENT: &[LineKey] = &[
    key("Chat-Logging", F::CapsLogging, Text),
    key("Client-Name", F::CapsClient, Text),
];

/// A system message.
#[rustfmt::skip]
pub(crate) const SYSTEM: &[LineKey] = &[
    key("Arg1", F::SystemArgument, Number),
    key("Type", F::SystemType, Number),
];

/// The row with this name, ignoring case.
pub(crate) fn find(tables: &[&'static [LineKey]], name: &[u8]) -> Option<&'static LineKey> {
    let mut rows = tables.iter().flat_map(|table| table.iter());
    rows.find(|row| row.name.as_bytes().eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_unique() {
        let tables = [
            MESSAGE,
            ROUTING,
            RELIABILITY,
            LAST_BLOCK,
            PROFILE,
            INVITATION,
            MAIL,
            DATACAST,
            CLIENT,
            SYSTEM,
        ];
        for table in tables {
            for pair in table.windows(2) {
                assert!(pair[0].name < pair[1].name, "{}", pair[1].name);
            }
        }
        assert_eq!(
            find(&[PROFILE], b"preferredEmail").map(|k| k.name),
            Some("PreferredEmail")
        );
        assert!(find(&[ROUTING], b"Uri").is_none());
    }
}
