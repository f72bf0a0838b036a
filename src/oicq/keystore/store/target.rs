//! What is to be opened, and what came of it.

use crate::oicq::crypto::key_role::{CiphertextLayer, KeyRole};
use crate::oicq::crypto::keys::Key;
use crate::oicq::keystore::store::candidate::Candidate;
use crate::oicq::keystore::store::key_index::KeyScope;
use crate::packet::PduKey;
use crate::span::Span;

/// A ciphertext, and what is known of it.
#[derive(Debug, Clone, Copy)]
pub struct DecryptTarget<'a> {
    /// The PDU.
    pub pdu: PduKey,
    /// Which ciphertext of the PDU: 0 for its own, then the inner ones.
    pub step: u8,
    /// The number of the conversation.
    pub conversation: u32,
    /// The account, if it is known.
    pub uin: Option<u32>,
    /// Whose keys can open it, likeliest first.
    pub roles: &'a [KeyRole],
    /// Command and sequence of the request, if this can be its reply.
    pub request: Option<(u16, u16)>,
    /// The key that the packet carries.
    pub own: Option<Key>,
    /// The published share key for the public key that the packet carries.
    pub share: Option<Key>,
}

impl DecryptTarget<'_> {
    /// Where keys of this role lie that can open it, likeliest first.
    pub(crate) fn scopes(&self, role: KeyRole) -> impl Iterator<Item = KeyScope> {
        let conversation = self.conversation;
        let replies = self.request.filter(|_| role == KeyRole::Packet);
        let replies =
            replies.map(|(command, sequence)| KeyScope::Replies(conversation, command, sequence));
        let account = self.uin.map(|uin| KeyScope::Account(uin, role));
        let own = Some(KeyScope::Conversation(conversation, role));
        [replies, own, account].into_iter().flatten()
    }

    /// Packets of one kind mostly open with one key.
    pub(crate) fn kind(&self) -> (u32, Option<u32>, KeyRole) {
        let role = self.roles.first().copied().unwrap_or(KeyRole::Session);
        (self.conversation, self.uin, role)
    }
}

/// An opened ciphertext inside a plaintext.
#[derive(Debug, Clone)]
pub struct InnerPlaintext {
    /// Its bytes in the plaintext around it.
    pub at: Span,
    /// What it is.
    pub layer: CiphertextLayer,
    /// What opened it.
    pub by: Candidate,
    /// What is in it.
    pub plaintext: Vec<u8>,
}
