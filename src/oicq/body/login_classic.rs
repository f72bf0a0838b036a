//! Logins up to QQ2008: token, server, captcha, password, login.
//!
//! Source: protocol reference, OICQ §4.3.

use crate::oicq::body::codes::{
    CAPTCHA_COMMANDS, CAPTCHA_NEEDS, CLASSIC_LOGIN_RESULTS, LOCALES, LOGIN_MODES, PASSWORD_RESULTS,
    REPLIES,
};
use crate::oicq::body::reader::Reader;
use crate::oicq::fields::Field;

type Read = Option<()>;

/// 0x0062: `00` asks; `00 str1` answers.
pub(crate) fn token(r: &mut Reader<'_>, to_server: bool) -> Read {
    if to_server {
        return r.u8(Field::SubCommand).map(drop);
    }
    r.code8(Field::LoginResult, &REPLIES)?;
    r.tok1(Field::Ticket).map(drop)
}

/// What a client says of redirects so far, 15 bytes: count2 times1 ISP4 reserved4 server4.
pub(crate) fn redirects(r: &mut Reader<'_>, address: Field) -> Read {
    r.u16(Field::RedirectCount)?;
    r.u8(Field::RedirectTimes)?;
    r.u32(Field::Isp)?;
    r.unexplained(4)?;
    r.ip(address).map(drop)
}

/// 0x0091: which server? The answer `0000` means this one.
pub(crate) fn select_server(r: &mut Reader<'_>, to_server: bool) -> Read {
    if to_server {
        return redirects(r, Field::PreviousServer);
    }
    if r.left() == 2 {
        return r.u16(Field::RedirectCount).map(drop);
    }
    redirects(r, Field::RedirectAddress)
}

/// 0x00ba: a token, if need be for the answer to a picture.
pub(crate) fn captcha(r: &mut Reader<'_>, to_server: bool) -> Read {
    if !to_server {
        r.code8(Field::SubCommand, &CAPTCHA_COMMANDS)?;
        r.unexplained(2)?;
        r.code8(Field::CaptchaNeeded, &CAPTCHA_NEEDS)?;
        r.tok2(Field::Ticket)?;
        return picture(r);
    }
    // QQ2006 begins with the sub-command, QQ2007 and 2008 with a token of 24 bytes.
    if !matches!(r.peek(), Some(1 | 2)) {
        r.tok1(Field::Ticket)?;
    }
    captcha_request(r)
}

/// What a request for a captcha asks, from the sub-command on.
pub(crate) fn captcha_request(r: &mut Reader<'_>) -> Read {
    let sub = r.code8(Field::SubCommand, &CAPTCHA_COMMANDS)?;
    r.unexplained(6)?;
    match sub {
        2 | 4 | 0x14 => {
            r.str2(Field::CaptchaCode)?;
            r.tok2(Field::CaptchaToken)?;
        }
        1 => {}
        _ => {
            r.u8(Field::CaptchaPart)?;
            if r.left() > 0 {
                r.tok2(Field::CaptchaToken)?;
            }
        }
    }
    Some(())
}

/// A part of a picture, where there is one: str2 index1 next1 str2.
pub(crate) fn picture(r: &mut Reader<'_>) -> Read {
    if r.left() == 0 {
        return Some(());
    }
    r.tok2(Field::CaptchaPicture)?;
    r.u8(Field::CaptchaPart)?;
    r.u8(Field::CaptchaNext)?;
    r.tok2(Field::CaptchaToken).map(drop)
}

/// 16 random bytes and their CRC-32, behind a length of two bytes.
pub(crate) fn random_and_crc(r: &mut Reader<'_>) -> Read {
    r.window2(|r| {
        r.bytes(Field::Random, 16)?;
        r.u32(Field::Crc).map(drop)
    })
}

/// 0x00dd of QQ2007 and 2008: the password.
pub(crate) fn password(r: &mut Reader<'_>, to_server: bool) -> Read {
    r.u16(Field::BodyLength)?;
    if to_server {
        r.code32(Field::Locale, &LOCALES)?;
        r.u16(Field::TimeZone)?;
        r.tok1(Field::Ticket)?;
        r.tok2(Field::LoginBlob)?;
        random_and_crc(r)?;
        r.rest(Field::Unexplained);
        return Some(());
    }
    let code = r.code8(Field::LoginResult, &PASSWORD_RESULTS)?;
    r.bytes(Field::Random, 4)?;
    r.tok2(Field::Ticket)?;
    r.tok2(Field::Ticket)?;
    if code != 0 {
        return r.str2(Field::LoginMessage);
    }
    r.tok2(Field::Ticket)?;
    r.secret(Field::NextKey, 16)?;
    r.rest(Field::Unexplained);
    Some(())
}

