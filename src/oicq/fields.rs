//! The fields and expert notes of `oicq`.

use crate::codes::Codes;
use crate::oicq::body::name::Name;
use crate::oicq::body::{codes, event_codes, faces, group_codes, protobuf, tlv_codes};
use crate::oicq::wire::client_table::{CLIENTS, LOGIN_BUILDS};
use crate::oicq::wire::other_frames::{agent, head, p2p};

/// What `oicq.flag` can be.
pub(crate) const FLAGS: Codes = Codes::new(&[
    (0, c"P2P control"),
    (2, c"OICQ frame"),
    (3, c"P2P data or custom head"),
    (4, c"File relay"),
    (5, c"Group picture agent"),
]);
/// What `oicq.head.info` can be (docs/protocol/oicq.md §2.8).
const HEAD_INFO: Codes = Codes::new(&[(0x0002, c"Answer"), (0x0100, c"Question")]);
/// What `oicq.agent.received` can be (docs/protocol/oicq.md §2.9).
const RECEIVED: Codes = Codes::new(&[(2, c"Data received")]);
/// What `oicq.direction` can be.
const DIRECTIONS: Codes = Codes::new(&[
    (0, c"Unknown"),
    (1, c"Client to server"),
    (2, c"Server to client"),
]);
/// Types of the client block (docs/protocol/oicq.md §2.3).
const BLOCKS: Codes = Codes::new(&[
    (2, c"Session"),
    (3, c"Login"),
    (4, c"Session, protobuf body"),
]);
/// Client types (docs/protocol/oicq.md §2.3).
const CLIENT_TYPES: Codes = Codes::new(&[(0x0001_0101, c"QQ or TM"), (0x0001_2e01, c"TIM")]);

