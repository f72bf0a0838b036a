//! The first bytes of a stream, kept while they do not tell yet whose it is.
//!
//! TCP cuts a stream anywhere, so a segment can be too short to recognise a protocol by. To
//! ask TCP for more would hold back bytes of connections that are somebody else's. Instead
//! the bytes are remembered, stay their owner's, and are judged again with the next segment.
//! Once they tell, the dissector gets them in front of the segment that told.

use crate::packet::{Answer, Packet};

/// Maximum bytes kept per direction.
const MAX_KEPT: usize = 4096;

/// What bytes tell of the protocol that they may be of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recognition {
    /// They are of another.
    No,
    /// More of the stream will tell.
    Unfinished,
    /// They are of this one.
    Yes,
}

impl Recognition {
    /// Without anything that is kept.
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
    /// The frame from which on the stream is the protocol's.
    claimed: Option<u32>,
}

/// What one direction has brought.
#[derive(Debug, Default)]
struct DirectionBytes {
    /// Sequence number of the first byte.
    start: u32,
    bytes: Vec<u8>,
}

impl DirectionBytes {
    /// The bytes that stand before those of sequence number `sequence`, if all that is kept
    /// reaches up to there.
    fn before(&self, sequence: Option<u32>) -> &[u8] {
        let distance = sequence.map(|sequence| sequence.wrapping_sub(self.start) as usize);
        distance
            .and_then(|distance| self.bytes.get(..distance))
            .unwrap_or_default()
    }

    /// Whether the segment repeats a part of what is kept.
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
    /// Judges a segment of the first pass, with the bytes before it and alone. `tell` is
    /// given the bytes, and whether they are known to begin a direction of the stream.
    pub fn judge(
        &mut self,
        packet: &Packet<'_>,
        tell: impl Fn(&[u8], bool) -> Recognition,
    ) -> Answer {
        if self.claimed.is_some() {
            return tell(packet.bytes, packet.opens).answer();
        }
        let kept = &mut self.kept[packet.side()];
        if kept.has(packet) {
            return Answer::Remember;
        }
        let before = kept.before(packet.sequence);
        if !before.is_empty() {
            let joined = [before, packet.bytes].concat();
            let told = tell(&joined, true);
            if told != Recognition::No {
                let start = kept.start;
                return self.keep(packet, start, joined, told);
            }
        }
        let told = tell(packet.bytes, packet.opens);
        *kept = DirectionBytes::default();
        match (told, packet.sequence) {
            (Recognition::Unfinished, None) => Answer::No,
            (told, sequence) => {
                self.keep(packet, sequence.unwrap_or(0), packet.bytes.to_vec(), told)
            }
        }
    }

    fn keep(
        &mut self,
        packet: &Packet<'_>,
        start: u32,
        bytes: Vec<u8>,
        told: Recognition,
    ) -> Answer {
        let kept = &mut self.kept[packet.side()];
        match told {
            // What came before this packet is kept already.
            Recognition::Yes => self.claimed = Some(packet.frame),
            Recognition::Unfinished if bytes.len() <= MAX_KEPT => {
                *kept = DirectionBytes { start, bytes }
            }
            Recognition::Unfinished | Recognition::No => {
                *kept = DirectionBytes::default();
                return Answer::No;
            }
        }
        told.answer()
    }

    /// Whether the stream is the protocol's from this packet or an earlier one on. The same in
    /// every pass.
    pub fn has_claimed(&self, packet: &Packet<'_>) -> bool {
        self.claimed.is_some_and(|frame| frame <= packet.frame)
    }

    /// The bytes of the stream that come before those of `packet` and were not the
    /// protocol's when they came. The same in every pass.
    pub fn before(&self, packet: &Packet<'_>) -> &[u8] {
        if self.has_claimed(packet) {
            self.kept[packet.side()].before(packet.sequence)
        } else {
            b""
        }
    }
}

/// The packet with the bytes before it, if there are any; they are put together in `whole`.
/// The second value is the number of bytes before.
pub fn complete<'a>(
    first: &FirstBytes,
    packet: &Packet<'a>,
    whole: &'a mut Vec<u8>,
) -> (Packet<'a>, usize) {
    let before = first.before(packet);
    if before.is_empty() {
        return (*packet, 0);
    }
    let count = before.len();
    whole.extend_from_slice(before);
    whole.extend_from_slice(packet.bytes);
    let packet = Packet {
        bytes: whole,
        reported: packet.reported + count,
        ..*packet
    };
    (packet, count)
}

/// Judges a segment of a stream of which nothing is remembered.
pub fn judge(
    first: Option<&mut FirstBytes>,
    packet: &Packet<'_>,
    tell: impl Fn(&[u8], bool) -> Recognition,
) -> Answer {
    match first {
        Some(first) => first.judge(packet, tell),
        None => tell(packet.bytes, packet.opens).answer(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORD: &[u8] = b"HELLO";

    fn tell(data: &[u8], _: bool) -> Recognition {
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
    fn a_word_is_found_however_it_is_cut() {
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
                assert_eq!(first.judge(&packet, tell), expected, "{size}, {index}");
                let before = first.before(&packet);
                assert_eq!(before, if last { &WORD[..at as usize] } else { b"" });
            }
        }
    }

    #[test]
    fn what_comes_twice_is_joined_once_and_a_gap_joins_nothing() {
        let mut first = FirstBytes::default();
        assert_eq!(first.judge(&segment(1, 10, b"HE"), tell), Answer::Remember);
        assert_eq!(first.judge(&segment(2, 10, b"HEL"), tell), Answer::Remember);
        assert_eq!(first.judge(&segment(3, 11, b"ELL"), tell), Answer::Remember);
        assert_eq!(first.judge(&segment(4, 15, b"O"), tell), Answer::No);
        assert_eq!(first.judge(&segment(5, 16, b"HELLO"), tell), Answer::Yes);
        assert_eq!(first.before(&segment(5, 16, b"HELLO")), b"");
    }

    #[test]
    fn a_part_that_comes_again_takes_nothing_away() {
        let mut first = FirstBytes::default();
        for (frame, sequence, bytes) in [(1, 10, &b"HELL"[..]), (2, 10, b"HE"), (3, 11, b"E")] {
            let packet = segment(frame, sequence, bytes);
            assert_eq!(first.judge(&packet, tell), Answer::Remember, "{frame}");
        }
        let last = segment(4, 14, b"O");
        assert_eq!(first.judge(&last, tell), Answer::Yes);
        assert_eq!(first.before(&last), b"HELL");
    }

    #[test]
    fn bytes_of_another_direction_or_without_a_number_are_not_joined() {
        let mut first = FirstBytes::default();
        assert_eq!(first.judge(&segment(1, 10, b"HE"), tell), Answer::Remember);
        let other = Packet {
            from_lower: true,
            ..segment(2, 12, b"LLO")
        };
        assert_eq!(first.judge(&other, tell), Answer::No);
        let unnumbered = Packet {
            sequence: None,
            ..segment(3, 0, b"HE")
        };
        assert_eq!(first.judge(&unnumbered, tell), Answer::No);
    }

    #[test]
    fn kept_bytes_are_few() {
        let mut first = FirstBytes::default();
        let long = vec![b'x'; MAX_KEPT];
        let always = |_: &[u8], _: bool| Recognition::Unfinished;
        assert_eq!(first.judge(&segment(1, 0, &long), always), Answer::Remember);
        let next = segment(2, MAX_KEPT as u32, b"x");
        assert_eq!(first.judge(&next, always), Answer::No);
        assert!(first.kept[0].bytes.is_empty());
    }
}
