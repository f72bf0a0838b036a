//! Ciphertexts that wait until more of the user's keys may be tried on them.

use std::collections::BTreeMap;

use crate::oicq::crypto::key_role::CiphertextContext;
use crate::oicq::keystore::store::target::DecryptTarget;

/// Maximum ciphertexts that wait.
const MAX_WAITING: usize = 4096;
/// Maximum length of one, in bytes: more than a packet of UDP has.
const MAX_LENGTH: usize = 1536;

/// A ciphertext that waits.
#[derive(Debug)]
pub(crate) struct WaitingCiphertext {
    pub(crate) target: DecryptTarget,
    /// Its context. `None` if its plaintext contains no keys.
    pub(crate) context: Option<CiphertextContext>,
    pub(crate) ciphertext: Vec<u8>,
    /// The first secret to try, among those of the account.
    pub(crate) next: usize,
}

/// Those that wait.
#[derive(Debug, Default)]
pub(crate) struct Backlog {
    /// By their length, then in order.
    waiting: BTreeMap<(usize, u32), WaitingCiphertext>,
    count: u32,
}

impl Backlog {
    /// Whether a ciphertext of this length can wait.
    pub(crate) fn has_room(&self, length: usize) -> bool {
        self.waiting.len() < MAX_WAITING && length <= MAX_LENGTH
    }

    /// Drops all.
    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
    }

    /// Adds a ciphertext.
    pub(crate) fn push(&mut self, waiting: WaitingCiphertext) {
        self.count = self.count.wrapping_add(1);
        self.put_back((waiting.ciphertext.len(), self.count), waiting);
    }

    /// Puts one back in its place.
    pub(crate) fn put_back(&mut self, place: (usize, u32), waiting: WaitingCiphertext) {
        self.waiting.insert(place, waiting);
    }

    /// Takes the shortest, with its place.
    pub(crate) fn pop(&mut self) -> Option<((usize, u32), WaitingCiphertext)> {
        self.waiting.pop_first()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::crypto::key_role::KeyRole;
    use crate::oicq::keystore::store::user_secrets::tests::target;

    #[test]
    fn the_backlog_has_a_maximum_of_ciphertexts_and_of_length() {
        let mut backlog = Backlog::default();
        for _ in 0..MAX_WAITING {
            assert!(backlog.has_room(MAX_LENGTH));
            assert!(!backlog.has_room(MAX_LENGTH + 1));
            backlog.push(WaitingCiphertext {
                target: target(1, &[KeyRole::Session]),
                context: None,
                ciphertext: Vec::new(),
                next: 0,
            });
        }
        assert!(!backlog.has_room(16));
        assert!(backlog.pop().is_some());
        assert!(backlog.has_room(16));
    }

    #[test]
    fn the_shortest_is_taken_until_all_are_dropped() {
        let mut backlog = Backlog::default();
        for (frame, length) in [(1, 32), (2, 16), (3, 32), (4, 16)] {
            backlog.push(WaitingCiphertext {
                target: target(frame, &[KeyRole::Session]),
                context: None,
                ciphertext: vec![0; length],
                next: 0,
            });
        }
        let mut pop = || backlog.pop().map(|(_, waiting)| waiting.target.pdu.frame);
        assert_eq!([pop(), pop(), pop()], [Some(2), Some(4), Some(1)]);
        backlog.clear();
        assert!(backlog.pop().is_none());
    }
}
