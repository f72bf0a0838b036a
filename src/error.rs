//! Decoder errors.

use crate::span::Span;

/// The result of a decoder.
pub type Decoded<T> = Result<T, Fault>;

/// Why a decoder returned no value.
///
/// The two are never interchangeable: `Incomplete` requests more bytes of the stream,
/// `Malformed` means that no further bytes would help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The bytes end inside the value.
    Incomplete(Missing),
    /// The bytes violate the protocol.
    Malformed {
        /// Description of the violation, shown to the user.
        what: &'static str,
        /// The offending bytes.
        at: Span,
    },
}

/// Number of bytes missing from an incomplete value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Unknown: the value ends at a delimiter that has not been received yet.
    Unknown,
    /// Exactly this many bytes complete the value. TCP reassembly relies on it: if the
    /// count only leads to a further request, the value is lost in the second pass.
    Bytes(usize),
}
