//! Frames that are sent again, or captured twice, of the families other than the basic one.
//!
//! These have no common sequence, so frames are compared whole. Source:
//! docs/protocol/oicq.md §2.7 to §2.10.

use std::collections::hash_map::DefaultHasher;
use std::collections::VecDeque;
use std::hash::{Hash, Hasher};

use crate::first_pass::PduFacts;
use crate::packet::{Packet, PduKey};
use crate::span::Span;

/// Maximum time between two transmissions of a frame, in nanoseconds.
const WITHIN: i64 = 60_000_000_000;
/// Maximum frames kept per direction for comparison.
const MAX_FRAMES: usize = 256;

/// A frame for comparison.
#[derive(Debug, Clone, Copy)]
struct SeenFrame {
    time: i64,
    /// Hash of its captured bytes and its length.
    hash: u64,
}

/// The last frames of one conversation.
#[derive(Debug, Default)]
pub(crate) struct RepeatedFrames {
    /// First pass only: by direction, oldest first.
    seen: [VecDeque<SeenFrame>; 2],
    repeated: PduFacts<bool>,
}

impl RepeatedFrames {
    /// Whether the same frame came before in this direction.
    pub(crate) fn is_repeated(&mut self, packet: &Packet<'_>, key: PduKey, span: Span) -> bool {
        let seen = &mut self.seen[packet.side()];
        self.repeated.record_or_get(packet, key, || {
            let mut hasher = DefaultHasher::new();
            (span.of(packet.bytes), span.len).hash(&mut hasher);
            let (time, hash) = (packet.time, hasher.finish());
            let is_old = |it: &SeenFrame| time.saturating_sub(it.time) > WITHIN;
            while seen.len() >= MAX_FRAMES || seen.front().is_some_and(is_old) {
                seen.pop_front();
            }
            let is_known = seen.iter().any(|it| it.hash == hash);
            seen.push_back(SeenFrame { time, hash });
            is_known
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000_000;

    fn packet(frame: u32, time: i64, bytes: &[u8], first_pass: bool) -> Packet<'_> {
        Packet {
            bytes,
            reported: bytes.len(),
            frame,
            time,
            first_pass,
            ..Packet::default()
        }
    }

    fn judge(frames: &mut RepeatedFrames, packet: &Packet<'_>) -> bool {
        frames.is_repeated(packet, packet.key(0), Span::new(0, packet.reported))
    }

    #[test]
    fn the_same_bytes_within_a_minute_are_a_repetition() {
        let mut frames = RepeatedFrames::default();
        let all = [
            (0, &b"one"[..], false),
            (0, b"one", true),
            (1, b"two", false),
            (61, b"two", true),
            (61, b"one", false),
            (200, b"two", false),
        ];
        let frame_of = |number: usize, first_pass| {
            let (seconds, bytes, _) = all[number];
            packet(number as u32 + 1, seconds * SECOND, bytes, first_pass)
        };
        let expected = all.map(|it| it.2);
        let first = core::array::from_fn(|it| judge(&mut frames, &frame_of(it, true)));
        assert_eq!(expected, first);
        for number in (0..all.len()).rev() {
            let later = judge(&mut frames, &frame_of(number, false));
            assert_eq!(expected[number], later);
        }
    }

    #[test]
    fn directions_and_lengths_differ() {
        let mut frames = RepeatedFrames::default();
        assert!(!judge(&mut frames, &packet(1, 0, b"one", true)));
        let back = Packet {
            from_lower: true,
            ..packet(2, 0, b"one", true)
        };
        assert!(!judge(&mut frames, &back));
        let cut = Packet {
            reported: 99,
            ..packet(3, 0, b"one", true)
        };
        assert!(!judge(&mut frames, &cut));
    }

    #[test]
    fn the_number_of_frames_kept_is_bounded() {
        let mut frames = RepeatedFrames::default();
        for number in 0..3 * MAX_FRAMES as u32 {
            let bytes = number.to_be_bytes();
            assert!(!judge(&mut frames, &packet(number + 1, 0, &bytes, true)));
        }
        assert_eq!(frames.seen[0].len(), MAX_FRAMES);
    }
}
