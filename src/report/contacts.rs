//! Contacts: who has whom in which list and group.
//!
//! A row is a contact of an account, as the changes of the account's list tell it. Kept of an
//! account are at most 5,000 contacts, and 4 KiB of each text.

use std::collections::HashMap;
use std::rc::Rc;

use crate::event::{key, ContactChange, Conversation, Event, EventKind};
use crate::report::cell::{Cell, Column};
use crate::report::contact::{Contact, Groups};
use crate::report::contact_list::MAX_CONTACTS;
use crate::report::fold::Report;
use crate::report::limit::{self, Extent};

/// Columns of the table.
pub(crate) const COLUMNS: &[Column] = &[
    Column::text(c"Account"),
    Column::text(c"Contact"),
    Column::text(c"Name"),
    Column::list(c"Lists"),
    Column::list(c"Groups"),
    Column::list(c"Changes"),
    Column::time(c"First seen"),
    Column::number(c"Frame"),
];

/// A contact of an account.
#[derive(Debug)]
struct Row {
    owner: usize,
    account: String,
    /// The name that the list has for it.
    name: String,
    contact: Contact,
    time: i64,
    frame: u32,
}

/// An account with a contact list.
#[derive(Debug)]
struct Owner {
    account: Rc<str>,
    groups: Groups,
    /// Indices of the rows, by the account of the contact.
    rows: HashMap<String, usize>,
}

#[derive(Debug, Default)]
struct Contacts {
    rows: Vec<Row>,
    owners: Vec<Owner>,
    by_key: HashMap<String, usize>,
}

/// An empty list of contacts.
pub(crate) fn new() -> Box<dyn Report> {
    Box::<Contacts>::default()
}

impl Contacts {
    fn owner(&mut self, account: &str) -> usize {
        let new = self.owners.len();
        let index = *self.by_key.entry(key(account)).or_insert(new);
        if index == new {
            self.owners.push(Owner {
                account: limit::text(account).into(),
                groups: Groups::default(),
                rows: HashMap::new(),
            });
        }
        index
    }

    /// The row of a contact, which gets one if it has none and there is room.
    fn row(&mut self, owner: usize, contact: &str, event: &Event) -> Option<usize> {
        let rows = &mut self.owners[owner].rows;
        let key = key(contact);
        if let Some(index) = rows.get(&key) {
            return Some(*index);
        }
        if rows.len() >= MAX_CONTACTS {
            return None;
        }
        let index = self.rows.len();
        rows.insert(key, index);
        self.rows.push(Row {
            owner,
            account: limit::text(contact),
            name: String::new(),
            contact: Contact::default(),
            time: event.time,
            frame: event.frame,
        });
        Some(index)
    }

    /// Takes the name of a group, which its members show.
    fn group(&mut self, owner: usize, name: &str, changed: &mut Vec<usize>) {
        let owner = &mut self.owners[owner];
        if let Some(id) = owner.groups.learn(name) {
            let rows = owner.rows.values().copied();
            changed.extend(rows.filter(|row| self.rows[*row].contact.groups.contains(&id)));
        }
    }

    /// Takes what the list of `owner` says of a contact.
    fn change(
        &mut self,
        owner: usize,
        contact: &str,
        change: &ContactChange,
        event: &Event,
    ) -> Option<usize> {
        let index = self.row(owner, contact, event)?;
        let row = &mut self.rows[index];
        row.contact.change(change);
        match change {
            ContactChange::Listed { name, .. } if !name.is_empty() => row.name = limit::text(name),
            _ => {}
        }
        Some(index)
    }

    /// Takes the name that `owner` has given to a contact.
    fn label(&mut self, owner: usize, contact: &str, name: &str) -> Option<usize> {
        let index = *self.owners[owner].rows.get(&key(contact))?;
        self.rows[index].name = limit::text(name);
        Some(index)
    }
}

