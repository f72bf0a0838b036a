//! What a contact list says of one contact, and the names of its groups.

use std::collections::HashMap;

use crate::event::{ContactChange, GroupChange};
use crate::report::limit;

/// Maximum lists, and maximum groups, kept for a contact.
const MAX_LISTS: usize = 16;
/// Maximum names of groups kept for an account.
const MAX_GROUPS: usize = 256;

/// Maximum times that a new name of a group is shown with its members at once.
const MAX_RENAMED: usize = 1_000;

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
                self.supersede(lists);
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

    /// Forgets what these lists contradict: a later list has a contact again that was removed,
    /// and allows or blocks it.
    fn supersede(&mut self, lists: &str) {
        let has = |wanted: &str| lists.split(", ").any(|list| list == wanted);
        if has("forward") && self.is_removed() {
            self.changes[0] = None;
        }
        match (has("allow"), has("block")) {
            (true, false) => {
                self.leaves("block");
                self.changes[1].take_if(|change| *change == "blocked");
            }
            (false, true) => {
                self.leaves("allow");
                self.changes[1].take_if(|change| *change == "unblocked");
            }
            _ => {}
        }
    }

    fn leaves(&mut self, list: &str) {
        self.lists.retain(|known| known != list);
    }
}

/// The names of an account's groups, by their IDs.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    names: HashMap<String, String>,
    /// How often a name was new.
    renamed: usize,
}

impl Groups {
    /// Takes the name of a group: `Friends (0)`, with its ID. Returns the ID if the name is new,
    /// as its members show it; after [`MAX_RENAMED`] times nobody is told.
    pub(crate) fn learn(&mut self, name: &str) -> Option<String> {
        let parts = name.strip_suffix(')')?;
        let (name, id) = parts
            .rsplit_once(" (")
            .filter(|(name, _)| !name.is_empty())?;
        let (name, id) = (limit::text(name), limit::text(id));
        let known = self.names.get(&id);
        if known == Some(&name) || (known.is_none() && self.names.len() >= MAX_GROUPS) {
            return None;
        }
        self.names.insert(id.clone(), name);
        self.renamed += 1;
        (self.renamed <= MAX_RENAMED).then_some(id)
    }

    /// The name of a group, or its ID if the name is unknown.
    pub(crate) fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.names.get(id).map_or(id, String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(lists: &str) -> ContactChange {
        ContactChange::Listed {
            lists: lists.to_owned(),
            name: String::new(),
            groups: String::new(),
        }
    }

    #[test]
    fn a_later_list_supersedes_earlier_changes() {
        let mut contact = Contact::default();
        for change in [
            listed("forward, allow"),
            ContactChange::Removed,
            ContactChange::Blocked,
            listed("block"),
        ] {
            contact.change(&change);
        }
        assert!(contact.is_removed());
        assert_eq!(contact.lists, ["block"]);
        contact.change(&listed("forward, allow"));
        assert_eq!(contact.changes().count(), 0);
        assert_eq!(contact.lists, ["forward", "allow"]);
    }

    #[test]
    fn only_a_new_name_of_a_group_matters() {
        let mut groups = Groups::default();
        assert_eq!(groups.learn("Friends (0)").as_deref(), Some("0"));
        assert_eq!(groups.learn("Friends (0)"), None);
        assert_eq!(groups.learn("Family (0)").as_deref(), Some("0"));
        let told = (0..MAX_RENAMED * 2).filter_map(|n| groups.learn(&format!("{n} (0)")));
        assert_eq!(told.count(), MAX_RENAMED - 2);
        assert_eq!(groups.name("0"), (MAX_RENAMED * 2 - 1).to_string());
    }
}
