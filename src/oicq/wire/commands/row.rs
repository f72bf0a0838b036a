//! What a row of the table of commands says.

use crate::oicq::body::layout::Layout;
use crate::oicq::crypto::key_role::{CiphertextContext, KeyRole};
use crate::oicq::crypto::keys::Key;
use crate::oicq::crypto::login_keys::FoundKey;
use crate::oicq::crypto::login_layers::InnerCiphertext;
use crate::oicq::wire::era::{Era, Versions, ALL};
use crate::oicq::wire::prefix::BodyPrefix;

/// How a command travels. Source: docs/protocol/oicq.md §4.1 (direction column) and
/// §5.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyPattern {
    /// The client asks, the server replies.
    Request,
    /// The client sends it and is never answered.
    ClientOnly,
    /// The server pushes it; the client does not answer with the same command.
    Push,
    /// The server pushes it; the client acknowledges with the same command and sequence.
    AcknowledgedPush,
    /// The client sends it too, but a frame of the server can be a reply or a push.
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

/// Which keys can open the ciphertext of a frame, likeliest first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KeyRule {
    /// The clients for which this holds.
    pub versions: Versions,
    /// To the server.
    pub up: &'static [KeyRole],
    /// To the client, or in an unknown direction.
    pub down: &'static [KeyRole],
}

/// Keys that open the command in both directions.
pub(crate) const fn keys(roles: &'static [KeyRole]) -> KeyRule {
    KeyRule {
        versions: ALL,
        up: roles,
        down: roles,
    }
}

impl KeyRule {
    /// With other keys to the server.
    pub(crate) const fn asked_by(self, up: &'static [KeyRole]) -> Self {
        Self { up, ..self }
    }

    /// Of these clients only.
    pub(crate) const fn of(self, versions: Versions) -> Self {
        Self { versions, ..self }
    }
}

/// The keys that a plaintext holds.
pub(crate) type Teach = fn(&CiphertextContext, &[u8]) -> Vec<FoundKey>;
/// The ciphertexts inside a plaintext.
pub(crate) type Inside = fn(&CiphertextContext, &[u8]) -> Vec<InnerCiphertext>;
/// The sender of the message in a plaintext, and the sender's key.
pub(crate) type PeerKey = fn(&CiphertextContext, &[u8]) -> Option<(u32, Key)>;

/// One meaning of one command number.
///
/// Names and exchange are for the clients of the era; whatever else the row says is for other
/// clients too, unless the number has another row.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// The command number (bytes 3-4 of a frame).
    pub code: u16,
    /// The clients for which the number has this meaning.
    pub era: Era,
    /// What the command does, if anybody knows.
    pub names: Option<Names>,
    /// What the client's frame is that acknowledges a push, where that has a name of its own.
    pub acknowledgement: Option<Names>,
    /// How the command travels.
    pub exchange: ReplyPattern,
    /// The client says that it is still there.
    pub(crate) keep_alive: bool,
    /// Another command acknowledges this push, by the sequence in its body.
    pub(crate) acknowledged_by_text: bool,
    /// A client can send it before it knows its account, with 0 for a number.
    pub(crate) without_number: bool,
    /// The reply can name another server: the first bytes of plaintexts that do, empty where
    /// the plaintext does not begin so.
    pub(crate) redirects: Option<&'static [u8]>,
    /// What stands in clear before the ciphertext: the first that suits counts.
    pub(crate) clear: &'static [BodyPrefix],
    /// The keys of the frame: the first that suits counts. Without any it is the session key.
    pub(crate) keys: &'static [KeyRule],
    /// Plaintexts to the client are encrypted once more, as a whole.
    pub(crate) sealed_twice: bool,
    /// The ciphertexts inside its plaintexts.
    pub(crate) inner: Option<Inside>,
    /// The keys that its plaintexts hold.
    pub(crate) teaches: Option<Teach>,
    /// The key between two clients that its plaintexts hold.
    pub(crate) peer_key: Option<PeerKey>,
    /// What its plaintexts look like. Several of one direction are tried in their order.
    pub(crate) layouts: &'static [Layout],
}

/// A command that nobody can name, which was seen on the wire.
pub(crate) const fn unnamed(exchange: ReplyPattern) -> Command {
    Command {
        code: 0,
        era: Era::All,
        names: None,
        acknowledgement: None,
        exchange,
        keep_alive: false,
        acknowledged_by_text: false,
        without_number: false,
        redirects: None,
        clear: &[],
        keys: &[],
        sealed_twice: false,
        inner: None,
        teaches: None,
        peer_key: None,
        layouts: &[],
    }
}

/// A command under the session key, with nothing in clear before its ciphertext.
pub(crate) const fn named(
    era: Era,
    english: &'static str,
    chinese: &'static str,
    exchange: ReplyPattern,
) -> Command {
    Command {
        era,
        names: Some(Names { english, chinese }),
        ..unnamed(exchange)
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

    pub(crate) const fn acknowledged_by_text(self) -> Self {
        Self {
            acknowledged_by_text: true,
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

    pub(crate) const fn sealed_twice(self) -> Self {
        Self {
            sealed_twice: true,
            ..self
        }
    }

    pub(crate) const fn inner(self, inner: Inside) -> Self {
        Self {
            inner: Some(inner),
            ..self
        }
    }

    pub(crate) const fn teaches(self, teaches: Teach) -> Self {
        Self {
            teaches: Some(teaches),
            ..self
        }
    }

    pub(crate) const fn peer_key(self, peer_key: PeerKey) -> Self {
        Self {
            peer_key: Some(peer_key),
            ..self
        }
    }

    pub(crate) const fn layouts(self, layouts: &'static [Layout]) -> Self {
        Self { layouts, ..self }
    }
}
