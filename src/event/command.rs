//! One PDU, for counts and response times.

/// A PDU of a command or of an error reply.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Command {
    /// Its short name: `USR`, `0x00cd`, or the code of an error reply.
    pub code: String,
    /// Its name in words; empty if unknown.
    pub name: String,
    /// The role of the server, or the family of the frame; empty if unknown.
    pub role: String,
    /// Whether the command is known.
    pub is_known: bool,
    /// Whether it is an error reply.
    pub is_error: bool,
    /// The command that an error reply refuses; empty if unknown or no error.
    pub refused: String,
    /// Whether servers answer it.
    pub is_request: bool,
    /// Whether it is a request that has no response although the capture goes on; `None` in the
    /// first pass, which does not know.
    pub is_unanswered: Option<bool>,
    /// For a response: the request's command and the time since then, in nanoseconds.
    pub response: Option<(String, i64)>,
    /// Number of the retransmission, 0 for the first transmission.
    pub retransmission: u32,
    /// Whether the same frame came before: sent again, or captured twice.
    pub is_repeated: bool,
    /// The content type of the payload; empty if there is none.
    pub content: String,
    /// The version of the client or protocol, in words; empty if unknown.
    pub version: String,
    /// Whether the body was decrypted; `None` if it is not encrypted.
    pub is_decrypted: Option<bool>,
    /// Whether bytes of the PDU are missing.
    pub is_incomplete: bool,
    /// Whether it is outside of every known session.
    pub is_outside_session: bool,
}
