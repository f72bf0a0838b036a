//! The body of a push (0x0017, 0x00ce) after its header, by type.
//!
//! Source: docs/protocol/oicq.md §4.8.

use crate::oicq::body::codes::{CONTENT_TYPES, SYSTEM_KINDS};
use crate::oicq::body::event_codes::{LEFT_REASONS, NEWS_KINDS};
use crate::oicq::body::font::text_and_font;
use crate::oicq::body::group_codes::{GROUP_ROLES, GROUP_TYPES};
use crate::oicq::body::message::fragments;
use crate::oicq::body::message_blocks::rich_text;
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::{ReadResult, Reader};
use crate::oicq::wire::era::LAST_OF_2009;

/// A change of properties.
pub(crate) fn property(r: &mut Reader<'_>) -> ReadResult {
    r.u32(Name::FriendUin)?;
    r.u32(Name::PropertyFlags)?;
    r.unknown(16).map(drop)
}

/// A system message.
pub(crate) fn system(r: &mut Reader<'_>) -> ReadResult {
    r.code8(Name::SystemKind, &SYSTEM_KINDS)?;
    r.str1(Name::SystemText)?;
    r.rest(Name::UnknownData);
    Some(())
}

/// A change of a signature.
pub(crate) fn signature(r: &mut Reader<'_>) -> ReadResult {
    r.u32(Name::FriendUin)?;
    r.time(Name::SignatureTime)?;
    r.str1(Name::Signature)
}

/// Changes of avatars.
pub(crate) fn custom_avatars(r: &mut Reader<'_>) -> ReadResult {
    let count = r.u8(Name::Count)?;
    r.counted(count.into(), Name::Friend, |r| {
        r.u32(Name::FriendUin)?;
        r.time(Name::ChangeTime)?;
        r.bytes(Name::AvatarHash, 16).map(drop)
    })
}

/// A group message up to QQ2008.
pub(crate) fn group(r: &mut Reader<'_>) -> ReadResult {
    r.u32(Name::GroupNumber)?;
    r.code8(Name::GroupType, &GROUP_TYPES)?;
    r.u32(Name::MemberUin)?;
    r.unknown(2)?;
    r.u16(Name::GroupSequence)?;
    r.time(Name::MessageTime)?;
    r.u32(Name::GroupVersion)?;
    r.window2(|r| {
        r.code16(Name::ContentType, &CONTENT_TYPES)?;
        let last = fragments(r)?;
        r.unknown(4)?;
        text_and_font(r, last)
    })
}

/// A group message since QQ2009.
pub(crate) fn group_rich(r: &mut Reader<'_>) -> ReadResult {
    r.require(r.version <= LAST_OF_2009 || r.ahead().starts_with(&[0; 4]))?;
    r.unknown(4)?;
    r.u32(Name::GroupNumber)?;
    r.code8(Name::GroupType, &GROUP_TYPES)?;
    r.u32(Name::MemberUin)?;
    r.unknown(2)?;
    r.u16(Name::GroupSequence)?;
    r.time(Name::MessageTime)?;
    rich_text(r)
}

/// Joins, leaves, requests, roles: all begin with group number and group type.
pub(crate) fn membership(r: &mut Reader<'_>, kind: u16) -> ReadResult {
    r.u32(Name::GroupNumber)?;
    r.code8(Name::GroupType, &GROUP_TYPES)?;
    match kind {
        0x0021 | 0x0023..=0x0025 => r.u32(Name::MemberUin).map(drop)?,
        0x0022 => {
            r.u32(Name::MemberUin)?;
            if r.left() > 0 {
                r.code8(Name::LeftReason, &LEFT_REASONS)?;
            }
        }
        0x002c => {
            r.u8(Name::SubAction)?;
            r.u32(Name::MemberUin)?;
            r.code8(Name::GroupRole, &GROUP_ROLES)?;
        }
        _ => {}
    }
    r.rest(Name::UnknownData);
    Some(())
}

/// A message from a user who is no friend, up to QQ2008.
pub(crate) fn temporary(r: &mut Reader<'_>) -> ReadResult {
    r.u32(Name::From)?;
    r.unknown(4)?;
    r.str1(Name::Nickname)?;
    r.str1(Name::Site)?;
    r.unknown(1)?;
    r.time(Name::MessageTime)?;
    r.window2(|r| text_and_font(r, true))?;
    r.rest(Name::UnknownData);
    Some(())
}

/// An SMS from a QQ user whose phone is bound.
pub(crate) fn sms_of_user(r: &mut Reader<'_>) -> ReadResult {
    r.unknown(1)?;
    r.u32(Name::From)?;
    r.u16(Name::Avatar)?;
    r.text(Name::Nickname, 13)?;
    r.unknown(1)?;
    sms_text(r)
}

/// An SMS from a phone.
pub(crate) fn sms_of_phone(r: &mut Reader<'_>) -> ReadResult {
    r.unknown(1)?;
    r.text(Name::Phone, 20)?;
    sms_text(r)
}

fn sms_text(r: &mut Reader<'_>) -> ReadResult {
    const LONGEST: usize = 160;
    r.text(Name::MessageText, r.left().min(LONGEST))
}

/// News: a title, a text and an address.
pub(crate) fn news(r: &mut Reader<'_>) -> ReadResult {
    r.code16(Name::NewsKind, &NEWS_KINDS)?;
    r.window2(|r| {
        r.str1(Name::Title)?;
        r.str1(Name::MessageText)?;
        r.str1(Name::Url)
    })
}
