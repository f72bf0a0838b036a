//! Events: what the PDUs of a packet mean to a person. Reports are made of them.
//!
//! Events are read from the items of a [`crate::plan::Plan`], so they say what the tree
//! says, and a secret that is withheld there is not in them. They are made only if
//! somebody listens: see [`crate::packet::Packet::has_listeners`].

mod account;
mod command;
mod conversation;
mod kind;
mod object;
mod origin;
mod parties;
mod pdu;
pub(crate) mod time;
mod transfer;

pub use crate::event::account::{ContactChange, Fact, GroupChange, Login, LoginStep};
pub use crate::event::command::Command;
pub use crate::event::conversation::{Conversation, Message, MessageKind, MessagePart, Picture};
pub use crate::event::kind::{Connection, Endpoint, Event, EventKind, Family};
pub use crate::event::object::Object;
pub(crate) use crate::event::origin::Origin;
pub(crate) use crate::event::parties::key;
pub use crate::event::parties::{Parties, Party, PartyFields};
pub use crate::event::pdu::{pdus, PduItems};
pub use crate::event::transfer::{Subject, Transfer, TransferStep};
