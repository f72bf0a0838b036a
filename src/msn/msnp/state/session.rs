//! What is remembered of one MSNP connection.
//!
//! State is built in the first pass, in which frames come in order. What a later pass
//! needs of it is kept by frame, so that any frame gives the same answer at any time.

use crate::first_bytes::FirstBytes;
use crate::first_pass::Unfinished;
use crate::msn::http::state::gateways::HttpExchange;
use crate::msn::msnp::state::payload::ChunkState;
use crate::msn::msnp::state::tracker::LineTracker;
pub use crate::msn::msnp::state::tracker::MsnpShared;
use crate::msn::msnp::wire::values::PORT;
use crate::msn::state::gaps::Gaps;
use crate::packet::{Packet, PduKey, Transport};

/// What an earlier segment of the same direction has left open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum UnfinishedPdu {
    /// Nothing: the segment begins with a command.
    #[default]
    None,
    /// So many bytes of a payload.
    Payload(usize),
    /// The rest of a line, up to its line feed.
    Line,
}

/// One connection.
#[derive(Debug, Default)]
pub struct MsnpSession {
    /// The frame with the first command, whatever the direction.
    confirmed: Option<u32>,
    /// The first command of each direction.
    synchronised: [Option<PduKey>; 2],
    /// What its lines tell.
    pub tracker: LineTracker,
    /// What segments leave open.
    pub ends: Unfinished<UnfinishedPdu>,
    /// Segments that are not in the capture.
    pub gaps: Gaps,
    /// What payloads leave for later ones.
    pub payloads: ChunkState,
    /// What the messages of HTTP of this connection say.
    pub http: HttpExchange,
    /// What came before the connection was recognised as MSNP.
    pub first: FirstBytes,
    /// What came before it was recognised as MSN's HTTP.
    pub first_of_http: FirstBytes,
}

impl MsnpSession {
    /// Whether a command was seen in this frame or earlier, or somebody said that the
    /// connection is MSNP. An announcement alone is no proof: its line may lie.
    pub fn is_confirmed(&self, packet: &Packet<'_>, shared: &MsnpShared) -> bool {
        let has_command = self.confirmed.is_some_and(|frame| frame <= packet.frame);
        has_command || (packet.recognised && shared.referrals.ends.of(packet).is_none())
    }

    /// Whether an announcement is all that says that the connection may be MSNP.
    pub fn is_only_announced(&self, packet: &Packet<'_>, shared: &MsnpShared) -> bool {
        packet.transport == Transport::Tcp
            && ![packet.source_port, packet.destination_port].contains(&PORT)
            && shared.referrals.ends.of(packet).is_some()
            && !self.is_confirmed(packet, shared)
            && !self.first.has_claimed(packet)
    }

    /// Whether this direction had no command before the PDU `key`.
    pub fn begins_at(&self, packet: &Packet<'_>, key: PduKey) -> bool {
        self.synchronised[packet.side()].is_none_or(|first| key < first)
    }

    /// The PDU `key` of this packet is a command.
    pub fn found_command(&mut self, packet: &Packet<'_>, key: PduKey) {
        self.gaps.found(packet);
        if packet.first_pass {
            self.confirmed.get_or_insert(packet.frame);
            self.synchronised[packet.side()].get_or_insert(key);
        }
    }
}
