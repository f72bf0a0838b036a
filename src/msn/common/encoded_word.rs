//! Encoded words of mail headers: `=?utf-8?B?SGVsbG8=?=` (RFC 2047).
//!
//! Subjects and sender names in mail notices have them. Source: docs/protocol/msnp.md §5.1.

use std::borrow::Cow;

use base64::engine::general_purpose::STANDARD;
use base64::Engine as _;

use crate::msn::common::charset;

/// Decodes the encoded words in a text. White space between two of them is dropped, as
/// the RFC requires. Other text, and words in an unknown charset, stay unchanged.
pub fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains("=?") {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    let mut follows_word = false;
    while let Some(start) = rest.find("=?") {
        let (before, from) = rest.split_at(start);
        let Some((word, len)) = word(from) else {
            decoded.push_str(before);
            decoded.push_str("=?");
            rest = from.get(2..).unwrap_or_default();
            follows_word = false;
            continue;
        };
        if !(follows_word && before.chars().all(char::is_whitespace)) {
            decoded.push_str(before);
        }
        decoded.push_str(&word);
        rest = from.get(len..).unwrap_or_default();
        follows_word = true;
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// The decoded word at the beginning of the text, and its encoded length in bytes.
///
/// None of its parts contains a question mark, so that each byte of any text is examined
/// only a few times.
fn word(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix("=?")?;
    let (label, rest) = inner.split_once('?')?;
    let (encoding, rest) = rest.split_once('?')?;
    let (content, rest) = rest.split_once('?')?;
    let rest = rest.strip_prefix('=')?;
    // A language can follow the charset (RFC 2231).
    let label = label.split('*').next()?;
    let bytes = match encoding {
        "B" | "b" => STANDARD.decode(content).ok()?,
        "Q" | "q" => quoted(content.as_bytes()),
        _ => return None,
    };
    let charset = charset::named(label.as_bytes())?;
    let len = text.len() - rest.len();
    let text = charset.decode_without_bom_handling(&bytes).0;
    Some((text.into_owned(), len))
}

/// The Q encoding: `=xx` is a byte, `_` is a space.
fn quoted(content: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(content.len());
    let mut at = 0;
    while let Some(&byte) = content.get(at) {
        let hex = |i: usize| content.get(i).and_then(|b| char::from(*b).to_digit(16));
        match (byte, hex(at + 1), hex(at + 2)) {
            (b'=', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                at += 2;
            }
            (b'_', ..) => bytes.push(b' '),
            _ => bytes.push(byte),
        }
        at += 1;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first three are examples of RFC 2047 (§8).
    #[test]
    fn encoded_words_are_decoded() {
        for (text, decoded) in [
            (
                "=?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?=",
                "Keld Jørn Simonsen",
            ),
            ("=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab"),
            ("=?ISO-8859-1?Q?a?= b", "a b"),
            (" =?ISO-8859-1?Q?a?= b =?ISO-8859-1?Q?c?=", " a b c"),
            ("=?utf-8?B?5L2g5aW9?=", "你好"),
            ("=?gb2312?b?xOO6ww==?= (2)", "你好 (2)"),
            ("plain", "plain"),
        ] {
            assert_eq!(super::decode(text), decoded);
        }
    }

    #[test]
    fn malformed_words_stay_unchanged() {
        for text in [
            "=?",
            "=?x?",
            "=?utf-8?B?***?=",
            "=?x-none?Q?a?=",
            "=?utf-8?Z?a?=",
            "=?utf-8?Q?a?b?=",
        ] {
            assert_eq!(decode(text), text);
        }
    }
}
