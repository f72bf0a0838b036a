//! All keys of a capture: the user's, those in the packets, and those that opened logins
//! hand out; and which of them opened what.
//!
//! In the first pass keys are learnt and every packet is tried with what is known by then. A
//! packet of a login that stays closed waits, and is tried with each key that comes in: so
//! after the first pass nothing more is learnt, and every later pass finds the same keys, in
//! whatever order it looks at the packets.
//!
//! No key is tried twice on a ciphertext for one account: when a packet is looked at again, the
//! keys that are new by then are tried. All are, when it has become known since whose packet it
//! is; and what two clients tell each other is tried for both of them.
//!
//! Source: docs/protocol/oicq.md §6.3, §6.5, §6.6.

pub(crate) mod attempt;
pub(crate) mod candidate;
pub(crate) mod damaged;
pub(crate) mod key_index;
pub(crate) mod learn;
pub(crate) mod pending;
pub(crate) mod target;
#[cfg(test)]
mod tests;
pub(crate) mod user_keys;

use std::collections::{HashMap, HashSet};

pub use crate::oicq::keystore::store::candidate::{Candidate, Origin};
pub use crate::oicq::keystore::store::target::{DecryptTarget, InnerPlaintext};

use crate::oicq::crypto::key_role::{CiphertextContext, KeyRole};
use crate::oicq::crypto::keys::Key;
use crate::oicq::crypto::tea;
use crate::oicq::keystore::keyring::Keyring;
use crate::oicq::keystore::store::attempt::Attempt;
use crate::oicq::keystore::store::key_index::KeyIndex;
use crate::oicq::keystore::store::pending::{PendingCiphertext, PendingQueue};
use crate::oicq::keystore::store::user_keys::UserKeyReport;
use crate::packet::PduKey;

/// What became of a ciphertext.
#[derive(Debug, Clone, Copy)]
enum Outcome {
    Opened(Candidate),
    /// None of the keys opened it that were learnt by then.
    Closed {
        /// So many.
        known: usize,
        /// The account that it was taken for.
        uin: Option<u32>,
    },
}

/// All keys of a capture.
#[derive(Debug, Default)]
pub struct KeyStore {
    keyring: Keyring,
    learnt: KeyIndex,
    outcomes: HashMap<(PduKey, u8), Outcome>,
    /// In the first pass: what opened the last packet of this kind.
    worked: HashMap<(u32, Option<u32>, KeyRole), Candidate>,
    waiting: PendingQueue,
    user_keys: UserKeyReport,
    /// Ciphertexts of which a key opened the beginning alone.
    damaged: HashSet<PduKey>,
    conversations: u32,
    /// How many keys were tried so far, wrong and right.
    attempts: u64,
}

impl KeyStore {
    /// With the user's secrets.
    pub fn new(keyring: Keyring) -> Self {
        Self {
            keyring,
            ..Self::default()
        }
    }

