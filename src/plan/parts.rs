//! The parts of a Plan.

use core::ffi::CStr;

use crate::error::Missing;
use crate::field::{ExpertId, FieldId};
use crate::handoff::HandOff;
use crate::packet::{Address, Transport};
use crate::span::Span;

/// Maximum nesting depth. Only a bug in a dissector exceeds it, never a packet.
pub const MAX_DEPTH: u8 = 12;

/// Index of an item in a Plan, for expert notes. `NONE` if no items are requested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemId(pub u32);

impl ItemId {
    /// No item: the note applies to the whole packet.
    pub const NONE: Self = Self(u32::MAX);
}

/// Offset of a text in the Plan's text arena. Offset 0 means "no text".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextId(pub u32);

impl TextId {
    /// No text.
    pub const NONE: Self = Self(0);
}

/// The value of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// No value: the field is a heading or the protocol.
    None,
    /// A number.
    Number(u64),
    /// A generated text.
    Text(TextId),
    /// The bytes of the span as UTF-8.
    Utf8,
    /// The raw bytes of the span.
    Bytes,
    /// The bytes of the span as ISO 8859-1: a text field over binary data.
    Latin1,
    /// A withheld secret: the item is present, its value empty.
    Withheld,
    /// No value and no field: another dissector, a row of the fixed list, shows the bytes
    /// of the span here. No text of the packet is passed along.
    HandOff(HandOff),
}

/// Identifies the bytes that spans refer to: 0 is the packet, 255 the bytes before it,
/// all others are sources added to the Plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SourceId(pub u8);

impl SourceId {
    /// The packet.
    pub const PACKET: Self = Self(0);
    /// The bytes before the packet: see [`crate::packet::Packet::heading`].
    pub const HEADING: Self = Self(u8::MAX);
}

/// The source and base offset for the spans of new items: see
/// [`crate::plan::Plan::enter`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct View {
    /// The source.
    pub source: SourceId,
    /// Offset added to the start of every span.
    pub base: usize,
}

/// Bytes derived from the packet: decrypted, decoded or reassembled.
#[derive(Debug)]
pub struct Source {
    /// Title of the tab that shows them.
    pub name: &'static CStr,
    /// The bytes. Withheld secrets are overwritten with asterisks.
    pub bytes: Vec<u8>,
    /// They were encrypted in the packet, or are derived from bytes that were.
    pub decrypted: bool,
}

/// A connection announced by a packet: its protocol is known regardless of the port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpectedConnection {
    /// Index of its protocol in [`crate::protocols::PROTOCOLS`].
    pub protocol: u16,
    /// Address of the listening endpoint.
    pub address: Address,
    /// Its port.
    pub port: u16,
    /// TCP or UDP.
    pub transport: Transport,
}

/// One line of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// The field.
    pub field: FieldId,
    /// Nesting depth: 0 for the protocol, 1 for its children, and so on.
    pub depth: u8,
    /// The bytes to highlight.
    pub span: Span,
    /// The bytes that the span refers to.
    pub source: SourceId,
    /// Its value.
    pub value: Value,
    /// The text to show instead of "title: value".
    pub label: TextId,
    /// Derived, not read from the packet.
    pub generated: bool,
    /// Not shown, but found by filters.
    pub hidden: bool,
}

/// An expert note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpertNote {
    /// The type of note.
    pub expert: ExpertId,
    /// The item it is attached to.
    pub item: ItemId,
    /// Its text; `NONE` for the summary of its table row.
    pub text: TextId,
}

/// What the host is to do with the packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Not this protocol: the host tries other dissectors.
    Reject,
    /// This protocol, completely dissected.
    Accept,
    /// This protocol, but more bytes of the stream are needed for the PDU at this offset.
    Reassemble(usize, Missing),
}
