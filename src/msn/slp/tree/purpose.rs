//! Purpose of a message.

use crate::msn::common::guid::Guid;
use crate::msn::common::msnobj;
use crate::msn::common::number::decimal;
use crate::msn::msnp::tree::payload::quote::quoted;
use crate::msn::slp::wire::codes::{application, body, use_of, SessionUse, SlpBody};
use crate::msn::slp::wire::context;
use crate::msn::slp::wire::context::SlpContext;
use crate::msn::slp::wire::message::SlpMessage;

/// Name of the application of the session that a message is about.
pub(crate) fn of_session(message: &SlpMessage, data: &[u8]) -> Option<&'static str> {
    let guid = message.pair(data, "EUF-GUID")?;
    application(Guid::parse(guid.value.of(data))?)
}

/// Summary of what an invitation offers or requests: a file and its size, the type of an
/// object, the name of an activity.
pub(crate) fn offer(message: &SlpMessage, data: &[u8]) -> Option<String> {
    let bytes = context::bytes(message.pair(data, "Context")?.value.of(data))?;
    match context::context(&bytes, of_context(message, data)) {
        SlpContext::File(preview) => {
            let (name, size) = (preview.name(&bytes), preview.size.value);
            Some(format!("{} ({size} bytes)", quoted(&name)))
        }
        SlpContext::Object(span) => {
            let object = msnobj::find(&bytes, span)?;
            let kind = decimal(object.value("Type")?.as_bytes())?;
            msnobj::TYPES.name(kind).map(str::to_owned)
        }
        SlpContext::Activity(activity) => Some(quoted(&context::utf16(activity.name.of(&bytes)))),
        SlpContext::Guid(_) | SlpContext::Code(_) | SlpContext::Unknown => None,
    }
}

/// The purpose that determines the format of a message's context: that of its session, or
/// that the session is closed.
pub(crate) fn of_context(message: &SlpMessage, data: &[u8]) -> Option<SessionUse> {
    let kind = message.header(data, "Content-Type");
    if kind.is_some_and(|pair| body(pair.value.of(data)).0 == SlpBody::Close) {
        return Some(SessionUse::Close);
    }
    let guid = message.pair(data, "EUF-GUID")?;
    use_of(Guid::parse(guid.value.of(data))?)
}
