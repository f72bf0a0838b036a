//! Blobs: what a client sends in one piece and packets carry in many.
//!
//! Only bytes that have arrived take memory; sizes in headers decide nothing but when a
//! blob is whole. Source: docs/protocol/msnp.md §5.7 (offset and total), §5.8 (package
//! number and remaining bytes).

#[cfg(test)]
mod tests;

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
pub struct BlobName {
    /// The session.
    pub session: u32,
    /// Identifier of version 1, package number of version 2.
    pub number: u32,
    /// Version 2.
    pub v2: bool,
}

/// Where a chunk belongs in its blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChunkPosition {
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
pub enum ChunkOutcome {
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
    by_flow: HashMap<(Flow, BlobName), BlobId>,
    /// The last blob of a name anywhere: a transfer may change to another connection.
    by_name: HashMap<BlobName, BlobId>,
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
        name: BlobName,
        place: ChunkPosition,
        data: &[u8],
        frame: u32,
    ) -> (ChunkOutcome, Option<BlobId>) {
        let len = data.len() as u64;
        let known = self.by_flow.get(&(flow, name)).copied();
        let known = known.or_else(|| self.moved(name, place, len));
        let total_of = |id: BlobId| self.get(id).map(|blob| blob.total);
        let (offset, total) = match place {
            ChunkPosition::At(offset, total) => (Some(offset), total),
            ChunkPosition::First(remaining) => (Some(0), len.saturating_add(remaining)),
            ChunkPosition::Before(remaining) => {
                let total = known.and_then(total_of).unwrap_or_default();
                let offset = total
                    .checked_sub(remaining)
                    .and_then(|at| at.checked_sub(len));
                (offset, total)
            }
        };
        let Some(offset) = offset else {
            return (ChunkOutcome::Orphan, None);
        };
        let known = known.filter(|id| total_of(*id) == Some(total));
        if let Some(id) = known {
            if let Some(step) = self.go_on(id, offset, data, frame) {
                self.by_flow.insert((flow, name), id);
                return (step, Some(id));
            }
        }
        if offset > 0 {
            return (ChunkOutcome::Orphan, None);
        }
        if len >= total {
            return (ChunkOutcome::Alone, None);
        }
        let id = self.begin(total, frame);
        self.by_flow.insert((flow, name), id);
        self.by_name.insert(name, id);
        let step = self.go_on(id, 0, data, frame).unwrap_or(ChunkOutcome::Part);
        (step, Some(id))
    }

    /// A blob that began on another connection and goes on with exactly this chunk.
    fn moved(&self, name: BlobName, place: ChunkPosition, len: u64) -> Option<BlobId> {
        let id = *self.by_name.get(&name)?;
        let blob = self.get(id).filter(|blob| !blob.complete)?;
        let goes_on = match place {
            ChunkPosition::At(offset, total) => {
                total == blob.total && offset == blob.have() && offset > 0
            }
            ChunkPosition::First(_) => false,
            ChunkPosition::Before(remaining) => {
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
    fn go_on(&mut self, id: BlobId, offset: u64, data: &[u8], frame: u32) -> Option<ChunkOutcome> {
        let blob = self.blobs.get_mut(id.0)?;
        let len = data.len() as u64;
        let end = offset.checked_add(len).filter(|end| *end <= blob.total)?;
        if blob.repeats(offset, data) && (blob.complete || len > 0) {
            return Some(ChunkOutcome::Repeated);
        }
        if blob.complete {
            return None;
        }
        if blob.too_long || self.kept.saturating_add(len) > MAX_KEPT {
            blob.too_long = true;
            blob.last = frame;
            blob.packets = blob.packets.saturating_add(1);
            return Some(ChunkOutcome::TooLong);
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
            return Some(ChunkOutcome::Part);
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
            ChunkOutcome::Completes
        } else {
            ChunkOutcome::Part
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
