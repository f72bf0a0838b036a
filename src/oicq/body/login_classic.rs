//! Logins up to QQ2008: token, server, captcha, password, login.
//!
//! Source: docs/protocol/oicq.md §4.3.

use crate::oicq::body::codes::{
    CAPTCHA_COMMANDS, CAPTCHA_NEEDS, CLASSIC_LOGIN_RESULTS, LOCALES, LOGIN_MODES, PASSWORD_RESULTS,
    REPLIES,
};
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::{ReadResult, Reader};

/// 0x0062: `00` is the request, `00 str1` the reply.
pub(crate) fn token(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if to_server {
        return r.u8(Name::SubCommand).map(drop);
    }
    r.code8(Name::LoginResult, &REPLIES)?;
    r.tok1(Name::Ticket).map(drop)
}

/// The client's redirects so far, 15 bytes: count2 times1 ISP4 reserved4 server4.
pub(crate) fn redirects(r: &mut Reader<'_>, address: Name) -> ReadResult {
    r.u16(Name::RedirectCount)?;
    r.u8(Name::RedirectTimes)?;
    r.u32(Name::Isp)?;
    r.unknown(4)?;
    r.ip(address).map(drop)
}

/// 0x0091: selects the server. The reply `0000` means the present one.
pub(crate) fn select_server(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if to_server {
        return redirects(r, Name::PreviousServer);
    }
    if r.left() == 2 {
        return r.u16(Name::RedirectCount).map(drop);
    }
    redirects(r, Name::RedirectAddress)
}

/// 0x00ba: requests a token, after a captcha if required.
pub(crate) fn captcha(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if !to_server {
        r.code8(Name::SubCommand, &CAPTCHA_COMMANDS)?;
        r.unknown(2)?;
        r.code8(Name::CaptchaNeeded, &CAPTCHA_NEEDS)?;
        r.tok2(Name::Ticket)?;
        return picture(r);
    }
    // QQ2006 begins with the sub-command, QQ2007 and 2008 with a token of 24 bytes.
    if !matches!(r.peek(), Some(1 | 2)) {
        r.tok1(Name::Ticket)?;
    }
    captcha_request(r)
}

/// A request for a captcha, from the sub-command on.
pub(crate) fn captcha_request(r: &mut Reader<'_>) -> ReadResult {
    let sub = r.code8(Name::SubCommand, &CAPTCHA_COMMANDS)?;
    r.unknown(6)?;
    match sub {
        2 | 4 | 0x14 => {
            r.str2(Name::CaptchaCode)?;
            r.tok2(Name::CaptchaToken)?;
        }
        1 => {}
        _ => {
            r.u8(Name::CaptchaPart)?;
            if r.left() > 0 {
                r.tok2(Name::CaptchaToken)?;
            }
        }
    }
    Some(())
}

/// A part of a picture, if there is one: str2 index1 next1 str2.
pub(crate) fn picture(r: &mut Reader<'_>) -> ReadResult {
    if r.left() == 0 {
        return Some(());
    }
    r.tok2(Name::CaptchaPicture)?;
    r.u8(Name::CaptchaPart)?;
    r.u8(Name::CaptchaNext)?;
    r.tok2(Name::CaptchaToken).map(drop)
}

/// A length of two bytes, 16 random bytes and their CRC-32.
pub(crate) fn random_and_crc(r: &mut Reader<'_>) -> ReadResult {
    r.window2(|r| {
        r.bytes(Name::Random, 16)?;
        r.u32(Name::Crc).map(drop)
    })
}

/// 0x00dd of QQ2007 and 2008: checks the password.
pub(crate) fn password(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    r.u16(Name::BodyLength)?;
    if to_server {
        r.code32(Name::Locale, &LOCALES)?;
        r.u16(Name::TimeZone)?;
        r.tok1(Name::Ticket)?;
        r.tok2(Name::LoginBlob)?;
        random_and_crc(r)?;
        r.rest(Name::UnknownData);
        return Some(());
    }
    let code = r.code8(Name::LoginResult, &PASSWORD_RESULTS)?;
    r.bytes(Name::Random, 4)?;
    r.tok2(Name::Ticket)?;
    r.tok2(Name::Ticket)?;
    if code != 0 {
        return r.str2(Name::LoginMessage);
    }
    r.tok2(Name::Ticket)?;
    r.secret(Name::NextKey, 16)?;
    r.rest(Name::UnknownData);
    Some(())
}

