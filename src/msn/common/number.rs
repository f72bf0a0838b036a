//! Decimal numbers, in the form shared by all protocols of MSN.

/// Parses a word of decimal digits as 32 bits. Returns `None` if it has other characters
/// or overflows.
pub fn decimal(word: &[u8]) -> Option<u32> {
    if word.is_empty() {
        return None;
    }
    word.iter().try_fold(0_u32, |number, byte| {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit <= 9)?;
        number.checked_mul(10)?.checked_add(u32::from(digit))
    })
}

/// Like [`decimal`], but also accepts negative numbers of 32 bits, from programs that
/// print the same bits as signed: `-12` is 4294967284.
pub fn decimal_or_signed(word: &[u8]) -> Option<u32> {
    decimal(word).or_else(|| {
        let digits = decimal(word.strip_prefix(b"-")?)?;
        (digits <= 1 << 31).then(|| digits.wrapping_neg())
    })
}

/// Parses a decimal number of 64 bits, or a negative one of 32 bits: see
/// [`decimal_or_signed`].
pub fn long_or_signed(word: &[u8]) -> Option<u64> {
    let digits = word.iter().all(u8::is_ascii_digit);
    let text = core::str::from_utf8(word).ok().filter(|_| digits);
    let long = text.and_then(|digits| digits.parse().ok());
    long.or_else(|| decimal_or_signed(word).map(u64::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signed_decimals_are_the_same_bits() {
        for (word, number) in [
            (&b"-12"[..], Some(4_294_967_284)),
            (b"-1", Some(u32::MAX)),
            (b"-2147483648", Some(0x8000_0000)),
            (b"4294967284", Some(4_294_967_284)),
            (b"-0", Some(0)),
            (b"-2147483649", None),
            (b"--1", None),
            (b"-", None),
            (b"+1", None),
        ] {
            assert_eq!(decimal_or_signed(word), number, "{}", word.escape_ascii());
        }
    }

    #[test]
    fn long_decimals() {
        for (word, number) in [
            (&b"18446744073709551615"[..], Some(u64::MAX)),
            (b"5000000000", Some(5_000_000_000)),
            (b"-1073741824", Some(3_221_225_472)),
            (b"18446744073709551616", None),
            (b"+1", None),
            (b"", None),
        ] {
            assert_eq!(long_or_signed(word), number, "{}", word.escape_ascii());
        }
    }

    #[test]
    fn decimals_are_digits_of_at_most_32_bits() {
        assert_eq!(decimal(b"4294967295"), Some(u32::MAX));
        for word in [&b"4294967296"[..], b"", b"+1", b"-1", b"1a", b" 1"] {
            assert_eq!(decimal(word), None, "{word:?}");
        }
    }
}
