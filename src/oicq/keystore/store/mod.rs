//! All keys of a capture (the user's, those in packets, and those in decrypted logins),
//! and the outcome of each decryption.
//!
//! In the first pass keys are learnt, and every packet is tried with those known by then.
//! A login packet that none decrypts is queued and tried with each key learnt later. So
//! nothing is learnt after the first pass, and every later pass finds the same keys, in
//! any order of the packets.
//!
//! No key is tried twice on a ciphertext for one account: a packet seen again is tried
//! with the keys learnt since. It is tried with all keys again once its account has
//! become known; packets between two clients are tried for both accounts.
//!
//! Source: docs/protocol/oicq.md §6.3, §6.5, §6.6.

pub(crate) mod attempt;
pub(crate) mod backlog;
pub(crate) mod candidate;
pub(crate) mod damaged;
pub(crate) mod key_index;
pub(crate) mod learn;
pub(crate) mod outcomes;
pub(crate) mod pending;
pub(crate) mod target;
#[cfg(test)]
mod tests;
pub(crate) mod trial_budget;
pub(crate) mod user_keys;
pub(crate) mod user_secrets;
pub(crate) mod user_trials;
pub(crate) mod waiting;

use std::collections::{HashMap, HashSet};

pub use crate::oicq::keystore::store::candidate::{Candidate, Origin};
pub use crate::oicq::keystore::store::target::{DecryptTarget, InnerPlaintext};

use crate::oicq::crypto::key_batch::Residues;
use crate::oicq::crypto::key_role::{CiphertextContext, KeyRole};
use crate::oicq::crypto::keys::Key;
use crate::oicq::crypto::tea;
use crate::oicq::keystore::keyring::Keyring;
use crate::oicq::keystore::store::attempt::Attempt;
use crate::oicq::keystore::store::backlog::{Backlog, WaitingCiphertext};
use crate::oicq::keystore::store::key_index::KeyIndex;
use crate::oicq::keystore::store::outcomes::{Outcome, Outcomes};
use crate::oicq::keystore::store::pending::{PendingCiphertext, PendingQueue};
use crate::oicq::keystore::store::user_keys::UserKeyReport;
use crate::oicq::keystore::store::user_trials::UserTrials;
use crate::packet::PduKey;

/// All keys of a capture.
#[derive(Debug, Default)]
pub struct KeyStore {
    users: UserTrials,
    learnt: KeyIndex,
    outcomes: Outcomes,
    /// First pass: the key that decrypted the last ciphertext of the class.
    last_success: HashMap<(u32, Option<u32>, KeyRole), Candidate>,
    pending: PendingQueue,
    backlog: Backlog,
    user_keys: UserKeyReport,
    /// PDUs of whose ciphertext a key decrypts the start only.
    damaged: HashSet<PduKey>,
    conversations: u32,
    /// Number of keys tried so far, wrong and right.
    attempts: u64,
}

impl KeyStore {
    /// A key store with the user's secrets.
    pub fn new(keyring: Keyring) -> Self {
        Self {
            users: UserTrials::new(keyring),
            ..Self::default()
        }
    }

    /// Decrypts many keys at a time by this function.
    pub fn set_residues(&mut self, residues: Residues) {
        self.users.secrets.residues = residues;
    }