/// What the blob of 0x00dd in QQ2007 and 2008 holds: md5(password)16 0000 random2.
pub(crate) fn password_proof(r: &mut Reader<'_>) -> Read {
    r.secret(Field::PasswordHash, 16)?;
    r.unexplained(2)?;
    r.bytes(Field::Random, 2).map(drop)
}

/// 0x0022 up to QQ2006, to the server: 69 bytes (QQ2003), 416 or 449.
pub(crate) fn login(r: &mut Reader<'_>) -> Read {
    r.bytes(Field::LoginProof, 16)?;
    r.unexplained(36)?;
    r.code8(Field::LoginMode, &LOGIN_MODES)?;
    if r.left() == 16 {
        return r.bytes(Field::ComputerId, 16).map(drop);
    }
    r.unexplained(16)?;
    if r.peek() == Some(1) {
        // QQ2006: 01, two numbers and 16 fixed bytes more.
        r.unexplained(25)?;
    }
    r.tok1(Field::Ticket)?;
    r.rest(Field::Unexplained);
    Some(())
}

/// 0x0022 of QQ2007 and 2008, to the server.
pub(crate) fn token_login(r: &mut Reader<'_>) -> Read {
    r.unexplained(2)?;
    r.tok2(Field::LoginBlob)?;
    r.bytes(Field::LoginProof, 16)?;
    r.unexplained(1)?;
    r.ip(Field::LocalAddress)?;
    r.u16(Field::LocalPort)?;
    r.u32(Field::ClientBuild)?;
    r.unexplained(4)?;
    r.code32(Field::Locale, &LOCALES)?;
    r.bytes(Field::ExeHash, 16)?;
    r.unexplained(1)?;
    r.code8(Field::LoginMode, &LOGIN_MODES)?;
    r.unexplained(10)?;
    redirects(r, Field::PreviousServer)?;
    r.bytes(Field::ComputerId, 16)?;
    r.tok1(Field::Ticket)?;
    r.unexplained(2)?;
    r.tok2(Field::Unexplained)?;
    r.window2(|r| {
        r.unexplained(1)?;
        r.u32(Field::Crc)?;
        r.tok2(Field::ComputerId)?;
        r.rest(Field::Unexplained);
        Some(())
    })
}

/// 0x0022, to the client: 139 to 148 bytes when the login was right.
pub(crate) fn login_reply(r: &mut Reader<'_>) -> Read {
    let whole = r.left();
    match r.code8(Field::LoginResult, &CLASSIC_LOGIN_RESULTS)? {
        0x00 => {}
        0x01 => {
            r.u32(Field::OwnUin)?;
            r.ip(Field::RedirectAddress)?;
            return r.u16(Field::RedirectPort).map(drop);
        }
        0x0a => {
            r.u32(Field::OwnUin)?;
            r.unexplained(10)?;
            return r.ip(Field::RedirectAddress).map(drop);
        }
        _ => return r.rest_text(Field::LoginMessage),
    }
    r.secret(Field::SessionKey, 16)?;
    r.u32(Field::OwnUin)?;
    r.ip(Field::ClientAddress)?;
    r.u16(Field::ClientPort)?;
    r.ip(Field::ServerAddress)?;
    r.u16(Field::ServerPort)?;
    r.time(Field::ServerTime)?;
    r.unexplained(2)?;
    r.bytes(Field::Ticket, 24)?;
    for _ in 0..2 {
        r.ip(Field::ServerAddress)?;
        r.u16(Field::ServerPort)?;
    }
    r.unexplained(if whole == 139 { 4 } else { 8 })?;
    r.secret(Field::ClientKey, 32)?;
    r.unexplained(12)?;
    r.ip(Field::LastLoginAddress)?;
    r.time(Field::LastLoginTime)?;
    r.rest(Field::Unexplained);
    Some(())
}

/// 0x0018 of QQ2006 beta 3: is the password still the same?
pub(crate) fn password_changed(r: &mut Reader<'_>) -> Read {
    r.bytes(Field::LoginProof, 16)?;
    r.unexplained(2)?;
    r.tok1(Field::Ticket)?;
    r.rest(Field::Unexplained);
    Some(())
}

/// 0x0001 up to QQ2008: the end of a session, with a hash of the password.
pub(crate) fn logout(r: &mut Reader<'_>) -> Read {
    r.secret(Field::PasswordHash, 16).map(drop)
}
