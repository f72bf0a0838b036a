//! One blob: its size, as far as it is known, and its bytes.

use std::sync::Arc;

use crate::msn::p2p::state::chunk::{Chunk, ChunkOutcome, ChunkPosition};
use crate::msn::p2p::state::route::Route;
use crate::pieces::{Budget, Completeness, Pieces};

/// One blob.
#[derive(Debug)]
pub struct Blob {
    /// Frame of the first chunk.
    pub first: u32,
    /// Frame of the last chunk so far.
    pub last: u32,
    /// Number of packets so far.
    pub packets: u32,
    /// Total size in bytes; `None` if only the first chunk tells, and has not come yet.
    pub total: Option<u64>,
    /// All bytes are received.
    pub complete: bool,
    /// The way of its last chunk.
    pub(crate) route: Route,
    pieces: Pieces,
}

impl Blob {
    /// An empty blob, of which this is a chunk.
    pub(crate) fn new(chunk: &Chunk<'_>) -> Self {
        Self {
            first: chunk.frame,
            last: chunk.frame,
            packets: 0,
            total: chunk.total(),
            complete: false,
            route: *chunk.route,
            pieces: Pieces::default(),
        }
    }

    /// The bytes received, from the beginning to the first gap.
    pub fn bytes(&self) -> &Arc<Vec<u8>> {
        self.pieces.bytes()
    }

    /// How much of it is received.
    pub fn state(&self) -> Completeness {
        self.pieces.completeness(self.total)
    }

    /// Whether a chunk with its name is a part of it, not of another blob.
    pub(crate) fn continues_with(&self, chunk: &Chunk<'_>) -> bool {
        let Some(total) = self.total else {
            return true;
        };
        let Some(offset) = chunk.offset(total) else {
            return false;
        };
        let is_same_size = chunk.total().is_none_or(|other| other == total);
        let is_known = self.pieces.has(offset, chunk.data);
        // Clients send a message anew; data that differ are a contradiction.
        let may_differ = chunk.name.session != 0 || offset >= self.pieces.received();
        is_same_size && (is_known || (!self.complete && may_differ))
    }

    /// Whether a chunk begins where the received bytes end.
    pub(crate) fn is_next(&self, chunk: &Chunk<'_>) -> bool {
        let received = self.pieces.received();
        let offset = self.total.and_then(|total| chunk.offset(total));
        received > 0 && offset == Some(received)
    }

    /// Adds a chunk.
    pub(crate) fn add(&mut self, chunk: &Chunk<'_>, budget: &Budget) -> ChunkOutcome {
        if let (None, ChunkPosition::First(_)) = (self.total, chunk.place) {
            self.total = chunk.total();
            self.pieces.set_size(self.total.unwrap_or_default(), budget);
        }
        let offset = self.total.and_then(|total| chunk.offset(total));
        if offset.is_some_and(|offset| self.pieces.has(offset, chunk.data)) {
            return ChunkOutcome::Repeated;
        }
        self.last = chunk.frame;
        self.packets = self.packets.saturating_add(u32::from(chunk.begins));
        self.route = *chunk.route;
        match (offset, chunk.place) {
            (Some(offset), _) => self.pieces.add(offset, chunk.data, budget),
            (None, ChunkPosition::Before(remaining)) => {
                self.pieces.add_from_end(remaining, chunk.data, budget);
            }
            (None, _) => {}
        }
        self.complete = self.state().is_whole();
        let is_too_long = self.state() == Completeness::OverLimit;
        match self.complete {
            true if chunk.is_alone() => ChunkOutcome::Alone,
            true => ChunkOutcome::Completes,
            false if is_too_long => ChunkOutcome::TooLong,
            false if self.pieces.received() == 0 => ChunkOutcome::Orphan,
            false => ChunkOutcome::Part,
        }
    }
}
