//! Client capabilities: the number in CHG, NLN, ILN, JOI and IRO.
//!
//! The word is `caps` or, since MSNP16, `caps:extended`, both 32-bit decimal numbers,
//! which some clients print signed.
//!
//! Source: docs/protocol/msnp.md §4.4 and §4.5.

use crate::codes::Codes;
use crate::msn::common::number::decimal_or_signed;
use crate::span::{Span, Spanned};

/// Generations of clients, by the highest four bits (§4.4).
pub const GENERATIONS: Codes = Codes::new(&[
    (0, c"MSN Messenger 5 or third-party client"),
    (1, c"MSN Messenger 6.0"),
    (2, c"MSN Messenger 6.1"),
    (3, c"MSN Messenger 6.2"),
    (4, c"MSN Messenger 7.0"),
    (5, c"MSN Messenger 7.5"),
    (6, c"Windows Live Messenger 8.0"),
    (7, c"Windows Live Messenger 8.1"),
    (8, c"Windows Live Messenger 8.5"),
    (9, c"Windows Live Messenger 9.0 beta"),
    (10, c"Windows Live Messenger 2009"),
    (11, c"Windows Live Messenger 2011"),
    (12, c"Windows Live Messenger 2012"),
]);

/// The two numbers of a capability word, with their spans in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// The first number: 28 flags, and the generation in the highest four bits.
    pub base: Spanned<u32>,
    /// The number after the colon: 32 bits.
    pub extended: Option<Spanned<u32>>,
}

/// Parses a capability word. Returns `None` if it is not one or two numbers.
pub fn capabilities(word: &[u8]) -> Option<Capabilities> {
    let colon = memchr::memchr(b':', word);
    let (base, extended) = match colon {
        Some(at) => (&word[..at], word.get(at + 1..)),
        None => (word, None),
    };
    Some(Capabilities {
        base: Spanned::new(decimal_or_signed(base)?, Span::new(0, base.len())),
        extended: match extended {
            Some(digits) => Some(Spanned::new(
                decimal_or_signed(digits)?,
                Span::new(base.len() + 1, digits.len()),
            )),
            None => None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The checks of §4.4, from real captures.
    #[test]
    fn generations_of_real_clients() {
        for (word, generation) in [
            ("1073856572", "MSN Messenger 7.0"),
            ("2254290988", "Windows Live Messenger 8.5"),
            ("1616756780", "Windows Live Messenger 8.0"),
            ("2789003300", "Windows Live Messenger 2009"),
            ("0", "MSN Messenger 5 or third-party client"),
        ] {
            let caps = capabilities(word.as_bytes()).unwrap();
            assert_eq!(GENERATIONS.name(caps.base.value >> 28), Some(generation));
        }
    }

    #[test]
    fn both_numbers_have_spans() {
        let caps = capabilities(b"2789003300:48").unwrap();
        assert_eq!(caps.base, Spanned::new(2_789_003_300, Span::new(0, 10)));
        assert_eq!(caps.extended, Some(Spanned::new(48, Span::new(11, 2))));
    }

    #[test]
    fn a_signed_number_has_the_same_bits() {
        let caps = capabilities(b"-1505963996").unwrap();
        assert_eq!(caps.base.value, 2_789_003_300);
    }

    #[test]
    fn other_words_are_none() {
        for word in [
            &b""[..],
            b"Bob",
            b"1:",
            b":1",
            b"1:2:3",
            b"4294967296",
            b"-",
            b"+1",
            b"-x",
        ] {
            assert_eq!(capabilities(word), None, "{word:?}");
        }
    }
}
