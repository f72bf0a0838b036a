//! Logins since 2013: a result and TLVs; the captcha of these versions; the QR login.
//!
//! Source: docs/protocol/oicq.md §7.

use crate::oicq::body::codes::{CAPTCHA_COMMANDS, CAPTCHA_NEEDS, LOGIN_RESULTS, QR_STATES};
use crate::oicq::body::login_2009::{builds, locale};
use crate::oicq::body::login_classic::captcha_request;
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::{ReadResult, Reader};
use crate::oicq::body::tlv::{tlvs, tlvs_with_key};

/// 0x0825, 0x0826, 0x0828, 0x0836: TLVs, after a result if from the server (§7.2).
pub(crate) fn login(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if !to_server {
        r.code8(Name::LoginResult, &LOGIN_RESULTS)?;
    }
    tlvs(r, to_server)
}

/// 0x00ba: requests or answers a captcha (§7.6).
pub(crate) fn captcha(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if to_server {
        r.unknown(2)?;
        locale(r)?;
        builds(r)?;
        r.unknown(1)?;
        r.tok2(Name::Ticket)?;
        r.u16(Name::KeyExchangeVersion)?;
        r.tok2(Name::PublicKey)?;
        captcha_request(r)?;
        if r.left() > 0 {
            r.tok2(Name::UnknownData)?;
        }
        return Some(());
    }
    r.code8(Name::SubCommand, &CAPTCHA_COMMANDS)?;
    r.unknown(2)?;
    r.code8(Name::CaptchaNeeded, &CAPTCHA_NEEDS)?;
    r.unknown(4)?;
    r.tok2(Name::CaptchaToken)?;
    if r.left() > 0 {
        r.tok2(Name::CaptchaPicture)?;
        r.u8(Name::CaptchaNext)?;
        r.rest(Name::UnknownData);
    }
    Some(())
}

/// 0x0818: a QR code to scan (§7.7). Its first TLVs are identified by their order.
pub(crate) fn qr_code(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if to_server {
        return tlvs(r, to_server);
    }
    r.code8(Name::LoginResult, &LOGIN_RESULTS)?;
    for part in [qr_key, qr_token, qr_text, qr_picture] {
        r.heading(Name::Tlv, |r| {
            r.u16(Name::TlvType)?;
            r.u16(Name::TlvLength)?;
            part(r)
        })?;
    }
    tlvs(r, to_server)
}

fn qr_key(r: &mut Reader<'_>) -> ReadResult {
    r.unknown(2)?;
    r.secret(Name::NextKey, 16).map(drop)
}

fn qr_token(r: &mut Reader<'_>) -> ReadResult {
    r.tok2(Name::Ticket).map(drop)
}

fn qr_text(r: &mut Reader<'_>) -> ReadResult {
    r.str2(Name::QrText)
}

fn qr_picture(r: &mut Reader<'_>) -> ReadResult {
    r.tok2(Name::CaptchaPicture).map(drop)
}

/// 0x0819: whether the QR code has been scanned.
pub(crate) fn qr_poll(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if to_server {
        return tlvs(r, to_server);
    }
    r.code8(Name::LoginResult, &QR_STATES)?;
    tlvs_with_key(r)
}
