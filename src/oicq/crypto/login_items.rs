//! Components of login bodies: counted values, and the TLVs used since 2013.
//!
//! Source: docs/protocol/oicq.md §4.4, §7.2.

use nom::bytes::complete::take;
use nom::multi::length_data;
use nom::number::complete::be_u16;
use nom::{IResult, Parser};

use crate::input::Input;
use crate::span::Span;

/// The rest of the input, and a value.
pub(crate) type Parsed<'a, T> = IResult<&'a [u8], T>;

/// A TLV as used since 2013.
pub(crate) struct LoginItem {
    /// The tag.
    pub(crate) tag: u16,
    /// The value.
    pub(crate) span: Span,
}

/// The TLVs from `start` on, up to the first incomplete one.
pub(crate) fn items(plaintext: &[u8], start: usize) -> impl Iterator<Item = LoginItem> + '_ {
    let mut input = Input::from(plaintext, start);
    core::iter::from_fn(move || {
        Some(LoginItem {
            tag: input.be_u16()?.value,
            span: input.length_prefixed()?,
        })
    })
}

/// Parses a 2-byte length and that many bytes.
pub(crate) fn token(input: &[u8]) -> Parsed<'_, &[u8]> {
    length_data(be_u16).parse(input)
}

/// Parses the 16 bytes of a key.
pub(crate) fn key(input: &[u8]) -> Parsed<'_, &[u8]> {
    take(16_usize).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_end_at_the_first_incomplete_one() {
        let plaintext = b"\x00\x01\x0c\x00\x02ab\x00\x05\x00\x00\x00\x07\x00\x04abc";
        let found: Vec<(u16, Span)> = items(plaintext, 1)
            .map(|item| (item.tag, item.span))
            .collect();
        assert_eq!(
            found,
            [(0x010c, Span::new(5, 2)), (0x0005, Span::new(11, 0))]
        );
        assert_eq!(items(plaintext, 99).count(), 0);
        assert_eq!(items(&[0; 4000], 0).count(), 1000);
    }
}
