//! Groups (群) of QQ2012 and newer: information, members, and pushes.
//!
//! Source: docs/protocol/oicq.md §12.1, §12.2.

use crate::oicq::body::event_codes::LEFT_REASONS;
use crate::oicq::body::group_codes::{
    GROUP_COMMANDS, GROUP_CONDITIONS, GROUP_REPLIES, GROUP_ROLES, GROUP_TYPES,
};
use crate::oicq::body::message::options;
use crate::oicq::body::message_blocks::rich_text;
use crate::oicq::body::name::Name;
use crate::oicq::body::protobuf;
use crate::oicq::body::reader::{ReadResult, Reader};

/// Status of a reply with the group's information.
const INFORMATION: u8 = 3;
/// Status of a reply with a page of its members.
const MEMBERS: u8 = 2;
/// Length of a member's row.
const MEMBER_ROW: usize = 6;

/// Reply to sub-command 72: 72 00 internal4 public4 000000 kind1.
pub(crate) fn about(r: &mut Reader<'_>) -> ReadResult {
    r.code8(Name::SubCommand, &GROUP_COMMANDS)?;
    r.require(r.peek() == Some(0))?;
    r.code8(Name::Reply, &GROUP_REPLIES)?;
    r.u32(Name::GroupId)?;
    r.u32(Name::GroupNumber)?;
    r.require(r.ahead().starts_with(&[0; 3]))?;
    r.unknown(3)?;
    match r.u8(Name::GroupStatus)? {
        INFORMATION => information(r),
        MEMBERS => members(r),
        _ => r.require(false),
    }
}

/// Type1, eight bytes, owner4 condition1, six bytes, category4 limit2 01, four bytes,
/// version4 name, two bytes, notice.
fn information(r: &mut Reader<'_>) -> ReadResult {
    r.code8(Name::GroupType, &GROUP_TYPES)?;
    r.unknown(8)?;
    r.u32(Name::GroupOwner)?;
    r.code8(Name::AuthCondition, &GROUP_CONDITIONS)?;
    r.unknown(6)?;
    r.u32(Name::GroupCategory)?;
    r.u16(Name::GroupLimit)?;
    r.unknown(5)?;
    r.u32(Name::GroupVersion)?;
    r.str1(Name::GroupName)?;
    r.unknown(2)?;
    r.str1(Name::GroupNotice)?;
    r.rest(Name::UnknownData);
    Some(())
}

/// Next4, one byte, rows of uin4 organisation1 role1.
fn members(r: &mut Reader<'_>) -> ReadResult {
    r.u32(Name::Next)?;
    r.unknown(1)?;
    r.require(r.left() % MEMBER_ROW == 0)?;
    r.rows(Name::GroupMember, |r| {
        r.u32(Name::MemberUin)?;
        r.u8(Name::GroupOrganisation)?;
        r.code8(Name::GroupRole, &GROUP_ROLES).map(drop)
    })
}

/// Request 0x0002, sub-command 29: the messages up to this one have been read. 29,
/// group4, 02, message4.
pub(crate) fn receipt(r: &mut Reader<'_>) -> ReadResult {
    r.code8(Name::SubCommand, &GROUP_COMMANDS)?;
    r.u32(Name::GroupId)?;
    r.require(r.peek() == Some(2))?;
    r.unknown(1)?;
    r.u32(Name::GroupMessage)?;
    r.require(r.left() == 0)
}

/// Options, group4 01: the beginning of every push about a group.
fn head(r: &mut Reader<'_>) -> ReadResult {
    let length = usize::try_from(r.u32(Name::OptionsLength)?).ok()?;
    let are_options = options(r, length)?;
    r.require(are_options)?;
    r.u32(Name::GroupNumber)?;
    r.require(r.peek() == Some(1))?;
    r.code8(Name::GroupType, &GROUP_TYPES).map(drop)
}

/// A message (0052): sender4 sequence4 time4, then, from the mark on, font and blocks.
pub(crate) fn message(r: &mut Reader<'_>) -> ReadResult {
    head(r)?;
    r.u32(Name::MemberUin)?;
    r.u32(Name::GroupMessage)?;
    r.time(Name::MessageTime)?;
    rich_text(r)
}

/// A user has joined (0021): member4 kind1 administrator4.
pub(crate) fn joined(r: &mut Reader<'_>) -> ReadResult {
    head(r)?;
    r.u32(Name::MemberUin)?;
    r.u8(Name::JoinKind)?;
    if r.ahead().starts_with(&[0; 4]) {
        r.unknown(4)?;
    } else {
        r.u32(Name::GroupAdmin)?;
    }
    r.rest(Name::UnknownData);
    Some(())
}

/// A user is no longer a member (0022): member4 reason1.
pub(crate) fn left(r: &mut Reader<'_>) -> ReadResult {
    head(r)?;
    r.u32(Name::MemberUin)?;
    if r.left() > 0 {
        r.code8(Name::LeftReason, &LEFT_REASONS)?;
    }
    r.rest(Name::UnknownData);
    Some(())
}

/// A role has changed (002c): action1 member4 role1.
pub(crate) fn role(r: &mut Reader<'_>) -> ReadResult {
    head(r)?;
    r.u8(Name::SubAction)?;
    r.u32(Name::MemberUin)?;
    r.code8(Name::GroupRole, &GROUP_ROLES)?;
    r.rest(Name::UnknownData);
    Some(())
}

/// Another push about a group, of which only the common beginning is known.
pub(crate) fn other(r: &mut Reader<'_>) -> ReadResult {
    head(r)?;
    r.rest(Name::UnknownData);
    Some(())
}

/// A notice (0210): zero4, head length4, body length4, two Protocol Buffers messages.
pub(crate) fn notice(r: &mut Reader<'_>) -> ReadResult {
    r.require(r.ahead().starts_with(&[0; 4]))?;
    r.unknown(4)?;
    let body = protobuf::pair(r)?;
    protobuf::longest_text(&mut r.entries, body, Name::NoticeText);
    Some(())
}
