//! Keep-alive: 0x0002 up to QQ2008, 0x0058 since QQ2009.
//!
//! Source: protocol reference, OICQ §4.1, §4.2.

use crate::oicq::body::codes::REPLIES;
use crate::oicq::body::reader::Reader;
use crate::oicq::fields::Field;

type Read = Option<()>;

const UNIT_SEPARATOR: u8 = 0x1f;

/// 0x0002, to the server: the QQ number as text or as four bytes; QQ2008 adds the time of
/// the login.
pub(crate) fn classic_request(r: &mut Reader<'_>) -> Read {
    let is_number = matches!(r.left(), 4 | 8) && !r.ahead().iter().all(u8::is_ascii_digit);
    if !is_number {
        return r.number_until(Field::OwnUin, UNIT_SEPARATOR).map(drop);
    }
    r.u32(Field::OwnUin)?;
    if r.left() > 0 {
        r.time(Field::ServerTime)?;
    }
    Some(())
}

/// 0x0002, to the client: code1 online4 address4 port2 003c time4 zero5; from older servers
/// the same as texts that 1f separates.
pub(crate) fn classic_reply(r: &mut Reader<'_>) -> Read {
    if r.ahead().starts_with(&[b'0', UNIT_SEPARATOR]) {
        r.code_until(Field::Reply, &REPLIES, UNIT_SEPARATOR)?;
        r.until(Field::ReplyText, UNIT_SEPARATOR)?;
        r.number_until(Field::OnlineCount, UNIT_SEPARATOR)?;
        r.address_until(Field::ClientAddress, UNIT_SEPARATOR)?;
        r.number_until(Field::ClientPort, UNIT_SEPARATOR)?;
        r.number_until(Field::KeepAliveSeconds, UNIT_SEPARATOR)?;
        return Some(());
    }
    r.code8(Field::Reply, &REPLIES)?;
    r.u32(Field::OnlineCount)?;
    r.ip(Field::ClientAddress)?;
    r.u16(Field::ClientPort)?;
    r.u16(Field::KeepAliveSeconds)?;
    r.time(Field::ServerTime)?;
    r.rest(Field::Unexplained);
    Some(())
}

/// 0x0058: the QQ number as text, or 00 01 00 01 since 2019. The reply is not published.
pub(crate) fn request(r: &mut Reader<'_>) -> Read {
    if r.peek().is_some_and(|byte| byte.is_ascii_digit()) {
        return r.number_until(Field::OwnUin, UNIT_SEPARATOR).map(drop);
    }
    r.rest(Field::Unexplained);
    Some(())
}
