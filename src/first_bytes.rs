//! The first bytes of a stream, kept until they identify its protocol.
//!
//! TCP cuts a stream anywhere, so a segment can be too short to recognise a protocol by.
//! Requesting reassembly would hold back bytes of connections of other protocols. Instead
//! the bytes are kept, rejected for now, and checked again together with the next
//! segment. Once they are recognised, the dissector gets them prepended to the segment
//! that decided it.

use crate::packet::{Answer, Packet};

/// Maximum bytes kept per direction.
const MAX_KEPT: usize = 4096;

/// Result of checking bytes for a protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recognition {
    /// Another protocol.
    No,
    /// Undecided: more of the stream is needed.
    Unfinished,
    /// This protocol.
    Yes,
}

impl Recognition {
    /// The answer for a segment without kept bytes.
    fn answer(self) -> Answer {
        match self {
            Self::No => Answer::No,
            Self::Unfinished => Answer::Remember,
            Self::Yes => Answer::Yes,
        }
    }
}

/// The first bytes of both directions of a stream.
#[derive(Debug, Default)]
pub struct FirstBytes {
    kept: [DirectionBytes; 2],
    /// The frame in which the stream was recognised.
    claimed: Option<u32>,
}

/// Bytes kept of one direction.
#[derive(Debug, Default)]
struct DirectionBytes {
    /// Sequence number of the first byte.
    start: u32,
    bytes: Vec<u8>,
}

impl DirectionBytes {
    /// The kept bytes before sequence number `sequence`; empty if there is a gap.
    fn before(&self, sequence: Option<u32>) -> &[u8] {
        let distance = sequence.map(|sequence| sequence.wrapping_sub(self.start) as usize);
        distance
            .and_then(|distance| self.bytes.get(..distance))
            .unwrap_or_default()
    }

    /// Whether the segment is a retransmission of kept bytes.
    fn has(&self, packet: &Packet<'_>) -> bool {
        let distance = packet
            .sequence
            .map(|sequence| sequence.wrapping_sub(self.start) as usize);
        distance
            .and_then(|distance| self.bytes.get(distance..))
            .is_some_and(|kept| kept.starts_with(packet.bytes))
    }
}

impl FirstBytes {
    /// Checks a segment in the first pass: together with the kept bytes before it, then
    /// alone. `recognise` gets the bytes, and whether they are known to be the first of
    /// their direction.
    pub fn check_segment(
        &mut self,
        packet: &Packet<'_>,
        recognise: impl Fn(&[u8], bool) -> Recognition,
    ) -> Answer {
        if self.claimed.is_some() {
            return recognise(packet.bytes, packet.is_stream_start).answer();
        }
        let kept = &mut self.kept[packet.side()];
        if kept.has(packet) {
            return Answer::Remember;
        }
        let before = kept.before(packet.sequence);
        if !before.is_empty() {
            let joined = [before, packet.bytes].concat();
            let found = recognise(&joined, true);
            if found != Recognition::No {
                let start = kept.start;
                return self.keep(packet, start, joined, found);
            }
        }
        let found = recognise(packet.bytes, packet.is_stream_start);
        *kept = DirectionBytes::default();
        match (found, packet.sequence) {
            (Recognition::Unfinished, None) => Answer::No,
            (found, sequence) => {
                self.keep(packet, sequence.unwrap_or(0), packet.bytes.to_vec(), found)
            }
        }
    }

    fn keep(
        &mut self,
        packet: &Packet<'_>,
        start: u32,
        bytes: Vec<u8>,
        found: Recognition,
    ) -> Answer {
        let kept = &mut self.kept[packet.side()];
        match found {
            // The bytes before this packet are kept already.
            Recognition::Yes => self.claimed = Some(packet.frame),
            Recognition::Unfinished if bytes.len() <= MAX_KEPT => {
                *kept = DirectionBytes { start, bytes }
            }
            Recognition::Unfinished | Recognition::No => {
                *kept = DirectionBytes::default();
                return Answer::No;
            }
        }
        found.answer()
    }

    /// Whether the stream was recognised in this packet or an earlier one. The same in
    /// every pass.
    pub fn has_claimed(&self, packet: &Packet<'_>) -> bool {
        self.claimed.is_some_and(|frame| frame <= packet.frame)
    }

    /// The bytes of the stream before those of `packet` that were rejected when they were
    /// received. The same in every pass.
    pub fn before(&self, packet: &Packet<'_>) -> &[u8] {
        if self.has_claimed(packet) {
            self.kept[packet.side()].before(packet.sequence)
        } else {
            b""
        }
    }
}

