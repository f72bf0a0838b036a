//! Requests to the host: hand-offs to other dissectors, expected connections, and objects
//! to save.

use crate::field::FieldId;
use crate::handoff::HandOff;
use crate::plan::objects::ObjectPart;
use crate::plan::parts::{ExpectedConnection, Value};
use crate::plan::root::Plan;
use crate::span::Span;

/// Maximum items of all hand-offs in one call: Wireshark 4.6 reports a bug at 50,000 in a
/// row that start before what was shown last, all versions at a million.
const MAX_HANDED_ITEMS: usize = 40_000;

impl Plan<'_> {
    /// Hands the bytes of the span to another dissector, below the last item one level
    /// up. One that does more than to show its part is called even if no tree is requested. Returns the part of the span that
    /// is handed off: all of it, its beginning or nothing, as decided by the row's guard.
    pub fn hand_off(&mut self, depth: u8, to: HandOff, span: Span) -> Span {
        if to.only_shows() && !self.wants_all() {
            return Span::new(span.start, 0);
        }
        let part = self.shifted(span).of(self.bytes_of(self.view.source));
        let Some(admitted) = to.admits(part) else {
            return Span::new(span.start, 0);
        };
        let items = self.handed_items.saturating_add(admitted.items);
        if items > MAX_HANDED_ITEMS {
            return Span::new(span.start, 0);
        }
        self.handed_items = items;
        let handed = Span::new(span.start, admitted.len);
        self.push(depth, FieldId::NONE, handed, Value::HandOff(to));
        handed
    }

    /// Announces a connection. Ignored after the first pass.
    pub fn expect(&mut self, expected: ExpectedConnection) {
        self.lists.expected.push(expected);
    }

    /// Connections announced by the packet.
    pub fn expected(&self) -> &[ExpectedConnection] {
        &self.lists.expected
    }

    /// Adds an object that the packet carries, or a part of it. For events only: see
    /// [`crate::packet::Packet::wants_events`].
    pub fn add_object(&mut self, part: ObjectPart) {
        self.lists.objects.push(part);
    }

    /// The objects that the packet carries, or parts of.
    pub fn objects(&self) -> &[ObjectPart] {
        &self.lists.objects
    }
}
