//! Files and other objects, with their bytes.

use std::sync::Arc;

use crate::pieces::Completeness;
use crate::plan::{ObjectId, ObjectPart};

/// An object that goes from [`crate::event::Event::from`] to [`crate::event::Event::to`], as
/// far as it is received. There is an event for each PDU that carries a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// Which object.
    pub id: ObjectId,
    /// Index of the protocol that transfers it, in [`crate::protocols::PROTOCOLS`].
    pub protocol: u16,
    /// What it is: "file", "display picture" ...
    pub what: String,
    /// The name that its sender has given to it; empty if none.
    pub name: String,
    /// The size in bytes that its transfer announces; `None` if unknown.
    pub size: Option<u64>,
    /// The size in bytes that its invitation announces, if it is another one.
    pub other_size: Option<u64>,
    /// Its bytes from the beginning to the first gap.
    pub bytes: Arc<Vec<u8>>,
    /// How much of it is received.
    pub state: Completeness,
    /// Frame of its last part so far.
    pub last: u32,
    /// Whether its bytes are encrypted.
    pub is_encrypted: bool,
    /// Whether its SHA-1 is the announced one; `None` if that is not known here.
    pub is_hash_good: Option<bool>,
}

/// [`Object::what`] of a file.
pub(crate) const FILE: &str = "file";

impl Object {
    /// Whether its name is that of a file, not words.
    pub(crate) fn is_file(&self) -> bool {
        self.what == FILE
    }

    /// An object in a Plan of this protocol.
    pub(crate) fn of(part: &ObjectPart, protocol: u16, what: String, name: String) -> Self {
        Self {
            id: part.id,
            protocol,
            what,
            name,
            size: part.size,
            bytes: part.bytes.clone(),
            other_size: part.other_size,
            state: part.state,
            last: part.last,
            is_encrypted: false,
            is_hash_good: None,
        }
    }
}
