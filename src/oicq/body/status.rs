//! Online states: one's own (0x000d, 0x00ec), a friend's (0x0081), all friends' (0x0027).
//!
//! Source: protocol reference, OICQ §4.2, §4.8 (end), §4.9.

use super::codes::{DIGIT_REPLIES, ONLINE_COMMANDS, REPLIES, STATUSES};
use super::name::Name;
use super::reader::Reader;

type Read = Option<()>;

/// 0x000d: changes one's own state.
pub(super) fn change(r: &mut Reader<'_>, to_server: bool) -> Read {
    if !to_server {
        return r.code8(Name::Reply, &DIGIT_REPLIES).map(drop);
    }
    r.code8(Name::Status, &STATUSES)?;
    match r.left() {
        0 => Some(()),
        4 => r.u32(Name::FakeCamera).map(drop),
        _ => {
            r.u16(Name::StatusVersion)?;
            r.unexplained(6)?;
            r.str2(Name::StatusText)
        }
    }
}

/// 0x00ec: the state after a login since QQ2009.
pub(super) fn after_login(r: &mut Reader<'_>, to_server: bool) -> Read {
    if !to_server {
        return r.code8(Name::Reply, &REPLIES).map(drop);
    }
    r.u8(Name::SubCommand)?;
    r.unexplained(1)?;
    r.code8(Name::Status, &STATUSES)?;
    r.rest(Name::Unexplained);
    Some(())
}

/// 0x0081: a friend's state has changed. The clients up to 2012 know the whole layout.
pub(super) fn changed(r: &mut Reader<'_>, is_2013: bool, own: Option<u32>) -> Read {
    r.u32(Name::FriendUin)?;
    r.unexplained(1)?;
    r.ip(Name::PeerAddress)?;
    r.u16(Name::PeerPort)?;
    r.unexplained(1)?;
    r.code8(Name::Status, &STATUSES)?;
    r.u16(Name::FriendVersion)?;
    if is_2013 {
        return changed_2013(r, own);
    }
    r.secret(Name::FriendKey, 16)?;
    r.u32(Name::UserFlags)?;
    r.u32(Name::OwnUin)?;
    if r.left() > 3 {
        r.unexplained(9)?;
        return r.str2(Name::StatusText);
    }
    r.rest(Name::Unexplained);
    Some(())
}

/// Since 2013 only the last four bytes are known: one's own number.
fn changed_2013(r: &mut Reader<'_>, own: Option<u32>) -> Read {
    let last = r.ahead().last_chunk().copied().map(u32::from_be_bytes);
    if last.is_some() && last == own {
        r.unexplained(r.left().saturating_sub(4))?;
        return r.u32(Name::OwnUin).map(drop);
    }
    r.rest(Name::Unexplained);
    Some(())
}

/// 0x0027: who of the friends is online.
pub(super) fn online(r: &mut Reader<'_>, to_server: bool) -> Read {
    if to_server {
        r.code8(Name::SubCommand, &ONLINE_COMMANDS)?;
        if r.left() >= 4 {
            r.u32(Name::Position)?;
        }
        r.rest(Name::Unexplained);
        return Some(());
    }
    r.u8(Name::Next)?;
    r.rows(Name::Friend, |r| {
        r.u32(Name::FriendUin)?;
        r.unexplained(1)?;
        r.ip(Name::PeerAddress)?;
        r.u16(Name::PeerPort)?;
        r.unexplained(1)?;
        r.code8(Name::Status, &STATUSES)?;
        r.u16(Name::FriendVersion)?;
        r.secret(Name::FriendKey, 16)?;
        r.unexplained(7).map(drop)
    })
}
