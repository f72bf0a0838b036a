//! The parameters of command lines, one row each: what a word means, which words can mean it,
//! how it is shown, a word for the tests, and its field.
//!
//! The field has the form of the rows of [`crate::protocol`]. Rows without parentheses are the
//! parts of the number above them. The second table has the meanings that are shown in the
//! field of another one.
//!
//! * **Which words**: a function of src/msn/msnp/wire/parameter/fit.rs.
//! * **How**: see [`crate::msn::msnp::tree::meaning::Presentation`]; `Custom` names a function of
//!   src/msn/msnp/tree/compound.rs.
//! * Tables of codes are those that src/msn/msnp/fields.rs and src/msn/msnp/tree/meaning.rs
//!   import.

/// Passes both tables to another macro, followed by the rest of its input.
macro_rules! parameters {
    ($then:ident! { $($rest:tt)* }) => { $then! { {
        TrId: (number, Number, "7") = c"msnms.trid", c"Transaction ID", U32 Dec, c"Chosen by the client and echoed in the reply";
        PayloadLength: (number, Number, "5") = c"msnms.payload.length", c"Payload length", U32 Dec, c"Length in bytes of the payload that follows the command line";
        Account: (account, Custom(account), "alice@example.com") = c"msnms.account", c"Account", Text, c"Email address or telephone number of an account, without network and endpoint, wherever it occurs";
        Network: (byte, Number, "1") = c"msnms.network", c"Network", U32 Dec in NETWORKS, c"Network to which the account belongs";
        FriendlyName: (any, Encoded, "Alice") = c"msnms.friendly_name", c"Friendly name", Text, c"Display name of an account, URL-decoded";
        Status: (three_capitals, Named(STATUSES), "BSY") = c"msnms.status", c"Status", Text, c"Three-letter presence status, such as NLN for online";
        List: (two_capitals, Named(LISTS), "AL") = c"msnms.list", c"List", Text, c"Contact list to which the command applies";
        Lists: (byte, Bits, "11") = c"msnms.lists", c"Lists", U8 Hex, c"Bitmask of the contact lists that hold the contact";
        ListsFl = c"msnms.lists.fl", c"Forward list", Bool & 0x01, c"The user has added the contact";
        ListsAl = c"msnms.lists.al", c"Allow list", Bool & 0x02, c"The contact may see the user's presence and send messages";
        ListsBl = c"msnms.lists.bl", c"Block list", Bool & 0x04, c"The contact may not see the user's presence";
        ListsRl = c"msnms.lists.rl", c"Reverse list", Bool & 0x08, c"The contact has added the user";
        ListsPl = c"msnms.lists.pl", c"Pending list", Bool & 0x10, c"The contact has added the user, who has not answered yet";
        ListsApplication = c"msnms.lists.application", c"Application contact", Bool & 0x20, c"Contact added by an application rather than by the user";
        ListsHidden = c"msnms.lists.hidden", c"Hidden contact", Bool & 0x40, c"Not displayed in the contact list";
        Capabilities: (capability_numbers, Custom(capabilities), "268435456") = c"msnms.capabilities", c"Client capabilities", U32 Hex, c"Bitmask of client capabilities, with the client generation in the top four bits";
        CanMobile = c"msnms.capabilities.mobile", c"Online via mobile", Bool & 0x00000001, c"Messages are forwarded to a mobile device";
        CanMsn8 = c"msnms.capabilities.msn8", c"MSN 8 user", Bool & 0x00000002, c"User of the MSN 8 internet service";
        CanGifInk = c"msnms.capabilities.gif_ink", c"Renders GIF ink", Bool & 0x00000004, c"Can display handwriting sent as a GIF image";
        CanIsfInk = c"msnms.capabilities.isf_ink", c"Renders ISF ink", Bool & 0x00000008, c"Can display handwriting sent in Ink Serialized Format";
        CanWebcam = c"msnms.capabilities.webcam", c"Webcam", Bool & 0x00000010, c"Has a webcam";
        CanChunks = c"msnms.capabilities.chunks", c"Multi-packet messaging", Bool & 0x00000020, c"Can reassemble messages sent in several chunks";
        CanMobileDevice = c"msnms.capabilities.mobile_device", c"Mobile device registered", Bool & 0x00000040, c"Has a mobile device that can be paged";
        CanWebWatch = c"msnms.capabilities.web_watch", c"MSN Direct device", Bool & 0x00000080, c"Has a smart watch that receives pages";
        CanActivities = c"msnms.capabilities.activities", c"Activities", Bool & 0x00000100, c"Supports activities and games between two users";
        CanWebClient = c"msnms.capabilities.web_client", c"Web client", Bool & 0x00000200, c"Runs in a web browser";
        CanMobileClient = c"msnms.capabilities.mobile_client", c"Mobile client", Bool & 0x00000400, c"Runs on a mobile phone";
        CanFederated = c"msnms.capabilities.federated", c"Federated user", Bool & 0x00000800, c"Signed in through Office Communicator or another federated server";
        CanSpace = c"msnms.capabilities.space", c"Has a Space", Bool & 0x00001000, c"The user has a Windows Live Space";
        CanMediaCenter = c"msnms.capabilities.media_center", c"Media Center", Bool & 0x00002000, c"Runs on Windows Media Center";
        CanDirect = c"msnms.capabilities.direct", c"Direct P2P", Bool & 0x00004000, c"Supports direct peer-to-peer connections";
        CanWinks = c"msnms.capabilities.winks", c"Winks", Bool & 0x00008000, c"Can receive winks (animations)";
        CanSearch = c"msnms.capabilities.search", c"Shared search", Bool & 0x00010000, c"Supports searching the web together with a contact";
        CanBot = c"msnms.capabilities.bot", c"Bot", Bool & 0x00020000, c"Automated client, not a person";
        CanVoiceClips = c"msnms.capabilities.voice_clips", c"Voice clips", Bool & 0x00040000, c"Can receive voice clips";
        CanSecure = c"msnms.capabilities.secure", c"Secure channel", Bool & 0x00080000, c"Supports encrypted messages";
        CanSip = c"msnms.capabilities.sip", c"SIP invitations", Bool & 0x00100000, c"Supports calls set up by SIP";
        CanMultipartyMedia = c"msnms.capabilities.multiparty_media", c"Multiparty media", Bool & 0x00200000, c"Supports audio and video with more than two participants";
        CanSharedFolders = c"msnms.capabilities.shared_folders", c"Shared folders", Bool & 0x00400000, c"Supports folders shared with a contact";
        CanPageMode = c"msnms.capabilities.page_mode", c"Page mode messaging", Bool & 0x00800000, c"Accepts messages outside of a switchboard session";
        CanOneCare = c"msnms.capabilities.onecare", c"Windows Live OneCare", Bool & 0x01000000, c"Windows Live OneCare is installed";
        CanTurn = c"msnms.capabilities.turn", c"TURN support", Bool & 0x02000000, c"Supports relayed peer-to-peer connections (TURN)";
        CanP2pUun = c"msnms.capabilities.p2p_uun", c"P2P bootstrapping via UUN", Bool & 0x04000000, c"Can set up peer-to-peer sessions by UUN, without a switchboard";
        CanAlias = c"msnms.capabilities.alias", c"Using alias", Bool & 0x08000000, c"Signed in under an alias of the account";
        Generation = c"msnms.capabilities.generation", c"Client generation", U32 Dec & 0xf0000000 in GENERATIONS, c"Client generation, in the top four bits";
        Dialect: (dialect, Custom(dialect), "MSNP9") = c"msnms.dialect", c"Protocol version", Text, c"MSNP version offered by the client or chosen by the server";
        AuthPackage: (package, Named(PACKAGES), "MD5") = c"msnms.auth.package", c"Authentication method", Text, c"Method by which the client authenticates, such as MD5, TWN or SSO";
        AuthStage: (one_capital, Named(STAGES), "I") = c"msnms.auth.stage", c"Authentication stage", Text, c"I for the initial exchange, S for a subsequent one";
        AuthPolicy: (policy, Named(POLICIES), "MBI_KEY_OLD") = c"msnms.auth.policy", c"Authentication policy", Text, c"Security policy that the single sign-on ticket has to satisfy";
        AuthNonce: (any, Text, "QUJDRA==") = c"msnms.auth.nonce", c"Authentication nonce", Text, c"base64; the client encrypts it with a key derived from the ticket";
        AuthSalt: (any, Text, "1013928519.693957190") = c"msnms.auth.salt", c"Password salt", Text, c"Prepended to the password before hashing";
        AuthParameters: (login_parameters, Custom(login_parameters), "lc=1033,id=507") = c"msnms.auth.parameters", c"Login parameters", Text, c"Comma-separated parameters for the Passport login server";
        AuthTicket: (ticket, Custom(ticket), "t=1&p=2") = c"msnms.auth.ticket", c"Authentication ticket", Text [secret "ticket"], c"Sensitive: authenticates the user as long as it is valid";
        Password: (any, Text, "secret") = c"msnms.auth.password", c"Cleartext password", Text [secret "password"], c"Sensitive: the password of the account";
        PasswordHash: (md5, Text, "0123456789abcdef0123456789abcdef") = c"msnms.auth.hash", c"Password hash", Text [secret "hash"], c"Sensitive: MD5 of salt and password, open to dictionary attacks";
        CircleTicket: (any, Custom(circle_ticket), "QUJDRA==") = c"msnms.auth.circle_ticket", c"Circle ticket", Text [secret "ticket"], c"Sensitive: base64 of the signed ticket for the user's circles";
        ResponseBlob: (no_brace, Custom(response_blob), "QUJDRA==") = c"msnms.auth.response", c"Challenge response blob", Text [secret "response"], c"base64 of the encrypted nonce of single sign-on";
        Verified: (bit, Flag, "1") = c"msnms.verified", c"Account verified", Bool, c"The email address of the account has been verified";
        Restricted: (bit, Flag, "1") = c"msnms.restricted", c"Restricted account", Bool, c"Child account with restricted access";
        Outcome: (any, Text, "OK") = c"msnms.outcome", c"Outcome", Text, c"OK, or RINGING while the called user is being invited";
        ServerType: (two_capitals, Named(SERVER_TYPES), "SB") = c"msnms.server.type", c"Server type", Text, c"NS for a notification server, SB for a switchboard";
        Server: (server, Custom(server), "192.0.2.1:1863") = c"msnms.server", c"Server", Text, c"Address of a server, with or without port";
        ServerDomain: (any, Text, "messenger.example.com") = c"msnms.server.domain", c"Server domain", Text, c"Domain of the service to which the switchboard belongs";
        TransferFlag: (one_capital, Text, "U") = c"msnms.transfer.flag", c"Transfer flag", Text, c"Flag letter of unknown meaning";
        DirectConnection: (bit, Flag, "1") = c"msnms.transfer.direct", c"Direct connection supported", Bool, c"The switchboard can be reached without the HTTP gateway";
        HopCounter: (any, Custom(hop_counter), "QUJDRA==") = c"msnms.transfer.hops", c"Hop counter", Text, c"base64 of two headers, which the client returns to the next server";
        Cookie: (any, Text, "17262740.1050826919.32308") = c"msnms.cookie", c"Switchboard cookie", Text [secret "cookie"], c"Sensitive: admits one client to a switchboard session";
        SessionId: (any, Text, "11752013") = c"msnms.session_id", c"Switchboard session ID", Text, c"Number that the switchboard assigns to a session";
        ListVersion: (list_version, Custom(list_version), "12") = c"msnms.list_version", c"Contact list version", Text, c"Number or time; a higher one means newer contacts";
        SettingsVersion: (list_version, Custom(settings_version), "12") = c"msnms.settings_version", c"Settings version", Text, c"Number or time; a higher one means newer settings";
        ContactCount: (number, Number, "3") = c"msnms.contacts", c"Contact count", U32 Dec, c"Number of LST lines that follow";
        GroupCount: (number, Number, "3") = c"msnms.groups", c"Group count", U32 Dec, c"Number of LSG lines that follow";
        Index: (number, Number, "3") = c"msnms.index", c"Line index", U32 Dec, c"One-based index of this line in a multi-line reply";
        Total: (number, Number, "3") = c"msnms.total", c"Line count", U32 Dec, c"Number of lines of the reply";
        GroupId: (group, Text, "0") = c"msnms.group.id", c"Group ID", Text, c"Number of a contact group; a GUID since MSNP10";
        GroupName: (not_guid, Encoded, "Friends") = c"msnms.group.name", c"Group name", Text, c"Name of a contact group, URL-decoded";
        ContactId: (contact_id, Prefixed("C="), "C=00000000-0000-0000-0000-000000000001") = c"msnms.contact.id", c"Contact ID", Text, c"GUID of a contact in the address book";
        PropertyName: (three_capitals, Named(PROPERTIES), "PHM") = c"msnms.property.name", c"Property name", Text, c"Three letters, such as PHM for the mobile phone";
        PropertyValue: (any, Encoded, "555") = c"msnms.property.value", c"Property value", Text, c"URL-decoded; absent when the property is empty";
        Prompt: (one_capital, Named(PROMPTS), "A") = c"msnms.prompt", c"Reverse list prompting", Text, c"Whether the client asks the user when somebody adds them";
        Privacy: (two_capitals, Named(PRIVACY), "AL") = c"msnms.privacy", c"Default privacy", Text, c"What users on neither list may do";
        Locale: (locale, Custom(locale), "0x0409") = c"msnms.locale", c"Locale", U32 Hex in LOCALES, c"Windows locale identifier (LCID) of the client";
        ClientOs: (any, Text, "winnt") = c"msnms.client.os", c"Operating system", Text, c"Operating system of the client";
        ClientOsVersion: (any, Text, "5.1") = c"msnms.client.os_version", c"Operating system version", Text, c"Version of the client's operating system";
        ClientCpu: (any, Text, "i386") = c"msnms.client.cpu", c"Processor architecture", Text, c"Processor architecture of the client";
        ClientName: (any, Text, "MSNMSGR") = c"msnms.client.name", c"Client name", Text, c"Name of the client program, such as MSNMSGR";
        ClientVersion: (any, Text, "6.0.0602") = c"msnms.client.version", c"Client version", Text, c"Version of the client program";
        ClientBrand: (any, Text, "MSMSGS") = c"msnms.client.brand", c"Client brand", Text, c"Edition of the client program, such as MSMSGS";
        RecommendedVersion: (version, Text, "6.0.0602") = c"msnms.client.recommended", c"Recommended client version", Text, c"Version of the client program that the server recommends";
        MinimumVersion: (version, Text, "6.0.0602") = c"msnms.client.minimum", c"Minimum client version", Text, c"Oldest version of the client program that the server admits";
        DownloadUrl: (url, Text, "http://example.com/") = c"msnms.client.download_url", c"Download URL", Text, c"Where to download the recommended version";
        InfoUrl: (url, Text, "http://example.com/") = c"msnms.client.info_url", c"Information URL", Text, c"Where to read about the recommended version";
        ConfigFile: (not_number, Text, "Shields.xml") = c"msnms.config_file", c"Configuration file name", Text, c"Name of the requested configuration file";
        PingSeconds: (number, Number, "3") = c"msnms.ping.seconds", c"Ping timeout", U32 Dec, c"Seconds until the client has to send the next PNG";
        OutReason: (three_capitals, Named(OUT_REASONS), "OTH") = c"msnms.out.reason", c"Sign-out reason", Text, c"Why the server closes the connection";
        OutMinutes: (number, Number, "3") = c"msnms.out.minutes", c"Reconnect delay", U32 Dec, c"Minutes until the client may reconnect";
        Challenge: (any, Text, "15570131571988941333") = c"msnms.challenge", c"Challenge", Text, c"Challenge string, which the client answers with QRY";
        ProductId: (any, Text, "msmsgs@msnmsgr.com") = c"msnms.product_id", c"Product ID", Text, c"Identifies the key with which the challenge is answered";
        Service: (service, Named(SERVICES), "INBOX") = c"msnms.service", c"Web service", Text, c"Web service whose URL is requested";
        ServiceParameter: (any, Encoded, "0x0409") = c"msnms.service.parameter", c"Service parameter", Text, c"Locale, or the account to write to";
        ServicePath: (any, Text, "/cgi-bin/HoTMaiL") = c"msnms.service.path", c"Service path", Text, c"Path to which the login page leads";
        LoginUrl: (url, Text, "http://example.com/") = c"msnms.service.login_url", c"Login URL", Text, c"Page to which the ticket is posted";
        SiteId: (any, Text, "2") = c"msnms.service.site_id", c"Site ID", Text, c"Site number at the Passport login server";
        Switch: (switch, Text, "ON") = c"msnms.messaging", c"Messaging", Text, c"Whether the client accepts switchboard invitations";
        DirectoryField: (pair, Custom(directory_field), "fname=Alice") = c"msnms.directory", c"Directory field", Text, c"Name and value of a directory entry or search";
        DirectoryIndex: (number, Number, "1") = c"msnms.directory.index", c"Directory entry number", U32 Dec, c"Number of an entry found by a search";
        MessageMode: (letter, Named(MESSAGE_MODES), "N") = c"msnms.message.mode", c"Acknowledgment mode", Text, c"Whether the switchboard answers with ACK or NAK";
        MessageType: (byte, Number, "1") = c"msnms.message.type", c"Message type", U32 Dec in MESSAGE_TYPES, c"Type of a message to or from another network";
        NotificationType: (byte, Number, "1") = c"msnms.notification.type", c"Notification type", U32 Dec in NOTIFICATION_TYPES, c"Type of a notification between users";
        PageType: (byte, Number, "1") = c"msnms.page.type", c"Page type", U32 Dec in PAGE_TYPES, c"Type of the device that is paged";
        Action: (three_capitals, Named(ACTIONS), "PUT") = c"msnms.action", c"Publication action", Text, c"What happened to a publication";
        ByeReason: (number, Number, "1") = c"msnms.bye.reason", c"Leave reason", U32 Dec in BYE_REASONS, c"Absent when the participant left on their own";
        MsnObject: (msn_object, Custom(msn_object), "%3Cmsnobj%20Type%3D%223%22/%3E") = c"msnms.msnobj", c"MSN object", Text, c"XML description of an MSN object, URL-decoded; 0 for none";
        IconUrl: (url, Encoded, "http://example.com/") = c"msnms.icon_url", c"Icon URL", Text, c"Display picture of a contact in another network";
        ErrorDetail: (any, Text, "") = c"msnms.error.detail", c"Error detail", Text, c"Text of an error reply after its code";
        Constant: (any, Text, "0") = c"msnms.constant", c"Constant parameter", Text, c"Parameter that always has the same value";
        Unknown: (any, Text, "x") = c"msnms.param.unknown", c"Unknown parameter", Text, c"Parameter of a known command, of unknown meaning";
    } {
        /// An account after the number of its network.
        NetworkAccount: (network_account, Custom(account), "1:alice@example.com") = Account;
        /// The account of a contact, after `N=`.
        ContactAccount: (contact_account, Prefixed("N="), "N=alice@example.com") = Account;
        /// The display name of a contact, after `F=`.
        ContactName: (contact_name, Prefixed("F="), "F=Alice") = FriendlyName;
        /// The GUID of a contact.
        ContactGuid: (guid, Text, "00000000-0000-0000-0000-000000000001") = ContactId;
        /// `0`: the server accepts none of the client's dialects.
        NoDialect: (zero, Custom(no_dialect), "0") = Dialect;
        /// Authentication packages, separated by commas.
        AuthPackages: (any, Custom(packages), "MD5,CTP") = AuthPackage;
        /// The GUID of the client's machine.
        MachineGuid: (in_braces, Text, "{00000000-0000-0000-0000-000000000002}") = EndpointId;
        /// Host and port of the server that sends the line.
        CurrentServer: (server, Custom(current_server), "192.0.2.1:1863") = Server;
        /// Groups, separated by commas.
        GroupIds: (groups, Custom(groups), "0") = GroupId;
        /// The display name of the inviter.
        Inviter: (any, Encoded, "Alice") = FriendlyName;
        /// An empty word between two spaces.
        Filler: (any, Text, "") = Unknown;
        /// A word after the last parameter of the form.
        Surplus: (any, Text, "") = Unknown;
    } $($rest)* } };
}

