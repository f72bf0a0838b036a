//! Online states: one's own (0x000d, 0x00ec), a friend's (0x0081), all friends' (0x0027).
//!
//! Source: protocol reference, OICQ §4.2, §4.8 (end), §4.9.

use super::codes::{DIGIT_REPLIES, ONLINE_COMMANDS, REPLIES, STATUSES};
use super::reader::Reader;
use crate::oicq::fields::Field;

type Read = Option<()>;

/// 0x000d: changes one's own state.
pub(super) fn change(r: &mut Reader<'_>, to_server: bool) -> Read {
    if !to_server {
        return r.code8(Field::Reply, &DIGIT_REPLIES).map(drop);
    }
    r.code8(Field::Status, &STATUSES)?;
    match r.left() {
        0 => Some(()),
        4 => r.u32(Field::FakeCamera).map(drop),
        _ => {
            r.u16(Field::StatusVersion)?;
            r.unexplained(6)?;
            r.str2(Field::StatusText)
        }
    }
}

/// 0x00ec: the state after a login since QQ2009.
pub(super) fn after_login(r: &mut Reader<'_>, to_server: bool) -> Read {
    if !to_server {
        return r.code8(Field::Reply, &REPLIES).map(drop);
    }
    r.u8(Field::SubCommand)?;
    r.unexplained(1)?;
    r.code8(Field::Status, &STATUSES)?;
    r.rest(Field::Unexplained);
    Some(())
}

/// 0x0081: a friend's state has changed. The clients up to 2012 know the whole layout.
pub(super) fn changed(r: &mut Reader<'_>, is_2013: bool, own: Option<u32>) -> Read {
    r.u32(Field::FriendUin)?;
    r.unexplained(1)?;
    r.ip(Field::PeerAddress)?;
    r.u16(Field::PeerPort)?;
    r.unexplained(1)?;
    r.code8(Field::Status, &STATUSES)?;
    r.u16(Field::FriendVersion)?;
    if is_2013 {
        return changed_2013(r, own);
    }
    r.secret(Field::FriendKey, 16)?;
    r.u32(Field::UserFlags)?;
    r.u32(Field::OwnUin)?;
    if r.left() > 3 {
        r.unexplained(9)?;
        return r.str2(Field::StatusText);
    }
    r.rest(Field::Unexplained);
    Some(())
}

/// Since 2013 only the last four bytes are known: one's own number.
fn changed_2013(r: &mut Reader<'_>, own: Option<u32>) -> Read {
    let last = r.ahead().last_chunk().copied().map(u32::from_be_bytes);
    if last.is_some() && last == own {
        r.unexplained(r.left().saturating_sub(4))?;
        return r.u32(Field::OwnUin).map(drop);
    }
    r.rest(Field::Unexplained);
    Some(())
}

/// 0x0027: who of the friends is online.
pub(super) fn online(r: &mut Reader<'_>, to_server: bool) -> Read {
    if to_server {
        r.code8(Field::SubCommand, &ONLINE_COMMANDS)?;
        if r.left() >= 4 {
            r.u32(Field::Position)?;
        }
        r.rest(Field::Unexplained);
        return Some(());
    }
    r.u8(Field::Next)?;
    r.rows(Field::Friend, |r| {
        r.u32(Field::FriendUin)?;
        r.unexplained(1)?;
        r.ip(Field::PeerAddress)?;
        r.u16(Field::PeerPort)?;
        r.unexplained(1)?;
        r.code8(Field::Status, &STATUSES)?;
        r.u16(Field::FriendVersion)?;
        r.secret(Field::FriendKey, 16)?;
        r.unexplained(7).map(drop)
    })
}
