//! Learns the keys that packets contain: in clear, and in plaintexts.

use crate::oicq::crypto::key_role::{CiphertextContext, KeyRole};
use crate::oicq::keystore::store::candidate::{Candidate, Origin};
use crate::oicq::keystore::store::key_index::KeyScope;
use crate::oicq::keystore::store::{DecryptTarget, KeyStore};
use crate::oicq::wire::direction::Direction;

impl KeyStore {
    /// Adds the keys in clear to the index.
    pub(crate) fn learn_from_header(
        &mut self,
        target: &DecryptTarget,
        context: &CiphertextContext,
    ) {
        if let (Some(key), Some((command, sequence))) = (target.carried_key, target.request) {
            let (role, origin) = (KeyRole::Packet, Origin::Request);
            let scope = KeyScope::Replies(target.conversation, command, sequence);
            self.learnt
                .insert(scope, target.pdu, Candidate::new(key, role, origin));
        }
        if let (Some(key), Direction::ToServer) = (target.share, context.direction) {
            let (role, origin) = (KeyRole::Share, Origin::Published);
            self.insert(target, Candidate::new(key, role, origin));
        }
    }

    /// Adds the keys contained in a plaintext to the index.
    pub(crate) fn learn(
        &mut self,
        target: &DecryptTarget,
        context: &CiphertextContext,
        plaintext: &[u8],
    ) {
        for found in context.extract_keys(plaintext) {
            let origin = match (found.role, context.direction) {
                // The request contains a public key with a published share key.
                (KeyRole::Share, Direction::ToServer) => Origin::Published,
                _ => Origin::Login,
            };
            let (role, key) = (found.role, found.key);
            self.insert(target, Candidate::new(key, role, origin));
            if let (KeyRole::Session, Some(uin)) = (role, target.uin) {
                let (role, key) = (KeyRole::Peer, key.peer_key(uin));
                self.insert(target, Candidate::new(key, role, origin));
            }
        }
        if let Some((sender, key)) = context.key_of_sender(plaintext) {
            let scope = KeyScope::Account(sender, KeyRole::Peer);
            let candidate = Candidate::new(key, KeyRole::Peer, Origin::Message);
            self.learnt.insert(scope, target.pdu, candidate);
        }
    }

    /// Adds a key to the index, for the conversation and for the account.
    pub(crate) fn insert(&mut self, target: &DecryptTarget, candidate: Candidate) {
        let scope = KeyScope::Conversation(target.conversation, candidate.role);
        self.learnt.insert(scope, target.pdu, candidate);
        if let Some(uin) = target.uin {
            let scope = KeyScope::Account(uin, candidate.role);
            self.learnt.insert(scope, target.pdu, candidate);
        }
    }
}
