//! Text in the charset that a header declares.
//!
//! Source: docs/protocol/msnp.md §5.1 (`Content-Type: text/plain; charset=UTF-8`; without
//! charset the local code page, not sent by official clients).

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// The encoding with this name, ignoring case. Returns `None` for a name that is not in
/// the Encoding Standard.
pub fn named(label: &[u8]) -> Option<&'static Encoding> {
    let label = label.strip_prefix(b"\"").unwrap_or(label);
    Encoding::for_label(label.strip_suffix(b"\"").unwrap_or(label))
}

/// Encodings of fonts by Windows character set number. Sorted.
const FONTS: [(u32, &Encoding); 14] = [
    (0x80, encoding_rs::SHIFT_JIS),
    (0x81, encoding_rs::EUC_KR),
    (0x82, encoding_rs::EUC_KR),
    (0x86, encoding_rs::GBK),
    (0x88, encoding_rs::BIG5),
    (0xa1, encoding_rs::WINDOWS_1253),
    (0xa2, encoding_rs::WINDOWS_1254),
    (0xa3, encoding_rs::WINDOWS_1258),
    (0xb1, encoding_rs::WINDOWS_1255),
    (0xb2, encoding_rs::WINDOWS_1256),
    (0xba, encoding_rs::WINDOWS_1257),
    (0xcc, encoding_rs::WINDOWS_1251),
    (0xde, encoding_rs::WINDOWS_874),
    (0xee, encoding_rs::WINDOWS_1250),
];

/// Parts of font names, in lower case, and the Windows character set of the font.
const NAMES: [(&str, u32); 26] = [
    ("simsun", 0x86),
    ("simhei", 0x86),
    ("kaiti", 0x86),
    ("fangsong", 0x86),
    ("microsoft yahei", 0x86),
    ("宋体", 0x86),
    ("黑体", 0x86),
    ("楷体", 0x86),
    ("仿宋", 0x86),
    ("隶书", 0x86),
    ("幼圆", 0x86),
    ("微软雅黑", 0x86),
    ("mingliu", 0x88),
    ("microsoft jhenghei", 0x88),
    ("細明體", 0x88),
    ("標楷體", 0x88),
    ("微軟正黑體", 0x88),
    ("ms gothic", 0x80),
    ("ms pgothic", 0x80),
    ("ms ui gothic", 0x80),
    ("ms mincho", 0x80),
    ("ｍｓ ", 0x80),
    ("gulim", 0x81),
    ("dotum", 0x81),
    ("batang", 0x81),
    ("굴림", 0x81),
];

/// The Windows character set of a font, guessed from its name, if possible.
pub fn of_font(name: &str) -> Option<u32> {
    let name = name.to_lowercase();
    let row = NAMES.iter().find(|(word, _)| name.contains(word))?;
    Some(row.1)
}

/// Guesses the encoding of a text without a declared one from the character set of its
/// font. Returns `None` for valid UTF-8, which text in another encoding hardly ever is;
/// `font` is not called then.
pub fn guess(font: impl FnOnce() -> Option<u32>, bytes: &[u8]) -> Option<&'static Encoding> {
    if core::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let font = font()?;
    let row = FONTS.iter().find(|(number, _)| *number == font)?;
    Some(row.1)
}

/// Decodes text in the declared encoding. Undeclared text is UTF-8, or windows-1252 if it
/// is not valid UTF-8. Invalid bytes become U+FFFD.
pub fn decode<'b>(declared: Option<&'static Encoding>, bytes: &'b [u8]) -> Cow<'b, str> {
    match declared {
        Some(encoding) => encoding.decode_without_bom_handling(bytes).0,
        None => match core::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
        },
    }
}

/// Whether [`decode`] treats the bytes as UTF-8, declared or by default.
pub fn is_utf8(declared: Option<&'static Encoding>, bytes: &[u8]) -> bool {
    match declared {
        Some(encoding) => encoding == UTF_8,
        None => core::str::from_utf8(bytes).is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_charsets_are_used() {
        assert_eq!(decode(named(b"gb2312"), b"\xc4\xe3\xba\xc3"), "你好");
        assert_eq!(decode(named(b"\"Shift_JIS\""), b"\x82\xa0"), "あ");
        assert_eq!(decode(named(b"utf-8"), b"a\xff"), "a\u{fffd}");
        assert!(named(b"x-klingon").is_none());
    }

    #[test]
    fn undeclared_text_has_the_encoding_of_its_font() {
        let of = |font, bytes| decode(guess(|| font, bytes), bytes);
        assert_eq!(of(Some(0x86), b"\xc4\xe3\xba\xc3"), "你好");
        assert_eq!(of(Some(0x88), b"\xa7\x41\xa6\x6e"), "你好");
        assert_eq!(of(Some(0xcc), b"\xcf\xf0\xe8"), "При");
        assert_eq!(of(Some(0x86), "你好".as_bytes()), "你好");
        assert_eq!(of(Some(0), b"caf\xe9"), "café");
        assert_eq!(of(None, b"caf\xe9"), "café");
        assert!(FONTS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn fonts_have_a_character_set() {
        for (name, script) in [
            ("宋体", Some(0x86)),
            ("NSimSun", Some(0x86)),
            ("新細明體", Some(0x88)),
            ("ＭＳ Ｐゴシック", Some(0x80)),
            ("GulimChe", Some(0x81)),
            ("Arial", None),
            ("MS Shell Dlg", None),
            ("", None),
        ] {
            assert_eq!(of_font(name), script, "{name}");
        }
    }

    #[test]
    fn undeclared_text_is_utf8_or_else_western() {
        assert_eq!(decode(None, "é".as_bytes()), "é");
        assert_eq!(decode(None, b"caf\xe9"), "café");
        assert!(!is_utf8(None, b"caf\xe9"));
        assert!(is_utf8(named(b"UTF-8"), b"caf\xe9"));
    }
}
