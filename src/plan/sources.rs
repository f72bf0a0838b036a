//! The sources of a Plan, and the view that spans are relative to.

use core::ffi::CStr;

use crate::plan::parts::{Source, SourceId, View};
use crate::plan::root::Plan;
use crate::span::Span;

/// Maximum sources per call.
const MAX_SOURCES: usize = 64;
/// Maximum bytes that are decompressed per call.
const MAX_UNPACKED: usize = 256 * 1024;
/// What decompressing counts at least: to set it up takes as long as so many bytes.
const LEAST_UNPACKED: usize = 4 * 1024;

impl Plan<'_> {
    /// Adds bytes derived from the packet, which Wireshark shows in a tab of their own;
    /// `None` if there are too many. Items refer to them after [`Plan::enter`]. Bytes
    /// added in a view of decrypted bytes count as decrypted.
    pub fn add_source(&mut self, name: &'static CStr, bytes: Vec<u8>) -> Option<SourceId> {
        self.push_source(name, bytes, self.decrypted)
    }

    /// Like [`Plan::add_source`], for the plaintext of ciphertext in the packet.
    pub fn add_decrypted(&mut self, name: &'static CStr, bytes: Vec<u8>) -> Option<SourceId> {
        self.push_source(name, bytes, true)
    }

    fn push_source(
        &mut self,
        name: &'static CStr,
        bytes: Vec<u8>,
        decrypted: bool,
    ) -> Option<SourceId> {
        if self.lists.sources.len() >= MAX_SOURCES {
            return None;
        }
        self.lists.sources.push(Source {
            name,
            bytes,
            decrypted,
        });
        Some(SourceId(self.lists.sources.len() as u8))
    }

    /// How many bytes may yet be decompressed for a source.
    pub fn unpack_room(&self) -> usize {
        if self.lists.sources.len() >= MAX_SOURCES {
            return 0;
        }
        MAX_UNPACKED.saturating_sub(self.unpacked)
    }

    /// Counts bytes that were decompressed, whether or not they become a source.
    pub fn count_unpacked(&mut self, bytes: usize) {
        let bytes = bytes.max(LEAST_UNPACKED);
        self.unpacked = self.unpacked.saturating_add(bytes);
    }

    /// Makes the following spans refer to `source`, relative to its offset `base`.
    /// Returns the previous view, for [`Plan::leave`].
    #[must_use]
    pub fn enter(&mut self, source: SourceId, base: usize) -> View {
        let before = self.view;
        self.leave(View { source, base });
        before
    }

    /// Makes the following spans relative to `base` in the current view.
    #[must_use]
    pub fn enter_here(&mut self, base: usize) -> View {
        let View { source, base: now } = self.view;
        self.enter(source, now.saturating_add(base))
    }

    /// Restores a previous view.
    pub fn leave(&mut self, view: View) {
        self.view = view;
        self.decrypted = self.is_decrypted(view.source);
    }

    /// The current view.
    pub fn view(&self) -> View {
        self.view
    }

    /// Converts a span of the current view to a span of its source.
    pub(super) fn shifted(&self, span: Span) -> Span {
        Span::new(span.start.saturating_add(self.view.base), span.len)
    }

    /// The bytes of a source.
    pub fn bytes_of(&self, source: SourceId) -> &[u8] {
        if source == SourceId::HEADING {
            return self.heading;
        }
        match usize::from(source.0).checked_sub(1) {
            None => self.packet,
            Some(index) => self.lists.sources.get(index).map_or(&[], |s| &s.bytes),
        }
    }

    /// The sources added to the packet; their ids start at 1.
    pub fn sources(&self) -> &[Source] {
        &self.lists.sources
    }
}
