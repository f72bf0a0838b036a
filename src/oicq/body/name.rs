//! The values of plain bodies, one row each: what decoders call a value, and the field that
//! shows it.
//!
//! A row has the form of the rows of [`crate::protocol`], with `: Name` where decoders yield
//! the value. Rows without it are the parts of the number above them. Paths in a row are those
//! of src/oicq/fields.rs, where the rows become fields.

/// Passes the rows to another macro, together with the rest of its input.
macro_rules! body_values {
    ($then:ident! { $($rest:tt)* }) => { $then! { {
        // What all bodies have.
        SubCommand: Name = c"oicq.subcommand", c"Subcommand", U8 Hex, c"Operation within the command";
        SubAction: Name = c"oicq.subcommand.action", c"Subcommand action", U8 Hex, c"Variant of a subcommand: add or remove, set or unset";
        Reply: Name = c"oicq.reply", c"Reply code", U8 Hex, c"Result of the request; 0 is success in most commands";
        ReplyText: Name = c"oicq.reply.text", c"Reply text", Text, c"Text of the server's reply";
        BodyLength: Name = c"oicq.body.length", c"Announced length", U16 Dec, c"Length of the following data, as announced by the sender";
        Position: Name = c"oicq.list.position", c"List position", U32 Dec, c"First requested entry of a list";
        Next: Name = c"oicq.list.next", c"Next list position", U32 Dec, c"Position of the next part of the list; all ones at the end";
        Page: Name = c"oicq.list.page", c"List page", U32 Dec, c"Number of this part of a list";
        Pages: Name = c"oicq.list.pages", c"List page count", U32 Dec, c"Number of parts of a list";
        Count: Name = c"oicq.list.count", c"Entry count", U32 Dec, c"Number of entries that follow";
        ListVersion: Name = c"oicq.list.version", c"List version", U32 Dec, c"Incremented with every change of the list";
        ListLimit: Name = c"oicq.list.limit", c"List limit", U32 Dec, c"Maximum number of entries in a reply";
        Trailing: Name = c"oicq.body.trailing", c"Trailing data", Bytes, c"Bytes after the last known value";
        UnknownData: Name = c"oicq.unexplained", c"Unknown data", Bytes, c"Bytes of unknown meaning";
        // Users.
        OwnUin: Name = c"oicq.own.uin", c"Own QQ number", U32 Dec, c"Account that is logged in, repeated in the body";
        FriendUin: Name = c"oicq.friend.uin", c"User QQ number", U32 Dec, c"Account of another user: a friend, or a user that is searched for or added";
        Friend: Name = c"oicq.friend", c"List entry", None, c"One entry of a list of friends, users or groups";
        FriendVersion: Name = c"oicq.friend.version", c"Friend client version", U16 Hex in LOGIN_BUILDS, c"Client version of a friend up to QQ2011, client build since QQ2012";
        FriendKind: Name = c"oicq.friend.kind", c"Friend client type", U8 Hex in codes::FRIEND_KINDS, c"Type of client with which a friend is online, since QQ2012";
        FriendKey: Name = c"oicq.friend.key", c"Friend key", Bytes [secret "key"], c"16 bytes sent by the server with the status of a friend";
        Nickname: Name = c"oicq.nickname", c"Nickname", Text, c"Name that a user has chosen (昵称)";
        Remark: Name = c"oicq.remark", c"Remark name", Text, c"Name that the user has given to a friend (备注)";
        Memo: Name = c"oicq.memo", c"Friend memo", Text, c"Notes of the user about a friend";
        Avatar: Name = c"oicq.face", c"Avatar", U16 Dec, c"Number of the user's avatar (头像)";
        AvatarHash: Name = c"oicq.face.hash", c"Avatar hash", Bytes, c"MD5 of a custom avatar";
        ChangeTime: Name = c"oicq.face.time", c"Avatar time", Moment, c"When the avatar was changed";
        Age: Name = c"oicq.age", c"Age", U16 Dec, c"In years, as entered by the user";
        Gender: Name = c"oicq.gender", c"Gender", U8 Hex in codes::GENDERS, c"As entered by the user";
        UserFlags: Name = c"oicq.user.flags", c"User flags", U32 Hex, c"Bitmask of properties and services of the user";
        UserFlagMember = c"oicq.user.flags.member", c"Member", Bool & 0x000002, c"QQ member (会员)";
        UserFlagVip = c"oicq.user.flags.vip", c"VIP", Bool & 0x000004, c"VIP user";
        UserFlagMobile = c"oicq.user.flags.mobile", c"Mobile QQ", Bool & 0x000020, c"User of mobile QQ";
        UserFlagPhone = c"oicq.user.flags.phone", c"Phone bound", Bool & 0x000040, c"A mobile phone is bound to the account";
        UserFlagCamera = c"oicq.user.flags.camera", c"Webcam", Bool & 0x000080, c"Has a webcam";
        UserFlagSms = c"oicq.user.flags.sms", c"Monthly SMS", Bool & 0x000400, c"Subscribes to SMS by the month";
        UserFlagChat = c"oicq.user.flags.chat", c"Mobile chat", Bool & 0x001000, c"Subscribes to mobile chat";
        UserFlagTones = c"oicq.user.flags.ringtones", c"Ringtones", Bool & 0x008000, c"Subscribes to ringtones";
        UserFlagTm = c"oicq.user.flags.tm", c"TM", Bool & 0x040000, c"User of TM, the client for the workplace";
        UserFlagHome = c"oicq.user.flags.home", c"QQ Home", Bool & 0x080000, c"Has a QQ home";
        UserFlagHosting = c"oicq.user.flags.hosting", c"QQ hosting", Bool & 0x100000, c"Subscribes to the hosting service";
        PropertyFlags: Name = c"oicq.user.properties", c"User properties", U32 Hex, c"Bitmask of what the user has set";
        PropertyAvatar = c"oicq.user.properties.avatar", c"Custom avatar set", Bool & 0x00100000, c"The user has a custom avatar";
        PropertySignature = c"oicq.user.properties.signature", c"Signature set", Bool & 0x40000000, c"The user has a signature";
        PropertyBytes: Name = c"oicq.user.properties.raw", c"User properties (raw)", Bytes, c"Property bits of a length other than four bytes";
        PropertyLength: Name = c"oicq.user.properties.length", c"User property length", U8 Dec, c"Length in bytes of the properties of each user";
        ProfileText: Name = c"oicq.profile", c"Profile detail", Text, c"One of the values in a user's profile";
        ProfileEntry: Name = c"oicq.profile.entry", c"Profile entry", None, c"Tag and value of a profile since QQ2012";
        ProfileTag: Name = c"oicq.profile.tag", c"Profile tag", U16 Hex in codes::PROFILE_TAGS, c"Type of the profile value";
        ProfileValue: Name = c"oicq.profile.value", c"Profile value", Bytes, c"Profile value of unknown meaning";
        ProfileGender: Name = c"oicq.profile.gender", c"Profile gender", U8 Dec, c"Gender in a profile since QQ2012; numbered differently from friend lists";
        RealName: Name = c"oicq.profile.name", c"Real name", Text, c"As entered by the user";
        HomePage: Name = c"oicq.profile.home_page", c"Home page", Text, c"As entered by the user";
        Statement: Name = c"oicq.profile.statement", c"Statement", Text, c"Personal statement of the user (个人说明)";
        School: Name = c"oicq.profile.school", c"School", Text, c"As entered by the user";
        Birthday: Name = c"oicq.profile.birthday", c"Birthday", Text, c"Year, month and day, as entered by the user";
        QqAge: Name = c"oicq.profile.qq_age", c"QQ age", U8 Dec, c"Years since registration (Q龄)";
        Phone: Name = c"oicq.phone", c"Mobile phone number", Text, c"Number of a mobile phone";
        Telephone: Name = c"oicq.telephone", c"Landline number", Text, c"Number of a landline telephone";
        PostalAddress: Name = c"oicq.postal.address", c"Postal address", Text, c"Address of a friend, as entered by the user";
        PostalCode: Name = c"oicq.postal.code", c"Postal code", Text, c"Postal code of a friend, as entered by the user";
        Mail: Name = c"oicq.mail", c"Email address", Text, c"Email address of a friend, as entered by the user";
        Site: Name = c"oicq.site", c"Website", Text, c"Website on which a temporary session was started";
        Level: Name = c"oicq.level", c"Level", U16 Dec, c"Rises with the days on which the user is online (等级)";
        ActiveDays: Name = c"oicq.level.active", c"Active days", U32 Dec, c"Number of days that count toward the level";
        RemainingDays: Name = c"oicq.level.remaining", c"Remaining days", U16 Dec, c"Number of days to the next level";
        LevelText: Name = c"oicq.level.text", c"Level text", Text, c"Text of the server about the level";
        Signature: Name = c"oicq.signature", c"Signature", Text, c"Status line below the user's name (个性签名)";
        SignatureTime: Name = c"oicq.signature.time", c"Signature time", Moment, c"When the signature was last changed";
        // Folders and lists.
        EntryType: Name = c"oicq.list.entry_type", c"Entry type", U8 Dec in codes::ENTRY_TYPES, c"Friend or group";
        Folder: Name = c"oicq.folder", c"Folder", U8 Dec, c"Number of the folder that holds the friend (分组)";
        FolderEntry: Name = c"oicq.folder.entry", c"Folder entry", None, c"One folder of the friend list";
        FolderName: Name = c"oicq.folder.name", c"Folder name", Text, c"Name of a folder of the friend list (分组名)";
        FolderOrder: Name = c"oicq.folder.order", c"Folder order", U8 Dec, c"Position of the folder in the friend list";
        Sorted: Name = c"oicq.list.sorted", c"Sorted list", U8 Dec, c"Whether the server sorts the list";
        // Online states.
        Status: Name = c"oicq.status", c"Status", U8 Hex in codes::STATUSES, c"Online status of a user (在线状态)";
        StatusVersion: Name = c"oicq.status.version", c"Status version", U16 Hex, c"Version after the status; 0x04d1 in QQ2004";
        StatusText: Name = c"oicq.status.text", c"Status text", Text, c"Custom status text of the user";
        FakeCamera: Name = c"oicq.status.camera", c"Fake webcam", U32 Dec, c"Whether a webcam is announced that may not exist";
        OnlineCount: Name = c"oicq.online.count", c"Online users", U32 Dec, c"Number of online users of QQ, as reported by the server";
        KeepAliveSeconds: Name = c"oicq.keepalive.seconds", c"Keep-alive timeout", U16 Dec, c"Seconds until the next keep-alive; 60 in all known captures";
        // Addresses.
        ClientAddress: Name = c"oicq.client.address", c"Client address", Ipv4, c"Public address of the client, as seen by the server";
        ClientPort: Name = c"oicq.client.port", c"Client port", U16 Dec, c"Public port of the client, as seen by the server";
        LocalAddress: Name = c"oicq.local.address", c"Local address", Ipv4, c"Address of the client inside its own network";
        LocalPort: Name = c"oicq.local.port", c"Local port", U16 Dec, c"Port of the local address";
        ServerAddress: Name = c"oicq.server.address", c"Server address", Ipv4, c"Address of a QQ server";
        ServerPort: Name = c"oicq.server.port", c"Server port", U16 Dec, c"Port of the server address";
        ServerTime: Name = c"oicq.server.time", c"Server time", Moment, c"Clock of the server, or a copy of it sent by the client";
        PreviousServer: Name = c"oicq.server.previous", c"Previous server", Ipv4, c"Server that the client contacted before";
        RedirectAddress: Name = c"oicq.redirect.address", c"Redirect address", Ipv4, c"Server to which the client is redirected";
        RedirectPort: Name = c"oicq.redirect.port", c"Redirect port", U16 Dec, c"Port of the redirect address; 0 for port 8000";
        RedirectCount: Name = c"oicq.redirect.count", c"Redirect count", U16 Dec, c"Number of redirects so far";
        RedirectTimes: Name = c"oicq.redirect.times", c"Redirect count (second)", U8 Dec, c"Second counter of redirects";
        PeerAddress: Name = c"oicq.peer.address", c"Peer address", Ipv4, c"Address of another user, as seen by the server";
        PeerPort: Name = c"oicq.peer.port", c"Peer port", U16 Dec, c"Port of the peer address";
        // Logins.
        KeyExchangeVersion: Name = c"oicq.ecdh.version", c"Key exchange version", U16 Hex, c"Version of the elliptic-curve Diffie-Hellman key exchange";
        PublicKey: Name = c"oicq.ecdh.public_key", c"Public key", Bytes, c"Ephemeral public key of the sender";
        Isp: Name = c"oicq.login.isp", c"ISP", U32 Dec, c"Network of the client, as seen by the server";
        Idc: Name = c"oicq.login.idc", c"Data center", U32 Dec, c"Data center assigned to the client";
        LoginResult: Name = c"oicq.login.result", c"Login result", U8 Hex, c"Result of a login step; the codes depend on the step";
        LoginError: Name = c"oicq.login.error", c"Login error code", U32 Hex, c"Error code in addition to the result";
        LoginMessage: Name = c"oicq.login.message", c"Login message", Text, c"Text of the server about a rejected login";
        LoginMode: Name = c"oicq.login.mode", c"Login mode", U8 Hex in codes::LOGIN_MODES, c"Initial online status";
        Locale: Name = c"oicq.login.locale", c"Client locale", U32 Hex in codes::LOCALES, c"Language of the client";
        TimeZone: Name = c"oicq.login.timezone", c"Time zone", U16 Dec, c"Minutes east of UTC";
        SsoVersion: Name = c"oicq.login.sso", c"SSO version", U32 Hex, c"Version of the single sign-on component";
        ServiceId: Name = c"oicq.login.service", c"Service ID", U32 Hex, c"Service of the login; 1 for QQ";
        ClientBuild: Name = c"oicq.login.build", c"Client build number", U32 Hex in LOGIN_BUILDS, c"Build number of the client; differs from the one in the client block";
        Remember: Name = c"oicq.login.remember", c"Remember password", U8 Dec, c"Whether the client stores the password";
        LoginProof: Name = c"oicq.login.proof", c"Password proof", Bytes, c"Empty plaintext, encrypted with the hash of the password";
        LoginBlob: Name = c"oicq.login.blob", c"Encrypted login data", Bytes, c"Encrypted with a hash of the password; contains the key of the reply";
        EncryptedTlvs: Name = c"oicq.tlv.sealed", c"Encrypted TLVs", Bytes, c"TLVs encrypted with the TGTGT key";
        PasswordHash: Name = c"oicq.login.password_hash", c"Password hash", Bytes [secret "hash"], c"MD5 of the password; equivalent to the password";
        Password: Name = c"oicq.login.password", c"Password", Bytes [secret "password"], c"Cleartext password in a change of profile";
        SessionKey: Name = c"oicq.login.session_key", c"Session key", Bytes [secret "key"], c"Key of all later frames of this login, in both directions";
        NextKey: Name = c"oicq.login.next_key", c"Next login key", Bytes [secret "key"], c"Key of a later frame of the login";
        ClientKey: Name = c"oicq.login.client_key", c"Client key", Bytes [secret "key"], c"Authenticates the user on web pages";
        WebKey: Name = c"oicq.login.web_key", c"Web key (skey)", Bytes [secret "key"], c"Authenticates the user on web pages";
        FileAgentKey: Name = c"oicq.login.file_agent_key", c"File agent key", Bytes [secret "key"], c"Key of the frames of the file agent";
        KeyBytes: Name = c"oicq.login.key_bytes", c"Key material", Bytes [secret "key"], c"Part of a body of unknown layout that contains keys or passwords";
        Domain: Name = c"oicq.login.domain", c"Web key domain", Text, c"Domain for which a web key is requested";
        Ticket: Name = c"oicq.ticket", c"Ticket", Bytes [secret "ticket"], c"Token in a body, which a later frame presents";
        TicketPriority: Name = c"oicq.ticket.priority", c"Ticket priority", U32 Dec, c"Order in which several tickets are used";
        TicketRefresh: Name = c"oicq.ticket.refresh", c"Ticket refresh time", U32 Dec, c"Seconds until the client requests a new ticket";
        TicketValid: Name = c"oicq.ticket.valid", c"Ticket lifetime", U32 Dec, c"Seconds until the ticket expires";
        TicketRetry: Name = c"oicq.ticket.retry", c"Ticket retry interval", U32 Dec, c"Seconds between two attempts to renew the ticket";
        TicketRetries: Name = c"oicq.ticket.retries", c"Ticket retry count", U16 Dec, c"Maximum number of attempts";
        Random: Name = c"oicq.login.random", c"Random data", Bytes, c"Random bytes without further meaning";
        Crc: Name = c"oicq.login.crc", c"CRC-32", U32 Hex, c"CRC-32 of the adjacent bytes";
        ComputerId: Name = c"oicq.login.computer", c"Computer ID", Bytes, c"Identifies the client's computer";
        ComputerName: Name = c"oicq.login.computer.name", c"Computer name", Text, c"Computer name of the operating system";
        ExeHash: Name = c"oicq.login.exe_hash", c"Executable hash", Bytes, c"MD5 of the client executable";
        MailAccount: Name = c"oicq.login.mail", c"Login email", Text, c"Email address used for the login in place of a QQ number";
        PingType: Name = c"oicq.login.ping", c"Ping type", U8 Dec, c"Type of the touch request; 2 in all known captures";
        LastLoginAddress: Name = c"oicq.login.last.address", c"Last login address", Ipv4, c"Address of the client at its last login";
        LastLoginTime: Name = c"oicq.login.last.time", c"Last login time", Moment, c"Time of the last login";
        CaptchaNeeded: Name = c"oicq.captcha.needed", c"Captcha", U8 Dec, c"Whether the user has to solve a captcha (验证码)";
        CaptchaCode: Name = c"oicq.captcha.code", c"Captcha solution", Text, c"Text of the captcha, as entered by the user";
        CaptchaToken: Name = c"oicq.captcha.token", c"Captcha token", Bytes [secret "token"], c"Identifies a captcha, or replaces it in a login";
        CaptchaPicture: Name = c"oicq.captcha.picture", c"Captcha image", Bytes, c"PNG of a captcha or QR code, or a part of it";
        CaptchaPart: Name = c"oicq.captcha.part", c"Captcha image part", U8 Dec, c"Number of this part of the image";
        CaptchaNext: Name = c"oicq.captcha.next", c"Next captcha image part", U8 Dec, c"Number of the next part of the image; 0 at the end";
        QrText: Name = c"oicq.captcha.qr_text", c"QR code text", Text, c"Decoded text of the QR code";
        Tlv: Name = c"oicq.tlv", c"TLV", None, c"Type, length and value of a login parameter";
        TlvType: Name = c"oicq.tlv.type", c"TLV type", U16 Hex in tlv_codes::TLV_TYPES, c"Type of the value";
        TlvLength: Name = c"oicq.tlv.length", c"TLV length", U16 Dec, c"Length in bytes of the value";
        TlvVersion: Name = c"oicq.tlv.version", c"TLV subversion", U16 Hex, c"Version of the layout of the value";
        TlvValue: Name = c"oicq.tlv.value", c"TLV value", Bytes, c"Value, or part of it, of unknown meaning";
        // Messages.
        From: Name = c"oicq.message.from", c"Message sender", U32 Dec, c"QQ number of the sender; in a push from a group, the internal group ID";
        To: Name = c"oicq.message.to", c"Message receiver", U32 Dec, c"QQ number of the receiver";
        MessageSequence: Name = c"oicq.message.sequence", c"Server sequence", U32 Dec, c"Sequence number that the server assigned to the message";
        MessageType: Name = c"oicq.message.type", c"Message type", U16 Hex in event_codes::EVENT_TYPES, c"Type of the push";
        ImType: Name = c"oicq.message.im_type", c"IM type", U16 Hex in event_codes::IM_TYPES, c"Type of the message between users";
        SenderVersion: Name = c"oicq.message.version", c"Sender client version", U16 Hex in CLIENTS, c"Client version of the sender";
        TransferKey: Name = c"oicq.message.transfer_key", c"File transfer key", Bytes [secret "key"], c"MD5 of QQ number and session key; key of file transfer frames";
        SessionId: Name = c"oicq.message.session", c"Session ID", U16 Dec, c"The sender's number of the conversation or transfer";
        MessageTime: Name = c"oicq.message.time", c"Message time", Moment, c"When the message was written";
        MessageId: Name = c"oicq.message.id", c"Message ID", U16 Dec, c"The same in all fragments of a message";
        MessageFragments: Name = c"oicq.message.fragments", c"Message fragment count", U8 Dec, c"Number of fragments of the message";
        MessageFragment: Name = c"oicq.message.fragment", c"Message fragment", U8 Dec, c"Zero-based number of this fragment";
        HasFont: Name = c"oicq.message.has_font", c"Font present", U32 Dec, c"Whether the message has font information";
        ReplyType: Name = c"oicq.message.reply_type", c"Reply type", U8 Dec in codes::REPLY_TYPES, c"Written by the user, or an automatic reply";
        ContentType: Name = c"oicq.message.content", c"Content type", U16 Dec in codes::CONTENT_TYPES, c"Content of a group message";
        MessageText: Name = c"oicq.message.text", c"Message text", Text, c"Text written by the user";
        MessageOptions: Name = c"oicq.message.options", c"Message options", Bytes, c"TLVs before a message since QQ2009";
        MessageOption: Name = c"oicq.message.option", c"Message option", None, c"One of the options of a message";
        OptionType: Name = c"oicq.message.option.type", c"Option type", U16 Hex, c"Type of the option, of unknown meaning";
        OptionValue: Name = c"oicq.message.option.value", c"Option value", Bytes, c"Value of unknown meaning";
        OptionsLength: Name = c"oicq.message.options.length", c"Options length", U32 Dec, c"Length in bytes of the options";
        MessageMark: Name = c"oicq.message.mark", c"Message marker", Text, c"MSG, before the font and the blocks of a message";
        MessageRandom: Name = c"oicq.message.random", c"Message random number", U32 Hex, c"Distinguishes messages of the same content";
        MessageBlock: Name = c"oicq.message.block", c"Message block", None, c"Part of a message: text, emoticon or image";
        MessageBlockType: Name = c"oicq.message.block.type", c"Message block type", U8 Hex in event_codes::BLOCK_TYPES, c"Type of the part";
        MessageTag: Name = c"oicq.message.tag", c"Block item", None, c"Tagged value in a message block";
        MessageTagType: Name = c"oicq.message.tag.type", c"Block item tag", U8 Hex, c"Type of the value; depends on the block type";
        MessageTagValue: Name = c"oicq.message.tag.value", c"Block item value", Bytes, c"Value of unknown meaning";
        MessageEmoticon: Name = c"oicq.message.face", c"Emoticon", U16 Dec in emoticons::EMOTICONS, c"Number of an emoticon in the text (表情)";
        MentionUin: Name = c"oicq.message.mention", c"Mentioned QQ number", U32 Dec, c"Account of the user mentioned with @";
        ClassicEmoticon: Name = c"oicq.message.classic_face", c"Classic emoticon", U8 Dec, c"Number of an emoticon up to QQ2008, with a different numbering";
        MessageXml: Name = c"oicq.message.xml", c"Message XML", Bytes, c"Card or shared link, compressed with zlib";
        XmlCompression: Name = c"oicq.message.xml.compression", c"XML compression", U8 Dec, c"Compression method; 1 is zlib";
        ImageName: Name = c"oicq.image.name", c"Image name", Text, c"File name derived from the hash of the image";
        ImageId: Name = c"oicq.image.id", c"Image ID", U32 Dec, c"Number of the image at the server";
        ImageAddress: Name = c"oicq.image.address", c"Image server address", Ipv4, c"Server from which the image can be downloaded";
        ImagePort: Name = c"oicq.image.port", c"Image server port", U32 Dec, c"Port of the image server";
        ImageHash: Name = c"oicq.image.hash", c"Image hash", Bytes, c"16 bytes, probably an MD5";
        ImageWidth: Name = c"oicq.image.width", c"Image width", U32 Dec, c"In pixels";
        ImageHeight: Name = c"oicq.image.height", c"Image height", U32 Dec, c"In pixels";
        ImageSize: Name = c"oicq.image.size", c"Image size", U32 Dec, c"In bytes";
        Font: Name = c"oicq.font", c"Font", None, c"Font of the message text";
        FontName: Name = c"oicq.font.name", c"Font name", Text, c"Name of the font on the sender's system";
        FontSize: Name = c"oicq.font.size", c"Font size", U8 Dec, c"In points";
        FontStyle: Name = c"oicq.font.style", c"Font style", U8 Hex, c"Up to QQ2008: bit 5 bold, 6 italic, 7 underline";
        FontColour: Name = c"oicq.font.color", c"Font color", Text, c"Red, green and blue in hexadecimal";
        FontCharset: Name = c"oicq.font.charset", c"Character set", U16 Hex in codes::CHARSETS, c"Character set of the text";
        FontPitch: Name = c"oicq.font.pitch", c"Font pitch", U8 Dec in codes::FONT_PITCHES, c"Low bits of the character set since QQ2012: fixed or variable width";
        FontFamily: Name = c"oicq.font.family", c"Font family", U8 Hex in codes::FONT_FAMILIES, c"High bits of the low byte of the character set: style of the font";
        FontLength: Name = c"oicq.font.length", c"Font length", U8 Dec, c"Length in bytes of the font block";
        // Notices of the server.
        SystemKind: Name = c"oicq.system.kind", c"System notification type", U8 Dec in codes::SYSTEM_KINDS, c"Reason of a server notification";
        SystemType: Name = c"oicq.system.type", c"System message type", U8 Dec in codes::SYSTEM_MESSAGES, c"Change of the contact list";
        SystemText: Name = c"oicq.system.text", c"System message text", Text, c"Text of the server, or of the user who asks to be added";
        NoticeText: Name = c"oicq.notice.text", c"Notice text", Text, c"Longest text in a notice of the server";
        NoticeNumber: Name = c"oicq.notice.number", c"Notice number", U16 Dec, c"Number of the requested notice";
        AcknowledgedSequence: Name = c"oicq.system.acknowledged", c"Acknowledged sequence", U16 Dec, c"Sequence of the acknowledged command 0x0080";
        NewsKind: Name = c"oicq.news.kind", c"News type", U16 Hex in event_codes::NEWS_KINDS, c"Subject of the news";
        Title: Name = c"oicq.news.title", c"News title", Text, c"Headline of the news";
        Url: Name = c"oicq.url", c"URL", Text, c"URL of a page or image";
        TransferKind: Name = c"oicq.file.kind", c"Transfer type", U8 Hex in codes::TRANSFER_KINDS, c"File or custom emoticon";
        TransferMode: Name = c"oicq.file.mode", c"Transfer mode", U8 Dec in codes::TRANSFER_MODES, c"How the two clients connect";
        FileSizeText: Name = c"oicq.file.size.text", c"File size text", Text, c"File size with unit, as text";
        FileName: Name = c"oicq.file.name", c"File name", Text, c"File name given by the sender, in GBK";
        // Groups.
        GroupId: Name = c"oicq.group.id", c"Group ID", U32 Dec, c"Internal number of a group";
        GroupNumber: Name = c"oicq.group.number", c"Group number", U32 Dec, c"Number of a group as known to its users (群号)";
        GroupName: Name = c"oicq.group.name", c"Group name", Text, c"Name given to the group by its owner";
        GroupType: Name = c"oicq.group.type", c"Group type", U8 Dec in group_codes::GROUP_TYPES, c"Permanent or temporary group";
        GroupStatus: Name = c"oicq.group.status", c"Group status", U8 Hex, c"0x02 or 0x03 in all known captures";
        GroupOwner: Name = c"oicq.group.owner", c"Group owner", U32 Dec, c"QQ number of the owner (群主)";
        GroupAdmin: Name = c"oicq.group.admin", c"Group administrator", U32 Dec, c"QQ number of the administrator who admitted the member";
        GroupNotice: Name = c"oicq.group.notice", c"Group notice", Text, c"Announcement to the members of the group (群公告)";
        GroupCard: Name = c"oicq.group.card", c"Group card", Text, c"Name of the sender in the group (群名片)";
        GroupMember: Name = c"oicq.group.entry", c"Member entry", None, c"One entry of a list of members";
        GroupOrganisation: Name = c"oicq.group.organisation", c"Member organization", U8 Dec, c"Number of the member's subdivision of the group";
        GroupCategory: Name = c"oicq.group.category", c"Group category", U32 Dec, c"Number of the subject of the group";
        GroupLimit: Name = c"oicq.group.limit", c"Group member limit", U16 Dec, c"Maximum number of members";
        GroupSequence: Name = c"oicq.group.sequence", c"Group sequence", U16 Dec, c"Sequence number that the server assigned to the group message";
        GroupMessage: Name = c"oicq.group.message", c"Group message ID", U32 Dec, c"Number that the server assigned to the group message, since QQ2012";
        GroupVersion: Name = c"oicq.group.version", c"Group version", U32 Dec, c"Incremented with every change of the group";
        GroupRole: Name = c"oicq.group.role", c"Member role", U8 Hex in group_codes::GROUP_ROLES, c"Role of a member in the group";
        MemberUin: Name = c"oicq.group.member", c"Member QQ number", U32 Dec, c"QQ number of a group member";
        MuteSeconds: Name = c"oicq.group.mute", c"Mute duration", U32 Dec, c"Seconds for which a member may not write";
        JoinResult: Name = c"oicq.group.join", c"Join result", U8 Dec in group_codes::JOIN_RESULTS, c"Result of a request to join the group";
        JoinKind: Name = c"oicq.group.join.kind", c"Join type", U8 Hex, c"How the member joined the group; the numbers are of unknown meaning";
        LeftReason: Name = c"oicq.group.left", c"Leave reason", U8 Dec in event_codes::LEFT_REASONS, c"Why the member is no longer in the group";
        // Authorisation and search.
        AuthCondition: Name = c"oicq.auth.condition", c"Authorization condition", U8 Dec, c"Condition under which a user or group can be added";
        AuthText: Name = c"oicq.auth.text", c"Authorization request text", Text, c"Text of the user who asks to be added";
        AllowAdd: Name = c"oicq.auth.allow", c"Mutual add allowed", U8 Dec, c"Whether the other user may add this user in return";
        TokenPurpose: Name = c"oicq.auth.purpose", c"Token purpose", U16 Hex in codes::TOKEN_PURPOSES, c"Operation for which the token is requested";
        Question: Name = c"oicq.auth.question", c"Authorization question", Text, c"Question to users who ask to be added";
        Answer: Name = c"oicq.auth.answer", c"Authorization answer", Text, c"Answer to the authorization question";
        SearchKind: Name = c"oicq.search.kind", c"Search type", U8 Hex, c"Kind of search";
        SearchText: Name = c"oicq.search.text", c"Search text", Text, c"Text to search for; - matches anything";
        SearchOnline: Name = c"oicq.search.online", c"Search online", U8 Dec, c"Only online users, or whether a user is online";
        SearchCamera: Name = c"oicq.search.camera", c"Search webcam", U8 Dec, c"Only users with a webcam";
        // Services.
        Country: Name = c"oicq.country", c"Country", Text, c"Country of an address, as seen by the server";
        Province: Name = c"oicq.province", c"Province", Text, c"Province of a user or of a weather forecast";
        ProvinceNumber: Name = c"oicq.province.number", c"Province number", U16 Dec, c"Index in the client's list of provinces";
        City: Name = c"oicq.city", c"City", Text, c"City of a weather forecast";
        CityNumber: Name = c"oicq.city.number", c"City number", U16 Dec, c"Index in the client's list of cities";
        Forecast: Name = c"oicq.weather", c"Weather forecast", None, c"Weather of one day";
        ForecastTime: Name = c"oicq.weather.time", c"Forecast day", Moment, c"Day of the weather forecast";
        Weather: Name = c"oicq.weather.text", c"Weather", Text, c"Description of the weather";
        Wind: Name = c"oicq.weather.wind", c"Wind", Text, c"Description of the wind";
        LowTemperature: Name = c"oicq.weather.low", c"Low temperature", I16 Dec, c"In degrees Celsius";
        HighTemperature: Name = c"oicq.weather.high", c"High temperature", I16 Dec, c"In degrees Celsius";
        WeatherHint: Name = c"oicq.weather.hint", c"Weather hint", Text, c"Advice of the weather service";
        SmsSequence: Name = c"oicq.sms.sequence", c"SMS sequence", U16 Dec, c"The sender's sequence number of the SMS";
        SmsMode: Name = c"oicq.sms.mode", c"SMS mode", U8 Hex in codes::SMS_MODES, c"Display mode of the SMS";
        SmsType: Name = c"oicq.sms.type", c"SMS type", U8 Dec in codes::SMS_TYPES, c"Content of the SMS besides text";
        SmsNumber: Name = c"oicq.sms.number", c"SMS content number", U32 Dec, c"Number of the phrase, picture or ringtone";
        // Protocol Buffers.
        ProtobufHeadLength: Name = c"oicq.protobuf.head.length", c"Protobuf head length", U32 Dec, c"Length in bytes of the head message";
        ProtobufBodyLength: Name = c"oicq.protobuf.body.length", c"Protobuf body length", U32 Dec, c"Length in bytes of the body message";
        ProtobufHead: Name = c"oicq.protobuf.head", c"Protobuf head", Bytes, c"Protocol Buffers message about the request";
        ProtobufBody: Name = c"oicq.protobuf.body", c"Protobuf body", Bytes, c"Protocol Buffers message of the request";
        ProtobufField: Name = c"oicq.protobuf.field", c"Protobuf field", None, c"One field of a Protocol Buffers message";
        ProtobufNumber: Name = c"oicq.protobuf.number", c"Protobuf field number", U32 Dec, c"Number of the field, of unknown meaning";
        ProtobufWireType: Name = c"oicq.protobuf.type", c"Protobuf wire type", U8 Dec in protobuf::WIRE_TYPES, c"Encoding of the value";
        ProtobufInteger: Name = c"oicq.protobuf.integer", c"Protobuf varint", U64 Dec, c"Integer of variable length";
        ProtobufFixed32: Name = c"oicq.protobuf.fixed32", c"Protobuf fixed32", U32 Hex, c"Four bytes, little-endian";
        ProtobufFixed64: Name = c"oicq.protobuf.fixed64", c"Protobuf fixed64", U64 Hex, c"Eight bytes, little-endian";
        ProtobufText: Name = c"oicq.protobuf.text", c"Protobuf string", Text, c"Length-delimited text";
        ProtobufBytes: Name = c"oicq.protobuf.bytes", c"Protobuf bytes", Bytes, c"Length-delimited bytes that are neither text nor a message";
    } $($rest)* } };
}
pub(crate) use body_values;

/// Makes [`Name`] of the rows that yield one.
macro_rules! names {
    ({
        $($name:ident $(: $decoded:ident)? = $filter:literal, $title:literal, $kind:ident $($base:ident)? $(& $mask:literal)? $([secret $secret:literal])? $(in $values:expr)?, $blurb:literal;)*
    }) => {
        /// The name of a value of a plain body.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Name {
            $($(#[doc = concat!(stringify!($decoded), " of `", stringify!($filter), "`.")] $name,)?)*
        }
    };
}

body_values! { names! {} }
