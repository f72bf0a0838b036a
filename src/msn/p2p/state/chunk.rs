//! The data of a packet, which are a part of a blob.
//!
//! Source: docs/protocol/msnp.md §5.7 (offset and total), §5.8 (package number and
//! remaining bytes).

use crate::msn::p2p::state::route::Route;
use crate::msn::p2p::state::session_numbers::P2pSessionId;
use crate::msn::p2p::wire::packet::{P2pHeader, P2pPacket};

/// Identification of a blob in the headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BlobName {
    /// The session id.
    pub session: u32,
    /// Identifier of version 1, package number of version 2.
    pub number: u32,
    /// Whether it is of version 2.
    pub v2: bool,
    /// The size in bytes, which all packets of version 1 have.
    pub size: Option<u64>,
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

/// The data of a packet.
#[derive(Debug, Clone, Copy)]
pub struct Chunk<'a> {
    /// The way of the packet.
    pub route: &'a Route,
    /// Its session, if the invitation is known.
    pub session: Option<P2pSessionId>,
    /// The blob, by the packet's headers.
    pub name: BlobName,
    /// The position in the blob.
    pub place: ChunkPosition,
    /// The data.
    pub data: &'a [u8],
    /// The frame.
    pub frame: u32,
}

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
    /// A part of a blob whose beginning has not come yet.
    Orphan,
    /// A part of a blob that exceeds the reassembly limits.
    TooLong,
}

impl Chunk<'_> {
    /// Whether it is a whole blob.
    pub(crate) fn is_alone(&self) -> bool {
        match self.place {
            ChunkPosition::At(offset, total) => offset == 0 && self.data.len() as u64 >= total,
            ChunkPosition::First(remaining) => remaining == 0,
            ChunkPosition::Before(_) => false,
        }
    }

    /// Whether it does not exceed its blob.
    pub(crate) fn fits(&self) -> bool {
        let len = self.data.len() as u64;
        match self.place {
            ChunkPosition::At(offset, total) => {
                self.is_alone() || offset.checked_add(len).is_some_and(|end| end <= total)
            }
            ChunkPosition::First(remaining) | ChunkPosition::Before(remaining) => {
                len.checked_add(remaining).is_some()
            }
        }
    }

    /// The size of its blob, if it tells.
    pub(crate) fn total(&self) -> Option<u64> {
        let len = self.data.len() as u64;
        match self.place {
            ChunkPosition::At(_, total) => Some(total.max(if self.is_alone() { len } else { 0 })),
            ChunkPosition::First(remaining) => len.checked_add(remaining),
            ChunkPosition::Before(_) => None,
        }
    }

    /// Its offset in a blob of `total` bytes.
    pub(crate) fn offset(&self, total: u64) -> Option<u64> {
        let len = self.data.len() as u64;
        match self.place {
            ChunkPosition::At(offset, _) => Some(offset),
            ChunkPosition::First(_) => Some(0),
            ChunkPosition::Before(remaining) => total.checked_sub(remaining)?.checked_sub(len),
        }
    }
}

/// The blob and position of a packet's data. Returns `None` if there are no data, or if
/// some are missing.
pub(crate) fn position(p2p: &P2pPacket) -> Option<(BlobName, ChunkPosition)> {
    if p2p.data.len == 0 || p2p.missing > 0 {
        return None;
    }
    match &p2p.header {
        P2pHeader::V1(header) => {
            let name = BlobName {
                session: header.session.value,
                number: header.identifier.value,
                v2: false,
                size: Some(header.total.value),
            };
            Some((
                name,
                ChunkPosition::At(header.offset.value, header.total.value),
            ))
        }
        P2pHeader::V2(header) => {
            let data = header.data.as_ref()?;
            let name = BlobName {
                session: data.session.value,
                number: u32::from(data.package.value),
                v2: true,
                size: None,
            };
            let place = if data.is_first() {
                ChunkPosition::First(data.remaining())
            } else {
                ChunkPosition::Before(data.remaining())
            };
            Some((name, place))
        }
    }
}
