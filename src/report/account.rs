//! What is known of one account.

use crate::event::{Event, EventKind, Fact};
use crate::packet::Address;
use crate::report::cell::{Cell, List};
use crate::report::contact_list::ContactList;
use crate::report::limit::{self, Extent, BAR};

/// Maximum values of facts kept for an account.
const MAX_FACTS: usize = 64;
/// Maximum different statuses kept for an account.
const MAX_STATUSES: usize = 32;
/// Maximum names that others have given to an account, and maximum addresses of it.
const MAX_OTHERS: usize = 16;

/// What an account shows beside its name; the last one counts.
const SHOWN: [&str; 3] = ["Personal message", "Current media", "Display picture"];

/// One account. Every text is cut by [`limit::text`].
#[derive(Debug, Default)]
pub(crate) struct Account {
    /// As first spelled.
    pub(crate) account: String,
    /// The last display name.
    pub(crate) name: String,
    /// Names that other accounts have given it, with the indices of those.
    labels: Vec<(usize, String)>,
    /// Addresses of its clients.
    addresses: Vec<Address>,
    /// Times at which it was first and last active.
    pub(crate) seen: Option<(i64, i64)>,
    pub(crate) sent: u64,
    pub(crate) received: u64,
    statuses: Vec<String>,
    facts: Vec<(Fact, String)>,
    shown: Option<Box<[String; SHOWN.len()]>>,
    pub(crate) contacts: Option<Box<ContactList>>,
}

impl Account {
    /// An account of which only its address or number is known.
    pub(crate) fn new(account: &str) -> Self {
        Self {
            account: limit::text(account),
            ..Self::default()
        }
    }

    /// It is active at this time.
    pub(crate) fn is_active(&mut self, time: i64) {
        let (first, last) = self.seen.unwrap_or((time, time));
        self.seen = Some((first.min(time), last.max(time)));
    }

    /// Its client has this address.
    pub(crate) fn has_address(&mut self, address: Address) {
        let is_known = address == Address::Unknown || self.addresses.contains(&address);
        if !is_known && self.addresses.len() < MAX_OTHERS {
            self.addresses.push(address);
        }
    }

    /// The account with the index `by` calls it so.
    pub(crate) fn has_label(&mut self, by: usize, label: &str) {
        let label = limit::text(label);
        match self.labels.iter().position(|(owner, _)| *owner == by) {
            Some(place) => self.labels[place].1 = label,
            None if self.labels.len() < MAX_OTHERS => self.labels.push((by, label)),
            None => {}
        }
    }

    /// Takes what an event of its own says of it.
    pub(crate) fn learn(&mut self, event: &Event) {
        match &event.kind {
            EventKind::Status { status, .. } => {
                limit::add(&mut self.statuses, MAX_STATUSES, status);
            }
            EventKind::Name(name) if event.to.is_empty() => self.name = limit::text(name),
            EventKind::PersonalMessage(text) => self.shows(0, text),
            EventKind::CurrentMedia(text) => self.shows(1, text),
            EventKind::PictureSet(text) => self.shows(2, text),
            EventKind::Fact(fact, value) => {
                if *fact == Fact::Nickname {
                    self.name = limit::text(value);
                }
                self.has_fact(*fact, value);
            }
            _ => {}
        }
    }

    fn shows(&mut self, which: usize, text: &str) {
        self.shown.get_or_insert_default()[which] = limit::text(text);
    }

    fn has_fact(&mut self, fact: Fact, value: &str) {
        let value = limit::text(value);
        let is_known = |(known, text): &(Fact, String)| *known == fact && *text == value;
        if !value.is_empty() && self.facts.len() < MAX_FACTS && !self.facts.iter().any(is_known) {
            self.facts.push((fact, value));
        }
    }

    /// The values of a fact, in the order of their first use.
    pub(crate) fn fact(&self, fact: Fact, extent: Extent) -> Cell {
        let values = self.facts.iter().filter(|(known, _)| *known == fact);
        words(values.map(|(_, value)| value.clone()), extent)
    }

    /// The statuses, in the order of their first use.
    pub(crate) fn statuses(&self, extent: Extent) -> Cell {
        words(self.statuses.iter().cloned(), extent)
    }

    /// The addresses of its clients, in the order of their first use.
    pub(crate) fn addresses(&self, extent: Extent) -> Cell {
        let addresses = self.addresses.iter().map(Address::to_string);
        Cell::list(addresses.map(Cell::Text), ", ", extent, false)
    }

    /// The names that others have given it: `Bobby (by alice@example.com)`.
    pub(crate) fn labels<'a>(&self, name: impl Fn(usize) -> &'a str, extent: Extent) -> Cell {
        let labels = self.labels.iter();
        let labels = labels.map(|(owner, label)| format!("{label} (by {})", name(*owner)));
        words(labels, extent)
    }

    /// Whether a fact says nothing but the display name.
    fn is_name(&self, title: &str, values: &[String]) -> bool {
        title == Fact::Nickname.title() && values == [self.name.as_str()]
    }

    /// The facts except some, as `Country: US; Age: 30`.
    pub(crate) fn profile(&self, except: &[Fact], extent: Extent) -> Cell {
        let facts = self.facts.iter().filter(|(fact, _)| !except.contains(fact));
        let mut facts: Vec<_> = facts.collect();
        facts.sort_by_key(|(fact, _)| *fact);
        let facts = facts.chunk_by(|(a, _), (b, _)| a == b).map(|values| {
            let fact = values[0].0;
            let values = values.iter().map(|(_, value)| value.clone());
            (fact.title(), values.collect::<Vec<_>>())
        });
        let facts = facts.filter(|(title, values)| !self.is_name(title, values));
        let shown = self.shown.as_deref();
        let shown = shown
            .into_iter()
            .flat_map(|shown| SHOWN.into_iter().zip(shown.clone()));
        let shown = shown.filter(|(_, value)| !value.is_empty());
        let shown = shown.map(|(title, value)| (title, vec![value]));
        let facts = facts.chain(shown);
        let facts: Vec<_> = facts
            .map(|(title, values)| (title, List::of_texts(values)))
            .collect();
        match extent {
            _ if facts.is_empty() => Cell::Empty,
            Extent::Whole => Cell::Facts(facts),
            Extent::Screen => {
                let facts = facts.into_iter();
                let texts = facts.map(|fact| Cell::Facts(vec![fact]).into_text());
                Cell::text(limit::list(texts, "; ", extent, false))
            }
        }
    }
}

fn words(items: impl Iterator<Item = String>, extent: Extent) -> Cell {
    let items: Vec<_> = items.map(Cell::Text).collect();
    Cell::list(items.into_iter(), BAR, extent, false)
}
