//! The fields and expert notes of `msnftp`.

use crate::msn::msnftp::wire::codes::{BLOCKS, RESULTS};

crate::protocol! {
    /// File transfer between clients.
    pub MSNFTP = 4, c"MSN File Transfer Protocol", c"MSNFTP", c"msnftp";
    /// The fields of `msnftp`.
    pub enum Field {
        // Lines.
        Line = c"msnftp.line", c"Line", Text, c"The whole line without its end";
        Command = c"msnftp.cmd", c"Command", Text, c"The three letters that begin a line";
        Protocol = c"msnftp.protocol", c"Protocol", Text, c"MSNFTP, or the variant with encryption";
        Account = c"msnftp.account", c"Account", Text, c"Who receives the file";
        Cookie = c"msnftp.cookie", c"Authentication cookie", U32 Dec [secret "cookie"], c"The number that the last invitation gave";
        FileSize = c"msnftp.file_size", c"File size", U64 Dec, c"Bytes of the file, as the sender announces them";
        Result = c"msnftp.result", c"Result", U32 Hex in RESULTS, c"How the transfer ended, an HRESULT";
        Code = c"msnftp.mac", c"Authentication code", Text, c"Proves that the file was not changed, in base64";
        Parameter = c"msnftp.param", c"Parameter", Text, c"A word for which the command has no meaning";
        Nul = c"msnftp.nul", c"End of code", None, c"The NUL that stands before the line end of MAC";
        // Blocks.
        Block = c"msnftp.block.type", c"Block type", U8 Dec in BLOCKS, c"Data, or the end of them";
        Length = c"msnftp.block.length", c"Block length", U16 Dec, c"Bytes of data in the block, at most 2045";
        Data = c"msnftp.data", c"Data", Bytes, c"A part of the file";
        Rest = c"msnftp.data.rest", c"Rest of a block", Bytes, c"Data of a block that began in an earlier segment";
        Undecoded = c"msnftp.undecoded", c"Undecoded bytes", Bytes, c"Bytes that are neither a line nor a block";
        // Worked out.
        Offset = c"msnftp.block.offset", c"Offset in the file", U64 Dec, c"Bytes of the file before this block";
        Content = c"msnftp.file", c"File", Bytes, c"The blocks put together";
        Size = c"msnftp.file.received", c"Bytes received", U64 Dec, c"Bytes of the file that the blocks have brought";
        Complete = c"msnftp.file.complete", c"Complete", Bool, c"As many bytes as were announced have come";
        Blocks = c"msnftp.file.blocks", c"Blocks", U32 Dec, c"How many blocks the file took";
        FirstFrame = c"msnftp.file.first", c"First block in frame", Frame, c"Where the file begins";
        LastFrame = c"msnftp.file.last", c"File ends in frame", Frame, c"Where the file is put together";
        FileName = c"msnftp.file.name", c"File name", Text, c"From the invitation";
        Encrypted = c"msnftp.encrypted", c"Encrypted", Bool, c"The data are encrypted: the protocol is MSN_SECURE_FTP";
        SetUp = c"msnftp.setup", c"Set up in frame", Frame, c"The invitation that announced this connection";
        Connection = c"msnftp.connection", c"Transfer in frame", Frame, c"The first frame of the connection that this invitation announces";
        CookieGood = c"msnftp.cookie.good", c"Cookie is right", Bool, c"The cookie is the one of the invitation";
    }
    /// The expert notes of `msnftp`.
    pub enum Note {
        UnknownCommand = c"msnftp.cmd.unknown", Undecoded Note, c"This command is in no known version of the protocol";
        BadValue = c"msnftp.value.bad", Protocol Warning, c"The parameter is not what its command demands";
        Failed = c"msnftp.failed", Response Note, c"The transfer did not succeed";
        UnknownResult = c"msnftp.result.unknown", Undecoded Note, c"This result is in no known version of the protocol";
        LongBlock = c"msnftp.block.long", Protocol Note, c"No client sends blocks of more than 2045 bytes";
        SizeDiffers = c"msnftp.size.differs", Sequence Warning, c"The file has not the announced size";
        TooLong = c"msnftp.file.too_long", Reassembly Chat, c"The file is too long to be put together";
        BadCookie = c"msnftp.cookie.bad", Protocol Note, c"The cookie is not the one of the invitation";
        Undecoded = c"msnftp.undecoded.bytes", Undecoded Warning, c"Neither a line nor a block";
        Lost = c"msnftp.lost", Sequence Chat, c"Segments before these bytes are not in the capture, or come later; dissection goes on at the next block";
        Partial = c"msnftp.partial", Reassembly Note, c"The rest is in later segments, which are not put together";
    }
}
