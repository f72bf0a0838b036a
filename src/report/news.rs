//! What is new among events: what no other event has told before.
//!
//! A capture can have the connections of several participants. Then it has a message as the
//! sender's client sends it, and again as the server delivers it to each of the others.
//! Servers repeat the status of a contact when only the picture changes. The first of such
//! events is new, whichever a display filter leaves.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::{Hash, Hasher};

use crate::event::{Conversation, Endpoint, Event, EventKind, Fact, Login, LoginStep};
use crate::report::conversation::key;

/// Time within which a copy follows, in nanoseconds.
const WINDOW: i64 = 60_000_000_000;
/// Maximum messages of a conversation kept for comparison.
const MAX_SAID: usize = 128;

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
    /// Hash of its sender, kind and words.
    hash: u64,
    receivers: HashSet<Endpoint>,
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
    attendance: HashMap<String, Attendance>,
}

/// What was told so far.
#[derive(Debug, Default)]
pub(crate) struct News {
    rooms: HashMap<String, Room>,
    /// The last values, by the account that sees them.
    values: HashMap<String, HashMap<(String, Topic), String>>,
}

impl News {
    /// Whether an event tells something new. Takes every event of the capture, in order, as the
    /// answer depends on those before.
    pub(crate) fn is_new(&mut self, event: &Event) -> bool {
        match &event.kind {
            EventKind::Message(message) => {
                self.is_said_first(event, (message.kind, message.text.as_str()))
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

    fn room(&mut self, event: &Event) -> &mut Room {
        let name = match &event.conversation {
            Conversation::Number(number) => number.to_string(),
            Conversation::Group(name) => format!("group {name}"),
            Conversation::Direct | Conversation::None => {
                let parties = event.from.iter().chain(&event.to);
                let mut parties: Vec<_> = parties.map(|who| key(who)).collect();
                parties.sort();
                parties.join(" ")
            }
        };
        self.rooms.entry(name).or_default()
    }

    /// Whether nobody has told that the sender says this.
    fn is_said_first(&mut self, event: &Event, what: impl Hash) -> bool {
        let (Some(from_client), Some(client)) =
            (event.connection.from_client, event.connection.client())
        else {
            return true;
        };
        let mut hasher = DefaultHasher::new();
        (event.from.as_deref().map(key), what).hash(&mut hasher);
        let hash = hasher.finish();
        let said = &mut self.room(event).said;
        let is_old = |it: &Said| event.time.saturating_sub(it.time) > WINDOW;
        while said.len() >= MAX_SAID || said.front().is_some_and(is_old) {
            said.pop_front();
        }
        if !from_client {
            let is_it = |it: &&mut Said| it.hash == hash && !it.receivers.contains(&client);
            if let Some(copied) = said.iter_mut().find(is_it) {
                copied.receivers.insert(client);
                return false;
            }
        }
        said.push_back(Said {
            time: event.time,
            hash,
            // The sender's client receives no copy.
            receivers: HashSet::from([client]),
        });
        true
    }

    fn attendance(&mut self, event: &Event) -> Option<(&mut Attendance, bool)> {
        let who = key(event.from.as_deref()?);
        let own = event.connection.account.as_deref().unwrap_or_default();
        let is_own = own.eq_ignore_ascii_case(&who);
        Some((self.room(event).attendance.entry(who).or_default(), is_own))
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
            let own = event.connection.account.as_deref().unwrap_or_default();
            self.values.remove(&key(own));
        }
    }

    /// Keeps a value. Returns the one before.
    fn replace(&mut self, event: &Event, topic: Topic, value: &str) -> Option<Option<String>> {
        let who = key(event.from.as_deref()?);
        let own = event.connection.account.as_deref().unwrap_or_default();
        let values = self.values.entry(key(own)).or_default();
        Some(values.insert((who, topic), value.to_owned()))
    }

    /// Whether a value differs from the one before. At first, an empty one is not new.
    fn changes(&mut self, event: &Event, topic: Topic, value: &str) -> bool {
        match self.replace(event, topic, value) {
            Some(Some(before)) => before != value,
            Some(None) => !value.is_empty(),
            None => true,
        }
    }

    /// Whether an account has another name than before. The first known name of another account
    /// is no change.
    fn is_renamed(&mut self, event: &Event, name: &str) -> bool {
        let topic = match event.to.is_empty() {
            true => Topic::Name,
            false => Topic::Label,
        };
        let is_own = event.from == event.connection.account;
        match self.replace(event, topic, name) {
            Some(Some(before)) => before != name,
            Some(None) => is_own || topic == Topic::Label,
            None => true,
        }
    }
}

#[cfg(test)]
mod tests;
