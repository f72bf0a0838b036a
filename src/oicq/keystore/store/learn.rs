//! What packets give away of keys: those in clear, and those in what was opened.

use crate::oicq::crypto::key_role::{CiphertextContext, KeyRole};
use crate::oicq::keystore::store::candidate::{Candidate, Origin};
use crate::oicq::keystore::store::key_index::KeyScope;
use crate::oicq::keystore::store::{DecryptTarget, KeyStore};
use crate::oicq::wire::direction::Direction;

impl KeyStore {
    /// Keeps the keys that stand in clear.
    pub(crate) fn learn_from_header(
        &mut self,
        target: &DecryptTarget<'_>,
        place: &CiphertextContext,
    ) {
        if let (Some(key), Some((command, sequence))) = (target.own, target.request) {
            let (role, origin) = (KeyRole::Packet, Origin::Request);
            let scope = KeyScope::Replies(target.conversation, command, sequence);
            self.learnt
                .put(scope, target.pdu, Candidate::new(key, role, origin));
        }
        if let (Some(key), Direction::ToServer) = (target.share, place.direction) {
            let (role, origin) = (KeyRole::Share, Origin::Published);
            self.keep(target, Candidate::new(key, role, origin));
        }
    }

    /// Keeps the keys that an opened plaintext holds.
    pub(crate) fn learn(
        &mut self,
        target: &DecryptTarget<'_>,
        place: &CiphertextContext,
        plaintext: &[u8],
    ) {
        for found in place.learn(plaintext) {
            let origin = match (found.role, place.direction) {
                // The request names a public key, of which the share key is published.
                (KeyRole::Share, Direction::ToServer) => Origin::Published,
                _ => Origin::Login,
            };
            let (role, key) = (found.role, found.key);
            self.keep(target, Candidate::new(key, role, origin));
            if let (KeyRole::Session, Some(uin)) = (role, target.uin) {
                let (role, key) = (KeyRole::Peer, key.of_messages(uin));
                self.keep(target, Candidate::new(key, role, origin));
            }
        }
        if let Some((sender, key)) = place.key_of_sender(plaintext) {
            let scope = KeyScope::Account(sender, KeyRole::Peer);
            let candidate = Candidate::new(key, KeyRole::Peer, Origin::Message);
            self.learnt.put(scope, target.pdu, candidate);
        }
    }

    /// Keeps a key, for the conversation and for the account.
    pub(crate) fn keep(&mut self, target: &DecryptTarget<'_>, candidate: Candidate) {
        let scope = KeyScope::Conversation(target.conversation, candidate.role);
        self.learnt.put(scope, target.pdu, candidate);
        if let Some(uin) = target.uin {
            let scope = KeyScope::Account(uin, candidate.role);
            self.learnt.put(scope, target.pdu, candidate);
        }
    }
}
