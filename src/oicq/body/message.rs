//! Messages between two users: 0x0016, 0x00cd, 0x0066, and their form inside a push.
//!
//! Source: protocol reference, OICQ §4.5.

use super::codes::{REPLIES, REPLY_TYPES};
use super::event_codes::IM_TYPES;
use super::file_request;
use super::font::text_and_font;
use super::message_blocks::rich_text;
use super::reader::Reader;
use crate::oicq::fields::Field;

type Read = Option<()>;

/// A message that is text.
const TEXT: u16 = 0x000b;

/// 0x0016, up to QQ2008.
pub(super) fn send(r: &mut Reader<'_>, to_server: bool) -> Read {
    if !to_server {
        return r.code8(Field::Reply, &REPLIES).map(drop);
    }
    r.u32(Field::From)?;
    r.u32(Field::To)?;
    classic(r, false)
}

/// Version2 from4 to4 md5(QQ number, session key)16 type2.
fn head(r: &mut Reader<'_>) -> Option<u16> {
    r.u16(Field::SenderVersion)?;
    r.u32(Field::From)?;
    r.u32(Field::To)?;
    r.secret(Field::TransferKey, 16)?;
    r.code16(Field::ImType, &IM_TYPES)
}

/// A message of the old form. `extended` ones (types 0084 and 0085) have eight unexplained
/// bytes more before the fragments.
pub(super) fn classic(r: &mut Reader<'_>, extended: bool) -> Read {
    let kind = head(r)?;
    r.u16(Field::SessionId)?;
    r.time(Field::MessageTime)?;
    r.u16(Field::Face)?;
    if kind != TEXT {
        return file_request::body(r, kind);
    }
    r.u32(Field::HasFont)?;
    if extended {
        r.unexplained(8)?;
    }
    let last = fragments(r)?;
    r.code8(Field::ReplyType, &REPLY_TYPES)?;
    text_and_font(r, last)
}

/// Fragments1 index1 message id2. True for the last fragment.
pub(super) fn fragments(r: &mut Reader<'_>) -> Option<bool> {
    let count = r.u8(Field::MessageFragments)?;
    let index = r.u8(Field::MessageFragment)?;
    r.u16(Field::MessageId)?;
    Some(u16::from(index) + 1 >= u16::from(count))
}

/// 0x00cd, since QQ2009 SP1.
pub(super) fn send_rich(r: &mut Reader<'_>, to_server: bool) -> Read {
    if !to_server {
        r.code8(Field::Reply, &REPLIES)?;
        r.rest(Field::Unexplained);
        return Some(());
    }
    r.u32(Field::From)?;
    r.u32(Field::To)?;
    let length = r.u32(Field::OptionsLength)?;
    r.bytes(Field::MessageOptions, usize::try_from(length).ok()?)?;
    rich(r)
}

/// A message of the new form, from the version on.
fn rich(r: &mut Reader<'_>) -> Read {
    let kind = head(r)?;
    r.u16(Field::SessionId)?;
    r.time(Field::MessageTime)?;
    r.u16(Field::Face)?;
    if kind != TEXT {
        return file_request::body(r, kind);
    }
    r.u32(Field::HasFont)?;
    fragments(r)?;
    r.code8(Field::ReplyType, &REPLY_TYPES)?;
    rich_text(r)
}

/// A message of the new form in a push. The options before it have a length of two bytes,
/// of four in TIM: the sender's number behind the version tells which.
pub(super) fn pushed_rich(r: &mut Reader<'_>, from: u32) -> Read {
    let ahead = r.ahead();
    let short = ahead.first_chunk().copied().map(u16::from_be_bytes)?;
    let sender = ahead.get(usize::from(short).saturating_add(4)..)?;
    if sender.first_chunk() == Some(&from.to_be_bytes()) {
        r.u16(Field::OptionsLength)?;
        r.bytes(Field::MessageOptions, usize::from(short))?;
    } else {
        let length = r.u32(Field::OptionsLength)?;
        r.bytes(Field::MessageOptions, usize::try_from(length).ok()?)?;
    }
    rich(r)
}

/// 0x0066: a message to somebody who is no friend.
pub(super) fn temporary(r: &mut Reader<'_>, to_server: bool) -> Read {
    r.u8(Field::SubCommand)?;
    if !to_server {
        r.u32(Field::To)?;
        r.code8(Field::Reply, &REPLIES)?;
        return r.str1(Field::ReplyText);
    }
    r.u32(Field::To)?;
    r.unexplained(4)?;
    r.str1(Field::Nickname)?;
    r.str1(Field::Site)?;
    r.unexplained(5)?;
    r.window2(|r| text_and_font(r, true))
}
