//! What is new among events: what no other event has told before.
//!
//! A capture can have the connections of several participants. Then it has a message as the
//! sender's client sends it, and again as the server delivers it to each of the others.
//! Servers repeat the status of a contact when only the picture changes. The first of such
//! events is new, whichever a display filter leaves.

use std::collections::hash_map::RandomState;
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::hash::{BuildHasher, Hash};

use crate::event::{key, Conversation, Endpoint, Event, EventKind, Fact, Login, LoginStep};
use crate::report::conversation::{parties, Section};
use crate::report::parts::KnownMessages;

/// Time within which a copy follows, in nanoseconds.
const WINDOW: i64 = 60_000_000_000;
/// Maximum messages of a conversation kept for comparison.
const MAX_SAID: usize = 128;
/// Maximum clients that receive a message, and maximum participants of a conversation.
const MAX_PARTICIPANTS: usize = 1000;
/// Maximum values kept for comparison.
const MAX_VALUES: usize = 1 << 20;

/// What an account shows to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Topic {
    Status,
    Name,
    /// A name that its contact has given to it.
    Label,
    PersonalMessage,
    Media,
    Picture,
}

/// Something said, and the clients that have received it.
#[derive(Debug)]
struct Said {
    time: i64,
    /// Of its sender, kind and words.
    hash: u64,
    /// The client on whose connection it stands first: if it is the sender's, it receives no
    /// copy.
    first: Endpoint,
    receivers: BTreeSet<Endpoint>,
}

impl Said {
    /// Whether it is new to the client, which now has received it.
    fn reaches(&mut self, client: Endpoint) -> bool {
        let has_room = self.receivers.len() < MAX_PARTICIPANTS;
        client != self.first && has_room && self.receivers.insert(client)
    }
}

/// A participant of a conversation.
#[derive(Debug, Default)]
struct Attendance {
    /// `None` if unknown.
    is_present: Option<bool>,
    /// Number of its own connections that are in the conversation.
    own: u32,
}

/// A conversation.
#[derive(Debug, Default)]
struct Room {
    said: VecDeque<Said>,
    /// By the hash of the account.
    attendance: HashMap<u64, Attendance>,
}

/// What was told so far. Texts are kept as hashes, which nobody can foresee.
#[derive(Debug, Default)]
pub(crate) struct News {
    hasher: RandomState,
    /// By the hash of what tells them apart.
    rooms: HashMap<u64, Room>,
    /// The last values, by the account that sees them, and the account and topic.
    values: HashMap<u64, HashMap<u64, u64>>,
    /// Number of those values.
    value_count: usize,
    /// Messages in parts: the first part of each is new.
    messages: KnownMessages,
}

impl News {
    /// Whether an event tells something new. Takes every event of the capture, in order, as the
    /// answer depends on those before.
    pub(crate) fn is_new(&mut self, event: &Event) -> bool {
        match &event.kind {
            EventKind::Message(message) => {
                let words = (message.kind, message.text.as_str());
                let is_said_first = self.is_said_first(event, words);
                self.messages.insert(event) && is_said_first
            }
            EventKind::Transfer(transfer) => {
                let what = (&transfer.what, &transfer.name, &transfer.id);
                self.is_said_first(event, (transfer.step, what))
            }
            EventKind::Invited => self.is_said_first(event, &event.to),
            EventKind::Joined { .. } => self.joins(event),
            EventKind::Left { .. } => self.leaves(event),
            EventKind::Login(login) => {
                self.sign_in(event, login);
                true
            }
            EventKind::Status { status, .. } => self.changes(event, Topic::Status, status),
            EventKind::Name(name) => self.is_renamed(event, name),
            EventKind::Fact(Fact::Nickname, name) => self.changes(event, Topic::Name, name),
            EventKind::PersonalMessage(text) => self.changes(event, Topic::PersonalMessage, text),
            EventKind::CurrentMedia(text) => self.changes(event, Topic::Media, text),
            EventKind::PictureSet(text) => self.changes(event, Topic::Picture, text),
            _ => true,
        }
    }

    /// Whether the event is of a message of which another part came before.
    pub(crate) fn is_further_part(&self, event: &Event) -> bool {
        self.messages.has(event)
    }

    fn room(&mut self, event: &Event) -> &mut Room {
        let section = match &event.conversation {
            Conversation::None => Section::Parties(parties(event)),
            _ => Section::of(event),
        };
        let room = self.hasher.hash_one(section);
        self.rooms.entry(room).or_default()
    }

