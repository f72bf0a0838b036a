//! Accounts: who they are, when and from where they were active, whom they know.
//!
//! Every account that acts, is addressed or is listed has a row. Kept of each are at most 64
//! values of facts, 32 statuses, 16 addresses, 16 names given by others, 5,000 contacts, and
//! 4 KiB of each text.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::event::{key, ContactChange, Conversation, Event, EventKind, Fact};
use crate::report::account::Account;
use crate::report::cell::{Cell, Column, Holds};
use crate::report::fold::Report;
use crate::report::limit::{self, Extent};
use crate::report::news::News;
use crate::report::words;

/// Columns of the table.
pub(crate) const COLUMNS: &[Column] = &[
    Column::text(c"Account"),
    Column::text(c"Name"),
    Column::time(c"First seen"),
    Column::time(c"Last seen"),
    Column::number(c"Sent"),
    Column::number(c"Received"),
    Column::new(c"Contacts", Holds::KnownNumbers),
    Column::list(c"Named by others").below(),
    Column::list(c"Client").below(),
    Column::list(c"Client version").below(),
    Column::list(c"Protocol").below(),
    Column::list(c"Locale").below(),
    Column::list(c"Client address").below(),
    Column::list(c"Private address").below(),
    Column::list(c"Public address").below(),
    Column::list(c"Statuses").below(),
    Column::list(c"Contact list").below(),
    Column::new(c"Profile", Holds::Facts).below(),
];

/// Facts with a column of their own, which the profile leaves out.
const FACTS: [Fact; 6] = [
    Fact::Client,
    Fact::ClientVersion,
    Fact::Protocol,
    Fact::Locale,
    Fact::PrivateAddress,
    Fact::PublicAddress,
];

#[derive(Debug, Default)]
struct Accounts {
    rows: Vec<Account>,
    by_key: HashMap<String, usize>,
    news: News,
}

/// An empty list of accounts.
pub(crate) fn new() -> Box<dyn Report> {
    Box::<Accounts>::default()
}

impl Accounts {
    /// The index of an account, which gets a row if it has none.
    fn index(&mut self, account: &str, changed: &mut Vec<usize>) -> usize {
        let key = match account.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => Cow::Owned(key(account)),
            false => Cow::Borrowed(account),
        };
        if let Some(index) = self.by_key.get(key.as_ref()) {
            return *index;
        }
        let index = self.rows.len();
        self.rows.push(Account::new(account));
        self.by_key.insert(key.into_owned(), index);
        changed.push(index);
        index
    }

    fn name(&self, index: usize) -> &str {
        self.rows.get(index).map_or("", |row| &row.account)
    }

    /// Takes what an event says of the account of its connection.
    fn own(&mut self, event: &Event, changed: &mut Vec<usize>) {
        let Some(own) = &event.connection.account else {
            return;
        };
        let index = self.index(own, changed);
        let row = &mut self.rows[index];
        row.is_active(event.time);
        if let Some(client) = event.connection.client() {
            row.has_address(client.address);
        }
        changed.push(index);
    }

    /// Takes what an event says of those whom it is addressed to. `is_said` if it is a message
    /// that counts for them.
    fn recipients(
        &mut self,
        event: &Event,
        (from, is_said): (Option<usize>, bool),
        changed: &mut Vec<usize>,
    ) {
        for who in &event.to {
            if matches!(&event.conversation, Conversation::Group(name) if name == who) {
                continue;
            }
            let index = self.index(who, changed);
            match &event.kind {
                EventKind::Message(_) if is_said => self.rows[index].received += 1,
                EventKind::Contact(change) => self.contact(index, from, change, changed),
                EventKind::Name(label) => {
                    if let Some(from) = from {
                        self.rows[from].has_label(index, label);
                    }
                }
                _ => continue,
            }
            changed.push(index);
        }
    }

    /// The owner of a list, `owner`, has something to say of a contact.
    fn contact(
        &mut self,
        index: usize,
        owner: Option<usize>,
        change: &ContactChange,
        changed: &mut Vec<usize>,
    ) {
        let row = &mut self.rows[index];
        match change {
            ContactChange::Listed { name, .. }
                if row.name.is_empty() && !name.eq_ignore_ascii_case(&row.account) =>
            {
                row.name = limit::text(name);
            }
            _ => {}
        }
        let is_request = matches!(change, ContactChange::Request { .. });
        if let Some(owner) = owner.filter(|_| !is_request) {
            let contacts = self.rows[owner].contacts.get_or_insert_default();
            contacts.change(index, change);
            changed.push(owner);
        }
    }

    fn cells_of(&self, row: &Account, extent: Extent) -> Vec<Cell> {
        let time = |time: Option<i64>| time.map_or(Cell::Empty, Cell::Time);
        let contacts = row.contacts.as_deref().filter(|list| !list.is_empty());
        let list = contacts.map(|list| {
            let words = list.words(|index| self.name(index));
            Cell::list(words.map(Cell::Text), ", ", extent, list.is_cut())
        });
        let fact = |fact| row.fact(fact, extent);
        vec![
            Cell::text(row.account.as_str()),
            Cell::text(row.name.as_str()),
            time(row.seen.map(|seen| seen.0)),
            time(row.seen.map(|seen| seen.1)),
            Cell::Number(row.sent),
            Cell::Number(row.received),
            contacts.map_or(Cell::Empty, |list| Cell::Number(list.count() as u64)),
            row.labels(|index| self.name(index), extent),
            fact(Fact::Client),
            fact(Fact::ClientVersion),
            fact(Fact::Protocol),
            fact(Fact::Locale),
            row.addresses(extent),
            fact(Fact::PrivateAddress),
            fact(Fact::PublicAddress),
            row.statuses(extent),
            list.unwrap_or(Cell::Empty),
            row.profile(&FACTS, extent),
        ]
    }
}

/// Whether the event counts as a message sent and received.
fn is_message(event: &Event) -> bool {
    matches!(&event.kind, EventKind::Message(message) if words::is_said(message.kind))
}

impl Report for Accounts {
    fn add(&mut self, event: &Event, changed: &mut Vec<usize>) {
        let is_further_part = self.news.is_further_part(event);
        let is_new = self.news.is_new(event);
        self.own(event, changed);
        let from = event.from.as_ref().map(|from| self.index(from, changed));
        if let Some(from) = from {
            let row = &mut self.rows[from];
            row.learn(event);
            if let EventKind::Contact(ContactChange::Group { name, .. }) = &event.kind {
                let contacts = row.contacts.get_or_insert_default();
                contacts.has_group(name);
            }
            row.sent += u64::from(is_message(event) && is_new);
            if event.is_action() {
                row.is_active(event.time);
            }
            changed.push(from);
        }
        // A message to a group goes to each member on its own.
        let is_to_group = matches!(event.conversation, Conversation::Group(_));
        let is_said = is_message(event) && !is_further_part && (is_new || is_to_group);
        self.recipients(event, (from, is_said), changed);
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn cells(&self, index: usize, extent: Extent) -> Option<Vec<Cell>> {
        self.rows.get(index).map(|row| self.cells_of(row, extent))
    }
}

#[cfg(test)]
mod tests;