    /// The keys that the user gave for an account, or for all, and that can have one of these
    /// roles.
    pub(crate) fn keys_of_user<'a>(
        &'a self,
        uin: Option<u32>,
        roles: &'a [KeyRole],
    ) -> impl Iterator<Item = Key> + 'a {
        let entries = self.keyring.of(uin);
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

    /// Opens the ciphertext of a frame, and what is inside. In the first pass also learns
    /// the keys that it gives away.
    pub fn open_frame(
        &mut self,
        target: &DecryptTarget<'_>,
        place: &CiphertextContext,
        first_pass: bool,
        ciphertext: &[u8],
    ) -> Option<(Candidate, Vec<u8>, Vec<InnerPlaintext>)> {
        if first_pass {
            self.learn_from_header(target, place);
        }
        let mut plaintext = Vec::new();
        let by = self.open(target, first_pass, ciphertext, &mut plaintext);
        if by.is_none() && first_pass {
            self.waiting.wait(target, place, ciphertext);
        }
        let opened = by.map(|by| {
            if first_pass {
                self.learn(target, place, &plaintext);
            }
            let inside = self.open_inside(target, place, first_pass, &plaintext);
            (by, plaintext, inside)
        });
        self.try_waiting();
        opened
    }

    /// Opens a ciphertext into `plaintext`, and says by which key. Learns nothing.
    pub fn open(
        &mut self,
        target: &DecryptTarget<'_>,
        first_pass: bool,
        ciphertext: &[u8],
        plaintext: &mut Vec<u8>,
    ) -> Option<Candidate> {
        plaintext.clear();
        let name = (target.pdu, target.step);
        let known = match self.outcomes.get(&name) {
            Some(Outcome::Opened(by)) => {
                return tea::decrypt(&by.key, ciphertext, plaintext).then_some(*by);
            }
            Some(Outcome::Closed { known, uin }) if *uin == target.uin => {
                if *known == self.learnt.count() {
                    return None;
                }
                Some(*known)
            }
            // Keys of an account that was not known then may be known for long.
            Some(Outcome::Closed { .. }) | None => None,
        };
        let mut attempt = Attempt::new(ciphertext, plaintext);
        // Before anything else is looked for.
        let worked = self.worked.get(&target.kind()).copied();
        let found = worked
            .filter(|by| first_pass && attempt.opens(by))
            .or_else(|| self.find(target, known, &mut attempt));
        self.attempts += attempt.count();
        let weight = attempt.weight();
        if found.is_none() && attempt.count() == 0 {
            return None;
        }
        let closed = Outcome::Closed {
            known: self.learnt.count(),
            uin: target.uin,
        };
        self.outcomes
            .insert(name, found.map_or(closed, Outcome::Opened));
        if first_pass {
            // What one packet carries opens no other.
            if let Some(found) = found.filter(|found| found.role != KeyRole::Packet) {
                self.worked.insert(target.kind(), found);
            }
            self.user_keys.learn(target, found.as_ref(), weight);
            if found.is_none() && target.step == 0 {
                self.learn_damage(target, ciphertext);
            }
        }
        found
    }

    /// Whether this is the PDU at which to say that the user's keys have opened nothing in
    /// its conversation so far.
    pub fn complains(&self, target: &DecryptTarget<'_>) -> bool {
        self.user_keys.complains(target)
    }

    /// Tries all keys that can open what is sought, likeliest first; or, when so many learnt
    /// keys were `known` the last time, those that are new since.
    fn find(
        &self,
        target: &DecryptTarget<'_>,
        known: Option<usize>,
        attempt: &mut Attempt<'_>,
    ) -> Option<Candidate> {
        for role in target.roles.iter().copied() {
            let own = match role {
                KeyRole::Packet => target.own.map(|key| (key, Origin::Packet)),
                KeyRole::Share => target.share.map(|key| (key, Origin::Published)),
                _ => None,
            };
            let own = own.filter(|_| known.is_none());
            let own = own.map(|(key, origin)| Candidate::new(key, role, origin));
            let nearest = |scope| self.learnt.nearest(scope, target.pdu, known.unwrap_or(0));
            let mut learnt = own.into_iter().chain(target.scopes(role).flat_map(nearest));
            if let Some(found) = learnt.find(|candidate| attempt.opens(candidate)) {
                return Some(found);
            }
        }
        // What the user gave has failed already, if anything was tried before.
        if known.is_some() || self.keyring.is_empty() {
            return None;
        }
        target.roles.iter().find_map(|role| {
            let entries = self.keyring.of(target.uin);
            let mut keys = entries.flat_map(|entry| {
                crate::oicq::keystore::store::candidate::of_secret(entry, *role, target.uin)
            });
            keys.find(|candidate| attempt.opens(candidate))
        })
    }

    /// Opens the ciphertexts inside a plaintext, one after the other.
    fn open_inside(
        &mut self,
        target: &DecryptTarget<'_>,
        place: &CiphertextContext,
        first_pass: bool,
        plaintext: &[u8],
    ) -> Vec<InnerPlaintext> {
        let mut opened = Vec::new();
        for (step, inner) in (1..).zip(place.inner(plaintext)) {
            let layer = inner.layer;
            let place = CiphertextContext { layer, ..*place };
            let target = DecryptTarget {
                step,
                roles: place.roles(),
                request: None,
                own: None,
                share: None,
                ..*target
            };
            let ciphertext = inner.span.of(plaintext);
            let mut plaintext = Vec::new();
            let Some(by) = self.open(&target, first_pass, ciphertext, &mut plaintext) else {
                if first_pass {
                    self.waiting.wait(&target, &place, ciphertext);
                }
                continue;
            };
            if first_pass {
                self.learn(&target, &place, &plaintext);
            }
            opened.push(InnerPlaintext {
                at: inner.span,
                layer,
                by,
                plaintext,
            });
        }
        opened
    }

    /// Tries what waits with the keys that came in, as long as that brings more.
    fn try_waiting(&mut self) {
        loop {
            let fresh = self.learnt.take_fresh();
            if fresh.is_empty() || self.waiting.is_empty() {
                return;
            }
            let known = self.learnt.count();
            let mut closed = self.waiting.take();
            closed.retain_mut(|waiting| {
                let keys = waiting.keys_among(&fresh);
                keys.is_empty() || !self.opens_now(waiting, &keys, known)
            });
            self.waiting.put_back(closed);
        }
    }

    fn opens_now(&mut self, waiting: &PendingCiphertext, keys: &[Candidate], known: usize) -> bool {
        let mut plaintext = Vec::new();
        let mut attempt = Attempt::new(&waiting.ciphertext, &mut plaintext);
        let found = keys.iter().find(|candidate| attempt.opens(candidate));
        self.attempts += attempt.count();
        let target = waiting.target();
        let uin = target.uin;
        let outcome = found.map_or(Outcome::Closed { known, uin }, |by| Outcome::Opened(*by));
        self.outcomes.insert((target.pdu, target.step), outcome);
        if found.is_some() {
            self.learn(&target, &waiting.place, &plaintext);
            self.open_inside(&target, &waiting.place, true, &plaintext);
        }
        found.is_some()
    }
}
