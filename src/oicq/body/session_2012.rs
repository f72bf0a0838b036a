//! Short bodies of a session of QQ2012 and newer: levels, properties, state, weather.
//!
//! Source: docs/protocol/oicq.md §12.3.

use crate::oicq::body::codes::{KEY_COMMANDS, REPLIES, STATUSES};
use crate::oicq::body::name::Name;
use crate::oicq::body::push;
use crate::oicq::body::reader::{ReadResult, Reader};
use crate::oicq::body::text::Charset;

/// A sub-command and a QQ number.
fn sub_and_uin(r: &mut Reader<'_>, uin: Name) -> ReadResult {
    r.u8(Name::SubCommand)?;
    r.u32(uin).map(drop)
}

/// Reply to 0x005c: 88, uin4, four bytes, level2 active days2, two bytes, remaining
/// days2, texts.
pub(crate) fn level(r: &mut Reader<'_>) -> ReadResult {
    sub_and_uin(r, Name::FriendUin)?;
    r.unknown(4)?;
    r.u16(Name::Level)?;
    r.u16(Name::ActiveDays)?;
    r.unknown(2)?;
    r.u16(Name::RemainingDays)?;
    r.all(|r| r.str2(Name::LevelText))
}

/// Request 0x0065: 02 and uin4.
pub(crate) fn properties_request(r: &mut Reader<'_>) -> ReadResult {
    sub_and_uin(r, Name::FriendUin)?;
    r.require(r.left() == 0)
}

/// Reply to 0x0065: 02, uin4, properties.
pub(crate) fn properties(r: &mut Reader<'_>) -> ReadResult {
    sub_and_uin(r, Name::FriendUin)?;
    r.require(r.left() > 0)?;
    r.rest(Name::PropertyBytes);
    Some(())
}

/// Request 0x003e: 67 and uin4.
pub(crate) fn remark_request(r: &mut Reader<'_>) -> ReadResult {
    sub_and_uin(r, Name::FriendUin)?;
    r.require(r.left() == 0)
}

/// A body with only a sub-command.
pub(crate) fn sub_alone(r: &mut Reader<'_>) -> ReadResult {
    r.u8(Name::SubCommand)?;
    r.require(r.left() == 0)
}

/// A request 0x001d with only a sub-command.
pub(crate) fn key_request(r: &mut Reader<'_>) -> ReadResult {
    r.code8(Name::SubCommand, &KEY_COMMANDS)?;
    r.require(r.left() == 0)
}

/// Request 0x00d4: uin4, and numbers of two bytes.
pub(crate) fn notices(r: &mut Reader<'_>) -> ReadResult {
    let own = r.u32(Name::OwnUin)?;
    r.require(r.own_uin.is_none_or(|uin| uin == own))?;
    r.all(|r| r.u16(Name::NoticeNumber).map(drop))
}

/// Reply to 0x00ec: 01, code1, sometimes a zero, status1.
pub(crate) fn state(r: &mut Reader<'_>) -> ReadResult {
    r.u8(Name::SubCommand)?;
    r.code8(Name::Reply, &REPLIES)?;
    if r.left() == 2 {
        r.require(r.peek() == Some(0))?;
        r.unknown(1)?;
    }
    r.code8(Name::Status, &STATUSES)?;
    r.require(r.left() == 0)
}

/// Request 0x00a6: 07, address4, one byte.
pub(crate) fn place_request(r: &mut Reader<'_>) -> ReadResult {
    r.u8(Name::SubCommand)?;
    r.ip(Name::ClientAddress)?;
    r.unknown(1)?;
    r.require(r.left() == 0)
}

/// Reply to 0x00a6: 07 00, country, province, city, in GBK.
pub(crate) fn place(r: &mut Reader<'_>) -> ReadResult {
    r.set_charset(Charset::Gbk);
    r.u8(Name::SubCommand)?;
    r.code8(Name::Reply, &REPLIES)?;
    r.str1(Name::Country)?;
    r.str1(Name::Province)?;
    r.str1(Name::City)?;
    r.require(r.left() == 0)
}

/// Reply to 0x00a6: 03, count1, days, 00, province, city, four bytes, count1, days, in GBK.
pub(crate) fn weather(r: &mut Reader<'_>) -> ReadResult {
    r.set_charset(Charset::Gbk);
    r.u8(Name::SubCommand)?;
    let today = r.u8(Name::Count)?;
    r.counted(today.into(), Name::Forecast, day)?;
    r.require(r.peek() == Some(0))?;
    r.unknown(1)?;
    r.str1(Name::Province)?;
    r.str1(Name::City)?;
    r.unknown(4)?;
    let later = r.u8(Name::Count)?;
    r.counted(later.into(), Name::Forecast, day)?;
    r.require(r.left() == 0)
}

/// Time4, weather, wind, lowest2 highest2, one byte, hint.
pub(crate) fn day(r: &mut Reader<'_>) -> ReadResult {
    r.time(Name::ForecastTime)?;
    r.str1(Name::Weather)?;
    r.str1(Name::Wind)?;
    r.u16(Name::LowTemperature)?;
    r.u16(Name::HighTemperature)?;
    r.unknown(1)?;
    r.str1(Name::WeatherHint)
}

/// A push of 0x0355: the 16 bytes that begin a push, and bytes of unpublished meaning.
pub(crate) fn push_0355(r: &mut Reader<'_>) -> ReadResult {
    push::acknowledgement(r)?;
    r.rest(Name::UnknownData);
    Some(())
}
