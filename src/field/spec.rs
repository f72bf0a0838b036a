//! What a row of a table says.

use core::ffi::CStr;
use core::ops::Range;

use crate::codes::Codes;

/// How Wireshark stores a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// No value: a heading, or a presence mark.
    None,
    /// Unsigned, 8 bits.
    U8,
    /// Unsigned, 16 bits.
    U16,
    /// Signed, 16 bits, as two's complement; its number is extended to 64 bits.
    I16,
    /// Unsigned, 32 bits.
    U32,
    /// Unsigned, 64 bits.
    U64,
    /// True or false. With a mask: one bit of the number that is given.
    Bool,
    /// Text.
    Text,
    /// Raw bytes.
    Bytes,
    /// An IPv4 address; its number is the address in network order.
    Ipv4,
    /// An IPv6 address; its text is the address.
    Ipv6,
    /// The number of a frame, to go to.
    Frame,
    /// The number of the frame with the request.
    RequestFrame,
    /// The number of the frame with the response.
    ResponseFrame,
    /// A span of time; its number is nanoseconds.
    Duration,
    /// A point in time; its number is nanoseconds since 1970, UTC.
    Moment,
}

impl Type {
    /// Bits of a number that is printed in a base, or 0.
    pub(crate) const fn width(self) -> u32 {
        match self {
            Type::U8 => 8,
            Type::U16 | Type::I16 => 16,
            Type::U32 => 32,
            Type::U64 => 64,
            _ => 0,
        }
    }
}

/// How a number is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// Not a number.
    None,
    /// Decimal.
    Dec,
    /// Hexadecimal.
    Hex,
}

impl Base {
    pub(super) const fn is_none(self) -> bool {
        matches!(self, Self::None)
    }
}

/// One field of a protocol.
#[derive(Debug, Clone, Copy)]
pub struct Spec {
    /// The filter name, with the protocol's prefix: `msnms.cmd`.
    pub filter: &'static CStr,
    /// The title in the tree.
    pub title: &'static CStr,
    /// How it is stored.
    pub kind: Type,
    /// How it is printed.
    pub base: Base,
    /// The bits that count, of the number of which the field is a part; 0 for all. Parts stand
    /// right below their number and are named after it.
    pub mask: u64,
    /// What stands for its value where a secret may not: `ticket`, `password`, `key`. The
    /// Info column never holds the value, and of what was decrypted, derived or given by the
    /// user no output holds it, unless keys are shown: see [`crate::plan::Plan::showing_keys`].
    pub secret: Option<&'static str>,
    /// Names of its values.
    pub values: Option<Codes>,
    /// What the title does not say.
    pub blurb: &'static CStr,
}

/// How grave an expert note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Ordinary, worth knowing.
    Chat,
    /// Unusual, such as an error reply.
    Note,
    /// A breach of the protocol.
    Warning,
    /// Bytes that could not be read.
    Error,
}

/// The subject of an expert note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The peer answered with an error.
    Response,
    /// The sequence of messages is odd.
    Sequence,
    /// Something is not dissected.
    Undecoded,
    /// The protocol is violated.
    Protocol,
    /// The bytes are malformed.
    Malformed,
    /// Reassembly is missing.
    Reassembly,
}

/// One kind of expert note.
#[derive(Debug, Clone, Copy)]
pub struct Expert {
    /// The filter name.
    pub filter: &'static CStr,
    /// Its subject.
    pub group: Group,
    /// Its severity.
    pub severity: Severity,
    /// The text where a note gives none of its own.
    pub summary: &'static CStr,
}

/// All that one protocol adds to Wireshark.
#[derive(Debug, Clone, Copy)]
pub struct Protocol {
    /// Its place in `PROTOCOLS`.
    pub index: u16,
    /// The long name, used where Wireshark has no such protocol of its own.
    pub name: &'static CStr,
    /// The name in the Protocol column.
    pub short_name: &'static CStr,
    /// The prefix of its filters.
    pub filter: &'static CStr,
    /// So many of the first fields are what begins a PDU: its dissector shows them without
    /// looking at the rest, where nobody asks for more.
    pub heads: usize,
    /// Its fields.
    pub fields: &'static [Spec],
    /// Its expert notes.
    pub experts: &'static [Expert],
}

impl Protocol {
    /// The rows of the parts of the number in `row`: those with a mask, right below it.
    pub fn parts_of(&self, row: u16) -> Range<u16> {
        let first = row.saturating_add(1);
        let below = self.fields.get(usize::from(first)..).unwrap_or_default();
        let count = below.iter().take_while(|spec| spec.mask != 0).count();
        first..first.saturating_add(count as u16)
    }

    /// Bits of the number of which the field in `row` is a part.
    pub fn width_of_whole(&self, row: usize) -> u32 {
        let above = self.fields.get(..row).unwrap_or_default();
        let whole = above.iter().rev().find(|spec| spec.mask == 0);
        whole.map_or(0, |spec| spec.kind.width())
    }
}

/// A field of one of our protocols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldId {
    /// The protocol's place in `PROTOCOLS`.
    pub protocol: u16,
    /// The field's row in the protocol's table, or [`FieldId::ITSELF`].
    pub row: u16,
}

impl FieldId {
    /// The row that stands for the protocol itself: the top item of a PDU.
    pub const ITSELF: u16 = u16::MAX;

    /// No field: the item of a hand-off.
    pub const NONE: Self = Self::of(u16::MAX, u16::MAX);

    /// The field in row `row` of the protocol at `protocol`.
    pub const fn of(protocol: u16, row: u16) -> Self {
        Self { protocol, row }
    }
}

impl From<&'static Protocol> for FieldId {
    fn from(protocol: &'static Protocol) -> Self {
        Self::of(protocol.index, Self::ITSELF)
    }
}

/// A kind of expert note of one of our protocols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpertId {
    /// The protocol's place in `PROTOCOLS`.
    pub protocol: u16,
    /// The row in the protocol's table.
    pub row: u16,
}

impl ExpertId {
    /// The note in row `row` of the protocol at `protocol`.
    pub const fn of(protocol: u16, row: u16) -> Self {
        Self { protocol, row }
    }
}
