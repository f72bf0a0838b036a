//! The keys that packets gave away, by what they can open.

use std::collections::HashMap;

use super::candidate::Candidate;
use crate::context::PduKey;
use crate::oicq::key_role::Role;

/// Keys of one shelf that are tried for a packet: so many from before it, and as many from
/// behind it.
const NEAREST: usize = 8;

/// What the keys of a shelf are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Shelf {
    /// A conversation, by role.
    Conversation(u32, Role),
    /// A QQ number, by role.
    Account(u32, Role),
    /// Replies, by conversation, command and sequence.
    Replies(u32, u16, u16),
}

/// All shelves.
#[derive(Debug, Default)]
pub(super) struct Shelves {
    shelves: HashMap<Shelf, Vec<(PduKey, Candidate)>>,
    /// Keys on all of them.
    count: usize,
}

impl Shelves {
    /// How many keys there are: it grows with each.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Puts a key on a shelf, unless it is there.
    pub(super) fn put(&mut self, shelf: Shelf, since: PduKey, candidate: Candidate) {
        let keys = self.shelves.entry(shelf).or_default();
        let mut last = keys.iter().rev().take(NEAREST);
        if last.any(|(_, known)| *known == candidate) {
            return;
        }
        let at = keys.partition_point(|(known, _)| *known <= since);
        keys.insert(at, (since, candidate));
        self.count += 1;
    }

    /// The keys of a shelf that stood nearest to `pdu`: those from before it, the last of
    /// them first, then those from behind it.
    pub(super) fn nearest(
        &self,
        shelf: Shelf,
        pdu: PduKey,
    ) -> impl Iterator<Item = Candidate> + '_ {
        let keys = self.shelves.get(&shelf).map_or(&[][..], Vec::as_slice);
        let (before, behind) = keys.split_at(keys.partition_point(|(since, _)| *since <= pdu));
        let before = before.iter().rev().take(NEAREST);
        let nearest = before.chain(behind.iter().take(NEAREST));
        nearest.map(|(_, candidate)| *candidate)
    }
}

#[cfg(test)]
mod tests {
    use super::super::candidate::Origin;
    use super::*;
    use crate::oicq::keys::Key;

    fn pdu(frame: u32) -> PduKey {
        PduKey { frame, index: 0 }
    }

    fn candidate(number: u8) -> Candidate {
        Candidate::new(Key::new([number; 16]), Role::Session, Origin::Login)
    }

    #[test]
    fn the_nearest_come_first() {
        let mut shelves = Shelves::default();
        let shelf = Shelf::Account(12_345_678, Role::Session);
        for frame in [10, 20, 40, 30, 30] {
            shelves.put(shelf, pdu(frame), candidate(frame as u8));
        }
        assert_eq!(shelves.count(), 4);
        let order = |frame| -> Vec<u8> {
            let nearest = shelves.nearest(shelf, pdu(frame));
            nearest.map(|candidate| candidate.key.bytes()[0]).collect()
        };
        assert_eq!(order(25), [20, 10, 30, 40]);
        assert_eq!(order(30), [30, 20, 10, 40]);
        assert_eq!(order(1), [10, 20, 30, 40]);
        let other = Shelf::Conversation(1, Role::Session);
        assert_eq!(shelves.nearest(other, pdu(1)).count(), 0);
    }

    #[test]
    fn few_of_many_are_tried() {
        let mut shelves = Shelves::default();
        let shelf = Shelf::Conversation(1, Role::Session);
        for frame in 0..100 {
            shelves.put(shelf, pdu(frame), candidate(frame as u8));
        }
        assert_eq!(shelves.nearest(shelf, pdu(50)).count(), 2 * NEAREST);
    }
}
