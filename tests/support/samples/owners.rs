//! Frames of the samples that belong to other dissectors.

use std::ops::RangeInclusive;

/// Frames that Wireshark gives to other dissectors, and the test host to ours.
const OWNED_BY_OTHERS: [(&str, RangeInclusive<u32>); 1] = [
    // Port 1300 belongs to TLS.
    ("msn-p2p-edges", 47..=52),
];

/// Whether Wireshark gives the frame to another dissector.
pub fn is_of_others(stem: &str, frame: u32) -> bool {
    let mut frames = OWNED_BY_OTHERS.iter();
    frames.any(|(sample, frames)| *sample == stem && frames.contains(&frame))
}
