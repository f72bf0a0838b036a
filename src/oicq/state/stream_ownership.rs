//! Ownership of streams that were recognised as QQ.
//!
//! Bytes between two frames are normal where a capture has gaps. But a stream with
//! nothing else for a while was recognised wrongly, or now carries another protocol, as a
//! connection to a proxy can. From then on it is released to other dissectors, until its
//! bytes are a QQ frame beyond doubt.

/// Number of consecutive segments without a frame that releases a stream.
const MAX_STRAYS: u8 = 8;

/// Ownership of one stream.
#[derive(Debug, Default)]
pub(crate) struct StreamOwnership {
    /// Number of segments without a frame since the last one with a frame, in both
    /// directions.
    strays: u8,
    /// Frames of the capture from which on the stream is released, or reclaimed,
    /// alternately.
    changes: Vec<u32>,
}

impl StreamOwnership {
    /// Whether the stream is released in this frame of the capture: only QQ frames beyond
    /// doubt are accepted.
    pub(crate) fn is_released(&self, frame: u32) -> bool {
        self.changes.partition_point(|from| *from <= frame) % 2 == 1
    }

    /// In the first pass: records whether a segment contains frames or stray bytes. Takes
    /// effect from the next frame of the capture on, so that all of this one is treated
    /// alike in every pass.
    pub(crate) fn learn(&mut self, frame: u32, frames: bool, strays: bool) {
        let released = self.changes.len() % 2 == 1;
        if frames {
            self.strays = 0;
        } else if strays && !released {
            self.strays += 1;
        }
        let is_change = if released {
            frames
        } else {
            self.strays >= MAX_STRAYS
        };
        if is_change {
            self.strays = 0;
            self.change(frame.saturating_add(1));
        }
    }

    /// Adds a change. Two changes from the same frame on cancel each other.
    fn change(&mut self, from: u32) {
        if self.changes.last() == Some(&from) {
            self.changes.pop();
        } else {
            self.changes.push(from);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn released(ownership: &StreamOwnership, frames: core::ops::RangeInclusive<u32>) -> Vec<u32> {
        frames
            .filter(|frame| ownership.is_released(*frame))
            .collect()
    }

    #[test]
    fn a_stream_is_released_and_reclaimed() {
        let mut ownership = StreamOwnership::default();
        ownership.learn(1, true, false);
        for frame in 2..=8 {
            ownership.learn(frame, false, true);
        }
        assert_eq!(released(&ownership, 1..=30), [0; 0]);
        // Parts of frames do not count.
        ownership.learn(9, false, false);
        assert_eq!(released(&ownership, 1..=30), [0; 0]);
        ownership.learn(10, false, true);
        assert_eq!(released(&ownership, 1..=12), [11, 12]);
        ownership.learn(15, true, false);
        assert_eq!(released(&ownership, 1..=30), [11, 12, 13, 14, 15]);
        // A frame resets the count.
        for frame in 16..=22 {
            ownership.learn(frame, false, true);
        }
        ownership.learn(22, true, true);
        ownership.learn(23, false, true);
        assert_eq!(released(&ownership, 16..=30), [0; 0]);
    }

    #[test]
    fn a_change_takes_effect_in_the_next_frame() {
        let mut ownership = StreamOwnership::default();
        for _ in 0..9 {
            ownership.learn(1, false, true);
            assert!(!ownership.is_released(1));
        }
        // The last one is a QQ frame.
        ownership.learn(1, true, false);
        assert_eq!(released(&ownership, 1..=9), [0; 0]);
    }
}
