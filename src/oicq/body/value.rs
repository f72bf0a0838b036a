//! The values of a decoded body.

use core::net::Ipv4Addr;

use crate::oicq::body::name::Name;
use crate::span::Span;

/// The value of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyValue {
    /// None: a heading over the deeper entries that follow.
    Heading,
    /// A number of one, two or four bytes, or of a decimal text.
    Number(u32),
    /// A number of up to eight bytes.
    Long(u64),
    /// An IPv4 address.
    Address(Ipv4Addr),
    /// Seconds since 1970.
    Time(u32),
    /// A text.
    Text(String),
    /// The bytes of the span.
    Bytes,
    /// The bytes of the span, which are a key for other packets or a password.
    Secret,
}

/// One entry of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyEntry {
    /// The field.
    pub name: Name,
    /// 0 for the values of the body itself, 1 for those below a heading, and so on.
    pub depth: u8,
    /// The bytes of the value in the body.
    pub span: Span,
    /// Its value.
    pub value: BodyValue,
    /// The name of the number, if a table has one.
    pub meaning: Option<&'static str>,
}
