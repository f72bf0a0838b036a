//! One event.

use core::fmt;

use crate::event::account::{ContactChange, Fact, Login};
use crate::event::command::Command;
use crate::event::conversation::{Conversation, Message};
use crate::event::object::Object;
use crate::event::transfer::Transfer;
use crate::packet::{Address, Packet};

/// The protocols that report together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// MSN Messenger.
    Msn,
    /// Tencent QQ.
    Qq,
}

/// Address and port of one end of a connection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Endpoint {
    /// Its address.
    pub address: Address,
    /// Its port, 0 if there is none.
    pub port: u16,
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.address {
            Address::V6(_) => write!(f, "[{}]:{}", self.address, self.port),
            _ => write!(f, "{}:{}", self.address, self.port),
        }
    }
}

/// The connection that carries a PDU.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Connection {
    /// The account of the client: an email address or a QQ number.
    pub account: Option<String>,
    /// Whether the client has sent the PDU; `None` if unknown, or between two clients.
    pub from_client: Option<bool>,
    /// The sender of the packet.
    pub source: Endpoint,
    /// Its receiver.
    pub destination: Endpoint,
}

impl Connection {
    /// The connection of a packet, before anything is known of its client.
    pub(crate) fn of(packet: &Packet<'_>) -> Self {
        Self {
            account: None,
            from_client: None,
            source: Endpoint {
                address: packet.source,
                port: packet.source_port,
            },
            destination: Endpoint {
                address: packet.destination,
                port: packet.destination_port,
            },
        }
    }

    /// The client's end. `None` if unknown.
    pub fn client(&self) -> Option<Endpoint> {
        self.from_client.map(|from_client| match from_client {
            true => self.source,
            false => self.destination,
        })
    }

    /// The server's end. `None` if unknown.
    pub fn server(&self) -> Option<Endpoint> {
        self.from_client.map(|from_client| match from_client {
            true => self.destination,
            false => self.source,
        })
    }
}

/// What happened, when and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// MSN or QQ.
    pub family: Family,
    /// Frame number.
    pub frame: u32,
    /// Capture time, in nanoseconds since 1970, UTC.
    pub time: i64,
    /// What carries the PDU.
    pub connection: Connection,
    /// The conversation in which it happened.
    pub conversation: Conversation,
    /// The account that acts: the sender of a message, the one who joins, whose status it is.
    pub from: Option<String>,
    /// The accounts that it is addressed to, each once.
    pub to: Vec<String>,
    /// What happened.
    pub kind: EventKind,
}

/// What happened. Who did it is in [`Event::from`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventKind {
    /// A message of one user to others.
    Message(Message),
    /// Someone enters a conversation.
    Joined {
        /// It was there before the account of the connection.
        is_present: bool,
    },
    /// Someone leaves a conversation.
    Left {
        /// Why, in words; empty if not said.
        reason: String,
    },
    /// The sender invites the recipients to a conversation.
    Invited,
    /// A file, a display picture, an emoticon ... goes from one user to another.
    Transfer(Transfer),
    /// A file or other object, or a part of it, with its bytes.
    Object(Object),
    /// A presence status.
    Status {
        /// The status in words, such as "Busy".
        status: String,
        /// It is the state at sign-in, not a change.
        is_initial: bool,
    },
    /// A display name. The recipient, if any, is the account that has given it to a contact.
    Name(String),
    /// A personal message, which is shown beside the display name.
    PersonalMessage(String),
    /// The media that somebody plays.
    CurrentMedia(String),
    /// A display picture is set: its name or hash.
    PictureSet(String),
    /// A contact list changes, or is listed. [`Event::from`] owns the list, [`Event::to`]
    /// are the contacts.
    Contact(ContactChange),
    /// An email has arrived for [`Event::to`], or its folder has changed.
    Mail {
        /// What is said of it, such as "new email".
        what: String,
        /// The subject; empty if not said.
        subject: String,
    },
    /// A step of a login.
    Login(Login),
    /// A server refers the client to another.
    Redirected {
        /// The server, and what it is for.
        to: String,
    },
    /// A session ends.
    Ended {
        /// Why, in words.
        reason: String,
    },
    /// A value that describes the account [`Event::from`].
    Fact(Fact, String),
    /// A PDU of a command or of an error, whatever else it means: one for each.
    Command(Command),
}
