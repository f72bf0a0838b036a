//! What a Plan asks of the host: other dissectors, and connections to come.

use crate::field::FieldId;
use crate::handoff::HandOff;
use crate::plan::parts::{Expected, Value};
use crate::plan::root::Plan;
use crate::span::Span;

/// What is handed off in one call has no more items: Wireshark 4.6 takes 50,000 in a row that
/// stand before what was shown last for a bug, and all versions a million.
const MAX_HANDED_ITEMS: usize = 40_000;

impl Plan<'_> {
    /// Lets another dissector show the bytes of the span here, under the item before that
    /// is one level up. It is called even if nobody looks at the tree. Gives what of the span
    /// is handed on: all, its beginning or nothing, as the guard of the row says.
    pub fn hand_off(&mut self, depth: u8, to: HandOff, span: Span) -> Span {
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

    /// Announces a connection. Only the first pass heeds it.
    pub fn expect(&mut self, expected: Expected) {
        self.expected.push(expected);
    }

    /// Connections that the packet announces.
    pub fn expected(&self) -> &[Expected] {
        &self.expected
    }
}
