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
    /// It is not the continuation of a packet that began in an earlier segment.
    pub begins: bool,
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
    position_of_header(&p2p.header)
}

/// The blob of a packet, and the position of all its data.
fn position_of_header(header: &P2pHeader) -> Option<(BlobName, ChunkPosition)> {
    match header {
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

/// The data of a packet that comes in several segments.
#[derive(Debug, Clone, Copy)]
pub struct OpenChunk {
    /// The blob.
    pub(crate) name: BlobName,
    /// Its session, if the invitation is known.
    pub(crate) session: Option<P2pSessionId>,
    /// Where the next part belongs; what is after it includes the part.
    next: ChunkPosition,
    has_begun: bool,
}

impl OpenChunk {
    /// All data of a packet, of which there are the first bytes.
    pub(crate) fn of(p2p: &P2pPacket, session: Option<P2pSessionId>) -> Option<Self> {
        let (name, place) = position_of_header(&p2p.header)?;
        let len = p2p.missing.checked_add(p2p.data.len as u64)?;
        let next = match place {
            ChunkPosition::At(..) => place,
            ChunkPosition::First(after) => ChunkPosition::First(after.checked_add(len)?),
            ChunkPosition::Before(after) => ChunkPosition::Before(after.checked_add(len)?),
        };
        Some(Self {
            name,
            session,
            next,
            has_begun: false,
        })
    }

    /// The next part. Returns `None` if it is empty.
    pub(crate) fn part<'a>(
        &mut self,
        route: &'a Route,
        data: &'a [u8],
        frame: u32,
    ) -> Option<Chunk<'a>> {
        let len = data.len() as u64;
        if len == 0 {
            return None;
        }
        let (place, next) = match self.next {
            ChunkPosition::At(offset, total) => {
                let end = offset.saturating_add(len);
                (self.next, ChunkPosition::At(end, total))
            }
            ChunkPosition::First(rest) => {
                let after = rest.saturating_sub(len);
                (ChunkPosition::First(after), ChunkPosition::Before(after))
            }
            ChunkPosition::Before(rest) => {
                let after = rest.saturating_sub(len);
                (ChunkPosition::Before(after), ChunkPosition::Before(after))
            }
        };
        self.next = next;
        let begins = !core::mem::replace(&mut self.has_begun, true);
        Some(Chunk {
            route,
            session: self.session,
            name: self.name,
            place,
            data,
            frame,
            begins,
        })
    }
}
