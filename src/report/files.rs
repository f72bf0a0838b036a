//! Files and other objects: what went from whom to whom, whether all of it is in the capture,
//! and its digest.

use std::collections::HashMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::digest::hex;
use crate::event::{Event, EventKind, Object};
use crate::pieces::Completeness;
use crate::plan::ObjectId;
use crate::report::cell::{Cell, Column, Holds};
use crate::report::fold::Report;
use crate::report::limit::{self, Extent};
use crate::report::media::{media_of, Media};

/// Columns of the table.
pub(crate) const COLUMNS: &[Column] = &[
    Column::time(c"Time"),
    Column::number(c"Frame"),
    Column::number(c"Last frame"),
    Column::text(c"Kind"),
    Column::text(c"From"),
    Column::list(c"To"),
    Column::new(c"Size", Holds::KnownNumbers),
    Column::number(c"Received"),
    Column::text(c"State"),
    Column::text(c"Type"),
    Column::text(c"Name").below(),
    Column::text(c"Announced hash").below(),
    Column::text(c"SHA-256").unbroken(),
];

/// One object.
#[derive(Debug)]
struct Row {
    time: i64,
    frame: u32,
    last: u32,
    what: String,
    name: String,
    from: String,
    to: Vec<String>,
    size: Option<u64>,
    other_size: Option<u64>,
    /// Number of bytes in `digest`.
    received: usize,
    digest: Sha256,
    state: Completeness,
    is_encrypted: bool,
    is_hash_good: Option<bool>,
    media: Media,
}

impl Row {
    fn new(event: &Event, object: &Object) -> Self {
        Self {
            time: event.time,
            frame: event.frame,
            last: object.last,
            what: limit::text(&object.what),
            name: String::new(),
            from: limit::text(event.from.as_deref().unwrap_or_default()),
            to: event.to.iter().map(|to| limit::text(to)).collect(),
            size: None,
            other_size: None,
            received: 0,
            digest: Sha256::new(),
            state: Completeness::Incomplete,
            is_encrypted: false,
            is_hash_good: None,
            media: media_of(b"", false),
        }
    }

    /// Takes the object as far as it is received. Returns whether anything is new.
    fn update(&mut self, object: &Object) -> bool {
        let now = |it: &Self| {
            let about = (it.is_encrypted, it.is_hash_good, it.other_size);
            (it.received, it.state, it.last, about, it.name.is_empty())
        };
        let before = now(self);
        if let Some(new) = object.bytes.get(self.received..) {
            self.digest.update(new);
            self.received += new.len();
        }
        self.last = self.last.max(object.last);
        self.size = object.size.or(self.size);
        self.other_size = object.other_size.or(self.other_size);
        self.state = object.state;
        if self.name.is_empty() {
            self.name = limit::text(&object.name);
            self.what = limit::text(&object.what);
        }
        self.is_encrypted |= object.is_encrypted;
        self.is_hash_good = object.is_hash_good.or(self.is_hash_good);
        let is_new = before != now(self);
        if is_new {
            self.media = media_of(&object.bytes, self.state.is_whole());
        }
        is_new
    }

    /// How much is received, and what is wrong with it.
    fn state(&self) -> String {
        let mut state = match self.state.is_whole() {
            true => "complete".to_owned(),
            false => "incomplete".to_owned(),
        };
        if let Some(reason) = self.state.reason() {
            let _ = write!(state, ", {reason}");
        }
        if let Some(other) = self.other_size {
            let _ = write!(state, ", {other} bytes in the invitation");
        }
        if self.is_encrypted {
            state.push_str(", encrypted");
        }
        state
    }

    fn cells(&self, extent: Extent) -> Vec<Cell> {
        let to = self.to.iter().cloned().map(Cell::Text);
        let hash = match self.is_hash_good {
            Some(true) => "valid",
            Some(false) => "differs",
            None => "",
        };
        let digest = hex(&self.digest.clone().finalize());
        vec![
            Cell::Time(self.time),
            Cell::Number(self.frame.into()),
            Cell::Number(self.last.into()),
            Cell::text(self.what.as_str()),
            Cell::text(self.from.as_str()),
            Cell::list(to, ", ", extent, false),
            self.size.map_or(Cell::Empty, Cell::Number),
            Cell::Number(self.received as u64),
            Cell::text(self.state()),
            Cell::text(self.media.name),
            Cell::text(self.name.as_str()),
            Cell::text(hash),
            Cell::text(digest),
        ]
    }
}

#[derive(Debug, Default)]
struct Files {
    rows: Vec<Row>,
    by_id: HashMap<ObjectId, usize>,
}

/// An empty list of files.
pub(crate) fn new() -> Box<dyn Report> {
    Box::<Files>::default()
}

impl Report for Files {
    fn add(&mut self, event: &Event, changed: &mut Vec<usize>) {
        let EventKind::Object(object) = &event.kind else {
            return;
        };
        let new = self.rows.len();
        let index = *self.by_id.entry(object.id).or_insert(new);
        if index == new {
            self.rows.push(Row::new(event, object));
        }
        if self.rows[index].update(object) || index == new {
            changed.push(index);
        }
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
