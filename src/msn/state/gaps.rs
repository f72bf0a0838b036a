//! Gaps in a stream: segments that are not in the capture.
//!
//! Captures lose segments, and TCP delivers them out of order. The bytes after a gap need
//! not begin at a PDU boundary, which is no fault of the peers.

use crate::first_pass::PduFacts;
use crate::packet::{Packet, PduKey};

/// Gap detection for one connection.
#[derive(Debug, Default)]
pub struct Gaps {
    /// First pass only: sequence number of the next expected byte, by direction.
    next: [Option<u32>; 2],
    /// First pass only: a gap since the last PDU, by direction.
    out_of_sync: [bool; 2],
    /// Results of [`Gaps::is_after_gap`], by PDU.
    after_gap: PduFacts<bool>,
}

impl Gaps {
    /// To be called at the beginning of a call: detects a gap before its bytes.
    pub fn begin(&mut self, packet: &Packet<'_>) {
        let next = self.next[packet.side()];
        if packet.first_pass && next.is_some_and(|next| packet.sequence.is_some_and(|s| s != next))
        {
            self.out_of_sync[packet.side()] = true;
        }
    }

    /// First pass only: number of bytes that are missing before this packet, if known.
    pub(crate) fn missing(&self, packet: &Packet<'_>) -> Option<usize> {
        let next = self.next[packet.side()]?;
        let ahead = packet.sequence?.wrapping_sub(next);
        (ahead < 1 << 31).then_some(ahead as usize)
    }

    /// First pass only: how many of the first bytes were received before.
    pub(crate) fn repeated(&self, packet: &Packet<'_>) -> usize {
        let next = self.next[packet.side()];
        let behind = next.zip(packet.sequence);
        // Sequence numbers wrap around.
        let behind = behind.map_or(0, |(next, sequence)| next.wrapping_sub(sequence));
        let is_before = behind < 1 << 31;
        packet
            .reported
            .min(if is_before { behind as usize } else { 0 })
    }

    /// To be called at the end of a call that consumed `used` bytes: the next one gets
    /// the others again.
    pub fn end(&mut self, packet: &Packet<'_>, used: usize) {
        if packet.first_pass {
            // Sequence numbers wrap around.
            let next = |sequence: u32| sequence.wrapping_add(used as u32);
            self.next[packet.side()] = packet.sequence.map(next);
        }
    }

    /// To be called for each PDU: the stream is in sync again, even if bytes are missing.
    pub fn mark_in_sync(&mut self, packet: &Packet<'_>) {
        if packet.first_pass {
            self.out_of_sync[packet.side()] = false;
        }
    }

    /// Whether there is a gap between the last PDU of this direction and `key`.
    pub fn is_after_gap(&mut self, packet: &Packet<'_>, key: PduKey) -> bool {
        let out_of_sync = self.out_of_sync[packet.side()];
        self.after_gap.record_or_get(packet, key, || out_of_sync)
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
            let after_gap = gaps.is_after_gap(&packet, packet.key(0));
            gaps.end(&packet, *used);
            after_gap
        });
        each.collect()
    }

    #[test]
    fn every_pass_finds_the_same_gaps() {
        let mut gaps = Gaps::default();
        let found = pass(&mut gaps, true);
        assert_eq!(found, [false, false, false, true, true, true]);
        assert_eq!(pass(&mut gaps, false), found);
    }

    #[test]
    fn repeated_bytes_are_counted() {
        let mut gaps = Gaps::default();
        let first = packet(1, u32::MAX - 4, true);
        assert_eq!(gaps.repeated(&first), 0);
        gaps.end(&first, 10);
        for (sequence, expected) in [(5, 0), (4, 1), (0, 5), (u32::MAX - 4, 10), (6, 0)] {
            assert_eq!(gaps.repeated(&packet(2, sequence, true)), expected);
        }
        assert_eq!(gaps.missing(&packet(2, 5, true)), Some(0));
        assert_eq!(gaps.missing(&packet(2, 105, true)), Some(100));
        assert_eq!(gaps.missing(&packet(2, 4, true)), None);
        // Half of all sequence numbers are ahead, the others are behind.
        let last = packet(2, 4 + (1 << 31), true);
        assert_eq!(gaps.missing(&last), Some((1 << 31) - 1));
        let first = packet(2, 5 + (1 << 31), true);
        assert_eq!((gaps.missing(&first), gaps.repeated(&first)), (None, 0));
    }

    #[test]
    fn a_pdu_ends_the_gap() {
        let mut gaps = Gaps::default();
        for (sequence, expected) in [(0, false), (90, true), (100, false)] {
            let packet = packet(sequence, sequence, true);
            gaps.begin(&packet);
            assert_eq!(gaps.is_after_gap(&packet, packet.key(0)), expected);
            gaps.mark_in_sync(&packet);
            gaps.end(&packet, 10);
        }
    }

    #[test]
    fn without_sequence_numbers_there_are_no_gaps() {
        let mut gaps = Gaps::default();
        for frame in 1..4 {
            let packet = Packet {
                sequence: None,
                ..packet(frame, 0, true)
            };
            gaps.begin(&packet);
            assert!(!gaps.is_after_gap(&packet, packet.key(0)));
            gaps.end(&packet, 3);
        }
    }
}
