//! State of one MSNP connection.
//!
//! Built in the first pass, in which frames come in order. What later passes need is
//! stored by frame, so that a frame yields the same result in every pass.

use crate::first_bytes::FirstBytes;
use crate::first_pass::Unfinished;
use crate::msn::http::state::gateways::HttpExchange;
use crate::msn::msnp::state::payload::ChunkState;
use crate::msn::msnp::state::tracker::LineTracker;
pub use crate::msn::msnp::state::tracker::MsnpShared;
use crate::msn::msnp::wire::values::PORT;
use crate::msn::state::gaps::Gaps;
use crate::packet::{Packet, PduKey, Transport};

/// The incomplete PDU at the end of the previous segment of the same direction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum UnfinishedPdu {
    /// Nothing: the segment begins with a command.
    #[default]
    None,
    /// A payload that lacks this many bytes.
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
    /// State derived from its lines.
    pub tracker: LineTracker,
    /// Incomplete PDUs at the ends of segments.
    pub unfinished: Unfinished<UnfinishedPdu>,
    /// Segments missing from the capture.
    pub gaps: Gaps,
    /// Messages in parts.
    pub payloads: ChunkState,
    /// State of the HTTP messages of this connection.
    pub http: HttpExchange,
    /// Bytes received before the connection was recognised as MSNP.
    pub first_bytes: FirstBytes,
    /// Bytes received before it was recognised as MSN's HTTP.
    pub first_http_bytes: FirstBytes,
}

impl MsnpSession {
    /// Whether a command was seen in this frame or earlier, or the connection was
    /// recognised as MSNP otherwise than by an announcement, whose line may be wrong.
    pub fn is_confirmed(&self, packet: &Packet<'_>, shared: &MsnpShared) -> bool {
        let has_command = self.confirmed.is_some_and(|frame| frame <= packet.frame);
        has_command
            || (packet.recognised && shared.referrals.endpoints.for_packet(packet).is_none())
    }

    /// Whether an announcement is the only evidence that the connection is MSNP.
    pub fn is_only_announced(&self, packet: &Packet<'_>, shared: &MsnpShared) -> bool {
        packet.transport == Transport::Tcp
            && ![packet.source_port, packet.destination_port].contains(&PORT)
            && shared.referrals.endpoints.for_packet(packet).is_some()
            && !self.is_confirmed(packet, shared)
            && !self.first_bytes.has_claimed(packet)
    }

    /// Whether this direction had no command before the PDU `key`.
    pub fn is_before_first_command(&self, packet: &Packet<'_>, key: PduKey) -> bool {
        self.synchronised[packet.side()].is_none_or(|first| key < first)
    }

    /// Records that the PDU `key` of this packet is a command.
    pub fn found_command(&mut self, packet: &Packet<'_>, key: PduKey) {
        self.gaps.mark_in_sync(packet);
        if packet.first_pass {
            self.confirmed.get_or_insert(packet.frame);
            self.synchronised[packet.side()].get_or_insert(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_direction_begins_with_its_first_command() {
        let mut session = MsnpSession::default();
        let key = |index| PduKey { frame: 5, index };
        let packet = Packet {
            frame: 5,
            first_pass: true,
            ..Packet::default()
        };
        let other = Packet {
            from_lower: true,
            ..packet
        };
        assert!(session.is_before_first_command(&packet, key(9)));
        session.found_command(&packet, key(2));
        session.found_command(&packet, key(3));
        let found = [1, 2, 3].map(|index| session.is_before_first_command(&packet, key(index)));
        assert_eq!(found, [true, false, false]);
        assert!(session.is_before_first_command(&other, key(9)));
    }
}
