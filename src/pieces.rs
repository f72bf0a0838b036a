//! The bytes of an object that is received in pieces: by their offsets, or by their numbers.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Maximum pieces after a gap kept per object.
const MAX_EARLY: usize = 1024;

/// The pieces of an object so far.
#[derive(Debug, Default)]
pub(crate) struct Pieces {
    /// The bytes from the beginning to the first gap.
    bytes: Arc<Vec<u8>>,
    /// Pieces after a gap, by offset.
    early: BTreeMap<u64, Vec<u8>>,
    /// Ends of the numbered pieces before the first that is missing.
    ends: Vec<usize>,
    /// Numbered pieces after that one.
    numbered: BTreeMap<u64, Vec<u8>>,
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

    /// Whether these bytes at `offset` are among them already.
    pub(crate) fn has(&self, offset: u64, data: &[u8]) -> bool {
        let Ok(start) = usize::try_from(offset) else {
            return false;
        };
        let end = start.saturating_add(data.len());
        self.bytes.get(start..end) == Some(data)
    }

    /// Adds a piece. Bytes at offsets that are received already stay as they are. Returns
    /// the number of bytes that it keeps.
    pub(crate) fn add(&mut self, offset: u64, data: &[u8]) -> u64 {
        if offset > self.received() {
            let is_kept = self.early.len() < MAX_EARLY && !self.early.contains_key(&offset);
            if !is_kept {
                return 0;
            }
            self.early.insert(offset, data.to_vec());
            return data.len() as u64;
        }
        let before = self.received();
        self.append(offset, data);
        let added = self.received() - before;
        while let Some((offset, data)) = self.early.pop_first() {
            if offset > self.received() {
                self.early.insert(offset, data);
                break;
            }
            self.append(offset, &data);
        }
        added
    }

    /// Number of the numbered pieces, from 0, before the first that is missing.
    pub(crate) fn count(&self) -> u64 {
        self.ends.len() as u64
    }

    /// The piece of this number, from 0.
    pub(crate) fn numbered(&self, number: u64) -> Option<&[u8]> {
        let index = usize::try_from(number).ok()?;
        let Some(end) = self.ends.get(index) else {
            return self.numbered.get(&number).map(Vec::as_slice);
        };
        let before = index.checked_sub(1).and_then(|index| self.ends.get(index));
        self.bytes.get(before.copied().unwrap_or_default()..*end)
    }

    /// Adds the piece of this number, from 0, which begins where the one before it ends. A
    /// piece that is received already stays as it is. Returns the number of bytes that it
    /// keeps.
    pub(crate) fn add_numbered(&mut self, number: u64, data: &[u8]) -> u64 {
        if self.numbered(number).is_some() {
            return 0;
        }
        if number > self.count() {
            if self.numbered.len() >= MAX_EARLY {
                return 0;
            }
            self.numbered.insert(number, data.to_vec());
            return data.len() as u64;
        }
        self.append(self.received(), data);
        self.ends.push(self.bytes.len());
        while let Some(data) = self.numbered.remove(&self.count()) {
            self.append(self.received(), &data);
            self.ends.push(self.bytes.len());
        }
        data.len() as u64
    }

    /// Appends the new bytes of a piece that begins within the received bytes or directly
    /// after them.
    fn append(&mut self, offset: u64, data: &[u8]) {
        let old = usize::try_from(self.received().saturating_sub(offset));
        let new = old.ok().and_then(|old| data.get(old..));
        // Listeners keep the bytes no longer than their packet: nothing is copied here.
        Arc::make_mut(&mut self.bytes).extend_from_slice(new.unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_in_any_order_are_put_together() {
        let mut pieces = Pieces::default();
        assert_eq!(pieces.add(4, b"ef"), 2);
        assert_eq!(pieces.add(0, b"ab"), 2);
        assert_eq!(pieces.bytes().as_slice(), b"ab");
        assert_eq!(pieces.add(1, b"Xcd"), 2);
        assert_eq!(pieces.bytes().as_slice(), b"abcdef");
        assert!(pieces.has(2, b"cd") && !pieces.has(2, b"cX") && !pieces.has(5, b"fg"));
        assert_eq!(pieces.add(0, b"abcd"), 0);
        assert_eq!(pieces.received(), 6);
    }

    #[test]
    fn numbered_pieces_in_any_order_are_put_together() {
        let mut pieces = Pieces::default();
        assert_eq!(pieces.add_numbered(2, b"ef"), 2);
        assert_eq!(pieces.add_numbered(2, b"XY"), 0);
        assert_eq!((pieces.count(), pieces.numbered(2)), (0, Some(&b"ef"[..])));
        assert_eq!(pieces.add_numbered(0, b"abc"), 3);
        assert_eq!(pieces.add_numbered(1, b""), 0);
        assert_eq!(pieces.bytes().as_slice(), b"abcef");
        assert_eq!(pieces.count(), 3);
        let found = [0, 1, 2, 3].map(|number| pieces.numbered(number));
        assert_eq!(found, [Some(&b"abc"[..]), Some(b""), Some(b"ef"), None]);
        assert_eq!(pieces.add_numbered(0, b"X"), 0);
        for number in 10..3000 {
            pieces.add_numbered(number, b"x");
        }
        assert_eq!(pieces.numbered.len(), MAX_EARLY);
    }

    #[test]
    fn few_pieces_are_kept_after_a_gap() {
        let mut pieces = Pieces::default();
        for offset in 1..3000 {
            pieces.add(2 * offset, b"x");
        }
        assert_eq!(pieces.early.len(), MAX_EARLY);
        assert_eq!(pieces.add(u64::MAX, b"x"), 0);
        assert_eq!(pieces.received(), 0);
    }
}