impl Report for Contacts {
    fn add(&mut self, event: &Event, changed: &mut Vec<usize>) {
        let Some(from) = &event.from else {
            return;
        };
        let change = match &event.kind {
            EventKind::Contact(ContactChange::Request { .. }) => return,
            EventKind::Contact(change) => Some(change),
            EventKind::Name(_) if !event.to.is_empty() => None,
            _ => return,
        };
        let owner = self.owner(from);
        if let Some(ContactChange::Group { name, .. }) = change {
            self.group(owner, name, changed);
        }
        let is_group = |who: &&String| matches!(&event.conversation, Conversation::Group(name) if name == *who);
        for who in event.to.iter().filter(|who| !is_group(who)) {
            changed.extend(match (&event.kind, change) {
                (_, Some(change)) => self.change(owner, who, change, event),
                (EventKind::Name(name), None) => self.label(owner, who, name),
                _ => None,
            });
        }
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn cells(&self, index: usize, extent: Extent) -> Option<Vec<Cell>> {
        let row = self.rows.get(index)?;
        let owner = &self.owners[row.owner];
        let list = |texts: Vec<&str>| {
            let texts = texts.into_iter().map(|text| Cell::Text(text.to_owned()));
            Cell::list(texts, ", ", extent, false)
        };
        let contact = &row.contact;
        let groups = contact.groups.iter().map(|id| owner.groups.name(id));
        Some(vec![
            Cell::text(&*owner.account),
            Cell::text(row.account.as_str()),
            Cell::text(row.name.as_str()),
            list(contact.lists.iter().map(String::as_str).collect()),
            list(groups.collect()),
            list(contact.changes().collect()),
            Cell::Time(row.time),
            Cell::Number(row.frame.into()),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::GroupChange;
    use crate::report::made::{at, event, fold};

    const ALICE: &str = "alice@example.com";
    const BOB: &str = "bob@example.net";

    fn listed(lists: &str, name: &str, groups: &str) -> EventKind {
        EventKind::Contact(ContactChange::Listed {
            lists: lists.to_owned(),
            name: name.to_owned(),
            groups: groups.to_owned(),
        })
    }

    fn group(name: &str) -> EventKind {
        EventKind::Contact(ContactChange::Group {
            what: GroupChange::Listed,
            name: name.to_owned(),
        })
    }

    #[test]
    fn a_row_is_a_contact_of_an_account() {
        let request = ContactChange::Request {
            what: "asks to add",
            text: String::new(),
        };
        let rows = fold(
            new(),
            &[
                at(
                    1,
                    event(ALICE, &[BOB], listed("forward, allow", "Bob", "0")),
                ),
                at(
                    2,
                    event(
                        BOB,
                        &["ALICE@example.com"],
                        EventKind::Contact(ContactChange::Added),
                    ),
                ),
                event("Alice@example.com", &[], group("Friends (0)")),
                event(
                    ALICE,
                    &["Bob@example.net"],
                    EventKind::Contact(ContactChange::Blocked),
                ),
                event(ALICE, &[BOB], EventKind::Name("Bobby".to_owned())),
                event("carol@example.org", &[BOB], EventKind::Contact(request)),
                event("carol@example.org", &[BOB], EventKind::Name("B".to_owned())),
            ],
        );
        let first = "2001-09-09T01:46:41.000000Z";
        let second = "2001-09-09T01:46:42.000000Z";
        assert_eq!(
            rows,
            [
                [ALICE, BOB, "Bobby", "forward", "Friends", "blocked", first, "1"],
                [BOB, "ALICE@example.com", "", "", "", "added", second, "2"],
            ]
        );
    }

    #[test]
    #[cfg_attr(miri, ignore = "takes minutes in Miri")]
    fn the_number_of_contacts_is_bounded() {
        let names: Vec<_> = (0..MAX_CONTACTS + 3)
            .map(|n| format!("{n}@example.com"))
            .collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        let added = EventKind::Contact(ContactChange::Added);
        let rows = fold(new(), &[event(ALICE, &names, added)]);
        assert_eq!(rows.len(), MAX_CONTACTS);
    }
}
