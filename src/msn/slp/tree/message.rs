//! Tree items of a message.

use crate::msn::common::guid::Guid;
use crate::msn::common::number::decimal;
use crate::msn::slp::fields::{Field, Note, MSNSLP};
use crate::msn::slp::state::calls::SlpFacts;
use crate::msn::slp::tree::values::bad_value;
use crate::msn::slp::tree::{body, purpose};
use crate::msn::slp::wire::codes::{body as body_of, SlpBody, RESPONSES};
use crate::msn::slp::wire::keys::{find, SlpKey};
use crate::msn::slp::wire::message::{account_in, SlpHeader, SlpMessage, SlpStart};
use crate::packet::Packet;
use crate::plan::{ItemId, Plan};
use crate::span::Span;

/// Shows a message, whose spans are relative to the current view of the Plan.
pub fn show(
    plan: &mut Plan<'_>,
    packet: &Packet<'_>,
    depth: u8,
    message: &SlpMessage,
    data: &[u8],
    known: &SlpFacts,
) {
    let root = plan.heading(depth, &MSNSLP, Span::new(0, data.len()));
    let title = title(message, data);
    plan.label_args(root, format_args!("MSN Session Layer Protocol, {title}"));
    plan.info(&format!("MSNSLP {title}"));
    start_line(plan, depth + 1, message, data);
    for pair in &message.headers {
        header(plan, depth + 1, pair, data);
    }
    lengths(plan, message, data, (root, known.is_outside_p2p));
    let kind = message.header(data, "Content-Type");
    let (kind, name) = kind.map_or((SlpBody::Null, "no body"), |pair| {
        body_of(pair.value.of(data))
    });
    if !message.pairs.is_empty() {
        let item = plan.heading(depth + 1, Field::Body, message.body);
        if kind != SlpBody::Unknown {
            plan.label_args(item, format_args!("Message body: {name}"));
        }
        let purpose = purpose::of_context(message, data);
        for pair in &message.pairs {
            body::pair(plan, depth + 2, pair, data, purpose);
        }
    }
    if let Some(nul) = message.nul {
        plan.heading(depth + 1, Field::Nul, nul);
    }
    if let Some(surplus) = message.surplus {
        plan.bytes(depth + 1, Field::Surplus, surplus);
    }
    generated(plan, packet, depth + 1, known);
}

/// Summary of a message, for its label and the Info column.
fn title(message: &SlpMessage, data: &[u8]) -> String {
    let kind = message.header(data, "Content-Type");
    let kind = kind.map_or("", |pair| body_of(pair.value.of(data)).1);
    let purpose = purpose::of_session(message, data).unwrap_or_default();
    let mut title = match message.start {
        SlpStart::Request { method, .. } => String::from_utf8_lossy(method.of(data)).into_owned(),
        SlpStart::Response { code, reason, .. } => {
            let code = code.map_or(String::from("?"), |code| code.value.to_string());
            format!("{code} {}", String::from_utf8_lossy(reason.of(data)))
        }
    };
    let what = purpose::offer(message, data).unwrap_or_default();
    for word in [kind, purpose, &what] {
        if !word.is_empty() {
            title.push_str(", ");
            title.push_str(word);
        }
    }
    title
}

fn start_line(plan: &mut Plan<'_>, depth: u8, message: &SlpMessage, data: &[u8]) {
    plan.text(depth, Field::Line, message.line);
    match message.start {
        SlpStart::Request {
            method,
            uri,
            version,
        } => {
            plan.text(depth + 1, Field::Method, method);
            plan.text(depth + 1, Field::Uri, uri);
            endpoint(plan, depth + 2, uri, data);
            plan.text(depth + 1, Field::Protocol, version);
        }
        SlpStart::Response {
            version,
            code,
            reason,
        } => {
            plan.text(depth + 1, Field::Protocol, version);
            if let Some(code) = code {
                let item = plan.number(depth + 1, Field::Status, code.span, code.value);
                if RESPONSES.name(code.value.into()).is_none() {
                    plan.note(Note::UnknownStatus, item);
                }
                if code.value != 200 {
                    plan.note(Note::Refused, item);
                }
            }
            plan.text(depth + 1, Field::Reason, reason);
        }
    }
}

