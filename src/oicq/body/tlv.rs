//! The TLVs of the logins since 2013: type2 length2 value.
//!
//! Most values begin with a sub-version of two bytes. Source: docs/protocol/oicq.md §7.2
//! (coding) to §7.7.

use crate::input::Input;
use crate::oicq::body::codes::GENDERS;
use crate::oicq::body::login_2009::builds;
use crate::oicq::body::login_classic::random_and_crc;
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::{ReadResult, Reader};
use crate::oicq::body::tlv_codes::TLV_TYPES;

/// All TLVs up to the end. Zeroes at the end are padding.
pub(crate) fn tlvs(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    r.parts(|r| {
        if r.ahead().iter().all(|byte| *byte == 0) {
            r.rest(Name::Trailing);
            return Some(());
        }
        tlv(r, |r, kind| value(r, kind, to_server))
    })
}

/// Whether `bytes` are TLVs to the last byte.
pub(crate) fn are_tlvs(bytes: &[u8]) -> bool {
    let mut input = Input::whole(bytes);
    while input.left() > 0 {
        if input.be_u16().is_none() || input.length_prefixed().is_none() {
            return false;
        }
    }
    true
}

/// The TLVs of a reply to 0x0819: no source gives the type of the TGTGT key, but it is
/// the only value of 16 bytes.
pub(crate) fn tlvs_with_key(r: &mut Reader<'_>) -> ReadResult {
    r.parts(|r| {
        tlv(r, |r, kind| match r.left() {
            16 => r.secret(Name::NextKey, 16).map(drop),
            _ => value(r, kind, false),
        })
    })
}

fn tlv(r: &mut Reader<'_>, value: impl FnOnce(&mut Reader<'_>, u16) -> ReadResult) -> ReadResult {
    r.heading(Name::Tlv, |r| {
        let kind = r.code16(Name::TlvType, &TLV_TYPES)?;
        let len = r.u16(Name::TlvLength)?;
        r.window(len.into(), |r| value(r, kind))
    })
}

fn version(r: &mut Reader<'_>) -> Option<u16> {
    r.u16(Name::TlvVersion)
}

fn value(r: &mut Reader<'_>, kind: u16, to_server: bool) -> ReadResult {
    match kind {
        0x0004 => {
            version(r)?;
            r.str2(Name::MailAccount)
        }
        0x0005 => {
            version(r)?;
            r.u32(Name::OwnUin).map(drop)
        }
        0x0006 => whole(r, Name::LoginBlob),
        0x001a => whole(r, Name::EncryptedTlvs),
        0x0007 | 0x0112 | 0x0303 => whole(r, Name::Ticket),
        0x000c => redirect(r, to_server),
        0x0015 => computer_ids(r),
        0x0017 => client_address(r),
        0x0018 => versions(r),
        0x0019 => {
            version(r)?;
            builds(r)?;
            r.unknown(2).map(drop)
        }
        0x001e => r.secret(Name::NextKey, r.left()).map(drop),
        0x001f => {
            version(r)?;
            whole(r, Name::ComputerId)
        }
        0x002d => {
            version(r)?;
            r.ip(Name::LocalAddress).map(drop)
        }
        0x0030 => r.tok2(Name::Ticket).map(drop),
        0x0100 => error(r),
        0x0102 => {
            version(r)?;
            r.bytes(Name::Random, 16)?;
            r.tok2(Name::Ticket)?;
            random_and_crc(r)
        }
        0x0103 | 0x0110 => {
            version(r)?;
            r.tok2(Name::Ticket).map(drop)
        }
        0x0104 => captcha(r),
        0x0107 => tickets(r),
        0x0108 => account(r),
        0x0109 => {
            version(r)?;
            r.secret(Name::NextKey, 16)?;
            r.tok2(Name::Ticket)?;
            whole(r, Name::TlvValue)
        }
        0x010b => {
            version(r)?;
            r.bytes(Name::ExeHash, 16)?;
            whole(r, Name::TlvValue)
        }
        0x010c => session(r),
        0x0114 => {
            r.u16(Name::KeyExchangeVersion)?;
            r.tok2(Name::PublicKey).map(drop)
        }
        0x0301 => r.str2(Name::QrText),
        0x0309 => ping(r),
        0x030f => r.str2(Name::ComputerName),
        0x0310 => r.ip(Name::ServerAddress).map(drop),
        0x0313 => {
            r.unknown(3)?;
            r.tok2(Name::ComputerId)?;
            r.unknown(4).map(drop)
        }
        0x0032 | 0x0036 | 0x0105 => {
            version(r)?;
            whole(r, Name::TlvValue)
        }
        _ => whole(r, Name::TlvValue),
    }
}

fn whole(r: &mut Reader<'_>, name: Name) -> ReadResult {
    r.rest(name);
    Some(())
}