    /// Keys that the user gave for this account or for all, and that can have one of
    /// these roles.
    pub(crate) fn keys_of_user<'a>(
        &'a self,
        uin: Option<u32>,
        roles: &'a [KeyRole],
    ) -> impl Iterator<Item = Key> + 'a {
        let entries = self.users.secrets.of(uin);
        entries.flat_map(move |entry| {
            let keys = roles.iter().flat_map(move |role| {
                crate::oicq::keystore::store::candidate::of_secret(entry, *role, uin)
            });
            keys.map(|candidate| candidate.key)
        })
    }

    /// A number for a new conversation, from 1.
    pub fn new_conversation(&mut self) -> u32 {
        self.conversations = self.conversations.saturating_add(1);
        self.conversations
    }

    /// Decrypts the ciphertext of a frame and those nested in it. In the first pass also
    /// learns the keys contained in them and tries them on pending ciphertexts.
    pub fn decrypt_frame(
        &mut self,
        target: &DecryptTarget,
        context: &CiphertextContext,
        first_pass: bool,
        ciphertext: &[u8],
    ) -> Option<(Candidate, Vec<u8>, Vec<InnerPlaintext>)> {
        if first_pass {
            self.learn_from_header(target, context);
        } else {
            self.try_waiting(first_pass);
        }
        let mut plaintext = Vec::new();
        let by = self.attempt(
            target,
            Some(context),
            first_pass,
            ciphertext,
            &mut plaintext,
        );
        if by.is_none() && first_pass {
            self.pending.push(target, context, ciphertext);
        }
        let decrypted = by.map(|by| {
            if first_pass {
                self.learn(target, context, &plaintext);
            }
            let inside = self.decrypt_nested(target, context, first_pass, &plaintext);
            (by, plaintext, inside)
        });
        self.try_waiting(first_pass);
        self.try_pending();
        decrypted
    }

    /// Decrypts a ciphertext into `plaintext` and returns the key. Learns no keys.
    /// Returns `None` if no key decrypts it.
    pub fn decrypt(
        &mut self,
        target: &DecryptTarget,
        first_pass: bool,
        ciphertext: &[u8],
        plaintext: &mut Vec<u8>,
    ) -> Option<Candidate> {
        if !first_pass {
            self.try_waiting(first_pass);
        }
        let found = self.attempt(target, None, first_pass, ciphertext, plaintext);
        self.try_waiting(first_pass);
        found
    }

    /// As [`KeyStore::decrypt`]. Without a `context`, the plaintext contains no keys.
    fn attempt(
        &mut self,
        target: &DecryptTarget,
        context: Option<&CiphertextContext>,
        first_pass: bool,
        ciphertext: &[u8],
        plaintext: &mut Vec<u8>,
    ) -> Option<Candidate> {
        plaintext.clear();
        let known = match self.outcomes.get(target.pdu, target.index) {
            Some(Outcome::Decrypted(by)) => {
                return tea::decrypt(&by.key, ciphertext, plaintext).then_some(by);
            }
            Some(Outcome::Failed { known, uin }) if uin == target.uin => {
                if known == self.learnt.count() {
                    return None;
                }
                Some(known)
            }
            // Keys of the account may have been learnt before it became known.
            Some(Outcome::Failed { .. }) | None => None,
        };
        let mut attempt = Attempt::new(ciphertext, plaintext);
        // First the key that decrypted the last ciphertext of the class.
        let last_success = self.last_success.get(&target.class()).copied();
        let found = last_success
            .filter(|by| first_pass && attempt.try_key(by))
            .or_else(|| self.find(target, first_pass, known, &mut attempt));
        self.attempts += attempt.count();
        let weight = attempt.weight();
        let rest = attempt.rest();
        if found.is_none() && attempt.count() == 0 && rest.is_none() {
            return None;
        }
        if let Some(next) = rest {
            self.backlog.push(WaitingCiphertext {
                target: *target,
                context: context.copied(),
                ciphertext: ciphertext.to_vec(),
                next,
            });
        }
        let failed = Outcome::Failed {
            known: self.learnt.count(),
            uin: target.uin,
        };
        let outcome = found.map_or(failed, Outcome::Decrypted);
        self.outcomes.insert(target.pdu, target.index, outcome);
        if first_pass {
            // A key carried by a packet decrypts no other of its class.
            if let Some(found) = found.filter(|found| found.role != KeyRole::Packet) {
                self.last_success.insert(target.class(), found);
            }
            if let Some(found) = found.filter(|found| found.origin.is_user()) {
                self.insert(target, found);
            }
            self.user_keys.learn(target, found.as_ref(), weight);
            if found.is_none() && target.index == 0 {
                self.learn_damage(target, ciphertext);
            }
        }
        found
    }

    /// Whether this is the PDU at which to report that the user's keys have decrypted
    /// nothing in its conversation so far.
    pub fn reports_useless_keys(&self, target: &DecryptTarget) -> bool {
        self.user_keys.is_due(target)
    }

    /// Tries all keys that can decrypt the target, most likely first; with `known`, the
    /// number of keys learnt by the last attempt, only those learnt since.
    fn find(
        &mut self,
        target: &DecryptTarget,
        first_pass: bool,
        known: Option<usize>,
        attempt: &mut Attempt<'_>,
    ) -> Option<Candidate> {
        for role in target.roles.iter().copied() {
            let own = match role {
                KeyRole::Packet => target.carried_key.map(|key| (key, Origin::Packet)),
                KeyRole::Share => target.share.map(|key| (key, Origin::Published)),
                _ => None,
            };
            let own = own.filter(|_| known.is_none());
            let own = own.map(|(key, origin)| Candidate::new(key, role, origin));
            let nearest = |scope| self.learnt.nearest(scope, target.pdu, known.unwrap_or(0));
            let scopes = target.scopes(role).filter(|_| self.learnt.has(role));
            let mut learnt = own.into_iter().chain(scopes.flat_map(nearest));
            if let Some(found) = learnt.find(|candidate| attempt.try_key(candidate)) {
                return Some(found);
            }
        }
        // The user's keys have failed in an earlier attempt already.
        if known.is_some() {
            return None;
        }
        let can_wait = first_pass && self.backlog.has_room(attempt.ciphertext().len());
        attempt.try_users(&mut self.users, target, first_pass, can_wait)
    }

    /// Decrypts the ciphertexts nested in a plaintext, in order.
    fn decrypt_nested(
        &mut self,
        target: &DecryptTarget,
        context: &CiphertextContext,
        first_pass: bool,
        plaintext: &[u8],
    ) -> Vec<InnerPlaintext> {
        let mut decrypted = Vec::new();
        for (index, inner) in (1..).zip(context.inner(plaintext)) {
            let layer = inner.layer;
            let context = CiphertextContext { layer, ..*context };
            let target = DecryptTarget {
                index,
                // No roles of keys that a header carries.
                roles: context.roles(),
                ..*target
            };
            let ciphertext = inner.span.of(plaintext);
            let mut plaintext = Vec::new();
            let Some(by) = self.attempt(
                &target,
                Some(&context),
                first_pass,
                ciphertext,
                &mut plaintext,
            ) else {
                if first_pass {
                    self.pending.push(&target, &context, ciphertext);
                }
                continue;
            };
            if first_pass {
                self.learn(&target, &context, &plaintext);
            }
            decrypted.push(InnerPlaintext {
                ciphertext: inner.span,
                layer,
                key: by,
                plaintext,
            });
        }
        decrypted
    }

    /// Tries newly learnt keys on pending ciphertexts, until no more are learnt.
    fn try_pending(&mut self) {
        loop {
            let fresh = self.learnt.take_fresh();
            if fresh.is_empty() {
                return;
            }
            let known = self.learnt.count();
            let mut entries = self.pending.take();
            entries.retain_mut(|pending| {
                let keys = pending.keys_among(&fresh);
                keys.is_empty() || !self.retry(pending, &keys, known)
            });
            self.pending.put_back(entries);
        }
    }

    /// Tries keys on a pending ciphertext. Returns whether one decrypts it.
    fn retry(&mut self, pending: &PendingCiphertext, keys: &[Candidate], known: usize) -> bool {
        let mut plaintext = Vec::new();
        let mut attempt = Attempt::new(&pending.ciphertext, &mut plaintext);
        let found = keys.iter().find(|candidate| attempt.try_key(candidate));
        self.attempts += attempt.count();
        let target = pending.target();
        let uin = target.uin;
        let outcome = found.map_or(Outcome::Failed { known, uin }, |by| Outcome::Decrypted(*by));
        self.outcomes.insert(target.pdu, target.index, outcome);
        if found.is_some() {
            self.learn(&target, &pending.context, &plaintext);
            self.decrypt_nested(&target, &pending.context, true, &plaintext);
        }
        found.is_some()
    }
}
