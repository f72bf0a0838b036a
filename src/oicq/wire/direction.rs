//! Directions of frames.

/// Direction of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Not determined by header, length or ports.
    Unknown,
    /// Client to server.
    ToServer,
    /// Server to client.
    ToClient,
}

/// Sender of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sender {
    /// The client.
    Client,
    /// The server.
    Server,
}

impl Sender {
    /// Whether this side can be the sender of a frame of this direction.
    pub(crate) fn can_send(self, direction: Direction) -> bool {
        match direction {
            Direction::Unknown => true,
            Direction::ToServer => self == Sender::Client,
            Direction::ToClient => self == Sender::Server,
        }
    }
}
