//! URL encoding as used by MSNP: `%xx` is a byte of UTF-8, all other bytes are literal.
//!
//! Source: docs/protocol/msnp.md §1.3 (encoding) and §11, item 12 (raw UTF-8 in between).

use std::borrow::Cow;

use memchr::memchr;

/// The text of a URL-encoded value. Invalid UTF-8 becomes U+FFFD.
pub fn text(encoded: &[u8]) -> Cow<'_, str> {
    if memchr(b'%', encoded).is_none() {
        return match core::str::from_utf8(encoded) {
            Ok(text) => text.into(),
            Err(_) => String::from_utf8_lossy(encoded),
        };
    }
    let mut decoded = Vec::with_capacity(encoded.len());
    decoded.extend(percent_encoding::percent_decode(encoded));
    match String::from_utf8(decoded) {
        Ok(text) => text.into(),
        Err(error) => String::from_utf8_lossy(error.as_bytes())
            .into_owned()
            .into(),
    }
}

/// Decoded bytes, with the offset of each in the encoded text.
#[derive(Debug)]
pub struct PercentDecoded {
    /// The decoded bytes.
    pub bytes: Vec<u8>,
    /// Offset of each byte in the encoded text, and of the end of that text.
    from: Vec<u32>,
}

impl PercentDecoded {
    /// The offset of decoded byte `at` in the encoded text, or its end if `at` is past
    /// the last byte.
    pub fn encoded_offset(&self, at: usize) -> usize {
        let end = self.from.last().copied().unwrap_or_default();
        self.from.get(at).copied().unwrap_or(end) as usize
    }
}

/// Decodes a value and records the offsets. Malformed escapes stay literal.
pub fn decode(encoded: &[u8]) -> PercentDecoded {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut from = Vec::with_capacity(encoded.len() + 1);
    let mut at = 0;
    while let Some((byte, len)) = byte_at(encoded, at) {
        from.push(at as u32);
        bytes.push(byte);
        at += len;
    }
    from.push(encoded.len() as u32);
    PercentDecoded { bytes, from }
}

/// The decoded bytes, as [`decode`] finds them.
pub(crate) fn bytes(encoded: &[u8]) -> impl Iterator<Item = u8> + '_ {
    let mut at = 0;
    core::iter::from_fn(move || {
        let (byte, len) = byte_at(encoded, at)?;
        at += len;
        Some(byte)
    })
}

/// The decoded byte at this offset, and the length of its encoding.
fn byte_at(encoded: &[u8], at: usize) -> Option<(u8, usize)> {
    let byte = *encoded.get(at)?;
    let escaped = match byte {
        b'%' => escape(encoded, at),
        _ => None,
    };
    Some(escaped.map_or((byte, 1), |byte| (byte, 3)))
}

/// Offset of the first `%` that is not followed by two hexadecimal digits.
pub fn bad_escape(encoded: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(percent) = memchr(b'%', encoded.get(at..)?) {
        let start = at + percent;
        if escape(encoded, start).is_none() {
            return Some(start);
        }
        at = start + 3;
    }
    None
}

/// Decodes the `%xx` at this offset. Returns `None` if there is none.
fn escape(encoded: &[u8], at: usize) -> Option<u8> {
    let [b'%', high, low] = encoded.get(at..at.checked_add(3)?)? else {
        return None;
    };
    Some(digit(*high)? << 4 | digit(*low)?)
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_bytes_stay_and_hex_of_any_case_is_decoded() {
        assert_eq!(
            text("Bob%20[b]☃[/b]%2050%25".as_bytes()),
            "Bob [b]☃[/b] 50%"
        );
        assert_eq!(text(b"%E5%AE%8B%e4%bd%93"), "宋体");
        assert_eq!(text(b"50%"), "50%");
        assert_eq!(text(b"%ff%zz"), "\u{fffd}%zz");
    }

    #[test]
    fn decoded_bytes_have_their_offset() {
        let decoded = decode(b"a%3Cb%");
        assert_eq!(decoded.bytes, b"a<b%");
        let origins: Vec<_> = (0..=5).map(|at| decoded.encoded_offset(at)).collect();
        assert_eq!(origins, [0, 1, 4, 5, 6, 6]);
    }

    #[test]
    fn every_byte_is_decoded_from_digits_of_either_case() {
        let all: Vec<u8> = (0..=255).collect();
        let upper: String = all.iter().map(|byte| format!("%{byte:02X}")).collect();
        for encoded in [upper.to_lowercase(), upper] {
            assert_eq!(decode(encoded.as_bytes()).bytes, all);
            assert!(bytes(encoded.as_bytes()).eq(all.iter().copied()));
        }
        assert_eq!(decode(b"%@0%G0%`0%g0%/0%:0").bytes, b"%@0%G0%`0%g0%/0%:0");
    }

    #[test]
    fn a_percent_without_digits_is_found() {
        assert_eq!(bad_escape(b"a%20b"), None);
        assert_eq!(bad_escape(b"%20%2"), Some(3));
        assert_eq!(bad_escape(b"100%"), Some(3));
        assert_eq!(bad_escape(b"%%20"), Some(0));
    }
}
