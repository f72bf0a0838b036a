//! Texts of QQ: GBK up to QQ2008, UTF-8 from QQ2009 on, and what a font says.

use encoding_rs::{Encoding, BIG5, GBK};

/// How the bytes of a text are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// Simplified Chinese, the default up to QQ2008; ASCII is a part of it.
    Gbk,
    /// Traditional Chinese.
    Big5,
    /// From QQ2009 on. What is no UTF-8 is read as GBK, which old clients still send.
    Utf8,
}

impl Charset {
    /// The charset that a font block names (docs/protocol/oicq.md §8).
    pub fn of_font(number: u16) -> Option<Self> {
        match number {
            0x8602 => Some(Self::Gbk),
            0x8603 => Some(Self::Big5),
            0x0001 => Some(Self::Utf8),
            _ => None,
        }
    }

    /// The text without the zeroes that fill it up. Bytes that are no text become U+FFFD.
    pub fn decode(self, bytes: &[u8]) -> String {
        let filled = bytes.iter().rposition(|byte| *byte != 0);
        let bytes = bytes
            .get(..filled.map_or(0, |at| at + 1))
            .unwrap_or_default();
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
        assert_eq!(Charset::of_font(0x8603), Some(Charset::Big5));
        assert_eq!(Charset::of_font(0x8600), None);
    }
}
