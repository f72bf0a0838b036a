//! The Plan: what the user should see of one packet, decided before Wireshark is called.
//!
//! A Plan is flat: items in the order of the tree, each with its depth; the text for the
//! Info column; expert notes that point at items; and requests to the host. It prints
//! itself, so that everything up to here is tested without Wireshark.

use core::fmt::{self, Write as _};
use std::borrow::Cow;

use memchr::memchr;

use crate::error::Missing;
use crate::field::Protocol;
use crate::span::Span;

/// The row of a field in its protocol's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldId(pub u16);

impl FieldId {
    /// The protocol itself: the top item of a PDU.
    pub const PROTOCOL: Self = Self(u16::MAX);
}

/// The row of an expert note in its protocol's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpertId(pub u16);

/// An item of this Plan, to hang expert notes on. `NONE` when items are not wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemId(pub u32);

impl ItemId {
    /// No item: the note is shown for the packet as a whole.
    pub const NONE: Self = Self(u32::MAX);
}

/// A text in the Plan's arena. Offset 0 is "no text".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextId(pub u32);

impl TextId {
    /// No text.
    pub const NONE: Self = Self(0);
}

/// How much of the tree anybody will look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// Nobody asks for a field: columns, notes and requests only.
    Columns,
    /// A filter or a tap asks for fields; no label will be read.
    Fields,
    /// The tree is shown.
    Tree,
}

/// The value of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// None; the field is a heading or the protocol.
    None,
    /// A number.
    Number(u64),
    /// A text that we made.
    Text(TextId),
    /// The bytes of the span, read as UTF-8.
    Utf8,
    /// The very bytes of the span.
    Bytes,
    /// The bytes of the span read as ISO 8859-1: a text field over binary data.
    Latin1,
}

/// One line of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Which field.
    pub field: FieldId,
    /// 0 for the protocol, 1 for its children, and so on.
    pub depth: u8,
    /// The bytes to highlight.
    pub span: Span,
    /// Its value.
    pub value: Value,
    /// The text to show instead of "title: value".
    pub label: TextId,
    /// Worked out by us, not read from the packet.
    pub generated: bool,
    /// Found by filters, not shown.
    pub hidden: bool,
}

/// An expert note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Note {
    /// The kind of note.
    pub expert: ExpertId,
    /// The item it is about.
    pub item: ItemId,
    /// Its text; `NONE` for the summary in the table.
    pub text: TextId,
}

/// What the host does with the packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Not our protocol: the host tries other dissectors.
    Reject,
    /// Ours, all of it.
    Accept,
    /// Ours, but from this offset on more bytes of the stream are needed.
    Reassemble(usize, Missing),
}

/// Nesting deeper than this is a mistake in a dissector, not in a packet.
pub const MAX_DEPTH: u8 = 12;
/// No more items in one call: a TCP segment full of the shortest commands needs a quarter.
const MAX_ITEMS: usize = 200_000;
/// What the Info column can hold.
const MAX_INFO: usize = 2_000;

/// What one command line needs of it.
const USUAL_INFO: usize = 120;
/// What one command line needs of items.
const USUAL_ITEMS: usize = 16;

/// What the user should see of one packet.
#[derive(Debug)]
pub struct Plan<'p> {
    protocol: &'static Protocol,
    /// The packet's bytes, which spans refer to.
    packet: &'p [u8],
    detail: Detail,
    items: Vec<Item>,
    notes: Vec<Note>,
    texts: Vec<u8>,
    info: String,
    /// What the host does with the packet.
    pub verdict: Verdict,
    /// Bytes that the packet has but the capture has not: the host reads them last, so
    /// that its own mark for cut packets is shown.
    pub touch: Option<Span>,
    /// PDUs, whole or in part, that this call has shown.
    pub pdus: u32,
}

impl<'p> Plan<'p> {
    /// An empty plan that rejects the packet.
    pub fn new(protocol: &'static Protocol, packet: &'p [u8], detail: Detail) -> Self {
        let items = match detail {
            Detail::Columns => 0,
            Detail::Fields | Detail::Tree => USUAL_ITEMS,
        };
        Self {
            protocol,
            packet,
            detail,
            items: Vec::with_capacity(items),
            notes: Vec::new(),
            texts: Vec::new(),
            info: String::with_capacity(USUAL_INFO),
            verdict: Verdict::Reject,
            touch: None,
            pdus: 0,
        }
    }

