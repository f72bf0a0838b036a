//! Bytes that items are about, and where spans count from.

use core::ffi::CStr;

use crate::plan::parts::{Source, SourceId, View};
use crate::plan::root::Plan;
use crate::span::Span;

/// No more sources in one call.
const MAX_SOURCES: usize = 64;

impl Plan<'_> {
    /// Adds bytes that are not in the packet as they are; Wireshark shows them in a tab of
    /// their own. Items are about them after [`Plan::enter`]. What is made in a view of
    /// decrypted bytes counts as decrypted.
    pub fn add_source(&mut self, name: &'static CStr, bytes: Vec<u8>) -> Option<SourceId> {
        self.push_source(name, bytes, self.decrypted)
    }

    /// Adds bytes that are encrypted in the packet, as [`Plan::add_source`] does others.
    pub fn add_decrypted(&mut self, name: &'static CStr, bytes: Vec<u8>) -> Option<SourceId> {
        self.push_source(name, bytes, true)
    }

    fn push_source(
        &mut self,
        name: &'static CStr,
        bytes: Vec<u8>,
        decrypted: bool,
    ) -> Option<SourceId> {
        if self.sources.len() >= MAX_SOURCES {
            return None;
        }
        self.sources.push(Source {
            name,
            bytes,
            decrypted,
        });
        Some(SourceId(self.sources.len() as u8))
    }

    /// From now on spans are about `source`, counted from its offset `base`. Gives what has
    /// to be handed to [`Plan::leave`].
    #[must_use]
    pub fn enter(&mut self, source: SourceId, base: usize) -> View {
        let before = self.view;
        self.leave(View { source, base });
        before
    }

    /// From now on spans count from `base` in what they count in now.
    #[must_use]
    pub fn enter_here(&mut self, base: usize) -> View {
        let View { source, base: now } = self.view;
        self.enter(source, now.saturating_add(base))
    }

    /// Goes back to what spans were about before.
    pub fn leave(&mut self, view: View) {
        self.view = view;
        self.decrypted = self.is_decrypted(view.source);
    }

    /// What spans are about now.
    pub fn view(&self) -> View {
        self.view
    }

    /// A span of the present view as a span of its source.
    pub(super) fn shifted(&self, span: Span) -> Span {
        Span::new(span.start.saturating_add(self.view.base), span.len)
    }

    /// The bytes that items of this source are about.
    pub fn bytes_of(&self, source: SourceId) -> &[u8] {
        if source == SourceId::HEADING {
            return self.heading;
        }
        match usize::from(source.0).checked_sub(1) {
            None => self.packet,
            Some(index) => self.sources.get(index).map_or(&[], |s| &s.bytes),
        }
    }

    /// Bytes that are not in the packet as they are; their numbers begin with 1.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }
}
