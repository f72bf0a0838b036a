//! Conversations: who took part, when, how much was said, and how to find it.
//!
//! Messages and other events are those of the transcript.
//! A row has at most 1,000 participants and 1,000 names of files. Memory per event is
//! constant apart from new conversations and participants.

use std::collections::{HashMap, HashSet};

use crate::event::{Event, EventKind, Family, Transfer, TransferStep};
use crate::report::cell::{Cell, Column};
use crate::report::conversation::{key, Section};
use crate::report::filter::{self, Traits};
use crate::report::fold::Report;
use crate::report::limit::{self, Extent};
use crate::report::news::News;
use crate::report::words;

/// Maximum participants kept for a conversation.
const MAX_PARTICIPANTS: usize = 1000;
/// Maximum identifiers of files kept for a conversation.
const MAX_FILES: usize = 1000;

/// Columns of the table.
pub(crate) const COLUMNS: &[Column] = &[
    Column::text(c"Conversation"),
    Column::text(c"Participants"),
    Column::text(c"Begin"),
    Column::text(c"End"),
    Column::number(c"Messages"),
    Column::number(c"Other events"),
    Column::number(c"Files"),
    Column::detail(c"Group name"),
    Column::unbroken(c"Filter"),
];

#[derive(Debug)]
struct Chat {
    family: Family,
    section: Section,
    /// In the order of appearance, as first spelled.
    participants: Vec<String>,
    known: HashSet<String>,
    /// There were more than are kept.
    is_cut: bool,
    traits: Traits,
    /// The name of a group, if known.
    group_name: String,
    begin: i64,
    end: i64,
    messages: u64,
    others: u64,
    files: u64,
    file_ids: HashSet<String>,
}

impl Chat {
    fn add(&mut self, event: &Event) {
        self.begin = self.begin.min(event.time);
        self.end = self.end.max(event.time);
        for who in event.from.iter().chain(&event.to) {
            if !matches!(&self.section, Section::Group(name) if name == who) {
                self.participant(who);
            }
        }
        match &event.kind {
            EventKind::Message(message) if words::is_said(message.kind) => self.messages += 1,
            kind => {
                self.others += 1;
                self.traits.is_said = false;
                self.learn(event, kind);
            }
        }
    }

    fn learn(&mut self, event: &Event, kind: &EventKind) {
        match kind {
            EventKind::Transfer(transfer) => self.transfer(transfer),
            EventKind::Name(name) if event.from.is_none() => self.group_name = limit::text(name),
            _ => {}
        }
    }

    fn participant(&mut self, who: &str) {
        let key = key(who);
        self.traits.is_lower &= key == who;
        if self.known.contains(&key) {
            return;
        }
        if self.participants.len() >= MAX_PARTICIPANTS {
            self.is_cut = true;
            return;
        }
        self.participants.push(limit::text(who));
        self.known.insert(key);
    }

    /// Counts a file once, by its identifier or, if it has none, by its offer.
    fn transfer(&mut self, transfer: &Transfer) {
        if transfer.what != "file" {
            return;
        }
        let is_new = match transfer.id.as_str() {
            "" => transfer.step == TransferStep::Offered,
            id if self.file_ids.len() < MAX_FILES => self.file_ids.insert(limit::text(id)),
            id => !self.file_ids.contains(id) && transfer.step == TransferStep::Offered,
        };
        self.files += u64::from(is_new);
    }

    fn cells(&self, extent: Extent) -> Vec<Cell> {
        let participants = self.participants.iter().cloned();
        let participants = limit::list(participants, ", ", extent, self.is_cut);
        let filter = filter::conversation(self.family, &self.section, self.traits);
        vec![
            Cell::text(limit::text(&self.section.title())),
            Cell::text(participants),
            Cell::Time(self.begin),
            Cell::Time(self.end),
            Cell::Number(self.messages),
            Cell::Number(self.others),
            Cell::Number(self.files),
            Cell::text(self.group_name.as_str()),
            Cell::text(filter.unwrap_or_default()),
        ]
    }
}

#[derive(Debug, Default)]
struct Chats {
    rows: Vec<Chat>,
    by_section: HashMap<Section, usize>,
    news: News,
}

/// An empty list of conversations.
pub(crate) fn new() -> Box<dyn Report> {
    Box::<Chats>::default()
}

