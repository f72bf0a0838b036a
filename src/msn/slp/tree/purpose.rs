//! What a message is for.

use crate::msn::common::guid::Guid;
use crate::msn::common::msnobj;
use crate::msn::common::number::decimal;
use crate::msn::msnp::tree::payload::quote::quoted;
use crate::msn::slp::wire::codes::{application, body, use_of, Body, Use};
use crate::msn::slp::wire::context;
use crate::msn::slp::wire::context::Context;
use crate::msn::slp::wire::message::Message;

/// What the session of a message is for.
pub(crate) fn of_session(message: &Message, data: &[u8]) -> Option<&'static str> {
    let guid = message.pair(data, "EUF-GUID")?;
    application(Guid::parse(guid.value.of(data))?)
}

/// What an invitation offers or asks for, in a few words: a file and its size, the kind of an
/// object, the name of an activity.
pub(crate) fn offer(message: &Message, data: &[u8]) -> Option<String> {
    let bytes = context::bytes(message.pair(data, "Context")?.value.of(data))?;
    match context::context(&bytes, of_context(message, data)) {
        Context::File(preview) => {
            let (name, size) = (preview.name(&bytes), preview.size.value);
            Some(format!("{} ({size} bytes)", quoted(&name)))
        }
        Context::Object(span) => {
            let object = msnobj::find(&bytes, span)?;
            let kind = decimal(object.value("Type")?.as_bytes())?;
            msnobj::TYPES.name(kind).map(str::to_owned)
        }
        Context::Activity(activity) => Some(quoted(&context::utf16(activity.name.of(&bytes)))),
        Context::Guid(_) | Context::Code(_) | Context::Unknown => None,
    }
}

/// What decides what a context is: the session of a message, or that it is closed.
pub(crate) fn of_context(message: &Message, data: &[u8]) -> Option<Use> {
    let kind = message.header(data, "Content-Type");
    if kind.is_some_and(|pair| body(pair.value.of(data)).0 == Body::Close) {
        return Some(Use::Close);
    }
    let guid = message.pair(data, "EUF-GUID")?;
    use_of(Guid::parse(guid.value.of(data))?)
}
