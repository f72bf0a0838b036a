//! The Plan itself.

use crate::field::Protocol;
use crate::packet::Detail;
use crate::plan::lists::Lists;
use crate::plan::parts::{Verdict, View};
use crate::span::Span;

/// What the user should see of one packet.
#[derive(Debug)]
pub struct Plan<'p> {
    pub(super) protocol: &'static Protocol,
    /// The packet's bytes.
    pub(super) packet: &'p [u8],
    /// The bytes before them.
    pub(super) heading: &'p [u8],
    pub(super) detail: Detail,
    pub(super) shows_keys: bool,
    pub(super) hides_info: bool,
    pub(super) view: View,
    /// Whether the current view is of decrypted bytes.
    pub(super) decrypted: bool,
    pub(super) lists: Lists,
    /// Upper bound of the items of all hand-offs so far.
    pub(super) handed_items: usize,
    /// Bytes that were decompressed so far.
    pub(super) unpacked: usize,
    /// What the host is to do with the packet.
    pub verdict: Verdict,
    /// Bytes of the packet that were not captured: the host reads them last, so that it
    /// marks the packet as cut.
    pub uncaptured: Option<Span>,
    /// Number of PDUs, whole or partial, shown by this call.
    pub pdus: u32,
    /// Number of HTTP headers shown by this call. They count as PDUs, but leave the
    /// columns as the HTTP dissector has set them.
    pub http_headers: u32,
}

impl Drop for Plan<'_> {
    fn drop(&mut self) {
        core::mem::take(&mut self.lists).leave();
    }
}

impl<'p> Plan<'p> {
    /// An empty plan that rejects the packet.
    pub fn new(protocol: &'static Protocol, packet: &'p [u8], detail: Detail) -> Self {
        Self {
            protocol,
            packet,
            heading: b"",
            detail,
            shows_keys: false,
            hides_info: false,
            view: View::default(),
            decrypted: false,
            lists: Lists::take(),
            handed_items: 0,
            unpacked: 0,
            verdict: Verdict::Reject,
            uncaptured: None,
            pdus: 0,
            http_headers: 0,
        }
    }

    /// Sets the bytes before the packet: see [`crate::plan::SourceId::HEADING`].
    #[must_use]
    pub fn with_heading(mut self, heading: &'p [u8]) -> Self {
        self.heading = heading;
        self
    }

    /// Sets whether to show secrets that are not in cleartext in the packet.
    #[must_use]
    pub fn showing_keys(mut self, shows_keys: bool) -> Self {
        self.shows_keys = shows_keys;
        self
    }

    /// Sets whether to leave the Info column empty, because nobody sees it.
    #[must_use]
    pub fn hiding_info(mut self, hides_info: bool) -> Self {
        self.hides_info = hides_info;
        self
    }

    /// The protocol that is dissected.
    pub fn protocol(&self) -> &'static Protocol {
        self.protocol
    }

    /// Whether items are requested; if not, they need not be decoded.
    pub fn wants_items(&self) -> bool {
        self.detail != Detail::Columns
    }

    /// Whether more is requested than the fields that begin a PDU.
    pub fn wants_all(&self) -> bool {
        self.detail >= Detail::Fields
    }

    /// Whether a text for the Info column is requested.
    pub(crate) fn shows_info(&self) -> bool {
        !self.hides_info
    }

    /// Whether labels are requested; if not, they need not be formatted.
    pub fn shows_tree(&self) -> bool {
        self.detail == Detail::Tree
    }
}