crate::protocol! {
    /// What imshark adds to Wireshark's `oicq`. The first six fields are Wireshark's own.
    pub OICQ = 1, c"OICQ - IM software, popular in China", c"OICQ", c"oicq";
    /// The fields of `oicq`.
    pub enum Field from Name {
        // Frames.
        Flag = c"oicq.flag", c"Flag", U8 Hex in FLAGS, c"Protocol Flag";
        Version = c"oicq.version", c"Version", U16 Hex, c"The client's version; 0x0100 from old servers";
        Command = c"oicq.command", c"Command", U16 Dec, c"What is asked for or answered; its meaning depends on the era";
        Sequence = c"oicq.seq", c"Sequence", U16 Dec, c"Chosen by the sender; the answer repeats it";
        Uin = c"oicq.qqid", c"QQ number", U32 Dec, c"The account; old servers leave it out";
        Data = c"oicq.data", c"Data", Text, c"All bytes behind the eleventh, kept for old filters";
        Length = c"oicq.length", c"Length", U16 Dec, c"Over TCP only: bytes of the frame and of this length";
        Client = c"oicq.client", c"Client", Text, c"The program that the version stands for";
        CommandName = c"oicq.command.name", c"Command name", Text, c"What the command number means in the era of this client";
        Direction = c"oicq.direction", c"Direction", U8 Dec in DIRECTIONS, c"Who sent the frame, from header and length";
        Block = c"oicq.block", c"Client block", None, c"What newer clients tell of themselves in every frame";
        BlockType = c"oicq.block.type", c"Block type", U8 Hex in BLOCKS, c"Length of the block, and so where the body starts";
        BlockFlag = c"oicq.block.flag", c"Token flag", U8 Dec, c"1 when a token follows the block";
        Repeat = c"oicq.block.repeat", c"Repeat count", U8 Dec, c"How often the client sent this frame before";
        ClientType = c"oicq.block.client_type", c"Client type", U32 Hex in CLIENT_TYPES, c"The family of the client program";
        Build = c"oicq.block.build", c"Build", U32 Hex, c"One number for every build, also called public number";
        Padding = c"oicq.block.padding", c"Padding", Bytes, c"Zeroes at the end of block types 3 and 4";
        ServerFlags = c"oicq.server_flags", c"Server flags", Bytes, c"Three bytes of newer servers, partly unexplained";
        Probe = c"oicq.probe", c"Empty client block", Bytes, c"Eight zeroes that mark a probe, which is never answered";
        Key = c"oicq.key", c"Key in clear", Bytes, c"The key of the ciphertext behind it: anybody can open this frame";
        TokenTag = c"oicq.token.tag", c"Token tag", Bytes, c"Tag and length before a token";
        TokenLength = c"oicq.token.length", c"Token length", U16 Dec, c"Bytes of the token";
        Token = c"oicq.token", c"Token", Bytes [secret "token"], c"A ticket that the server gave out earlier";
        BodyVersion = c"oicq.login.version", c"Login body version", U16 Hex, c"The layout of the login that follows";
        KeyExchangeVersion: Name = c"oicq.ecdh.version", c"Key exchange version", U16 Hex, c"The elliptic-curve key exchange in use";
        PublicKeyLength = c"oicq.ecdh.public_key.length", c"Public key length", U16 Dec, c"Bytes of the one-time public key";
        PublicKey: Name = c"oicq.ecdh.public_key", c"Public key", Bytes, c"The sender's half of the key exchange";
        SaltLength = c"oicq.ecdh.extra.length", c"Extra length", U32 Dec, c"Counts the bytes behind the public key";
        Salt = c"oicq.ecdh.extra", c"Extra bytes", Bytes, c"16 bytes behind the public key, unexplained";
        MediaId = c"oicq.media.id", c"Media id", Bytes, c"16 bytes before media, partly unexplained";
        MediaLength = c"oicq.media.length", c"Media length", U16 Dec, c"Bytes of the media that follow";
        Media = c"oicq.media", c"Media", Bytes, c"Media that are sent in clear, from 3e to 68";
        Ciphertext = c"oicq.ciphertext", c"Ciphertext", Bytes, c"The body, encrypted by QQ-TEA";
        Body = c"oicq.body", c"Body", Bytes, c"A body that is in clear, or in no known shape";
        Trailer = c"oicq.trailer", c"Trailer", U8 Hex, c"03, the end of every frame";
        Fragment = c"oicq.fragment", c"Part of a frame", Bytes, c"Bytes of a frame that is not whole, because segments are not put together";
        Unrecognized = c"oicq.unrecognized", c"Unrecognized bytes", Bytes, c"Bytes of the stream that begin no frame";
        // Decryption.
        Decrypted = c"oicq.decrypted", c"Decrypted", Bool, c"A key is known, and the ciphertext was opened with it";
        DecryptionKey = c"oicq.decryption.key", c"Decryption key", Text, c"Which key it was, and where that comes from";
        DecryptionKeyValue = c"oicq.decryption.key.value", c"Value of the key", Text [secret "key"], c"32 hexadecimal digits; shown if the preferences say so";
        Plaintext = c"oicq.plaintext", c"Plaintext", Bytes, c"What was encrypted; asterisks in place of keys that are not shown";
        Proof = c"oicq.proof", c"Proof of the password, decrypted", Bytes, c"Shows the server that the client knows the password";
        Device = c"oicq.device", c"Computer, decrypted", Bytes, c"Names the client's computer, under a key that client and server share";
        Second = c"oicq.second", c"Second layer, decrypted", Bytes, c"A body that was encrypted twice";
        // Bodies.
        SubCommand: Name = c"oicq.subcommand", c"Sub-command", U8 Hex, c"What exactly is asked for; each command counts its own";
        SubAction: Name = c"oicq.subcommand.action", c"Action", U8 Hex, c"Which way a sub-command goes: add or remove, set or unset";
        Reply: Name = c"oicq.reply", c"Reply code", U8 Hex, c"What came of the request; 0 is success in most commands";
        ReplyText: Name = c"oicq.reply.text", c"Reply text", Text, c"What the server says to a request, in words";
        BodyLength: Name = c"oicq.body.length", c"Stated length", U16 Dec, c"How long the sender says that the data behind is";
        Position: Name = c"oicq.list.position", c"Position", U32 Dec, c"From which entry on a list is asked for";
        Next: Name = c"oicq.list.next", c"Next position", U32 Dec, c"Where the list goes on; all bits set at its end";
        Page: Name = c"oicq.list.page", c"Page", U32 Dec, c"Which part of a list this is";
        Pages: Name = c"oicq.list.pages", c"Pages", U32 Dec, c"In how many parts a list comes";
        Count: Name = c"oicq.list.count", c"Count", U32 Dec, c"How many entries follow";
        ListVersion: Name = c"oicq.list.version", c"List version", U32 Dec, c"Grows with every change of a list";
        ListLimit: Name = c"oicq.list.limit", c"List limit", U32 Dec, c"How many entries an answer may have";
        Trailing: Name = c"oicq.body.trailing", c"Trailing bytes", Bytes, c"Bytes behind the last known value";
        Account = c"oicq.account", c"Any QQ number", U32 Dec, c"Finds an account in the header and in every body: user, friend, sender, receiver, member";
        OwnUin: Name = c"oicq.own.uin", c"Own QQ number", U32 Dec, c"The account that is logged in, as the body repeats it";
        FriendUin: Name = c"oicq.friend.uin", c"QQ number", U32 Dec, c"Another user: a friend, or somebody who is searched or added";
        Friend: Name = c"oicq.friend", c"Entry", None, c"One row of a list of friends, users or groups";
        FriendVersion: Name = c"oicq.friend.version", c"Client version of the friend", U16 Hex in LOGIN_BUILDS, c"The client with which the friend is online: up to QQ2011 its version, since QQ2012 its build";
        FriendKind: Name = c"oicq.friend.kind", c"Kind of client", U8 Hex in codes::FRIEND_KINDS, c"With what the friend is online; since QQ2012";
        FriendKey: Name = c"oicq.friend.key", c"Key of the friend", Bytes [secret "key"], c"16 bytes that the server gives out with a state";
        Nickname: Name = c"oicq.nickname", c"Nickname", Text, c"The name that a user has given himself (昵称)";
        Remark: Name = c"oicq.remark", c"Remark", Text, c"The name that the user has given a friend (备注)";
        Memo: Name = c"oicq.memo", c"Memo", Text, c"What the user has noted of a friend";
        Face: Name = c"oicq.face", c"Head picture", U16 Dec, c"Number of the picture that stands for a user (头像)";
        HeadHash: Name = c"oicq.face.hash", c"Hash of the head picture", Bytes, c"MD5 of a picture of the user's own";
        ChangeTime: Name = c"oicq.face.time", c"Time of the head picture", Moment, c"When the picture was changed";
        Age: Name = c"oicq.age", c"Age", U16 Dec, c"In years, as the user gives it";
        Gender: Name = c"oicq.gender", c"Gender", U8 Hex in codes::GENDERS, c"As the user gives it";
        UserFlags: Name = c"oicq.user.flags", c"User flags", U32 Hex, c"Bits: 0x02 member, 0x04 VIP, 0x20 mobile, 0x40 bound phone, 0x80 camera, 0x400 SMS by the month, 0x1000 mobile chat, 0x8000 ring tones, 0x40000 TM, 0x80000 home, 0x100000 hosting";
        PropertyFlags: Name = c"oicq.user.properties", c"Properties", U32 Hex, c"Bits: 0x40000000 has a signature, 0x100000 has a head picture of his own";
        PropertyBytes: Name = c"oicq.user.properties.raw", c"Properties", Bytes, c"Property bits in a length other than four bytes";
        PropertyLength: Name = c"oicq.user.properties.length", c"Property length", U8 Dec, c"Bytes of properties for each user";
        ProfileText: Name = c"oicq.profile", c"Detail", Text, c"One of the details that a user gives of himself";
        ProfileEntry: Name = c"oicq.profile.entry", c"Profile entry", None, c"One tag of a profile since QQ2012, with its value";
        ProfileTag: Name = c"oicq.profile.tag", c"Profile tag", U16 Hex in codes::PROFILE_TAGS, c"What a user says of himself";
        ProfileValue: Name = c"oicq.profile.value", c"Profile value", Bytes, c"A value of a profile that nobody has explained";
        ProfileGender: Name = c"oicq.profile.gender", c"Gender number", U8 Dec, c"In a profile since QQ2012; counts otherwise than in lists of friends";
        RealName: Name = c"oicq.profile.name", c"Real name", Text, c"As the user gives it";
        HomePage: Name = c"oicq.profile.home_page", c"Home page", Text, c"As the user gives it";
        Statement: Name = c"oicq.profile.statement", c"Statement", Text, c"What a user writes of himself (个人说明)";
        School: Name = c"oicq.profile.school", c"School", Text, c"As the user gives it";
        Birthday: Name = c"oicq.profile.birthday", c"Birthday", Text, c"Year, month, day, as the user gives it";
        QqAge: Name = c"oicq.profile.qq_age", c"QQ age", U8 Dec, c"Years since the number was given out (Q龄)";
        Phone: Name = c"oicq.phone", c"Phone number", Text, c"Of a mobile phone";
        Telephone: Name = c"oicq.telephone", c"Telephone number", Text, c"Of a fixed telephone";
        PostalAddress: Name = c"oicq.postal.address", c"Postal address", Text, c"As the user has noted it of a friend";
        PostalCode: Name = c"oicq.postal.code", c"Postal code", Text, c"Belongs to the postal address";
        Mail: Name = c"oicq.mail", c"Mail address", Text, c"As the user has noted it of a friend";
        Site: Name = c"oicq.site", c"Web site", Text, c"Where a temporary conversation began";
        Level: Name = c"oicq.level", c"Level", U16 Dec, c"Grows with the days on which a user is online (等级)";
        ActiveDays: Name = c"oicq.level.active", c"Active days", U32 Dec, c"Counts towards the level";
        RemainingDays: Name = c"oicq.level.remaining", c"Remaining days", U16 Dec, c"Until the next level";
        LevelText: Name = c"oicq.level.text", c"Level text", Text, c"What the server says to a level";
        Signature: Name = c"oicq.signature", c"Signature", Text, c"The line that friends see below a name (个性签名)";
        SignatureTime: Name = c"oicq.signature.time", c"Time of the signature", Moment, c"When it was changed last";
        EntryType: Name = c"oicq.list.entry_type", c"Entry type", U8 Dec in codes::ENTRY_TYPES, c"Whether the entry is a friend or a group";
        Folder: Name = c"oicq.folder", c"Folder", U8 Dec, c"Number of the folder that holds a friend (分组)";
        FolderEntry: Name = c"oicq.folder.entry", c"Folder entry", None, c"One folder of the friend list";
        FolderName: Name = c"oicq.folder.name", c"Folder name", Text, c"As the user has named it (分组名)";
        FolderOrder: Name = c"oicq.folder.order", c"Folder order", U8 Dec, c"Place of the folder in the list";
        Sorted: Name = c"oicq.list.sorted", c"Sorted", U8 Dec, c"Whether the server sorts the list";
        Status: Name = c"oicq.status", c"Status", U8 Hex in codes::STATUSES, c"Online state of a user (在线状态)";
        StatusVersion: Name = c"oicq.status.version", c"Status version", U16 Hex, c"Stands behind the state; 04d1 in QQ2004";
        StatusText: Name = c"oicq.status.text", c"Status text", Text, c"What the user writes of his state";
        FakeCamera: Name = c"oicq.status.camera", c"Shows a camera", U32 Dec, c"Whether a camera is shown that may not be there";
        OnlineCount: Name = c"oicq.online.count", c"Users online", U32 Dec, c"All of QQ, as the server says";
        KeepAliveSeconds: Name = c"oicq.keepalive.seconds", c"Keep-alive seconds", U16 Dec, c"60 in all sources: seconds until the next keep-alive";
        ClientAddress: Name = c"oicq.client.address", c"Client address", Ipv4, c"The client's public address, as the server sees it";
        ClientPort: Name = c"oicq.client.port", c"Client port", U16 Dec, c"The client's public port, as the server sees it";
        ClientSecondPort = c"oicq.client.second_port", c"Second client port", U16 Dec, c"Stands behind the client's port; no source says what for";
        LocalAddress: Name = c"oicq.local.address", c"Local address", Ipv4, c"The address that the client itself knows, often behind NAT";
        LocalPort: Name = c"oicq.local.port", c"Local port", U16 Dec, c"Belongs to the local address";
        ServerAddress: Name = c"oicq.server.address", c"Server address", Ipv4, c"A server of QQ";
        ServerPort: Name = c"oicq.server.port", c"Server port", U16 Dec, c"Belongs to the server address";
        ServerTime: Name = c"oicq.server.time", c"Server time", Moment, c"The server's clock, or what a client repeats of it";
        PreviousServer: Name = c"oicq.server.previous", c"Previous server", Ipv4, c"A server to which the client has spoken before";
        RedirectAddress: Name = c"oicq.redirect.address", c"Redirect address", Ipv4, c"The server to which the client shall go";
        RedirectPort: Name = c"oicq.redirect.port", c"Redirect port", U16 Dec, c"Belongs to the redirect address; 0 stands for 8000";
        RedirectCount: Name = c"oicq.redirect.count", c"Redirects", U16 Dec, c"How often the client was sent on";
        RedirectTimes: Name = c"oicq.redirect.times", c"Redirect times", U8 Dec, c"A second count of redirects";
        PeerAddress: Name = c"oicq.peer.address", c"Peer address", Ipv4, c"Of another user, as the server sees it";
        PeerPort: Name = c"oicq.peer.port", c"Peer port", U16 Dec, c"Belongs to the peer address";
        Isp: Name = c"oicq.login.isp", c"Provider", U32 Dec, c"The network in which the server sees the client";
        Idc: Name = c"oicq.login.idc", c"Data centre", U32 Dec, c"The data centre that shall serve the client";
        LoginResult: Name = c"oicq.login.result", c"Login result", U8 Hex, c"What came of a step of the login; the codes depend on the step";
        LoginError: Name = c"oicq.login.error", c"Login error", U32 Hex, c"A code beside the result";
        LoginMessage: Name = c"oicq.login.message", c"Login message", Text, c"What the server says of a refused login";
        LoginMode: Name = c"oicq.login.mode", c"Login mode", U8 Hex in codes::LOGIN_MODES, c"In which state the user comes online";
        Locale: Name = c"oicq.login.locale", c"Locale", U32 Hex in codes::LOCALES, c"Language of the client";
        TimeZone: Name = c"oicq.login.timezone", c"Time zone", U16 Dec, c"Minutes east of Greenwich";
        SsoVersion: Name = c"oicq.login.sso", c"SSO version", U32 Hex, c"Version of the login component";
        ServiceId: Name = c"oicq.login.service", c"Service", U32 Hex, c"For what the login is; 1 is QQ";
        ClientBuild: Name = c"oicq.login.build", c"Client build", U32 Hex in LOGIN_BUILDS, c"Build number of the program; other than the one in the client block";
        Remember: Name = c"oicq.login.remember", c"Remember password", U8 Dec, c"Whether the client keeps the password";
        LoginProof: Name = c"oicq.login.proof", c"Password proof", Bytes, c"Nothing, encrypted by the hash of the password";
        LoginBlob: Name = c"oicq.login.blob", c"Sealed login data", Bytes, c"Encrypted by a hash of the password; holds the key of the reply";
        SealedTlvs: Name = c"oicq.tlv.sealed", c"Sealed TLVs", Bytes, c"TLVs, encrypted by the TGTGT key";
        PasswordHash: Name = c"oicq.login.password_hash", c"Password hash", Bytes [secret "hash"], c"MD5 of the password; as good as the password itself";
        Password: Name = c"oicq.login.password", c"Password", Bytes [secret "password"], c"A password in clear, in a change of one's own details";
        SessionKey: Name = c"oicq.login.session_key", c"Session key", Bytes [secret "key"], c"Opens every later packet of this login, both ways";
        NextKey: Name = c"oicq.login.next_key", c"Key of a later step", Bytes [secret "key"], c"Opens a later packet of the login";
        ClientKey: Name = c"oicq.login.client_key", c"Client key", Bytes [secret "key"], c"Logs the user in on web pages";
        WebKey: Name = c"oicq.login.web_key", c"Web key", Bytes [secret "key"], c"Logs the user in on web pages (skey)";
        FileAgentKey: Name = c"oicq.login.file_agent_key", c"File agent key", Bytes [secret "key"], c"Opens packets of the file agent";
        KeyBytes: Name = c"oicq.login.key_bytes", c"Keys or passwords", Bytes [secret "key"], c"Bytes of a body that holds keys or passwords, in a layout that is not known";
        Domain: Name = c"oicq.login.domain", c"Domain", Text, c"A domain for which a web key is asked";
        Ticket: Name = c"oicq.ticket", c"Ticket", Bytes [secret "ticket"], c"A token inside a body that a later packet shows, to be let in";
        TicketPriority: Name = c"oicq.ticket.priority", c"Ticket priority", U32 Dec, c"Which of several tickets goes first";
        TicketRefresh: Name = c"oicq.ticket.refresh", c"Ticket refresh", U32 Dec, c"Seconds until the client asks for a new ticket";
        TicketValid: Name = c"oicq.ticket.valid", c"Ticket valid for", U32 Dec, c"Seconds until the ticket is no longer taken";
        TicketRetry: Name = c"oicq.ticket.retry", c"Ticket retry", U32 Dec, c"Seconds between two attempts to get a new ticket";
        TicketRetries: Name = c"oicq.ticket.retries", c"Ticket retries", U16 Dec, c"How many attempts there may be";
        Random: Name = c"oicq.login.random", c"Random bytes", Bytes, c"Make equal packets differ";
        Crc: Name = c"oicq.login.crc", c"CRC", U32 Hex, c"CRC-32 of the bytes beside it";
        ComputerId: Name = c"oicq.login.computer", c"Computer id", Bytes, c"Tells this computer from others";
        ComputerName: Name = c"oicq.login.computer.name", c"Computer name", Text, c"As the operating system gives it";
        ExeHash: Name = c"oicq.login.exe_hash", c"Program hash", Bytes, c"MD5 of the program file";
        MailAccount: Name = c"oicq.login.mail", c"Mail account", Text, c"Used for the login in place of a QQ number";
        PingType: Name = c"oicq.login.ping", c"Ping type", U8 Dec, c"Strategy of the touch; 2 in all sources";
        LastLoginAddress: Name = c"oicq.login.last.address", c"Address of the last login", Ipv4, c"From where the user came the last time";
        LastLoginTime: Name = c"oicq.login.last.time", c"Time of the last login", Moment, c"When the user came the last time";
        CaptchaNeeded: Name = c"oicq.captcha.needed", c"Captcha needed", U8 Dec, c"Whether a picture has to be read first (验证码)";
        CaptchaCode: Name = c"oicq.captcha.code", c"Captcha code", Text, c"What the user has read in the picture";
        CaptchaToken: Name = c"oicq.captcha.token", c"Captcha token", Bytes [secret "token"], c"Belongs to a picture, or replaces it in a login";
        CaptchaPicture: Name = c"oicq.captcha.picture", c"Picture", Bytes, c"PNG, or a part of one: a captcha or a QR code";
        CaptchaPart: Name = c"oicq.captcha.part", c"Picture part", U8 Dec, c"Which part of the picture this is";
        CaptchaNext: Name = c"oicq.captcha.next", c"Next part", U8 Dec, c"Which part of the picture is next; 0 at the end";
        QrText: Name = c"oicq.captcha.qr_text", c"QR code text", Text, c"What the QR code says";
        Tlv: Name = c"oicq.tlv", c"TLV", None, c"A type, a length and a value of a login";
        TlvType: Name = c"oicq.tlv.type", c"Type", U16 Hex in tlv_codes::TLV_TYPES, c"What the value is";
        TlvLength: Name = c"oicq.tlv.length", c"Length", U16 Dec, c"Bytes of the value";
        TlvVersion: Name = c"oicq.tlv.version", c"Sub-version", U16 Hex, c"Layout of the value";
        TlvValue: Name = c"oicq.tlv.value", c"Value", Bytes, c"A value, or the part of one, that nobody has explained";
        From: Name = c"oicq.message.from", c"From", U32 Dec, c"QQ number of the sender; in a push from a group, the group's internal id";
        To: Name = c"oicq.message.to", c"To", U32 Dec, c"QQ number of the receiver";
        MessageSequence: Name = c"oicq.message.sequence", c"Server sequence", U32 Dec, c"The server's number of the message";
        MessageType: Name = c"oicq.message.type", c"Message type", U16 Hex in event_codes::EVENT_TYPES, c"What the server pushes";
        ImType: Name = c"oicq.message.im_type", c"IM type", U16 Hex in event_codes::IM_TYPES, c"What one user sends to another";
        SenderVersion: Name = c"oicq.message.version", c"Sender version", U16 Hex in CLIENTS, c"Client version of the sender";
        TransferKey: Name = c"oicq.message.transfer_key", c"Transfer key", Bytes [secret "key"], c"MD5 of QQ number and session key; opens packets of file transfers";
        SessionId: Name = c"oicq.message.session", c"Conversation", U16 Dec, c"The sender's number of the conversation or transfer";
        MessageTime: Name = c"oicq.message.time", c"Message time", Moment, c"When it was written";
        MessageId: Name = c"oicq.message.id", c"Message id", U16 Dec, c"Equal in all fragments of a message";
        MessageFragments: Name = c"oicq.message.fragments", c"Fragments", U8 Dec, c"In how many packets the message comes";
        MessageFragment: Name = c"oicq.message.fragment", c"Fragment", U8 Dec, c"Which of the packets this is, from 0";
        HasFont: Name = c"oicq.message.has_font", c"Has a font", U32 Dec, c"Whether a font is given";
        ReplyType: Name = c"oicq.message.reply_type", c"Reply type", U8 Dec in codes::REPLY_TYPES, c"Whether a person or the client has answered";
        ContentType: Name = c"oicq.message.content", c"Content", U16 Dec in codes::CONTENT_TYPES, c"What a group message holds";
        MessageText: Name = c"oicq.message.text", c"Text", Text, c"What the user has written";
        MessageOptions: Name = c"oicq.message.options", c"Options", Bytes, c"TLVs before a message since QQ2009";
        MessageOption: Name = c"oicq.message.option", c"Option", None, c"One of the options of a message";
        OptionType: Name = c"oicq.message.option.type", c"Option type", U16 Hex, c"What the option is; nobody has explained it";
        OptionValue: Name = c"oicq.message.option.value", c"Option value", Bytes, c"A value that nobody has explained";
        OptionsLength: Name = c"oicq.message.options.length", c"Options length", U32 Dec, c"Bytes of the options";
        MessageMark: Name = c"oicq.message.mark", c"Mark", Text, c"MSG, before the font and the blocks of a message";
        MessageRandom: Name = c"oicq.message.random", c"Random number", U32 Hex, c"Tells equal messages apart";
        MessageBlock: Name = c"oicq.message.block", c"Block", None, c"A part of a message: text, face, image";
        MessageBlockType: Name = c"oicq.message.block.type", c"Block type", U8 Hex in event_codes::BLOCK_TYPES, c"What the block holds";
        MessageTag: Name = c"oicq.message.tag", c"Tag", None, c"A value inside a block";
        MessageTagType: Name = c"oicq.message.tag.type", c"Tag type", U8 Hex, c"What the value is; depends on the block";
        MessageTagValue: Name = c"oicq.message.tag.value", c"Tag value", Bytes, c"A value that nobody has explained";
        MessageFace: Name = c"oicq.message.face", c"Face", U16 Dec in faces::FACES, c"Number of a face that the user has put into the text (表情)";
        MentionUin: Name = c"oicq.message.mention", c"Mentioned", U32 Dec, c"QQ number of the person whom an @ means";
        ClassicFace: Name = c"oicq.message.classic_face", c"Face, old number", U8 Dec, c"Number of a face up to QQ2008, which counted differently";
        MessageXml: Name = c"oicq.message.xml", c"XML", Bytes, c"A card or shared link, compressed by zlib";
        XmlCompression: Name = c"oicq.message.xml.compression", c"Compression", U8 Dec, c"1 is zlib";
        ImageName: Name = c"oicq.image.name", c"Image name", Text, c"File name, made from the image's hash";
        ImageId: Name = c"oicq.image.id", c"Image id", U32 Dec, c"The server's number of the image";
        ImageAddress: Name = c"oicq.image.address", c"Image server", Ipv4, c"Where the image can be fetched";
        ImagePort: Name = c"oicq.image.port", c"Image port", U32 Dec, c"Belongs to the image server";
        ImageHash: Name = c"oicq.image.hash", c"Image hash", Bytes, c"16 bytes like an MD5";
        ImageWidth: Name = c"oicq.image.width", c"Image width", U32 Dec, c"In pixels";
        ImageHeight: Name = c"oicq.image.height", c"Image height", U32 Dec, c"In pixels";
        ImageSize: Name = c"oicq.image.size", c"Image size", U32 Dec, c"In bytes";
        Font: Name = c"oicq.font", c"Font", None, c"How the text of a message is shown";
        FontName: Name = c"oicq.font.name", c"Font name", Text, c"As the sender's system calls it";
        FontSize: Name = c"oicq.font.size", c"Font size", U8 Dec, c"In points";
        FontStyle: Name = c"oicq.font.style", c"Font style", U8 Hex, c"Up to QQ2008: bit 5 bold, 6 italic, 7 underlined";
        FontColour: Name = c"oicq.font.color", c"Font colour", Text, c"Red, green, blue in hex";
        FontCharset: Name = c"oicq.font.charset", c"Charset", U16 Hex in codes::CHARSETS, c"Charset of the text";
        FontPitch: Name = c"oicq.font.pitch", c"Pitch", U8 Dec in codes::FONT_PITCHES, c"Low bits of the charset of QQ2012 and newer: whether all letters have one width";
        FontFamily: Name = c"oicq.font.family", c"Family", U8 Hex in codes::FONT_FAMILIES, c"High bits of the low byte of the charset: the look of the font";
        FontLength: Name = c"oicq.font.length", c"Font length", U8 Dec, c"Bytes of the whole font block";
        SystemKind: Name = c"oicq.system.kind", c"System message kind", U8 Dec in codes::SYSTEM_KINDS, c"Why the server ends or warns";
        SystemType: Name = c"oicq.system.type", c"System message type", U8 Dec in codes::SYSTEM_MESSAGES, c"What has happened to the contact list";
        SystemText: Name = c"oicq.system.text", c"System message text", Text, c"What the server, or who asks to be added, says";
        NoticeText: Name = c"oicq.notice.text", c"Notice", Text, c"The longest text in a notice of the server: what it says to people";
        NoticeNumber: Name = c"oicq.notice.number", c"Notice number", U16 Dec, c"Which notice is asked for";
        AcknowledgedSequence: Name = c"oicq.system.acknowledged", c"Acknowledged sequence", U16 Dec, c"Sequence of the 0x0080 that is acknowledged";
        NewsKind: Name = c"oicq.news.kind", c"News kind", U16 Hex in event_codes::NEWS_KINDS, c"What the news is about";
        Title: Name = c"oicq.news.title", c"Title", Text, c"Headline of the news";
        Url: Name = c"oicq.url", c"Address", Text, c"Of a page or picture";
        TransferKind: Name = c"oicq.file.kind", c"Transfer kind", U8 Hex in codes::TRANSFER_KINDS, c"File or face";
        TransferMode: Name = c"oicq.file.mode", c"Transfer mode", U8 Dec in codes::TRANSFER_MODES, c"How the two clients shall connect";
        FileSizeText: Name = c"oicq.file.size.text", c"File size", Text, c"In words, with unit";
        GroupId: Name = c"oicq.group.id", c"Group id", U32 Dec, c"The internal number of a group";
        GroupNumber: Name = c"oicq.group.number", c"Group number", U32 Dec, c"The number that users know (群号)";
        GroupName: Name = c"oicq.group.name", c"Group name", Text, c"As the owner has named it";
        GroupType: Name = c"oicq.group.type", c"Group type", U8 Dec in group_codes::GROUP_TYPES, c"Permanent or temporary";
        GroupStatus: Name = c"oicq.group.status", c"Group status", U8 Hex, c"02 or 03 in all sources";
        GroupOwner: Name = c"oicq.group.owner", c"Owner", U32 Dec, c"QQ number of the owner (群主)";
        GroupAdmin: Name = c"oicq.group.admin", c"Administrator", U32 Dec, c"QQ number of who let somebody into the group";
        GroupNotice: Name = c"oicq.group.notice", c"Group notice", Text, c"What the group tells its members (群公告)";
        GroupCard: Name = c"oicq.group.card", c"Group card", Text, c"The name that the sender has in the group (群名片)";
        GroupMember: Name = c"oicq.group.entry", c"Member entry", None, c"One row of a list of members";
        GroupOrganisation: Name = c"oicq.group.organisation", c"Organisation", U8 Dec, c"Number of the part of the group to which a member belongs";
        GroupCategory: Name = c"oicq.group.category", c"Category", U32 Dec, c"Subject of the group";
        GroupLimit: Name = c"oicq.group.limit", c"Member limit", U16 Dec, c"How many members it may have";
        GroupSequence: Name = c"oicq.group.sequence", c"Group sequence", U16 Dec, c"The server's number of a message in the group";
        GroupMessage: Name = c"oicq.group.message", c"Group message number", U32 Dec, c"The server's number of a message in the group, since QQ2012";
        GroupVersion: Name = c"oicq.group.version", c"Group version", U32 Dec, c"Grows with every change of the group";
        GroupRole: Name = c"oicq.group.role", c"Role", U8 Hex in group_codes::GROUP_ROLES, c"Of a member";
        MemberUin: Name = c"oicq.group.member", c"Member", U32 Dec, c"QQ number of a member";
        MuteSeconds: Name = c"oicq.group.mute", c"Muted for", U32 Dec, c"Seconds for which a member may not write";
        JoinResult: Name = c"oicq.group.join", c"Join result", U8 Dec in group_codes::JOIN_RESULTS, c"What came of a request to join";
        JoinKind: Name = c"oicq.group.join.kind", c"Kind of joining", U8 Hex, c"How somebody came into the group; nobody has explained the numbers";
        LeftReason: Name = c"oicq.group.left", c"Reason", U8 Dec in event_codes::LEFT_REASONS, c"Why somebody is no longer in the group";
        AuthCondition: Name = c"oicq.auth.condition", c"Condition", U8 Dec, c"What a user or group asks of those who want to be added";
        AuthText: Name = c"oicq.auth.text", c"Request text", Text, c"What one user writes to another, who shall add him";
        AllowAdd: Name = c"oicq.auth.allow", c"May be added", U8 Dec, c"Whether the other side may add the user in return";
        TokenPurpose: Name = c"oicq.auth.purpose", c"Purpose", U16 Hex in codes::TOKEN_PURPOSES, c"For which step the token is";
        Question: Name = c"oicq.auth.question", c"Question", Text, c"Asked of those who want to be added";
        Answer: Name = c"oicq.auth.answer", c"Answer", Text, c"To the question";
        SearchKind: Name = c"oicq.search.kind", c"Search kind", U8 Hex, c"What is searched";
        SearchText: Name = c"oicq.search.text", c"Search text", Text, c"What is looked for; - stands for anything";
        SearchOnline: Name = c"oicq.search.online", c"Online", U8 Dec, c"Only users who are online, or whether one is";
        SearchCamera: Name = c"oicq.search.camera", c"Camera", U8 Dec, c"Only users who have a camera";
        Country: Name = c"oicq.country", c"Country", Text, c"Where the server sees an address";
        Province: Name = c"oicq.province", c"Province", Text, c"Place of a user or of a forecast";
        ProvinceNumber: Name = c"oicq.province.number", c"Province number", U16 Dec, c"Place in the client's list of provinces";
        City: Name = c"oicq.city", c"City", Text, c"Place of a forecast";
        CityNumber: Name = c"oicq.city.number", c"City number", U16 Dec, c"Place in the client's list of cities";
        Forecast: Name = c"oicq.weather", c"Forecast", None, c"The weather of one day";
        ForecastTime: Name = c"oicq.weather.time", c"Day", Moment, c"The day of the forecast";
        Weather: Name = c"oicq.weather.text", c"Weather", Text, c"In words";
        Wind: Name = c"oicq.weather.wind", c"Wind", Text, c"In words";
        LowTemperature: Name = c"oicq.weather.low", c"Lowest temperature", I16 Dec, c"In degrees Celsius";
        HighTemperature: Name = c"oicq.weather.high", c"Highest temperature", I16 Dec, c"In degrees Celsius";
        WeatherHint: Name = c"oicq.weather.hint", c"Hint", Text, c"What the service advises";
        SmsSequence: Name = c"oicq.sms.sequence", c"SMS sequence", U16 Dec, c"The sender's number of the SMS";
        SmsMode: Name = c"oicq.sms.mode", c"SMS mode", U8 Hex in codes::SMS_MODES, c"How the SMS is shown";
        SmsType: Name = c"oicq.sms.type", c"SMS type", U8 Dec in codes::SMS_TYPES, c"What the SMS holds beside text";
        SmsNumber: Name = c"oicq.sms.number", c"SMS content number", U32 Dec, c"Which love word, picture or ring tone";
        ProtobufHeadLength: Name = c"oicq.protobuf.head.length", c"Head length", U32 Dec, c"Bytes of the first message";
        ProtobufBodyLength: Name = c"oicq.protobuf.body.length", c"Body length", U32 Dec, c"Bytes of the second message";
        ProtobufHead: Name = c"oicq.protobuf.head", c"Protobuf head", Bytes, c"A message of Protocol Buffers, about the request";
        ProtobufBody: Name = c"oicq.protobuf.body", c"Protobuf body", Bytes, c"A message of Protocol Buffers, the request itself";
        ProtobufField: Name = c"oicq.protobuf.field", c"Field", None, c"One field of a message of Protocol Buffers";
        ProtobufNumber: Name = c"oicq.protobuf.number", c"Field number", U32 Dec, c"What the field is; only the programs know";
        ProtobufWireType: Name = c"oicq.protobuf.type", c"Wire type", U8 Dec in protobuf::WIRE_TYPES, c"How the value is written";
        ProtobufInteger: Name = c"oicq.protobuf.integer", c"Integer", U64 Dec, c"A number of variable length";
        ProtobufFixed32: Name = c"oicq.protobuf.fixed32", c"32 bits", U32 Hex, c"Four bytes, little-endian";
        ProtobufFixed64: Name = c"oicq.protobuf.fixed64", c"64 bits", U64 Hex, c"Eight bytes, little-endian";
        ProtobufText: Name = c"oicq.protobuf.text", c"Text", Text, c"Bytes that are text";
        ProtobufBytes: Name = c"oicq.protobuf.bytes", c"Bytes", Bytes, c"Bytes that are neither text nor a message";
        // Behaviour, worked out.
        CommandNameChinese = c"oicq.command.name.zh", c"Chinese command name", Text, c"The term that the Chinese community uses for the command";
        ResponseIn = c"oicq.response_in", c"Reply in", ResponseFrame, c"The frame with the server's reply to this request";
        ResponseTo = c"oicq.response_to", c"Request in", RequestFrame, c"The frame with the request that this one answers";
        Time = c"oicq.time", c"Response time", Duration, c"From the first sending of a request to its reply, or from a push to its acknowledgement";
        Push = c"oicq.push", c"Push", Bool, c"The server sends this unasked";
        AckIn = c"oicq.ack_in", c"Acknowledged in", Frame, c"The frame in which the client acknowledges this push";
        AckTo = c"oicq.ack_to", c"Acknowledges push in", Frame, c"The frame with the push that the client acknowledges";
        Retransmission = c"oicq.retransmission", c"Retransmission", U8 Dec, c"How often the frame was sent before: the client's own count, or ours";
        RetransmissionOf = c"oicq.retransmission.of", c"First sent in", Frame, c"The first sending of a repeated frame; servers encrypt it anew";
        DuplicateOf = c"oicq.duplicate", c"Captured before in", Frame, c"The same frame, byte for byte and at the same moment: it was sent once";
        KeepAliveInterval = c"oicq.keepalive.interval", c"Keep-alive interval", Duration, c"Since the keep-alive before of the same account; usually one minute";
        RedirectTo = c"oicq.redirect.to", c"Redirected to request in", Frame, c"The frame in which the client repeats its request to another server";
        RedirectFrom = c"oicq.redirect.from", c"Redirected by reply in", Frame, c"The frame with the reply that sent the client to this server";
        Gap = c"oicq.sequence.gap", c"Sequence gap", U16 Dec, c"So many sequences of this command are missing; since 2013 every command is counted for itself";
        // Other families of frames.
        FrameLength = c"oicq.frame_length", c"Frame length", U16 Dec, c"Bytes of the whole frame, in the families 04 and 05";
        P2pSeed = c"oicq.p2p.seed", c"Seed", U8 Hex, c"What the two QQ numbers of the header are XORed with";
        P2pSender = c"oicq.p2p.sender", c"Sender", U32 Dec, c"The QQ number of the client that sent this, without its disguise";
        P2pReceiver = c"oicq.p2p.receiver", c"Receiver", U32 Dec, c"The QQ number of the other client, without its disguise";
        P2pControl = c"oicq.p2p.control", c"Control type", U16 Hex in p2p::CONTROL_TYPES, c"How one client makes its way to the other";
        P2pProof = c"oicq.p2p.proof", c"Proof of the session", Bytes [secret "key"], c"MD5 of the sender's QQ number and session key; opens packets between the two clients";
        P2pTime = c"oicq.p2p.time", c"Time of the packet", Moment, c"The sender's clock";
        P2pType = c"oicq.p2p.type", c"Packet type", U16 Hex in p2p::DATA_TYPES, c"What a client tells the other one";
        P2pSequence = c"oicq.p2p.seq", c"Packet sequence", U16 Dec, c"Counts the packets of one transfer";
        P2pOperation = c"oicq.p2p.operation", c"File operation", U8 Hex in p2p::OPERATIONS, c"Which step of a transfer this is";
        P2pMediaType = c"oicq.p2p.media.type", c"Media type", U8 Hex in p2p::MEDIA_TYPES, c"What voice and video between two clients are carried by";
        P2pMedia = c"oicq.p2p.media", c"Media packet", Bytes, c"A packet of SIP, RTP or RTCP, which is handed to that dissector";
        FileSize = c"oicq.file.size", c"File size", U32 Dec, c"Bytes of the file or picture that is transferred";
        FragmentCount = c"oicq.file.fragments", c"Fragments", U32 Dec, c"How many pieces the file is sent in";
        FragmentLength = c"oicq.file.fragment_length", c"Fragment length", U32 Dec, c"Bytes of every piece but the last";
        FragmentIndex = c"oicq.file.fragment", c"Fragment", U32 Dec, c"Which piece of the file this is";
        FileOffset = c"oicq.file.offset", c"Offset", U32 Dec, c"Where the data belongs in the file; all ones ask for its beginning";
        FileMd5 = c"oicq.file.md5", c"File MD5", Bytes, c"Digest of the file or picture";
        FileNameMd5 = c"oicq.file.name.md5", c"Name MD5", Bytes, c"Digest of the file's name";
        FileNameLength = c"oicq.file.name.length", c"Name length", U16 Dec, c"Bytes of the file's name";
        FileName: Name = c"oicq.file.name", c"File name", Text, c"What the sender calls the file, in GBK";
        FileDataLength = c"oicq.file.data.length", c"Data length", U32 Dec, c"Bytes of file data; 0 asks for all of it";
        FileData = c"oicq.file.data", c"File data", Bytes, c"A piece of a file or picture";
        HeadCommand = c"oicq.head.command", c"Head command", U8 Hex in head::COMMANDS, c"What is wanted of custom heads, the pictures of users";
        HeadSerial = c"oicq.head.serial", c"Serial", U32 Dec, c"Counts the requests; the answer repeats it";
        HeadParts = c"oicq.head.parts", c"Parts", U8 Dec, c"How many frames the answer has";
        HeadPart = c"oicq.head.part", c"Part", U8 Dec, c"Which frame of the answer this is, from 0";
        HeadLength = c"oicq.head.length", c"Content length", U16 Dec, c"Bytes that follow";
        HeadInfo = c"oicq.head.info", c"Information", U16 Hex in HEAD_INFO, c"Whether heads are asked for or described";
        HeadCount = c"oicq.head.count", c"Heads", U16 Dec, c"How many heads are asked for or described";
        HeadFriend = c"oicq.head.friend", c"Friend", U32 Dec, c"The QQ number whose head this is about";
        HeadTime = c"oicq.head.time", c"Made at", Moment, c"When the user set the head";
        AgentCommand = c"oicq.agent.command", c"Agent command", U16 Hex in agent::COMMANDS, c"A step in the transfer of a picture of a group";
        AgentSession = c"oicq.agent.session", c"Agent session", U32 Hex, c"The agent gives one to every transfer";
        AgentType = c"oicq.agent.type", c"Picture type", U16 Hex in agent::PICTURE_TYPES, c"What the agent is asked to carry";
        AgentGroup = c"oicq.agent.group", c"Group", U32 Dec, c"The number of the group that the picture is for";
        AgentResult = c"oicq.agent.result", c"Agent result", U16 Dec in agent::RESULTS, c"What came of the request for an agent";
        AgentAddress = c"oicq.agent.address", c"Agent address", Ipv4, c"The server that carries the picture";
        AgentPort = c"oicq.agent.port", c"Agent port", U16 Dec, c"Belongs to the agent address";
        AgentOther = c"oicq.agent.other", c"Other agent", Ipv4, c"The server to ask instead";
        AgentOtherPort = c"oicq.agent.other.port", c"Port of the other agent", U16 Dec, c"Belongs to the other agent";
        AgentTextLength = c"oicq.agent.text.length", c"Text length", U16 Dec, c"Bytes of the agent's text";
        AgentText = c"oicq.agent.text", c"Agent text", Text, c"What the agent says to the user, in GBK";
        AgentReceived = c"oicq.agent.received", c"Receipt", U8 Hex in RECEIVED, c"The receiver tells that data has come";
        Unexplained: Name = c"oicq.unexplained", c"Unexplained bytes", Bytes, c"What nobody has found the meaning of";
    }
    /// The expert notes of `oicq`.
    pub enum Note {
        // Frames.
        OddLength = c"oicq.length.odd", Protocol Warning, c"The length fits no known form of this command";
        NoTrailer = c"oicq.trailer.missing", Protocol Warning, c"The frame does not end with 0x03";
        Resynchronised = c"oicq.resync", Undecoded Warning, c"These bytes are no frame; dissection goes on behind them";
        Incomplete = c"oicq.incomplete", Reassembly Note, c"The rest is in later segments, which are not put together";
        // Decryption.
        Damaged = c"oicq.ciphertext.damaged", Undecoded Note, c"A known key opens the beginning of this ciphertext, but not its end: its plaintext is not certain, and not shown";
        UselessKeys = c"oicq.keys.useless", Undecoded Note, c"The keys given for this QQ number have opened nothing here so far";
        // Bodies.
        BodyShort = c"oicq.body.short", Undecoded Note, c"The body ends inside a value: it is cut, or built otherwise than is known";
        LoginRefused = c"oicq.login.refused", Response Note, c"The server refuses the login";
        // Behaviour, worked out.
        Retransmission = c"oicq.retransmitted", Sequence Chat, c"The frame repeats an earlier one";
        Unanswered = c"oicq.unanswered", Sequence Chat, c"No reply was captured, though the server went on sending";
        // Other families of frames.
    }
}
