//! A list as long as the capture.
//!
//! A `Vec` has room for up to twice its entries, and each time it grows it leaves a hole in the
//! heap. Here a long list is allocated in chunks, which are never moved, and has room for one
//! chunk more than its entries at most.

use core::ops::{Index, IndexMut};

/// Number of entries allocated at once in a long list.
const CHUNK: usize = 64;

/// A list to which entries are added at the end.
#[derive(Debug)]
pub(crate) struct LongList<T> {
    /// The newest, up to [`CHUNK`].
    newest: Vec<T>,
    /// The entries before them: [`CHUNK`] in each.
    #[expect(clippy::box_collection, reason = "most lists are short and have none")]
    chunks: Option<Box<Vec<Box<[T]>>>>,
}

impl<T> Default for LongList<T> {
    fn default() -> Self {
        Self {
            newest: Vec::new(),
            chunks: None,
        }
    }
}

impl<T> LongList<T> {
    /// Number of entries.
    pub(crate) fn len(&self) -> usize {
        self.full() + self.newest.len()
    }

    /// Number of entries before the newest.
    fn full(&self) -> usize {
        self.chunks
            .as_ref()
            .map_or(0, |chunks| chunks.len() * CHUNK)
    }

    /// Adds an entry at the end, and returns it.
    pub(crate) fn push(&mut self, entry: T) -> &mut T {
        if self.newest.len() == CHUNK {
            let chunk = core::mem::replace(&mut self.newest, Vec::with_capacity(CHUNK));
            let chunks = self.chunks.get_or_insert_default();
            chunks.push(chunk.into_boxed_slice());
        }
        if self.newest.len() == self.newest.capacity() {
            // Most lists are short: what is reserved counts as much as what is kept.
            self.newest.reserve_exact(self.newest.len().max(2));
        }
        let place = self.newest.len();
        self.newest.push(entry);
        &mut self.newest[place]
    }

    /// The last entry.
    pub(crate) fn last(&self) -> Option<&T> {
        self.newest.last()
    }

    /// The entry at this index.
    pub(crate) fn get(&self, index: usize) -> Option<&T> {
        let full = self.full();
        match &self.chunks {
            Some(chunks) if index < full => chunks.get(index / CHUNK)?.get(index % CHUNK),
            _ => self.newest.get(index - full),
        }
    }

    /// As [`Self::get`], to be changed.
    pub(crate) fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        let full = self.full();
        match &mut self.chunks {
            Some(chunks) if index < full => chunks.get_mut(index / CHUNK)?.get_mut(index % CHUNK),
            _ => self.newest.get_mut(index - full),
        }
    }

    /// The entries, oldest first, to be changed.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        let chunks = self.chunks.iter_mut().flat_map(|chunks| chunks.iter_mut());
        let chunks = chunks.flat_map(|chunk| chunk.iter_mut());
        chunks.chain(&mut self.newest)
    }

    /// The index of the entry with this key, of entries in the order of their keys.
    pub(crate) fn index_of<K: Ord>(&self, key: &K, key_of: impl Fn(&T) -> K) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match key_of(self.get(middle)?) < *key {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        (key_of(self.get(low)?) == *key).then_some(low)
    }
}

impl<T> Index<usize> for LongList<T> {
    type Output = T;

    fn index(&self, index: usize) -> &T {
        self.get(index).expect("an index of the list")
    }
}

impl<T> IndexMut<usize> for LongList<T> {
    fn index_mut(&mut self, index: usize) -> &mut T {
        self.get_mut(index).expect("an index of the list")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_found_in_short_and_in_long_lists() {
        let mut list = LongList::default();
        for number in 0..1_000 {
            assert_eq!(list.len(), number);
            assert_eq!(list.get(number), None);
            assert_eq!(list.last().copied(), number.checked_sub(1).map(|n| 2 * n));
            list.push(2 * number);
            for index in [0, number / 2, number] {
                assert_eq!(list.get(index), Some(&(2 * index)));
                assert_eq!(list.get_mut(index), Some(&mut (2 * index)));
                assert_eq!(list.index_of(&(2 * index), |entry| *entry), Some(index));
                assert_eq!(list.index_of(&(2 * index + 1), |entry| *entry), None);
            }
        }
        let all = (0..1_000).map(|number| 2 * number);
        assert!(list.iter_mut().map(|entry| *entry).eq(all));
    }

    #[test]
    fn a_list_reserves_little() {
        let mut list = LongList::<u64>::default();
        for _ in 0..3 {
            list.push(0);
        }
        assert_eq!(list.newest.capacity(), 4);
        for _ in 3..CHUNK + 1 {
            list.push(0);
        }
        assert_eq!(list.newest.capacity(), CHUNK);
        assert_eq!(size_of::<LongList<u64>>(), 32);
    }
}
