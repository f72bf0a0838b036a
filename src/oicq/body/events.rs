//! What the server pushes in 0x0017 and 0x00ce, by its type, and its acknowledgement.
//!
//! Source: protocol reference, OICQ §4.5 (header), §4.8 (types).

use super::codes::{CONTENT_TYPES, SYSTEM_KINDS};
use super::event_codes::{EVENT_TYPES, LEFT_REASONS, NEWS_KINDS};
use super::font::text_and_font;
use super::group_codes::{GROUP_ROLES, GROUP_TYPES};
use super::message::{classic, fragments, pushed_rich};
use super::message_blocks::rich_text;
use super::name::Name;
use super::reader::Reader;

type Read = Option<()>;

/// The client repeats the first 16 bytes of what it acknowledges.
pub(super) fn acknowledgement(r: &mut Reader<'_>) -> Read {
    r.u32(Name::From)?;
    r.u32(Name::To)?;
    r.u32(Name::MessageSequence)?;
    r.ip(Name::PeerAddress).map(drop)
}

/// From4 to4 sequence4 address4 port2 type2, and what the type says.
pub(super) fn push(r: &mut Reader<'_>) -> Read {
    let from = r.u32(Name::From)?;
    r.u32(Name::To)?;
    r.u32(Name::MessageSequence)?;
    r.ip(Name::PeerAddress)?;
    r.u16(Name::PeerPort)?;
    let kind = r.code16(Name::MessageType, &EVENT_TYPES)?;
    match kind {
        0x0009 | 0x000a => classic(r, false),
        0x0084 | 0x0085 => classic(r, true),
        0x0031 | 0x0078 | 0x008c | 0x008d | 0x00a6 | 0x00a7 => pushed_rich(r, from),
        0x0052 => group_rich(r),
        0x000b | 0x000c => sms(r, kind),
        0x0018 => news(r),
        0x001e => {
            r.u32(Name::FriendUin)?;
            r.u32(Name::PropertyFlags)?;
            r.unexplained(16).map(drop)
        }
        0x001f => temporary(r),
        0x0020 | 0x002a | 0x002b => group(r),
        0x0021..=0x0026 | 0x002c..=0x002f => membership(r, kind),
        0x0030 => {
            r.code8(Name::SystemKind, &SYSTEM_KINDS)?;
            r.str1(Name::SystemText)
        }
        0x0041 => {
            r.u32(Name::FriendUin)?;
            r.time(Name::SignatureTime)?;
            r.str1(Name::Signature)
        }
        0x0049 => {
            r.u8(Name::Count)?;
            r.rows(Name::Friend, |r| {
                r.u32(Name::FriendUin)?;
                r.time(Name::ChangeTime)?;
                r.bytes(Name::HeadHash, 16).map(drop)
            })
        }
        _ => {
            r.rest(Name::Unexplained);
            Some(())
        }
    }
}

/// A message of a group up to QQ2008.
fn group(r: &mut Reader<'_>) -> Read {
    r.u32(Name::GroupNumber)?;
    r.code8(Name::GroupType, &GROUP_TYPES)?;
    r.u32(Name::MemberUin)?;
    r.unexplained(2)?;
    r.u16(Name::GroupSequence)?;
    r.time(Name::MessageTime)?;
    r.u32(Name::GroupVersion)?;
    r.window2(|r| {
        r.code16(Name::ContentType, &CONTENT_TYPES)?;
        let last = fragments(r)?;
        r.unexplained(4)?;
        text_and_font(r, last)
    })
}

/// A message of a group since QQ2009.
fn group_rich(r: &mut Reader<'_>) -> Read {
    r.unexplained(4)?;
    r.u32(Name::GroupNumber)?;
    r.code8(Name::GroupType, &GROUP_TYPES)?;
    r.u32(Name::MemberUin)?;
    r.unexplained(2)?;
    r.u16(Name::GroupSequence)?;
    r.time(Name::MessageTime)?;
    rich_text(r)
}

/// Joins, leaves, requests, roles: all begin with the number and the type of the group.
fn membership(r: &mut Reader<'_>, kind: u16) -> Read {
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
    r.rest(Name::Unexplained);
    Some(())
}

/// A message of somebody who is no friend, up to QQ2008.
fn temporary(r: &mut Reader<'_>) -> Read {
    r.u32(Name::From)?;
    r.unexplained(4)?;
    r.str1(Name::Nickname)?;
    r.str1(Name::Site)?;
    r.unexplained(1)?;
    r.time(Name::MessageTime)?;
    r.window2(|r| text_and_font(r, true))?;
    r.rest(Name::Unexplained);
    Some(())
}

/// An SMS: from a QQ user whose phone is bound, or from a phone.
fn sms(r: &mut Reader<'_>, kind: u16) -> Read {
    r.unexplained(1)?;
    if kind == 0x000b {
        r.u32(Name::From)?;
        r.u16(Name::Face)?;
        r.text(Name::Nickname, 13)?;
        r.unexplained(1)?;
    } else {
        r.text(Name::Phone, 20)?;
    }
    r.text(Name::MessageText, r.left().min(160))
}

/// News: a title, a text and an address.
fn news(r: &mut Reader<'_>) -> Read {
    r.code16(Name::NewsKind, &NEWS_KINDS)?;
    r.window2(|r| {
        r.str1(Name::Title)?;
        r.str1(Name::MessageText)?;
        r.str1(Name::Url)
    })
}
