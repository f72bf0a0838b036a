//! Keep-alive: 0x0002 up to QQ2008, 0x0058 since QQ2009.
//!
//! Source: docs/protocol/oicq.md §4.1, §4.2.

use crate::oicq::body::codes::REPLIES;
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::{ReadResult, Reader};

const UNIT_SEPARATOR: u8 = 0x1f;

/// 0x0002, to the server: the QQ number as text or as four bytes; QQ2008 adds the time of
/// the login.
pub(crate) fn classic_request(r: &mut Reader<'_>) -> ReadResult {
    let is_number = matches!(r.left(), 4 | 8) && !r.ahead().iter().all(u8::is_ascii_digit);
    if !is_number {
        return r
            .number_until::<u32>(Name::OwnUin, UNIT_SEPARATOR)
            .map(drop);
    }
    r.u32(Name::OwnUin)?;
    if r.left() > 0 {
        r.time(Name::ServerTime)?;
    }
    Some(())
}

/// 0x0002, to the client: code1 online4 address4 port2 003c time4 zero5; older servers
/// send the same values as texts separated by 1f.
pub(crate) fn classic_reply(r: &mut Reader<'_>) -> ReadResult {
    if r.ahead().starts_with(&[b'0', UNIT_SEPARATOR]) {
        r.code_until(Name::Reply, &REPLIES, UNIT_SEPARATOR)?;
        r.until(Name::ReplyText, UNIT_SEPARATOR)?;
        r.number_until::<u32>(Name::OnlineCount, UNIT_SEPARATOR)?;
        r.address_until(Name::ClientAddress, UNIT_SEPARATOR)?;
        r.number_until::<u16>(Name::ClientPort, UNIT_SEPARATOR)?;
        r.number_until::<u16>(Name::KeepAliveSeconds, UNIT_SEPARATOR)?;
        return Some(());
    }
    r.code8(Name::Reply, &REPLIES)?;
    r.u32(Name::OnlineCount)?;
    r.ip(Name::ClientAddress)?;
    r.u16(Name::ClientPort)?;
    r.u16(Name::KeepAliveSeconds)?;
    r.time(Name::ServerTime)?;
    r.rest(Name::UnknownData);
    Some(())
}

/// 0x0058: the QQ number as text, or 00 01 00 01 since 2019. The reply is not published.
pub(crate) fn request(r: &mut Reader<'_>) -> ReadResult {
    if r.peek().is_some_and(|byte| byte.is_ascii_digit()) {
        return r
            .number_until::<u32>(Name::OwnUin, UNIT_SEPARATOR)
            .map(drop);
    }
    r.rest(Name::UnknownData);
    Some(())
}
