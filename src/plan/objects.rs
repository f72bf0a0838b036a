//! Files and other objects that packets carry, for exports and reports.

use std::sync::Arc;

use crate::packet::PduKey;
use crate::pieces::Completeness;
use crate::plan::parts::ItemId;

/// Identifies an object within a capture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ObjectId {
    /// Reassembled from PDUs: its protocol, and its number there.
    Reassembled(u16, usize),
    /// By the PDU that begins it: its protocol, the PDU, and the index in it.
    Begun(u16, PduKey, u32),
}

/// An object, as far as it is received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectPart {
    /// Which object.
    pub id: ObjectId,
    /// The item of the PDU, or below it, that carries a part of it.
    pub item: ItemId,
    /// Its bytes from the beginning to the first gap.
    pub bytes: Arc<Vec<u8>>,
    /// The size in bytes that its transfer announces; `None` if unknown.
    pub size: Option<u64>,
    /// The size in bytes that its invitation announces, if it is another one.
    pub other_size: Option<u64>,
    /// How much of it is received.
    pub state: Completeness,
    /// Frame of its last part so far.
    pub last: u32,
}
