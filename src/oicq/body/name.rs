//! What a value in a body is.

/// Names of the values in the bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// Sub-command: what exactly is asked for; each command counts its own.
    SubCommand,
    /// Action: which way a sub-command goes: add or remove, set or unset.
    SubAction,
    /// Reply code: what came of the request; 0 is success in most commands.
    Reply,
    /// Reply text: what the server says to a request, in words.
    ReplyText,
    /// Stated length: how long the sender says that the data behind is.
    BodyLength,
    /// Position: from which entry on a list is asked for.
    Position,
    /// Next position: where the list goes on; all bits set at its end.
    Next,
    /// Page: which part of a list this is.
    Page,
    /// Pages: in how many parts a list comes.
    Pages,
    /// Count: how many entries follow.
    Count,
    /// Unexplained: bytes whose meaning nobody has published.
    Unexplained,
    /// Trailing bytes: bytes behind the last known value.
    Trailing,
    /// Own QQ number: the account that is logged in, as the body repeats it.
    OwnUin,
    /// QQ number: another user: a friend, or somebody who is searched or added.
    FriendUin,
    /// Entry: one row of a list of friends, users or groups.
    Friend,
    /// Client version of the friend: the client with which the friend is online.
    FriendVersion,
    /// Key of the friend: 16 bytes that the server gives out with a state.
    FriendKey,
    /// Nickname: the name that a user has given himself (昵称).
    Nickname,
    /// Remark: the name that the user has given a friend (备注).
    Remark,
    /// Memo: what the user has noted of a friend.
    Memo,
    /// Head picture: number of the picture that stands for a user (头像).
    Face,
    /// Hash of the head picture: MD5 of a picture of the user's own.
    HeadHash,
    /// Time of the head picture: when the picture was changed.
    ChangeTime,
    /// Age: in years, as the user gives it.
    Age,
    /// Gender: as the user gives it.
    Gender,
    /// User flags: bits: 0x02 member, 0x04 VIP, 0x20 mobile, 0x80 camera, 0x40000 TM.
    UserFlags,
    /// Properties: bits: 0x40000000 has a signature, 0x100000 has a head picture of his own.
    PropertyFlags,
    /// Properties: property bits in a length other than four bytes.
    PropertyBytes,
    /// Property length: bytes of properties for each user.
    PropertyLength,
    /// Detail: one of the details that a user gives of himself.
    ProfileText,
    /// Phone number: of a mobile phone.
    Phone,
    /// Telephone number: of a fixed telephone.
    Telephone,
    /// Postal address: as the user has noted it of a friend.
    PostalAddress,
    /// Postal code: belongs to the postal address.
    PostalCode,
    /// Mail address: as the user has noted it of a friend.
    Mail,
    /// Web site: where a temporary conversation began.
    Site,
    /// Level: grows with the days on which a user is online (等级).
    Level,
    /// Active days: counts towards the level.
    ActiveDays,
    /// Remaining days: until the next level.
    RemainingDays,
    /// Signature: the line that friends see below a name (个性签名).
    Signature,
    /// Time of the signature: when it was changed last.
    SignatureTime,
    /// Entry type: whether the entry is a friend or a group.
    EntryType,
    /// Folder: number of the folder that holds a friend (分组).
    Folder,
    /// Folder entry: one folder of the friend list.
    FolderEntry,
    /// Folder name: as the user has named it (分组名).
    FolderName,
    /// Folder order: place of the folder in the list.
    FolderOrder,
    /// Sorted: whether the server sorts the list.
    Sorted,
    /// Status: online state of a user (在线状态).
    Status,
    /// Status version: stands behind the state; 04d1 in QQ2004.
    StatusVersion,
    /// Status text: what the user writes of his state.
    StatusText,
    /// Shows a camera: whether a camera is shown that may not be there.
    FakeCamera,
    /// Users online: all of QQ, as the server says.
    OnlineCount,
    /// Interval: 60 in all sources: seconds until the next keep-alive.
    Interval,
    /// Client address: the client's public address, as the server sees it.
    ClientAddress,
    /// Client port: the client's public port, as the server sees it.
    ClientPort,
    /// Local address: the address that the client itself knows, often behind NAT.
    LocalAddress,
    /// Local port: belongs to the local address.
    LocalPort,
    /// Server address: A server of QQ.
    ServerAddress,
    /// Server port: belongs to the server address.
    ServerPort,
    /// Server time: the server's clock, or what a client repeats of it.
    ServerTime,
    /// Previous server: A server to which the client has spoken before.
    PreviousServer,
    /// Redirect address: the server to which the client shall go.
    RedirectAddress,
    /// Redirect port: belongs to the redirect address; 0 stands for 8000.
    RedirectPort,
    /// Redirects: how often the client was sent on.
    RedirectCount,
    /// Redirect times: A second count of redirects.
    RedirectTimes,
    /// Peer address: of another user, as the server sees it.
    PeerAddress,
    /// Peer port: belongs to the peer address.
    PeerPort,
    /// Provider: the network in which the server sees the client.
    Isp,
    /// Data centre: the data centre that shall serve the client.
    Idc,
    /// Login result: what came of a step of the login; the codes depend on the step.
    LoginResult,
    /// Login error: A code beside the result.
    LoginError,
    /// Login message: what the server says of a refused login.
    LoginMessage,
    /// Login mode: in which state the user comes online.
    LoginMode,
    /// Locale: language of the client.
    Locale,
    /// Time zone: minutes east of Greenwich.
    TimeZone,
    /// SSO version: version of the login component.
    SsoVersion,
    /// Service: for what the login is; 1 is QQ.
    ServiceId,
    /// Client build: build number of the program.
    ClientBuild,
    /// Remember password: whether the client keeps the password.
    Remember,
    /// Password proof: nothing, encrypted by the hash of the password.
    LoginProof,
    /// Sealed login data: encrypted by a hash of the password; holds the key of the reply.
    LoginBlob,
    /// Sealed TLVs: TLVs, encrypted by the TGTGT key.
    SealedTlvs,
    /// Password hash: MD5 of the password; as good as the password itself.
    PasswordHash,
    /// Password: A password in clear, in a change of one's own details.
    Password,
    /// Session key: opens every later packet of this login, both ways.
    SessionKey,
    /// Key of a later step: opens a later packet of the login.
    NextKey,
    /// Client key: logs the user in on web pages.
    ClientKey,
    /// Web key: logs the user in on web pages (skey).
    WebKey,
    /// File agent key: opens packets of the file agent.
    FileAgentKey,
    /// Domain: A domain for which a web key is asked.
    Domain,
    /// Ticket: A token inside a body, which a later packet shows again.
    Ticket,
    /// Random bytes: make equal packets differ.
    Random,
    /// CRC: CRC-32 of the bytes beside it.
    Crc,
    /// Computer id: tells this computer from others.
    ComputerId,
    /// Computer name: as the operating system gives it.
    ComputerName,
    /// Program hash: MD5 of the program file.
    ExeHash,
    /// Mail account: used for the login in place of a QQ number.
    MailAccount,
    /// Ping type: strategy of the touch; 2 in all sources.
    PingType,
    /// Address of the last login: from where the user came the last time.
    LastLoginAddress,
    /// Time of the last login: when the user came the last time.
    LastLoginTime,
    /// Captcha needed: whether a picture has to be read first (验证码).
    CaptchaNeeded,
    /// Captcha code: what the user has read in the picture.
    CaptchaCode,
    /// Captcha token: belongs to a picture, or replaces it.
    CaptchaToken,
    /// Picture: PNG, or a part of one: a captcha or a QR code.
    CaptchaPicture,
    /// Picture part: which part of the picture this is.
    CaptchaPart,
    /// Next part: which part of the picture is next; 0 at the end.
    CaptchaNext,
    /// QR code text: what the QR code says.
    QrText,
    /// TLV: A type, a length and a value of a login.
    Tlv,
    /// Type: what the value is.
    TlvType,
    /// Length: bytes of the value.
    TlvLength,
    /// Sub-version: layout of the value.
    TlvVersion,
    /// Value: A value, or the part of one, that nobody has explained.
    TlvValue,
    /// From: QQ number of the sender; in a push from a group, the group's internal id.
    From,
    /// To: QQ number of the receiver.
    To,
    /// Server sequence: the server's number of the message.
    MessageSequence,
    /// Message type: what the server pushes.
    MessageType,
    /// IM type: what one user sends to another.
    ImType,
    /// Sender version: client version of the sender.
    SenderVersion,
    /// Transfer key: MD5 of QQ number and session key; opens packets of file transfers.
    TransferKey,
    /// Conversation: the sender's number of the conversation or transfer.
    SessionId,
    /// Message time: when it was written.
    MessageTime,
    /// Message id: equal in all fragments of a message.
    MessageId,
    /// Fragments: in how many packets the message comes.
    Fragments,
    /// Fragment: which of the packets this is, from 0.
    FragmentIndex,
    /// Has a font: whether a font is given.
    HasFont,
    /// Reply type: whether a person or the client has answered.
    ReplyType,
    /// Content: what a group message holds.
    ContentType,
    /// Text: what the user has written.
    MessageText,
    /// Options: TLVs before a message since QQ2009.
    MessageOptions,
    /// Options length: bytes of the options.
    OptionsLength,
    /// Mark: MSG, before the font and the blocks of a message.
    MessageMark,
    /// Random number: tells equal messages apart.
    MessageRandom,
    /// Block: A part of a message: text, face, image.
    MessageBlock,
    /// Block type: what the block holds.
    MessageBlockType,
    /// Tag: A value inside a block.
    MessageTag,
    /// Tag type: what the value is; depends on the block.
    MessageTagType,
    /// Tag value: A value that nobody has explained.
    MessageTagValue,
    /// Face: number of a face that the user has put into the text (表情).
    MessageFace,
    /// Face, old number: number of a face up to QQ2008, which counted differently.
    ClassicFace,
    /// XML: A card or shared link, compressed by zlib.
    MessageXml,
    /// Compression: 1 is zlib.
    XmlCompression,
    /// Image name: file name, made from the image's hash.
    ImageName,
    /// Image id: the server's number of the image.
    ImageId,
    /// Image server: where the image can be fetched.
    ImageAddress,
    /// Image port: belongs to the image server.
    ImagePort,
    /// Image hash: 16 bytes like an MD5.
    ImageHash,
    /// Image width: in pixels.
    ImageWidth,
    /// Image height: in pixels.
    ImageHeight,
    /// Image size: in bytes.
    ImageSize,
    /// Font: how the text of a message is shown.
    Font,
    /// Font name: as the sender's system calls it.
    FontName,
    /// Font size: in points.
    FontSize,
    /// Font style: up to QQ2008: bit 5 bold, 6 italic, 7 underlined.
    FontStyle,
    /// Font colour: red, green, blue in hex.
    FontColour,
    /// Charset: charset of the text.
    FontCharset,
    /// Font length: bytes of the whole font block.
    FontLength,
    /// System message kind: why the server ends or warns.
    SystemKind,
    /// System message type: what has happened to the contact list.
    SystemType,
    /// System message text: what the server, or who asks to be added, says.
    SystemText,
    /// Acknowledged sequence: sequence of the 0x0080 that is acknowledged.
    AcknowledgedSequence,
    /// News kind: what the news is about.
    NewsKind,
    /// Title: headline of the news.
    Title,
    /// Address: of a page or picture.
    Url,
    /// Transfer kind: file or face.
    TransferKind,
    /// Transfer mode: how the two clients shall connect.
    TransferMode,
    /// File name: as the sender calls it.
    FileName,
    /// File size: in words, with unit.
    FileSize,
    /// Group id: the internal number of a group.
    GroupId,
    /// Group number: the number that users know (群号).
    GroupNumber,
    /// Group name: as the owner has named it.
    GroupName,
    /// Group type: permanent or temporary.
    GroupType,
    /// Group status: 02 or 03 in all sources.
    GroupStatus,
    /// Owner: QQ number of the owner (群主).
    GroupOwner,
    /// Category: subject of the group.
    GroupCategory,
    /// Member limit: how many members it may have.
    GroupLimit,
    /// Group sequence: the server's number of a message in the group.
    GroupSequence,
    /// Group version: grows with every change of the group.
    GroupVersion,
    /// Role: of a member.
    GroupRole,
    /// Member: QQ number of a member.
    MemberUin,
    /// Muted for: seconds for which a member may not write.
    MuteSeconds,
    /// Join result: what came of a request to join.
    JoinResult,
    /// Reason: why somebody is no longer in the group.
    LeftReason,
    /// Condition: what a user or group asks of those who want to be added.
    AuthCondition,
    /// Request text: what one user writes to another, who shall add him.
    AuthText,
    /// May be added: whether the other side may add the user in return.
    AllowAdd,
    /// Purpose: for which step the token is.
    TokenPurpose,
    /// Question: asked of those who want to be added.
    Question,
    /// Answer: to the question.
    Answer,
    /// Search kind: what is searched.
    SearchKind,
    /// Search text: what is looked for; - stands for anything.
    SearchText,
    /// Online: only users who are online, or whether one is.
    SearchOnline,
    /// Camera: only users who have a camera.
    SearchCamera,
    /// Province: place of a user or of a forecast.
    Province,
    /// Province number: place in the client's list of provinces.
    ProvinceNumber,
    /// City: place of a forecast.
    City,
    /// City number: place in the client's list of cities.
    CityNumber,
    /// Forecast: the weather of one day.
    Forecast,
    /// Day: the day of the forecast.
    ForecastTime,
    /// Weather: in words.
    Weather,
    /// Wind: in words.
    Wind,
    /// Lowest temperature: in degrees Celsius.
    LowTemperature,
    /// Highest temperature: in degrees Celsius.
    HighTemperature,
    /// Hint: what the service advises.
    WeatherHint,
    /// SMS sequence: the sender's number of the SMS.
    SmsSequence,
    /// SMS mode: how the SMS is shown.
    SmsMode,
    /// SMS type: what the SMS holds beside text.
    SmsType,
    /// SMS content number: which love word, picture or ring tone.
    SmsNumber,
    /// Head length: bytes of the first message.
    ProtobufHeadLength,
    /// Body length: bytes of the second message.
    ProtobufBodyLength,
    /// Protobuf head: A message of Protocol Buffers, about the request.
    ProtobufHead,
    /// Protobuf body: A message of Protocol Buffers, the request itself.
    ProtobufBody,
    /// Key exchange version: the elliptic-curve key exchange in use.
    KeyExchangeVersion,
    /// Public key: the sender's half of the key exchange.
    PublicKey,
}
