//! The Plan: what the user should see of one packet, decided before Wireshark is called.
//!
//! A Plan is flat: items in the order of the tree, each with its depth; the text for the
//! Info column; expert notes that point at items; and requests to the host. It prints
//! itself, so that everything up to here is tested without Wireshark.

mod parts;
mod print;
mod secrets;

use core::ffi::CStr;
use std::borrow::Cow;

use memchr::memchr;

use crate::field::{ExpertId, FieldId, Protocol};
use crate::handoff::HandOff;
use crate::packet::Detail;
use crate::span::Span;

pub use parts::*;

/// Nesting deeper than this is a mistake in a dissector, not in a packet.
pub const MAX_DEPTH: u8 = 12;
/// No more items in one call: a TCP segment full of the shortest commands needs a quarter.
const MAX_ITEMS: usize = 200_000;
/// Texts end here: nobody reads more, and packets can be made that repeat long ones.
const MAX_TEXTS: usize = 16 << 20;
/// What is handed off in one call has no more items: Wireshark 4.6 takes 50,000 in a row that
/// stand before what was shown last for a bug, and all versions a million.
const MAX_HANDED_ITEMS: usize = 40_000;
/// No more sources in one call.
const MAX_SOURCES: usize = 64;
/// So many items back a note looks for its own.
const SEARCHED: usize = 1000;
/// What the Info column can hold.
const MAX_INFO: usize = 2_000;

/// What one command line needs of it.
const USUAL_INFO: usize = 120;
/// What one command line needs of items.
const USUAL_ITEMS: usize = 16;
/// What its beginning alone needs.
const USUAL_HEADS: usize = 3;

