//! How Wireshark puts TCP segments together at a dissector's request.
//!
//! The rules are those of its function `desegment_tcp`: a request opens a stretch of the
//! stream; segments are added to it until it is as long as requested; then the dissector
//! sees the whole stretch, and can ask again.

use std::collections::BTreeMap;

use imshark::error::Missing;

/// What a dissector has asked for: the rest from an offset on, and so many more bytes.
pub type Request = Option<(usize, Missing)>;

/// A stretch of the stream that a dissector waits for.
#[derive(Debug)]
struct Stretch {
    /// The sequence number behind it.
    end: u32,
    /// The next segment is added as a whole, whatever its length.
    one_more_segment: bool,
    bytes: Vec<u8>,
    /// A segment was lost: it will never be whole.
    broken: bool,
}

/// One direction of a connection.
#[derive(Debug, Default)]
pub struct Flow {
    stretches: BTreeMap<u32, Stretch>,
    /// A stretch grew and became whole by one segment, added in two parts. Wireshark does
    /// not find it again in later passes and shows nothing of it.
    pub lost_later: bool,
}

impl Flow {
    /// Takes a segment; `dissect` is called with every stretch that is ready and the sequence
    /// number of its first byte, and told whether it comes from several segments.
    pub fn segment(
        &mut self,
        mut sequence: u32,
        mut data: &[u8],
        mut dissect: impl FnMut(&[u8], u32, bool) -> Request,
    ) {
        let end = sequence + data.len() as u32;
        let mut grown = None;
        while !data.is_empty() {
            let Some(start) = self.waiting_for(sequence) else {
                if let Some((at, missing)) = dissect(data, sequence, false) {
                    self.wait(sequence + at as u32, &data[at..], missing);
                }
                return;
            };
            let taken = self.add(start, sequence, data, end);
            sequence += taken as u32;
            data = &data[taken..];
            self.lost_later |= grown == Some(start) && self.is_whole(start, sequence);
            if self.finish(start, sequence, taken, end, &mut dissect) {
                grown = Some(start);
            }
        }
    }

    /// The stretch to which the byte at `sequence` belongs.
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

    /// Adds what belongs to the stretch, and returns how much that was.
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

    /// Has a whole stretch dissected. True when it is to grow.
    fn finish(
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

/// Wireshark notes one byte for a segment of unknown length.
fn wanted(missing: Missing) -> u32 {
    match missing {
        Missing::Unknown => 1,
        Missing::Bytes(count) => count as u32,
    }
}
