//! Roles of keys, and the context of ciphertexts.
//!
//! Source: docs/protocol/oicq.md §4.1 (column "Key"), §4.3, §4.4, §6.3, §6.5, §7.

use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::era::FIRST_OF_2009;

/// Role of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyRole {
    /// In clear before the ciphertext of a request. Also decrypts the reply.
    Packet,
    /// MD5 of MD5 of the password (P2).
    PasswordTwice,
    /// MD5 of MD5 of the password and the QQ number (PS).
    PasswordSalted,
    /// From the reply to 0x00dd of QQ2007 and QQ2008, for their 0x0022.
    Login,
    /// Keys of the login of QQ2009 to QQ2012: 0 to 4, as in §4.4.
    Verify(u8),
    /// From the key exchange of 0x0836.
    Share,
    /// Made by the client inside the proof of its login (TGTGT key).
    Tgtgt,
    /// For the request of 0x0828.
    SessionRequest,
    /// For the reply to 0x0828.
    SessionReply,
    /// For 0x0819, from the reply to 0x0818.
    Poll,
    /// Decrypts everything between login and logout.
    Session,
    /// Between two clients: MD5 of the sender's number and session key.
    Peer,
    /// For the servers of group pictures, from the reply to 0x001d.
    FileAgent,
    /// Key of a packet for which no source documents any.
    Undocumented,
}

impl KeyRole {
    /// Name shown to the user.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Packet => "key in the frame",
            Self::PasswordTwice => "key derived from the password",
            Self::PasswordSalted => "key derived from password and QQ number",
            Self::Login => "login key",
            Self::Verify(_) => "login step key",
            Self::Share => "share key",
            Self::Tgtgt => "TGTGT key",
            Self::SessionRequest => "session request key",
            Self::SessionReply => "session reply key",
            Self::Poll => "QR code key",
            Self::Session => "session key",
            Self::Peer => "client-to-client key",
            Self::FileAgent => "file agent key",
            Self::Undocumented => "key of unknown purpose",
        }
    }
}

/// Layer of a ciphertext: that of a frame, or one nested in a plaintext.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CiphertextLayer {
    /// The ciphertext of the frame.
    Frame,
    /// The client's proof that it knows the password.
    Proof,
    /// Computer ids under the TGTGT key (TLV 0x001a).
    Device,
    /// The whole plaintext of a reply to 0x0836, which is encrypted twice.
    Second,
}

/// Context of a ciphertext.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CiphertextContext {
    /// The frame's command.
    pub command: u16,
    /// Direction of the frame.
    pub direction: Direction,
    /// The client's version, not the server's.
    pub version: u16,
    /// Layer of the ciphertext.
    pub layer: CiphertextLayer,
}

impl CiphertextContext {
    /// Whether the client is QQ2008 or older.
    pub(crate) fn is_old(&self) -> bool {
        self.version < FIRST_OF_2009
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// TM2008 and TM2009: docs/protocol/oicq.md §3.1.
    #[test]
    fn the_first_version_of_2009_is_not_old() {
        for (version, is_old) in [(0x141b, true), (0x141c, false)] {
            let context = CiphertextContext {
                command: 0x00dd,
                direction: Direction::ToServer,
                version,
                layer: CiphertextLayer::Frame,
            };
            assert_eq!(context.is_old(), is_old, "{version:04x}");
        }
    }
}
