//! The objects of a capture that the host offers to save.

use std::collections::HashMap;
use std::sync::Arc;

use crate::event::{Event, EventKind, Object};
use crate::field::Protocol;
use crate::msn::msnftp::fields::MSNFTP;
use crate::msn::msnp::fields::MSNMS;
use crate::msn::p2p::fields::MSNP2P;
use crate::oicq::fields::OICQ;
use crate::plan::ObjectId;
use crate::report::export::names::{Names, UniqueName};
use crate::report::media::media_of;

/// A list of objects that the host offers, by the name of a protocol.
#[derive(Debug, Clone, Copy)]
pub struct ExportSpec {
    /// The protocol.
    pub protocol: &'static Protocol,
    /// Whether it has only the objects of this protocol, not of all of its family.
    pub is_alone: bool,
}

/// All lists.
pub const EXPORTS: &[ExportSpec] = &[
    ExportSpec {
        protocol: &MSNMS,
        is_alone: false,
    },
    ExportSpec {
        protocol: &MSNP2P,
        is_alone: true,
    },
    ExportSpec {
        protocol: &MSNFTP,
        is_alone: true,
    },
    ExportSpec {
        protocol: &OICQ,
        is_alone: false,
    },
];

/// An object to save, as far as it is received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Its row in the list.
    pub row: usize,
    /// Frame of its last part.
    pub frame: u32,
    /// The account that it comes from; empty if unknown.
    pub owner: String,
    /// Its media type by its bytes, and what is wrong with it.
    pub content: String,
    /// A name that no other object of the list has.
    pub name: String,
    /// Its bytes. Those of an earlier state of the row are their beginning.
    pub bytes: Arc<Vec<u8>>,
}

/// What is known of an object so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct State {
    received: usize,
    is_whole: bool,
    is_hash_good: Option<bool>,
    last: u32,
}

impl State {
    fn with(self, object: &Object) -> Self {
        Self {
            received: self.received.max(object.bytes.len()),
            is_whole: self.is_whole || object.is_whole,
            is_hash_good: object.is_hash_good.or(self.is_hash_good),
            last: self.last.max(object.last),
        }
    }
}

#[derive(Debug)]
struct Row {
    name: UniqueName,
    owner: String,
    state: State,
}

/// The objects of a capture so far.
#[derive(Debug)]
pub struct ExportList {
    spec: &'static ExportSpec,
    rows: Vec<Row>,
    by_id: HashMap<ObjectId, usize>,
    names: Names,
}

impl ExportList {
    /// An empty list.
    pub fn new(spec: &'static ExportSpec) -> Self {
        Self {
            spec,
            rows: Vec::new(),
            by_id: HashMap::new(),
            names: Names::default(),
        }
    }

    /// Takes the next event. Returns the object if its row is new or changed.
    pub fn add(&mut self, event: &Event) -> Option<Export> {
        let EventKind::Object(object) = &event.kind else {
            return None;
        };
        if self.spec.is_alone && object.protocol != self.spec.protocol.index {
            return None;
        }
        let new = self.rows.len();
        let index = *self.by_id.entry(object.id).or_insert(new);
        if index == new {
            let owner = event.from.clone().unwrap_or_default();
            self.rows.push(Row {
                name: self
                    .names
                    .of(&object.name, &object.what, &owner, object.is_file()),
                owner,
                state: State::default(),
            });
        }
        let row = self.rows.get_mut(index)?;
        let state = row.state.with(object);
        if state == row.state {
            return None;
        }
        row.state = state;
        let media = media_of(&object.bytes, state.is_whole);
        let mut content = media.name.to_owned();
        if state.is_hash_good == Some(false) {
            content.push_str("; hash differs");
        }
        if object.is_encrypted {
            content.push_str("; encrypted");
        }
        Some(Export {
            row: index,
            frame: state.last,
            owner: row.owner.clone(),
            content,
            name: row.name.file_name(state.is_whole, media.extension),
            bytes: object.bytes.clone(),
        })
    }
}

#[cfg(test)]
mod tests;
