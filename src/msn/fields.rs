//! The fields and expert notes of `msnms`.

use super::error_codes::ERROR_CODES;

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
        // Payloads.
        // The session, worked out.
        // HTTP gateway and Passport.
    }
}
