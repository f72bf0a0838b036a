//! What is known of a command line besides its words.

/// What a server of MSNP does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ServerRole {
    /// Sends clients to their notification server.
    Dispatch,
    /// Login, contact lists, presence, calls.
    Notification,
    /// One conversation.
    Switchboard,
}

/// What is known of a command line besides its words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LineContext {
    /// The dialect in force.
    pub dialect: Option<u8>,
    /// The dialect is only that of another connection of the same account.
    pub is_presumed: bool,
    /// The client has sent the line.
    pub from_client: Option<bool>,
    /// What the server does.
    pub role: Option<ServerRole>,
}