    /// The protocol whose tables the ids refer to.
    pub fn protocol(&self) -> &'static Protocol {
        self.protocol
    }

    /// Whether anybody asks for items; when not, they need not be decoded.
    pub fn wants_items(&self) -> bool {
        self.detail != Detail::Columns
    }

    /// Whether labels will be read at all; when not, they need not be made.
    pub fn shows_tree(&self) -> bool {
        self.detail == Detail::Tree
    }

    /// Adds an item without a value.
    pub fn heading(&mut self, depth: u8, field: impl Into<FieldId>, span: Span) -> ItemId {
        self.add(depth, field.into(), span, Value::None)
    }

    /// Adds a number.
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
        if self.detail == Detail::Columns {
            return ItemId::NONE;
        }
        let text = self.keep(value);
        self.add(depth, field.into(), span, Value::Text(text))
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
        if self.detail == Detail::Columns || self.items.len() >= MAX_ITEMS {
            return ItemId::NONE;
        }
        // A child without a parent would have no place in the tree.
        let deepest = self.items.last().map_or(0, |item| item.depth + 1);
        self.items.push(Item {
            field,
            depth: depth.min(deepest).min(MAX_DEPTH),
            span,
            value,
            label: TextId::NONE,
            generated: false,
            hidden: false,
        });
        ItemId(self.items.len() as u32 - 1)
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
        let label = self.keep(text);
        if let Some(item) = self.items.get_mut(item.0 as usize) {
            item.label = label;
        }
    }

    /// Stretches an item's span up to `end`, for a heading whose length is known last.
    pub fn extend(&mut self, item: ItemId, end: usize) {
        if let Some(item) = self.items.get_mut(item.0 as usize) {
            item.span = Span::between(item.span.start, end);
        }
    }

    /// The last item that covers exactly these bytes.
    pub fn item_at(&self, span: Span) -> ItemId {
        let index = self.items.iter().rposition(|item| item.span == span);
        index.map_or(ItemId::NONE, |index| ItemId(index as u32))
    }

    /// Adds an expert note with the summary of its table row.
    pub fn note(&mut self, expert: impl Into<ExpertId>, item: ItemId) {
        self.notes.push(Note {
            expert: expert.into(),
            item,
            text: TextId::NONE,
        });
    }

    /// Adds an expert note with a text of its own.
    pub fn note_text(&mut self, expert: impl Into<ExpertId>, item: ItemId, text: &str) {
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
            Value::Utf8 => Some(String::from_utf8_lossy(item.span.of(self.packet))),
            Value::None | Value::Number(_) | Value::Bytes | Value::Latin1 => None,
        }
    }

    /// Keeps a text for the host, which ends texts at NUL: a NUL becomes its picture.
    fn keep(&mut self, text: &str) -> TextId {
        if self.texts.is_empty() {
            self.texts.push(0);
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

impl fmt::Display for Plan<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:?} info={:?}", self.verdict, self.info)?;
        for (index, item) in self.items.iter().enumerate() {
            self.print_item(f, item)?;
            for note in self.notes.iter().filter(|n| n.item.0 as usize == index) {
                write!(
                    f,
                    "{:indent$}! ",
                    "",
                    indent = 2 * usize::from(item.depth) + 2
                )?;
                self.print_note(f, note)?;
            }
        }
        for note in self.notes.iter().filter(|n| n.item == ItemId::NONE) {
            f.write_str("! ")?;
            self.print_note(f, note)?;
        }
        if let Some(span) = self.touch {
            writeln!(f, "touch {}+{}", span.start, span.len)?;
        }
        Ok(())
    }
}

impl Plan<'_> {
    fn print_item(&self, f: &mut fmt::Formatter<'_>, item: &Item) -> fmt::Result {
        let name = match self.protocol.fields.get(usize::from(item.field.0)) {
            Some(spec) => spec.filter,
            None => self.protocol.filter,
        };
        let indent = 2 * usize::from(item.depth);
        write!(
            f,
            "{:indent$}{} @{}+{}",
            "",
            name.to_str().unwrap_or("?"),
            item.span.start,
            item.span.len
        )?;
        match item.value {
            Value::Number(number) => write!(f, " = {number}")?,
            _ => {
                if let Some(text) = self.value_of(item) {
                    write!(f, " = {text:?}")?;
                }
            }
        }
        if item.label != TextId::NONE {
            write!(f, " \"{}\"", self.text_of(item.label))?;
        }
        if item.generated {
            f.write_str(" [generated]")?;
        }
        if item.hidden {
            f.write_str(" [hidden]")?;
        }
        f.write_char('\n')
    }

    fn print_note(&self, f: &mut fmt::Formatter<'_>, note: &Note) -> fmt::Result {
        let row = self.protocol.experts.get(usize::from(note.expert.0));
        let summary = row.map_or("?", |e| e.summary.to_str().unwrap_or("?"));
        let text = match note.text {
            TextId::NONE => summary,
            text => self.text_of(text),
        };
        let filter = row.map_or("?", |e| e.filter.to_str().unwrap_or("?"));
        writeln!(f, "{filter}: {text}")
    }
}
