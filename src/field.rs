//! Declarative field and expert tables: one line per field, checked when compiled.
//!
//! Everything that concerns a field (registration in Wireshark, the table in the README,
//! the tests) is made from these rows.

use core::ffi::CStr;

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
    const fn width(self) -> u32 {
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
    /// The bits that count, of a number of which the field is a part; 0 for all.
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
    /// Bits of the number of which `spec` is one bit: those of the field that it is named
    /// after (`msnms.lists` of `msnms.lists.fl`), or as few as hold its mask.
    pub fn width_of_bit(&self, spec: &Spec) -> u32 {
        let name = spec.filter.to_bytes();
        let parent = name.iter().rposition(|byte| *byte == b'.');
        let parent = parent.and_then(|dot| {
            let is_parent = |field: &&Spec| field.filter.to_bytes() == &name[..dot];
            self.fields.iter().find(is_parent)
        });
        let narrowest = match spec.mask {
            0..=0xff => 8,
            0x100..=0xffff => 16,
            _ => 32,
        };
        parent.map_or(0, |field| field.kind.width()).max(narrowest)
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

/// Stops the compiler when a protocol does not stand at the place that it names.
pub const fn check_places(protocols: &[&Protocol]) {
    let mut i = 0;
    while i < protocols.len() {
        assert!(
            protocols[i].index as usize == i,
            "a protocol is not at its place"
        );
        i += 1;
    }
}

/// Stops the compiler when a table breaks one of Wireshark's rules.
pub const fn check(protocol: &Protocol) {
    let fields = protocol.fields;
    assert!(
        protocol.heads <= fields.len(),
        "there are not so many fields"
    );
    let mut i = 0;
    while i < fields.len() {
        let spec = &fields[i];
        check_filter(protocol.filter, spec.filter);
        check_type(spec);
        assert!(!spec.title.is_empty(), "a field has no title");
        assert!(!spec.blurb.is_empty(), "a field has no blurb");
        assert!(
            !same(spec.title, spec.blurb),
            "a blurb must add something to the title"
        );
        let mut earlier = 0;
        while earlier < i {
            assert!(
                !same(fields[earlier].filter, spec.filter),
                "two fields have the same filter name"
            );
            earlier += 1;
        }
        i += 1;
    }
    let experts = protocol.experts;
    let mut i = 0;
    while i < experts.len() {
        check_filter(protocol.filter, experts[i].filter);
        assert!(
            !experts[i].summary.is_empty(),
            "an expert note has no summary"
        );
        let mut earlier = 0;
        while earlier < i {
            assert!(
                !same(experts[earlier].filter, experts[i].filter),
                "two expert notes have the same filter name"
            );
            earlier += 1;
        }
        let mut field = 0;
        while field < fields.len() {
            assert!(
                !same(fields[field].filter, experts[i].filter),
                "an expert note and a field have the same filter name"
            );
            field += 1;
        }
        i += 1;
    }
}

/// Type, display and value names must agree, or Wireshark refuses to start.
const fn check_type(spec: &Spec) {
    let width = spec.kind.width();
    let number = width > 0;
    let printed = !matches!(spec.base, Base::None);
    assert!(
        number == printed,
        "a number needs a base, and nothing else may have one"
    );
    let largest = if width == 0 || width == 64 {
        u64::MAX
    } else {
        (1 << width) - 1
    };
    assert!(
        spec.mask == 0 || number || matches!(spec.kind, Type::Bool),
        "only numbers and bits have a mask"
    );
    assert!(spec.mask <= largest, "a mask does not fit the field's type");
    if let Some(mark) = spec.secret {
        assert!(!mark.is_empty(), "a secret needs a word that stands for it");
        assert!(
            spec.values.is_none() && spec.mask == 0,
            "a secret has no named values and no bits"
        );
    }
    if let Some(codes) = spec.values {
        assert!(
            number && width <= 32,
            "only numbers of at most 32 bits have named values"
        );
        let rows = codes.rows();
        assert!(!rows.is_empty(), "a value table is empty");
        assert!(
            rows[rows.len() - 1].0 as u64 <= largest,
            "a named value does not fit the field's type"
        );
    }
}

/// `<protocol>.` and then lower-case letters, digits, `_` and single dots.
const fn check_filter(protocol: &CStr, filter: &CStr) {
    let prefix = protocol.to_bytes();
    let name = filter.to_bytes();
    assert!(
        name.len() > prefix.len() + 1,
        "a filter name is too short for its prefix"
    );
    let mut i = 0;
    while i < prefix.len() {
        assert!(
            name[i] == prefix[i],
            "a filter name must begin with its protocol's"
        );
        i += 1;
    }
    assert!(
        name[i] == b'.',
        "a dot must follow the protocol's name in a filter name"
    );
    while i < name.len() {
        let allowed = name[i].is_ascii_lowercase()
            || name[i].is_ascii_digit()
            || name[i] == b'_'
            || (name[i] == b'.' && name[i - 1] != b'.' && i + 1 < name.len());
        assert!(allowed, "a filter name has a character it may not have");
        i += 1;
    }
}

const fn same(a: &CStr, b: &CStr) -> bool {
    let (a, b) = (a.to_bytes(), b.to_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// Declares a protocol: its fields and its expert notes, one line each.
///
/// ```
/// imshark::protocol! {
///     /// A protocol for this example.
///     pub EXAMPLE = 0, c"Example Protocol", c"EXMP", c"exmp";
///     /// Its fields.
///     pub enum Field {
///         Length = c"exmp.length", c"Length", U16 Dec, c"Bytes that follow";
///         Urgent = c"exmp.urgent", c"Urgent", Bool & 0x80, c"The highest bit of the flags";
///         Cookie = c"exmp.cookie", c"Cookie", Text [secret "cookie"], c"Admits to the server";
///     }
///     /// Its expert notes.
///     pub enum Note {
///         Short = c"exmp.short", Malformed Error, c"The packet is too short";
///     }
/// }
/// assert_eq!(EXAMPLE.fields[Field::Length as usize].title, c"Length");
/// assert_eq!(EXAMPLE.fields[Field::Cookie as usize].secret, Some("cookie"));
/// ```
///
/// A wrong row does not compile:
///
/// ```compile_fail
/// imshark::protocol! {
///     /// The filter name has another protocol's prefix.
///     pub EXAMPLE = 0, c"Example Protocol", c"EXMP", c"exmp";
///     /// Its fields.
///     pub enum Field { Length = c"other.length", c"Length", U16 Dec, c"Bytes that follow"; }
///     /// Its expert notes.
///     pub enum Note { Short = c"exmp.short", Malformed Error, c"The packet is too short"; }
/// }
/// ```
#[macro_export]
macro_rules! protocol {
    (
        $(#[$about:meta])*
        $vis:vis $protocol:ident = $index:literal, $name:literal, $short:literal, $prefix:literal $(, heads $heads:literal)?;
        $(#[$fields_about:meta])*
        $fields_vis:vis enum $fields:ident {
            $($field:ident = $filter:literal, $title:literal, $kind:ident $($base:ident)? $(& $mask:literal)? $([secret $secret:literal])? $(in $values:expr)?, $blurb:literal;)*
        }
        $(#[$experts_about:meta])*
        $experts_vis:vis enum $experts:ident {
            $($expert:ident = $expert_filter:literal, $group:ident $severity:ident, $summary:literal;)*
        }
    ) => {
        $(#[$fields_about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u16)]
        $fields_vis enum $fields {
            $(#[doc = concat!("`", stringify!($filter), "`")] $field,)*
        }

        impl From<$fields> for $crate::field::FieldId {
            fn from(field: $fields) -> Self {
                Self::of($index, field as u16)
            }
        }

        $(#[$experts_about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u16)]
        $experts_vis enum $experts {
            $(#[doc = concat!("`", stringify!($expert_filter), "`")] $expert,)*
        }

        impl From<$experts> for $crate::field::ExpertId {
            fn from(expert: $experts) -> Self {
                Self::of($index, expert as u16)
            }
        }

        $(#[$about])*
        $vis const $protocol: $crate::field::Protocol = {
            use $crate::field::{Base, Expert, Group, Protocol, Severity, Spec, Type};
            const PROTOCOL: Protocol = Protocol {
                index: $index,
                name: $name,
                short_name: $short,
                filter: $prefix,
                heads: $crate::protocol!(@heads $($heads)?),
                fields: &[$(Spec {
                    filter: $filter,
                    title: $title,
                    kind: Type::$kind,
                    base: $crate::protocol!(@base $($base)?),
                    mask: $crate::protocol!(@mask $($mask)?),
                    secret: $crate::protocol!(@secret $($secret)?),
                    values: $crate::protocol!(@values $($values)?),
                    blurb: $blurb,
                },)*],
                experts: &[$(Expert {
                    filter: $expert_filter,
                    group: Group::$group,
                    severity: Severity::$severity,
                    summary: $summary,
                },)*],
            };
            // The check compares every name with every other.
            #[allow(long_running_const_eval)]
            const _: () = $crate::field::check(&PROTOCOL);
            PROTOCOL
        };
    };
    (@base) => { Base::None };
    (@base $base:ident) => { Base::$base };
    (@heads) => { 0 };
    (@heads $heads:literal) => { $heads };
    (@mask) => { 0 };
    (@mask $mask:literal) => { $mask };
    (@secret) => { None };
    (@secret $secret:literal) => { Some($secret) };
    (@values) => { None };
    (@values $values:expr) => { Some($values) };
}
