//! Queue of ciphertexts that no key decrypts yet and whose plaintexts may contain keys.

use std::collections::VecDeque;

use crate::oicq::crypto::key_role::{CiphertextContext, KeyRole};
use crate::oicq::keystore::store::candidate::Candidate;
use crate::oicq::keystore::store::key_index::KeyScope;
use crate::oicq::keystore::store::target::DecryptTarget;
use crate::packet::PduKey;

/// Maximum ciphertexts in the queue.
const MAX_PENDING: usize = 64;
/// Maximum length of a ciphertext in the queue, in bytes; real ones stay below a
/// thousand.
const MAX_LENGTH: usize = 1024;
/// Maximum keys tried on a ciphertext in the queue, which is then dropped: this keeps the
/// cost of a packet in proportion to its size. A login yields only a few keys.
const MAX_ATTEMPTS: usize = 32;

/// A ciphertext in the queue.
#[derive(Debug)]
pub(crate) struct PendingCiphertext {
    pdu: PduKey,
    index: u8,
    conversation: u32,
    uin: Option<u32>,
    request: Option<(u16, u16)>,
    /// Its context.
    pub(crate) context: CiphertextContext,
    /// Its bytes.
    pub(crate) ciphertext: Vec<u8>,
    /// Number of keys that may still be tried on it.
    attempts_left: usize,
}

impl PendingCiphertext {
    /// The target of further attempts, without the keys carried by the packet, which have
    /// failed.
    pub(crate) fn target(&self) -> DecryptTarget {
        DecryptTarget {
            pdu: self.pdu,
            index: self.index,
            conversation: self.conversation,
            uin: self.uin,
            roles: self.context.roles(),
            request: self.request,
            carried_key: None,
            share: None,
        }
    }

    /// The keys among `fresh` to try on it. They count as tried.
    pub(crate) fn keys_among(&mut self, fresh: &[(KeyScope, Candidate)]) -> Vec<Candidate> {
        let target = self.target();
        let has_role = |(_, key): &(KeyScope, Candidate)| target.roles.contains(&key.role);
        if !fresh.iter().any(has_role) {
            return Vec::new();
        }
        let roles = target.roles.iter().copied();
        let scopes: Vec<KeyScope> = roles.flat_map(|role| target.scopes(role)).collect();
        let mut keys = Vec::new();
        for (scope, candidate) in fresh {
            if keys.len() < self.attempts_left
                && scopes.contains(scope)
                && !keys.contains(candidate)
            {
                keys.push(*candidate);
            }
        }
        self.attempts_left -= keys.len();
        keys
    }
}

/// The queue, oldest first.
#[derive(Debug, Default)]
pub(crate) struct PendingQueue {
    queue: VecDeque<PendingCiphertext>,
}

impl PendingQueue {
    /// Adds a ciphertext whose plaintext may contain keys. If the queue is full, the
    /// oldest is dropped.
    pub(crate) fn push(
        &mut self,
        target: &DecryptTarget,
        context: &CiphertextContext,
        ciphertext: &[u8],
    ) {
        let may_contain_keys = !target.roles.contains(&KeyRole::Session) || context.holds_keys();
        if !may_contain_keys || ciphertext.len() > MAX_LENGTH {
            return;
        }
        while self.queue.len() >= MAX_PENDING {
            self.queue.pop_front();
        }
        self.queue.push_back(PendingCiphertext {
            pdu: target.pdu,
            index: target.index,
            conversation: target.conversation,
            uin: target.uin,
            request: target.request,
            context: *context,
            ciphertext: ciphertext.to_vec(),
            attempts_left: MAX_ATTEMPTS,
        });
    }

    /// Takes all ciphertexts out of the queue.
    pub(crate) fn take(&mut self) -> VecDeque<PendingCiphertext> {
        core::mem::take(&mut self.queue)
    }

    /// Puts ciphertexts back before those added since, if further keys may be tried on
    /// them. Drops the oldest beyond [`MAX_PENDING`].
    pub(crate) fn put_back(&mut self, mut entries: VecDeque<PendingCiphertext>) {
        entries.retain(|pending| pending.attempts_left > 0);
        entries.append(&mut self.queue);
        let excess = entries.len().saturating_sub(MAX_PENDING);
        entries.drain(..excess);
        self.queue = entries;
    }
}
