//! Texts of QQ: GBK up to QQ2008, UTF-8 since QQ2009, or as the font specifies.

use encoding_rs::{Encoding, BIG5, GBK};

/// The character set of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// Simplified Chinese, the default up to QQ2008; a superset of ASCII.
    Gbk,
    /// Traditional Chinese.
    Big5,
    /// Since QQ2009. Invalid UTF-8 is decoded as GBK, which old clients still send.
    Utf8,
}

impl Charset {
    /// The character set that a font block specifies (docs/protocol/oicq.md §8).
    pub fn of_font(number: u16) -> Option<Self> {
        match number {
            0x8602 => Some(Self::Gbk),
            0x8603 => Some(Self::Big5),
            0x0001 => Some(Self::Utf8),
            _ => None,
        }
    }

    /// Decodes a text without the zeroes that pad it. Invalid bytes become U+FFFD.
    pub fn decode(self, bytes: &[u8]) -> String {
        let last = bytes.iter().rposition(|byte| *byte != 0);
        let bytes = bytes.get(..last.map_or(0, |at| at + 1)).unwrap_or_default();
        let by = |encoding: &'static Encoding| {
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            text.into_owned()
        };
        match self {
            Self::Gbk => by(GBK),
            Self::Big5 => by(BIG5),
            Self::Utf8 => match core::str::from_utf8(bytes) {
                Ok(text) => text.to_owned(),
                Err(_) => by(GBK),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets_of_the_eras() {
        assert_eq!(Charset::Gbk.decode(&[0xcb, 0xce, 0xcc, 0xe5]), "宋体");
        assert_eq!(Charset::Utf8.decode("宋体\0\0".as_bytes()), "宋体");
        assert_eq!(Charset::Utf8.decode(&[0xcb, 0xce, 0xcc, 0xe5]), "宋体");
        assert_eq!(Charset::Big5.decode(&[0xa7, 0xda]), "我");
        for (number, charset) in [
            (0x8602, Some(Charset::Gbk)),
            (0x8603, Some(Charset::Big5)),
            (0x0001, Some(Charset::Utf8)),
            (0x8600, None),
        ] {
            assert_eq!(Charset::of_font(number), charset, "{number:04x}");
        }
    }
}
