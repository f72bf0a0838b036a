//! What the events of a frame have in common.

use crate::event::{Connection, Conversation, Endpoint, Event, EventKind, Family, PduItems};
use crate::oicq::fields::Field;
use crate::oicq::wire::direction::Direction;
use crate::packet::Packet;

/// The packet and the frame of an event.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    frame: u32,
    time: i64,
    pub(crate) connection: Connection,
    pub(crate) conversation: Conversation,
    /// Sender and recipients, if it is a message.
    pub(crate) from: Option<String>,
    pub(crate) to: Vec<String>,
}

impl Context {
    /// The context of a frame.
    pub(crate) fn of(packet: &Packet<'_>, pdu: &PduItems<'_>) -> Self {
        let direction = pdu.number(Field::Direction);
        let is = |it: Direction| direction == Some(it as u64);
        let from_client = match (is(Direction::ToServer), is(Direction::ToClient)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        };
        let from = pdu.text(Field::Sender);
        let to = pdu.texts(Field::Recipient);
        Self {
            frame: packet.frame,
            time: packet.time,
            connection: Connection {
                account: pdu.text(Field::Account),
                from_client,
                source: Endpoint {
                    address: packet.source,
                    port: packet.source_port,
                },
                destination: Endpoint {
                    address: packet.destination,
                    port: packet.destination_port,
                },
            },
            conversation: match from.is_some() || !to.is_empty() {
                true => Conversation::Direct,
                false => Conversation::None,
            },
            from,
            to,
        }
    }

    /// An event from the sender of the frame to its recipients.
    pub(crate) fn event(&self, kind: EventKind) -> Event {
        Event {
            family: Family::Qq,
            frame: self.frame,
            time: self.time,
            connection: self.connection.clone(),
            conversation: self.conversation.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            kind,
        }
    }

    /// An event of the account `who`.
    pub(crate) fn by(&self, who: Option<String>, kind: EventKind) -> Event {
        Event {
            from: who,
            to: Vec::new(),
            ..self.event(kind)
        }
    }
}
