//! Messages between two users: 0x0016, 0x00cd, 0x0066, and their form inside a push.
//!
//! Source: docs/protocol/oicq.md §4.5.

use crate::input::Input;
use crate::oicq::body::codes::{REPLIES, REPLY_TYPES};
use crate::oicq::body::event_codes::IM_TYPES;
use crate::oicq::body::file_request;
use crate::oicq::body::font::text_and_font;
use crate::oicq::body::message_blocks::rich_text;
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::{ReadResult, Reader};
use crate::oicq::body::tlv::are_tlvs;
use crate::oicq::body::value::BodyValue;

/// Type of a text message.
const TEXT: u16 = 0x000b;

/// 0x0016, up to QQ2008.
pub(crate) fn send(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if !to_server {
        return r.code8(Name::Reply, &REPLIES).map(drop);
    }
    r.u32(Name::From)?;
    r.u32(Name::To)?;
    classic(r, false)
}

/// Version2 from4 to4 md5(QQ number, session key)16 type2.
fn head(r: &mut Reader<'_>) -> Option<u16> {
    r.u16(Name::SenderVersion)?;
    r.u32(Name::From)?;
    r.u32(Name::To)?;
    r.secret(Name::TransferKey, 16)?;
    r.code16(Name::ImType, &IM_TYPES)
}

/// A message of the old form. Extended ones (types 0084 and 0085) have eight more
/// unexplained bytes before the fragments.
pub(crate) fn classic(r: &mut Reader<'_>, extended: bool) -> ReadResult {
    let kind = head(r)?;
    r.u16(Name::SessionId)?;
    r.time(Name::MessageTime)?;
    r.u16(Name::Avatar)?;
    if kind != TEXT {
        return file_request::body(r, kind);
    }
    r.u32(Name::HasFont)?;
    if extended {
        r.unknown(8)?;
    }
    let last = fragments(r)?;
    r.code8(Name::ReplyType, &REPLY_TYPES)?;
    text_and_font(r, last)
}

/// Fragments1 index1 message id2. Returns whether this is the last fragment.
pub(crate) fn fragments(r: &mut Reader<'_>) -> Option<bool> {
    let count = r.u8(Name::MessageFragments)?;
    let index = r.u8(Name::MessageFragment)?;
    r.u16(Name::MessageId)?;
    Some(u16::from(index) + 1 >= u16::from(count))
}

/// 0x00cd, since QQ2009 SP1.
pub(crate) fn send_rich(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if !to_server {
        r.code8(Name::Reply, &REPLIES)?;
        return r.unknown(r.left().min(1)).map(drop);
    }
    r.u32(Name::From)?;
    r.u32(Name::To)?;
    let length = r.u32(Name::OptionsLength)?;
    options(r, usize::try_from(length).ok()?)?;
    rich(r)
}

/// Options of `length` bytes: rows of type2 length2 value. Returns whether the bytes are
/// such rows.
pub(crate) fn options(r: &mut Reader<'_>, length: usize) -> Option<bool> {
    r.nested(Name::MessageOptions, length, are_tlvs, |r| {
        r.rows(Name::MessageOption, |r| {
            r.u16(Name::OptionType)?;
            r.window2(|r| {
                r.rest(Name::OptionValue);
                Some(())
            })
        })
    })
}

/// A message of the new form, from the version on.
fn rich(r: &mut Reader<'_>) -> ReadResult {
    let kind = head(r)?;
    r.u16(Name::SessionId)?;
    r.time(Name::MessageTime)?;
    r.u16(Name::Avatar)?;
    if kind != TEXT {
        return file_request::body(r, kind);
    }
    r.u32(Name::HasFont)?;
    fragments(r)?;
    r.code8(Name::ReplyType, &REPLY_TYPES)?;
    rich_text(r)
}

/// A message of the new form in a push. The options before it have a length of two bytes,
/// or of four in TIM: the right one has the sender's number after options and version.
pub(crate) fn pushed_rich(r: &mut Reader<'_>) -> ReadResult {
    let sender = r.entries.iter().rfind(|entry| entry.name == Name::From);
    let Some(BodyValue::Number(sender)) = sender.map(|entry| &entry.value) else {
        return r.require(false);
    };
    let sender = *sender;
    // Whether the sender's number follows options of this length and the version.
    let is_before_sender = |mut ahead: Input<'_>, length: usize| {
        ahead.take(length)?;
        ahead.take(2)?;
        (ahead.be_u32()?.value == sender).then_some(length)
    };
    let (mut short, mut long) = (r.input, r.input);
    let length2 = short.be_u16().map(|length| usize::from(length.value));
    let length4 = long
        .be_u32()
        .and_then(|length| usize::try_from(length.value).ok());
    if let Some(length) = length2.and_then(|length| is_before_sender(short, length)) {
        r.u16(Name::OptionsLength)?;
        options(r, length)?;
    } else if let Some(length) = length4.and_then(|length| is_before_sender(long, length)) {
        r.u32(Name::OptionsLength)?;
        options(r, length)?;
    } else {
        return r.require(false);
    }
    rich(r)
}

/// 0x0066: a message to a user who is no friend.
pub(crate) fn temporary(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    r.u8(Name::SubCommand)?;
    if !to_server {
        r.u32(Name::To)?;
        r.code8(Name::Reply, &REPLIES)?;
        return r.str1(Name::ReplyText);
    }
    r.u32(Name::To)?;
    r.unknown(4)?;
    r.str1(Name::Nickname)?;
    r.str1(Name::Site)?;
    r.unknown(5)?;
    r.window2(|r| text_and_font(r, true))
}
