//! What the row of its command says about a ciphertext, or the plaintext of one.

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

    /// The roles whose keys can open the ciphertext, likeliest first.
    pub fn roles(&self) -> &'static [KeyRole] {
        match self.layer {
            CiphertextLayer::Proof if self.is_old() => &[KeyRole::PasswordTwice],
            // QQ2011 took the salt (docs/protocol/oicq.md §11, "Password proof from 2011").
            CiphertextLayer::Proof => &[KeyRole::PasswordSalted, KeyRole::PasswordTwice],
            CiphertextLayer::Device | CiphertextLayer::Second => &[KeyRole::Tgtgt],
            CiphertextLayer::Frame => {
                let rows = self.row().map_or(&[][..], |row| row.keys);
                let row = rows.iter().find(|row| contains(row.versions, self.version));
                match (row, self.direction) {
                    (Some(keys), Direction::ToServer) => keys.up,
                    (Some(keys), Direction::ToClient | Direction::Unknown) => keys.down,
                    (None, _) => &[KeyRole::Session],
                }
            }
        }
    }

    /// Whether the plaintext of this place is encrypted once more, as a whole.
    pub(crate) fn is_sealed_twice(&self, plaintext: &[u8]) -> bool {
        self.layer == CiphertextLayer::Frame
            && self.direction == Direction::ToClient
            && tea::is_length(plaintext.len())
            && self.row().is_some_and(|row| row.sealed_twice)
    }

    /// The ciphertexts inside the plaintext of this place, in order.
    pub fn inner(&self, plaintext: &[u8]) -> Vec<InnerCiphertext> {
        if self.is_sealed_twice(plaintext) {
            let span = Span::new(0, plaintext.len());
            let layer = CiphertextLayer::Second;
            return vec![InnerCiphertext { span, layer }];
        }
        let inner = self.row().and_then(|row| row.inner);
        inner.map_or_else(Vec::new, |inner| inner(self, plaintext))
    }

    /// The keys that the plaintext of this place holds.
    pub fn learn(&self, plaintext: &[u8]) -> Vec<FoundKey> {
        let teaches = self.row().and_then(|row| row.teaches);
        teaches.map_or_else(Vec::new, |teaches| teaches(self, plaintext))
    }

    /// Whether plaintexts of the command can hold keys.
    pub(crate) fn holds_keys(&self) -> bool {
        self.row().is_some_and(|row| row.teaches.is_some())
    }

    /// The sender of the message in the plaintext of this place, and the sender's key. Of
    /// clients that have control packets, which is until QQ2008.
    pub fn key_of_sender(&self, plaintext: &[u8]) -> Option<(u32, Key)> {
        let peer_key = self.row().and_then(|row| row.peer_key)?;
        peer_key(self, plaintext)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_changed_its_meaning_changed_its_key() {
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
