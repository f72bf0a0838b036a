//! The blocks of a message since QQ2009: type1 length2, most of them with rows of tag1
//! length2 value.
//!
//! Source: docs/protocol/oicq.md §4.5.

use crate::oicq::body::emoticons::EMOTICONS;
use crate::oicq::body::event_codes::{BLOCK_TYPES, IMAGE_TAGS};
use crate::oicq::body::font::rich_font;
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::{ReadResult, Reader};

const TEXT: u8 = 0x01;
const EMOTICON: u8 = 0x02;
const IMAGE: u8 = 0x03;
const PHONE_IMAGE: u8 = 0x06;
const CARD: u8 = 0x12;
const XML: u8 = 0x14;

/// Offset of the mentioned user's number in the tag of an @.
const MENTION: usize = 7;

/// The mark before time, font and blocks.
const MARK: &[u8] = b"MSG\0\0\0\0\0";

/// Mark, time, font and blocks; in a push some of the bytes before the mark are
/// unexplained.
pub(crate) fn rich_text(r: &mut Reader<'_>) -> ReadResult {
    let Some(at) = memchr::memmem::find(r.ahead(), MARK) else {
        r.rest(Name::UnknownData);
        return Some(());
    };
    r.unknown(at)?;
    rich_font(r)?;
    blocks(r)
}

/// Blocks up to the end.
pub(crate) fn blocks(r: &mut Reader<'_>) -> ReadResult {
    r.parts(|r| {
        r.heading(Name::MessageBlock, |r| {
            let kind = r.code8(Name::MessageBlockType, &BLOCK_TYPES)?;
            r.window2(|r| block(r, kind))
        })
    })
}

fn block(r: &mut Reader<'_>, kind: u8) -> ReadResult {
    r.rows(Name::MessageTag, |r| {
        let tag = match kind {
            IMAGE | PHONE_IMAGE => r.code8(Name::MessageTagType, &IMAGE_TAGS)?,
            _ => r.u8(Name::MessageTagType)?,
        };
        r.window2(|r| value(r, kind, tag))
    })
}

fn value(r: &mut Reader<'_>, kind: u8, tag: u8) -> ReadResult {
    let number = r.left() == 4;
    match (kind, tag) {
        (TEXT, 0x01) => return r.rest_text(Name::MessageText),
        (TEXT, 0x06) if r.left() >= MENTION + 4 => {
            r.bytes(Name::MessageTagValue, MENTION)?;
            r.u32(Name::MentionUin)?;
            r.rest(Name::MessageTagValue);
        }
        (CARD, 0x01 | 0x02) if r.left() > 0 => return r.rest_text(Name::GroupCard),
        (EMOTICON, 0x01) if r.left() == 1 => {
            return r.code8(Name::MessageEmoticon, &EMOTICONS).map(drop);
        }
        (EMOTICON, 0x01) if r.left() == 2 => {
            return r.code16(Name::MessageEmoticon, &EMOTICONS).map(drop);
        }
        (XML, 0x01) => {
            r.u8(Name::XmlCompression)?;
            r.rest(Name::MessageXml);
        }
        (IMAGE | PHONE_IMAGE, 0x02) => return r.rest_text(Name::ImageName),
        (IMAGE | PHONE_IMAGE, 0x04) if number => r.u32(Name::ImageId).map(drop)?,
        (IMAGE | PHONE_IMAGE, 0x05) if number => r.ip(Name::ImageAddress).map(drop)?,
        (IMAGE | PHONE_IMAGE, 0x06) if number => r.u32(Name::ImagePort).map(drop)?,
        (IMAGE | PHONE_IMAGE, 0x0a) => r.rest(Name::ImageHash),
        (IMAGE | PHONE_IMAGE, 0x15) if number => r.u32(Name::ImageWidth).map(drop)?,
        (IMAGE | PHONE_IMAGE, 0x16) if number => r.u32(Name::ImageHeight).map(drop)?,
        (IMAGE | PHONE_IMAGE, 0x18) if number => r.u32(Name::ImageSize).map(drop)?,
        _ => r.rest(Name::MessageTagValue),
    }
    Some(())
}
