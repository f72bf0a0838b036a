//! The latest entries of a map: what waits for a later packet, within a bound.

use crate::hash_map::HashMap;
use std::borrow::Borrow;
use std::hash::Hash;

/// At least the latest `N` entries, and at most twice as many.
#[derive(Debug)]
pub(crate) struct Recent<K, V, const N: usize> {
    latest: HashMap<K, V>,
    older: HashMap<K, V>,
    has_dropped: bool,
}

impl<K, V, const N: usize> Default for Recent<K, V, N> {
    fn default() -> Self {
        Self {
            latest: HashMap::default(),
            older: HashMap::default(),
            has_dropped: false,
        }
    }
}

impl<K: Eq + Hash, V, const N: usize> Recent<K, V, N> {
    /// The value of `key`, unless it is dropped.
    pub(crate) fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.latest.get(key).or_else(|| self.older.get(key))
    }

    /// Removes the value of `key`.
    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        let older = self.older.remove(key);
        self.latest.remove(key).or(older)
    }

    /// Sets the value of `key`. Returns the one before.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        if self.latest.len() >= N {
            self.has_dropped |= !self.older.is_empty();
            self.older.clear();
            core::mem::swap(&mut self.latest, &mut self.older);
        }
        let older = self.older.remove(&key);
        self.latest.insert(key, value).or(older)
    }

    /// Whether entries were dropped.
    pub(crate) fn has_dropped(&self) -> bool {
        self.has_dropped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_entries_are_kept() {
        let mut recent = Recent::<u32, u32, 10>::default();
        for key in 0..1000 {
            assert_eq!(recent.insert(key, key), None);
            assert_eq!(recent.has_dropped(), key > 19);
            for known in key.saturating_sub(9)..=key {
                assert_eq!(recent.get(&known), Some(&known));
            }
            assert!(recent.latest.len() + recent.older.len() <= 20);
        }
        assert_eq!(recent.get(&0), None);
        assert_eq!(recent.insert(999, 1), Some(999));
        assert_eq!(recent.get(&999), Some(&1));
    }

    #[test]
    fn an_entry_that_is_set_again_has_one_value() {
        let mut recent = Recent::<u32, u32, 2>::default();
        for key in [1, 2, 3] {
            recent.insert(key, 0);
        }
        assert_eq!(recent.insert(1, 7), Some(0));
        assert_eq!(recent.latest.len() + recent.older.len(), 3);
        assert_eq!(recent.get(&1), Some(&7));
        assert_eq!(recent.remove(&1), Some(7));
        assert_eq!(recent.remove(&1), None);
    }
}