/// What the user should see of one packet.
#[derive(Debug)]
pub struct Plan<'p> {
    protocol: &'static Protocol,
    /// The packet's bytes, which spans refer to.
    packet: &'p [u8],
    /// What stands before them.
    heading: &'p [u8],
    detail: Detail,
    shows_keys: bool,
    view: View,
    /// Whether the view is of bytes that were encrypted.
    decrypted: bool,
    items: Vec<Item>,
    notes: Vec<Note>,
    texts: Vec<u8>,
    sources: Vec<Source>,
    expected: Vec<Expected>,
    /// Items of what is handed off, at most.
    handed_items: usize,
    info: String,
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

    /// Lets items be about what stands before the packet: see [`SourceId::HEADING`].
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

    /// Adds an item without a value.
    pub fn heading(&mut self, depth: u8, field: impl Into<FieldId>, span: Span) -> ItemId {
        self.add(depth, field.into(), span, Value::None)
    }

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

    /// Adds a number. The field says how it is read: as an address, a time, a frame ...
    pub fn number(
        &mut self,
        depth: u8,
        field: impl Into<FieldId>,
        span: Span,
        value: impl Into<u64>,
    ) -> ItemId {
        self.add(depth, field.into(), span, Value::Number(value.into()))
    }

    /// Adds a text that is the bytes of its span. They need not be UTF-8: what is not is
    /// shown as U+FFFD.
    pub fn text(&mut self, depth: u8, field: impl Into<FieldId>, span: Span) -> ItemId {
        self.add(depth, field.into(), span, Value::Utf8)
    }

    /// Adds a text that we made from the bytes of its span.
    pub fn derived(
        &mut self,
        depth: u8,
        field: impl Into<FieldId>,
        span: Span,
        value: &str,
    ) -> ItemId {
        let field = field.into();
        if self.withholds(field, span, !value.is_empty()) {
            return self.add_withheld(depth, field, span);
        }
        if self.detail == Detail::Columns {
            return ItemId::NONE;
        }
        let text = self.keep(value);
        self.add_shown(depth, field, span, Value::Text(text))
    }

    /// Adds raw bytes.
    pub fn bytes(&mut self, depth: u8, field: impl Into<FieldId>, span: Span) -> ItemId {
        self.add(depth, field.into(), span, Value::Bytes)
    }

    /// Adds a text field over binary data.
    pub fn latin1(&mut self, depth: u8, field: impl Into<FieldId>, span: Span) -> ItemId {
        self.add(depth, field.into(), span, Value::Latin1)
    }

    fn add(&mut self, depth: u8, field: FieldId, span: Span, value: Value) -> ItemId {
        if self.withholds(field, span, matches!(value, Value::Number(_))) {
            return self.add_withheld(depth, field, span);
        }
        self.add_shown(depth, field, span, value)
    }

    fn add_shown(&mut self, depth: u8, field: FieldId, span: Span, value: Value) -> ItemId {
        match self.detail {
            Detail::Columns => return ItemId::NONE,
            Detail::Heads if !self.begins_pdu(field) => return ItemId::NONE,
            _ => {}
        }
        self.push(depth, field, span, value)
    }

    fn begins_pdu(&self, field: FieldId) -> bool {
        let is_head = usize::from(field.row) < self.protocol.heads;
        field.protocol == self.protocol.index && (is_head || field.row == FieldId::ITSELF)
    }

    fn push(&mut self, depth: u8, field: FieldId, span: Span, value: Value) -> ItemId {
        if self.items.len() >= MAX_ITEMS {
            return ItemId::NONE;
        }
        // A child without a parent would have no place in the tree.
        let deepest = self.items.last().map_or(0, |item| item.depth + 1);
        self.items.push(Item {
            field,
            depth: depth.min(deepest).min(MAX_DEPTH),
            span: self.shifted(span),
            source: self.view.source,
            value,
            label: TextId::NONE,
            generated: false,
            hidden: false,
        });
        ItemId(self.items.len() as u32 - 1)
    }

    /// A span of the present view as a span of its source.
    fn shifted(&self, span: Span) -> Span {
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

    /// Adds a number that we worked out ourselves and that has no bytes.
    pub fn generated(
        &mut self,
        depth: u8,
        field: impl Into<FieldId>,
        value: impl Into<u64>,
    ) -> ItemId {
        let item = self.number(depth, field, Span::default(), value);
        self.mark_generated(item);
        item
    }

    /// Marks an item as worked out by us.
    pub fn mark_generated(&mut self, item: ItemId) {
        if let Some(item) = self.items.get_mut(item.0 as usize) {
            item.generated = true;
        }
    }

    /// Hides an item from the tree; filters still find it.
    pub fn mark_hidden(&mut self, item: ItemId) {
        if let Some(item) = self.items.get_mut(item.0 as usize) {
            item.hidden = true;
        }
    }

    /// Replaces the line of an item in the tree.
    pub fn label(&mut self, item: ItemId, text: &str) {
        if !self.shows_tree() || item == ItemId::NONE {
            return;
        }
        let index = item.0 as usize;
        let is_withheld = |item: &Item| item.value == Value::Withheld;
        if self.items.get(index).is_some_and(is_withheld) {
            return;
        }
        self.set_label(index, text);
    }

    fn set_label(&mut self, index: usize, text: &str) {
        let label = self.keep(text);
        if let Some(item) = self.items.get_mut(index) {
            item.label = label;
        }
    }

    /// Stretches an item's span up to `end`, for a heading whose length is known last.
    pub fn extend(&mut self, item: ItemId, end: usize) {
        let end = end.saturating_add(self.view.base);
        if let Some(item) = self.items.get_mut(item.0 as usize) {
            item.span = Span::between(item.span.start, end);
        }
    }

    /// The last item that covers exactly these bytes, for a note. Looked for among the latest
    /// items only: bytes that were made for it cannot make every note search all of a packet.
    pub fn item_at(&self, span: Span) -> ItemId {
        if !self.wants_all() {
            return ItemId::NONE;
        }
        let (span, source) = (self.shifted(span), self.view.source);
        let here = |item: &Item| item.span == span && item.source == source;
        let first = self.items.len().saturating_sub(SEARCHED);
        let latest = self.items.get(first..).unwrap_or_default();
        let index = latest.iter().rposition(here);
        index.map_or(ItemId::NONE, |index| ItemId((first + index) as u32))
    }

    /// Adds an expert note with the summary of its table row.
    pub fn note(&mut self, expert: impl Into<ExpertId>, item: ItemId) {
        if !self.wants_all() {
            return;
        }
        self.notes.push(Note {
            expert: expert.into(),
            item,
            text: TextId::NONE,
        });
    }

    /// Adds an expert note with a text of its own.
    pub fn note_text(&mut self, expert: impl Into<ExpertId>, item: ItemId, text: &str) {
        if !self.wants_all() {
            return;
        }
        let text = self.keep(text);
        self.notes.push(Note {
            expert: expert.into(),
            item,
            text,
        });
    }

    /// Adds to the Info column, behind a separator. Control characters are made visible.
    pub fn info(&mut self, text: &str) {
        if self.info.len() >= MAX_INFO {
            return;
        }
        if !self.info.is_empty() {
            self.info.push_str("; ");
        }
        self.info_behind(text);
    }

    /// Adds to the Info column without a separator: more about what was added last.
    pub fn info_behind(&mut self, text: &str) {
        if self.info.len() >= MAX_INFO {
            return;
        }
        if text.len() <= MAX_INFO && !may_have_controls(text.as_bytes()) {
            self.info.push_str(text);
            return;
        }
        for char in text.chars() {
            if self.info.len() >= MAX_INFO {
                self.info.push('…');
                break;
            }
            if char.is_control() {
                self.info.extend(char.escape_default());
            } else {
                self.info.push(char);
            }
        }
    }

    /// The text of the Info column.
    pub fn info_text(&self) -> &str {
        &self.info
    }

    /// The text of the Info column, ended by NUL.
    pub fn into_info(self) -> Vec<u8> {
        let mut info = self.info.into_bytes();
        info.push(0);
        info
    }

    /// The items, in the order of the tree.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The expert notes.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Bytes that are not in the packet as they are; their numbers begin with 1.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Connections that the packet announces.
    pub fn expected(&self) -> &[Expected] {
        &self.expected
    }

    /// All texts, each ended by NUL; a `TextId` is an offset into them.
    pub fn texts(&self) -> &[u8] {
        &self.texts
    }

    /// The text behind an id.
    pub fn text_of(&self, id: TextId) -> &str {
        let from = self.texts.get(id.0 as usize..).unwrap_or_default();
        let end = from.iter().position(|b| *b == 0).unwrap_or(from.len());
        core::str::from_utf8(&from[..end]).unwrap_or_default()
    }

    /// The text of an item that has one.
    pub fn value_of(&self, item: &Item) -> Option<Cow<'_, str>> {
        match item.value {
            Value::Text(id) => Some(self.text_of(id).into()),
            Value::Utf8 => {
                let bytes = item.span.of(self.bytes_of(item.source));
                Some(String::from_utf8_lossy(bytes))
            }
            Value::None
            | Value::Number(_)
            | Value::Bytes
            | Value::Latin1
            | Value::Withheld
            | Value::HandOff(..) => None,
        }
    }

    /// Keeps a text for the host, which ends texts at NUL: a NUL becomes its picture.
    fn keep(&mut self, text: &str) -> TextId {
        if self.texts.is_empty() {
            self.texts.push(0);
        }
        if self.texts.len() > MAX_TEXTS {
            return TextId::NONE;
        }
        let id = TextId(self.texts.len() as u32);
        let mut rest = text.as_bytes();
        while let Some(nul) = memchr(0, rest) {
            self.texts.extend_from_slice(&rest[..nul]);
            self.texts.extend_from_slice("\u{2400}".as_bytes());
            rest = &rest[nul + 1..];
        }
        self.texts.extend_from_slice(rest);
        self.texts.push(0);
        id
    }
}

/// Whether a text can hold control characters, which in UTF-8 are single bytes or begin
/// with 0xc2. No early exit, so that it is done in vector registers.
fn may_have_controls(text: &[u8]) -> bool {
    text.iter().fold(false, |seen, byte| {
        seen | (*byte < 0x20) | (*byte == 0x7f) | (*byte == 0xc2)
    })
}
