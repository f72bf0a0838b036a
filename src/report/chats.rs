//! Conversations: who took part, when, how much was said, and how to find it.
//!
//! Messages and other events are those of the transcript.
//! A row has at most 1,000 participants and 1,000 names of files. Memory per event is
//! constant apart from new conversations and participants.

use std::collections::{HashMap, HashSet};

use crate::event::{key, Event, EventKind, Family, Subject, Transfer, TransferStep};
use crate::report::cell::{Cell, Column};
use crate::report::conversation::Section;
use crate::report::filter;
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
    Column::list(c"Participants"),
    Column::time(c"Begin"),
    Column::time(c"End"),
    Column::number(c"Messages"),
    Column::number(c"Other events"),
    Column::number(c"Files"),
    Column::text(c"Group name").below(),
    Column::text(c"Filter").unbroken(),
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
        if transfer.what != Subject::File {
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
        let participants = self.participants.iter().cloned().map(Cell::Text);
        let filter = filter::conversation(self.family, &self.section);
        vec![
            Cell::text(limit::text(&self.section.cell(extent))),
            Cell::list(participants, ", ", extent, self.is_cut),
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
        let is_further_part = self.news.is_further_part(event);
        let is_new = self.news.is_new(event);
        if let (true, Some(index)) = (is_further_part, self.by_section.get(&section)) {
            let row = &mut self.rows[*index];
            row.end = row.end.max(event.time);
            changed.push(*index);
            return;
        }
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
mod tests;
