//! Blobs: what a client sends in one piece and packets carry in many.
//!
//! Only bytes that have arrived take memory; sizes in headers decide nothing but when a
//! blob is whole. Source: docs/protocol/msnp.md §5.7 (offset and total), §5.8 (package
//! number and remaining bytes).

use std::collections::{BTreeMap, HashMap};

use crate::msn::state::flow::Flow;

/// Longer blobs are not put together.
pub const MAX_BLOB: u64 = 64 << 20;
/// Nor are more bytes than this in one capture.
const MAX_KEPT: u64 = 1 << 30;
/// So many chunks that came too early are kept for one blob.
const MAX_EARLY: usize = 1024;

/// What a blob is called in the headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Name {
    /// The session.
    pub session: u32,
    /// Identifier of version 1, package number of version 2.
    pub number: u32,
    /// Version 2.
    pub v2: bool,
}

/// Where a chunk belongs in its blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Offset, and size of the whole blob.
    At(u64, u64),
    /// The first chunk, and so many bytes follow.
    First(u64),
    /// A later chunk, and so many bytes follow.
    Before(u64),
}

/// A blob in [`Blobs`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlobId(usize);

/// What a chunk was to its blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// All of the blob.
    Alone,
    /// A part of it.
    Part,
    /// The part that makes it whole.
    Completes,
    /// Bytes that were there before.
    Repeated,
    /// A part of a blob whose beginning is not in the capture.
    Orphan,
    /// A part of a blob that is too long to be put together.
    TooLong,
}

/// One blob.
#[derive(Debug)]
pub struct Blob {
    /// Frame of the first chunk.
    pub first: u32,
    /// Frame of the last chunk so far.
    pub last: u32,
    /// How many chunks there are so far.
    pub packets: u32,
    /// Size of the whole in bytes.
    pub total: u64,
    /// All bytes are there.
    pub complete: bool,
    too_long: bool,
    /// The bytes from the beginning on, without a gap.
    bytes: Vec<u8>,
    /// Chunks behind a gap, by offset.
    early: BTreeMap<u64, Vec<u8>>,
}

impl Blob {
    /// The bytes that have arrived from the beginning on.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn have(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// The blob has these very bytes at `offset`.
    fn repeats(&self, offset: u64, data: &[u8]) -> bool {
        let Ok(start) = usize::try_from(offset) else {
            return false;
        };
        let end = start.saturating_add(data.len());
        self.bytes.get(start..end) == Some(data)
    }
}

/// All blobs of a capture.
#[derive(Debug, Default)]
pub struct Blobs {
    blobs: Vec<Blob>,
    /// The last blob of a name in a flow.
    by_flow: HashMap<(Flow, Name), BlobId>,
    /// The last blob of a name anywhere: a transfer may change to another connection.
    by_name: HashMap<Name, BlobId>,
    kept: u64,
}

impl Blobs {
    /// The blob behind an id.
    pub fn get(&self, id: BlobId) -> Option<&Blob> {
        self.blobs.get(id.0)
    }

    /// Adds a chunk that frame `frame` has brought. In the first pass only, in order.
    pub fn add(
        &mut self,
        flow: Flow,
        name: Name,
        place: Place,
        data: &[u8],
        frame: u32,
    ) -> (Step, Option<BlobId>) {
        let len = data.len() as u64;
        let known = self.by_flow.get(&(flow, name)).copied();
        let known = known.or_else(|| self.moved(name, place, len));
        let total_of = |id: BlobId| self.get(id).map(|blob| blob.total);
        let (offset, total) = match place {
            Place::At(offset, total) => (Some(offset), total),
            Place::First(remaining) => (Some(0), len.saturating_add(remaining)),
            Place::Before(remaining) => {
                let total = known.and_then(total_of).unwrap_or_default();
                let offset = total
                    .checked_sub(remaining)
                    .and_then(|at| at.checked_sub(len));
                (offset, total)
            }
        };
        let Some(offset) = offset else {
            return (Step::Orphan, None);
        };
        let known = known.filter(|id| total_of(*id) == Some(total));
        if let Some(id) = known {
            if let Some(step) = self.go_on(id, offset, data, frame) {
                self.by_flow.insert((flow, name), id);
                return (step, Some(id));
            }
        }
        if offset > 0 {
            return (Step::Orphan, None);
        }
        if len >= total {
            return (Step::Alone, None);
        }
        let id = self.begin(total, frame);
        self.by_flow.insert((flow, name), id);
        self.by_name.insert(name, id);
        let step = self.go_on(id, 0, data, frame).unwrap_or(Step::Part);
        (step, Some(id))
    }