/// The packet with the kept bytes before it; `whole` is the buffer for both. The second value
/// is the number of bytes prepended. `None` if there are none.
pub fn complete<'a>(
    first: &FirstBytes,
    packet: &Packet<'a>,
    whole: &'a mut Vec<u8>,
) -> Option<(Packet<'a>, usize)> {
    let before = first.before(packet);
    if before.is_empty() {
        return None;
    }
    let count = before.len();
    whole.extend_from_slice(before);
    whole.extend_from_slice(packet.bytes);
    let packet = Packet {
        bytes: whole,
        reported: packet.reported + count,
        sequence: packet.sequence.map(|it| it.wrapping_sub(count as u32)),
        ..*packet
    };
    Some((packet, count))
}

/// Checks a segment, without kept bytes where `first` is `None`.
pub fn check_segment(
    first: Option<&mut FirstBytes>,
    packet: &Packet<'_>,
    recognise: impl Fn(&[u8], bool) -> Recognition,
) -> Answer {
    match first {
        Some(first) => first.check_segment(packet, recognise),
        None => recognise(packet.bytes, packet.is_stream_start).answer(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORD: &[u8] = b"HELLO";

    fn recognise(data: &[u8], _: bool) -> Recognition {
        if data.starts_with(WORD) {
            Recognition::Yes
        } else if !data.is_empty() && WORD.starts_with(data) {
            Recognition::Unfinished
        } else {
            Recognition::No
        }
    }

    fn segment(frame: u32, sequence: u32, bytes: &[u8]) -> Packet<'_> {
        Packet {
            bytes,
            reported: bytes.len(),
            frame,
            first_pass: true,
            sequence: Some(sequence),
            ..Packet::default()
        }
    }

    #[test]
    fn a_word_is_recognised_across_any_segmentation() {
        for size in 1..=WORD.len() {
            let mut first = FirstBytes::default();
            // Sequence numbers wrap.
            let base = u32::MAX - 1;
            let pieces: Vec<_> = WORD.chunks(size).collect();
            for (index, piece) in pieces.iter().enumerate() {
                let at = (index * size) as u32;
                let packet = segment(index as u32 + 1, base.wrapping_add(at), piece);
                let last = index + 1 == pieces.len();
                let expected = if last { Answer::Yes } else { Answer::Remember };
                assert_eq!(
                    first.check_segment(&packet, recognise),
                    expected,
                    "{size}, {index}"
                );
                let before = first.before(&packet);
                assert_eq!(before, if last { &WORD[..at as usize] } else { b"" });
            }
        }
    }

    #[test]
    fn retransmitted_bytes_are_joined_once_and_a_gap_joins_nothing() {
        let mut first = FirstBytes::default();
        assert_eq!(
            first.check_segment(&segment(1, 10, b"HE"), recognise),
            Answer::Remember
        );
        assert_eq!(
            first.check_segment(&segment(2, 10, b"HEL"), recognise),
            Answer::Remember
        );
        assert_eq!(
            first.check_segment(&segment(3, 11, b"ELL"), recognise),
            Answer::Remember
        );
        assert_eq!(
            first.check_segment(&segment(4, 15, b"O"), recognise),
            Answer::No
        );
        assert_eq!(
            first.check_segment(&segment(5, 16, b"HELLO"), recognise),
            Answer::Yes
        );
        assert_eq!(first.before(&segment(5, 16, b"HELLO")), b"");
    }

    #[test]
    fn a_retransmitted_part_keeps_the_rest() {
        let mut first = FirstBytes::default();
        for (frame, sequence, bytes) in [(1, 10, &b"HELL"[..]), (2, 10, b"HE"), (3, 11, b"E")] {
            let packet = segment(frame, sequence, bytes);
            assert_eq!(
                first.check_segment(&packet, recognise),
                Answer::Remember,
                "{frame}"
            );
        }
        let last = segment(4, 14, b"O");
        assert_eq!(first.check_segment(&last, recognise), Answer::Yes);
        assert_eq!(first.before(&last), b"HELL");
    }

    #[test]
    fn bytes_of_another_direction_or_without_a_sequence_number_are_not_joined() {
        let mut first = FirstBytes::default();
        assert_eq!(
            first.check_segment(&segment(1, 10, b"HE"), recognise),
            Answer::Remember
        );
        let other = Packet {
            from_lower: true,
            ..segment(2, 12, b"LLO")
        };
        assert_eq!(first.check_segment(&other, recognise), Answer::No);
        let unnumbered = Packet {
            sequence: None,
            ..segment(3, 0, b"HE")
        };
        assert_eq!(first.check_segment(&unnumbered, recognise), Answer::No);
    }

    #[test]
    fn kept_bytes_are_bounded() {
        let mut first = FirstBytes::default();
        let long = vec![b'x'; MAX_KEPT];
        let always = |_: &[u8], _: bool| Recognition::Unfinished;
        assert_eq!(
            first.check_segment(&segment(1, 0, &long), always),
            Answer::Remember
        );
        let next = segment(2, MAX_KEPT as u32, b"x");
        assert_eq!(first.check_segment(&next, always), Answer::No);
        assert!(first.kept[0].bytes.is_empty());
    }
}
