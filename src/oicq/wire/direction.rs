//! Who sends to whom.

/// Who sent a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Neither header, length nor ports say.
    Unknown,
    /// Client to server.
    ToServer,
    /// Server to client.
    ToClient,
}

/// Who sends a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sender {
    /// The client.
    Up,
    /// The server.
    Down,
}

impl Sender {
    /// Whether a frame of this direction can be from this side.
    pub(crate) fn suits(self, direction: Direction) -> bool {
        match direction {
            Direction::Unknown => true,
            Direction::ToServer => self == Sender::Up,
            Direction::ToClient => self == Sender::Down,
        }
    }
}
