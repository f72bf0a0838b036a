//! The fields and expert notes of `oicq`.

use super::families::{agent, head, p2p};
use crate::codes::Codes;

/// What `oicq.flag` can be.
const FLAGS: Codes = Codes::new(&[
    (0, c"P2P control"),
    (2, c"OICQ frame"),
    (3, c"P2P data or custom head"),
    (4, c"File relay"),
    (5, c"Group picture agent"),
]);
/// What `oicq.head.info` can be (reference OICQ §2.8).
const HEAD_INFO: Codes = Codes::new(&[(0x0002, c"Answer"), (0x0100, c"Question")]);
/// What `oicq.agent.received` can be (reference OICQ §2.9).
const RECEIVED: Codes = Codes::new(&[(2, c"Data received")]);
/// What `oicq.direction` can be.
const DIRECTIONS: Codes = Codes::new(&[
    (0, c"Unknown"),
    (1, c"Client to server"),
    (2, c"Server to client"),
]);
/// Types of the client block (reference OICQ §2.3).
const BLOCKS: Codes = Codes::new(&[
    (2, c"Session"),
    (3, c"Login"),
    (4, c"Session, protobuf body"),
]);
/// Client types (reference OICQ §2.3).
const CLIENT_TYPES: Codes = Codes::new(&[(0x0001_0101, c"QQ or TM"), (0x0001_2e01, c"TIM")]);

