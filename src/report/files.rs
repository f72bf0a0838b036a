//! Files and other objects: what went from whom to whom, whether all of it is in the capture,
//! and its digest.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::digest::hex;
use crate::event::{Event, EventKind, Object};
use crate::plan::ObjectId;
use crate::report::cell::{Cell, Column};
use crate::report::fold::Report;
use crate::report::limit::{self, Extent};
use crate::report::media::{media_of, Media};

/// Columns of the table.
pub(crate) const COLUMNS: &[Column] = &[
    Column::text(c"Time"),
    Column::number(c"Frame"),
    Column::number(c"Last frame"),
    Column::text(c"Kind"),
    Column::text(c"From"),
    Column::text(c"To"),
    Column::known_number(c"Size"),
    Column::number(c"Received"),
    Column::text(c"State"),
    Column::text(c"Type"),
    Column::detail(c"Name"),
    Column::detail(c"Announced hash"),
    Column::unbroken(c"SHA-256"),
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
    to: String,
    size: Option<u64>,
    /// Number of bytes in `digest`.
    received: usize,
    digest: Sha256,
    is_whole: bool,
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
            name: limit::text(&object.name),
            from: limit::text(event.from.as_deref().unwrap_or_default()),
            to: limit::text(&event.to.join(", ")),
            size: None,
            received: 0,
            digest: Sha256::new(),
            is_whole: false,
            is_encrypted: object.is_encrypted,
            is_hash_good: None,
            media: media_of(b"", false),
        }
    }

    /// Takes the object as far as it is received. Returns whether anything is new.
    fn update(&mut self, object: &Object) -> bool {
        let before = (self.received, self.is_whole, self.is_hash_good, self.last);
        if let Some(new) = object.bytes.get(self.received..) {
            self.digest.update(new);
            self.received += new.len();
        }
        self.last = self.last.max(object.last);
        self.size = object.size.or(self.size);
        self.is_whole |= object.is_whole;
        self.is_hash_good = object.is_hash_good.or(self.is_hash_good);
        let after = (self.received, self.is_whole, self.is_hash_good, self.last);
        if before != after {
            self.media = media_of(&object.bytes, self.is_whole);
        }
        before != after
    }

    fn cells(&self) -> Vec<Cell> {
        let state = match (self.is_whole, self.is_encrypted) {
            (true, false) => "complete",
            (true, true) => "complete, encrypted",
            (false, false) => "incomplete",
            (false, true) => "incomplete, encrypted",
        };
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
            Cell::text(self.to.as_str()),
            self.size.map_or(Cell::Empty, Cell::Number),
            Cell::Number(self.received as u64),
            Cell::text(state),
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

    fn cells(&self, index: usize, _extent: Extent) -> Option<Vec<Cell>> {
        self.rows.get(index).map(Row::cells)
    }
}

#[cfg(test)]
mod tests;
