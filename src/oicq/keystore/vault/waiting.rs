//! Closed ciphertexts that may give away keys, and wait for a key themselves.

use std::collections::VecDeque;

use crate::oicq::crypto::key_role::{Place, Role};
use crate::oicq::keystore::vault::candidate::Candidate;
use crate::oicq::keystore::vault::shelves::Shelf;
use crate::oicq::keystore::vault::sought::Sought;
use crate::packet::PduKey;

/// No more wait.
const WAITING: usize = 64;
/// The longest of them; real ones stay below a thousand bytes.
const LONGEST_WAITING: usize = 1024;
/// So many keys are tried on each while it waits, and then it waits no more: what a packet
/// costs stays in proportion to it. Of one login a few keys come in.
const TRIES: usize = 32;

/// One of them.
#[derive(Debug)]
pub(crate) struct Waiting {
    pdu: PduKey,
    step: u8,
    conversation: u32,
    uin: Option<u32>,
    request: Option<(u16, u16)>,
    /// Where it stands.
    pub(crate) place: Place,
    /// Its bytes.
    pub(crate) ciphertext: Vec<u8>,
    /// How many keys may yet be tried on it.
    left: usize,
}

impl Waiting {
    /// What is known of it. The keys that its packet carries have failed.
    pub(crate) fn sought(&self) -> Sought<'static> {
        Sought {
            pdu: self.pdu,
            step: self.step,
            conversation: self.conversation,
            uin: self.uin,
            roles: self.place.roles(),
            request: self.request,
            own: None,
            share: None,
        }
    }

    /// The keys to try on it among those that were put on shelves. They count as tried.
    pub(crate) fn keys_among(&mut self, fresh: &[(Shelf, Candidate)]) -> Vec<Candidate> {
        let sought = self.sought();
        let roles = sought.roles.iter().copied();
        let shelves: Vec<Shelf> = roles.flat_map(|role| sought.shelves(role)).collect();
        let mut keys = Vec::new();
        for (shelf, candidate) in fresh {
            if keys.len() < self.left && shelves.contains(shelf) && !keys.contains(candidate) {
                keys.push(*candidate);
            }
        }
        self.left -= keys.len();
        keys
    }
}

/// All of them, those that wait longest first.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    queue: VecDeque<Waiting>,
}

impl Queue {
    /// Whether none waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    /// Lets a closed ciphertext wait, if it may give away keys. The oldest makes room.
    pub(crate) fn wait(&mut self, sought: &Sought<'_>, place: &Place, ciphertext: &[u8]) {
        let gives_keys = !sought.roles.contains(&Role::Session) || place.holds_keys();
        if !gives_keys || ciphertext.len() > LONGEST_WAITING {
            return;
        }
        while self.queue.len() >= WAITING {
            self.queue.pop_front();
        }
        self.queue.push_back(Waiting {
            pdu: sought.pdu,
            step: sought.step,
            conversation: sought.conversation,
            uin: sought.uin,
            request: sought.request,
            place: *place,
            ciphertext: ciphertext.to_vec(),
            left: TRIES,
        });
    }

    /// Takes all that wait.
    pub(crate) fn take(&mut self) -> VecDeque<Waiting> {
        core::mem::take(&mut self.queue)
    }

    /// Lets what was taken and stays closed wait on, before what has come since.
    pub(crate) fn put_back(&mut self, mut closed: VecDeque<Waiting>) {
        closed.retain(|waiting| waiting.left > 0);
        closed.append(&mut self.queue);
        let over = closed.len().saturating_sub(WAITING);
        closed.drain(..over);
        self.queue = closed;
    }
}
