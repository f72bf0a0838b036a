//! The objects of a capture that the host offers to save.

use std::collections::HashMap;
use std::sync::Arc;

use crate::event::{Event, EventKind, Object};
use crate::field::Protocol;
use crate::msn::msnftp::fields::MSNFTP;
use crate::msn::msnp::fields::MSNMS;
use crate::msn::p2p::fields::MSNP2P;
use crate::oicq::fields::OICQ;
use crate::pieces::Completeness;
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
    completeness: Completeness,
    is_hash_good: Option<bool>,
    is_encrypted: bool,
    last: u32,
}

impl State {
    fn with(self, object: &Object) -> Self {
        Self {
            received: self.received.max(object.bytes.len()),
            completeness: object.state,
            is_hash_good: object.is_hash_good.or(self.is_hash_good),
            is_encrypted: self.is_encrypted || object.is_encrypted,
            last: self.last.max(object.last),
        }
    }
}

#[derive(Debug)]
struct Row {
    name: UniqueName,
    /// Whether its sender has named it.
    is_named: bool,
    owner: String,
    /// `None` before its first part.
    state: Option<State>,
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
                name: self.names.of_object(object, &owner),
                is_named: !object.name.is_empty(),
                owner,
                state: None,
            });
        }
        let row = self.rows.get_mut(index)?;
        let is_renamed = !row.is_named && !object.name.is_empty();
        if is_renamed {
            row.is_named = true;
            row.name = self.names.of_object(object, &row.owner);
        }
        let state = row.state.unwrap_or_default().with(object);
        if row.state == Some(state) && !is_renamed {
            return None;
        }
        row.state = Some(state);
        let is_whole = state.completeness.is_whole();
        let media = media_of(&object.bytes, is_whole);
        let mut content = media.name.to_owned();
        if let Some(reason) = state.completeness.reason() {
            content.push_str("; ");
            content.push_str(reason);
        }
        if state.is_hash_good == Some(false) {
            content.push_str("; hash differs");
        }
        if state.is_encrypted {
            content.push_str("; encrypted");
        }
        Some(Export {
            row: index,
            frame: state.last,
            owner: row.owner.clone(),
            content,
            name: row.name.file_name(is_whole, media.extension),
            bytes: object.bytes.clone(),
        })
    }
}

#[cfg(test)]
mod tests;
