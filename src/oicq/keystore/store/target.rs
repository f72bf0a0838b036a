//! Ciphertexts to decrypt, and decrypted nested ones.

use crate::oicq::crypto::key_role::{CiphertextLayer, KeyRole};
use crate::oicq::crypto::keys::Key;
use crate::oicq::keystore::store::candidate::Candidate;
use crate::oicq::keystore::store::key_index::KeyScope;
use crate::packet::PduKey;
use crate::span::Span;

/// A ciphertext to decrypt.
#[derive(Debug, Clone, Copy)]
pub struct DecryptTarget {
    /// The PDU.
    pub pdu: PduKey,
    /// Index of the ciphertext in the PDU: 0 for that of the frame, then the nested ones.
    pub index: u8,
    /// The number of the conversation.
    pub conversation: u32,
    /// The account, if it is known.
    pub uin: Option<u32>,
    /// Roles of the keys that can decrypt it, most likely first.
    pub roles: &'static [KeyRole],
    /// Command and sequence of the request, if this is one that carries a key or can be a
    /// reply.
    pub request: Option<(u16, u16)>,
    /// The key carried by the packet.
    pub carried_key: Option<Key>,
    /// The published share key of the public key carried by the packet.
    pub share: Option<Key>,
}

impl DecryptTarget {
    /// Scopes of the index to search for keys of this role, most likely first.
    pub(crate) fn scopes(&self, role: KeyRole) -> impl Iterator<Item = KeyScope> {
        let conversation = self.conversation;
        let replies = self.request.filter(|_| role == KeyRole::Packet);
        let replies =
            replies.map(|(command, sequence)| KeyScope::Replies(conversation, command, sequence));
        let account = self.uin.map(|uin| KeyScope::Account(uin, role));
        let own = Some(KeyScope::Conversation(conversation, role));
        [replies, own, account].into_iter().flatten()
    }

    /// Class of ciphertexts that mostly have the same key.
    pub(crate) fn class(&self) -> (u32, Option<u32>, KeyRole) {
        let role = self.roles.first().copied().unwrap_or(KeyRole::Session);
        (self.conversation, self.uin, role)
    }
}

/// A decrypted ciphertext nested in a plaintext.
#[derive(Debug, Clone)]
pub struct InnerPlaintext {
    /// Range of the ciphertext in the enclosing plaintext.
    pub ciphertext: Span,
    /// Its layer.
    pub layer: CiphertextLayer,
    /// The key that decrypted it.
    pub key: Candidate,
    /// Its plaintext.
    pub plaintext: Vec<u8>,
}