    /// Whether nobody has told that the sender says this.
    fn is_said_first(&mut self, event: &Event, what: impl Hash) -> bool {
        let (Some(from_client), Some(client)) =
            (event.connection.from_client, event.connection.client())
        else {
            return true;
        };
        let hash = self.hasher.hash_one((event.from.as_deref().map(key), what));
        let said = &mut self.room(event).said;
        let is_old = |it: &Said| event.time.saturating_sub(it.time) > WINDOW;
        while said.len() >= MAX_SAID || said.front().is_some_and(is_old) {
            said.pop_front();
        }
        let is_copy = |it: &mut Said| it.hash == hash && it.reaches(client);
        if !from_client && said.iter_mut().any(is_copy) {
            return false;
        }
        said.push_back(Said {
            time: event.time,
            hash,
            first: client,
            receivers: BTreeSet::new(),
        });
        true
    }

    /// The attendance of the account that an event is of, and whether it is on a connection of
    /// its own. `None` if it is not kept.
    fn attendance(&mut self, event: &Event) -> Option<(&mut Attendance, bool)> {
        let who = key(event.from.as_deref()?);
        let own = event.connection.account.as_deref().unwrap_or_default();
        let is_own = own.eq_ignore_ascii_case(&who);
        let who = self.hasher.hash_one(who);
        let attendance = &mut self.room(event).attendance;
        if attendance.len() >= MAX_PARTICIPANTS && !attendance.contains_key(&who) {
            return None;
        }
        Some((attendance.entry(who).or_default(), is_own))
    }

    /// Whether somebody joins who was not there.
    fn joins(&mut self, event: &Event) -> bool {
        let Some((attendance, is_own)) = self.attendance(event) else {
            return true;
        };
        attendance.own += u32::from(is_own);
        attendance.is_present.replace(true) != Some(true)
    }

    /// Whether somebody leaves who was there, or of whom it is not known. An account leaves
    /// with the last of its connections.
    fn leaves(&mut self, event: &Event) -> bool {
        let Some((attendance, is_own)) = self.attendance(event) else {
            return true;
        };
        if is_own {
            attendance.own = attendance.own.saturating_sub(1);
            if attendance.own > 0 {
                return false;
            }
        }
        attendance.is_present.replace(false) != Some(false)
    }

    /// After a login, the server tells everything anew.
    fn sign_in(&mut self, event: &Event, login: &Login) {
        if login.step == LoginStep::Succeeded && event.conversation == Conversation::None {
            let sees = self.owner(event);
            let before = self.values.remove(&sees);
            self.value_count -= before.map_or(0, |values| values.len());
        }
    }

    /// The hash of the account of the connection.
    fn owner(&self, event: &Event) -> u64 {
        let own = event.connection.account.as_deref().unwrap_or_default();
        self.hasher.hash_one(key(own))
    }

    /// Whether the value of the account that an event is of differs from the one before, which
    /// it replaces. `first` says it of a value without one before.
    fn differs(&mut self, event: &Event, topic: Topic, value: &str, first: bool) -> bool {
        let Some(who) = event.from.as_deref() else {
            return true;
        };
        let what = self.hasher.hash_one((key(who), topic));
        let value = self.hasher.hash_one(value);
        let sees = self.owner(event);
        let values = self.values.get_mut(&sees);
        if let Some(before) = values.and_then(|values| values.get_mut(&what)) {
            return core::mem::replace(before, value) != value;
        }
        if self.value_count < MAX_VALUES {
            self.value_count += 1;
            self.values.entry(sees).or_default().insert(what, value);
        }
        first
    }

    /// Whether a value differs from the one before. At first, an empty one is not new.
    fn changes(&mut self, event: &Event, topic: Topic, value: &str) -> bool {
        self.differs(event, topic, value, !value.is_empty())
    }

    /// Whether an account has another name than before. The first known name of another account
    /// is no change.
    fn is_renamed(&mut self, event: &Event, name: &str) -> bool {
        let topic = match event.to.is_empty() {
            true => Topic::Name,
            false => Topic::Label,
        };
        let is_own = event.from == event.connection.account;
        self.differs(event, topic, name, is_own || topic == Topic::Label)
    }
}

#[cfg(test)]
mod tests;
