//! Types of the rows of field and expert tables.

use core::ffi::CStr;
use core::ops::Range;

use crate::codes::Codes;

/// How Wireshark stores a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// No value: a heading, or a mark that something is present.
    None,
    /// Unsigned, 8 bits.
    U8,
    /// Unsigned, 16 bits.
    U16,
    /// Signed, 16 bits; its number is sign-extended to 64 bits.
    I16,
    /// Unsigned, 32 bits.
    U32,
    /// Unsigned, 64 bits.
    U64,
    /// True or false. With a mask: one bit of the number.
    Bool,
    /// Text.
    Text,
    /// Raw bytes.
    Bytes,
    /// An IPv4 address; its number is the address, big-endian.
    Ipv4,
    /// An IPv6 address; its text is the address.
    Ipv6,
    /// A frame number, shown as a link.
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
    /// Width in bits of a type that is printed in a base; 0 for other types.
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
    /// Its type.
    pub kind: Type,
    /// Its display base.
    pub base: Base,
    /// Mask of the field's bits in the number that it is a part of; 0 for a whole number.
    /// The rows of the parts directly follow their number's, and are named after it.
    pub mask: u64,
    /// For a secret: the placeholder for its value, one of `cookie`, `hash`, `key`, `nonce`,
    /// `password`, `response`, `ticket` and `token`. The Info column never contains the value.
    /// If it was decrypted, derived or supplied by the user, no output does unless keys are
    /// shown: see [`crate::plan::Plan::showing_keys`].
    pub secret: Option<&'static str>,
    /// Names of its values.
    pub values: Option<Codes>,
    /// Description that adds to the title.
    pub blurb: &'static CStr,
}

impl Spec {
    /// Whether it is one bit of a number.
    pub(crate) fn is_flag(&self) -> bool {
        self.mask != 0 && self.kind == Type::Bool
    }
}

/// Severity of an expert note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Normal, informative.
    Chat,
    /// Unusual, such as an error reply.
    Note,
    /// A protocol violation.
    Warning,
    /// Malformed bytes.
    Error,
}

/// The subject of an expert note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The peer answered with an error.
    Response,
    /// The sequence of messages is suspicious.
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

/// One type of expert note.
#[derive(Debug, Clone, Copy)]
pub struct Expert {
    /// The filter name.
    pub filter: &'static CStr,
    /// Its subject.
    pub group: Group,
    /// Its severity.
    pub severity: Severity,
    /// The default text.
    pub summary: &'static CStr,
}

/// The registration data of a protocol.
#[derive(Debug, Clone, Copy)]
pub struct Protocol {
    /// Its index in `PROTOCOLS`.
    pub index: u16,
    /// The long name, used if Wireshark has no built-in protocol of this name.
    pub name: &'static CStr,
    /// The name in the Protocol column.
    pub short_name: &'static CStr,
    /// The prefix of its filters.
    pub filter: &'static CStr,
    /// Number of leading fields that begin a PDU: if no others are requested, the
    /// dissector shows them without decoding the rest.
    pub leading_fields: usize,
    /// Its fields.
    pub fields: &'static [Spec],
    /// Its expert notes.
    pub experts: &'static [Expert],
}

impl Protocol {
    /// The rows of the parts of the number in `row`: the masked ones directly after it.
    pub fn parts_of(&self, row: u16) -> Range<u16> {
        let first = row.saturating_add(1);
        let below = self.fields.get(usize::from(first)..).unwrap_or_default();
        let count = below.iter().take_while(|spec| spec.mask != 0).count();
        first..first.saturating_add(count as u16)
    }

    /// Width in bits of the number that the field in `row` is a part of, or 0.
    pub fn width_of_whole(&self, row: usize) -> u32 {
        let above = self.fields.get(..row).unwrap_or_default();
        let whole = above.iter().rev().find(|spec| spec.mask == 0);
        whole.map_or(0, |spec| spec.kind.width())
    }
}

/// Id of a field of one of the protocols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldId {
    /// The protocol's index in `PROTOCOLS`.
    pub protocol: u16,
    /// The field's row in the protocol's table, or [`FieldId::PROTOCOL_ITEM`].
    pub row: u16,
}

impl FieldId {
    /// Row number of the protocol itself: the top-level item of a PDU.
    pub const PROTOCOL_ITEM: u16 = u16::MAX;

    /// No field: the item of a hand-off.
    pub const NONE: Self = Self::of(u16::MAX, u16::MAX);

    /// The field in row `row` of the protocol with index `protocol`.
    pub const fn of(protocol: u16, row: u16) -> Self {
        Self { protocol, row }
    }
}

impl From<&'static Protocol> for FieldId {
    fn from(protocol: &'static Protocol) -> Self {
        Self::of(protocol.index, Self::PROTOCOL_ITEM)
    }
}

/// Id of an expert note of one of the protocols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpertId {
    /// The protocol's index in `PROTOCOLS`.
    pub protocol: u16,
    /// The row in the protocol's table.
    pub row: u16,
}

impl ExpertId {
    /// The note in row `row` of the protocol with index `protocol`.
    pub const fn of(protocol: u16, row: u16) -> Self {
        Self { protocol, row }
    }
}
