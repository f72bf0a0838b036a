//! Groups (群): 0x0030 up to QQ2008, 0x0002 since QQ2009.
//!
//! Source: docs/protocol/oicq.md §4.6.

use crate::oicq::body::codes::CONTENT_TYPES;
use crate::oicq::body::font::text_and_font;
use crate::oicq::body::group_codes::{
    CLASSIC_GROUP_COMMANDS, GROUP_AUTH_ACTIONS, GROUP_COMMANDS, GROUP_CONDITIONS, GROUP_REPLIES,
    GROUP_SEARCHES, GROUP_TYPES, JOIN_RESULTS, MEMBER_ACTIONS, ROLE_ACTIONS, SUBGROUP_LISTS,
};
use crate::oicq::body::message::fragments;
use crate::oicq::body::message_blocks::rich_text;
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::{ReadResult, Reader};

fn unexplained(r: &mut Reader<'_>) -> ReadResult {
    r.rest(Name::UnknownData);
    Some(())
}

fn members(r: &mut Reader<'_>) -> ReadResult {
    r.all(|r| r.u32(Name::MemberUin).map(drop))
}

/// 0x0030 up to QQ2008.
pub(crate) fn classic(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    let sub = r.code8(Name::SubCommand, &CLASSIC_GROUP_COMMANDS)?;
    if to_server {
        classic_request(r, sub)
    } else {
        classic_reply(r, sub)
    }
}

fn classic_request(r: &mut Reader<'_>, sub: u8) -> ReadResult {
    match sub {
        0x01 | 0x30 => return unexplained(r),
        0x06 => {
            r.code8(Name::SearchKind, &GROUP_SEARCHES)?;
            r.u32(Name::GroupNumber)?;
            return unexplained(r);
        }
        0x36 => {
            r.code8(Name::SubAction, &SUBGROUP_LISTS)?;
            return unexplained(r);
        }
        _ => {}
    }
    r.u32(Name::GroupId)?;
    match sub {
        0x02 => {
            r.code8(Name::SubAction, &MEMBER_ACTIONS)?;
            members(r)
        }
        0x08 => {
            r.code8(Name::SubAction, &GROUP_AUTH_ACTIONS)?;
            unexplained(r)
        }
        0x0c => members(r),
        0x1a => r.window2(|r| {
            r.code16(Name::ContentType, &CONTENT_TYPES)?;
            let last = fragments(r)?;
            r.unknown(4)?;
            text_and_font(r, last)
        }),
        0x1b => {
            r.code8(Name::SubAction, &ROLE_ACTIONS)?;
            r.u32(Name::MemberUin).map(drop)
        }
        0x1c => r.u32(Name::MemberUin).map(drop),
        _ => unexplained(r),
    }
}

fn classic_reply(r: &mut Reader<'_>, sub: u8) -> ReadResult {
    let code = r.code8(Name::Reply, &GROUP_REPLIES)?;
    if code != 0 {
        return r.rest_text(Name::ReplyText);
    }
    match sub {
        0x07 => {
            r.u32(Name::GroupId)?;
            r.code8(Name::JoinResult, &JOIN_RESULTS)?;
            unexplained(r)
        }
        0x0b => {
            r.u32(Name::GroupId)?;
            r.unknown(1)?;
            members(r)
        }
        0x1a if r.left() >= 4 => {
            r.u32(Name::GroupId)?;
            unexplained(r)
        }
        _ => unexplained(r),
    }
}

/// Sub-command1 group4: the beginning of most requests of 0x0002 since QQ2009.
pub(crate) fn request(r: &mut Reader<'_>) -> ReadResult {
    r.code8(Name::SubCommand, &GROUP_COMMANDS)?;
    r.u32(Name::GroupId).map(drop)
}

/// A request of which only the beginning is known.
pub(crate) fn request_head(r: &mut Reader<'_>) -> ReadResult {
    match r.peek() {
        Some(NAMES | JOIN | CARDS) => request(r)?,
        _ => r.code8(Name::SubCommand, &GROUP_COMMANDS).map(drop)?,
    }
    unexplained(r)
}