crate::protocol! {
    /// What imshark adds to Wireshark's `oicq`. The first six fields are Wireshark's own.
    pub OICQ = 1, c"OICQ - IM software, popular in China", c"OICQ", c"oicq";
    /// The fields of `oicq`.
    pub enum Field {
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
        Token = c"oicq.token", c"Token", Bytes, c"A ticket that the server gave out earlier";
        BodyVersion = c"oicq.login.version", c"Login body version", U16 Hex, c"The layout of the login that follows";
        KeyExchangeVersion = c"oicq.ecdh.version", c"Key exchange version", U16 Hex, c"The elliptic-curve key exchange in use";
        PublicKeyLength = c"oicq.ecdh.public_key.length", c"Public key length", U16 Dec, c"Bytes of the one-time public key";
        PublicKey = c"oicq.ecdh.public_key", c"Public key", Bytes, c"The sender's half of the key exchange";
        SaltLength = c"oicq.ecdh.extra.length", c"Extra length", U32 Dec, c"Counts the bytes behind the public key";
        Salt = c"oicq.ecdh.extra", c"Extra bytes", Bytes, c"16 bytes behind the public key, unexplained";
        Ciphertext = c"oicq.ciphertext", c"Ciphertext", Bytes, c"The body, encrypted by QQ-TEA";
        Body = c"oicq.body", c"Body", Bytes, c"A body that is in clear, or in no known shape";
        Trailer = c"oicq.trailer", c"Trailer", U8 Hex, c"03, the end of every frame";
        Fragment = c"oicq.fragment", c"Part of a frame", Bytes, c"Bytes of a frame that is not whole, because segments are not put together";
        Unrecognized = c"oicq.unrecognized", c"Unrecognized bytes", Bytes, c"Bytes of the stream that begin no frame";
        // Decryption.
        Decrypted = c"oicq.decrypted", c"Decrypted", Bool, c"A key is known, and the ciphertext was opened with it";
        DecryptionKey = c"oicq.decryption.key", c"Decryption key", Text, c"Which key it was, and where that comes from";
        DecryptionKeyValue = c"oicq.decryption.key.value", c"Value of the key", Text, c"32 hexadecimal digits; shown if the preferences say so";
        Plaintext = c"oicq.plaintext", c"Plaintext", Bytes, c"What was encrypted";
        Proof = c"oicq.proof", c"Proof of the password, decrypted", Bytes, c"Shows the server that the client knows the password";
        Device = c"oicq.device", c"Computer, decrypted", Bytes, c"Names the client's computer, under a key that client and server share";
        Second = c"oicq.second", c"Second layer, decrypted", Bytes, c"A body that was encrypted twice";
        // Bodies.
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
        KeepAliveInterval = c"oicq.keepalive.interval", c"Keep-alive interval", Duration, c"Since the keep-alive before of the same account; usually one minute";
        RedirectTo = c"oicq.redirect.to", c"Redirected to request in", Frame, c"The frame in which the client repeats its request to another server";
        RedirectFrom = c"oicq.redirect.from", c"Redirected by reply in", Frame, c"The frame with the reply that sent the client to this server";
        Gap = c"oicq.sequence.gap", c"Sequence gap", U16 Dec, c"So many sequences of this command are missing; since 2013 every command is counted for itself";
        // Other families of frames.
        FrameLength = c"oicq.frame_length", c"Frame length", U16 Dec, c"Bytes of the whole frame, in the families 04 and 05";
        P2pSeed = c"oicq.p2p.seed", c"Seed", U8 Hex, c"What the two QQ numbers of the header are XORed with";
        P2pSender = c"oicq.p2p.sender", c"Sender", U32 Dec, c"The QQ number of the client that sent this, without its disguise";
        P2pReceiver = c"oicq.p2p.receiver", c"Receiver", U32 Dec, c"The QQ number of the other client, without its disguise";
        P2pType = c"oicq.p2p.type", c"Packet type", U16 Hex in p2p::DATA_TYPES, c"What a client tells the other one";
        P2pSequence = c"oicq.p2p.seq", c"Packet sequence", U16 Dec, c"Counts the packets of one transfer";
        P2pOperation = c"oicq.p2p.operation", c"File operation", U8 Hex in p2p::OPERATIONS, c"Which step of a transfer this is";
        FileSize = c"oicq.file.size", c"File size", U32 Dec, c"Bytes of the file or picture that is transferred";
        FragmentCount = c"oicq.file.fragments", c"Fragments", U32 Dec, c"How many pieces the file is sent in";
        FragmentLength = c"oicq.file.fragment_length", c"Fragment length", U32 Dec, c"Bytes of every piece but the last";
        FragmentIndex = c"oicq.file.fragment", c"Fragment", U32 Dec, c"Which piece of the file this is";
        FileOffset = c"oicq.file.offset", c"Offset", U32 Dec, c"Where the data belongs in the file; all ones ask for its beginning";
        FileMd5 = c"oicq.file.md5", c"File MD5", Bytes, c"Digest of the file or picture";
        FileNameMd5 = c"oicq.file.name.md5", c"Name MD5", Bytes, c"Digest of the file's name";
        FileNameLength = c"oicq.file.name.length", c"Name length", U16 Dec, c"Bytes of the file's name";
        FileName = c"oicq.file.name", c"File name", Text, c"What the sender calls the file, in GBK";
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
        AgentReceived = c"oicq.agent.received", c"Receipt", U8 Hex in RECEIVED, c"The receiver tells that data has come";
        Unexplained = c"oicq.unexplained", c"Unexplained bytes", Bytes, c"What nobody has found the meaning of";
    }
    /// The expert notes of `oicq`.
    pub enum Note {
        // Frames.
        OddLength = c"oicq.length.odd", Protocol Warning, c"The length fits no known form of this command";
        NoTrailer = c"oicq.trailer.missing", Protocol Warning, c"The frame does not end with 0x03";
        Resynchronised = c"oicq.resync", Undecoded Warning, c"These bytes are no frame; dissection goes on behind them";
        Incomplete = c"oicq.incomplete", Reassembly Note, c"The rest is in later segments, which are not put together";
        // Decryption.
        UselessKeys = c"oicq.keys.useless", Undecoded Note, c"The keys given for this QQ number open nothing here";
        // Bodies.
        // Behaviour, worked out.
        Retransmission = c"oicq.retransmitted", Sequence Chat, c"The frame repeats an earlier one";
        Unanswered = c"oicq.unanswered", Sequence Chat, c"No reply was captured, though the server went on sending";
        // Other families of frames.
    }
}
