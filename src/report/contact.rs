//! What a contact list says of one contact, and the names of its groups.

use std::collections::HashMap;

use crate::event::{ContactChange, GroupChange};
use crate::report::limit;

/// Maximum lists, and maximum groups, kept for a contact.
const MAX_LISTS: usize = 16;
/// Maximum names of groups kept for an account.
const MAX_GROUPS: usize = 256;

/// What a contact list says of a contact.
#[derive(Debug, Default)]
pub(crate) struct Contact {
    pub(crate) lists: Vec<String>,
    /// Names or IDs: see [`Groups::name`].
    pub(crate) groups: Vec<String>,
    /// The last change of each kind: added or removed, blocked or unblocked, by the contact.
    changes: [Option<&'static str>; 3],
}

impl Contact {
    /// Whether the owner of the list has removed it.
    pub(crate) fn is_removed(&self) -> bool {
        self.changes[0] == Some("removed")
    }

    /// The last change of each kind, in words.
    pub(crate) fn changes(&self) -> impl Iterator<Item = &str> {
        self.changes.into_iter().flatten()
    }

    /// Takes a change.
    pub(crate) fn change(&mut self, change: &ContactChange) {
        match change {
            ContactChange::Listed { lists, groups, .. } => {
                for list in lists.split(", ") {
                    limit::add(&mut self.lists, MAX_LISTS, list);
                }
                for group in groups.split(", ") {
                    limit::add(&mut self.groups, MAX_LISTS, group);
                }
            }
            ContactChange::Added => self.changes[0] = Some("added"),
            ContactChange::Removed => {
                self.leaves("forward");
                self.changes[0] = Some("removed");
            }
            ContactChange::Blocked => {
                self.leaves("allow");
                self.changes[1] = Some("blocked");
            }
            ContactChange::Unblocked => {
                self.leaves("block");
                self.changes[1] = Some("unblocked");
            }
            ContactChange::AddedOwner => self.changes[2] = Some("has added the account"),
            ContactChange::RemovedOwner => {
                self.leaves("reverse");
                self.changes[2] = Some("has removed the account");
            }
            ContactChange::Group { what, name } => match what {
                GroupChange::ContactAdded => {
                    limit::add(&mut self.groups, MAX_LISTS, name);
                }
                GroupChange::ContactRemoved => self.groups.retain(|known| known != name),
                _ => {}
            },
            ContactChange::Request { .. } => {}
        }
    }

    fn leaves(&mut self, list: &str) {
        self.lists.retain(|known| known != list);
    }
}

/// The names of an account's groups, by their IDs.
#[derive(Debug, Default)]
pub(crate) struct Groups(HashMap<String, String>);

impl Groups {
    /// Takes the name of a group: `Friends (0)`, with its ID. Returns the ID.
    pub(crate) fn learn(&mut self, name: &str) -> Option<String> {
        let parts = name.strip_suffix(')')?;
        let (name, id) = parts
            .rsplit_once(" (")
            .filter(|(name, _)| !name.is_empty())?;
        let (name, id) = (limit::text(name), limit::text(id));
        if self.0.len() < MAX_GROUPS || self.0.contains_key(&id) {
            self.0.insert(id.clone(), name);
        }
        Some(id)
    }

    /// The name of a group, or its ID if the name is unknown.
    pub(crate) fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.0.get(id).map_or(id, String::as_str)
    }
}
