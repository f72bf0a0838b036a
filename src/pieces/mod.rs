//! The bytes of an object that is received in pieces, by the same rules for all protocols.
//!
//! * Pieces come in any order, and more than once.
//! * The bytes that come first for a place stay. If others come, the object is contradictory.
//! * Only received bytes take memory, up to a limit per object and one per capture.

#[cfg(test)]
mod tests;

pub(crate) mod budget;
mod numbered;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::pieces::budget::PIECE_OVERHEAD;

pub use crate::pieces::budget::Budget;

/// Maximum size of an object that is kept as a whole, in bytes.
pub const MAX_OBJECT: u64 = 64 << 20;
/// How much is received of an object.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Completeness {
    /// Bytes are missing.
    #[default]
    Incomplete,
    /// Bytes are missing because they exceed a limit.
    OverLimit,
    /// There are different bytes for the same place.
    Contradictory,
    /// All that its transfer announces.
    Whole,
}

impl Completeness {
    /// Whether all is received, and without contradiction.
    pub fn is_whole(self) -> bool {
        self == Self::Whole
    }

    /// Why it is incomplete, besides missing bytes; `None` if there is no other reason.
    pub(crate) fn reason(self) -> Option<&'static str> {
        match self {
            Self::Incomplete | Self::Whole => None,
            Self::OverLimit => Some("over the limit"),
            Self::Contradictory => Some("contradictory"),
        }
    }
}

/// The pieces of an object so far.
#[derive(Debug, Default)]
pub(crate) struct Pieces {
    /// The bytes from the beginning to the first gap.
    bytes: Arc<Vec<u8>>,
    /// Ranges after a gap, by offset, which do not overlap.
    early: BTreeMap<usize, Vec<u8>>,
    /// While the size is unknown: pieces, with the number of bytes after them.
    from_end: Vec<(u64, Vec<u8>)>,
    /// Ends of the numbered pieces before the first that is missing.
    ends: Vec<usize>,
    /// Numbered pieces after that one.
    numbered: BTreeMap<u64, Vec<u8>>,
    is_contradictory: bool,
    is_over_limit: bool,
}

impl Pieces {
    /// The bytes received, from the beginning to the first gap.
    pub(crate) fn bytes(&self) -> &Arc<Vec<u8>> {
        &self.bytes
    }

    /// Their number.
    pub(crate) fn received(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// The least size of the object.
    pub(crate) fn extent(&self) -> u64 {
        let last = self.early.last_key_value();
        let early = last.map_or(0, |(start, bytes)| start + bytes.len());
        let numbered: usize = self.numbered.values().map(Vec::len).sum();
        (early.max(self.bytes.len()) + numbered) as u64
    }

    /// Whether these bytes at `offset` are received already.
    pub(crate) fn has(&self, offset: u64, mut data: &[u8]) -> bool {
        let Ok(mut at) = usize::try_from(offset) else {
            return false;
        };
        while !data.is_empty() {
            let Some(known) = self.known_at(at) else {
                return false;
            };
            let (both, rest) = data.split_at(known.len().min(data.len()));
            if !known.starts_with(both) {
                return false;
            }
            at += both.len();
            data = rest;
        }
        true
    }

    /// How much is received of an object of `size` bytes, if that is known.
    pub(crate) fn completeness(&self, size: Option<u64>) -> Completeness {
        if self.is_contradictory {
            Completeness::Contradictory
        } else if self.is_over_limit || size.is_some_and(|size| size > MAX_OBJECT) {
            Completeness::OverLimit
        } else if size == Some(self.received()) && self.early.is_empty() {
            Completeness::Whole
        } else {
            Completeness::Incomplete
        }
    }

    /// Adds a piece that has `remaining` bytes after it, while the size is unknown.
    pub(crate) fn add_from_end(&mut self, remaining: u64, data: &[u8], budget: &Budget) {
        if self.reserve(data, budget) {
            self.from_end.push((remaining, data.to_vec()));
        }
    }

    /// Takes memory for a piece whose place is not known yet. Returns `false` if none is left.
    fn reserve(&mut self, data: &[u8], budget: &Budget) -> bool {
        let is_kept = budget.take(data.len() as u64 + PIECE_OVERHEAD);
        self.is_over_limit |= !is_kept;
        is_kept
    }

    /// Adds the pieces that have come before the size was known.
    pub(crate) fn set_size(&mut self, size: u64, budget: &Budget) {
        for (remaining, data) in std::mem::take(&mut self.from_end) {
            let len = data.len() as u64;
            budget.give_back_piece(&data);
            let offset = size.checked_sub(remaining);
            match offset.and_then(|end| end.checked_sub(len)) {
                Some(offset) => self.add(offset, &data, budget),
                None => self.is_contradictory = true,
            }
        }
    }

    /// Adds a piece.
    pub(crate) fn add(&mut self, offset: u64, data: &[u8], budget: &Budget) {
        let room = MAX_OBJECT.saturating_sub(offset);
        let room = usize::try_from(room).unwrap_or(usize::MAX);
        self.is_over_limit |= data.len() > room;
        let data = data.get(..room).unwrap_or(data);
        // Up to the limit, offsets fit into `usize`.
        let Ok(start) = usize::try_from(offset) else {
            return;
        };
        let mut done = 0;
        while done < data.len() {
            let at = start + done;
            let rest = &data[done..];
            done += match self.known_at(at) {
                Some(known) => {
                    let both = known.len().min(rest.len());
                    self.is_contradictory |= known[..both] != rest[..both];
                    both
                }
                None => {
                    let next = self.early.range(at..).next();
                    let gap = next.map_or(rest.len(), |(next, _)| next - at);
                    let new = &rest[..gap.min(rest.len())];
                    self.keep(at, new, budget);
                    new.len()
                }
            };
        }
    }

    /// The bytes known from `at` on, if there are any.
    fn known_at(&self, at: usize) -> Option<&[u8]> {
        let known = match self.bytes.get(at..) {
            // No early range begins where they end: it would belong to them.
            Some(known) => known,
            None => {
                let (start, bytes) = self.early.range(..=at).next_back()?;
                bytes.get(at - start..)?
            }
        };
        Some(known).filter(|known| !known.is_empty())
    }

    /// Keeps bytes for which nothing is known.
    fn keep(&mut self, at: usize, new: &[u8], budget: &Budget) {
        let is_next = at == self.bytes.len();
        let before = self.early.range_mut(..at).next_back();
        let before = before.filter(|(start, bytes)| *start + bytes.len() == at);
        let overhead = match before {
            None if !is_next => PIECE_OVERHEAD,
            _ => 0,
        };
        if !budget.take(new.len() as u64 + overhead) {
            self.is_over_limit = true;
        } else if let Some((_, bytes)) = before {
            bytes.extend_from_slice(new);
        } else if !is_next {
            self.early.insert(at, new.to_vec());
        } else {
            // Listeners keep the bytes no longer than their packet: nothing is copied here.
            let bytes = Arc::make_mut(&mut self.bytes);
            bytes.extend_from_slice(new);
            while let Some(next) = self.early.remove(&bytes.len()) {
                bytes.extend_from_slice(&next);
            }
        }
    }
}
