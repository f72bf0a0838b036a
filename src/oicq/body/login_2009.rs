//! Logins of QQ2009 to QQ2012: 0x0091, 0x00ba, 0x00dd, 0x00de, 0x00e3, 0x00e5, 0x00a4,
//! 0x0030.
//!
//! Source: protocol reference, OICQ §4.4.

use crate::oicq::body::codes::{
    CAPTCHA_COMMANDS, CAPTCHA_NEEDS, ENTRY_TYPES, LOCALES, LOGIN_MODES, PASSWORD_RESULTS, REPLIES,
};
use crate::oicq::body::login_classic::{captcha_request, picture, random_and_crc, redirects};
use crate::oicq::body::reader::Reader;
use crate::oicq::fields::Field;

type Read = Option<()>;

/// Locale4 and time zone2.
pub(crate) fn locale(r: &mut Reader<'_>) -> Read {
    r.code32(Field::Locale, &LOCALES)?;
    r.u16(Field::TimeZone).map(drop)
}

/// SSO version4, service4, client build4: which program logs in (§3.3).
pub(crate) fn builds(r: &mut Reader<'_>) -> Read {
    r.u32(Field::SsoVersion)?;
    r.u32(Field::ServiceId)?;
    r.u32(Field::ClientBuild).map(drop)
}

/// The 20 bytes that begin most requests.
fn head(r: &mut Reader<'_>) -> Read {
    r.unexplained(2)?;
    locale(r)?;
    builds(r)
}

/// 0x0091: which server?
pub(crate) fn touch(r: &mut Reader<'_>, to_server: bool) -> Read {
    if to_server {
        head(r)?;
        return redirects(r, Field::PreviousServer);
    }
    r.code8(Field::LoginResult, &REPLIES)?;
    r.time(Field::ServerTime)?;
    r.ip(Field::ClientAddress)?;
    r.unexplained(8)?;
    r.tok2(Field::Ticket)?;
    if r.u8(Field::RedirectCount)? == 0 {
        return Some(());
    }
    r.u8(Field::RedirectTimes)?;
    r.u32(Field::Isp)?;
    r.unexplained(4)?;
    r.ip(Field::RedirectAddress).map(drop)
}

/// 0x00ba: a captcha.
pub(crate) fn captcha(r: &mut Reader<'_>, to_server: bool) -> Read {
    if to_server {
        head(r)?;
        r.tok2(Field::Ticket)?;
        return captcha_request(r);
    }
    r.code8(Field::SubCommand, &CAPTCHA_COMMANDS)?;
    r.unexplained(2)?;
    r.code8(Field::CaptchaNeeded, &CAPTCHA_NEEDS)?;
    r.unexplained(4)?;
    r.tok2(Field::CaptchaToken)?;
    picture(r)
}

/// 0x00dd: the password.
pub(crate) fn password(r: &mut Reader<'_>, to_server: bool) -> Read {
    r.u16(Field::BodyLength)?;
    if !to_server {
        return password_reply(r);
    }
    head(r)?;
    r.tok2(Field::CaptchaToken)?;
    r.tok2(Field::LoginBlob)?;
    random_and_crc(r)?;
    r.window2(|r| {
        r.unexplained(10)?;
        r.tok2(Field::ComputerId)?;
        r.unexplained(9)?;
        r.tok2(Field::ComputerId)?;
        r.rest(Field::Unexplained);
        Some(())
    })
}

fn password_reply(r: &mut Reader<'_>) -> Read {
    let code = r.code8(Field::LoginResult, &PASSWORD_RESULTS)?;
    if code != 0 {
        r.unexplained(4)?;
        r.tok2(Field::Ticket)?;
        r.tok2(Field::Ticket)?;
        return r.str2(Field::LoginMessage);
    }
    r.tok2(Field::Ticket)?;
    r.unexplained(4)?;
    r.time(Field::ServerTime)?;
    r.tok2(Field::Ticket)?;
    r.tok2(Field::Ticket)?;
    r.secret(Field::NextKey, 16)?;
    r.tok2(Field::Ticket)?;
    r.secret(Field::NextKey, 16).map(drop)
}

/// What the 120 encrypted bytes in 0x00dd and in TLV 0006 hold: 104 bytes, the hash of the
/// password at 25 and the key of the reply at 88 (§4.4, §7.4).
pub(crate) fn blob(r: &mut Reader<'_>) -> Read {
    r.bytes(Field::Random, 4)?;
    r.unexplained(2)?;
    r.u32(Field::OwnUin)?;
    builds(r)?;
    r.unexplained(2)?;
    r.u8(Field::Remember)?;
    r.secret(Field::PasswordHash, 16)?;
    r.time(Field::ServerTime)?;
    r.unexplained(13)?;
    r.ip(Field::ClientAddress)?;
    r.unexplained(8)?;
    r.tok2(Field::ComputerId)?;
    r.secret(Field::NextKey, 16).map(drop)
}

