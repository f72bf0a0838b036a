//! What is to be opened, and what came of it.

use crate::oicq::crypto::key_role::{Layer, Role};
use crate::oicq::crypto::keys::Key;
use crate::oicq::keystore::vault::candidate::Candidate;
use crate::oicq::keystore::vault::shelves::Shelf;
use crate::packet::PduKey;
use crate::span::Span;

/// A ciphertext, and what is known of it.
#[derive(Debug, Clone, Copy)]
pub struct Sought<'a> {
    /// The PDU.
    pub pdu: PduKey,
    /// Which ciphertext of the PDU: 0 for its own, then the inner ones.
    pub step: u8,
    /// The number of the conversation.
    pub conversation: u32,
    /// The account, if it is known.
    pub uin: Option<u32>,
    /// Whose keys can open it, likeliest first.
    pub roles: &'a [Role],
    /// Command and sequence of the request, if this can be its reply.
    pub request: Option<(u16, u16)>,
    /// The key that the packet carries.
    pub own: Option<Key>,
    /// The published share key for the public key that the packet carries.
    pub share: Option<Key>,
}

impl Sought<'_> {
    /// Where keys of this role lie that can open it, likeliest first.
    pub(crate) fn shelves(&self, role: Role) -> impl Iterator<Item = Shelf> {
        let conversation = self.conversation;
        let replies = self.request.filter(|_| role == Role::Packet);
        let replies =
            replies.map(|(command, sequence)| Shelf::Replies(conversation, command, sequence));
        let account = self.uin.map(|uin| Shelf::Account(uin, role));
        let own = Some(Shelf::Conversation(conversation, role));
        [replies, own, account].into_iter().flatten()
    }

    /// Packets of one kind mostly open with one key.
    pub(crate) fn kind(&self) -> (u32, Option<u32>, Role) {
        let role = self.roles.first().copied().unwrap_or(Role::Session);
        (self.conversation, self.uin, role)
    }
}

/// An opened ciphertext inside a plaintext.
#[derive(Debug, Clone)]
pub struct Inside {
    /// Its bytes in the plaintext around it.
    pub at: Span,
    /// What it is.
    pub layer: Layer,
    /// What opened it.
    pub by: Candidate,
    /// What is in it.
    pub plaintext: Vec<u8>,
}
