//! Whether a stream that was taken for QQ's still is.
//!
//! Bytes between two frames are nothing odd where a capture has gaps. But a stream that has
//! brought nothing else for a while was taken for QQ's wrongly, or is another's by now, as
//! the connection to a proxy can be. From then on its bytes are left to whom they would have
//! gone, until they are a frame of QQ beyond doubt.

/// So many segments in a row without a frame are too many.
const TOO_MANY: u8 = 8;

/// The doubts about one stream.
#[derive(Debug, Default)]
pub struct StreamOwnership {
    /// Segments without a frame, of either direction, since the last one with a frame, of
    /// either direction.
    strays: u8,
    /// The frames of the capture from which on the stream is left alone, or taken again, by
    /// turns.
    turns: Vec<u32>,
}

impl StreamOwnership {
    /// Whether, in this frame of the capture, only what is QQ beyond doubt is taken.
    pub fn hold(&self, frame: u32) -> bool {
        self.turns.partition_point(|turn| *turn <= frame) % 2 == 1
    }

    /// Learns, in the first pass, what a segment brought. It counts from the next frame of
    /// the capture on, so that all of this one is seen alike in every pass.
    pub fn learn(&mut self, frame: u32, frames: bool, strays: bool) {
        let held = self.turns.len() % 2 == 1;
        if frames {
            self.strays = 0;
        } else if strays && !held {
            self.strays += 1;
        }
        let turns = if held {
            frames
        } else {
            self.strays >= TOO_MANY
        };
        if turns {
            self.strays = 0;
            self.turn(frame.saturating_add(1));
        }
    }

    /// Turns that would be in force in no frame are none.
    fn turn(&mut self, from: u32) {
        if self.turns.last() == Some(&from) {
            self.turns.pop();
        } else {
            self.turns.push(from);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(ownership: &StreamOwnership, frames: core::ops::RangeInclusive<u32>) -> Vec<u32> {
        frames.filter(|frame| ownership.hold(*frame)).collect()
    }

    #[test]
    fn a_stream_is_given_back_and_taken_again() {
        let mut ownership = StreamOwnership::default();
        ownership.learn(1, true, false);
        for frame in 2..=8 {
            ownership.learn(frame, false, true);
        }
        assert_eq!(held(&ownership, 1..=30), []);
        // Parts of frames tell nothing.
        ownership.learn(9, false, false);
        assert_eq!(held(&ownership, 1..=30), []);
        ownership.learn(10, false, true);
        assert_eq!(held(&ownership, 1..=12), [11, 12]);
        ownership.learn(15, true, false);
        assert_eq!(held(&ownership, 1..=30), [11, 12, 13, 14, 15]);
        // With one frame the patience begins anew.
        for frame in 16..=22 {
            ownership.learn(frame, false, true);
        }
        ownership.learn(22, true, true);
        ownership.learn(23, false, true);
        assert_eq!(held(&ownership, 16..=30), []);
    }

    #[test]
    fn all_of_a_frame_is_seen_alike() {
        let mut ownership = StreamOwnership::default();
        for _ in 0..9 {
            ownership.learn(1, false, true);
            assert!(!ownership.hold(1));
        }
        // It ends with a frame of QQ.
        ownership.learn(1, true, false);
        assert_eq!(held(&ownership, 1..=9), []);
    }
}
