//! The blocks of a message since QQ2009: type1 length2, in most of them tag1 length2 value.
//!
//! Source: protocol reference, OICQ §4.5.

use crate::oicq::body::event_codes::{BLOCK_TYPES, IMAGE_TAGS};
use crate::oicq::body::faces::FACES;
use crate::oicq::body::font::rich_font;
use crate::oicq::body::reader::Reader;
use crate::oicq::fields::Field;

type Read = Option<()>;

const TEXT: u8 = 0x01;
const FACE: u8 = 0x02;
const IMAGE: u8 = 0x03;
const PHONE_IMAGE: u8 = 0x06;
const CARD: u8 = 0x12;
const XML: u8 = 0x14;

/// Where the number of the person meant stands in the tag of an @.
const MENTION: usize = 7;

/// The mark before time, font and blocks.
const MARK: &[u8] = b"MSG\0\0\0\0\0";

/// Mark, time, font and blocks; in a push the bytes before them are in part unexplained.
pub(crate) fn rich_text(r: &mut Reader<'_>) -> Read {
    let Some(at) = memchr::memmem::find(r.ahead(), MARK) else {
        r.rest(Field::Unexplained);
        return Some(());
    };
    r.unexplained(at)?;
    rich_font(r)?;
    r.parts(|r| {
        r.group(Field::MessageBlock, |r| {
            let kind = r.code8(Field::MessageBlockType, &BLOCK_TYPES)?;
            r.window2(|r| block(r, kind))
        })
    })
}

fn block(r: &mut Reader<'_>, kind: u8) -> Read {
    r.rows(Field::MessageTag, |r| {
        let tag = match kind {
            IMAGE | PHONE_IMAGE => r.code8(Field::MessageTagType, &IMAGE_TAGS)?,
            _ => r.u8(Field::MessageTagType)?,
        };
        r.window2(|r| value(r, kind, tag))
    })
}

fn value(r: &mut Reader<'_>, kind: u8, tag: u8) -> Read {
    let number = r.left() == 4;
    match (kind, tag) {
        (TEXT, 0x01) => return r.rest_text(Field::MessageText),
        (TEXT, 0x06) if r.left() >= MENTION + 4 => {
            r.bytes(Field::MessageTagValue, MENTION)?;
            r.u32(Field::MentionUin)?;
            r.rest(Field::MessageTagValue);
        }
        (CARD, 0x01 | 0x02) if r.left() > 0 => return r.rest_text(Field::GroupCard),
        (FACE, 0x01) if r.left() == 1 => {
            return r.code8(Field::MessageFace, &FACES).map(drop);
        }
        (FACE, 0x01) if r.left() == 2 => {
            return r.code16(Field::MessageFace, &FACES).map(drop);
        }
        (XML, 0x01) => {
            r.u8(Field::XmlCompression)?;
            r.rest(Field::MessageXml);
        }
        (IMAGE | PHONE_IMAGE, 0x02) => return r.rest_text(Field::ImageName),
        (IMAGE | PHONE_IMAGE, 0x04) if number => r.u32(Field::ImageId).map(drop)?,
        (IMAGE | PHONE_IMAGE, 0x05) if number => r.ip(Field::ImageAddress).map(drop)?,
        (IMAGE | PHONE_IMAGE, 0x06) if number => r.u32(Field::ImagePort).map(drop)?,
        (IMAGE | PHONE_IMAGE, 0x0a) => r.rest(Field::ImageHash),
        (IMAGE | PHONE_IMAGE, 0x15) if number => r.u32(Field::ImageWidth).map(drop)?,
        (IMAGE | PHONE_IMAGE, 0x16) if number => r.u32(Field::ImageHeight).map(drop)?,
        (IMAGE | PHONE_IMAGE, 0x18) if number => r.u32(Field::ImageSize).map(drop)?,
        _ => r.rest(Field::MessageTagValue),
    }
    Some(())
}