/// The plaintext of the blob of 0x00dd in QQ2007 and 2008: md5(password)16 0000 random2.
pub(crate) fn password_proof(r: &mut Reader<'_>) -> ReadResult {
    r.secret(Name::PasswordHash, 16)?;
    r.unknown(2)?;
    r.bytes(Name::Random, 2).map(drop)
}

/// 0x0022 up to QQ2006, to the server: 69 bytes (QQ2003), 416 or 449.
pub(crate) fn login(r: &mut Reader<'_>) -> ReadResult {
    r.bytes(Name::LoginProof, 16)?;
    r.unknown(36)?;
    r.code8(Name::LoginMode, &LOGIN_MODES)?;
    if r.left() == 16 {
        return r.bytes(Name::ComputerId, 16).map(drop);
    }
    r.unknown(16)?;
    if r.peek() == Some(1) {
        // QQ2006: 25 bytes more, namely 01, two numbers and 16 fixed bytes.
        r.unknown(25)?;
    }
    r.tok1(Name::Ticket)?;
    r.rest(Name::UnknownData);
    Some(())
}

/// 0x0022 of QQ2007 and 2008, to the server.
pub(crate) fn token_login(r: &mut Reader<'_>) -> ReadResult {
    r.unknown(2)?;
    r.tok2(Name::LoginBlob)?;
    r.bytes(Name::LoginProof, 16)?;
    r.unknown(1)?;
    r.ip(Name::LocalAddress)?;
    r.u16(Name::LocalPort)?;
    r.u32(Name::ClientBuild)?;
    r.unknown(4)?;
    r.code32(Name::Locale, &LOCALES)?;
    r.bytes(Name::ExeHash, 16)?;
    r.unknown(1)?;
    r.code8(Name::LoginMode, &LOGIN_MODES)?;
    r.unknown(10)?;
    redirects(r, Name::PreviousServer)?;
    r.bytes(Name::ComputerId, 16)?;
    r.tok1(Name::Ticket)?;
    r.unknown(2)?;
    r.tok2(Name::UnknownData)?;
    r.window2(|r| {
        r.unknown(1)?;
        r.u32(Name::Crc)?;
        r.tok2(Name::ComputerId)?;
        r.rest(Name::UnknownData);
        Some(())
    })
}

/// 0x0022, to the client: 139 to 148 bytes if the login succeeds.
pub(crate) fn login_reply(r: &mut Reader<'_>) -> ReadResult {
    let whole = r.left();
    match r.code8(Name::LoginResult, &CLASSIC_LOGIN_RESULTS)? {
        0x00 => {}
        0x01 => {
            r.u32(Name::OwnUin)?;
            r.ip(Name::RedirectAddress)?;
            return r.u16(Name::RedirectPort).map(drop);
        }
        0x0a => {
            r.u32(Name::OwnUin)?;
            r.unknown(10)?;
            return r.ip(Name::RedirectAddress).map(drop);
        }
        _ => return r.rest_text(Name::LoginMessage),
    }
    r.secret(Name::SessionKey, 16)?;
    r.u32(Name::OwnUin)?;
    r.ip(Name::ClientAddress)?;
    r.u16(Name::ClientPort)?;
    r.ip(Name::ServerAddress)?;
    r.u16(Name::ServerPort)?;
    r.time(Name::ServerTime)?;
    r.unknown(2)?;
    r.bytes(Name::Ticket, 24)?;
    for _ in 0..2 {
        r.ip(Name::ServerAddress)?;
        r.u16(Name::ServerPort)?;
    }
    r.unknown(if whole == 139 { 4 } else { 8 })?;
    r.secret(Name::ClientKey, 32)?;
    r.unknown(12)?;
    r.ip(Name::LastLoginAddress)?;
    r.time(Name::LastLoginTime)?;
    r.rest(Name::UnknownData);
    Some(())
}

/// 0x0018 of QQ2006 beta 3: whether the password has changed.
pub(crate) fn password_changed(r: &mut Reader<'_>) -> ReadResult {
    r.bytes(Name::LoginProof, 16)?;
    r.unknown(2)?;
    r.tok1(Name::Ticket)?;
    r.rest(Name::UnknownData);
    Some(())
}

/// 0x0001 up to QQ2008: the end of a session, with a hash of the password.
pub(crate) fn logout(r: &mut Reader<'_>) -> ReadResult {
    r.secret(Name::PasswordHash, 16).map(drop)
}
