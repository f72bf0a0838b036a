//! The trial of keys on one ciphertext.

use std::collections::HashSet;

use super::candidate::Candidate;
use crate::oicq::keys::Key;
use crate::oicq::tea;

/// One ciphertext, and the keys that were tried on it.
#[derive(Debug)]
pub(super) struct Trial<'a> {
    ciphertext: &'a [u8],
    plaintext: &'a mut Vec<u8>,
    tried: HashSet<Key>,
    weight: u8,
}

impl<'a> Trial<'a> {
    /// No key was tried on it.
    pub(super) fn new(ciphertext: &'a [u8], plaintext: &'a mut Vec<u8>) -> Self {
        Self {
            ciphertext,
            plaintext,
            tried: HashSet::new(),
            weight: 0,
        }
    }

    /// Tries a key, unless it was tried, and leaves what it opens in the plaintext.
    pub(super) fn opens(&mut self, candidate: &Candidate) -> bool {
        self.weight = self.weight.max(candidate.weight);
        self.tried.insert(candidate.key)
            && tea::decrypt(&candidate.key, self.ciphertext, self.plaintext)
    }

    /// How many keys were tried.
    pub(super) fn count(&self) -> u64 {
        self.tried.len() as u64
    }

    /// What it says of the user's keys if all that was tried failed.
    pub(super) fn weight(&self) -> u8 {
        self.weight
    }
}
