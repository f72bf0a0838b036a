//! One form of a command: who sends it, to which server, since when, and its parameters.

use crate::msn::msnp::wire::parameter::meaning::{Meaning, Meanings};

/// One place in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// A parameter that must be there.
    One(Meaning),
    /// One that may be missing: it is taken to be there when the word can have this meaning.
    Maybe(Meaning),
    /// One that must be there, with the first meaning that the word can have.
    Either(Meaning, Meaning),
    /// A word that selects this form.
    Word(&'static str, Meaning),
    /// Any number of parameters, up to the end.
    Many(Meaning),
}

/// Who sends a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// Client or server.
    Both,
    /// The client only.
    Client,
    /// The server only.
    Server,
}

/// On which connections a form is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// All.
    Any,
    /// Those to dispatch and notification servers: the first lines of a login.
    Login,
    /// Those to dispatch servers; a notification server, too, can send its clients elsewhere.
    Dispatch,
    /// Those to notification servers.
    Notification,
    /// Those to switchboards.
    Switchboard,
}

/// What of a line proves that it is MSNP: no other protocol writes such a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// Nothing: a second line is needed.
    None,
    /// Words in the first so many places, each of a shape that nothing but its meaning has.
    /// Where these are all places, no other word follows.
    Places(usize),
    /// Words in all places, and a payload that begins as a message does.
    Message,
    /// As `Message`, where the payload may end before it has begun so in full.
    PartOfMessage,
}

/// One form of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// Who sends it.
    pub from: From,
    /// On which connections.
    pub on: On,
    /// The first and the last dialect that has it.
    pub dialects: (u8, u8),
    /// All parameters, the transaction id included.
    pub slots: &'static [Slot],
    /// All that its places can mean.
    pub meanings: Meanings,
    /// What of such a line is proof of MSNP.
    pub proof: Proof,
}

impl Slot {
    /// Whether a word of this place can have this meaning.
    pub const fn can_be(&self, wanted: Meaning) -> bool {
        self.meanings().has(wanted)
    }

    /// All that a word of this place can mean.
    pub const fn meanings(&self) -> Meanings {
        match *self {
            Self::One(meaning)
            | Self::Maybe(meaning)
            | Self::Many(meaning)
            | Self::Word(_, meaning) => Meanings::NONE.with(meaning),
            Self::Either(first, second) => Meanings::NONE.with(first).with(second),
        }
    }

    /// Whether a word must be there.
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
