//! The QQ number that belongs to a mail address (0x00b2), for a login by mail.
//!
//! Source: docs/protocol/oicq.md §12.5.

use crate::oicq::body::codes::REPLIES;
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::{ReadResult, Reader};

/// Sub-command1 str1 address.
pub(crate) fn request(r: &mut Reader<'_>) -> ReadResult {
    r.u8(Name::SubCommand)?;
    r.str1(Name::MailAccount)
}

/// Sub-command1 code1 uin4.
pub(crate) fn reply(r: &mut Reader<'_>) -> ReadResult {
    r.u8(Name::SubCommand)?;
    r.code8(Name::Reply, &REPLIES)?;
    r.u32(Name::FriendUin).map(drop)
}
