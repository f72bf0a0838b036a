//! Index of the keys learnt from packets, by what they can decrypt.

use std::collections::HashMap;

use crate::oicq::crypto::key_role::KeyRole;
use crate::oicq::keystore::store::candidate::Candidate;
use crate::packet::PduKey;

/// Maximum keys of one scope tried for a packet: this many learnt before it, and this
/// many after it.
const NEAREST: usize = 8;

/// Scope of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum KeyScope {
    /// A conversation, by role.
    Conversation(u32, KeyRole),
    /// A QQ number, by role.
    Account(u32, KeyRole),
    /// Replies, by conversation, command and sequence.
    Replies(u32, u16, u16),
}

/// A key in the index.
#[derive(Debug, Clone, Copy)]
struct IndexedKey {
    since: PduKey,
    /// Number of keys added before it, in all scopes.
    number: usize,
    candidate: Candidate,
}

/// Learnt keys by scope.
#[derive(Debug, Default)]
pub(crate) struct KeyIndex {
    scopes: HashMap<KeyScope, Vec<IndexedKey>>,
    /// Roles of the keys, each once: most captures have few.
    roles: Vec<KeyRole>,
    /// Number of keys in all scopes.
    count: usize,
    /// Keys added since the last [`KeyIndex::take_fresh`].
    fresh: Vec<(KeyScope, Candidate)>,
}

impl KeyIndex {
    /// Number of keys in all scopes: grows with each key added.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Whether a key of this role was learnt.
    pub(crate) fn has(&self, role: KeyRole) -> bool {
        self.roles.contains(&role)
    }

    /// Adds a key to a scope, unless it is among the last [`NEAREST`] of the scope.
    pub(crate) fn insert(&mut self, scope: KeyScope, since: PduKey, candidate: Candidate) {
        let keys = self.scopes.entry(scope).or_default();
        let mut last = keys.iter().rev().take(NEAREST);
        if last.any(|known| known.candidate == candidate) {
            return;
        }
        let at = keys.partition_point(|known| known.since <= since);
        let number = self.count;
        keys.insert(
            at,
            IndexedKey {
                since,
                number,
                candidate,
            },
        );
        self.count += 1;
        if !self.has(candidate.role) {
            self.roles.push(candidate.role);
        }
        self.fresh.push((scope, candidate));
    }

    /// Takes the keys added since the last call.
    pub(crate) fn take_fresh(&mut self) -> Vec<(KeyScope, Candidate)> {
        core::mem::take(&mut self.fresh)
    }

    /// The keys of a scope nearest to `pdu`: those from before it, the last of them
    /// first, then those from after it. Without the first `known` keys added to the
    /// index.
    pub(crate) fn nearest(
        &self,
        scope: KeyScope,
        pdu: PduKey,
        known: usize,
    ) -> impl Iterator<Item = Candidate> + '_ {
        let keys = self.scopes.get(&scope).map_or(&[][..], Vec::as_slice);
        let (before, after) = keys.split_at(keys.partition_point(|key| key.since <= pdu));
        let before = before.iter().rev().take(NEAREST);
        let nearest = before.chain(after.iter().take(NEAREST));
        let fresh = nearest.filter(move |key| key.number >= known);
        fresh.map(|key| key.candidate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::crypto::keys::Key;
    use crate::oicq::keystore::store::candidate::Origin;

    fn pdu(frame: u32) -> PduKey {
        PduKey { frame, index: 0 }
    }

    fn candidate(number: u8) -> Candidate {
        Candidate::new(Key::new([number; 16]), KeyRole::Session, Origin::Login)
    }

    #[test]
    fn the_nearest_come_first() {
        let mut index = KeyIndex::default();
        let scope = KeyScope::Account(12_345_678, KeyRole::Session);
        for frame in [10, 20, 40, 30, 30] {
            index.insert(scope, pdu(frame), candidate(frame as u8));
        }
        assert_eq!(index.count(), 4);
        let order = |frame| -> Vec<u8> {
            let nearest = index.nearest(scope, pdu(frame), 0);
            nearest.map(|candidate| candidate.key.bytes()[0]).collect()
        };
        assert_eq!(order(25), [20, 10, 30, 40]);
        assert_eq!(order(30), [30, 20, 10, 40]);
        assert_eq!(order(1), [10, 20, 30, 40]);
        let fresh: Vec<Candidate> = index.nearest(scope, pdu(25), 2).collect();
        assert_eq!(fresh, [candidate(30), candidate(40)]);
        assert_eq!(index.take_fresh().len(), 4);
        assert_eq!(index.take_fresh().len(), 0);
        let other = KeyScope::Conversation(1, KeyRole::Session);
        assert_eq!(index.nearest(other, pdu(1), 0).count(), 0);
    }

    #[test]
    fn a_role_has_a_key_once_one_was_learnt() {
        let mut index = KeyIndex::default();
        let scope = KeyScope::Account(12_345_678, KeyRole::Session);
        assert!(!index.has(KeyRole::Session));
        index.insert(scope, pdu(1), candidate(1));
        assert!(index.has(KeyRole::Session));
        assert!(!index.has(KeyRole::Share));
    }

    #[test]
    fn the_number_of_keys_tried_is_limited() {
        let mut index = KeyIndex::default();
        let scope = KeyScope::Conversation(1, KeyRole::Session);
        for frame in 0..100 {
            index.insert(scope, pdu(frame), candidate(frame as u8));
        }
        assert_eq!(index.nearest(scope, pdu(50), 0).count(), 2 * NEAREST);
    }
}
