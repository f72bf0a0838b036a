//! Details of users, searches, privacy, keys, and services of the server.
//!
//! Source: protocol reference, OICQ §4.1, §4.2, §4.7.

use crate::oicq::body::codes::{
    GENDERS, KEY_COMMANDS, PRIVACY_COMMANDS, REPLIES, SEARCHES, SMS_MODES, SMS_TYPES,
};
use crate::oicq::body::reader::Reader;
use crate::oicq::body::session_2012::day;
use crate::oicq::fields::Field;

type Read = Option<()>;

const UNIT_SEPARATOR: u8 = 0x1f;
const RECORD_SEPARATOR: u8 = 0x1e;

/// 0x0004: changes one's own details. The first two texts are the old and the new password.
pub(crate) fn update(r: &mut Reader<'_>, to_server: bool) -> Read {
    if !to_server {
        return r.number_until(Field::OwnUin, UNIT_SEPARATOR).map(drop);
    }
    for _ in 0..2 {
        let len = memchr::memchr(UNIT_SEPARATOR, r.ahead())?;
        r.secret(Field::Password, len)?;
        r.skip()?;
    }
    r.all(|r| r.until(Field::ProfileText, UNIT_SEPARATOR))
}

/// 0x0005: searches users.
pub(crate) fn search(r: &mut Reader<'_>, to_server: bool) -> Read {
    if to_server {
        r.code8(Field::SearchKind, &SEARCHES)?;
        r.require(r.peek() == Some(UNIT_SEPARATOR))?;
        r.skip()?;
        return r.all(|r| r.until(Field::SearchText, UNIT_SEPARATOR));
    }
    r.code8(Field::Reply, &REPLIES)?;
    r.unexplained(4)?;
    if r.peek() == Some(UNIT_SEPARATOR) {
        r.skip()?;
    }
    r.rows(Field::Friend, |r| {
        r.number_until(Field::FriendUin, RECORD_SEPARATOR)?;
        r.until(Field::Nickname, RECORD_SEPARATOR)?;
        r.until(Field::Province, RECORD_SEPARATOR)?;
        r.number_until(Field::Face, RECORD_SEPARATOR)?;
        if r.peek() == Some(UNIT_SEPARATOR) {
            r.skip()?;
        }
        Some(())
    })
}

/// 0x0006: the details of a user: 37 texts, of which the first is his number.
pub(crate) fn details(r: &mut Reader<'_>, to_server: bool) -> Read {
    r.number_until(Field::FriendUin, RECORD_SEPARATOR)?;
    if to_server {
        return Some(());
    }
    r.until(Field::Nickname, RECORD_SEPARATOR)?;
    r.all(|r| r.until(Field::ProfileText, RECORD_SEPARATOR))
}

/// 0x0061: searches by age, gender, place.
pub(crate) fn advanced_search(r: &mut Reader<'_>, to_server: bool) -> Read {
    r.u8(Field::SubCommand)?;
    if to_server {
        r.u16(Field::Page)?;
        r.u8(Field::SearchOnline)?;
        r.u8(Field::SearchCamera)?;
        r.u8(Field::Age)?;
        r.code8(Field::Gender, &GENDERS)?;
        r.u16(Field::ProvinceNumber)?;
        return r.u16(Field::CityNumber).map(drop);
    }
    r.code8(Field::Reply, &REPLIES)?;
    r.u16(Field::Page)?;
    r.rows(Field::Friend, |r| {
        r.u32(Field::FriendUin)?;
        r.code8(Field::Gender, &GENDERS)?;
        r.u16(Field::Age)?;
        r.u8(Field::SearchOnline)?;
        r.str1(Field::Nickname)?;
        r.u16(Field::ProvinceNumber)?;
        r.u16(Field::CityNumber)?;
        r.u16(Field::Face)?;
        r.unexplained(1).map(drop)
    })
}

