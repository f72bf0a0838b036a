//! Context shared by the parts of a payload while they are shown.

use crate::msn::common::mime::Headers;
use crate::msn::common::number::decimal;
use crate::msn::msnp::fields::Note;
use crate::msn::msnp::state::payload::ChunkState;
use crate::msn::msnp::wire::parameter::{Meaning, Parameters};
use crate::msn::msnp::wire::pdu::Pdu;
use crate::packet::{Packet, PduKey};
use crate::pieces::Budget;
use crate::plan::{ItemId, Plan};
use crate::span::Span;

/// Context of a payload: what is known besides its bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PayloadContext<'a, 'p> {
    /// The packet in which its PDU ends.
    pub(crate) packet: &'a Packet<'p>,
    /// The PDU.
    pub(crate) key: PduKey,
    /// The three letters of the command; `None` for an error reply.
    pub(crate) verb: Option<[u8; 3]>,
    /// The type of a notification, or of a message of another network.
    pub(crate) payload_type: Option<u32>,
    /// The payload is incomplete: its end is not checked.
    pub(crate) cut: bool,
}

impl<'a, 'p> PayloadContext<'a, 'p> {
    /// The context of a PDU's payload.
    pub(crate) fn of(
        packet: &'a Packet<'p>,
        key: PduKey,
        pdu: &Pdu,
        words: &Parameters<'_>,
    ) -> Self {
        Self {
            packet,
            key,
            verb: pdu.command.map(|command| command.verb),
            payload_type: payload_type(words),
            cut: pdu.missing(packet.bytes) > 0,
        }
    }
}

/// The type of a notification, or of a message of another network.
pub(crate) fn payload_type(words: &Parameters<'_>) -> Option<u32> {
    let kind = words
        .word(Meaning::NotificationType)
        .or_else(|| words.word(Meaning::MessageType));
    decimal(kind?.value)
}

/// An MSNP2P packet or MSNSLP message in a payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PeerBody {
    /// Its span in the payload.
    pub(crate) span: Span,
    /// The depth of its items.
    pub(crate) depth: u8,
    /// The sender's endpoint is given, which means MSNP2P packets of version 2.
    pub(crate) has_endpoint: bool,
}

/// A Plan, and the context of the payload whose parts are added to it.
pub(crate) struct PayloadView<'s, 'a, 'p> {
    /// The Plan to which items are added.
    pub(crate) plan: &'s mut Plan<'p>,
    /// The payload's context.
    pub(crate) context: PayloadContext<'a, 'p>,
    /// The connection's messages in parts.
    pub(crate) state: &'s mut ChunkState,
    /// The memory for them.
    pub(crate) budget: &'s Budget,
    /// The bodies left to the MSNP2P dissector.
    pub(crate) peer_bodies: Vec<PeerBody>,
    /// The headers of the payload, if it is a message.
    pub(crate) headers: Option<Headers>,
    /// Info text of the document in a line of the body.
    pub(crate) embedded_info: String,
}

impl PayloadView<'_, '_, '_> {
    /// Adds a note, unless the payload is incomplete, which may be the cause of the fault.
    pub(crate) fn note_unless_cut(&mut self, note: Note, item: ItemId, text: Option<&str>) {
        if self.context.cut {
            return;
        }
        match text {
            Some(text) => self.plan.note_text(note, item, text),
            None => self.plan.note(note, item),
        }
    }
}
