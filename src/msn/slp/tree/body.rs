//! Tree items of the lines of a body.

use crate::msn::common::guid::Guid;
use crate::msn::slp::fields::{Field, Note};
use crate::msn::slp::tree::context;
use crate::msn::slp::tree::values::{
    addresses, bad_value, boolean, guid, number, port, EXTERNAL, INTERNAL, IPV6,
};
use crate::msn::slp::wire::addresses::{endpoints, net_id, reversed, reversed_endpoints};
use crate::msn::slp::wire::codes::{application, SessionUse};
use crate::msn::slp::wire::keys::{find, find_reversed, SlpKey, SlpKeyRow};
use crate::msn::slp::wire::message::SlpHeader;
use crate::plan::Plan;
use crate::span::Span;

/// Shows one line of a session with the given `purpose`.
pub(crate) fn pair(
    plan: &mut Plan<'_>,
    depth: u8,
    pair: &SlpHeader,
    data: &[u8],
    purpose: Option<SessionUse>,
) {
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

fn value(
    plan: &mut Plan<'_>,
    depth: u8,
    key: SlpKey,
    span: Span,
    data: &[u8],
    purpose: Option<SessionUse>,
) {
    let text = span.of(data);
    match key {
        SlpKey::EufGuid => {
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
        SlpKey::Nonce => guid(plan, depth, Field::Nonce, span, data),
        SlpKey::HashedNonce => guid(plan, depth, Field::HashedNonce, span, data),
        SlpKey::SessionId => number(plan, depth, Field::Session, span, data),
        SlpKey::SChannelState => number(plan, depth, Field::ChannelState, span, data),
        SlpKey::CapabilitiesFlags => number(plan, depth, Field::CapabilitiesFlags, span, data),
        SlpKey::AppId => number(plan, depth, Field::AppId, span, data),
        SlpKey::RequestFlags => number(plan, depth, Field::RequestFlags, span, data),
        SlpKey::Context => context::show(plan, depth, span, data, purpose),
        SlpKey::Bridges => text_of(plan, depth, Field::Bridges, span),
        SlpKey::Bridge => text_of(plan, depth, Field::Bridge, span),
        SlpKey::ConnType => text_of(plan, depth, Field::ConnType, span),
        SlpKey::TcpConnType => text_of(plan, depth, Field::TcpConnType, span),
        SlpKey::Ipv6Global => text_of(plan, depth, Field::Ipv6Global, span),
        SlpKey::NatTravMsgType => text_of(plan, depth, Field::NatMessage, span),
        SlpKey::Ipv6Addresses => {
            text_of(plan, depth, Field::Ipv6Addresses, span);
            let endpoints = endpoints(text);
            addresses(plan, depth + 1, IPV6, span, &endpoints);
        }
        SlpKey::NetId => match (net_id(text), text) {
            (Some(address), _) => {
                plan.number(depth, Field::NetId, span, u32::from(address));
            }
            (None, b"0") => {
                plan.number(depth, Field::NetId, span, 0_u32);
            }
            (None, _) => bad_value(plan, span),
        },
        SlpKey::UPnPNat => boolean(plan, depth, Field::UPnPNat, span, data),
        SlpKey::Icf => boolean(plan, depth, Field::Icf, span, data),
        SlpKey::NeedsEndpoint => boolean(plan, depth, Field::NeedsEndpoint, span, data),
        SlpKey::RelayServer => text_of(plan, depth, Field::RelayServer, span),
        SlpKey::RelayUser => text_of(plan, depth, Field::RelayUser, span),
        SlpKey::RelayPassword => text_of(plan, depth, Field::RelayPassword, span),
        SlpKey::Listening => boolean(plan, depth, Field::Listening, span, data),
        SlpKey::InternalAddresses | SlpKey::InternalEndpoints => {
            addresses(plan, depth, INTERNAL, span, &endpoints(text));
        }
        SlpKey::ExternalAddresses | SlpKey::ExternalEndpoints => {
            addresses(plan, depth, EXTERNAL, span, &endpoints(text));
        }
        SlpKey::InternalPort => port(plan, depth, Field::InternalPort, span, text),
        SlpKey::ExternalPort => port(plan, depth, Field::ExternalPort, span, text),
        SlpKey::Ipv6Port => port(plan, depth, Field::Ipv6Port, span, text),
        // Header keys, without meaning in a body.
        SlpKey::CallId
        | SlpKey::ContentLength
        | SlpKey::ContentType
        | SlpKey::CSeq
        | SlpKey::From
        | SlpKey::MaxForwards
        | SlpKey::To
        | SlpKey::Via => {}
    }
}

/// Shows a line whose key and value are in reverse byte order.
fn backwards(plan: &mut Plan<'_>, depth: u8, row: &SlpKeyRow, pair: &SlpHeader, data: &[u8]) {
    let span = pair.value;
    let value = reversed(span.of(data));
    let line = format!("{}: {}", row.name, String::from_utf8_lossy(&value));
    let item = plan.derived(depth, Field::Reversed, pair.line, &line);
    plan.mark_generated(item);
    let endpoints = reversed_endpoints(span.of(data));
    match row.key {
        SlpKey::InternalAddresses | SlpKey::InternalEndpoints => {
            addresses(plan, depth, INTERNAL, span, &endpoints);
        }
        SlpKey::ExternalAddresses | SlpKey::ExternalEndpoints => {
            addresses(plan, depth, EXTERNAL, span, &endpoints);
        }
        SlpKey::Ipv6Addresses => addresses(plan, depth, IPV6, span, &endpoints),
        SlpKey::InternalPort => port(plan, depth, Field::InternalPort, span, &value),
        SlpKey::ExternalPort => port(plan, depth, Field::ExternalPort, span, &value),
        _ => port(plan, depth, Field::Ipv6Port, span, &value),
    }
}

fn text_of(plan: &mut Plan<'_>, depth: u8, field: Field, span: Span) {
    plan.text(depth, field, span);
}
