//! An attempt to decrypt one ciphertext.

use std::collections::HashSet;

use crate::oicq::crypto::keys::Key;
use crate::oicq::crypto::tea;
use crate::oicq::keystore::store::candidate::Candidate;

/// One ciphertext, and the keys tried on it.
#[derive(Debug)]
pub(crate) struct Attempt<'a> {
    ciphertext: &'a [u8],
    plaintext: &'a mut Vec<u8>,
    tried: HashSet<Key>,
    weight: u8,
}

impl<'a> Attempt<'a> {
    /// An attempt without any key tried yet.
    pub(crate) fn new(ciphertext: &'a [u8], plaintext: &'a mut Vec<u8>) -> Self {
        Self {
            ciphertext,
            plaintext,
            tried: HashSet::new(),
            weight: 0,
        }
    }

    /// Tries a key, unless it was tried before. Returns whether it decrypts the
    /// ciphertext into the plaintext.
    pub(crate) fn try_key(&mut self, candidate: &Candidate) -> bool {
        self.weight = self.weight.max(candidate.weight);
        self.tried.insert(candidate.key)
            && tea::decrypt(&candidate.key, self.ciphertext, self.plaintext)
    }

    /// Number of keys tried.
    pub(crate) fn count(&self) -> u64 {
        self.tried.len() as u64
    }

    /// Weight of the failure, if all keys tried failed: the highest of their weights.
    pub(crate) fn weight(&self) -> u8 {
        self.weight
    }
}
