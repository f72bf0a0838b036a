//! Online states: the user's own (0x000d, 0x00ec), a friend's (0x0081), all friends'
//! (0x0027).
//!
//! Source: docs/protocol/oicq.md §4.2, §4.8 (end), §4.9.

use crate::oicq::body::codes::{DIGIT_REPLIES, ONLINE_COMMANDS, STATUSES};
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::{ReadResult, Reader};
use crate::oicq::wire::client_table::CLIENTS;

/// 0x000d: changes the user's own state.
pub(crate) fn change(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if !to_server {
        return r.code8(Name::Reply, &DIGIT_REPLIES).map(drop);
    }
    r.code8(Name::Status, &STATUSES)?;
    match r.left() {
        0 => Some(()),
        4 => r.u32(Name::FakeCamera).map(drop),
        _ => {
            r.u16(Name::StatusVersion)?;
            r.unknown(6)?;
            r.str2(Name::StatusText)
        }
    }
}

/// 0x00ec, to the server: the state after a login since QQ2009.
pub(crate) fn after_login(r: &mut Reader<'_>) -> ReadResult {
    r.u8(Name::SubCommand)?;
    r.require(r.peek() == Some(0))?;
    r.unknown(1)?;
    let status = r.code8(Name::Status, &STATUSES)?;
    r.require(STATUSES.name(status.into()).is_some())?;
    r.rest(Name::UnknownData);
    Some(())
}

/// 0x0081 up to QQ2011: a friend's state has changed.
pub(crate) fn changed(r: &mut Reader<'_>) -> ReadResult {
    state(r)?;
    r.u32(Name::UserFlags)?;
    r.u32(Name::OwnUin)?;
    if r.left() > 3 {
        r.unknown(9)?;
        return r.str2(Name::StatusText);
    }
    r.unknown(r.left()).map(drop)
}

/// Uin4 one byte address4 port2 one byte state1 version2 key16.
fn state(r: &mut Reader<'_>) -> ReadResult {
    r.u32(Name::FriendUin)?;
    r.unknown(1)?;
    r.ip(Name::PeerAddress)?;
    r.u16(Name::PeerPort)?;
    r.unknown(1)?;
    r.code8(Name::Status, &STATUSES)?;
    r.code16(Name::FriendVersion, &CLIENTS)?;
    r.secret(Name::FriendKey, 16).map(drop)
}

/// 0x0027: the friends that are online, up to QQ2011.
pub(crate) fn online(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if to_server {
        let sub = r.code8(Name::SubCommand, &ONLINE_COMMANDS)?;
        r.require(matches!(sub, 2 | 3))?;
        r.u32(Name::Position)?;
        return r.require(r.left() == 0);
    }
    let next = r.u8(Name::Next)?;
    r.require(next == u8::MAX || r.left() > 0)?;
    r.rows(Name::Friend, |r| {
        state(r)?;
        r.unknown(7).map(drop)
    })
}
