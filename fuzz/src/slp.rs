//! Messages of MSNSLP, their addresses and contexts.

use imshark::msn::common::guid::Guid;
use imshark::msn::slp::wire::context::{context, preview, SlpContext};
use imshark::msn::slp::wire::message::{is_message, message, SlpStart};
use imshark::msn::slp::wire::{addresses, codes, keys, listening};

use crate::invariants::{bounded, decoded, in_order, inside, within};

/// A byte of which, then a message, a value or a context.
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let [which, data @ ..] = data else {
            return;
        };
        match which % 4 {
            0 | 1 => one(data),
            2 => values(data),
            _ => contexts(data),
        }
    });
}

/// A message. Also called for those in packets.
pub fn one(data: &[u8]) {
    let found = decoded(message(data), data);
    assert_eq!(found.is_some(), is_message(data));
    let Some(message) = found else { return };
    within(message.line, data);
    match message.start {
        SlpStart::Request {
            method,
            uri,
            version,
        } => [method, uri, version]
            .into_iter()
            .for_each(|part| inside(part, message.line)),
        SlpStart::Response {
            version,
            code,
            reason,
        } => {
            inside(version, message.line);
            inside(reason, message.line);
            code.iter().for_each(|code| inside(code.span, message.line));
        }
    }
    for header in message.headers.iter().chain(&message.pairs) {
        within(header.line, data);
        inside(header.key, header.line);
        inside(header.value, header.line);
    }
    in_order(message.headers.iter().map(|header| header.line));
    in_order(message.pairs.iter().map(|pair| pair.line));
    within(message.body, data);
    message
        .pairs
        .iter()
        .for_each(|pair| inside(pair.line, message.body));
    for part in [message.nul, message.surplus].into_iter().flatten() {
        within(part, data);
        assert!(part.start >= message.body.end());
    }
    message.content_length(data);
    assert!(message.body_length() <= data.len());
    assert!(listening::listening_endpoints(&message, data).len() <= 16);
    for pair in &message.pairs {
        keys::find(pair.key.of(data));
        keys::find_reversed(pair.key.of(data));
    }
    if let Some(kind) = message.header(data, "Content-Type") {
        codes::body(kind.value.of(data));
    }
}

fn values(data: &[u8]) {
    for end in addresses::endpoints(data) {
        within(end.span, data);
    }
    for end in addresses::reversed_endpoints(data) {
        within(end.span, data);
    }
    assert_eq!(addresses::reversed(&addresses::reversed(data)), data);
    addresses::net_id(data);
    addresses::flag(data);
    if let Some(guid) = Guid::parse(data) {
        codes::application(guid);
        codes::use_of(guid);
    }
}

/// A byte of purpose, then the bytes of a context.
fn contexts(data: &[u8]) {
    let [purpose, data @ ..] = data else {
        return;
    };
    let purposes = [
        None,
        Some(codes::SessionUse::Close),
        Some(codes::SessionUse::Webcam),
        Some(codes::SessionUse::Activity),
    ];
    let check_preview = |found: imshark::msn::slp::wire::context::Preview| {
        for part in [Some(found.name), found.rest, found.image] {
            part.into_iter().for_each(|part| within(part, data));
        }
        assert!(found.name(data).len() <= 3 * data.len());
    };
    match context(data, purposes[usize::from(*purpose) % purposes.len()]) {
        SlpContext::Object(span) | SlpContext::Guid(span) => within(span, data),
        SlpContext::File(found) => check_preview(found),
        SlpContext::Activity(found) => {
            in_order([found.id, found.number, found.name]);
            within(found.name, data);
        }
        SlpContext::Code(code) => within(code.span, data),
        SlpContext::Unknown => {}
    }
    decoded(preview(data), data)
        .into_iter()
        .for_each(check_preview);
    imshark::msn::slp::wire::context::bytes(data);
}
