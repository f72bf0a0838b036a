//! The contact list of an account, as its changes tell it.

use std::collections::HashMap;

use crate::event::ContactChange;
use crate::report::contact::{Contact, Groups};

/// Maximum contacts kept for an account.
pub(crate) const MAX_CONTACTS: usize = 5000;
/// The contacts of an account.
#[derive(Debug, Default)]
pub(crate) struct ContactList {
    /// With the index of its account.
    contacts: Vec<(usize, Contact)>,
    /// Places in `contacts`, by account.
    places: HashMap<usize, usize>,
    /// Contacts that the owner has removed.
    removed: usize,
    /// There were more than are kept.
    is_cut: bool,
    groups: Groups,
}

impl ContactList {
    /// Takes the name of a group: `Friends (0)`, with its ID.
    pub(crate) fn has_group(&mut self, name: &str) {
        self.groups.learn(name);
    }

    /// Takes a change for the account with this index.
    pub(crate) fn change(&mut self, account: usize, change: &ContactChange) {
        let place = match self.places.get(&account) {
            Some(place) => *place,
            None if self.contacts.len() >= MAX_CONTACTS => {
                self.is_cut = true;
                return;
            }
            None => {
                self.places.insert(account, self.contacts.len());
                self.contacts.push((account, Contact::default()));
                self.contacts.len() - 1
            }
        };
        let (_, contact) = &mut self.contacts[place];
        let before = contact.is_removed();
        contact.change(change);
        self.removed = self.removed + usize::from(contact.is_removed()) - usize::from(before);
    }

    /// Whether no contact is known.
    pub(crate) fn is_empty(&self) -> bool {
        self.contacts.is_empty()
    }

    /// Number of contacts that the owner has not removed.
    pub(crate) fn count(&self) -> usize {
        self.contacts.len() - self.removed
    }

    /// Whether there were more than are kept.
    pub(crate) fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// The contacts in words, such as `bob@example.com (forward, allow; Friends)`.
    pub(crate) fn words<'a>(
        &'a self,
        name: impl Fn(usize) -> &'a str + 'a,
    ) -> impl ExactSizeIterator<Item = String> + 'a {
        let contacts = self.contacts.iter();
        contacts.map(move |(account, contact)| words(name(*account), contact, &self.groups))
    }
}

fn words(name: &str, contact: &Contact, groups: &Groups) -> String {
    let mut text = String::from(name);
    let lists = contact.lists.iter().map(String::as_str);
    let mut before = " (";
    for list in lists.chain(contact.changes()) {
        text.push_str(before);
        text.push_str(list);
        before = ", ";
    }
    before = if before == ", " { "; " } else { before };
    for id in &contact.groups {
        text.push_str(before);
        text.push_str(groups.name(id));
        before = ", ";
    }
    if before != " (" {
        text.push(')');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::GroupChange;

    fn listed(lists: &str, groups: &str) -> ContactChange {
        ContactChange::Listed {
            lists: lists.to_owned(),
            name: String::new(),
            groups: groups.to_owned(),
        }
    }

    fn words(list: &ContactList) -> Vec<String> {
        list.words(|account| ["ann", "bob", "carol"][account])
            .collect()
    }

    #[test]
    fn lists_that_come_one_by_one_are_joined() {
        let mut list = ContactList::default();
        list.change(1, &listed("forward", "Friends"));
        list.change(2, &listed("", ""));
        list.change(1, &listed("allow, forward", "Friends, Work"));
        assert_eq!(
            words(&list),
            ["bob (forward, allow; Friends, Work)", "carol"]
        );
        assert_eq!(list.count(), 2);
    }

    #[test]
    fn groups_have_their_last_names() {
        let in_group = |what| ContactChange::Group {
            what,
            name: "7".to_owned(),
        };
        let mut list = ContactList::default();
        list.has_group("Friends (0)");
        list.has_group("Work (at (7)");
        list.change(1, &listed("", "0"));
        list.change(1, &in_group(GroupChange::ContactAdded));
        assert_eq!(words(&list), ["bob (Friends, Work (at)"]);
        list.has_group("Best friends (0)");
        list.change(1, &in_group(GroupChange::ContactRemoved));
        assert_eq!(words(&list), ["bob (Best friends)"]);
    }

    #[test]
    fn the_last_change_counts() {
        let mut list = ContactList::default();
        list.change(1, &listed("forward, allow, reverse", ""));
        list.change(1, &ContactChange::Blocked);
        list.change(1, &ContactChange::Removed);
        list.change(1, &ContactChange::RemovedOwner);
        assert_eq!(
            words(&list),
            ["bob (removed, blocked, has removed the account)"]
        );
        assert_eq!(list.count(), 0);
        list.change(1, &ContactChange::Added);
        list.change(1, &ContactChange::Unblocked);
        assert_eq!(
            words(&list),
            ["bob (added, unblocked, has removed the account)"]
        );
        assert_eq!(list.count(), 1);
    }

    #[test]
    fn the_number_of_contacts_is_bounded() {
        let mut list = ContactList::default();
        for account in 0..MAX_CONTACTS + 3 {
            list.change(account, &ContactChange::Added);
        }
        assert_eq!((list.count(), list.is_cut()), (MAX_CONTACTS, true));
    }
}
