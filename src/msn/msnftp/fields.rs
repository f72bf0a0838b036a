//! The fields and expert notes of `msnftp`.

use crate::msn::msnftp::wire::codes::{BLOCKS, RESULTS};

crate::protocol! {
    /// File transfer between clients.
    pub MSNFTP = 4, c"MSN File Transfer Protocol", c"MSNFTP", c"msnftp";
    /// The fields of `msnftp`.
    pub enum Field {
        // Lines.
        Line = c"msnftp.line", c"Line", Text, c"The whole line without its CRLF";
        Command = c"msnftp.cmd", c"Command", Text, c"The three-letter verb of the line";
        Protocol = c"msnftp.protocol", c"Protocol", Text, c"MSNFTP, or MSN_SECURE_FTP with encryption";
        Account = c"msnftp.account", c"Account", Text, c"Account of the receiver";
        Cookie = c"msnftp.cookie", c"Authentication cookie", U32 Dec [secret "cookie"], c"The number given in the last invitation";
        FileSize = c"msnftp.file_size", c"File size", U64 Dec, c"Size in bytes of the file, as announced by the sender";
        Result = c"msnftp.result", c"Result code", U32 Hex in RESULTS, c"HRESULT of the transfer";
        Code = c"msnftp.mac", c"Message authentication code", Text, c"base64; authenticates the file data";
        Parameter = c"msnftp.param", c"Unknown parameter", Text, c"Parameter that the command does not define";
        Nul = c"msnftp.nul", c"NUL terminator", None, c"NUL before the line end of MAC";
        // Blocks.
        Block = c"msnftp.block.type", c"Block type", U8 Dec in BLOCKS, c"Data, or end of the transfer";
        Length = c"msnftp.block.length", c"Block length", U16 Dec, c"Length in bytes of the data in the block, at most 2045";
        Data = c"msnftp.data", c"File data", Bytes, c"Part of the file in this block";
        Rest = c"msnftp.data.rest", c"Block continuation", Bytes, c"Data of a block that begins in an earlier segment";
        Undecoded = c"msnftp.undecoded", c"Unrecognized data", Bytes, c"Bytes that are neither a line nor a block";
        // Generated.
        Offset = c"msnftp.block.offset", c"File offset", U64 Dec, c"Offset in bytes in the file of this block, or of its part in this segment";
        BlockFrame = c"msnftp.block.frame", c"Block begins in frame", Frame, c"Frame with the header of the block that this segment continues";
        Content = c"msnftp.file", c"Reassembled file", Bytes, c"File reassembled from its blocks";
        Sha256 = c"msnftp.file.sha256", c"File SHA-256", Text, c"SHA-256 of the complete file, in hexadecimal";
        Size = c"msnftp.file.received", c"Received bytes", U64 Dec, c"Size in bytes of the file data in the blocks";
        Complete = c"msnftp.file.complete", c"File complete", Bool, c"The announced number of bytes was received";
        Blocks = c"msnftp.file.blocks", c"Block count", U32 Dec, c"Number of blocks of the file";
        FirstFrame = c"msnftp.file.first", c"First block in frame", Frame, c"Frame with the first block of the file";
        LastFrame = c"msnftp.file.last", c"Reassembled in frame", Frame, c"Frame in which the file is reassembled";
        From = c"msnftp.from", c"File sender", Text, c"Account that offered the file in the invitation";
        To = c"msnftp.to", c"File receiver", Text, c"Account to which the file was offered, or with which its receiver signs in";
        FileName = c"msnftp.file.name", c"File name", Text, c"File name given in the invitation";
        Encrypted = c"msnftp.encrypted", c"Encrypted", Bool, c"The protocol is MSN_SECURE_FTP, whose data are encrypted";
        SetUp = c"msnftp.setup", c"Setup frame", Frame, c"Frame of the invitation that announced this connection";
        Connection = c"msnftp.connection", c"Connection in frame", Frame, c"First frame of the connection announced by this invitation";
        CookieGood = c"msnftp.cookie.good", c"Authentication cookie valid", Bool, c"The cookie is the one given in the invitation";
    }
    /// The expert notes of `msnftp`.
    pub enum Note {
        UnknownCommand = c"msnftp.cmd.unknown", Undecoded Note, c"Unknown command";
        BadValue = c"msnftp.value.bad", Protocol Warning, c"Invalid parameter value";
        Failed = c"msnftp.failed", Response Note, c"File transfer failed";
        UnknownResult = c"msnftp.result.unknown", Undecoded Note, c"Unknown result code";
        LongBlock = c"msnftp.block.long", Protocol Note, c"Block is longer than 2045 bytes, the maximum of all known clients";
        SizeDiffers = c"msnftp.size.differs", Sequence Warning, c"File size differs from the announced size";
        TooLong = c"msnftp.file.too_long", Reassembly Chat, c"File exceeds the reassembly limit";
        BadCookie = c"msnftp.cookie.bad", Protocol Note, c"Authentication cookie differs from the one in the invitation";
        Undecoded = c"msnftp.undecoded.bytes", Undecoded Warning, c"Unrecognized data: neither a line nor a block";
        Lost = c"msnftp.lost", Sequence Chat, c"Preceding segments missing or out of order; dissection resumes at the next block";
        Partial = c"msnftp.partial", Reassembly Note, c"Line or block header continues in later segments, which are not reassembled";
    }
}
