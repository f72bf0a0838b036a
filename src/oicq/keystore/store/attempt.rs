//! An attempt to decrypt one ciphertext.

use crate::oicq::crypto::keys::Key;
use crate::oicq::crypto::tea;
use crate::oicq::keystore::store::candidate::Candidate;
use crate::oicq::keystore::store::target::DecryptTarget;
use crate::oicq::keystore::store::user_secrets::UserTrial;
use crate::oicq::keystore::store::user_trials::UserTrials;

/// One ciphertext, and the keys tried on it.
#[derive(Debug)]
pub(crate) struct Attempt<'a> {
    ciphertext: &'a [u8],
    plaintext: &'a mut Vec<u8>,
    /// The keys of packets that were tried; there are few.
    tried: Vec<Key>,
    /// Number of the user's keys that were tried.
    of_user: u64,
    weight: u8,
    /// The first secret of the user that has yet to be tried.
    rest: Option<usize>,
}

impl<'a> Attempt<'a> {
    /// An attempt without any key tried yet.
    pub(crate) fn new(ciphertext: &'a [u8], plaintext: &'a mut Vec<u8>) -> Self {
        Self {
            ciphertext,
            plaintext,
            tried: Vec::new(),
            of_user: 0,
            weight: 0,
            rest: None,
        }
    }

    /// The ciphertext.
    pub(crate) fn ciphertext(&self) -> &[u8] {
        self.ciphertext
    }

    /// Tries a key, unless it was tried before. Returns whether it decrypts the
    /// ciphertext into the plaintext.
    pub(crate) fn try_key(&mut self, candidate: &Candidate) -> bool {
        self.weight = self.weight.max(candidate.weight);
        if self.tried.contains(&candidate.key) {
            return false;
        }
        self.tried.push(candidate.key);
        tea::decrypt(&candidate.key, self.ciphertext, self.plaintext)
    }

    /// Tries keys of the user. Returns the one that decrypts the ciphertext into the plaintext.
    pub(crate) fn try_users(
        &mut self,
        users: &mut UserTrials,
        target: &DecryptTarget,
        first_pass: bool,
        can_wait: bool,
    ) -> Option<Candidate> {
        let trial = users.find(
            target,
            first_pass,
            can_wait,
            self.ciphertext,
            self.plaintext,
        );
        self.add(trial)
    }

    /// As [`Attempt::try_users`], beginning with this secret.
    pub(crate) fn resume_users(
        &mut self,
        users: &mut UserTrials,
        target: &DecryptTarget,
        next: usize,
        first_pass: bool,
    ) -> Option<Candidate> {
        let trial = users.resume(target, next, first_pass, self.ciphertext, self.plaintext);
        self.add(trial)
    }

    fn add(&mut self, trial: UserTrial) -> Option<Candidate> {
        self.of_user += trial.count;
        self.weight = self.weight.max(trial.weight);
        self.rest = trial.rest;
        trial.found
    }

    /// The first secret of the user that has yet to be tried.
    pub(crate) fn rest(&self) -> Option<usize> {
        self.rest
    }

    /// Number of keys tried.
    pub(crate) fn count(&self) -> u64 {
        self.tried.len() as u64 + self.of_user
    }

    /// Weight of the failure, if all keys tried failed: the highest of their weights, or 0 if
    /// more are to be tried.
    pub(crate) fn weight(&self) -> u8 {
        match self.rest {
            Some(_) => 0,
            None => self.weight,
        }
    }
}
