//! The Plan itself: what it holds, and what is asked of it.

use crate::field::Protocol;
use crate::packet::Detail;
use crate::plan::parts::{Expected, Item, Note, Source, Verdict, View};
use crate::span::Span;

/// What one command line needs of the Info column.
const USUAL_INFO: usize = 120;
/// What one command line needs of items.
const USUAL_ITEMS: usize = 16;
/// What its beginning alone needs.
const USUAL_HEADS: usize = 3;

/// What the user should see of one packet.
#[derive(Debug)]
pub struct Plan<'p> {
    pub(super) protocol: &'static Protocol,
    /// The packet's bytes, which spans refer to.
    pub(super) packet: &'p [u8],
    /// What stands before them.
    pub(super) heading: &'p [u8],
    pub(super) detail: Detail,
    pub(super) shows_keys: bool,
    pub(super) view: View,
    /// Whether the view is of bytes that were encrypted.
    pub(super) decrypted: bool,
    pub(super) items: Vec<Item>,
    pub(super) notes: Vec<Note>,
    pub(super) texts: Vec<u8>,
    pub(super) sources: Vec<Source>,
    pub(super) expected: Vec<Expected>,
    /// Items of what is handed off, at most.
    pub(super) handed_items: usize,
    pub(super) info: String,
    /// What the host does with the packet.
    pub verdict: Verdict,
    /// Bytes that the packet has but the capture has not: the host reads them last, so
    /// that its own mark for cut packets is shown.
    pub touch: Option<Span>,
    /// PDUs, whole or in part, that this call has shown.
    pub pdus: u32,
    /// Heads of HTTP messages that this call has shown. They count as PDUs, but the columns
    /// stay as HTTP has written them.
    pub heads: u32,
}

impl<'p> Plan<'p> {
    /// An empty plan that rejects the packet.
    pub fn new(protocol: &'static Protocol, packet: &'p [u8], detail: Detail) -> Self {
        let items = match detail {
            Detail::Columns => 0,
            Detail::Heads => USUAL_HEADS,
            Detail::Fields | Detail::Tree => USUAL_ITEMS,
        };
        Self {
            protocol,
            packet,
            heading: b"",
            detail,
            shows_keys: false,
            view: View::default(),
            decrypted: false,
            items: Vec::with_capacity(items),
            notes: Vec::new(),
            texts: Vec::new(),
            sources: Vec::new(),
            expected: Vec::new(),
            handed_items: 0,
            info: String::with_capacity(USUAL_INFO),
            verdict: Verdict::Reject,
            touch: None,
            pdus: 0,
            heads: 0,
        }
    }

    /// Lets items be about what stands before the packet: see [`crate::plan::SourceId::HEADING`].
    #[must_use]
    pub fn with_heading(mut self, heading: &'p [u8]) -> Self {
        self.heading = heading;
        self
    }

    /// Shows the values of secrets that do not stand in clear in the packet, too.
    #[must_use]
    pub fn showing_keys(mut self, shows_keys: bool) -> Self {
        self.shows_keys = shows_keys;
        self
    }

    /// The protocol whose tables the ids refer to.
    pub fn protocol(&self) -> &'static Protocol {
        self.protocol
    }

    /// Whether anybody asks for items; when not, they need not be decoded.
    pub fn wants_items(&self) -> bool {
        self.detail != Detail::Columns
    }

    /// Whether anybody asks for more than what begins a PDU.
    pub fn wants_all(&self) -> bool {
        self.detail >= Detail::Fields
    }

    /// Whether labels will be read at all; when not, they need not be made.
    pub fn shows_tree(&self) -> bool {
        self.detail == Detail::Tree
    }
}
