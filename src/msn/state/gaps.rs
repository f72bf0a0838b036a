//! Where a capture lacks segments of a stream.
//!
//! A capture loses segments, and TCP brings them out of order. What follows on such a gap does
//! not begin where a PDU begins, and that is nothing odd of the peers.

use crate::first_pass::PduFacts;
use crate::packet::{Packet, PduKey};

/// What is known of one connection.
#[derive(Debug, Default)]
pub struct Gaps {
    /// In the first pass: TCP's number of the byte that comes next, by direction.
    next: [Option<u32>; 2],
    /// In the first pass: bytes were missed since the last PDU, by direction.
    adrift: [bool; 2],
    /// Places behind a gap, of those that were asked for.
    behind: PduFacts<bool>,
}

impl Gaps {
    /// A call begins. Its bytes follow on those of the last one, or there is a gap.
    pub fn begin(&mut self, packet: &Packet<'_>) {
        let next = self.next[packet.side()];
        if packet.first_pass && next.is_some_and(|next| packet.sequence.is_some_and(|s| s != next))
        {
            self.adrift[packet.side()] = true;
        }
    }

    /// A call ends, which has used so many of its bytes: the next one gets the others again.
    pub fn end(&mut self, packet: &Packet<'_>, used: usize) {
        if packet.first_pass {
            // Sequence numbers start again at 0 behind 2^32-1.
            let next = |sequence: u32| sequence.wrapping_add(used as u32);
            self.next[packet.side()] = packet.sequence.map(next);
        }
    }

    /// A PDU is found: whatever was missed, bytes are where they should be again.
    pub fn found(&mut self, packet: &Packet<'_>) {
        if packet.first_pass {
            self.adrift[packet.side()] = false;
        }
    }

    /// Whether bytes were missed between the last PDU of this direction and `key`.
    pub fn is_behind(&mut self, packet: &Packet<'_>, key: PduKey) -> bool {
        let adrift = self.adrift[packet.side()];
        self.behind.settle(packet, key, || adrift)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(frame: u32, sequence: u32, first_pass: bool) -> Packet<'static> {
        Packet {
            bytes: b"0123456789",
            reported: 10,
            frame,
            first_pass,
            sequence: Some(sequence),
            ..Packet::default()
        }
    }

    fn pass(gaps: &mut Gaps, first_pass: bool) -> Vec<bool> {
        let segments = [
            (1, u32::MAX - 4, 10),
            (2, 5, 4),
            (3, 9, 10),
            (4, 29, 10),
            (5, 39, 10),
            (6, 19, 10),
        ];
        let each = segments.iter().map(|(frame, sequence, used)| {
            let packet = packet(*frame, *sequence, first_pass);
            gaps.begin(&packet);
            let behind = gaps.is_behind(&packet, packet.key(0));
            gaps.end(&packet, *used);
            behind
        });
        each.collect()
    }

    #[test]
    fn what_follows_on_a_gap_is_known_in_every_pass() {
        let mut gaps = Gaps::default();
        let found = pass(&mut gaps, true);
        assert_eq!(found, [false, false, false, true, true, true]);
        assert_eq!(pass(&mut gaps, false), found);
    }

    #[test]
    fn a_pdu_ends_the_search() {
        let mut gaps = Gaps::default();
        for (sequence, expected) in [(0, false), (90, true), (100, false)] {
            let packet = packet(sequence, sequence, true);
            gaps.begin(&packet);
            assert_eq!(gaps.is_behind(&packet, packet.key(0)), expected);
            gaps.found(&packet);
            gaps.end(&packet, 10);
        }
    }

    #[test]
    fn without_numbers_there_are_no_gaps() {
        let mut gaps = Gaps::default();
        for frame in 1..4 {
            let packet = Packet {
                sequence: None,
                ..packet(frame, 0, true)
            };
            gaps.begin(&packet);
            assert!(!gaps.is_behind(&packet, packet.key(0)));
            gaps.end(&packet, 3);
        }
    }
}
