//! Blobs: the units that clients send, reassembled from packets.
//!
//! Only received bytes take memory; sizes in headers only determine when a blob is
//! complete. Source: docs/protocol/msnp.md §5.7 (offset and total), §5.8 (package number
//! and remaining bytes).

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use crate::msn::state::flow::Flow;
use crate::pieces::Pieces;

/// Maximum size of a reassembled blob, in bytes.
pub const MAX_BLOB: u64 = 64 << 20;
/// Maximum bytes of all blobs kept per capture.
const MAX_KEPT: u64 = 1 << 30;

/// Identification of a blob in the headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BlobName {
    /// The session id.
    pub session: u32,
    /// Identifier of version 1, package number of version 2.
    pub number: u32,
    /// Whether it is of version 2.
    pub v2: bool,
}

/// The position of a chunk in its blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChunkPosition {
    /// Offset, and size of the whole blob.
    At(u64, u64),
    /// The first chunk, with the number of bytes after it.
    First(u64),
    /// A later chunk, with the number of bytes after it.
    Before(u64),
}

/// Id of a blob in [`Blobs`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlobId(pub usize);

/// The result of adding a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChunkOutcome {
    /// The whole blob.
    Alone,
    /// A part of the blob.
    Part,
    /// The part that completes the blob.
    Completes,
    /// Duplicate bytes.
    Repeated,
    /// A part of a blob whose beginning is not in the capture.
    Orphan,
    /// A part of a blob that exceeds the reassembly limits.
    TooLong,
}

/// One blob.
#[derive(Debug)]
pub struct Blob {
    /// Frame of the first chunk.
    pub first: u32,
    /// Frame of the last chunk so far.
    pub last: u32,
    /// Number of chunks so far.
    pub packets: u32,
    /// Total size in bytes.
    pub total: u64,
    /// All bytes are received.
    pub complete: bool,
    too_long: bool,
    pieces: Pieces,
}

impl Blob {
    /// The bytes received, from the beginning to the first gap.
    pub fn bytes(&self) -> &Arc<Vec<u8>> {
        self.pieces.bytes()
    }

    fn have(&self) -> u64 {
        self.pieces.received()
    }
}

/// All blobs of a capture.
#[derive(Debug, Default)]
pub struct Blobs {
    blobs: Vec<Blob>,
    /// The latest blob of a name in a flow.
    by_flow: HashMap<(Flow, BlobName), BlobId>,
    /// The latest blob of a name in any flow: a transfer may move to another connection.
    by_name: HashMap<BlobName, BlobId>,
    kept: u64,
}

impl Blobs {
    /// The blob with this id.
    pub fn get(&self, id: BlobId) -> Option<&Blob> {
        self.blobs.get(id.0)
    }

    /// Adds a chunk of frame `frame`. To be called in order, in the first pass only.
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
            if let Some(step) = self.extend(id, offset, data, frame) {
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
        let step = self
            .extend(id, 0, data, frame)
            .unwrap_or(ChunkOutcome::Part);
        (step, Some(id))
    }

    /// The incomplete blob that began on another connection and continues with exactly
    /// this chunk.
    fn moved(&self, name: BlobName, place: ChunkPosition, len: u64) -> Option<BlobId> {
        let id = *self.by_name.get(&name)?;
        let blob = self.get(id).filter(|blob| !blob.complete)?;
        let continues = match place {
            ChunkPosition::At(offset, total) => {
                total == blob.total && offset == blob.have() && offset > 0
            }
            ChunkPosition::First(_) => false,
            ChunkPosition::Before(remaining) => {
                blob.have().checked_add(len)?.checked_add(remaining)? == blob.total
            }
        };
        continues.then_some(id)
    }

    fn begin(&mut self, total: u64, frame: u32) -> BlobId {
        self.blobs.push(Blob {
            first: frame,
            last: frame,
            packets: 0,
            total,
            complete: false,
            too_long: total > MAX_BLOB,
            pieces: Pieces::default(),
        });
        BlobId(self.blobs.len() - 1)
    }

    /// Adds a chunk to a blob, or returns `None` if it is of another blob of this name.
    fn extend(&mut self, id: BlobId, offset: u64, data: &[u8], frame: u32) -> Option<ChunkOutcome> {
        let blob = self.blobs.get_mut(id.0)?;
        let len = data.len() as u64;
        let end = offset.checked_add(len).filter(|end| *end <= blob.total)?;
        if blob.pieces.has(offset, data) && (blob.complete || len > 0) {
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
            // Different bytes at the same offset: the sender has restarted.
            return None;
        }
        blob.last = frame;
        blob.packets = blob.packets.saturating_add(1);
        self.kept = self.kept.saturating_add(blob.pieces.add(offset, data));
        blob.complete = blob.have() >= blob.total;
        Some(if blob.complete {
            ChunkOutcome::Completes
        } else {
            ChunkOutcome::Part
        })
    }
}
