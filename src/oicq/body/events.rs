//! What the server pushes in 0x0017 and 0x00ce, and its acknowledgement. Which type is read by
//! what, [`PUSHES`] says.
//!
//! Source: protocol reference, OICQ §4.5 (header), §4.8 (types).

use crate::oicq::body::codes::{CONTENT_TYPES, SYSTEM_KINDS};
use crate::oicq::body::event_codes::{EVENT_TYPES, LEFT_REASONS, NEWS_KINDS};
use crate::oicq::body::font::text_and_font;
use crate::oicq::body::group_codes::{GROUP_ROLES, GROUP_TYPES};
use crate::oicq::body::layout;
use crate::oicq::body::layout::LAST_OF_2009;
use crate::oicq::body::layouts_push::PUSHES;
use crate::oicq::body::message::fragments;
use crate::oicq::body::message_blocks::rich_text;
use crate::oicq::body::reader::Reader;
use crate::oicq::fields::Field;
use crate::oicq::wire::frame::FIRST_LONG;

type Read = Option<()>;

/// The client repeats the first 16 bytes of what it acknowledges, among them its own number.
pub(crate) fn acknowledgement(r: &mut Reader<'_>) -> Read {
    let to = head(r)?;
    r.require(r.own.is_none_or(|own| own == to))
}

/// From4 to4 sequence4 address4. Returns to whom.
fn head(r: &mut Reader<'_>) -> Option<u32> {
    r.u32(Field::From)?;
    let to = r.u32(Field::To)?;
    r.u32(Field::MessageSequence)?;
    r.ip(Field::PeerAddress)?;
    Some(to)
}

/// From4 to4 sequence4 address4 port2 type2, and what the type says. It is for the account of
/// the header, where that has one.
pub(crate) fn push(r: &mut Reader<'_>) -> Read {
    let to = head(r)?;
    r.require(r.version < FIRST_LONG || r.own.is_none_or(|own| own == to))?;
    r.u16(Field::PeerPort)?;
    let kind = r.code16(Field::MessageType, &EVENT_TYPES)?;
    layout::read(PUSHES, kind, r);
    Some(())
}

/// A change of properties.
pub(crate) fn property(r: &mut Reader<'_>) -> Read {
    r.u32(Field::FriendUin)?;
    r.u32(Field::PropertyFlags)?;
    r.unexplained(16).map(drop)
}

/// A system message.
pub(crate) fn system(r: &mut Reader<'_>) -> Read {
    r.code8(Field::SystemKind, &SYSTEM_KINDS)?;
    r.str1(Field::SystemText)?;
    r.rest(Field::Unexplained);
    Some(())
}

/// A change of a signature.
pub(crate) fn signature(r: &mut Reader<'_>) -> Read {
    r.u32(Field::FriendUin)?;
    r.time(Field::SignatureTime)?;
    r.str1(Field::Signature)
}

/// Changes of head pictures.
pub(crate) fn heads(r: &mut Reader<'_>) -> Read {
    let count = r.u8(Field::Count)?;
    r.counted(count.into(), Field::Friend, |r| {
        r.u32(Field::FriendUin)?;
        r.time(Field::ChangeTime)?;
        r.bytes(Field::HeadHash, 16).map(drop)
    })
}

/// A message of a group up to QQ2008.
pub(crate) fn group(r: &mut Reader<'_>) -> Read {
    r.u32(Field::GroupNumber)?;
    r.code8(Field::GroupType, &GROUP_TYPES)?;
    r.u32(Field::MemberUin)?;
    r.unexplained(2)?;
    r.u16(Field::GroupSequence)?;
    r.time(Field::MessageTime)?;
    r.u32(Field::GroupVersion)?;
    r.window2(|r| {
        r.code16(Field::ContentType, &CONTENT_TYPES)?;
        let last = fragments(r)?;
        r.unexplained(4)?;
        text_and_font(r, last)
    })
}

/// A message of a group since QQ2009.
pub(crate) fn group_rich(r: &mut Reader<'_>) -> Read {
    r.require(r.version <= LAST_OF_2009 || r.ahead().starts_with(&[0; 4]))?;
    r.unexplained(4)?;
    r.u32(Field::GroupNumber)?;
    r.code8(Field::GroupType, &GROUP_TYPES)?;
    r.u32(Field::MemberUin)?;
    r.unexplained(2)?;
    r.u16(Field::GroupSequence)?;
    r.time(Field::MessageTime)?;
    rich_text(r)
}

/// Joins, leaves, requests, roles: all begin with the number and the type of the group.
pub(crate) fn membership(r: &mut Reader<'_>, kind: u16) -> Read {
    r.u32(Field::GroupNumber)?;
    r.code8(Field::GroupType, &GROUP_TYPES)?;
    match kind {
        0x0021 | 0x0023..=0x0025 => r.u32(Field::MemberUin).map(drop)?,
        0x0022 => {
            r.u32(Field::MemberUin)?;
            if r.left() > 0 {
                r.code8(Field::LeftReason, &LEFT_REASONS)?;
            }
        }
        0x002c => {
            r.u8(Field::SubAction)?;
            r.u32(Field::MemberUin)?;
            r.code8(Field::GroupRole, &GROUP_ROLES)?;
        }
        _ => {}
    }
    r.rest(Field::Unexplained);
    Some(())
}

/// A message of somebody who is no friend, up to QQ2008.
pub(crate) fn temporary(r: &mut Reader<'_>) -> Read {
    r.u32(Field::From)?;
    r.unexplained(4)?;
    r.str1(Field::Nickname)?;
    r.str1(Field::Site)?;
    r.unexplained(1)?;
    r.time(Field::MessageTime)?;
    r.window2(|r| text_and_font(r, true))?;
    r.rest(Field::Unexplained);
    Some(())
}

/// An SMS from a QQ user whose phone is bound.
pub(crate) fn sms_of_user(r: &mut Reader<'_>) -> Read {
    r.unexplained(1)?;
    r.u32(Field::From)?;
    r.u16(Field::Face)?;
    r.text(Field::Nickname, 13)?;
    r.unexplained(1)?;
    sms_text(r)
}

/// An SMS from a phone.
pub(crate) fn sms_of_phone(r: &mut Reader<'_>) -> Read {
    r.unexplained(1)?;
    r.text(Field::Phone, 20)?;
    sms_text(r)
}

fn sms_text(r: &mut Reader<'_>) -> Read {
    const LONGEST: usize = 160;
    r.text(Field::MessageText, r.left().min(LONGEST))
}

/// News: a title, a text and an address.
pub(crate) fn news(r: &mut Reader<'_>) -> Read {
    r.code16(Field::NewsKind, &NEWS_KINDS)?;
    r.window2(|r| {
        r.str1(Field::Title)?;
        r.str1(Field::MessageText)?;
        r.str1(Field::Url)
    })
}
