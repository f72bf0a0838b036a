//! What packets give away of keys: those in clear, and those in what was opened.

use crate::oicq::crypto::key_role::{Place, Role};
use crate::oicq::keystore::vault::candidate::{Candidate, Origin};
use crate::oicq::keystore::vault::shelves::Shelf;
use crate::oicq::keystore::vault::{Sought, Vault};
use crate::oicq::wire::direction::Direction;

impl Vault {
    /// Keeps the keys that stand in clear.
    pub(crate) fn learn_from_header(&mut self, sought: &Sought<'_>, place: &Place) {
        if let (Some(key), Some((command, sequence))) = (sought.own, sought.request) {
            let (role, origin) = (Role::Packet, Origin::Request);
            let shelf = Shelf::Replies(sought.conversation, command, sequence);
            self.learnt
                .put(shelf, sought.pdu, Candidate::new(key, role, origin));
        }
        if let (Some(key), Direction::ToServer) = (sought.share, place.direction) {
            let (role, origin) = (Role::Share, Origin::Published);
            self.keep(sought, Candidate::new(key, role, origin));
        }
    }

    /// Keeps the keys that an opened plaintext holds.
    pub(crate) fn learn(&mut self, sought: &Sought<'_>, place: &Place, plaintext: &[u8]) {
        for found in place.learn(plaintext) {
            let origin = match (found.role, place.direction) {
                // The request names a public key, of which the share key is published.
                (Role::Share, Direction::ToServer) => Origin::Published,
                _ => Origin::Login,
            };
            let (role, key) = (found.role, found.key);
            self.keep(sought, Candidate::new(key, role, origin));
            if let (Role::Session, Some(uin)) = (role, sought.uin) {
                let (role, key) = (Role::Peer, key.of_messages(uin));
                self.keep(sought, Candidate::new(key, role, origin));
            }
        }
        if let Some((sender, key)) = place.key_of_sender(plaintext) {
            let shelf = Shelf::Account(sender, Role::Peer);
            let candidate = Candidate::new(key, Role::Peer, Origin::Message);
            self.learnt.put(shelf, sought.pdu, candidate);
        }
    }

    /// Keeps a key, for the conversation and for the account.
    pub(crate) fn keep(&mut self, sought: &Sought<'_>, candidate: Candidate) {
        let shelf = Shelf::Conversation(sought.conversation, candidate.role);
        self.learnt.put(shelf, sought.pdu, candidate);
        if let Some(uin) = sought.uin {
            let shelf = Shelf::Account(uin, candidate.role);
            self.learnt.put(shelf, sought.pdu, candidate);
        }
    }
}
