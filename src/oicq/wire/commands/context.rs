//! Keys and nested ciphertexts of a ciphertext, by the row of its command.

use crate::oicq::crypto::key_role::{CiphertextContext, CiphertextLayer, KeyRole};
use crate::oicq::crypto::keys::Key;
use crate::oicq::crypto::login_keys::FoundKey;
use crate::oicq::crypto::login_layers::InnerCiphertext;
use crate::oicq::crypto::tea;
use crate::oicq::wire::commands::meaning::nearest;
use crate::oicq::wire::commands::row::Command;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::era::contains;
use crate::span::Span;

impl CiphertextContext {
    pub(crate) fn row(&self) -> Option<&'static Command> {
        nearest(self.command, self.version)
    }

    /// Roles of the keys that can decrypt the ciphertext, most likely first.
    pub fn roles(&self) -> &'static [KeyRole] {
        match self.layer {
            CiphertextLayer::Proof if self.is_old() => &[KeyRole::PasswordTwice],
            // QQ2011 introduced the salt (docs/protocol/oicq.md §11, "Password proof from
            // 2011").
            CiphertextLayer::Proof => &[KeyRole::PasswordSalted, KeyRole::PasswordTwice],
            CiphertextLayer::Device | CiphertextLayer::Second => &[KeyRole::Tgtgt],
            CiphertextLayer::Frame => {
                let rows = self.row().map_or(&[][..], |row| row.keys);
                let row = rows.iter().find(|row| contains(row.versions, self.version));
                match (row, self.direction) {
                    (Some(keys), Direction::ToServer) => keys.to_server,
                    (Some(keys), Direction::ToClient | Direction::Unknown) => keys.to_client,
                    (None, _) => &[KeyRole::Session],
                }
            }
        }
    }

    /// Whether the whole plaintext is itself a ciphertext.
    pub(crate) fn is_encrypted_twice(&self, plaintext: &[u8]) -> bool {
        self.layer == CiphertextLayer::Frame
            && self.direction == Direction::ToClient
            && tea::is_ciphertext_len(plaintext.len())
            && self.row().is_some_and(|row| row.encrypted_twice)
    }

    /// Ciphertexts inside the plaintext, in order.
    pub fn inner(&self, plaintext: &[u8]) -> Vec<InnerCiphertext> {
        if self.is_encrypted_twice(plaintext) {
            let span = Span::new(0, plaintext.len());
            let layer = CiphertextLayer::Second;
            return vec![InnerCiphertext { span, layer }];
        }
        let inner = self.row().and_then(|row| row.inner);
        inner.map_or_else(Vec::new, |inner| inner(self, plaintext))
    }

    /// Keys contained in the plaintext.
    pub fn extract_keys(&self, plaintext: &[u8]) -> Vec<FoundKey> {
        let extract = self.row().and_then(|row| row.extract_keys);
        extract.map_or_else(Vec::new, |extract| extract(self, plaintext))
    }

    /// Whether plaintexts of the command can contain keys.
    pub(crate) fn holds_keys(&self) -> bool {
        self.row().is_some_and(|row| row.extract_keys.is_some())
    }

    /// Sender of the message in the plaintext, and the sender's client-to-client key.
    /// Returns `None` for clients without control packets, which are QQ2009 and newer.
    pub fn key_of_sender(&self, plaintext: &[u8]) -> Option<(u32, Key)> {
        let peer_key = self.row().and_then(|row| row.peer_key)?;
        peer_key(self, plaintext)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_a_number_depend_on_its_meaning() {
        let roles = |command, version, direction| {
            let layer = CiphertextLayer::Frame;
            CiphertextContext {
                command,
                direction,
                version,
                layer,
            }
            .roles()
        };
        let (up, down) = (Direction::ToServer, Direction::ToClient);
        assert_eq!(roles(0x0030, 0x0f5f, up), [KeyRole::Session]);
        assert_eq!(roles(0x0030, 0x1e0d, up), [KeyRole::Verify(0)]);
        assert_eq!(roles(0x0030, 0x1e0d, down)[0], KeyRole::Verify(2));
        assert_eq!(roles(0x00dd, 0x115b, down)[0], KeyRole::PasswordTwice);
        assert_eq!(roles(0x00dd, 0x2227, down)[0], KeyRole::Verify(4));
        assert_eq!(
            roles(0x00cd, 0x3420, Direction::Unknown),
            [KeyRole::Session]
        );
    }
}
