//! One form of a command: sender, role of the server, dialects, and parameters.

use crate::msn::msnp::wire::parameter::meaning::{Meaning, Meanings};

/// One place in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// A required parameter.
    One(Meaning),
    /// An optional parameter: present if the next word can have this meaning.
    Maybe(Meaning),
    /// A required parameter: of the first meaning if the word can have it, else the second.
    Either(Meaning, Meaning),
    /// A fixed word, which selects this form.
    Word(&'static str, Meaning),
    /// Any number of parameters, up to the end of the line.
    Many(Meaning),
}

/// Who sends a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// Client or server.
    Both,
    /// The client only.
    Client,
    /// The server only.
    Server,
}

/// The connections on which a form is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectionScope {
    /// All.
    Any,
    /// Those to dispatch and notification servers: the first lines of a login.
    Login,
    /// Those to dispatch servers; notification servers can also redirect their clients.
    Dispatch,
    /// Those to notification servers.
    Notification,
    /// Those to switchboards.
    Switchboard,
}

/// Proof that a line is MSNP, because no other protocol has such a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// Nothing: a second line is needed.
    None,
    /// Words in this number of first places, each with the shape of its meaning. If these
    /// are all places, no other word follows.
    Places(usize),
    /// Words in all places, and a payload that begins with a header of a message.
    Message,
    /// As `Message`, but the payload may end within the name of that header.
    PartOfMessage,
}

/// One form of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// Who sends it.
    pub from: Sender,
    /// The connections on which it is used.
    pub on: ConnectionScope,
    /// The first and the last dialect that has it.
    pub dialects: (u8, u8),
    /// All parameters, the transaction id included.
    pub slots: &'static [Slot],
    /// All meanings of its places.
    pub meanings: Meanings,
    /// What proves that such a line is MSNP.
    pub proof: Proof,
}

impl Slot {
    /// Whether a word in this place can have this meaning.
    pub const fn can_be(&self, wanted: Meaning) -> bool {
        self.meanings().has(wanted)
    }

    /// All meanings that a word in this place can have.
    pub const fn meanings(&self) -> Meanings {
        match *self {
            Self::One(meaning)
            | Self::Maybe(meaning)
            | Self::Many(meaning)
            | Self::Word(_, meaning) => Meanings::NONE.with(meaning),
            Self::Either(first, second) => Meanings::NONE.with(first).with(second),
        }
    }

    /// Whether the parameter is required.
    pub const fn is_required(&self) -> bool {
        !matches!(self, Self::Maybe(_) | Self::Many(_))
    }
}

impl Form {
    /// Whether a place of the form can have this meaning.
    pub const fn has(&self, wanted: Meaning) -> bool {
        self.meanings.has(wanted)
    }

    /// Whether the form begins with a transaction id.
    pub const fn is_numbered(&self) -> bool {
        !self.slots.is_empty() && self.slots[0].can_be(Meaning::TrId)
    }
}
