//! The values of a plain body: what a decoder hands on.

use core::net::Ipv4Addr;

use crate::oicq::body::name::Name;
use crate::span::Span;

/// What an entry holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyValue {
    /// None: it is the heading of the deeper entries behind it.
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
    /// The bytes of the span, which open other packets or stand for a password.
    Secret,
}

/// One value of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyEntry {
    /// What it is.
    pub name: Name,
    /// 0 for the values of the body itself, 1 for what stands under a heading, and so on.
    pub depth: u8,
    /// Where it stood in the body.
    pub span: Span,
    /// Its value.
    pub value: BodyValue,
    /// What the number means at this place, where a table says so.
    pub meaning: Option<&'static str>,
}
