//! The fields and expert notes of `oicq`.

use crate::codes::Codes;

/// What `oicq.flag` can be.
const FLAGS: Codes = Codes::new(&[(2, c"OICQ frame")]);
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
        // Bodies.
        // Behaviour, worked out.
        // Other families of frames.
    }
    /// The expert notes of `oicq`.
    pub enum Note {
        // Frames.
        OddLength = c"oicq.length.odd", Protocol Warning, c"The length fits no known form of this command";
        NoTrailer = c"oicq.trailer.missing", Protocol Warning, c"The frame does not end with 0x03";
        Resynchronised = c"oicq.resync", Undecoded Warning, c"These bytes are no frame; dissection goes on behind them";
        Incomplete = c"oicq.incomplete", Reassembly Note, c"The rest is in later segments, which are not put together";
        // Decryption.
        // Bodies.
        // Behaviour, worked out.
        // Other families of frames.
    }
}
