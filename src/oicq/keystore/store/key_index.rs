//! The keys that packets gave away, by what they can open.

use std::collections::HashMap;

use crate::oicq::crypto::key_role::KeyRole;
use crate::oicq::keystore::store::candidate::Candidate;
use crate::packet::PduKey;

/// Keys of one shelf that are tried for a packet: so many from before it, and as many from
/// behind it.
const NEAREST: usize = 8;

/// What the keys of a shelf are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum KeyScope {
    /// A conversation, by role.
    Conversation(u32, KeyRole),
    /// A QQ number, by role.
    Account(u32, KeyRole),
    /// Replies, by conversation, command and sequence.
    Replies(u32, u16, u16),
}

/// A key on a shelf.
#[derive(Debug, Clone, Copy)]
struct IndexedKey {
    since: PduKey,
    /// How many keys there were before it, on all shelves.
    number: usize,
    candidate: Candidate,
}

/// All shelves.
#[derive(Debug, Default)]
pub(crate) struct KeyIndex {
    scopes: HashMap<KeyScope, Vec<IndexedKey>>,
    /// Keys on all of them.
    count: usize,
    /// Those that nobody has taken note of.
    fresh: Vec<(KeyScope, Candidate)>,
}

impl KeyIndex {
    /// How many keys there are: it grows with each.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Puts a key on a shelf, unless it is there.
    pub(crate) fn put(&mut self, scope: KeyScope, since: PduKey, candidate: Candidate) {
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
        self.fresh.push((scope, candidate));
    }

    /// The keys that were put there since this was asked last.
    pub(crate) fn take_fresh(&mut self) -> Vec<(KeyScope, Candidate)> {
        core::mem::take(&mut self.fresh)
    }

    /// The keys of a shelf that stood nearest to `pdu`: those from before it, the last of
    /// them first, then those from behind it. Without those that were there when there were
    /// `known` keys in all.
    pub(crate) fn nearest(
        &self,
        scope: KeyScope,
        pdu: PduKey,
        known: usize,
    ) -> impl Iterator<Item = Candidate> + '_ {
        let keys = self.scopes.get(&scope).map_or(&[][..], Vec::as_slice);
        let (before, behind) = keys.split_at(keys.partition_point(|key| key.since <= pdu));
        let before = before.iter().rev().take(NEAREST);
        let nearest = before.chain(behind.iter().take(NEAREST));
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
        let mut scopes = KeyIndex::default();
        let scope = KeyScope::Account(12_345_678, KeyRole::Session);
        for frame in [10, 20, 40, 30, 30] {
            scopes.put(scope, pdu(frame), candidate(frame as u8));
        }
        assert_eq!(scopes.count(), 4);
        let order = |frame| -> Vec<u8> {
            let nearest = scopes.nearest(scope, pdu(frame), 0);
            nearest.map(|candidate| candidate.key.bytes()[0]).collect()
        };
        assert_eq!(order(25), [20, 10, 30, 40]);
        assert_eq!(order(30), [30, 20, 10, 40]);
        assert_eq!(order(1), [10, 20, 30, 40]);
        let fresh: Vec<Candidate> = scopes.nearest(scope, pdu(25), 2).collect();
        assert_eq!(fresh, [candidate(30), candidate(40)]);
        assert_eq!(scopes.take_fresh().len(), 4);
        assert_eq!(scopes.take_fresh().len(), 0);
        let other = KeyScope::Conversation(1, KeyRole::Session);
        assert_eq!(scopes.nearest(other, pdu(1), 0).count(), 0);
    }

    #[test]
    fn few_of_many_are_tried() {
        let mut scopes = KeyIndex::default();
        let scope = KeyScope::Conversation(1, KeyRole::Session);
        for frame in 0..100 {
            scopes.put(scope, pdu(frame), candidate(frame as u8));
        }
        assert_eq!(scopes.nearest(scope, pdu(50), 0).count(), 2 * NEAREST);
    }
}
