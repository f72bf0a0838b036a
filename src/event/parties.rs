//! Who takes part in what happens: the accounts and groups of events.

use crate::hash_map::HashMap;

use crate::event::account::ContactChange;
use crate::event::conversation::{Conversation, MessageKind};
use crate::event::kind::{Event, EventKind, Family};
use crate::field::FieldId;
use crate::plan::{Plan, Verdict};
use crate::span::Span;

/// The key of an account: upper and lower case are the same, as they are to the servers and
/// to `lower()` in a display filter.
pub(crate) fn key(account: &str) -> String {
    account.to_ascii_lowercase()
}

/// Fields of a family with the parties of a packet, hidden.
#[derive(Debug, Clone, Copy)]
pub struct PartyFields {
    /// Every party.
    pub party: FieldId,
    /// Those who send something to each other.
    pub peer: FieldId,
    /// Those of them who send.
    pub from: FieldId,
    /// Those of them who receive.
    pub to: FieldId,
}

/// An account, a telephone or a group that takes part in a packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Its key: an address in lower case, a number, or `group` and a number.
    pub name: String,
    /// Whether it sends the packet, or does what the packet tells of; `None` if unknown.
    pub sends: Option<bool>,
    /// Whether it sends something to another party.
    pub is_from: bool,
    /// Whether another party sends something to it.
    pub is_to: bool,
}

/// The parties of a packet, each once, in the order of appearance.
///
/// Time and memory are linear in the events.
#[derive(Debug, Default)]
pub struct Parties {
    list: Vec<Party>,
    places: HashMap<String, usize>,
    /// Places of those who send something to others, and of those who receive it.
    from: Vec<usize>,
    to: Vec<usize>,
}

impl Parties {
    /// The parties of these events.
    pub fn of(events: &[Event]) -> Self {
        let mut parties = Self::default();
        events.iter().for_each(|event| parties.add(event));
        parties
    }

    /// The parties so far.
    pub fn list(&self) -> &[Party] {
        &self.list
    }

    /// Places in the list of those who send something to others.
    pub(crate) fn senders(&self) -> &[usize] {
        &self.from
    }

    /// Places in the list of those to whom others send something.
    pub(crate) fn recipients(&self) -> &[usize] {
        &self.to
    }

    /// Adds those of an event. The client of the connection takes part in all that goes over
    /// it, others in what they do or what is addressed to them: not in what is said of them. A
    /// frame that came before has no parties.
    pub fn add(&mut self, event: &Event) {
        if is_repeated(event) {
            return;
        }
        if let Some(client) = &event.connection.account {
            self.party(client, event.connection.from_client);
        }
        if !event.is_action() {
            return;
        }
        let from = event.from.as_deref();
        let from = from.and_then(|from| self.party(from, Some(true)));
        let to = event.to.iter();
        let mut to: Vec<_> = to.filter_map(|to| self.party(to, Some(false))).collect();
        // A group is one recipient, whoever receives what is sent to it.
        if let Some(group) = group(event) {
            to = self.party(&group, Some(false)).into_iter().collect();
        }
        let Some(from) = from.filter(|_| is_exchange(&event.kind)) else {
            return;
        };
        for to in to.into_iter().filter(|to| *to != from) {
            if !core::mem::replace(&mut self.list[to].is_to, true) {
                self.to.push(to);
            }
            if !core::mem::replace(&mut self.list[from].is_from, true) {
                self.from.push(from);
            }
        }
    }

    /// The place of a party, which is added if it is new. `None` if it has no name.
    fn party(&mut self, name: &str, sends: Option<bool>) -> Option<usize> {
        // As texts of a Plan are.
        let name = key(name).replace('\0', "\u{2400}");
        if name.is_empty() {
            return None;
        }
        let place = match self.places.get(&name) {
            Some(place) => *place,
            None => {
                let place = self.list.len();
                self.places.insert(name.clone(), place);
                self.list.push(Party {
                    name,
                    sends: None,
                    is_from: false,
                    is_to: false,
                });
                place
            }
        };
        let party = &mut self.list[place];
        party.sends = party.sends.or(sends);
        Some(place)
    }

    /// Adds them to a Plan as hidden items.
    pub(crate) fn show(&self, plan: &mut Plan<'_>, fields: &PartyFields) {
        if plan.verdict == Verdict::Reject || plan.items().is_empty() {
            return;
        }
        for party in &self.list {
            let rows = [
                (fields.party, true),
                (fields.peer, party.is_from || party.is_to),
                (fields.from, party.is_from),
                (fields.to, party.is_to),
            ];
            for (field, _) in rows.into_iter().filter(|(_, is_it)| *is_it) {
                let item = plan.derived(1, field, Span::default(), &party.name);
                plan.mark_generated(item);
                plan.mark_hidden(item);
            }
        }
    }
}

/// Whether the frame of the event came before.
fn is_repeated(event: &Event) -> bool {
    matches!(&event.kind, EventKind::Command(command) if command.is_repeated)
}

/// The group that the event is in. An account of MSN stands for its group.
fn group(event: &Event) -> Option<String> {
    match (&event.conversation, event.family) {
        (Conversation::Group(name), Family::Qq) => Some(format!("group {name}")),
        (Conversation::Group(name), Family::Msn) => Some(name.clone()),
        _ => None,
    }
}

/// Whether the account that an event is of sends something to others.
fn is_exchange(kind: &EventKind) -> bool {
    match kind {
        EventKind::Message(_)
        | EventKind::Invited
        | EventKind::Transfer(_)
        | EventKind::Object(_)
        | EventKind::Contact(ContactChange::Request { .. })
        | EventKind::Command(_) => true,
        EventKind::Joined { .. }
        | EventKind::Left { .. }
        | EventKind::Status { .. }
        | EventKind::Name(_)
        | EventKind::PersonalMessage(_)
        | EventKind::CurrentMedia(_)
        | EventKind::PictureSet(_)
        | EventKind::Contact(_)
        | EventKind::Mail { .. }
        | EventKind::Login(_)
        | EventKind::Redirected { .. }
        | EventKind::Ended { .. }
        | EventKind::Fact(..) => false,
    }
}

impl Event {
    /// Whether the account that it is of does something at that time.
    pub(crate) fn is_action(&self) -> bool {
        match &self.kind {
            EventKind::Contact(ContactChange::Request { .. }) => true,
            // The members of a group are a list, as contacts are.
            EventKind::Joined { is_present: true } => {
                !matches!(self.conversation, Conversation::Group(_))
            }
            EventKind::Contact(_)
            | EventKind::Mail { .. }
            | EventKind::Fact(..)
            | EventKind::Name(_) => false,
            EventKind::Message(message) => message.kind != MessageKind::NotDelivered,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests;
