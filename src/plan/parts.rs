//! What a Plan is made of.

use core::ffi::CStr;

use crate::error::Missing;
use crate::field::{ExpertId, FieldId};
use crate::handoff::HandOff;
use crate::packet::{Address, Transport};
use crate::span::Span;

/// Nesting deeper than this is a mistake in a dissector, not in a packet.
pub const MAX_DEPTH: u8 = 12;

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
    /// A secret that is not shown: the item is there, its value is empty.
    Withheld,
    /// No value and no field: another dissector shows the bytes of the span here. It is a row
    /// of our own list; no text of a packet goes with it.
    HandOff(HandOff),
}

/// Bytes that spans refer to: number 0 is the packet, the last one what stands before it,
/// the others are made by the Plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SourceId(pub u8);

impl SourceId {
    /// The packet.
    pub const PACKET: Self = Self(0);
    /// What stands before the packet: see [`crate::packet::Packet::heading`].
    pub const HEADING: Self = Self(u8::MAX);
}

/// Where the spans of new items begin: see [`crate::plan::Plan::enter`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct View {
    /// The bytes.
    pub source: SourceId,
    /// Added to the start of every span.
    pub base: usize,
}

/// Bytes that are not in the packet as they are: decrypted, decoded or put together.
#[derive(Debug)]
pub struct Source {
    /// The name of the tab that shows them.
    pub name: &'static CStr,
    /// The bytes. Secrets that are not shown are overwritten with asterisks.
    pub bytes: Vec<u8>,
    /// They were encrypted in the packet, or made of what was.
    pub decrypted: bool,
}

/// A connection that a packet announces: it is one of our protocols, whatever its ports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// The place of its protocol in [`crate::protocols::PROTOCOLS`].
    pub protocol: u16,
    /// The end that listens.
    pub address: Address,
    /// The port on which it listens.
    pub port: u16,
    /// TCP or UDP.
    pub transport: Transport,
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
    /// What the span is a part of.
    pub source: SourceId,
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
