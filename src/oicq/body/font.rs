//! Font, size and colour of a message.
//!
//! Source: docs/protocol/oicq.md §4.5.

use crate::codes::Codes;
use crate::input::Input;
use crate::oicq::body::codes::CHARSETS;
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::{ReadResult, Reader};
use crate::oicq::body::text::Charset;

/// Length of a classic font block without the name: attributes2 colour3 zero1 charset2
/// length1.
const CLASSIC_FONT: usize = 9;
/// Offset of the character set in it.
const CHARSET: usize = 6;
/// The bits of the attributes with the size.
const SIZE_BITS: u8 = 0x1f;

/// The bits of the low byte of a character set with the pitch.
const PITCH_BITS: u8 = 0x0f;

/// Bits 5 to 7 of the attributes of a classic font.
const STYLES: Codes = Codes::new(&[
    (0x00, c"Regular"),
    (0x20, c"Bold"),
    (0x40, c"Italic"),
    (0x60, c"Bold, italic"),
    (0x80, c"Underline"),
    (0xa0, c"Bold, underline"),
    (0xc0, c"Italic, underline"),
    (0xe0, c"Bold, italic, underline"),
]);

/// A classic text that ends with the body: the text, a space, and the font block, whose
/// last byte is its length. Only the last fragment of a message has a font.
pub(crate) fn text_and_font(r: &mut Reader<'_>, may_have_font: bool) -> ReadResult {
    let bytes = r.ahead();
    let length = bytes.last().copied().map_or(0, usize::from);
    let font = bytes
        .len()
        .checked_sub(length)
        .filter(|_| length >= CLASSIC_FONT);
    let Some(at) = font.filter(|_| may_have_font) else {
        return classic_text(r, bytes.len());
    };
    let charset = Input::from(bytes, at + CHARSET).be_u16();
    if let Some(charset) = charset.and_then(|charset| Charset::of_font(charset.value)) {
        r.set_charset(charset);
    }
    match bytes.get(..at)? {
        [before @ .., b' '] => {
            classic_text(r, before.len())?;
            r.skip()?;
        }
        text => classic_text(r, text.len())?,
    }
    r.heading(Name::Font, |r| {
        r.unknown(1)?;
        r.bits(Name::FontSize, SIZE_BITS, None)?;
        r.bits(Name::FontStyle, !SIZE_BITS, Some(&STYLES))?;
        r.skip()?;
        r.colour(Name::FontColour, true)?;
        r.unknown(1)?;
        r.code16(Name::FontCharset, &CHARSETS)?;
        r.text(Name::FontName, r.left().saturating_sub(1))?;
        r.u8(Name::FontLength).map(drop)
    })
}

/// Tags in a classic text (§8): for a default emoticon, and for a custom one, which is a
/// picture.
const DEFAULT_EMOTICON: u8 = 0x14;
const CUSTOM_EMOTICON: u8 = 0x15;

/// A text of `len` bytes in which 0x14 and a number are an emoticon.
pub(crate) fn classic_text(r: &mut Reader<'_>, len: usize) -> ReadResult {
    let text = r.ahead().get(..len)?;
    r.text_as(Name::MessageText, len, with_emoticons)?;
    let mut before = 0;
    for (at, pair) in text.windows(2).enumerate() {
        if let [DEFAULT_EMOTICON, emoticon] = *pair {
            r.number_inside(Name::ClassicEmoticon, at + 1 - before, emoticon);
            before = at + 1;
        }
    }
    Some(())
}

/// Decodes the text, with a name for every emoticon.
fn with_emoticons(bytes: &[u8], charset: Charset) -> String {
    let mut text = String::new();
    let mut rest = bytes;
    while let Some(at) = memchr::memchr2(DEFAULT_EMOTICON, CUSTOM_EMOTICON, rest) {
        let (before, tag) = rest.split_at(at);
        text.push_str(&charset.decode(before));
        rest = match *tag {
            [DEFAULT_EMOTICON, emoticon, ref after @ ..] => {
                text.push_str(&format!("[emoticon {emoticon}]"));
                after
            }
            [CUSTOM_EMOTICON, ref after @ ..] => {
                text.push_str("[custom emoticon]");
                after
            }
            _ => tag.get(1..).unwrap_or_default(),
        };
    }
    text.push_str(&charset.decode(rest));
    text
}

/// Time, random number and font of a message since QQ2009, after the mark "MSG".
pub(crate) fn rich_font(r: &mut Reader<'_>) -> ReadResult {
    r.text(Name::MessageMark, 8)?;
    r.time(Name::MessageTime)?;
    r.u32(Name::MessageRandom)?;
    r.heading(Name::Font, |r| {
        r.unknown(1)?;
        r.colour(Name::FontColour, false)?;
        r.u8(Name::FontSize)?;
        r.u8(Name::FontStyle)?;
        charset_and_pitch(r)?;
        r.str2(Name::FontName)
    })?;
    r.unknown(2).map(drop)
}

/// A Windows character set in the high byte, pitch and family of the font in the low
/// byte.
fn charset_and_pitch(r: &mut Reader<'_>) -> ReadResult {
    let [_, low] = r.code16(Name::FontCharset, &CHARSETS)?.to_be_bytes();
    if low != 0 {
        r.number_inside(Name::FontPitch, 1, low & PITCH_BITS);
        r.number_inside(Name::FontFamily, 0, low & !PITCH_BITS);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::body::value::BodyValue;

    #[test]
    fn emoticons_in_a_classic_text() {
        let mut r = Reader::new(b"hi \x14\x4f!\x15", Charset::Gbk);
        text_and_font(&mut r, false).unwrap();
        let (entries, _) = r.finish();
        assert_eq!(entries[1].name, Name::ClassicEmoticon);
        assert_eq!(entries[1].value, BodyValue::Number(0x4f));
        assert_eq!(entries[1].span.start, 4);
        let text = BodyValue::Text("hi [emoticon 79]![custom emoticon]".to_owned());
        assert_eq!(entries[0].value, text);
    }

    #[test]
    fn a_big5_font_selects_the_text_encoding() {
        let bytes = b"\xa7\xda \x00\x6a\xff\x00\x80\x00\x86\x03A\x0a";
        let mut r = Reader::new(bytes, Charset::Gbk);
        text_and_font(&mut r, true).unwrap();
        let (entries, short) = r.finish();
        assert!(!short);
        let find = |name| entries.iter().find(|e| e.name == name).unwrap();
        assert_eq!(
            find(Name::MessageText).value,
            BodyValue::Text("我".to_owned())
        );
        assert_eq!(find(Name::FontSize).value, BodyValue::Number(10));
        assert_eq!(find(Name::FontStyle).meaning, Some("Bold, italic"));
        let colour = BodyValue::Text("#ff0080".to_owned());
        assert_eq!(find(Name::FontColour).value, colour);
        assert_eq!(find(Name::FontName).value, BodyValue::Text("A".to_owned()));
    }
}
