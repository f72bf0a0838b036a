//! Why a decoder stopped.

use crate::span::Span;

/// The result of a decoder.
pub type Decoded<T> = Result<T, Fault>;

/// Why a decoder could not give a value.
///
/// The two cases never stand in for each other: `Incomplete` asks the caller for more
/// bytes of the stream, `Malformed` says that no further byte would help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The bytes end inside the value.
    Incomplete(Missing),
    /// The bytes are not what the protocol allows.
    Malformed {
        /// What is wrong, in words for the user.
        what: &'static str,
        /// The bytes that are wrong.
        at: Span,
    },
}

/// How many bytes an incomplete value still needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Not known: the end is marked by a delimiter that has not come yet.
    Unknown,
    /// Exactly this many complete the value. TCP reassembly relies on it: a number that only
    /// leads to the next question loses the value in the second pass.
    Bytes(usize),
}
