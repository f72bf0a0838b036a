//! The fields and expert notes of `oicq`. The fields of decoded bodies are in
//! src/oicq/body/name.rs.

use crate::codes::Codes;
use crate::oicq::body::name::{body_values, Name};
use crate::oicq::body::{codes, emoticons, event_codes, group_codes, protobuf, tlv_codes};
use crate::oicq::wire::client_table::{CLIENTS, LOGIN_BUILDS};
use crate::oicq::wire::other_frames::{agent, custom_avatar, p2p};
use crate::protocol;

/// What `oicq.flag` can be.
pub(crate) const FLAGS: Codes = Codes::new(&[
    (0, c"P2P control"),
    (2, c"OICQ frame"),
    (3, c"P2P data or custom avatar"),
    (4, c"File relay"),
    (5, c"Group picture agent"),
]);
/// What `oicq.head.info` can be (docs/protocol/oicq.md §2.8).
const CUSTOM_AVATAR_INFO: Codes = Codes::new(&[(0x0002, c"Reply"), (0x0100, c"Request")]);
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

body_values! { protocol! {
    /// What imshark adds to Wireshark's `oicq`. The first six fields are Wireshark's own.
    pub OICQ = 1, c"OICQ - IM software, popular in China", c"OICQ", c"oicq";
    /// The fields of `oicq`.
    pub enum Field from Name {
        // Frames.
        Flag = c"oicq.flag", c"Flag", U8 Hex in FLAGS, c"Protocol Flag";
        Version = c"oicq.version", c"Version", U16 Hex, c"Version of the client; 0x0100 from old servers";
        Command = c"oicq.command", c"Command", U16 Dec, c"Command of the request or reply; its meaning depends on the client era";
        Sequence = c"oicq.seq", c"Sequence", U16 Dec, c"Chosen by the sender and echoed in the reply";
        Uin = c"oicq.qqid", c"QQ number", U32 Dec, c"Account number (UIN); absent from old servers";
        Data = c"oicq.data", c"Data", Text, c"All bytes after the eleventh, for compatibility with Wireshark's built-in dissector";
        Length = c"oicq.length", c"TCP frame length", U16 Dec, c"Over TCP only: length in bytes of the frame, including this field";
        Client = c"oicq.client", c"Client", Text, c"Client program of the version";
        CommandName = c"oicq.command.name", c"Command name", Text, c"Meaning of the command in the era of this client";
        Direction = c"oicq.direction", c"Direction", U8 Dec in DIRECTIONS, c"Direction of the frame, derived from header and length";
        Block = c"oicq.block", c"Client block", None, c"Client information in every frame of newer clients";
        BlockType = c"oicq.block.type", c"Client block type", U8 Hex in BLOCKS, c"Determines the length of the block";
        BlockFlag = c"oicq.block.flag", c"Token flag", U8 Dec, c"1 when a token follows the block";
        Repeat = c"oicq.block.repeat", c"Repeat count", U8 Dec, c"Number of earlier transmissions of this frame";
        ClientType = c"oicq.block.client_type", c"Client type", U32 Hex in CLIENT_TYPES, c"Family of the client program";
        Build = c"oicq.block.build", c"Build", U32 Hex, c"Number of the client build, also called public number";
        Padding = c"oicq.block.padding", c"Padding", Bytes, c"Zero bytes at the end of block types 3 and 4";
        ServerFlags = c"oicq.server_flags", c"Server flags", Bytes, c"Three bytes of newer servers, partly of unknown meaning";
        Probe = c"oicq.probe", c"Empty client block", Bytes, c"Eight zero bytes of a probe, which is never answered";
        Key = c"oicq.key", c"Cleartext key", Bytes, c"Key of the following ciphertext, sent in the clear";
        TokenTag = c"oicq.token.tag", c"Token tag", Bytes, c"Tag and length before a token";
        TokenLength = c"oicq.token.length", c"Token length", U16 Dec, c"Length in bytes of the token";
        Token = c"oicq.token", c"Token", Bytes [secret "token"], c"Authentication token issued by the server";
        BodyVersion = c"oicq.login.version", c"Login body version", U16 Hex, c"Version of the login body";
        PublicKeyLength = c"oicq.ecdh.public_key.length", c"Public key length", U16 Dec, c"Length in bytes of the ephemeral public key";
        SaltLength = c"oicq.ecdh.extra.length", c"Extra data length", U32 Dec, c"Length in bytes of the data after the public key";
        Salt = c"oicq.ecdh.extra", c"Extra data", Bytes, c"16 bytes after the public key, of unknown meaning";
        MediaId = c"oicq.media.id", c"Media ID", Bytes, c"16 bytes before the media data, partly of unknown meaning";
        MediaLength = c"oicq.media.length", c"Media length", U16 Dec, c"Length in bytes of the media data";
        Media = c"oicq.media", c"Media data", Bytes, c"Media sent in the clear";
        Ciphertext = c"oicq.ciphertext", c"Ciphertext", Bytes, c"Body encrypted with QQ-TEA";
        Body = c"oicq.body", c"Raw body", Bytes, c"Unencrypted body, or a body of unknown layout";
        Trailer = c"oicq.trailer", c"Trailer", U8 Hex, c"0x03 at the end of every frame";
        Fragment = c"oicq.fragment", c"Frame fragment", Bytes, c"Bytes of an incomplete frame; the segments are not reassembled";
        Unrecognized = c"oicq.unrecognized", c"Unrecognized data", Bytes, c"Bytes of the stream that are not a frame";
        // Decryption.
        Decrypted = c"oicq.decrypted", c"Decrypted", Bool, c"The ciphertext was decrypted with a known key";
        DecryptionKey = c"oicq.decryption.key", c"Decryption key", Text, c"Kind and origin of the key that decrypts the ciphertext";
        DecryptionKeyValue = c"oicq.decryption.key.value", c"Decryption key value", Text [secret "key"], c"32 hexadecimal digits; displayed if enabled in the preferences";
        Plaintext = c"oicq.plaintext", c"Decrypted body", Bytes, c"Plaintext of the frame; keys are masked unless enabled in the preferences";
        Proof = c"oicq.proof", c"Decrypted password proof", Bytes, c"Proves knowledge of the password to the server";
        Device = c"oicq.device", c"Decrypted device information", Bytes, c"Identifies the client's computer; encrypted with a key shared by client and server";
        Second = c"oicq.second", c"Decrypted inner body", Bytes, c"Body that was encrypted twice";
        // Bodies.
        Account = c"oicq.account", c"Any QQ number", U32 Dec, c"Account in the header or in any body: user, friend, sender, receiver, member";
        ClientSecondPort = c"oicq.client.second_port", c"Second client port", U16 Dec, c"Port after the client port, of unknown meaning";
        // Behaviour, worked out.
        Sender = c"oicq.from", c"Sender", U32 Dec, c"QQ number that sends a message, nudge or step of a file transfer";
        Recipient = c"oicq.to", c"Recipient", U32 Dec, c"QQ number that receives a message, nudge or step of a file transfer; of a message to a group, the ID of the group";
        MessageFirst = c"oicq.message.first", c"Message starts in frame", Frame, c"Frame with the first captured fragment of the message";
        MessageLast = c"oicq.message.last", c"Message reassembled in frame", Frame, c"Frame in which the message is reassembled from its fragments";
        MessageWhole = c"oicq.message.whole", c"Reassembled message", Text, c"What the user wrote, put together from all fragments";
        MessageFragmentFrame = c"oicq.message.fragment.frame", c"Message fragment in frame", Frame, c"Frame with a fragment of the message, in order";
        Party = c"oicq.party", c"Party", Text, c"QQ number that takes part in the packet: of the client, or it sends, receives or does something; or group and its ID";
        Peer = c"oicq.peer", c"Peer", Text, c"Party that sends a message, file or request to another, or receives it";
        PeerFrom = c"oicq.peer.from", c"Sending peer", Text, c"Peer that sends";
        PeerTo = c"oicq.peer.to", c"Receiving peer", Text, c"Peer that receives";
        Request = c"oicq.request", c"Request", Bool, c"Frame of the client that the server answers";
        CommandNameChinese = c"oicq.command.name.zh", c"Command name (Chinese)", Text, c"Name of the command in Chinese documents";
        ResponseIn = c"oicq.response_in", c"Response in", ResponseFrame, c"Frame of the response to this request";
        ResponseTo = c"oicq.response_to", c"Request in", RequestFrame, c"Frame of the request that this frame responds to";
        Time = c"oicq.time", c"Response time", Duration, c"Time between the first transmission of a request or push and its response or acknowledgment";
        Push = c"oicq.push", c"Push", Bool, c"Sent by the server without a request";
        AckIn = c"oicq.ack_in", c"Acknowledged in", Frame, c"Frame of the client's acknowledgment of this push";
        AckTo = c"oicq.ack_to", c"Acknowledges frame", Frame, c"Frame of the push that this frame acknowledges";
        Retransmission = c"oicq.retransmission", c"Retransmission count", U8 Dec, c"Number of earlier transmissions, counted by the client or in the capture";
        RetransmissionOf = c"oicq.retransmission.of", c"Retransmission of frame", Frame, c"First transmission of the frame; servers encrypt each one anew";
        DuplicateOf = c"oicq.duplicate", c"Duplicate of frame", Frame, c"The same bytes captured twice at the same time";
        Repeated = c"oicq.repeated", c"Repeated frame", Bool, c"The same frame came before: sent again, or captured twice";
        KeepAliveInterval = c"oicq.keepalive.interval", c"Keep-alive interval", Duration, c"Time since the previous keep-alive of the account; usually one minute";
        RedirectTo = c"oicq.redirect.to", c"Redirected request in", Frame, c"Frame of the repeated request to another server";
        RedirectFrom = c"oicq.redirect.from", c"Redirected by frame", Frame, c"Frame of the reply that redirected the client to this server";
        Gap = c"oicq.sequence.gap", c"Sequence gap", U16 Dec, c"Number of missing sequences of this command; since 2013 each command is counted separately";
        // Other families of frames.
        FrameLength = c"oicq.frame_length", c"Frame length", U16 Dec, c"Length in bytes of the whole frame, in the families 04 and 05";
        P2pSeed = c"oicq.p2p.seed", c"P2P seed", U8 Hex, c"Byte with which the QQ numbers of the header are XORed";
        P2pSender = c"oicq.p2p.sender", c"P2P sender", U32 Dec, c"Decoded QQ number of the sending client";
        P2pReceiver = c"oicq.p2p.receiver", c"P2P receiver", U32 Dec, c"Decoded QQ number of the receiving client";
        P2pControl = c"oicq.p2p.control", c"P2P control type", U16 Hex in p2p::CONTROL_TYPES, c"Step of the connection setup between two clients";
        P2pProof = c"oicq.p2p.proof", c"P2P session proof", Bytes [secret "key"], c"MD5 of the sender's QQ number and session key; key of the frames between the two clients";
        P2pTime = c"oicq.p2p.time", c"P2P time", Moment, c"Clock of the sender";
        P2pType = c"oicq.p2p.type", c"P2P packet type", U16 Hex in p2p::DATA_TYPES, c"Type of the data between two clients";
        P2pSequence = c"oicq.p2p.seq", c"P2P sequence", U16 Dec, c"Counts the packets of a transfer";
        P2pOperation = c"oicq.p2p.operation", c"File operation", U8 Hex in p2p::OPERATIONS, c"Step of the transfer";
        P2pMediaType = c"oicq.p2p.media.type", c"Media type", U8 Hex in p2p::MEDIA_TYPES, c"Protocol of the voice or video packet";
        P2pMedia = c"oicq.p2p.media", c"Media packet", Bytes, c"SIP, RTP or RTCP packet, passed to that dissector";
        FileSize = c"oicq.file.size", c"File size", U32 Dec, c"Size in bytes of the transferred file or image";
        FragmentCount = c"oicq.file.fragments", c"File fragment count", U32 Dec, c"Number of fragments of the file";
        FragmentLength = c"oicq.file.fragment_length", c"File fragment length", U32 Dec, c"Length in bytes of every fragment except the last";
        FragmentIndex = c"oicq.file.fragment", c"File fragment", U32 Dec, c"Number of this fragment of the file";
        FileOffset = c"oicq.file.offset", c"File offset", U32 Dec, c"Offset of the data in the file; all ones request its start";
        FileMd5 = c"oicq.file.md5", c"File MD5", Bytes, c"MD5 of the file or image";
        FileNameMd5 = c"oicq.file.name.md5", c"File name MD5", Bytes, c"MD5 of the file name";
        FileNameLength = c"oicq.file.name.length", c"File name length", U16 Dec, c"Length in bytes of the file name";
        FileDataLength = c"oicq.file.data.length", c"File data length", U32 Dec, c"Length in bytes of the file data; 0 requests all of it";
        FileData = c"oicq.file.data", c"File data", Bytes, c"Part of a file or image";
        File = c"oicq.file", c"Reassembled file", Bytes, c"File, picture or avatar, put together from its pieces";
        FileFirst = c"oicq.file.first", c"File starts in frame", Frame, c"Frame that begins the file";
        FileLast = c"oicq.file.last", c"File reassembled in frame", Frame, c"Frame in which the file is reassembled";
        FileMd5Good = c"oicq.file.md5.good", c"File MD5 valid", Bool, c"MD5 of the reassembled file is the announced one";
        FileSha256 = c"oicq.file.sha256", c"File SHA-256", Text, c"SHA-256 of the reassembled file, in hexadecimal";
        CustomAvatarCommand = c"oicq.head.command", c"Custom avatar command", U8 Hex in custom_avatar::COMMANDS, c"Operation on custom avatars";
        CustomAvatarSerial = c"oicq.head.serial", c"Serial number", U32 Dec, c"Counts the requests; echoed in the reply";
        CustomAvatarParts = c"oicq.head.parts", c"Reply frame count", U8 Dec, c"Number of frames of the reply";
        CustomAvatarPart = c"oicq.head.part", c"Reply frame number", U8 Dec, c"Zero-based number of this frame of the reply";
        CustomAvatarLength = c"oicq.head.length", c"Content length", U16 Dec, c"Length in bytes of the content";
        CustomAvatarInfo = c"oicq.head.info", c"Custom avatar information", U16 Hex in CUSTOM_AVATAR_INFO, c"Query or description of custom avatars";
        CustomAvatarCount = c"oicq.head.count", c"Custom avatar count", U16 Dec, c"Number of avatars that are requested or described";
        CustomAvatarFriend = c"oicq.head.friend", c"Custom avatar user", U32 Dec, c"QQ number of the owner of the avatar";
        CustomAvatarTime = c"oicq.head.time", c"Custom avatar time", Moment, c"When the user set the avatar";
        AgentCommand = c"oicq.agent.command", c"Agent command", U16 Hex in agent::COMMANDS, c"Step of the transfer of a group picture";
        AgentSession = c"oicq.agent.session", c"Agent session ID", U32 Hex, c"Assigned by the agent to every transfer";
        AgentType = c"oicq.agent.type", c"Picture type", U16 Hex in agent::PICTURE_TYPES, c"Type of the picture that the agent transfers";
        AgentGroup = c"oicq.agent.group", c"Agent group number", U32 Dec, c"Number of the group that receives the picture";
        AgentResult = c"oicq.agent.result", c"Agent result", U16 Dec in agent::RESULTS, c"Result of the request for an agent";
        AgentAddress = c"oicq.agent.address", c"Agent address", Ipv4, c"Server that transfers the picture";
        AgentPort = c"oicq.agent.port", c"Agent port", U16 Dec, c"Port of the agent address";
        AgentOther = c"oicq.agent.other", c"Alternate agent address", Ipv4, c"Server to ask instead";
        AgentOtherPort = c"oicq.agent.other.port", c"Alternate agent port", U16 Dec, c"Port of the alternate agent";
        AgentTextLength = c"oicq.agent.text.length", c"Agent text length", U16 Dec, c"Length in bytes of the agent's text";
        AgentText = c"oicq.agent.text", c"Agent text", Text, c"Text of the agent to the user, in GBK";
        AgentReceived = c"oicq.agent.received", c"Receipt", U8 Hex in RECEIVED, c"Acknowledgment of received data";
    }
    /// The expert notes of `oicq`.
    pub enum Note {
        // Frames.
        OddLength = c"oicq.length.odd", Protocol Warning, c"Frame length does not match any known form of this command";
        NoTrailer = c"oicq.trailer.missing", Protocol Warning, c"Frame does not end with 0x03";
        Resynchronised = c"oicq.resync", Undecoded Warning, c"Unrecognized data; dissection resumes at the next frame";
        Incomplete = c"oicq.incomplete", Reassembly Note, c"PDU continues in later segments, which are not reassembled";
        FileMd5Differs = c"oicq.file.md5.differs", Protocol Note, c"MD5 of the file differs from the announced one";
        // Decryption.
        Damaged = c"oicq.ciphertext.damaged", Undecoded Note, c"A known key decrypts only the start of this ciphertext; the unverified plaintext is not displayed";
        UselessKeys = c"oicq.keys.useless", Undecoded Note, c"None of the keys given for this QQ number has decrypted anything so far";
        // Bodies.
        BodyShort = c"oicq.body.short", Undecoded Note, c"Body ends inside a value: it is truncated, or its layout is unknown";
        LoginRefused = c"oicq.login.refused", Response Note, c"Login rejected by the server";
        // Behaviour, worked out.
        Retransmission = c"oicq.retransmitted", Sequence Chat, c"Retransmission of an earlier frame";
        Unanswered = c"oicq.unanswered", Sequence Chat, c"No response to this request in the capture, although the server kept sending";
        // Other families of frames.
    }
} }
