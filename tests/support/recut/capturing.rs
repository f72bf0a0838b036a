//! Which frames a capture has, and in which order.

use super::{Connections, Frame, Segment, SplitMix64};

/// The quality of a capture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capturing {
    Complete,
    /// 5 % of the frames are lost, 5 % repeated, and 5 % come after the next one.
    Disturbed,
    /// The first frames of every connection are missing.
    Headless,
    /// One direction of every connection is missing.
    OneWay,
}

/// Percentage of frames for each disturbance.
const PERCENT: usize = 5;

/// Number of frames missing at the beginning of a connection: its handshake.
const HEAD: usize = 3;

impl Capturing {
    pub const ALL: [Self; 4] = [
        Self::Complete,
        Self::Disturbed,
        Self::Headless,
        Self::OneWay,
    ];

    /// The frames that were captured.
    pub fn selected(self, frames: &[Frame], random: &mut SplitMix64) -> Vec<Frame> {
        let mut connections = Connections::default();
        // Number of frames of each connection so far, and whether those of the lower
        // endpoint are missing.
        let mut seen: Vec<(usize, bool)> = Vec::new();
        let mut keeps = |frame: &&Frame| {
            let Some(segment) = Segment::of(frame) else {
                return true;
            };
            let (number, from_lower) = connections.of(&segment);
            if number == seen.len() {
                seen.push((0, random.below(2) == 0));
            }
            let (count, lower_is_missing) = &mut seen[number];
            *count += 1;
            match self {
                Self::Complete | Self::Disturbed => true,
                Self::Headless => *count > HEAD,
                Self::OneWay => from_lower != *lower_is_missing,
            }
        };
        frames.iter().filter(&mut keeps).cloned().collect()
    }

    /// The frames in the order of the capture. A late frame has the time at which it was
    /// captured.
    pub fn disturbed(self, frames: Vec<Frame>, random: &mut SplitMix64) -> Vec<Frame> {
        if self != Self::Disturbed {
            return frames;
        }
        let mut disturbed: Vec<Frame> = Vec::new();
        let mut late: Option<Frame> = None;
        for frame in frames {
            let time = frame.time;
            match random.below(100) / PERCENT {
                0 => continue,
                1 => disturbed.extend([frame.clone(), frame]),
                2 if late.is_none() => {
                    late = Some(frame);
                    continue;
                }
                _ => disturbed.push(frame),
            }
            disturbed.extend(late.take().map(|frame| Frame { time, ..frame }));
        }
        disturbed.extend(late);
        disturbed
    }
}

impl std::fmt::Display for Capturing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Complete => "all captured",
            Self::Disturbed => "lost, repeated and reordered",
            Self::Headless => "without the handshake",
            Self::OneWay => "one direction",
        })
    }
}
