//! Closed ciphertexts that may give away keys, and wait for a key themselves.

use std::collections::VecDeque;

use crate::oicq::crypto::key_role::{CiphertextContext, KeyRole};
use crate::oicq::keystore::store::candidate::Candidate;
use crate::oicq::keystore::store::key_index::KeyScope;
use crate::oicq::keystore::store::target::DecryptTarget;
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
pub(crate) struct PendingCiphertext {
    pdu: PduKey,
    step: u8,
    conversation: u32,
    uin: Option<u32>,
    request: Option<(u16, u16)>,
    /// Where it stands.
    pub(crate) place: CiphertextContext,
    /// Its bytes.
    pub(crate) ciphertext: Vec<u8>,
    /// How many keys may yet be tried on it.
    left: usize,
}

impl PendingCiphertext {
    /// What is known of it. The keys that its packet carries have failed.
    pub(crate) fn target(&self) -> DecryptTarget<'static> {
        DecryptTarget {
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
    pub(crate) fn keys_among(&mut self, fresh: &[(KeyScope, Candidate)]) -> Vec<Candidate> {
        let target = self.target();
        let roles = target.roles.iter().copied();
        let scopes: Vec<KeyScope> = roles.flat_map(|role| target.scopes(role)).collect();
        let mut keys = Vec::new();
        for (scope, candidate) in fresh {
            if keys.len() < self.left && scopes.contains(scope) && !keys.contains(candidate) {
                keys.push(*candidate);
            }
        }
        self.left -= keys.len();
        keys
    }
}

/// All of them, those that wait longest first.
#[derive(Debug, Default)]
pub(crate) struct PendingQueue {
    queue: VecDeque<PendingCiphertext>,
}

impl PendingQueue {
    /// Whether none waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    /// Lets a closed ciphertext wait, if it may give away keys. The oldest makes room.
    pub(crate) fn wait(
        &mut self,
        target: &DecryptTarget<'_>,
        place: &CiphertextContext,
        ciphertext: &[u8],
    ) {
        let gives_keys = !target.roles.contains(&KeyRole::Session) || place.holds_keys();
        if !gives_keys || ciphertext.len() > LONGEST_WAITING {
            return;
        }
        while self.queue.len() >= WAITING {
            self.queue.pop_front();
        }
        self.queue.push_back(PendingCiphertext {
            pdu: target.pdu,
            step: target.step,
            conversation: target.conversation,
            uin: target.uin,
            request: target.request,
            place: *place,
            ciphertext: ciphertext.to_vec(),
            left: TRIES,
        });
    }

    /// Takes all that wait.
    pub(crate) fn take(&mut self) -> VecDeque<PendingCiphertext> {
        core::mem::take(&mut self.queue)
    }

    /// Lets what was taken and stays closed wait on, before what has come since.
    pub(crate) fn put_back(&mut self, mut closed: VecDeque<PendingCiphertext>) {
        closed.retain(|waiting| waiting.left > 0);
        closed.append(&mut self.queue);
        let over = closed.len().saturating_sub(WAITING);
        closed.drain(..over);
        self.queue = closed;
    }
}
