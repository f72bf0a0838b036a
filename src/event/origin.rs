//! What the events of one packet have in common.

use crate::event::conversation::Conversation;
use crate::event::kind::{Connection, Event, EventKind, Family};
use crate::packet::Packet;

/// The packet that events are read from, and its connection.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    family: Family,
    /// Frame number.
    pub(crate) frame: u32,
    time: i64,
    pub(crate) connection: Connection,
}

impl Origin {
    /// The origin of a packet's events, before anything is known of its client.
    pub(crate) fn of(family: Family, packet: &Packet<'_>) -> Self {
        Self {
            family,
            frame: packet.frame,
            time: packet.time,
            connection: Connection::of(packet),
        }
    }

    /// An event in this conversation.
    pub(crate) fn event(
        &self,
        conversation: Conversation,
        from: Option<String>,
        to: Vec<String>,
        kind: EventKind,
    ) -> Event {
        Event {
            family: self.family,
            frame: self.frame,
            time: self.time,
            connection: self.connection.clone(),
            conversation,
            from,
            to,
            kind,
        }
    }
}
