//! Splits segments into smaller ones.

use super::{Frame, Segment, SplitMix64};

/// How the segments of all connections are split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// As they were sent.
    Whole,
    /// The first bytes of every segment in a segment of their own.
    First(usize),
    /// Every segment in pieces of 1 to 20 bytes.
    Pieces,
}

/// Maximum size of the pieces, in bytes.
const PIECE: usize = 20;

impl Cut {
    pub const ALL: [Self; 7] = [
        Self::Whole,
        Self::First(1),
        Self::First(2),
        Self::First(3),
        Self::First(5),
        Self::First(9),
        Self::Pieces,
    ];

    pub fn applied(self, frames: &[Frame], random: &mut SplitMix64) -> Vec<Frame> {
        let mut cut = Vec::new();
        for frame in frames {
            match self.pieces(frame, random) {
                Some(pieces) => cut.extend(pieces),
                None => cut.push(frame.clone()),
            }
        }
        cut
    }

    /// Returns `None` if the frame stays as it is. Segments with urgent bytes or a SYN
    /// are not split.
    fn pieces(self, frame: &Frame, random: &mut SplitMix64) -> Option<Vec<Frame>> {
        if self == Self::Whole {
            return None;
        }
        let segment = Segment::of(frame)?;
        let tcp = segment.tcp();
        if tcp.syn || tcp.rst || tcp.urg {
            return None;
        }
        let length = segment.payload().len();
        match self {
            Self::First(count) if length > count => Some(segment.pieces([count])),
            Self::Pieces if length > 1 => {
                let sizes = std::iter::from_fn(|| Some(1 + random.below(PIECE)));
                Some(segment.pieces(sizes))
            }
            _ => None,
        }
    }
}

impl std::fmt::Display for Cut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Whole => write!(f, "segments as sent"),
            Self::First(count) => write!(f, "first {count} apart"),
            Self::Pieces => write!(f, "pieces of 1 to {PIECE}"),
        }
    }
}