/// Reduces both tables to one row for each meaning, and passes them to another macro.
macro_rules! reduce {
    ({
        $($name:ident $(: ($fits:ident, $shown:expr, $example:literal))? = $filter:literal, $title:literal, $kind:ident $($base:ident)? $(& $mask:literal)? $([secret $secret:literal])? $(in $values:expr)?, $blurb:literal;)*
    } {
        $($(#[$about:meta])* $other:ident: ($other_fits:ident, $other_shown:expr, $other_example:literal) = $field:ident;)*
    } $then:ident) => {
        $then! {
            $($(#[doc = concat!("`", stringify!($filter), "`")] $name: ($fits, $shown, $example) = $name;)?)*
            $($(#[$about])* $other: ($other_fits, $other_shown, $other_example) = $field;)*
        }
    };
}

/// Passes a row for each meaning to another macro: `Name: (fits, shown, example) = Field;`.
macro_rules! meanings {
    ($then:ident) => {
        $crate::msn::msnp::wire::parameter::meaning::parameters! { reduce! { $then } }
    };
}
pub(crate) use {meanings, parameters, reduce};

macro_rules! declare {
    ($($(#[$about:meta])* $name:ident: $row:tt = $field:ident;)*) => {
        /// What a parameter means.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Meaning {
            $($(#[$about])* $name,)*
        }
    };
}
meanings!(declare);

/// A set of meanings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meanings(u128);

impl Meanings {
    /// The empty set.
    pub const NONE: Self = Self(0);

    /// The set with one more.
    pub const fn with(self, meaning: Meaning) -> Self {
        Self(self.0 | 1 << meaning as u32)
    }

    /// All of both sets.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it has this one.
    #[inline]
    pub const fn has(self, meaning: Meaning) -> bool {
        self.0 >> meaning as u32 & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meaning_may_be_added_twice() {
        let (trid, first, last) = (Meaning::TrId, Meaning::AuthTicket, Meaning::OutReason);
        let both = Meanings::NONE.with(first).with(last);
        assert!(both.has(first) && both.has(last) && !both.has(trid));
        assert_eq!(both.with(first), both);
        assert_eq!(both.and(Meanings::NONE.with(last)), both);
        assert!(both.and(Meanings::NONE.with(trid)).has(trid));
    }
}