/// Sub-commands of which only the group's number is known.
const NAMES: u8 = 0x0f;
const JOIN: u8 = 0x19;
const CARDS: u8 = 0x90;
/// The sub-command that requests all groups, and so has no group number.
const LIST: u32 = 0x20;

/// A request to join a group.
pub(crate) fn join(r: &mut Reader<'_>) -> ReadResult {
    request(r)?;
    r.unknown(1)?;
    r.rest(Name::Ticket);
    Some(())
}

/// Requests information on members.
pub(crate) fn member_information(r: &mut Reader<'_>) -> ReadResult {
    request(r)?;
    members(r)
}

/// A message to a group.
pub(crate) fn send(r: &mut Reader<'_>) -> ReadResult {
    request(r)?;
    r.window2(|r| {
        r.code16(Name::ContentType, &CONTENT_TYPES)?;
        fragments(r)?;
        rich_text(r)
    })
}

/// Requests the information of a group.
pub(crate) fn information_request(r: &mut Reader<'_>) -> ReadResult {
    request(r)?;
    r.u32(Name::Position).map(drop)
}

/// Mutes a member.
pub(crate) fn mute(r: &mut Reader<'_>) -> ReadResult {
    request(r)?;
    r.unknown(3)?;
    r.u32(Name::MemberUin)?;
    r.u32(Name::MuteSeconds).map(drop)
}

/// Sub-command1 00 group4: a reply without further data.
pub(crate) fn reply(r: &mut Reader<'_>) -> ReadResult {
    r.require(names_group(r.peek()))?;
    let code = reply_code(r)?;
    r.require(GROUP_REPLIES.name(code.into()).is_some())?;
    if code == 0 {
        r.u32(Name::GroupId)?;
    }
    r.require(r.left() == 0)
}

/// A reply of which only the beginning is known.
pub(crate) fn reply_head(r: &mut Reader<'_>) -> ReadResult {
    let code = r.ahead().get(1).copied();
    let is_code = code.is_some_and(|code| GROUP_REPLIES.name(code.into()).is_some());
    if names_group(r.peek()) && is_code {
        if reply_code(r)? == 0 && r.left() >= 4 {
            r.u32(Name::GroupId)?;
        }
    } else {
        r.code8(Name::SubCommand, &GROUP_COMMANDS)?;
    }
    unexplained(r)
}

/// Whether bodies with this sub-command are known to begin with a group's number.
fn names_group(lead: Option<u8>) -> bool {
    lead.map(u32::from)
        .is_some_and(|lead| lead != LIST && GROUP_COMMANDS.name(lead).is_some())
}

fn reply_code(r: &mut Reader<'_>) -> Option<u8> {
    r.code8(Name::SubCommand, &GROUP_COMMANDS)?;
    r.code8(Name::Reply, &GROUP_REPLIES)
}

/// The information of a group, of clients up to QQ2011: 72 00 internal4 external4 zero3
/// status1 type1 unexplained4 owner4 condition1 category4 limit2 name. The part between
/// name and members is not published.
pub(crate) fn information(r: &mut Reader<'_>) -> ReadResult {
    if reply_code(r)? != 0 {
        return r.require(r.left() == 0);
    }
    r.u32(Name::GroupId)?;
    r.u32(Name::GroupNumber)?;
    r.unknown(3)?;
    r.u8(Name::GroupStatus)?;
    r.code8(Name::GroupType, &GROUP_TYPES)?;
    r.unknown(4)?;
    r.u32(Name::GroupOwner)?;
    r.code8(Name::AuthCondition, &GROUP_CONDITIONS)?;
    r.u32(Name::GroupCategory)?;
    r.u16(Name::GroupLimit)?;
    r.str1(Name::GroupName)?;
    unexplained(r)
}