/// 0002 0000 IDC4 ISP4 server4 port2 zero4. A client repeats it to the new server.
fn redirect(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    version(r)?;
    r.unknown(2)?;
    r.u32(Name::Idc)?;
    r.u32(Name::Isp)?;
    if to_server {
        r.ip(Name::ServerAddress)?;
        r.u16(Name::ServerPort)?;
    } else {
        r.ip(Name::RedirectAddress)?;
        r.u16(Name::RedirectPort)?;
    }
    r.unknown(4).map(drop)
}

/// 0001, then number1 CRC4 id-with-length, twice.
fn computer_ids(r: &mut Reader<'_>) -> ReadResult {
    version(r)?;
    r.all(|r| {
        r.unknown(1)?;
        r.u32(Name::Crc)?;
        r.tok2(Name::ComputerId).map(drop)
    })
}

/// 0001 time4 address4 port2 zero2.
fn client_address(r: &mut Reader<'_>) -> ReadResult {
    version(r)?;
    r.time(Name::ServerTime)?;
    r.ip(Name::ClientAddress)?;
    r.u16(Name::ClientPort)?;
    r.unknown(2).map(drop)
}

/// 0001 SSO4 service4 build4 QQ-number4 redirects2 zero2.
fn versions(r: &mut Reader<'_>) -> ReadResult {
    version(r)?;
    builds(r)?;
    r.u32(Name::OwnUin)?;
    r.u16(Name::RedirectCount)?;
    r.unknown(2).map(drop)
}

/// 0001 previous-server4 count1 earlier-servers type1; newer: 000a, length2 server4,
/// 0002.
fn ping(r: &mut Reader<'_>) -> ReadResult {
    if version(r)? == 0x000a {
        r.window2(|r| r.ip(Name::PreviousServer).map(drop))?;
        return r.unknown(2).map(drop);
    }
    r.ip(Name::PreviousServer)?;
    let count = r.u8(Name::RedirectCount)?;
    for _ in 0..count {
        r.ip(Name::PreviousServer)?;
    }
    r.u8(Name::PingType).map(drop)
}

/// version2 command2 code4 message-with-length.
fn error(r: &mut Reader<'_>) -> ReadResult {
    version(r)?;
    r.unknown(2)?;
    r.u32(Name::LoginError)?;
    r.str2(Name::LoginMessage)
}

/// version2 command2 code4 0005 needed1, ..., picture-with-length next1. The part in
/// between is not published: the picture is found by the signature of a PNG.
fn captcha(r: &mut Reader<'_>) -> ReadResult {
    version(r)?;
    r.unknown(2)?;
    r.u32(Name::LoginError)?;
    r.unknown(2)?;
    r.u8(Name::CaptchaNeeded)?;
    let png = memchr::memmem::find(r.ahead(), b"\x89PNG");
    if let Some(before) = png.and_then(|at| at.checked_sub(2)) {
        r.unknown(before)?;
        r.tok2(Name::CaptchaPicture)?;
        r.u8(Name::CaptchaNext)?;
    }
    whole(r, Name::TlvValue)
}

/// 0002, limits-with-length (service4 priority4 refresh4 valid4 retry4 retries2), key16, TGT,
/// key16, ST, HTTP tickets (§7.4).
fn tickets(r: &mut Reader<'_>) -> ReadResult {
    version(r)?;
    r.window2(|r| {
        r.u32(Name::ServiceId)?;
        r.u32(Name::TicketPriority)?;
        r.u32(Name::TicketRefresh)?;
        r.u32(Name::TicketValid)?;
        r.u32(Name::TicketRetry)?;
        r.u16(Name::TicketRetries).map(drop)
    })?;
    r.secret(Name::NextKey, 16)?;
    r.tok2(Name::Ticket)?;
    r.secret(Name::NextKey, 16)?;
    r.tok2(Name::Ticket)?;
    r.window2(|r| {
        r.unknown(1)?;
        r.secret(Name::NextKey, 16)?;
        r.tok2(Name::Ticket)?;
        r.rest(Name::TlvValue);
        Some(())
    })?;
    whole(r, Name::TlvValue)
}

/// 0001, two lengths, face2 nickname gender1 flags4 age1.
fn account(r: &mut Reader<'_>) -> ReadResult {
    version(r)?;
    r.window2(|r| {
        r.window2(|r| {
            r.u16(Name::Avatar)?;
            r.str1(Name::Nickname)?;
            r.code8(Name::Gender, &GENDERS)?;
            r.u32(Name::UserFlags)?;
            r.u8(Name::Age).map(drop)
        })
    })
}

/// 0001 key16 QQ-number4 address4 port2 time4 and servers: the session (§7.5).
fn session(r: &mut Reader<'_>) -> ReadResult {
    version(r)?;
    r.secret(Name::SessionKey, 16)?;
    r.u32(Name::OwnUin)?;
    r.ip(Name::ClientAddress)?;
    r.u16(Name::ClientPort)?;
    r.time(Name::ServerTime)?;
    r.unknown(5)?;
    r.ip(Name::ServerAddress)?;
    r.ip(Name::ServerAddress)?;
    whole(r, Name::TlvValue)
}
