//! Lays the lines of a body on the tree.

use std::net::IpAddr;

use crate::handoff::picture;
use crate::msn::common::guid::Guid;
use crate::msn::common::msnobj;
use crate::msn::msnp::tree::payload::object;
use crate::msn::msnp::tree::payload::quote::quoted;
use crate::msn::msnp::wire::line::{decimal, decimal_or_signed};
use crate::msn::slp::fields::{Field, Note};
use crate::msn::slp::tree::keys::{find, find_reversed, Key, Row};
use crate::msn::slp::tree::message::bad_value;
use crate::msn::slp::wire::addresses::{
    endpoints, flag, net_id, reversed, reversed_endpoints, Endpoint,
};
use crate::msn::slp::wire::codes::{application, body as body_of, use_of, Body, Use};
use crate::msn::slp::wire::context;
use crate::msn::slp::wire::context::Context;
use crate::msn::slp::wire::message::{Message, Pair};
use crate::plan::Plan;
use crate::span::{Span, Spanned};

/// What the session of a message is for.
pub(crate) fn purpose(message: &Message, data: &[u8]) -> Option<&'static str> {
    let guid = message.pair(data, "EUF-GUID")?;
    application(Guid::parse(guid.value.of(data))?)
}

/// What an invitation offers or asks for, in a few words: a file and its size, the kind of an
/// object, the name of an activity.
pub(crate) fn offer(message: &Message, data: &[u8]) -> Option<String> {
    let bytes = context::bytes(message.pair(data, "Context")?.value.of(data))?;
    match context::context(&bytes, use_of_session(message, data)) {
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
pub(crate) fn use_of_session(message: &Message, data: &[u8]) -> Option<Use> {
    let kind = message.header(data, "Content-Type");
    if kind.is_some_and(|pair| body_of(pair.value.of(data)).0 == Body::Close) {
        return Some(Use::Close);
    }
    let guid = message.pair(data, "EUF-GUID")?;
    use_of(Guid::parse(guid.value.of(data))?)
}

/// Shows one line, in a session for `purpose`.
pub(crate) fn pair(plan: &mut Plan<'_>, depth: u8, pair: &Pair, data: &[u8], purpose: Option<Use>) {
    let item = plan.text(depth, Field::Pair, pair.line);
    let name = pair.key.of(data);
    if let Some(row) = find(name) {
        value(plan, depth + 1, row.key, pair.value, data, purpose);
    } else if let Some(row) = find_reversed(name) {
        backwards(plan, depth + 1, row, pair, data);
    } else {
        plan.note(Note::UnknownKey, item);
    }
}

fn value(plan: &mut Plan<'_>, depth: u8, key: Key, span: Span, data: &[u8], purpose: Option<Use>) {
    let text = span.of(data);
    match key {
        Key::EufGuid => {
            plan.text(depth, Field::EufGuid, span);
            match Guid::parse(text) {
                Some(guid) => {
                    let name = application(guid).unwrap_or("unknown application");
                    let item = plan.derived(depth, Field::Purpose, span, name);
                    plan.mark_generated(item);
                }
                None => bad_value(plan, span),
            }
        }
        Key::Nonce => guid(plan, depth, Field::Nonce, span, data),
        Key::HashedNonce => guid(plan, depth, Field::HashedNonce, span, data),
        Key::SessionId => number(plan, depth, Field::Session, span, data),
        Key::SChannelState => number(plan, depth, Field::ChannelState, span, data),
        Key::CapabilitiesFlags => number(plan, depth, Field::CapabilitiesFlags, span, data),
        Key::AppId => number(plan, depth, Field::AppId, span, data),
        Key::RequestFlags => number(plan, depth, Field::RequestFlags, span, data),
        Key::Context => context(plan, depth, span, data, purpose),
        Key::Bridges => text_of(plan, depth, Field::Bridges, span),
        Key::Bridge => text_of(plan, depth, Field::Bridge, span),
        Key::ConnType => text_of(plan, depth, Field::ConnType, span),
        Key::TcpConnType => text_of(plan, depth, Field::TcpConnType, span),
        Key::Ipv6Global => text_of(plan, depth, Field::Ipv6Global, span),
        Key::NatTravMsgType => text_of(plan, depth, Field::NatMessage, span),
        Key::Ipv6Addresses => {
            text_of(plan, depth, Field::Ipv6Addresses, span);
            let ends = endpoints(text);
            addresses(plan, depth + 1, SIXTH, span, &ends);
        }
        Key::NetId => match (net_id(text), text) {
            (Some(address), _) => {
                plan.number(depth, Field::NetId, span, u32::from(address));
            }
            (None, b"0") => {
                plan.number(depth, Field::NetId, span, 0_u32);
            }
            (None, _) => bad_value(plan, span),
        },
        Key::UPnPNat => boolean(plan, depth, Field::UPnPNat, span, data),
        Key::Icf => boolean(plan, depth, Field::Icf, span, data),
        Key::NeedsEndpoint => boolean(plan, depth, Field::NeedsEndpoint, span, data),
        Key::RelayServer => text_of(plan, depth, Field::RelayServer, span),
        Key::RelayUser => text_of(plan, depth, Field::RelayUser, span),
        Key::RelayPassword => text_of(plan, depth, Field::RelayPassword, span),
        Key::Listening => boolean(plan, depth, Field::Listening, span, data),
        Key::InternalAddresses | Key::InternalEndpoints => {
            addresses(plan, depth, INTERNAL, span, &endpoints(text));
        }
        Key::ExternalAddresses | Key::ExternalEndpoints => {
            addresses(plan, depth, EXTERNAL, span, &endpoints(text));
        }
        Key::InternalPort => port(plan, depth, Field::InternalPort, span, text),
        Key::ExternalPort => port(plan, depth, Field::ExternalPort, span, text),
        Key::Ipv6Port => port(plan, depth, Field::Ipv6Port, span, text),
        // Keys of headers, which mean nothing in a body.
        Key::CallId
        | Key::ContentLength
        | Key::ContentType
        | Key::CSeq
        | Key::From
        | Key::MaxForwards
        | Key::To
        | Key::Via => {}
    }
}

/// The fields of an address and of its port.
#[derive(Debug, Clone, Copy)]
struct Ends {
    v4: Field,
    v6: Field,
    port: Field,
}

const INTERNAL: Ends = Ends {
    v4: Field::InternalAddress,
    v6: Field::Ipv6Address,
    port: Field::InternalPort,
};
const EXTERNAL: Ends = Ends {
    v4: Field::ExternalAddress,
    v6: Field::Ipv6Address,
    port: Field::ExternalPort,
};
const SIXTH: Ends = Ends {
    v4: Field::ExternalAddress,
    v6: Field::Ipv6Address,
    port: Field::Ipv6Port,
};

/// A line of which key and value are written backwards.
fn backwards(plan: &mut Plan<'_>, depth: u8, row: &Row, pair: &Pair, data: &[u8]) {
    let span = pair.value;
    let value = reversed(span.of(data));
    let line = format!("{}: {}", row.name, String::from_utf8_lossy(&value));
    let item = plan.derived(depth, Field::Reversed, pair.line, &line);
    plan.mark_generated(item);
    let ends = reversed_endpoints(span.of(data));
    match row.key {
        Key::InternalAddresses | Key::InternalEndpoints => {
            addresses(plan, depth, INTERNAL, span, &ends);
        }
        Key::ExternalAddresses | Key::ExternalEndpoints => {
            addresses(plan, depth, EXTERNAL, span, &ends);
        }
        Key::Ipv6Addresses => addresses(plan, depth, SIXTH, span, &ends),
        Key::InternalPort => port(plan, depth, Field::InternalPort, span, &value),
        Key::ExternalPort => port(plan, depth, Field::ExternalPort, span, &value),
        _ => port(plan, depth, Field::Ipv6Port, span, &value),
    }
}

fn text_of(plan: &mut Plan<'_>, depth: u8, field: Field, span: Span) {
    plan.text(depth, field, span);
}

fn guid(plan: &mut Plan<'_>, depth: u8, field: Field, span: Span, data: &[u8]) {
    plan.text(depth, field, span);
    if Guid::parse(span.of(data)).is_none() {
        bad_value(plan, span);
    }
}

fn number(plan: &mut Plan<'_>, depth: u8, field: Field, span: Span, data: &[u8]) {
    match decimal_or_signed(span.of(data)) {
        Some(number) => {
            plan.number(depth, field, span, number);
        }
        None => bad_value(plan, span),
    }
}

fn boolean(plan: &mut Plan<'_>, depth: u8, field: Field, span: Span, data: &[u8]) {
    match flag(span.of(data)) {
        Some(flag) => {
            plan.number(depth, field, span, flag);
        }
        None => bad_value(plan, span),
    }
}

fn port(plan: &mut Plan<'_>, depth: u8, field: Field, span: Span, text: &[u8]) {
    match decimal(text).and_then(|port| u16::try_from(port).ok()) {
        Some(port) => {
            plan.number(depth, field, span, port);
        }
        None => bad_value(plan, span),
    }
}

fn addresses(plan: &mut Plan<'_>, depth: u8, fields: Ends, span: Span, ends: &[Spanned<Endpoint>]) {
    if ends.is_empty() && span.len > 0 {
        bad_value(plan, span);
    }
    for end in ends {
        let at = Span::new(span.start.saturating_add(end.span.start), end.span.len);
        match end.value.address {
            IpAddr::V4(address) => {
                plan.number(depth, fields.v4, at, u32::from(address));
            }
            IpAddr::V6(address) => {
                plan.derived(depth, fields.v6, at, &address.to_string());
            }
        }
        if let Some(number) = end.value.port {
            plan.number(depth, fields.port, at, number);
        }
    }
}

fn context(plan: &mut Plan<'_>, depth: u8, span: Span, data: &[u8], purpose: Option<Use>) {
    let item = plan.text(depth, Field::Context, span);
    let Some(bytes) = context::bytes(span.of(data)) else {
        plan.note(Note::BadContext, item);
        return;
    };
    if bytes.is_empty() {
        return;
    }
    let kind = context::context(&bytes, purpose);
    // What an application that nobody knows sends is nothing odd.
    let is_known = purpose.is_some_and(|purpose| purpose != Use::Other);
    if kind == Context::Unknown && is_known {
        plan.note(Note::BadContext, item);
    }
    if !plan.wants_items() {
        return;
    }
    let Some(source) = plan.add_source(c"MSNSLP context", bytes.clone()) else {
        return;
    };
    let back = plan.enter(source, 0);
    plan.bytes(depth + 1, Field::ContextData, Span::new(0, bytes.len()));
    match kind {
        Context::Object(span) => {
            let item = plan.text(depth + 2, Field::Object, span);
            if let Some(found) = msnobj::find(&bytes, span) {
                object::show(plan, depth + 2, item, &found);
            }
        }
        Context::File(preview) => file(plan, depth + 2, &preview, &bytes),
        Context::Guid(span) => wide(plan, depth + 2, Field::ContextGuid, span, &bytes),
        Context::Activity(activity) => {
            wide(plan, depth + 2, Field::ActivityId, activity.id, &bytes);
            wide(
                plan,
                depth + 2,
                Field::ActivityNumber,
                activity.number,
                &bytes,
            );
            wide(plan, depth + 2, Field::ActivityName, activity.name, &bytes);
        }
        Context::Code(code) => {
            plan.number(depth + 2, Field::CloseCode, code.span, code.value);
        }
        Context::Unknown => {}
    }
    plan.leave(back);
}

/// A text in UTF-16LE.
fn wide(plan: &mut Plan<'_>, depth: u8, field: Field, span: Span, bytes: &[u8]) {
    plan.derived(depth, field, span, &context::utf16(span.of(bytes)));
}

fn file(plan: &mut Plan<'_>, depth: u8, preview: &context::Preview, bytes: &[u8]) {
    let name = preview.name(bytes);
    let length = preview.length;
    let item = plan.heading(depth, Field::Preview, Span::new(0, length.value as usize));
    plan.label(item, &format!("File preview: {name}"));
    let depth = depth + 1;
    plan.number(depth, Field::PreviewLength, length.span, length.value);
    let version = preview.version;
    plan.number(depth, Field::PreviewVersion, version.span, version.value);
    plan.number(
        depth,
        Field::FileSize,
        preview.size.span,
        preview.size.value,
    );
    let none = preview.no_preview;
    plan.number(depth, Field::NoPreview, none.span, none.value);
    plan.derived(depth, Field::FileName, preview.name, &name);
    if let Some(rest) = preview.rest {
        plan.bytes(depth, Field::PreviewRest, rest);
    }
    if let Some(image) = preview.image {
        plan.bytes(depth, Field::PreviewImage, image);
        if let Some(picture) = picture(image.of(bytes)) {
            plan.hand_off(depth + 1, picture.hand_off, image);
        }
    }
}