/// 0x005e: who may find one, and whether one's place is shown.
pub(crate) fn privacy(r: &mut Reader<'_>, to_server: bool) -> Read {
    r.code8(Field::SubCommand, &PRIVACY_COMMANDS)?;
    r.u8(Field::SubAction)?;
    if !to_server {
        r.code8(Field::Reply, &REPLIES)?;
    }
    Some(())
}

/// 0x001d: keys for other services.
pub(crate) fn keys(r: &mut Reader<'_>, to_server: bool) -> Read {
    let sub = r.code8(Field::SubCommand, &KEY_COMMANDS)?;
    if to_server {
        if sub == 0x33 {
            let count = r.u16(Field::Count)?;
            for _ in 0..count {
                r.str2(Field::Domain)?;
            }
            return r.require(r.left() == 0);
        }
        r.rest(Field::Unexplained);
        return Some(());
    }
    r.code8(Field::Reply, &REPLIES)?;
    match sub {
        0x04 => {
            r.secret(Field::FileAgentKey, 16)?;
            r.unexplained(12)?;
            r.tok1(Field::Ticket)?;
        }
        0x11 => {
            r.secret(Field::ClientKey, 32)?;
        }
        0x33 => {
            r.unexplained(2)?;
            r.secret(Field::WebKey, 10)?;
        }
        _ => {}
    }
    r.rest(Field::Unexplained);
    Some(())
}

/// 0x002d: sends an SMS. Only the request is published.
pub(crate) fn sms(r: &mut Reader<'_>, to_server: bool) -> Read {
    if !to_server {
        r.rest(Field::Unexplained);
        return Some(());
    }
    r.u16(Field::SmsSequence)?;
    r.unexplained(6)?;
    r.text(Field::Nickname, 13)?;
    r.unexplained(1)?;
    r.code8(Field::SmsMode, &SMS_MODES)?;
    r.code8(Field::SmsType, &SMS_TYPES)?;
    r.u32(Field::SmsNumber)?;
    r.unexplained(1)?;
    let phones = r.u8(Field::Count)?;
    for _ in 0..phones {
        r.text(Field::Phone, 18)?;
        r.unexplained(3)?;
    }
    let numbers = r.u8(Field::Count)?;
    for _ in 0..numbers {
        r.u32(Field::To)?;
    }
    r.unexplained(1)?;
    r.str2(Field::MessageText)
}

/// 0x00a6: the weather where an address is.
pub(crate) fn weather(r: &mut Reader<'_>, to_server: bool) -> Read {
    r.u8(Field::SubCommand)?;
    if to_server {
        r.ip(Field::ClientAddress)?;
        return r.u16(Field::ClientPort).map(drop);
    }
    r.code8(Field::Reply, &REPLIES)?;
    r.str1(Field::Province)?;
    r.str1(Field::City)?;
    r.unexplained(2)?;
    r.str1(Field::City)?;
    r.u8(Field::Count)?;
    r.rows(Field::Forecast, day)
}

/// 0x00b5 of QQ2009, to the server: one's own number, and those that are asked for.
pub(crate) fn account_states(r: &mut Reader<'_>) -> Read {
    r.u8(Field::SubCommand)?;
    r.u32(Field::OwnUin)?;
    let count = r.u8(Field::Count)?;
    for _ in 0..count {
        r.u32(Field::FriendUin)?;
    }
    r.require(r.left() == 0)
}

/// A sub-command and one's own number: requests of 0x00d4 (QQ2008 to QQ2011) and 0x01c0.
pub(crate) fn sub_and_number(r: &mut Reader<'_>) -> Read {
    r.u8(Field::SubCommand)?;
    r.u32(Field::OwnUin)?;
    r.rest(Field::Unexplained);
    Some(())
}

/// The commands 0x03xx since 2013: two lengths of four bytes, two messages of protobuf.
pub(crate) fn protobuf(r: &mut Reader<'_>) -> Read {
    crate::oicq::body::protobuf::pair(r).map(drop)
}
