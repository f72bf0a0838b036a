//! What the parts of a payload share while they are shown.

use crate::msn::common::number::decimal;
use crate::msn::msnp::fields::Note;
use crate::msn::msnp::state::payload::ChunkState;
use crate::msn::msnp::wire::parameter::{Meaning, Parameters};
use crate::msn::msnp::wire::pdu::Pdu;
use crate::packet::{Packet, PduKey};
use crate::plan::{ItemId, Plan};
use crate::span::Span;

/// What is known of a payload besides its bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PayloadContext<'a, 'p> {
    /// The packet in which its PDU ends.
    pub(crate) packet: &'a Packet<'p>,
    /// The PDU.
    pub(crate) key: PduKey,
    /// The three letters of the command; `None` for an error reply.
    pub(crate) verb: Option<[u8; 3]>,
    /// The type of a notification, or of a message of another network.
    pub(crate) kind: Option<u32>,
    /// Bytes of the payload are not there: nothing is said of its end.
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
        let kind = words
            .word(Meaning::NotificationType)
            .or_else(|| words.word(Meaning::MessageType));
        Self {
            packet,
            key,
            verb: pdu.command.map(|command| command.verb),
            kind: kind.and_then(|word| decimal(word.value)),
            cut: pdu.missing(packet.bytes) > 0,
        }
    }
}

/// Bytes of a payload that are a peer-to-peer packet, or a message of MSNSLP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PeerBody {
    /// Where it stands in the payload.
    pub(crate) span: Span,
    /// The depth of its items.
    pub(crate) depth: u8,
    /// The sender names its endpoint, so that packets are of version 2.
    pub(crate) has_endpoint: bool,
}

/// A Plan, and what a payload's parts need to know of the whole.
pub(crate) struct PayloadView<'s, 'a, 'p> {
    /// Where items go.
    pub(crate) plan: &'s mut Plan<'p>,
    /// What is known.
    pub(crate) context: PayloadContext<'a, 'p>,
    /// What is remembered of the connection.
    pub(crate) state: &'s mut ChunkState,
    /// What is left to the peer-to-peer dissector.
    pub(crate) peer_bodies: Vec<PeerBody>,
    /// What the document in a line of the body says.
    pub(crate) inner: String,
}

impl PayloadView<'_, '_, '_> {
    /// A note about bytes that may only be wrong because some are missing.
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
