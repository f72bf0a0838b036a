//! Wireshark's reassembly of TCP segments at a dissector's request.
//!
//! The rules are those of its function `desegment_tcp`: a request begins a stretch of the
//! stream; segments are added until it has the requested length; then the dissector is
//! called with the whole stretch, and can request more.

use std::collections::BTreeMap;

use imshark::error::Missing;

/// A dissector's request: an offset, and the number of bytes missing from there on.
pub type Request = Option<(usize, Missing)>;

/// A stretch of the stream that a dissector has requested.
#[derive(Debug)]
struct Stretch {
    /// The sequence number after it.
    end: u32,
    /// Whether the next segment is added as a whole, whatever its length.
    one_more_segment: bool,
    bytes: Vec<u8>,
    /// Whether a segment was lost: the stretch will never be complete.
    broken: bool,
}

/// One direction of a connection.
#[derive(Debug, Default)]
pub struct Flow {
    stretches: BTreeMap<u32, Stretch>,
    /// The highest sequence number so far. What begins below it, and is no part of a stretch,
    /// comes too late: no dissector is called.
    highest: u32,
    /// Whether a stretch grew and was completed by one segment, added in two parts.
    /// Wireshark does not find it again in later passes and shows nothing of it.
    pub lost_later: bool,
}

impl Flow {
    /// Adds a segment. `dissect` is called with every stretch that is complete, the
    /// sequence number of its first byte, and whether it comes from several segments.
    pub fn segment(
        &mut self,
        mut sequence: u32,
        mut data: &[u8],
        mut dissect: impl FnMut(&[u8], u32, bool) -> Request,
    ) {
        let end = sequence + data.len() as u32;
        let is_late = sequence < self.highest;
        self.highest = self.highest.max(end);
        let mut grown = None;
        while !data.is_empty() {
            let Some(start) = self.waiting_for(sequence) else {
                if is_late {
                    return;
                }
                if let Some((at, missing)) = dissect(data, sequence, false) {
                    self.wait(sequence + at as u32, &data[at..], missing);
                }
                return;
            };
            let taken = self.add(start, sequence, data, end);
            sequence += taken as u32;
            data = &data[taken..];
            self.lost_later |= grown == Some(start) && self.is_whole(start, sequence);
            if self.dissect_if_whole(start, sequence, taken, end, &mut dissect) {
                grown = Some(start);
            }
        }
    }

    /// The stretch that the byte at `sequence` belongs to.
    fn waiting_for(&self, sequence: u32) -> Option<u32> {
        let (start, stretch) = self.stretches.range(..sequence).next_back()?;
        (stretch.end > sequence).then_some(*start)
    }

    fn wait(&mut self, start: u32, bytes: &[u8], missing: Missing) {
        let reached = start + bytes.len() as u32;
        let stretch = Stretch {
            end: reached + wanted(missing),
            one_more_segment: missing == Missing::Unknown,
            bytes: bytes.to_vec(),
            broken: false,
        };
        self.stretches.insert(start, stretch);
    }

    /// Adds the part of `data` that belongs to the stretch; returns its length.
    fn add(&mut self, start: u32, sequence: u32, data: &[u8], end: u32) -> usize {
        let stretch = self
            .stretches
            .get_mut(&start)
            .expect("a stretch at its start");
        if stretch.one_more_segment {
            stretch.one_more_segment = false;
            stretch.end = end;
        }
        let taken = (end.min(stretch.end) - sequence) as usize;
        stretch.broken |= stretch.bytes.len() as u32 != sequence - start;
        stretch.bytes.extend(&data[..taken]);
        taken
    }

    fn is_whole(&self, start: u32, reached: u32) -> bool {
        let stretch = &self.stretches[&start];
        !stretch.broken && reached >= stretch.end
    }

    /// Dissects a complete stretch. Returns whether it has to grow.
    fn dissect_if_whole(
        &mut self,
        start: u32,
        reached: u32,
        taken: usize,
        end: u32,
        dissect: &mut impl FnMut(&[u8], u32, bool) -> Request,
    ) -> bool {
        if !self.is_whole(start, reached) {
            return false;
        }
        let stretch = self
            .stretches
            .get_mut(&start)
            .expect("a stretch at its start");
        let Some((at, missing)) = dissect(&stretch.bytes, start, true) else {
            return false;
        };
        if at <= stretch.bytes.len() - taken {
            stretch.one_more_segment = missing == Missing::Unknown;
            stretch.end = match missing {
                Missing::Unknown => end + 1,
                Missing::Bytes(_) => reached + wanted(missing),
            };
            true
        } else {
            let bytes = stretch.bytes[at..].to_vec();
            self.wait(start + at as u32, &bytes, missing);
            false
        }
    }
}

/// Wireshark counts a segment of unknown length as one byte.
fn wanted(missing: Missing) -> u32 {
    match missing {
        Missing::Unknown => 1,
        Missing::Bytes(count) => count as u32,
    }
}
