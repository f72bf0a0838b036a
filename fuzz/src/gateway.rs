//! HTTP headers, and the parameters of MSN's gateway in them.

use imshark::msn::http::may_be_http;
use imshark::msn::http::wire::gateway::{Gateway, GatewayKey};
use imshark::msn::http::wire::head::{head, is_whole, last, HttpBody, HttpHead, HttpStart};
use imshark::msn::http::wire::message::{has_msn_type, HttpMessage};

use crate::invariants::{bounded, decoded, inside, parts_are_incomplete, within};

/// A byte of where to cut, then HTTP messages.
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let [cut, data @ ..] = data else {
            return;
        };
        may_be_http(data);
        is_whole(data);
        if let Some(head) = last(data) {
            assert_eq!(head.end(), data.len());
        }
        if let Some(head) = decoded(head(data, 0), data) {
            check(&head, data, usize::from(*cut));
        }
    });
}

/// Checks a header and what it says of the gateway. Also called for those of Passport.
pub fn check(found: &HttpHead, data: &[u8], cut: usize) {
    within(found.span(), data);
    inside(found.line, found.span());
    match found.start {
        HttpStart::Request { method, target } => {
            inside(method, found.line);
            inside(target, found.line);
        }
        HttpStart::Response { status } => inside(status.span, found.line),
    }
    let bytes = &data[..found.end()];
    parts_are_incomplete(bytes, cut, |part| head(part, 0));
    match found.body(data) {
        HttpBody::Length(len) => assert_eq!(
            is_whole(data),
            data.len() >= found.end().saturating_add(len)
        ),
        HttpBody::Encoded | HttpBody::UntilClose => assert!(is_whole(data)),
    }
    has_msn_type(data, &found.fields);
    let message = HttpMessage::of(data, found);
    assert_eq!(message.gateway, Gateway::of(data, found));
    let Some(gateway) = message.gateway else {
        return;
    };
    assert_eq!(gateway.is_request, found.is_request());
    for part in &gateway.parts {
        inside(part.span, found.span());
        inside(part.value, part.span);
        assert!(gateway.value(part.key).is_some());
    }
    if let Some(id) = gateway.session_id(data) {
        let value = gateway.value(GatewayKey::SessionId).expect("an id");
        inside(id.session, value);
        id.turn.into_iter().for_each(|turn| inside(turn, value));
    }
}