    /// A blob that began on another connection and goes on with exactly this chunk.
    fn moved(&self, name: Name, place: Place, len: u64) -> Option<BlobId> {
        let id = *self.by_name.get(&name)?;
        let blob = self.get(id).filter(|blob| !blob.complete)?;
        let goes_on = match place {
            Place::At(offset, total) => total == blob.total && offset == blob.have() && offset > 0,
            Place::First(_) => false,
            Place::Before(remaining) => {
                blob.have().checked_add(len)?.checked_add(remaining)? == blob.total
            }
        };
        goes_on.then_some(id)
    }

    fn begin(&mut self, total: u64, frame: u32) -> BlobId {
        self.blobs.push(Blob {
            first: frame,
            last: frame,
            packets: 0,
            total,
            complete: false,
            too_long: total > MAX_BLOB,
            bytes: Vec::new(),
            early: BTreeMap::new(),
        });
        BlobId(self.blobs.len() - 1)
    }

    /// Adds to a blob. `None`: the chunk belongs to another blob of the same name.
    fn go_on(&mut self, id: BlobId, offset: u64, data: &[u8], frame: u32) -> Option<Step> {
        let blob = self.blobs.get_mut(id.0)?;
        let len = data.len() as u64;
        let end = offset.checked_add(len).filter(|end| *end <= blob.total)?;
        if blob.repeats(offset, data) && (blob.complete || len > 0) {
            return Some(Step::Repeated);
        }
        if blob.complete {
            return None;
        }
        if blob.too_long || self.kept.saturating_add(len) > MAX_KEPT {
            blob.too_long = true;
            blob.last = frame;
            blob.packets = blob.packets.saturating_add(1);
            return Some(Step::TooLong);
        }
        if offset < blob.have() && end <= blob.have() {
            // Other bytes in the same place: the sender began anew.
            return None;
        }
        blob.last = frame;
        blob.packets = blob.packets.saturating_add(1);
        if offset > blob.have() {
            if blob.early.len() < MAX_EARLY && !blob.early.contains_key(&offset) {
                self.kept = self.kept.saturating_add(len);
                blob.early.insert(offset, data.to_vec());
            }
            return Some(Step::Part);
        }
        self.kept = self.kept.saturating_add(len);
        append(blob, offset, data);
        while let Some((offset, data)) = blob.early.pop_first() {
            if offset > blob.have() {
                blob.early.insert(offset, data);
                break;
            }
            append(blob, offset, &data);
        }
        blob.complete = blob.have() >= blob.total;
        Some(if blob.complete {
            Step::Completes
        } else {
            Step::Part
        })
    }
}