impl Report for Chats {
    fn add(&mut self, event: &Event, changed: &mut Vec<usize>) {
        let section = Section::of(event);
        let is_new = self.news.is_new(event);
        if !is_new || words::name(event).is_none() || matches!(section, Section::Account(_)) {
            return;
        }
        let index = match self.by_section.get(&section) {
            Some(index) => *index,
            None => {
                self.by_section.insert(section.clone(), self.rows.len());
                self.rows.push(Chat {
                    family: event.family,
                    section,
                    participants: Vec::new(),
                    known: HashSet::new(),
                    is_cut: false,
                    traits: Traits {
                        is_lower: true,
                        is_said: true,
                    },
                    group_name: String::new(),
                    begin: event.time,
                    end: event.time,
                    messages: 0,
                    others: 0,
                    files: 0,
                    file_ids: HashSet::new(),
                });
                self.rows.len() - 1
            }
        };
        self.rows[index].add(event);
        changed.push(index);
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn cells(&self, index: usize, extent: Extent) -> Option<Vec<Cell>> {
        self.rows.get(index).map(|row| row.cells(extent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Conversation;
    use crate::report::made::{at, cell, event, fold, message};

    const ALICE: &str = "alice@example.com";
    const BOB: &str = "Bob@example.net";

    fn file(step: TransferStep, id: &str) -> EventKind {
        EventKind::Transfer(Transfer {
            step,
            what: "file".to_owned(),
            name: "a.txt".to_owned(),
            size: None,
            id: id.to_owned(),
            reason: String::new(),
            picture: None,
        })
    }

    #[test]
    fn a_conversation_is_summed_up() {
        let three = Conversation::Number(3);
        let within = |event: Event| Event {
            conversation: Conversation::Number(3),
            ..event
        };
        let joined = EventKind::Joined { is_present: false };
        let rows = fold(
            new(),
            &[
                at(1, within(event(BOB, &[], joined))),
                at(2, message(three.clone(), ALICE, &[BOB])),
                at(3, message(three.clone(), "bob@EXAMPLE.net", &[ALICE])),
                at(
                    4,
                    within(event(ALICE, &[BOB], file(TransferStep::Offered, "7"))),
                ),
                at(
                    5,
                    within(event(BOB, &[ALICE], file(TransferStep::Completed, "7"))),
                ),
                at(6, event(ALICE, &[], EventKind::Name("Alice".to_owned()))),
            ],
        );
        assert_eq!(
            rows,
            [[
                "Conversation 3",
                "Bob@example.net, alice@example.com",
                "2001-09-09T01:46:41.000000Z",
                "2001-09-09T01:46:45.000000Z",
                "2",
                "3",
                "1",
                "",
                "msnms.chat == 3"
            ]]
        );
    }

    #[test]
    fn messages_without_a_number_belong_to_their_parties() {
        let direct = || Conversation::Direct;
        let rows = fold(
            new(),
            &[
                message(direct(), ALICE, &[BOB]),
                message(direct(), BOB, &[ALICE]),
                message(direct(), ALICE, &["carol@example.org"]),
            ],
        );
        assert_eq!(rows.len(), 2);
        assert_eq!(cell(COLUMNS, &rows[0], "Messages"), "2");
        assert_eq!(
            cell(COLUMNS, &rows[0], "Filter"),
            "(lower(msnms.from) == \"alice@example.com\" && lower(msnms.to) == \"bob@example.net\") \
             || (lower(msnms.from) == \"bob@example.net\" && lower(msnms.to) == \"alice@example.com\")"
        );
        assert_eq!(
            cell(COLUMNS, &rows[1], "Filter"),
            "(msnms.from == \"alice@example.com\" && msnms.to == \"carol@example.org\") \
             || (msnms.from == \"carol@example.org\" && msnms.to == \"alice@example.com\")"
        );
    }

    #[test]
    fn a_group_is_no_participant_of_itself() {
        let group = Conversation::Group("20001".to_owned());
        let event = Event {
            family: Family::Qq,
            ..message(group, "10001", &["20001"])
        };
        let rows = fold(new(), &[event]);
        assert_eq!(cell(COLUMNS, &rows[0], "Conversation"), "Group 20001");
        assert_eq!(cell(COLUMNS, &rows[0], "Participants"), "10001");
    }

    #[test]
    fn the_number_of_participants_is_bounded() {
        let events = 0..MAX_PARTICIPANTS + 5;
        let events: Vec<_> = events
            .map(|n| {
                message(
                    Conversation::Number(1),
                    &format!("user{n}@example.com"),
                    &[],
                )
            })
            .collect();
        let rows = fold(new(), &events);
        let participants = cell(COLUMNS, &rows[0], "Participants");
        assert!(participants.ends_with("user999@example.com, \u{2026}"));
        assert_eq!(cell(COLUMNS, &rows[0], "Messages"), "1005");
    }
}