/// 0x00de: a dynamic token.
pub(crate) fn dynamic_token(r: &mut Reader<'_>, to_server: bool) -> Read {
    if to_server {
        r.u16(Field::BodyLength)?;
    }
    r.rest(Field::Unexplained);
    Some(())
}

/// 0x00e5: what is known of the account, and the keys of the next steps.
pub(crate) fn login_info(r: &mut Reader<'_>, to_server: bool) -> Read {
    r.u16(Field::BodyLength)?;
    r.unexplained(2)?;
    if to_server {
        locale(r)?;
        builds(r)?;
        r.tok2(Field::CaptchaToken)?;
        r.tok2(Field::Ticket)?;
        r.tok2(Field::Ticket)?;
        r.rest(Field::Unexplained);
        return Some(());
    }
    r.secret(Field::NextKey, 16)?;
    r.unexplained(12)?;
    r.time(Field::ServerTime)?;
    r.ip(Field::ClientAddress)?;
    r.unexplained(8)?;
    r.tok2(Field::Ticket)?;
    r.secret(Field::NextKey, 16)?;
    r.tok2(Field::Ticket)?;
    r.rest(Field::Unexplained);
    Some(())
}

/// 0x00a4: shows what 0x00e5 gave.
pub(crate) fn after_info(r: &mut Reader<'_>, to_server: bool) -> Read {
    if to_server {
        r.unexplained(4)?;
        r.tok1(Field::Ticket)?;
    }
    r.rest(Field::Unexplained);
    Some(())
}

/// 0x00e3: the nickname.
pub(crate) fn verify(r: &mut Reader<'_>, to_server: bool) -> Read {
    if !to_server {
        return r.str1(Field::Nickname);
    }
    r.u16(Field::BodyLength)?;
    head(r)?;
    r.tok2(Field::CaptchaToken)?;
    r.tok2(Field::Ticket)?;
    r.unexplained(4).map(drop)
}

/// 0x0030: the session key.
pub(crate) fn login(r: &mut Reader<'_>, to_server: bool) -> Read {
    if !to_server {
        if r.code8(Field::LoginResult, &PASSWORD_RESULTS)? != 0 {
            return r.rest_text(Field::LoginMessage);
        }
        r.secret(Field::SessionKey, 16)?;
        r.u32(Field::OwnUin)?;
        r.ip(Field::ClientAddress)?;
        r.u16(Field::ClientPort)?;
        r.time(Field::ServerTime)?;
        r.ip(Field::LocalAddress)?;
        r.unexplained(42)?;
        return r.tok2(Field::Ticket).map(drop);
    }
    r.unexplained(2)?;
    builds(r)?;
    r.unexplained(4)?;
    r.time(Field::ServerTime)?;
    r.ip(Field::ClientAddress)?;
    r.unexplained(8)?;
    r.tok2(Field::Ticket)?;
    r.unexplained(35)?;
    r.bytes(Field::ExeHash, 16)?;
    r.unexplained(1)?;
    r.code8(Field::LoginMode, &LOGIN_MODES)?;
    r.unexplained(10)?;
    redirects(r, Field::PreviousServer)?;
    locale(r)?;
    r.unexplained(16)?;
    r.tok2(Field::CaptchaToken)?;
    r.unexplained(12)?;
    r.tok2(Field::Unexplained)?;
    r.rest(Field::Unexplained);
    Some(())
}

/// 0x00eb: which friend and which group is in which folder.
pub(crate) fn folders(r: &mut Reader<'_>, to_server: bool) -> Read {
    if to_server {
        r.u8(Field::SubCommand)?;
        r.unexplained(9)?;
        return r.u16(Field::Position).map(drop);
    }
    r.u8(Field::SubCommand)?;
    r.unexplained(9)?;
    r.time(Field::ServerTime)?;
    r.u16(Field::Pages)?;
    r.u16(Field::Page)?;
    let count = r.u16(Field::Count)?;
    r.counted(count.into(), Field::Friend, folder_entry)
}

/// QQ number or group4, which of the two1, folder times four1.
pub(crate) fn folder_entry(r: &mut Reader<'_>) -> Read {
    let is_group = r.ahead().get(4) == Some(&4);
    r.u32(if is_group {
        Field::GroupId
    } else {
        Field::FriendUin
    })?;
    r.code8(Field::EntryType, &ENTRY_TYPES)?;
    r.multiple(Field::Folder, 4)
}
