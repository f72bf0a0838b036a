//! The fields and expert notes of `msnms`.

use super::capabilities::GENERATIONS;
use super::composite::{ALGORITHMS, CIPHER_MODES};
use super::error_codes::ERROR_CODES;
use super::values::{
    BYE_REASONS, LOCALES, MESSAGE_TYPES, NETWORKS, NOTIFICATION_TYPES, PAGE_TYPES,
};

crate::protocol! {
    /// What imshark adds to Wireshark's `msnms`.
    pub MSNMS = 0, c"MSN Messenger Service", c"MSNMS", c"msnms";
    /// The fields of `msnms`.
    pub enum Field {
        // Lines and PDUs.
        Line = c"msnms.line", c"Command line", Text, c"The whole line without its line end";
        Cmd = c"msnms.cmd", c"Command", Text, c"The three letters that begin a command line";
        ErrorCode = c"msnms.error.code", c"Error code", U16 Dec in ERROR_CODES, c"The three digits with which a server refuses a command";
        TrId = c"msnms.trid", c"Transaction ID", U32 Dec, c"Chosen by the client; the reply repeats it";
        Param = c"msnms.param", c"Parameter", Text, c"One word of the command line behind command and transaction ID, in order";
        PayloadLength = c"msnms.payload.length", c"Payload length", U32 Dec, c"Bytes that follow the command line";
        Payload = c"msnms.payload", c"Payload", Bytes, c"The bytes that the command line announced";
        PayloadRest = c"msnms.payload.rest", c"Rest of payload", Bytes, c"Bytes of a payload whose command line is in an earlier segment";
        Fragment = c"msnms.fragment", c"Part of a command line", Bytes, c"A line that is not whole, because segments are not put together";
        Unrecognized = c"msnms.unrecognized", c"Unrecognized bytes", Bytes, c"Bytes that begin no command, up to the next one that is found";
        // Parameters.
        Account = c"msnms.account", c"Account", Text, c"A mail address or telephone number, without network and endpoint, wherever it stands";
        EndpointId = c"msnms.guid", c"Endpoint", Text, c"The GUID of one place at which an account is logged in, since MSNP16";
        Network = c"msnms.network", c"Network", U32 Dec in NETWORKS, c"The network that the account belongs to";
        Via = c"msnms.via", c"Via", Text, c"The circle or network through which the account is reached";
        ViaNetwork = c"msnms.via.network", c"Network of the way", U32 Dec in NETWORKS, c"The network of the circle or gateway through which the account is reached";
        ViaAccount = c"msnms.via.account", c"Account of the way", Text, c"The circle or gateway itself";
        FriendlyName = c"msnms.friendly_name", c"Friendly name", Text, c"The display name of an account, URL-decoded";
        Status = c"msnms.status", c"Status", Text, c"Three letters for the state of a user, such as NLN for online";
        List = c"msnms.list", c"List", Text, c"The contact list that the command is about";
        Lists = c"msnms.lists", c"Lists", U8 Hex, c"The contact lists that hold the contact, one bit for each";
        ListsFl = c"msnms.lists.fl", c"Forward list", Bool & 0x01, c"The user has the contact";
        ListsAl = c"msnms.lists.al", c"Allow list", Bool & 0x02, c"The contact may see and write to the user";
        ListsBl = c"msnms.lists.bl", c"Block list", Bool & 0x04, c"The contact may not see the user";
        ListsRl = c"msnms.lists.rl", c"Reverse list", Bool & 0x08, c"The contact has the user";
        ListsPl = c"msnms.lists.pl", c"Pending list", Bool & 0x10, c"The contact has the user, who has not yet answered";
        ListsApplication = c"msnms.lists.application", c"Application contact", Bool & 0x20, c"Kept by an application, not by the user";
        ListsHidden = c"msnms.lists.hidden", c"Hidden", Bool & 0x40, c"Not shown among the contacts";
        Capabilities = c"msnms.capabilities", c"Capabilities", U32 Hex, c"What the client can do, one bit for each, and its generation";
        CanMobile = c"msnms.capabilities.mobile", c"Online via mobile", Bool & 0x00000001, c"Messages go to a telephone";
        CanMsn8 = c"msnms.capabilities.msn8", c"MSN 8 user", Bool & 0x00000002, c"A client of the MSN 8 internet service";
        CanGifInk = c"msnms.capabilities.gif_ink", c"Renders GIF ink", Bool & 0x00000004, c"Shows handwriting that is sent as a picture";
        CanIsfInk = c"msnms.capabilities.isf_ink", c"Renders ISF ink", Bool & 0x00000008, c"Shows handwriting that is sent as strokes";
        CanWebcam = c"msnms.capabilities.webcam", c"Webcam", Bool & 0x00000010, c"Has a camera to show";
        CanChunks = c"msnms.capabilities.chunks", c"Messages in parts", Bool & 0x00000020, c"Puts messages of several packets together";
        CanMobileDevice = c"msnms.capabilities.mobile_device", c"Mobile device registered", Bool & 0x00000040, c"Can be paged";
        CanWebWatch = c"msnms.capabilities.web_watch", c"Web watch", Bool & 0x00000080, c"Has a watch that receives pages";
        CanActivities = c"msnms.capabilities.activities", c"Activities", Bool & 0x00000100, c"Knows games and other programs for two";
        CanWebClient = c"msnms.capabilities.web_client", c"Web messenger", Bool & 0x00000200, c"Runs in a browser";
        CanMobileClient = c"msnms.capabilities.mobile_client", c"Mobile client", Bool & 0x00000400, c"Runs on a telephone";
        CanFederated = c"msnms.capabilities.federated", c"Federated user", Bool & 0x00000800, c"Belongs to a company's own server";
        CanSpace = c"msnms.capabilities.space", c"Has a Space", Bool & 0x00001000, c"Keeps a blog";
        CanMediaCenter = c"msnms.capabilities.media_center", c"Media Center", Bool & 0x00002000, c"Runs in Windows Media Center";
        CanDirect = c"msnms.capabilities.direct", c"Direct peer to peer", Bool & 0x00004000, c"Takes direct connections";
        CanWinks = c"msnms.capabilities.winks", c"Winks", Bool & 0x00008000, c"Plays animations";
        CanSearch = c"msnms.capabilities.search", c"Messenger search", Bool & 0x00010000, c"Searches with the other user";
        CanBot = c"msnms.capabilities.bot", c"Bot", Bool & 0x00020000, c"A program, not a person";
        CanVoiceClips = c"msnms.capabilities.voice_clips", c"Voice clips", Bool & 0x00040000, c"Plays recorded messages";
        CanSecure = c"msnms.capabilities.secure", c"Secure channel", Bool & 0x00080000, c"Can encrypt";
        CanSip = c"msnms.capabilities.sip", c"SIP invitations", Bool & 0x00100000, c"Takes calls by SIP";
        CanMultipartyMedia = c"msnms.capabilities.multiparty_media", c"Multiparty media", Bool & 0x00200000, c"Sound and picture with more than two";
        CanSharedFolders = c"msnms.capabilities.shared_folders", c"Shared folders", Bool & 0x00400000, c"Keeps folders with a contact";
        CanPageMode = c"msnms.capabilities.page_mode", c"Page mode messages", Bool & 0x00800000, c"Takes messages without a conversation";
        CanOneCare = c"msnms.capabilities.onecare", c"OneCare", Bool & 0x01000000, c"Windows Live OneCare is installed";
        CanTurn = c"msnms.capabilities.turn", c"TURN", Bool & 0x02000000, c"Can use relays";
        CanP2pUun = c"msnms.capabilities.p2p_uun", c"Peer to peer through UUN", Bool & 0x04000000, c"Sets up transfers without a switchboard";
        CanAlias = c"msnms.capabilities.alias", c"Uses an alias", Bool & 0x08000000, c"The name is not the account's own";
        Generation = c"msnms.capabilities.generation", c"Generation", U32 Dec & 0xf0000000 in GENERATIONS, c"The age of the client program, in the highest four bits";
        Extended = c"msnms.capabilities.extended", c"Extended capabilities", U32 Hex, c"What the client can do besides, since MSNP16";
        CanSmsOnly = c"msnms.capabilities.extended.sms_only", c"SMS only", Bool & 0x00000001, c"Reached by short messages alone";
        CanVoiceOverMsnp = c"msnms.capabilities.extended.voice_over_msnp", c"Voice over MSNP", Bool & 0x00000002, c"Talks through the notification server";
        CanUucpSip = c"msnms.capabilities.extended.uucp_sip", c"UUCP SIP", Bool & 0x00000004, c"Calls by SIP through the notification server";
        CanApplicationMessages = c"msnms.capabilities.extended.application_messages", c"Application messages", Bool & 0x00000008, c"Messages from program to program";
        CanRtcVideo = c"msnms.capabilities.extended.rtc_video", c"RTC video", Bool & 0x00000010, c"Video by the real-time client";
        CanP2pV2 = c"msnms.capabilities.extended.p2p_v2", c"Peer to peer, version 2", Bool & 0x00000020, c"The big-endian headers of MSNP16";
        CanAuthWebClient = c"msnms.capabilities.extended.auth_web_client", c"Authenticated web messenger", Bool & 0x00000040, c"Runs in a browser that is logged in";
        CanViaGroup = c"msnms.capabilities.extended.via_group", c"Two in a group", Bool & 0x00000080, c"A conversation of two can be a group's";
        CanOfflineMessages = c"msnms.capabilities.extended.offline_messages", c"Offline messages", Bool & 0x00000100, c"Takes messages when it is not online";
        CanSharedVideo = c"msnms.capabilities.extended.shared_video", c"Shared video", Bool & 0x00000200, c"Watches a video with the other user";
        CanNudges = c"msnms.capabilities.extended.nudges", c"Nudges", Bool & 0x00000400, c"Shakes its window";
        CanCircleVoice = c"msnms.capabilities.extended.circle_voice", c"Voice in circles", Bool & 0x00000800, c"Talks in groups";
        CanSharing = c"msnms.capabilities.extended.sharing", c"Sharing", Bool & 0x00001000, c"Shares with services";
        CanMobileSuspend = c"msnms.capabilities.extended.mobile_suspend", c"Messages while the mobile sleeps", Bool & 0x00002000, c"The network keeps them for it";
        CanMixerRelay = c"msnms.capabilities.extended.mixer_relay", c"Relay of mixers", Bool & 0x00008000, c"Peer to peer through a mixer";
        CanWindowTransfer = c"msnms.capabilities.extended.window_transfer", c"File transfer in the window", Bool & 0x00020000, c"Shows transfers in the conversation";
        CanVideo16x9 = c"msnms.capabilities.extended.video_16x9", c"Video 16:9", Bool & 0x00040000, c"Wide pictures";
        CanP2pEnvelopes = c"msnms.capabilities.extended.p2p_envelopes", c"Enveloped peer to peer", Bool & 0x00080000, c"Packets in envelopes of MSNP21";
        CanNoYahoo = c"msnms.capabilities.extended.no_yahoo", c"Yahoo! disabled", Bool & 0x00400000, c"Takes no messages from Yahoo!";
        CanSipTunnel = c"msnms.capabilities.extended.sip_tunnel", c"SIP tunnel, version 2", Bool & 0x00800000, c"SIP inside notifications";
        CanVoiceClipWma = c"msnms.capabilities.extended.voice_clip_wma", c"Voice clips in WMA", Bool & 0x01000000, c"Recorded messages as Windows Media";
        CanVoiceClipCircle = c"msnms.capabilities.extended.voice_clip_circle", c"Voice clips in circles", Bool & 0x02000000, c"Recorded messages in groups";
        CanSocialNews = c"msnms.capabilities.extended.social_news", c"Social news", Bool & 0x04000000, c"Shows what contacts do elsewhere";
        CanEmoticons = c"msnms.capabilities.extended.emoticons", c"Custom emoticons", Bool & 0x08000000, c"Shows pictures in the text";
        CanUtf8Moods = c"msnms.capabilities.extended.utf8_moods", c"Moods in UTF-8", Bool & 0x10000000, c"Personal messages in any script";
        CanFturn = c"msnms.capabilities.extended.fturn", c"FTURN", Bool & 0x20000000, c"Can use relays of the newer kind";
        CanP4Activity = c"msnms.capabilities.extended.p4_activity", c"P4 activities", Bool & 0x40000000, c"Programs for two, of the newer kind";
        CanMultiparty = c"msnms.capabilities.extended.multiparty", c"Multiparty conversations", Bool & 0x80000000, c"Groups without a switchboard";
        Dialect = c"msnms.dialect", c"Dialect", Text, c"A version of the protocol, offered by the client or chosen by the server";
        AuthPackage = c"msnms.auth.package", c"Authentication package", Text, c"The way to prove who one is";
        AuthStage = c"msnms.auth.stage", c"Authentication stage", Text, c"I begins, S goes on";
        AuthPolicy = c"msnms.auth.policy", c"Authentication policy", Text, c"What the ticket of single sign-on must be good for";
        AuthNonce = c"msnms.auth.nonce", c"Nonce", Text, c"base64; the client seals it with the key of its ticket";
        AuthSalt = c"msnms.auth.salt", c"Salt", Text, c"Goes before the password into the hash";
        AuthParameters = c"msnms.auth.parameters", c"Login parameters", Text, c"For the Passport login server, separated by commas";
        AuthParameter = c"msnms.auth.parameter", c"Login parameter", Text, c"One name and value of the parameters or of a ticket";
        AuthTicket = c"msnms.auth.ticket", c"Ticket", Text, c"Sensitive: proves who the user is, as long as it is valid";
        AuthPassword = c"msnms.auth.password", c"Password", Text, c"Sensitive: the password in the clear";
        AuthHash = c"msnms.auth.hash", c"Password hash", Text, c"Sensitive: the digest of salt and password, from which the password can be guessed";
        CircleTicket = c"msnms.auth.circle_ticket", c"Circle ticket", Text, c"Sensitive: base64 of the signed ticket for the user's circles";
        Blob = c"msnms.auth.response", c"Response", Text, c"base64 of the sealed nonce of single sign-on";
        BlobHeader = c"msnms.auth.response.header_length", c"Header length", U32 Dec, c"Bytes before the three parts of the response";
        BlobMode = c"msnms.auth.response.mode", c"Cipher mode", U32 Dec in CIPHER_MODES, c"How blocks are chained";
        BlobCipher = c"msnms.auth.response.cipher", c"Cipher", U32 Hex in ALGORITHMS, c"The algorithm that seals the nonce";
        BlobHashType = c"msnms.auth.response.hash_type", c"Hash", U32 Hex in ALGORITHMS, c"The algorithm of the keyed hash";
        BlobLength = c"msnms.auth.response.length", c"Length of a part", U32 Dec, c"Of the vector, the hash and the sealed nonce, in this order";
        BlobVector = c"msnms.auth.response.iv", c"Initialisation vector", Bytes, c"Random; the cipher begins with it";
        BlobHash = c"msnms.auth.response.hash", c"Hash of the nonce", Bytes, c"Keyed with a key derived from the ticket's secret";
        BlobData = c"msnms.auth.response.data", c"Sealed nonce", Bytes, c"Encrypted with a key derived from the ticket's secret";
        Verified = c"msnms.verified", c"Verified", Bool, c"The mail address of the account is known to be right";
        Restricted = c"msnms.restricted", c"Restricted", Bool, c"The account is a child's and may not do everything";
        Outcome = c"msnms.outcome", c"Outcome", Text, c"OK, or RINGING while the called user is being asked";
        ServerType = c"msnms.server.type", c"Kind of server", Text, c"NS for a notification server, SB for a switchboard";
        Server = c"msnms.server", c"Server", Text, c"The address of a server, with or without its port";
        Host = c"msnms.host", c"Host", Text, c"Address or name of a server";
        Port = c"msnms.port", c"Port", U16 Dec, c"The TCP port of a server; 1863 where none is given";
        ServerDomain = c"msnms.server.domain", c"Server domain", Text, c"The name of the service to which the switchboard belongs";
        TransferFlag = c"msnms.transfer.flag", c"Transfer flag", Text, c"A letter whose meaning is not known";
        DirectConnection = c"msnms.transfer.direct", c"Direct connection", Bool, c"The switchboard can be reached without the HTTP gateway";
        HopCounter = c"msnms.transfer.hops", c"Hop counter", Text, c"base64 of two headers; the client gives it back to the next server";
        HopCount = c"msnms.transfer.count", c"Number of transfers", U32 Dec, c"How often the client was sent on, from the hop counter";
        Cookie = c"msnms.cookie", c"Cookie", Text, c"Sensitive: admits one client to a switchboard";
        SessionId = c"msnms.session_id", c"Session ID", Text, c"The number that a switchboard gives to a conversation";
        ListVersion = c"msnms.list_version", c"List version", Text, c"A number or a time; a higher one means newer contacts";
        ListTime = c"msnms.list_version.time", c"Time of the list", Moment, c"When the contacts were changed last";
        SettingsVersion = c"msnms.settings_version", c"Settings version", Text, c"A number or a time; a higher one means newer settings";
        SettingsTime = c"msnms.settings_version.time", c"Time of the settings", Moment, c"When the settings were changed last";
        ContactCount = c"msnms.contacts", c"Number of contacts", U32 Dec, c"How many LST lines follow";
        GroupCount = c"msnms.groups", c"Number of groups", U32 Dec, c"How many LSG lines follow";
        Index = c"msnms.index", c"Index", U32 Dec, c"The place of this line among the lines of the answer, from 1";
        Total = c"msnms.total", c"Total", U32 Dec, c"How many lines the answer has";
        GroupId = c"msnms.group.id", c"Group ID", Text, c"A number; since MSNP10 a GUID";
        GroupName = c"msnms.group.name", c"Group name", Text, c"The name that the user gave to a group of contacts, URL-decoded";
        ContactId = c"msnms.contact.id", c"Contact ID", Text, c"The GUID of a contact in the address book";
        PropertyName = c"msnms.property.name", c"Property", Text, c"Three letters, such as PHM for the mobile phone";
        PropertyValue = c"msnms.property.value", c"Property value", Text, c"URL-decoded; missing when the property is empty";
        Prompt = c"msnms.prompt", c"Prompt", Text, c"Whether the client asks its user when somebody adds them";
        Privacy = c"msnms.privacy", c"Privacy", Text, c"What people may do who are on no list";
        Locale = c"msnms.locale", c"Locale", U32 Hex in LOCALES, c"The language and country of the client, as Windows numbers them";
        ClientOs = c"msnms.client.os", c"Operating system", Text, c"Where the client runs, as it says itself";
        ClientOsVersion = c"msnms.client.os_version", c"Operating system version", Text, c"The version of the system on which the client runs";
        ClientCpu = c"msnms.client.cpu", c"Processor", Text, c"The processor for which the client is made";
        ClientName = c"msnms.client.name", c"Client name", Text, c"The name of the program, such as MSNMSGR";
        ClientVersion = c"msnms.client.version", c"Client version", Text, c"The version of the program";
        ClientBrand = c"msnms.client.brand", c"Client brand", Text, c"The edition of the program, such as MSMSGS or that of a partner";
        RecommendedVersion = c"msnms.client.recommended", c"Recommended version", Text, c"The version of the program to which the server advises";
        MinimumVersion = c"msnms.client.minimum", c"Minimum version", Text, c"The oldest version of the program that the server admits";
        DownloadUrl = c"msnms.client.download_url", c"Download address", Text, c"Where the recommended version can be had";
        InfoUrl = c"msnms.client.info_url", c"Information address", Text, c"Where to read about the recommended version";
        ConfigFile = c"msnms.config_file", c"Configuration file", Text, c"The name of the file that the client asks for";
        PingSeconds = c"msnms.ping.seconds", c"Seconds until next ping", U32 Dec, c"How long the client may be silent";
        OutReason = c"msnms.out.reason", c"Reason", Text, c"Why the server ends the session";
        OutMinutes = c"msnms.out.minutes", c"Minutes", U32 Dec, c"When the client may come back";
        Challenge = c"msnms.challenge", c"Challenge", Text, c"Digits that the client must answer with QRY";
        ProductId = c"msnms.product_id", c"Product ID", Text, c"Names the key with which the challenge is answered";
        Service = c"msnms.service", c"Service", Text, c"The web service whose address is asked for";
        ServiceParameter = c"msnms.service.parameter", c"Service parameter", Text, c"A language, or the account to write to";
        ServicePath = c"msnms.service.path", c"Service path", Text, c"Where the login page leads to";
        LoginUrl = c"msnms.service.login_url", c"Login address", Text, c"The page to which the ticket is posted";
        SiteId = c"msnms.service.site_id", c"Site ID", Text, c"The number of the site at the login server";
        Switch = c"msnms.messaging", c"Messaging", Text, c"Whether switchboard messages are wanted";
        DirectoryField = c"msnms.directory", c"Directory field", Text, c"One name and value of a directory entry or search";
        DirectoryName = c"msnms.directory.name", c"Directory field name", Text, c"fname, lname, city, state or country";
        DirectoryValue = c"msnms.directory.value", c"Directory field value", Text, c"URL-decoded; an asterisk stands for anything";
        DirectoryIndex = c"msnms.directory.index", c"Directory entry", U32 Dec, c"The number of an entry that a search has found";
        MessageMode = c"msnms.message.mode", c"Acknowledgement", Text, c"Whether the switchboard answers with ACK or NAK";
        MessageType = c"msnms.message.type", c"Message type", U32 Dec in MESSAGE_TYPES, c"What a message to or from another network is";
        NotificationType = c"msnms.notification.type", c"Notification type", U32 Dec in NOTIFICATION_TYPES, c"What a notification between users is about";
        PageType = c"msnms.page.type", c"Page type", U32 Dec in PAGE_TYPES, c"The kind of device that is paged";
        Action = c"msnms.action", c"Action", Text, c"What happened to a publication";
        ByeReason = c"msnms.bye.reason", c"Reason for leaving", U32 Dec in BYE_REASONS, c"Missing when the participant left by itself";
        MsnObject = c"msnms.msnobj", c"Object", Text, c"The element that describes a picture, URL-decoded; 0 for none";
        IconUrl = c"msnms.icon_url", c"Icon address", Text, c"Where the picture of a contact in another network can be had";
        ErrorDetail = c"msnms.error.detail", c"Error detail", Text, c"What an error reply says besides its code";
        Constant = c"msnms.constant", c"Constant", Text, c"A word that is always the same and says nothing";
        UnknownParam = c"msnms.param.unknown", c"Unknown parameter", Text, c"A parameter that is known to exist and whose meaning is not";
        // Payloads.
        // The session, worked out.
        // HTTP gateway and Passport.
    }
    /// The expert notes of `msnms`.
    pub enum Note {
        // Lines and PDUs.
        ErrorReply = c"msnms.error", Response Note, c"The server refuses a command";
        UnknownCommand = c"msnms.cmd.unknown", Undecoded Note, c"This command is in no known version of the protocol";
        UnknownError = c"msnms.error.unknown", Undecoded Note, c"This error code is in no known version of the protocol";
        Resynchronised = c"msnms.resync", Undecoded Warning, c"These bytes are no command; dissection goes on at the next one";
        MidStream = c"msnms.midstream", Sequence Chat, c"The capture begins in the middle of a command";
        PayloadTooLong = c"msnms.payload.too_long", Malformed Error, c"The announced payload is too long to be true";
        PayloadLength = c"msnms.payload.length.bad", Protocol Warning, c"The last parameter should be the length of the payload, but is no number";
        Incomplete = c"msnms.incomplete", Reassembly Note, c"The rest is in later segments, which are not put together";
        // Parameters.
        ParamSurplus = c"msnms.param.surplus", Protocol Note, c"The command has no place for this parameter";
        ParamMissing = c"msnms.param.missing", Protocol Note, c"The command lacks a parameter";
        // Payloads.
        // The session, worked out.
        // HTTP gateway and Passport.
    }
}
