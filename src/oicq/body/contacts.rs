//! Adding, authorising and removing friends.
//!
//! Source: docs/protocol/oicq.md §4.1 (0x0009, 0x000a, 0x000b, 0x0115), §4.2.

use crate::oicq::body::codes::{
    ADD_REPLIES, AUTHORISE_COMMANDS, CONDITIONS, DIGIT_REPLIES, FRIEND_ACTIONS, QUESTION_COMMANDS,
    REPLIES, TOKEN_COMMANDS, TOKEN_PURPOSES, TOKEN_REPLIES,
};
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::{ReadResult, Reader};

const UNIT_SEPARATOR: u8 = 0x1f;

/// 0x0009: adds a friend who requires no authorisation.
pub(crate) fn add(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    r.number_until::<u32>(Name::FriendUin, UNIT_SEPARATOR)?;
    if !to_server && r.left() > 0 {
        r.code_until(Name::Reply, &REPLIES, UNIT_SEPARATOR)?;
    }
    Some(())
}

/// 0x000a: removes a friend. Since QQ2009 it also has a token of 0x00ae.
pub(crate) fn remove(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if !to_server {
        return r.code8(Name::Reply, &REPLIES).map(drop);
    }
    if r.peek().is_some_and(|byte| byte.is_ascii_digit()) {
        return r
            .number_until::<u32>(Name::FriendUin, UNIT_SEPARATOR)
            .map(drop);
    }
    r.rest(Name::UnknownData);
    Some(())
}

/// 0x000b: requests authorisation, grants it or refuses it.
pub(crate) fn authorise_old(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if !to_server {
        return r.code8(Name::Reply, &DIGIT_REPLIES).map(drop);
    }
    r.number_until::<u32>(Name::FriendUin, UNIT_SEPARATOR)?;
    r.code8(Name::SubAction, &FRIEND_ACTIONS)?;
    if r.peek() == Some(UNIT_SEPARATOR) {
        r.skip()?;
    }
    r.rest_text(Name::AuthText)
}

/// 0x001c: removes the user from somebody's friend list.
pub(crate) fn remove_self(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if to_server {
        return r.u32(Name::FriendUin).map(drop);
    }
    r.code8(Name::Reply, &REPLIES).map(drop)
}

/// 0x00a7: whether this number may be added.
pub(crate) fn ask(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    r.u32(Name::FriendUin)?;
    if !to_server {
        let code = r.code8(Name::Reply, &ADD_REPLIES)?;
        r.require(ADD_REPLIES.name(code.into()).is_some())?;
        r.code8(Name::AuthCondition, &CONDITIONS)?;
    }
    Some(())
}

/// 0x00a8: requests authorisation, grants it or refuses it.
pub(crate) fn authorise(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    let sub = r.sub_command(&AUTHORISE_COMMANDS)?;
    r.u32(Name::FriendUin)?;
    if !to_server {
        return r.code8(Name::Reply, &REPLIES).map(drop);
    }
    r.unknown(2)?;
    match sub {
        0x02 | 0x10 => {
            r.tok2(Name::Ticket)?;
            if sub == 0x10 {
                r.tok2(Name::Ticket)?;
            }
            r.u8(Name::AllowAdd)?;
            r.u8(Name::Folder)?;
            if r.left() > 0 {
                r.str1(Name::AuthText)?;
            }
        }
        0x03 | 0x05 => r.str1(Name::AuthText)?,
        _ => {}
    }
    Some(())
}

/// 0x00ae: a token for the next step, or the URL of a captcha.
pub(crate) fn token(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    let sub = r.sub_command(&TOKEN_COMMANDS)?;
    r.code16(Name::TokenPurpose, &TOKEN_PURPOSES)?;
    if to_server {
        r.u32(Name::FriendUin)?;
        if sub == 2 {
            r.str2(Name::CaptchaCode)?;
            r.tok2(Name::CaptchaToken)?;
        }
        r.rest(Name::UnknownData);
        return Some(());
    }
    if r.code8(Name::Reply, &TOKEN_REPLIES)? == 1 {
        return r.str2(Name::Url);
    }
    r.tok2(Name::Ticket)?;
    r.rest(Name::UnknownData);
    Some(())
}

/// 0x00b7: the question that a user has set for those who want to add them.
pub(crate) fn question(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    let sub = r.code8(Name::SubCommand, &QUESTION_COMMANDS)?;
    if !matches!(sub, 3 | 4) {
        r.rest(Name::UnknownData);
        return Some(());
    }
    r.unknown(2)?;
    match (to_server, sub) {
        (true, _) => {
            r.u32(Name::FriendUin)?;
            if sub == 4 {
                r.str1(Name::Answer)?;
            }
        }
        (false, _) => {
            r.code8(Name::Reply, &REPLIES)?;
            if sub == 3 {
                r.str1(Name::Question)?;
            } else {
                r.tok2(Name::Ticket)?;
            }
        }
    }
    Some(())
}

/// 0x0115, to the client: the reply to a search by number. It has a token of 24 bytes for
/// the next step.
pub(crate) fn prepare(r: &mut Reader<'_>) -> ReadResult {
    const TOKEN: usize = 24;
    const BEFORE: usize = 28;
    if r.left() >= BEFORE + TOKEN {
        r.unknown(BEFORE)?;
        r.bytes(Name::Ticket, TOKEN)?;
    }
    r.rest(Name::UnknownData);
    Some(())
}
