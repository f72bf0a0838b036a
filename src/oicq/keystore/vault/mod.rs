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

pub(crate) mod candidate;
pub(crate) mod damaged;
pub(crate) mod learn;
pub(crate) mod shelves;
pub(crate) mod sought;
#[cfg(test)]
mod tests;
pub(crate) mod trial;
pub(crate) mod usefulness;
pub(crate) mod waiting;

use std::collections::{HashMap, HashSet};

pub use crate::oicq::keystore::vault::candidate::{Candidate, Origin};
pub use crate::oicq::keystore::vault::sought::{Inside, Sought};

use crate::oicq::crypto::key_role::{Place, Role};
use crate::oicq::crypto::keys::Key;
use crate::oicq::crypto::tea;
use crate::oicq::keystore::keyring::Keyring;
use crate::oicq::keystore::vault::shelves::Shelves;
use crate::oicq::keystore::vault::trial::Trial;
use crate::oicq::keystore::vault::usefulness::Usefulness;
use crate::oicq::keystore::vault::waiting::{Queue, Waiting};
use crate::packet::PduKey;

/// What became of a ciphertext.
#[derive(Debug, Clone, Copy)]
enum Fate {
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
pub struct Vault {
    keyring: Keyring,
    learnt: Shelves,
    fates: HashMap<(PduKey, u8), Fate>,
    /// In the first pass: what opened the last packet of this kind.
    worked: HashMap<(u32, Option<u32>, Role), Candidate>,
    waiting: Queue,
    usefulness: Usefulness,
    /// Ciphertexts of which a key opened the beginning alone.
    damaged: HashSet<PduKey>,
    conversations: u32,
    trials: u64,
}

impl Vault {
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
        roles: &'a [Role],
    ) -> impl Iterator<Item = Key> + 'a {
        let entries = self.keyring.of(uin);
        entries.flat_map(move |entry| {
            let keys = roles.iter().flat_map(move |role| {
                crate::oicq::keystore::vault::candidate::of_secret(entry, *role, uin)
            });
            keys.map(|candidate| candidate.key)
        })
    }

    /// A number for a new conversation, from 1.
    pub fn new_conversation(&mut self) -> u32 {
        self.conversations = self.conversations.saturating_add(1);
        self.conversations
    }

    /// How many keys were tried so far, wrong and right.
    pub fn trials(&self) -> u64 {
        self.trials
    }

    /// Opens the ciphertext of a frame, and what is inside. In the first pass also learns
    /// the keys that it gives away.
    pub fn open_frame(
        &mut self,
        sought: &Sought<'_>,
        place: &Place,
        first_pass: bool,
        ciphertext: &[u8],
    ) -> Option<(Candidate, Vec<u8>, Vec<Inside>)> {
        if first_pass {
            self.learn_from_header(sought, place);
        }
        let mut plaintext = Vec::new();
        let by = self.open(sought, first_pass, ciphertext, &mut plaintext);
        if by.is_none() && first_pass {
            self.waiting.wait(sought, place, ciphertext);
        }
        let opened = by.map(|by| {
            if first_pass {
                self.learn(sought, place, &plaintext);
            }
            let inside = self.open_inside(sought, place, first_pass, &plaintext);
            (by, plaintext, inside)
        });
        self.try_waiting();
        opened
    }

    /// Opens a ciphertext into `plaintext`, and says by which key. Learns nothing.
    pub fn open(
        &mut self,
        sought: &Sought<'_>,
        first_pass: bool,
        ciphertext: &[u8],
        plaintext: &mut Vec<u8>,
    ) -> Option<Candidate> {
        plaintext.clear();
        let name = (sought.pdu, sought.step);
        let known = match self.fates.get(&name) {
            Some(Fate::Opened(by)) => {
                return tea::decrypt(&by.key, ciphertext, plaintext).then_some(*by);
            }
            Some(Fate::Closed { known, uin }) if *uin == sought.uin => {
                if *known == self.learnt.count() {
                    return None;
                }
                Some(*known)
            }
            // Keys of an account that was not known then may be known for long.
            Some(Fate::Closed { .. }) | None => None,
        };
        let mut trial = Trial::new(ciphertext, plaintext);
        // Before anything else is looked for.
        let worked = self.worked.get(&sought.kind()).copied();
        let found = worked
            .filter(|by| first_pass && trial.opens(by))
            .or_else(|| self.find(sought, known, &mut trial));
        self.trials += trial.count();
        let weight = trial.weight();
        if found.is_none() && trial.count() == 0 {
            return None;
        }
        let closed = Fate::Closed {
            known: self.learnt.count(),
            uin: sought.uin,
        };
        self.fates.insert(name, found.map_or(closed, Fate::Opened));
        if first_pass {
            // What one packet carries opens no other.
            if let Some(found) = found.filter(|found| found.role != Role::Packet) {
                self.worked.insert(sought.kind(), found);
            }
            self.usefulness.learn(sought, found.as_ref(), weight);
            if found.is_none() && sought.step == 0 {
                self.learn_damage(sought, ciphertext);
            }
        }
        found
    }

    /// Whether this is the PDU at which to say that the user's keys have opened nothing in
    /// its conversation so far.
    pub fn complains(&self, sought: &Sought<'_>) -> bool {
        self.usefulness.complains(sought)
    }

    /// Tries all keys that can open what is sought, likeliest first; or, when so many learnt
    /// keys were `known` the last time, those that are new since.
    fn find(
        &self,
        sought: &Sought<'_>,
        known: Option<usize>,
        trial: &mut Trial<'_>,
    ) -> Option<Candidate> {
        for role in sought.roles.iter().copied() {
            let own = match role {
                Role::Packet => sought.own.map(|key| (key, Origin::Packet)),
                Role::Share => sought.share.map(|key| (key, Origin::Published)),
                _ => None,
            };
            let own = own.filter(|_| known.is_none());
            let own = own.map(|(key, origin)| Candidate::new(key, role, origin));
            let nearest = |shelf| self.learnt.nearest(shelf, sought.pdu, known.unwrap_or(0));
            let mut learnt = own
                .into_iter()
                .chain(sought.shelves(role).flat_map(nearest));
            if let Some(found) = learnt.find(|candidate| trial.opens(candidate)) {
                return Some(found);
            }
        }
        // What the user gave has failed already, if anything was tried before.
        if known.is_some() || self.keyring.is_empty() {
            return None;
        }
        sought.roles.iter().find_map(|role| {
            let entries = self.keyring.of(sought.uin);
            let mut keys = entries.flat_map(|entry| {
                crate::oicq::keystore::vault::candidate::of_secret(entry, *role, sought.uin)
            });
            keys.find(|candidate| trial.opens(candidate))
        })
    }

    /// Opens the ciphertexts inside a plaintext, one after the other.
    fn open_inside(
        &mut self,
        sought: &Sought<'_>,
        place: &Place,
        first_pass: bool,
        plaintext: &[u8],
    ) -> Vec<Inside> {
        let mut opened = Vec::new();
        for (step, inner) in (1..).zip(place.inner(plaintext)) {
            let layer = inner.layer;
            let place = Place { layer, ..*place };
            let sought = Sought {
                step,
                roles: place.roles(),
                request: None,
                own: None,
                share: None,
                ..*sought
            };
            let ciphertext = inner.span.of(plaintext);
            let mut plaintext = Vec::new();
            let Some(by) = self.open(&sought, first_pass, ciphertext, &mut plaintext) else {
                if first_pass {
                    self.waiting.wait(&sought, &place, ciphertext);
                }
                continue;
            };
            if first_pass {
                self.learn(&sought, &place, &plaintext);
            }
            opened.push(Inside {
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

    fn opens_now(&mut self, waiting: &Waiting, keys: &[Candidate], known: usize) -> bool {
        let mut plaintext = Vec::new();
        let mut trial = Trial::new(&waiting.ciphertext, &mut plaintext);
        let found = keys.iter().find(|candidate| trial.opens(candidate));
        self.trials += trial.count();
        let sought = waiting.sought();
        let uin = sought.uin;
        let fate = found.map_or(Fate::Closed { known, uin }, |by| Fate::Opened(*by));
        self.fates.insert((sought.pdu, sought.step), fate);
        if found.is_some() {
            self.learn(&sought, &waiting.place, &plaintext);
            self.open_inside(&sought, &waiting.place, true, &plaintext);
        }
        found.is_some()
    }
}
