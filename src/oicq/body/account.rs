//! User details, searches, privacy, keys, and server services.
//!
//! Source: docs/protocol/oicq.md §4.1, §4.2, §4.7.

use crate::oicq::body::codes::{
    GENDERS, KEY_COMMANDS, PRIVACY_COMMANDS, REPLIES, SEARCHES, SMS_MODES, SMS_TYPES,
};
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::{ReadResult, Reader};
use crate::oicq::body::session_2012::day;

const UNIT_SEPARATOR: u8 = 0x1f;
const RECORD_SEPARATOR: u8 = 0x1e;

/// 0x0004: changes the user's own profile. The first two texts are the old and the new
/// password.
pub(crate) fn update(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if !to_server {
        return r
            .number_until::<u32>(Name::OwnUin, UNIT_SEPARATOR)
            .map(drop);
    }
    for _ in 0..2 {
        let len = memchr::memchr(UNIT_SEPARATOR, r.ahead())?;
        r.secret(Name::Password, len)?;
        r.skip()?;
    }
    r.all(|r| r.until(Name::ProfileText, UNIT_SEPARATOR))
}

/// 0x0005: searches users.
pub(crate) fn search(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if to_server {
        r.code8(Name::SearchKind, &SEARCHES)?;
        r.require(r.peek() == Some(UNIT_SEPARATOR))?;
        r.skip()?;
        return r.all(|r| r.until(Name::SearchText, UNIT_SEPARATOR));
    }
    r.code8(Name::Reply, &REPLIES)?;
    r.unknown(4)?;
    if r.peek() == Some(UNIT_SEPARATOR) {
        r.skip()?;
    }
    r.rows(Name::Friend, |r| {
        r.number_until::<u32>(Name::FriendUin, RECORD_SEPARATOR)?;
        r.until(Name::Nickname, RECORD_SEPARATOR)?;
        r.until(Name::Province, RECORD_SEPARATOR)?;
        r.number_until::<u16>(Name::Avatar, RECORD_SEPARATOR)?;
        if r.peek() == Some(UNIT_SEPARATOR) {
            r.skip()?;
        }
        Some(())
    })
}

/// 0x0006: the details of a user: 37 texts, the first of which is the QQ number.
pub(crate) fn details(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    r.number_until::<u32>(Name::FriendUin, RECORD_SEPARATOR)?;
    if to_server {
        return Some(());
    }
    r.until(Name::Nickname, RECORD_SEPARATOR)?;
    r.all(|r| r.until(Name::ProfileText, RECORD_SEPARATOR))
}

/// 0x0061: searches by age, gender, place.
pub(crate) fn advanced_search(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    r.u8(Name::SubCommand)?;
    if to_server {
        r.u16(Name::Page)?;
        r.u8(Name::SearchOnline)?;
        r.u8(Name::SearchCamera)?;
        r.u8(Name::Age)?;
        r.code8(Name::Gender, &GENDERS)?;
        r.u16(Name::ProvinceNumber)?;
        return r.u16(Name::CityNumber).map(drop);
    }
    r.code8(Name::Reply, &REPLIES)?;
    r.u16(Name::Page)?;
    r.rows(Name::Friend, |r| {
        r.u32(Name::FriendUin)?;
        r.code8(Name::Gender, &GENDERS)?;
        r.u16(Name::Age)?;
        r.u8(Name::SearchOnline)?;
        r.str1(Name::Nickname)?;
        r.u16(Name::ProvinceNumber)?;
        r.u16(Name::CityNumber)?;
        r.u16(Name::Avatar)?;
        r.unknown(1).map(drop)
    })
}

/// 0x005e: who may find the user, and whether the location is shared.
pub(crate) fn privacy(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    r.code8(Name::SubCommand, &PRIVACY_COMMANDS)?;
    r.u8(Name::SubAction)?;
    if !to_server {
        r.code8(Name::Reply, &REPLIES)?;
    }
    Some(())
}

/// 0x001d: requests keys for other services.
pub(crate) fn keys(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    let sub = r.code8(Name::SubCommand, &KEY_COMMANDS)?;
    if to_server {
        if sub == 0x33 {
            let count = r.u16(Name::Count)?;
            for _ in 0..count {
                r.str2(Name::Domain)?;
            }
            return r.require(r.left() == 0);
        }
        r.rest(Name::UnknownData);
        return Some(());
    }
    r.code8(Name::Reply, &REPLIES)?;
    match sub {
        0x04 => {
            r.secret(Name::FileAgentKey, 16)?;
            r.unknown(12)?;
            r.tok1(Name::Ticket)?;
        }
        0x11 => {
            r.secret(Name::ClientKey, 32)?;
        }
        0x33 => {
            r.unknown(2)?;
            r.secret(Name::WebKey, 10)?;
        }
        _ => {}
    }
    r.rest(Name::UnknownData);
    Some(())
}

/// 0x002d: sends an SMS. Only the request is published.
pub(crate) fn sms(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if !to_server {
        r.rest(Name::UnknownData);
        return Some(());
    }
    r.u16(Name::SmsSequence)?;
    r.unknown(6)?;
    r.text(Name::Nickname, 13)?;
    r.unknown(1)?;
    r.code8(Name::SmsMode, &SMS_MODES)?;
    r.code8(Name::SmsType, &SMS_TYPES)?;
    r.u32(Name::SmsNumber)?;
    r.unknown(1)?;
    let phones = r.u8(Name::Count)?;
    for _ in 0..phones {
        r.text(Name::Phone, 18)?;
        r.unknown(3)?;
    }
    let numbers = r.u8(Name::Count)?;
    for _ in 0..numbers {
        r.u32(Name::To)?;
    }
    r.unknown(1)?;
    r.str2(Name::MessageText)
}

/// 0x00a6: the weather at the location of an address.
pub(crate) fn weather(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    r.u8(Name::SubCommand)?;
    if to_server {
        r.ip(Name::ClientAddress)?;
        return r.u16(Name::ClientPort).map(drop);
    }
    r.code8(Name::Reply, &REPLIES)?;
    r.str1(Name::Province)?;
    r.str1(Name::City)?;
    r.unknown(2)?;
    r.str1(Name::City)?;
    r.u8(Name::Count)?;
    r.rows(Name::Forecast, day)
}

/// 0x00b5 of QQ2009, to the server: the user's own number, and the numbers requested.
pub(crate) fn account_states(r: &mut Reader<'_>) -> ReadResult {
    r.u8(Name::SubCommand)?;
    r.u32(Name::OwnUin)?;
    let count = r.u8(Name::Count)?;
    for _ in 0..count {
        r.u32(Name::FriendUin)?;
    }
    r.require(r.left() == 0)
}

/// A sub-command and the user's own number: requests of 0x00d4 (QQ2008 to QQ2011) and
/// 0x01c0.
pub(crate) fn sub_and_number(r: &mut Reader<'_>) -> ReadResult {
    r.u8(Name::SubCommand)?;
    r.u32(Name::OwnUin)?;
    r.rest(Name::UnknownData);
    Some(())
}

/// The commands 0x03xx since 2013: two lengths of four bytes, two Protocol Buffers
/// messages.
pub(crate) fn protobuf(r: &mut Reader<'_>) -> ReadResult {
    crate::oicq::body::protobuf::pair(r).map(drop)
}
