//! Lays the lines of a body on the tree.

use crate::msn::common::guid::Guid;
use crate::msn::slp::fields::{Field, Note};
use crate::msn::slp::tree::context;
use crate::msn::slp::tree::values::{
    addresses, bad_value, boolean, guid, number, port, EXTERNAL, INTERNAL, SIXTH,
};
use crate::msn::slp::wire::addresses::{endpoints, net_id, reversed, reversed_endpoints};
use crate::msn::slp::wire::codes::{application, Use};
use crate::msn::slp::wire::keys::{find, find_reversed, Key, Row};
use crate::msn::slp::wire::message::Pair;
use crate::plan::Plan;
use crate::span::Span;

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
        Key::Context => context::show(plan, depth, span, data, purpose),
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
