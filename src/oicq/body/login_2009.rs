//! Logins of QQ2009 to QQ2012: 0x0091, 0x00ba, 0x00dd, 0x00de, 0x00e3, 0x00e5, 0x00a4,
//! 0x0030.
//!
//! Source: docs/protocol/oicq.md §4.4.

use crate::oicq::body::codes::{
    CAPTCHA_COMMANDS, CAPTCHA_NEEDS, ENTRY_TYPES, LOCALES, LOGIN_MODES, PASSWORD_RESULTS, REPLIES,
};
use crate::oicq::body::login_classic::{captcha_request, picture, random_and_crc, redirects};
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::{ReadResult, Reader};

/// Locale4 and time zone2.
pub(crate) fn locale(r: &mut Reader<'_>) -> ReadResult {
    r.code32(Name::Locale, &LOCALES)?;
    r.u16(Name::TimeZone).map(drop)
}

/// SSO version4, service4, client build4: the program that logs in (§3.3).
pub(crate) fn builds(r: &mut Reader<'_>) -> ReadResult {
    r.u32(Name::SsoVersion)?;
    r.u32(Name::ServiceId)?;
    r.u32(Name::ClientBuild).map(drop)
}

/// The 20 bytes that begin most requests.
fn head(r: &mut Reader<'_>) -> ReadResult {
    r.unknown(2)?;
    locale(r)?;
    builds(r)
}

/// 0x0091: selects the server.
pub(crate) fn touch(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if to_server {
        head(r)?;
        return redirects(r, Name::PreviousServer);
    }
    r.code8(Name::LoginResult, &REPLIES)?;
    r.time(Name::ServerTime)?;
    r.ip(Name::ClientAddress)?;
    r.unknown(8)?;
    r.tok2(Name::Ticket)?;
    if r.u8(Name::RedirectCount)? == 0 {
        return Some(());
    }
    r.u8(Name::RedirectTimes)?;
    r.u32(Name::Isp)?;
    r.unknown(4)?;
    r.ip(Name::RedirectAddress).map(drop)
}

/// 0x00ba: requests or answers a captcha.
pub(crate) fn captcha(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if to_server {
        head(r)?;
        r.tok2(Name::Ticket)?;
        return captcha_request(r);
    }
    r.code8(Name::SubCommand, &CAPTCHA_COMMANDS)?;
    r.unknown(2)?;
    r.code8(Name::CaptchaNeeded, &CAPTCHA_NEEDS)?;
    r.unknown(4)?;
    r.tok2(Name::CaptchaToken)?;
    picture(r)
}

/// 0x00dd: checks the password.
pub(crate) fn password(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    r.u16(Name::BodyLength)?;
    if !to_server {
        return password_reply(r);
    }
    head(r)?;
    r.tok2(Name::CaptchaToken)?;
    r.tok2(Name::LoginBlob)?;
    random_and_crc(r)?;
    r.window2(|r| {
        r.unknown(10)?;
        r.tok2(Name::ComputerId)?;
        r.unknown(9)?;
        r.tok2(Name::ComputerId)?;
        r.rest(Name::UnknownData);
        Some(())
    })
}

fn password_reply(r: &mut Reader<'_>) -> ReadResult {
    let code = r.code8(Name::LoginResult, &PASSWORD_RESULTS)?;
    if code != 0 {
        r.unknown(4)?;
        r.tok2(Name::Ticket)?;
        r.tok2(Name::Ticket)?;
        return r.str2(Name::LoginMessage);
    }
    r.tok2(Name::Ticket)?;
    r.unknown(4)?;
    r.time(Name::ServerTime)?;
    r.tok2(Name::Ticket)?;
    r.tok2(Name::Ticket)?;
    r.secret(Name::NextKey, 16)?;
    r.tok2(Name::Ticket)?;
    r.secret(Name::NextKey, 16).map(drop)
}

/// The plaintext of the 120 encrypted bytes in 0x00dd and in TLV 0006: 104 bytes, with
/// the hash of the password at offset 25 and the key of the reply at 88 (§4.4, §7.4).
pub(crate) fn password_proof(r: &mut Reader<'_>) -> ReadResult {
    r.bytes(Name::Random, 4)?;
    r.unknown(2)?;
    r.u32(Name::OwnUin)?;
    builds(r)?;
    r.unknown(2)?;
    r.u8(Name::Remember)?;
    r.secret(Name::PasswordHash, 16)?;
    r.time(Name::ServerTime)?;
    r.unknown(13)?;
    r.ip(Name::ClientAddress)?;
    r.unknown(8)?;
    r.tok2(Name::ComputerId)?;
    r.secret(Name::NextKey, 16).map(drop)
}

