//! Relations between the frames of the basic family: requests and replies, pushes and
//! acknowledgements, retransmissions, keep-alives, redirects, gaps.
//!
//! Pure state machines, fed in the order of the capture and queried in any order. Source:
//! docs/protocol/oicq.md §5.

pub(crate) mod links;
pub(crate) mod record;
pub(crate) mod record_index;
pub(crate) mod records;
pub mod redirect;
pub(crate) mod retransmissions;
pub mod tracker;

use core::num::NonZeroU16;

use crate::oicq::wire::commands::meaning::CommandMeaning;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::frame::{Frame, OicqHeader};
use crate::oicq::wire::prefix::BodyPart;
use crate::packet::PduKey;

/// One frame, as input of the state machines.
#[derive(Debug, Clone, Copy)]
pub struct FrameEvent {
    /// The PDU.
    pub key: PduKey,
    /// Capture time, in nanoseconds since any fixed moment.
    pub time: u64,
    /// Direction.
    pub direction: Direction,
    /// The command.
    pub command: u16,
    /// The sequence.
    pub sequence: u16,
    /// The QQ number; 0 in the classic era, where servers leave it out.
    pub account: u32,
    /// Meaning of the command in the era of the client.
    pub meaning: CommandMeaning,
    /// Whether it has the long header.
    pub has_long_header: bool,
    /// Retransmission count sent by the client.
    pub repeat: u8,
    /// Length on the wire.
    pub len: usize,
    /// Hash of all bytes but the client's retransmission count.
    pub fingerprint: u32,
    /// Whether the body is unencrypted: retransmissions are identical.
    pub is_unencrypted: bool,
    /// Hash of the plaintext, if known.
    pub plaintext_fingerprint: Option<NonZeroU16>,
}

/// Offset of the client's retransmission count.
const REPEAT: usize = 13;

impl FrameEvent {
    /// The event of a frame. The frame's spans refer to `data`.
    pub fn new(
        key: PduKey,
        time: u64,
        frame: &Frame,
        meaning: CommandMeaning,
        data: &[u8],
    ) -> Self {
        let in_clear = [BodyPart::Media, BodyPart::Plain];
        let has_long_header = frame.header == OicqHeader::Long;
        let bytes = frame.span.of(data);
        let hidden = frame.block.map(|_| REPEAT);
        Self {
            key,
            time,
            direction: frame.direction,
            command: frame.command.value,
            sequence: frame.sequence.value,
            account: match frame.uin {
                Some(uin) if has_long_header => uin.value,
                _ => 0,
            },
            meaning,
            has_long_header,
            repeat: frame.block.map_or(0, |block| block.repeat.value),
            len: frame.span.len,
            fingerprint: fingerprint(bytes, hidden),
            is_unencrypted: in_clear.iter().any(|part| frame.body.find(*part).is_some()),
            plaintext_fingerprint: None,
        }
    }

    /// Sets the plaintext, if known.
    pub fn with_plaintext(self, plaintext: Option<&[u8]>) -> Self {
        let hash = plaintext.map(|plaintext| fingerprint(plaintext, None) as u16);
        let plaintext_fingerprint =
            hash.map(|hash| NonZeroU16::new(hash).unwrap_or(NonZeroU16::MAX));
        Self {
            plaintext_fingerprint,
            ..self
        }
    }
}

/// Hash of `bytes` without the one at `hidden`.
fn fingerprint(bytes: &[u8], hidden: Option<usize>) -> u32 {
    let (before, after) = match hidden.and_then(|at| bytes.split_at_checked(at)) {
        Some((before, after)) => (before, after.get(1..).unwrap_or_default()),
        None => (bytes, &[][..]),
    };
    let hash = hash(hash(bytes.len() as u64, before), after);
    (hash >> 32) as u32
}

/// Adds bytes to a hash, eight at a time.
fn hash(hash: u64, bytes: &[u8]) -> u64 {
    // The golden ratio: its bits have no pattern.
    const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
    let add = |hash: u64, word: u64| (hash ^ word).wrapping_mul(MULTIPLIER).rotate_left(29);
    let words = bytes.chunks_exact(8);
    let rest = words.remainder().iter();
    let rest = rest.fold(0, |word, byte| word << 8 | u64::from(*byte));
    let words = words.map(|word| u64::from_le_bytes(word.try_into().unwrap_or_default()));
    add(words.fold(hash, add), rest).wrapping_mul(MULTIPLIER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::wire::commands::meaning::meaning;

    /// In nanoseconds.
    pub(crate) const MILLISECOND: u64 = 1_000_000;

    /// A frame of QQ 12345678 with TM2013; `time` in milliseconds.
    pub(crate) fn event(
        frame: u32,
        time: u64,
        direction: Direction,
        command: u16,
        sequence: u16,
    ) -> FrameEvent {
        FrameEvent {
            key: PduKey { frame, index: 0 },
            time: time * MILLISECOND,
            direction,
            command,
            sequence,
            account: 12_345_678,
            meaning: meaning(command, 0x3420, direction),
            has_long_header: true,
            repeat: 0,
            len: 47,
            fingerprint: frame,
            is_unencrypted: false,
            plaintext_fingerprint: None,
        }
    }

    #[test]
    fn the_retransmission_count_is_ignored() {
        let bytes: Vec<u8> = (0..40).collect();
        let mut repeated = bytes.clone();
        repeated[REPEAT] = 7;
        assert_ne!(fingerprint(&bytes, None), fingerprint(&repeated, None));
        let hidden = Some(REPEAT);
        assert_eq!(fingerprint(&bytes, hidden), fingerprint(&repeated, hidden));
        repeated[30] = 0;
        assert_ne!(fingerprint(&bytes, hidden), fingerprint(&repeated, hidden));
    }

    #[test]
    fn every_byte_counts() {
        let bytes: Vec<u8> = (0..30).collect();
        for len in 0..bytes.len() {
            let known = fingerprint(&bytes[..len], None);
            for at in 0..len {
                let mut other = bytes[..len].to_vec();
                other[at] ^= 0x80;
                assert_ne!(fingerprint(&other, None), known, "{at} of {len}");
            }
            assert_ne!(fingerprint(&bytes[..=len], None), known, "{len}");
        }
    }
}
