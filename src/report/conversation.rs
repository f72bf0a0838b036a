//! The keys by which reports tell conversations, accounts and connections apart.

use crate::event::{key, Conversation, Endpoint, Event};
use crate::report::limit::Extent;

/// Maximum parties that tell a conversation apart from others, if it has no number or name.
const MAX_PARTIES: usize = 1000;

/// A conversation, or the events of an account outside of conversations.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Section {
    /// A numbered conversation.
    Number(u64),
    /// A group.
    Group(String),
    /// The parties, in order and in lower case.
    Parties(Vec<String>),
    /// The account of the connection in lower case, if known.
    Account(Option<String>),
}

impl Section {
    /// Where an event belongs.
    pub(crate) fn of(event: &Event) -> Self {
        match &event.conversation {
            Conversation::Number(number) => Self::Number(*number),
            Conversation::Group(name) => Self::Group(name.clone()),
            Conversation::Direct => Self::Parties(parties(event)),
            Conversation::None => Self::Account(event.connection.account.as_deref().map(key)),
        }
    }

    /// Its title in reports.
    pub(crate) fn title(&self) -> String {
        match self {
            Self::Number(number) => format!("Conversation {number}"),
            Self::Group(name) => format!("Group {name}"),
            Self::Parties(parties) => parties.join(" - "),
            Self::Account(Some(account)) => format!("Account {account}"),
            Self::Account(None) => "Unknown account".to_owned(),
        }
    }

    /// Its title in a cell. Tables on the screen sort texts by their characters: there, numbers
    /// have spaces before them.
    pub(crate) fn cell(&self, extent: Extent) -> String {
        match (self, extent) {
            (Self::Number(number), Extent::Screen) => format!("Conversation {number:>4}"),
            _ => self.title(),
        }
    }
}

/// The sender and the recipients of an event, in order and in lower case.
pub(crate) fn parties(event: &Event) -> Vec<String> {
    let parties = event.from.iter().chain(&event.to).take(MAX_PARTIES);
    let mut parties: Vec<_> = parties.map(|who| key(who)).collect();
    parties.sort();
    parties.dedup();
    parties
}

/// The two ends of a connection, the lower one first.
pub(crate) type Ends = (Endpoint, Endpoint);

/// The ends of the connection of an event.
pub(crate) fn ends(event: &Event) -> Ends {
    let (a, b) = (event.connection.source, event.connection.destination);
    (a.min(b), a.max(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_on_the_screen_sort_by_number() {
        let cells = [2, 10, 300].map(|number| Section::Number(number).cell(Extent::Screen));
        assert!(cells.is_sorted(), "{cells:?}");
        assert_eq!(Section::Number(2).cell(Extent::Whole), "Conversation 2");
    }
}
