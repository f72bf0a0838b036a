//! Rewrites captures: TCP split into other segments, frames lost, repeated and reordered,
//! connections without their beginning or one of their directions.
//!
//! The same seed gives the same frames.

mod capturing;
mod cutting;
pub mod files;
mod segment;

pub use capturing::Capturing;
pub use cutting::Cut;
pub use segment::Segment;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::Duration;

use pcap_file::DataLink;

use super::samples::SplitMix64;

/// One captured frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    pub time: Duration,
    pub link: DataLink,
    pub bytes: Vec<u8>,
    /// Length on the wire.
    pub original: u32,
}

/// One capture file.
#[derive(Debug, Clone, Default)]
pub struct Recording {
    pub frames: Vec<Frame>,
    /// The bodies of pcapng blocks with TLS keys.
    pub secrets: Vec<Vec<u8>>,
}

/// How a capture is rewritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variant {
    pub cut: Cut,
    pub capturing: Capturing,
}

impl Variant {
    /// Every combination of cut and capturing: the first is the capture as it is.
    pub fn all() -> Vec<Self> {
        let variants = Capturing::ALL.into_iter().flat_map(|capturing| {
            let cuts = Cut::ALL.into_iter();
            cuts.map(move |cut| Self { cut, capturing })
        });
        variants.collect()
    }

    /// The frames of `recording` in this variant.
    pub fn of(self, recording: &Recording, seed: u64) -> Vec<Frame> {
        let mut random = SplitMix64::new(seed);
        let kept = self.capturing.selected(&recording.frames, &mut random);
        let cut = self.cut.applied(&kept, &mut random);
        self.capturing.disturbed(cut, &mut random)
    }
}

impl std::fmt::Display for Variant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {}", self.cut, self.capturing)
    }
}

/// The connections of a capture, in the order in which they begin.
///
/// A SYN with another sequence number than the last one of its ports begins a new one.
#[derive(Debug, Default)]
pub struct Connections {
    known: HashMap<(SocketAddr, SocketAddr), (usize, Option<u32>)>,
    count: usize,
}

impl Connections {
    /// The number of the connection of `segment`, and whether the lower endpoint sent it.
    pub fn of(&mut self, segment: &Segment) -> (usize, bool) {
        let (from, to) = segment.ends();
        let key = if from < to { (from, to) } else { (to, from) };
        let tcp = segment.tcp();
        let syn = (tcp.syn && !tcp.ack).then_some(tcp.sequence_number);
        let next = self.count;
        let known = self.known.entry(key).or_insert((next, syn));
        if syn.is_some() && syn != known.1 {
            *known = (next, syn);
        }
        if known.0 == next {
            self.count += 1;
        }
        (known.0, from < to)
    }
}
