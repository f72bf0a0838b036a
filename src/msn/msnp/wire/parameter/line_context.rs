//! Context of a command line.

/// Role of an MSNP server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ServerRole {
    /// Sends clients to their notification server.
    Dispatch,
    /// Login, contact lists, presence, calls.
    Notification,
    /// One conversation.
    Switchboard,
}

/// Context of a command line: what is known besides its words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LineContext {
    /// The dialect in force.
    pub dialect: Option<u8>,
    /// The dialect is taken from another connection of the same account.
    pub is_presumed: bool,
    /// Whether the client sent the line.
    pub from_client: Option<bool>,
    /// Role of the server.
    pub role: Option<ServerRole>,
}
