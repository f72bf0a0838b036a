//! The trial of keys on one ciphertext.

use std::collections::HashSet;

use crate::oicq::crypto::keys::Key;
use crate::oicq::crypto::tea;
use crate::oicq::keystore::store::candidate::Candidate;

/// One ciphertext, and the keys that were tried on it.
#[derive(Debug)]
pub(crate) struct Attempt<'a> {
    ciphertext: &'a [u8],
    plaintext: &'a mut Vec<u8>,
    tried: HashSet<Key>,
    weight: u8,
}

impl<'a> Attempt<'a> {
    /// No key was tried on it.
    pub(crate) fn new(ciphertext: &'a [u8], plaintext: &'a mut Vec<u8>) -> Self {
        Self {
            ciphertext,
            plaintext,
            tried: HashSet::new(),
            weight: 0,
        }
    }

    /// Tries a key, unless it was tried, and leaves what it opens in the plaintext.
    pub(crate) fn opens(&mut self, candidate: &Candidate) -> bool {
        self.weight = self.weight.max(candidate.weight);
        self.tried.insert(candidate.key)
            && tea::decrypt(&candidate.key, self.ciphertext, self.plaintext)
    }

    /// How many keys were tried.
    pub(crate) fn count(&self) -> u64 {
        self.tried.len() as u64
    }

    /// What it says of the user's keys if all that was tried failed.
    pub(crate) fn weight(&self) -> u8 {
        self.weight
    }
}
