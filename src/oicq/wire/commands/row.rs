//! Rows of the table of commands.

use crate::oicq::body::layout::Layout;
use crate::oicq::crypto::key_role::{CiphertextContext, KeyRole};
use crate::oicq::crypto::keys::Key;
use crate::oicq::crypto::login_keys::FoundKey;
use crate::oicq::crypto::login_layers::InnerCiphertext;
use crate::oicq::wire::era::{Era, Versions, ALL};
use crate::oicq::wire::prefix::BodyPrefix;

/// Exchange pattern of a command. Source: docs/protocol/oicq.md §4.1 (direction column)
/// and §5.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyPattern {
    /// A request of the client, with a reply of the server.
    Request,
    /// Sent by the client, never answered.
    ClientOnly,
    /// Pushed by the server; the client does not reply with the same command.
    Push,
    /// Pushed by the server; the client acknowledges with the same command and sequence.
    AcknowledgedPush,
    /// Also sent by the client; a frame of the server can be a reply or a push.
    RequestAndPush,
    /// Not known.
    Unknown,
}

/// The names of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Names {
    /// In English.
    pub english: &'static str,
    /// The term the Chinese community uses, empty where none is established.
    pub chinese: &'static str,
}

/// Roles of the keys that can decrypt a frame, most likely first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KeyRule {
    /// Client versions to which the rule applies.
    pub versions: Versions,
    /// To the server.
    pub to_server: &'static [KeyRole],
    /// To the client, or in an unknown direction.
    pub to_client: &'static [KeyRole],
}

/// A rule with the same keys in both directions, for all client versions.
pub(crate) const fn keys(roles: &'static [KeyRole]) -> KeyRule {
    KeyRule {
        versions: ALL,
        to_server: roles,
        to_client: roles,
    }
}

impl KeyRule {
    /// Sets different keys for frames to the server.
    pub(crate) const fn with_request_keys(self, to_server: &'static [KeyRole]) -> Self {
        Self { to_server, ..self }
    }

    /// Restricts the rule to these client versions.
    pub(crate) const fn of(self, versions: Versions) -> Self {
        Self { versions, ..self }
    }
}

/// Extracts the keys contained in a plaintext.
pub(crate) type KeyExtractor = fn(&CiphertextContext, &[u8]) -> Vec<FoundKey>;
/// Finds the ciphertexts inside a plaintext.
pub(crate) type InnerCiphertextFinder = fn(&CiphertextContext, &[u8]) -> Vec<InnerCiphertext>;
/// Extracts the sender of a message, and the sender's client-to-client key.
pub(crate) type PeerKeyExtractor = fn(&CiphertextContext, &[u8]) -> Option<(u32, Key)>;

/// One meaning of one command number.
///
/// Names and reply pattern apply to clients of the era; everything else applies to other
/// clients too, unless the number has another row.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// The command number (bytes 3-4 of a frame).
    pub code: u16,
    /// The clients for which the number has this meaning.
    pub era: Era,
    /// Names of the command, if known.
    pub names: Option<Names>,
    /// Names of the client's acknowledgement of a push, where they differ.
    pub acknowledgement: Option<Names>,
    /// Exchange pattern.
    pub reply_pattern: ReplyPattern,
    /// Whether this is a keep-alive.
    pub(crate) keep_alive: bool,
    /// Whether another command acknowledges this push, with the sequence in its body.
    pub(crate) acknowledged_in_body: bool,
    /// Whether a client can send it before the account is known, with QQ number 0.
    pub(crate) without_number: bool,
    /// `Some` if the reply can name another server: the first bytes of plaintexts that
    /// do; empty if the first byte does not determine it.
    pub(crate) redirects: Option<&'static [u8]>,
    /// Cleartext before the ciphertext; the first match applies.
    pub(crate) clear: &'static [BodyPrefix],
    /// Keys of the frame; the first match applies. The session key if there is none.
    pub(crate) keys: &'static [KeyRule],
    /// Whether the whole plaintext to the client is itself a ciphertext.
    pub(crate) encrypted_twice: bool,
    /// The ciphertexts inside its plaintexts.
    pub(crate) inner: Option<InnerCiphertextFinder>,
    /// Keys contained in its plaintexts.
    pub(crate) extract_keys: Option<KeyExtractor>,
    /// Client-to-client key contained in its plaintexts.
    pub(crate) peer_key: Option<PeerKeyExtractor>,
    /// Layouts of its plaintexts. Those of one direction are tried in order.
    pub(crate) layouts: &'static [Layout],
}

/// A command of unknown meaning, seen on the wire.
pub(crate) const fn unnamed(reply_pattern: ReplyPattern) -> Command {
    Command {
        code: 0,
        era: Era::All,
        names: None,
        acknowledgement: None,
        reply_pattern,
        keep_alive: false,
        acknowledged_in_body: false,
        without_number: false,
        redirects: None,
        clear: &[],
        keys: &[],
        encrypted_twice: false,
        inner: None,
        extract_keys: None,
        peer_key: None,
        layouts: &[],
    }
}

/// A command under the session key, with nothing in clear before its ciphertext.
pub(crate) const fn named(
    era: Era,
    english: &'static str,
    chinese: &'static str,
    reply_pattern: ReplyPattern,
) -> Command {
    Command {
        era,
        names: Some(Names { english, chinese }),
        ..unnamed(reply_pattern)
    }
}

impl Command {
    pub(crate) const fn numbered(self, code: u16) -> Self {
        Self { code, ..self }
    }

    pub(crate) const fn acknowledged(self, english: &'static str, chinese: &'static str) -> Self {
        Self {
            acknowledgement: Some(Names { english, chinese }),
            ..self
        }
    }

    pub(crate) const fn keeps_alive(self) -> Self {
        Self {
            keep_alive: true,
            ..self
        }
    }

    pub(crate) const fn acknowledged_in_body(self) -> Self {
        Self {
            acknowledged_in_body: true,
            ..self
        }
    }

    pub(crate) const fn without_number(self) -> Self {
        Self {
            without_number: true,
            ..self
        }
    }

    pub(crate) const fn redirects(self, results: &'static [u8]) -> Self {
        Self {
            redirects: Some(results),
            ..self
        }
    }

    pub(crate) const fn clear(self, clear: &'static [BodyPrefix]) -> Self {
        Self { clear, ..self }
    }

    pub(crate) const fn keys(self, keys: &'static [KeyRule]) -> Self {
        Self { keys, ..self }
    }

    pub(crate) const fn encrypted_twice(self) -> Self {
        Self {
            encrypted_twice: true,
            ..self
        }
    }

    pub(crate) const fn inner(self, inner: InnerCiphertextFinder) -> Self {
        Self {
            inner: Some(inner),
            ..self
        }
    }

    pub(crate) const fn extract_keys(self, extract: KeyExtractor) -> Self {
        Self {
            extract_keys: Some(extract),
            ..self
        }
    }

    pub(crate) const fn peer_key(self, peer_key: PeerKeyExtractor) -> Self {
        Self {
            peer_key: Some(peer_key),
            ..self
        }
    }

    /// Whether the layout of its body is known, in any era or direction.
    pub fn has_layout(&self) -> bool {
        !self.layouts.is_empty()
    }

    pub(crate) const fn layouts(self, layouts: &'static [Layout]) -> Self {
        Self { layouts, ..self }
    }
}