fn header(plan: &mut Plan<'_>, depth: u8, pair: &SlpHeader, data: &[u8]) {
    plan.text(depth, Field::Header, pair.line);
    let Some(row) = find(pair.key.of(data)) else {
        return;
    };
    let (depth, value) = (depth + 1, pair.value);
    match row.key {
        SlpKey::To | SlpKey::From => {
            let field = if row.key == SlpKey::To {
                Field::To
            } else {
                Field::From
            };
            plan.text(depth, field, account_in(value, data));
            endpoint(plan, depth + 1, value, data);
        }
        SlpKey::Via => {
            plan.text(depth, Field::Via, value);
            branch(plan, depth + 1, value, data);
        }
        SlpKey::CallId => {
            plan.text(depth, Field::CallId, value);
        }
        SlpKey::ContentType => {
            let item = plan.text(depth, Field::ContentType, value);
            if body_of(value.of(data)).0 == SlpBody::Unknown {
                plan.note(Note::UnknownBody, item);
            }
        }
        SlpKey::CSeq => number(plan, depth, Field::CSeq, value, data),
        SlpKey::MaxForwards => number(plan, depth, Field::MaxForwards, value, data),
        SlpKey::ContentLength => number(plan, depth, Field::ContentLength, value, data),
        _ => {}
    }
}

fn number(plan: &mut Plan<'_>, depth: u8, field: Field, value: Span, data: &[u8]) {
    match decimal(value.of(data)) {
        Some(number) => {
            plan.number(depth, field, value, number);
        }
        None => bad_value(plan, value),
    }
}

/// Shows the endpoint GUID after an account.
fn endpoint(plan: &mut Plan<'_>, depth: u8, value: Span, data: &[u8]) {
    let text = value.of(data);
    let Some(at) = memchr::memmem::find(text, b";{") else {
        return;
    };
    let rest = text.get(at + 1..).unwrap_or_default();
    let end = memchr::memchr(b'}', rest).map_or(rest.len(), |end| end + 1);
    let span = Span::new(value.start + at + 1, end);
    if Guid::parse(span.of(data)).is_some() {
        plan.text(depth, Field::Endpoint, span);
    }
}

fn branch(plan: &mut Plan<'_>, depth: u8, value: Span, data: &[u8]) {
    let text = value.of(data);
    if let Some(at) = memchr::memmem::find(text, b"branch=") {
        let rest = text.get(at + 7..).unwrap_or_default();
        let end = memchr::memchr(b';', rest).unwrap_or(rest.len());
        plan.text(depth, Field::Branch, Span::new(value.start + at + 7, end));
    }
}

/// Notes a body that differs from its announced length, or is not NUL-terminated.
fn lengths(
    plan: &mut Plan<'_>,
    message: &SlpMessage,
    data: &[u8],
    (root, is_outside_p2p): (ItemId, bool),
) {
    if message.nul.is_none() && !is_outside_p2p {
        plan.note(Note::NoNul, root);
    }
    let Some(announced) = message.content_length(data) else {
        return;
    };
    let real = message.body_length();
    // Some senders count a NUL that they do not send, or send one that they do not count.
    let counts_nul =
        is_outside_p2p && message.nul.is_none() && announced.value as usize == real + 1;
    let leaves_nul = message.nul.is_some() && announced.value as usize + 1 == real;
    if announced.value as usize != real && !counts_nul && !leaves_nul {
        let item = plan.item_at(announced.span);
        let text = format!(
            "Content-Length is {}, but the body has {real} bytes",
            announced.value
        );
        plan.note_text(Note::BadLength, item, &text);
    }
}

fn generated(plan: &mut Plan<'_>, packet: &Packet<'_>, depth: u8, known: &SlpFacts) {
    if let Some(frame) = known.invite {
        plan.generated(depth, Field::Invite, frame);
    }
    if let Some(frame) = known.response_in {
        plan.generated(depth, Field::ResponseIn, frame);
    }
    if let Some((frame, time)) = known.response_to {
        plan.generated(depth, Field::ResponseTo, frame);
        let time = packet.time.saturating_sub(time).max(0);
        plan.generated(depth, Field::Time, time.unsigned_abs());
    }
    if let Some(frame) = known.connection {
        plan.generated(depth, Field::Connection, frame);
    }
}