/// Appends what is new of a chunk that begins within the bytes or right behind them.
fn append(blob: &mut Blob, offset: u64, data: &[u8]) {
    let old = blob.have().saturating_sub(offset);
    let new = usize::try_from(old).ok().and_then(|old| data.get(old..));
    let left = blob.total.saturating_sub(blob.have());
    let new = new.unwrap_or_default();
    let new = new
        .get(..usize::try_from(left).unwrap_or(usize::MAX))
        .unwrap_or(new);
    blob.bytes.extend_from_slice(new);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packet::Address;

    const NAME: Name = Name {
        session: 9,
        number: 7,
        v2: false,
    };

    fn flow(port: u16) -> Flow {
        Flow {
            from: (Address::V4([192, 0, 2, 1]), port),
            to: (Address::V4([198, 51, 100, 1]), 1863),
        }
    }

    fn add(blobs: &mut Blobs, place: Place, data: &[u8], frame: u32) -> Step {
        blobs.add(flow(1), NAME, place, data, frame).0
    }

    #[test]
    fn chunks_by_offset() {
        let mut blobs = Blobs::default();
        assert_eq!(add(&mut blobs, Place::At(0, 6), b"abc", 1), Step::Part);
        assert_eq!(add(&mut blobs, Place::At(0, 6), b"abc", 2), Step::Repeated);
        let (step, id) = blobs.add(flow(1), NAME, Place::At(3, 6), b"def", 3);
        assert_eq!(step, Step::Completes);
        let blob = blobs.get(id.unwrap()).unwrap();
        assert_eq!(blob.bytes(), b"abcdef");
        assert_eq!((blob.first, blob.last, blob.packets), (1, 3, 2));
        assert_eq!(add(&mut blobs, Place::At(3, 6), b"def", 4), Step::Repeated);
        assert_eq!(add(&mut blobs, Place::At(0, 6), b"xyz", 5), Step::Part);
    }

    #[test]
    fn chunks_by_what_remains() {
        let mut blobs = Blobs::default();
        assert_eq!(add(&mut blobs, Place::Before(3), b"abc", 1), Step::Orphan);
        assert_eq!(add(&mut blobs, Place::First(5), b"abc", 2), Step::Part);
        assert_eq!(add(&mut blobs, Place::Before(2), b"def", 3), Step::Part);
        assert_eq!(add(&mut blobs, Place::Before(0), b"gh", 4), Step::Completes);
        assert_eq!(blobs.blobs[0].bytes(), b"abcdefgh");
        assert_eq!(add(&mut blobs, Place::First(0), b"alone", 5), Step::Alone);
    }

    #[test]
    fn early_chunks_and_gaps() {
        let mut blobs = Blobs::default();
        assert_eq!(add(&mut blobs, Place::At(4, 8), b"ef", 1), Step::Orphan);
        assert_eq!(add(&mut blobs, Place::At(0, 8), b"ab", 2), Step::Part);
        assert_eq!(add(&mut blobs, Place::At(6, 8), b"gh", 3), Step::Part);
        assert_eq!(add(&mut blobs, Place::At(4, 8), b"ef", 4), Step::Part);
        assert_eq!(add(&mut blobs, Place::At(2, 8), b"cd", 5), Step::Completes);
        assert_eq!(blobs.blobs[0].bytes(), b"abcdefgh");
    }

    #[test]
    fn a_blob_may_change_its_connection() {
        let mut blobs = Blobs::default();
        let at = |offset| Place::At(offset, 6);
        assert_eq!(blobs.add(flow(1), NAME, at(0), b"abc", 1).0, Step::Part);
        assert_eq!(blobs.add(flow(2), NAME, at(5), b"f", 2).0, Step::Orphan);
        assert_eq!(blobs.add(flow(2), NAME, at(3), b"de", 3).0, Step::Part);
        assert_eq!(blobs.add(flow(2), NAME, at(5), b"f", 4).0, Step::Completes);
    }

    #[test]
    fn two_legs_of_the_same_transfer_are_two_blobs() {
        let mut blobs = Blobs::default();
        for (offset, data) in [(0, b"abc"), (3, b"def")] {
            for leg in [1, 2] {
                let place = Place::At(offset, 6);
                let (step, id) = blobs.add(flow(leg), NAME, place, data, u32::from(leg));
                let whole = if offset == 0 {
                    Step::Part
                } else {
                    Step::Completes
                };
                assert_eq!((step, id), (whole, Some(BlobId(usize::from(leg) - 1))));
            }
        }
    }

    #[test]
    fn sizes_in_headers_take_no_memory() {
        let mut blobs = Blobs::default();
        let place = Place::At(0, MAX_BLOB + 1);
        assert_eq!(add(&mut blobs, place, b"abc", 1), Step::TooLong);
        assert_eq!(
            add(&mut blobs, Place::First(u64::MAX), b"abc", 2),
            Step::TooLong
        );
        assert_eq!(
            add(&mut blobs, Place::At(u64::MAX, 5), b"abc", 3),
            Step::Orphan
        );
        assert_eq!(blobs.kept, 0);
    }
}
