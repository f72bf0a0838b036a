//! What the events of a PDU have in common.

use crate::event::{Conversation, Event, EventKind, Family, Origin, PduItems};
use crate::msn::msnp::fields::Field;
use crate::msn::msnp::wire::roles::{FROM_CLIENT, FROM_SERVER};
use crate::packet::{Packet, PduKey};

/// The packet and the PDU of an event.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    pub(crate) origin: Origin,
    /// Whether the rest of the capture is not known yet.
    pub(crate) first_pass: bool,
    /// Index of the next PDU of MSNP in the frame.
    next_pdu: u32,
    pub(crate) conversation: Conversation,
    /// Sender and recipients of the PDU, if it is a message.
    pub(crate) from: Option<String>,
    pub(crate) to: Vec<String>,
}

impl Context {
    /// The context of a packet, before its first PDU.
    pub(crate) fn of(packet: &Packet<'_>) -> Self {
        Self {
            origin: Origin::of(Family::Msn, packet),
            first_pass: packet.first_pass,
            next_pdu: packet.first_pdu,
            conversation: Conversation::None,
            from: None,
            to: Vec::new(),
        }
    }

    /// Takes what a PDU of MSNP says of its connection.
    pub(crate) fn enter(&mut self, pdu: &PduItems<'_>) {
        self.next_pdu += 1;
        let connection = &mut self.origin.connection;
        connection.account = pdu.text(Field::LocalAccount);
        connection.from_client = match pdu.number(Field::Direction) {
            Some(FROM_CLIENT) => Some(true),
            Some(FROM_SERVER) => Some(false),
            _ => None,
        };
        self.from = pdu.text(Field::From);
        self.to = pdu.texts(Field::To);
        // The first pass does not know yet to which conversation an XFR leads.
        let chat = match pdu.bytes(Field::Cmd) {
            Some(b"XFR") => None,
            _ => pdu.number(Field::Chat),
        };
        self.conversation = match chat {
            Some(number) => Conversation::Number(number),
            None if self.from.is_some() && !self.to.is_empty() => Conversation::Direct,
            None => Conversation::None,
        };
    }

    /// The account of the client.
    pub(crate) fn own(&self) -> Option<String> {
        self.origin.connection.account.clone()
    }

    /// The number of the frame.
    pub(crate) fn frame(&self) -> u32 {
        self.origin.frame
    }

    /// Identifies the PDU in the capture.
    pub(crate) fn key(&self) -> PduKey {
        PduKey {
            frame: self.frame(),
            index: self.next_pdu,
        }
    }

    /// The same with other parties. Their conversation is `chat`, else that of the PDU, else
    /// their own.
    pub(crate) fn between(&self, from: Option<String>, to: Vec<String>, chat: Option<u64>) -> Self {
        let are_known = from.is_some() && !to.is_empty();
        let conversation = match (chat, &self.conversation) {
            (Some(chat), _) => Conversation::Number(chat),
            (None, Conversation::None) if are_known => Conversation::Direct,
            (None, known) => known.clone(),
        };
        Self {
            conversation,
            from,
            to,
            ..self.clone()
        }
    }

    /// An event from the sender of the PDU to its recipients.
    pub(crate) fn event(&self, kind: EventKind) -> Event {
        let (from, to) = (self.from.clone(), self.to.clone());
        self.origin.event(self.conversation.clone(), from, to, kind)
    }

    /// An event of the account `who`.
    pub(crate) fn by(&self, who: Option<String>, kind: EventKind) -> Event {
        let conversation = self.conversation.clone();
        self.origin.event(conversation, who, Vec::new(), kind)
    }
}
