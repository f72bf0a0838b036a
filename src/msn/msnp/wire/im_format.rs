//! `X-MMS-IM-Format`: the font of a chat message.
//!
//! Layout: `FN=MS%20Shell%20Dlg; EF=BI; CO=ff; CS=0; PF=22; RL=1`. Keys are
//! case-sensitive and optional. Source: docs/protocol/msnp.md §4.13.

use crate::codes::Codes;
use crate::msn::common::mime::{assignment, split};
use crate::span::{Span, Spanned};

/// Key of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormatKey {
    /// `FN`: name of the font, URL-encoded.
    Font,
    /// `EF`: any of the letters B, I, U and S; may be empty.
    Effects,
    /// `CO`: colour in hexadecimal, blue, green, red, without leading zeros.
    Colour,
    /// `CS`: number of a Windows character set in hexadecimal.
    Charset,
    /// `PF`: pitch (low digit) and family (high digit) of the font in hexadecimal.
    PitchAndFamily,
    /// `RL`: 1 for right-to-left text.
    RightToLeft,
}

/// The parts with a known key, in order. The span is the value's.
pub fn parts(data: &[u8], value: Span) -> impl Iterator<Item = Spanned<FormatKey>> + '_ {
    split(data, value, b';').filter_map(move |part| {
        let (name, value) = assignment(data, part)?;
        let key = match name.of(data) {
            b"FN" => FormatKey::Font,
            b"EF" => FormatKey::Effects,
            b"CO" => FormatKey::Colour,
            b"CS" => FormatKey::Charset,
            b"PF" => FormatKey::PitchAndFamily,
            b"RL" => FormatKey::RightToLeft,
            _ => return None,
        };
        Some(Spanned::new(key, value))
    })
}

/// Parses hexadecimal digits. Returns `None` for any other text or more than 32 bits.
pub fn hexadecimal(digits: &[u8]) -> Option<u32> {
    let is_hex = !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit);
    let digits = core::str::from_utf8(digits).ok().filter(|_| is_hex)?;
    u32::from_str_radix(digits, 16).ok()
}

/// The colour as 0xRRGGBB. Returns `None` unless it is a hexadecimal number of at most
/// 24 bits.
pub fn colour(digits: &[u8]) -> Option<u32> {
    let [0, blue, green, red] = hexadecimal(digits)?.to_be_bytes() else {
        return None;
    };
    Some(u32::from_be_bytes([0, red, green, blue]))
}

/// Names of the effects. Returns `None` if a letter is unknown.
pub fn effects(letters: &[u8]) -> Option<String> {
    let words = letters.iter().map(|letter| match letter {
        b'B' => Some("bold"),
        b'I' => Some("italic"),
        b'U' => Some("underline"),
        b'S' => Some("strikethrough"),
        _ => None,
    });
    let words: Option<Vec<_>> = words.collect();
    Some(words?.join(", "))
}

/// Windows character sets, the values of `CS`.
pub const CHARSETS: Codes = Codes::new(&[
    (0x00, c"ANSI"),
    (0x01, c"Default"),
    (0x02, c"Symbol"),
    (0x4d, c"Mac"),
    (0x80, c"Shift-JIS"),
    (0x81, c"Hangul"),
    (0x82, c"Johab"),
    (0x86, c"GB2312"),
    (0x88, c"Big5"),
    (0xa1, c"Greek"),
    (0xa2, c"Turkish"),
    (0xa3, c"Vietnamese"),
    (0xb1, c"Hebrew"),
    (0xb2, c"Arabic"),
    (0xba, c"Baltic"),
    (0xcc, c"Cyrillic"),
    (0xde, c"Thai"),
    (0xee, c"Eastern European"),
    (0xff, c"OEM"),
]);

/// The pitch: the low digit of `PF`.
pub const PITCHES: Codes = Codes::new(&[(0, c"Default"), (1, c"Fixed"), (2, c"Variable")]);

/// The font family: the high digit of `PF`. Names as in Windows.
pub const FAMILIES: Codes = Codes::new(&[
    (0, c"Any"),
    (1, c"Roman"),
    (2, c"Swiss"),
    (3, c"Modern"),
    (4, c"Script"),
    (5, c"Decorative"),
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_by_their_keys() {
        let data = b"FN=%E5%AE%8B%E4%BD%93; EF=; CO=0;CS=86; PF=22; xx=1; RL=1";
        let found: Vec<_> = parts(data, Span::new(0, data.len()))
            .map(|part| (part.value, part.span.of(data)))
            .collect();
        assert_eq!(
            found,
            [
                (FormatKey::Font, &b"%E5%AE%8B%E4%BD%93"[..]),
                (FormatKey::Effects, b""),
                (FormatKey::Colour, b"0"),
                (FormatKey::Charset, b"86"),
                (FormatKey::PitchAndFamily, b"22"),
                (FormatKey::RightToLeft, b"1"),
            ]
        );
    }

    #[test]
    fn colours_are_blue_green_red() {
        assert_eq!(colour(b"C81ABB"), Some(0xbb_1a_c8));
        assert_eq!(colour(b"ff"), Some(0xff_00_00));
        assert_eq!(colour(b"0"), Some(0));
        for bad in [&b""[..], b"1000000", b"+1", b"red", b"123456789"] {
            assert_eq!(colour(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn values_have_names() {
        assert_eq!(effects(b"BI").as_deref(), Some("bold, italic"));
        assert_eq!(effects(b"US").as_deref(), Some("underline, strikethrough"));
        assert_eq!(effects(b"").as_deref(), Some(""));
        assert_eq!(effects(b"BX"), None);
        assert_eq!(
            hexadecimal(b"86").and_then(|n| CHARSETS.name(n)),
            Some("GB2312")
        );
        assert_eq!(
            (PITCHES.name(2), FAMILIES.name(2)),
            (Some("Variable"), Some("Swiss"))
        );
    }
}
