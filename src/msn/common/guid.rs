//! GUIDs, as text and as bytes.
//!
//! The text is `{A4268EEC-FEC5-49E5-95C3-F126696BDBF6}`, with or without braces, in any
//! case. In binary the first three groups are little-endian, the others in text order.

use core::fmt;

use sha1::{Digest, Sha1};

use crate::byte_kinds::kinds_in;

/// A GUID: its 16 bytes in wire order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Guid(pub [u8; 16]);

impl Guid {
    /// Parses the text of a GUID. Returns `None` if it is malformed.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let inner = text
            .strip_prefix(b"{")
            .and_then(|text| text.strip_suffix(b"}"))
            .unwrap_or(text);
        let mut nibbles = [0_u8; 32];
        let mut count = 0_usize;
        for (index, byte) in inner.iter().enumerate() {
            if matches!(index, 8 | 13 | 18 | 23) {
                if *byte != b'-' {
                    return None;
                }
                continue;
            }
            let nibble = char::from(*byte).to_digit(16)?;
            *nibbles.get_mut(count)? = u8::try_from(nibble).ok()?;
            count += 1;
        }
        if count != 32 {
            return None;
        }
        let mut bytes = [0_u8; 16];
        for (byte, pair) in bytes.iter_mut().zip(nibbles.chunks_exact(2)) {
            *byte = pair.iter().fold(0, |byte, nibble| byte << 4 | nibble);
        }
        Some(Self(swapped(bytes)))
    }

    /// The GUID of a text in braces and upper case.
    ///
    /// # Panics
    ///
    /// If it is another text; in a constant, the compilation fails.
    pub(crate) const fn of_literal(text: &str) -> Self {
        const fn digit(byte: u8) -> u8 {
            match byte {
                b'0'..=b'9' => byte - b'0',
                b'A'..=b'F' => byte - b'A' + 10,
                _ => panic!("not a digit of a GUID"),
            }
        }
        let text = text.as_bytes();
        let mut bytes = [0; 16];
        let mut at = 1;
        let mut count = 0;
        while count < bytes.len() {
            if text[at] == b'-' {
                at += 1;
            }
            bytes[count] = digit(text[at]) << 4 | digit(text[at + 1]);
            at += 2;
            count += 1;
        }
        assert!(at + 1 == text.len(), "not the length of a GUID");
        Self(swapped(bytes))
    }

    /// The GUID of 16 bytes in wire order. Returns `None` for any other length.
    pub fn from_wire(bytes: &[u8]) -> Option<Self> {
        Some(Self(bytes.try_into().ok()?))
    }

    /// Hashes a nonce as for `Hashed-Nonce`: the first 16 bytes of the SHA-1 over the
    /// GUID's bytes. Source: docs/protocol/msnp.md §5.10.
    #[must_use]
    pub fn hashed(self) -> Self {
        let digest: [u8; 20] = Sha1::digest(self.0).into();
        let mut bytes = [0_u8; 16];
        for (byte, hashed) in bytes.iter_mut().zip(digest) {
            *byte = hashed;
        }
        Self(bytes)
    }
}

/// Converts between text order and wire order.
const fn swapped([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]: [u8; 16]) -> [u8; 16] {
    [d, c, b, a, f, e, h, g, i, j, k, l, m, n, o, p]
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("{")?;
        for (index, byte) in swapped(self.0).iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02X}")?;
        }
        f.write_str("}")
    }
}

/// Whether a text is a GUID without braces, as [`Guid::parse`] accepts it.
pub(crate) fn is_bare(text: &[u8]) -> bool {
    let Ok(mut digits) = <[u8; 36]>::try_from(text) else {
        return false;
    };
    for at in [8, 13, 18, 23] {
        if digits[at] != b'-' {
            return false;
        }
        digits[at] = b'0';
    }
    let not_digit = |byte: u8| {
        let is_letter = (byte | 0x20).wrapping_sub(b'a') < 6;
        u8::from(byte.wrapping_sub(b'0') >= 10) & u8::from(!is_letter)
    };
    kinds_in(&digits, not_digit) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{A4268EEC-FEC5-49E5-95C3-F126696BDBF6}";
    const WIRE: [u8; 16] = [
        0xec, 0x8e, 0x26, 0xa4, 0xc5, 0xfe, 0xe5, 0x49, 0x95, 0xc3, 0xf1, 0x26, 0x69, 0x6b, 0xdb,
        0xf6,
    ];

    #[test]
    fn text_and_wire_are_the_same_guid() {
        assert_eq!(Guid::parse(TEXT.as_bytes()), Some(Guid(WIRE)));
        assert_eq!(
            Guid::parse(b"a4268eec-fec5-49e5-95c3-f126696bdbf6"),
            Some(Guid(WIRE))
        );
        assert!(is_bare(b"a4268eec-fec5-49e5-95c3-f126696bDBF6"));
        assert!(!is_bare(TEXT.as_bytes()));
        assert_eq!(Guid(WIRE).to_string(), TEXT);
        assert_eq!(Guid::from_wire(&WIRE), Some(Guid(WIRE)));
        assert_eq!(Guid::from_wire(&WIRE[..15]), None);
    }

    #[test]
    fn malformed_texts_are_rejected() {
        for text in [
            "",
            "{}",
            "{A4268EEC-FEC5-49E5-95C3-F126696BDBF}",
            "{A4268EEC-FEC5-49E5-95C3-F126696BDBF60}",
            "{A4268EEC-FEC5-49E5-95C3-F126696BDBG6}",
            "{A4268EECFEC549E595C3F126696BDBF6}",
            "{A4268EEC+FEC5-49E5-95C3-F126696BDBF6}",
            "A4268EEC-FEC5-49E5-95C3+F126696BDBF6",
            "A4268EEC-FEC5-49E5-95C3-F126696BDB/6",
            "A4268EEC-FEC5-49E5-95C3-F126696BDB:6",
            "A4268EEC-FEC5-49E5-95C3-F126696BDB@6",
            "A4268EEC-FEC5-49E5-95C3-F126696BDBG6",
            "A4268EEC-FEC5-49E5-95C3-F126696BDB`6",
            "A4268EEC-FEC5-49E5-95C3-F126696BDBF\u{c6}",
        ] {
            assert_eq!(Guid::parse(text.as_bytes()), None, "{text}");
            assert!(!is_bare(text.as_bytes()), "{text}");
        }
    }

    /// SHA-1 of sixteen zero bytes is e129f27c5103bc5cc44bcdf0a15e160d445066ff.
    #[test]
    fn a_nonce_is_hashed_byte_by_byte() {
        let hashed = Guid([0; 16]).hashed();
        assert_eq!(hashed.to_string(), "{7CF229E1-0351-5CBC-C44B-CDF0A15E160D}");
    }
}