/// 0x00de: a dynamic token.
pub(crate) fn dynamic_token(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if to_server {
        r.u16(Name::BodyLength)?;
    }
    r.rest(Name::UnknownData);
    Some(())
}

/// 0x00e5: account information, and the keys of the next steps.
pub(crate) fn login_info(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    r.u16(Name::BodyLength)?;
    r.unknown(2)?;
    if to_server {
        locale(r)?;
        builds(r)?;
        r.tok2(Name::CaptchaToken)?;
        r.tok2(Name::Ticket)?;
        r.tok2(Name::Ticket)?;
        r.rest(Name::UnknownData);
        return Some(());
    }
    r.secret(Name::NextKey, 16)?;
    r.unknown(12)?;
    r.time(Name::ServerTime)?;
    r.ip(Name::ClientAddress)?;
    r.unknown(8)?;
    r.tok2(Name::Ticket)?;
    r.secret(Name::NextKey, 16)?;
    r.tok2(Name::Ticket)?;
    r.rest(Name::UnknownData);
    Some(())
}

/// 0x00a4: presents the ticket of 0x00e5.
pub(crate) fn after_info(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if to_server {
        r.unknown(4)?;
        r.tok1(Name::Ticket)?;
    }
    r.rest(Name::UnknownData);
    Some(())
}

/// 0x00e3: the nickname.
pub(crate) fn verify(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if !to_server {
        return r.str1(Name::Nickname);
    }
    r.u16(Name::BodyLength)?;
    head(r)?;
    r.tok2(Name::CaptchaToken)?;
    r.tok2(Name::Ticket)?;
    r.unknown(4).map(drop)
}

/// 0x0030: the session key.
pub(crate) fn login(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if !to_server {
        if r.code8(Name::LoginResult, &PASSWORD_RESULTS)? != 0 {
            return r.rest_text(Name::LoginMessage);
        }
        r.secret(Name::SessionKey, 16)?;
        r.u32(Name::OwnUin)?;
        r.ip(Name::ClientAddress)?;
        r.u16(Name::ClientPort)?;
        r.time(Name::ServerTime)?;
        r.ip(Name::LocalAddress)?;
        r.unknown(42)?;
        return r.tok2(Name::Ticket).map(drop);
    }
    r.unknown(2)?;
    builds(r)?;
    r.unknown(4)?;
    r.time(Name::ServerTime)?;
    r.ip(Name::ClientAddress)?;
    r.unknown(8)?;
    r.tok2(Name::Ticket)?;
    r.unknown(35)?;
    r.bytes(Name::ExeHash, 16)?;
    r.unknown(1)?;
    r.code8(Name::LoginMode, &LOGIN_MODES)?;
    r.unknown(10)?;
    redirects(r, Name::PreviousServer)?;
    locale(r)?;
    r.unknown(16)?;
    r.tok2(Name::CaptchaToken)?;
    r.unknown(12)?;
    r.tok2(Name::UnknownData)?;
    r.rest(Name::UnknownData);
    Some(())
}

/// 0x00eb: the folder of each friend and group.
pub(crate) fn folders(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if to_server {
        r.u8(Name::SubCommand)?;
        r.unknown(9)?;
        return r.u16(Name::Position).map(drop);
    }
    r.u8(Name::SubCommand)?;
    r.unknown(9)?;
    r.time(Name::ServerTime)?;
    r.u16(Name::Pages)?;
    r.u16(Name::Page)?;
    let count = r.u16(Name::Count)?;
    r.counted(count.into(), Name::Friend, folder_entry)
}

/// QQ number or group4, entry type1, folder times four1.
pub(crate) fn folder_entry(r: &mut Reader<'_>) -> ReadResult {
    let is_group = r.ahead().get(4) == Some(&4);
    r.u32(if is_group {
        Name::GroupId
    } else {
        Name::FriendUin
    })?;
    r.code8(Name::EntryType, &ENTRY_TYPES)?;
    r.multiple(Name::Folder, 4)
}
