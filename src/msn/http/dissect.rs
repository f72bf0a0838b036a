//! Dissects MSNP over HTTP into a Plan.
//!
//! Bodies of MSN's media type arrive one per call, preceded by their header; all other
//! messages arrive whole, after Wireshark's HTTP dissector has shown them.

use crate::msn::common::percent;
use crate::msn::http::state::gateways::Route;
use crate::msn::http::tree::head as show;
use crate::msn::http::wire::gateway::{Gateway, GatewayKey};
use crate::msn::http::wire::head;
use crate::msn::http::wire::head::{HttpBody, HttpHead};
use crate::msn::http::wire::message::{has_msn_type, HttpMessage};
use crate::msn::http::wire::passport::PassportKey;
use crate::msn::msnp::dissect::add_pdus;
use crate::msn::msnp::fields::MSNMS;
use crate::msn::msnp::state::session::{MsnpSession, UnfinishedPdu};
use crate::msn::msnp::wire::parameter::ServerRole;
use crate::msn::state::capture::MsnCapture;
use crate::packet::{Packet, PduKey, Transport};
use crate::plan::{Plan, SourceId, Verdict};

/// Maximum messages dissected per call.
const MAX_MESSAGES: usize = 256;

/// Dissects the body of a message. Its header is in `packet.heading`, unless the body has
/// a transfer or content coding.
pub fn body<'p>(
    packet: &Packet<'p>,
    connection: &mut MsnpSession,
    capture: &mut MsnCapture,
) -> Plan<'p> {
    let mut plan = Plan::new(&MSNMS, packet.bytes, packet.detail)
        .hiding_info(packet.hides_info)
        .with_heading(packet.heading);
    let data = packet.heading;
    let found = head::last(data).and_then(|head| Some((Gateway::of(data, &head)?, head)));
    let key = PduKey {
        frame: packet.frame,
        index: packet.first_pdu,
    };
    let message = found.as_ref().map(|(gateway, _)| (gateway, data));
    let route = capture
        .gateways
        .route(packet, key, &mut connection.http, message);
    if let Some((gateway, head)) = &found {
        let back = plan.enter(SourceId::HEADING, 0);
        show::gateway(&mut plan, data, head, gateway, route);
        plan.leave(back);
    }
    let packet = of_session(packet, route, found.is_some());
    let role = found.as_ref().and_then(|(gateway, _)| role(data, gateway));
    let is_whole = found.is_none_or(|(_, head)| match head.body(data) {
        HttpBody::Length(len) => len <= packet.reported,
        HttpBody::Encoded | HttpBody::UntilClose => true,
    });
    in_session(&packet, route, role, connection, capture, &mut plan);
    if !is_whole {
        // HTTP does not reassemble the body: the rest of it is never delivered.
        capture.in_session(route, connection, |session, _| {
            session.unfinished.leave(&packet, UnfinishedPdu::None);
        });
    }
    plan
}

/// The requested server role, if it is certain: `NS` may also be a dispatch server.
fn role(data: &[u8], gateway: &Gateway) -> Option<ServerRole> {
    let server = gateway.value(GatewayKey::Server)?;
    (server.of(data) == b"SB").then_some(ServerRole::Switchboard)
}

/// Dissects the PDUs of a body into `plan`.
fn in_session<'p>(
    packet: &Packet<'p>,
    route: Route,
    role: Option<ServerRole>,
    connection: &mut MsnpSession,
    capture: &mut MsnCapture,
    plan: &mut Plan<'p>,
) {
    capture.in_session(route, connection, |session, capture| {
        if route.stream().is_some() {
            let client_side = if route.from_client {
                packet.side()
            } else {
                1 - packet.side()
            };
            session
                .tracker
                .set_direction_and_role(packet, client_side, role);
        }
        add_pdus(packet, session, capture, plan);
    });
}

/// The packet as one of its session, whose directions are requests and responses.
fn of_session<'p>(packet: &Packet<'p>, route: Route, is_ours: bool) -> Packet<'p> {
    let from_lower = match route.stream() {
        Some(_) => route.from_client,
        None => packet.from_lower,
    };
    Packet {
        from_lower,
        recognised: packet.recognised || is_ours,
        can_reassemble: false,
        transport: Transport::Http,
        ..*packet
    }
}

/// Dissects whole messages, except those whose bodies are delivered separately.
pub fn dissect_messages<'p>(
    packet: &Packet<'p>,
    connection: &mut MsnpSession,
    capture: &mut MsnCapture,
) -> Plan<'p> {
    let mut plan = Plan::new(&MSNMS, packet.bytes, packet.detail).hiding_info(packet.hides_info);
    let mut at = 0;
    for _ in 0..MAX_MESSAGES {
        let Ok(head) = head::head(packet.bytes, at) else {
            break;
        };
        let body = head.body(packet.bytes);
        message(packet, &head, body, connection, capture, &mut plan);
        match body {
            HttpBody::Length(len) => at = head.end().saturating_add(len),
            HttpBody::Encoded | HttpBody::UntilClose => break,
        }
    }
    if plan.http_headers > 0 {
        plan.verdict = Verdict::Accept;
    }
    plan
}

fn message<'p>(
    packet: &Packet<'p>,
    head: &HttpHead,
    body: HttpBody,
    connection: &mut MsnpSession,
    capture: &mut MsnCapture,
    plan: &mut Plan<'p>,
) {
    let data = packet.bytes;
    let message = HttpMessage::of(data, head);
    // The body is delivered separately, with its header.
    let comes_alone = has_msn_type(data, &head.fields)
        && !matches!(body, HttpBody::Length(0) | HttpBody::Encoded);
    if message.is_empty() || (comes_alone && message.passport.is_empty()) {
        return;
    }
    let key = PduKey {
        frame: packet.frame,
        index: packet
            .first_pdu
            .saturating_add(plan.http_headers)
            .saturating_add(plan.pdus),
    };
    plan.http_headers += 1;
    if !message.passport.is_empty() {
        let (headers, tickets) = (&message.passport, &mut capture.tickets);
        show::passport(plan, packet, data, head, headers, tickets);
        let mut headers = headers.iter();
        let named = headers.find_map(|header| header.value(PassportKey::SignIn));
        let named = named.map(|span| percent::text(span.of(data)).into_owned());
        if let Some(account) = connection.http.sign_in(packet, key, named) {
            show::sign_in(plan, account);
        }
    }
    let Some(gateway) = message.gateway.filter(|_| !comes_alone) else {
        return;
    };
    let found = Some((&gateway, data));
    let route = capture
        .gateways
        .route(packet, key, &mut connection.http, found);
    show::gateway(plan, data, head, &gateway, route);
    match body {
        // Some clients declare the body as `text/xml`.
        HttpBody::Length(len) if len > 0 => {
            let bytes = data.get(head.end()..).unwrap_or_default();
            let bytes = bytes.get(..len).unwrap_or(bytes);
            let inner = Packet {
                bytes,
                reported: bytes.len(),
                first_pdu: packet.first_pdu.saturating_add(plan.http_headers),
                ..of_session(packet, route, true)
            };
            let back = plan.enter_here(head.end());
            let role = role(data, &gateway);
            in_session(&inner, route, role, connection, capture, plan);
            plan.leave(back);
        }
        _ => {}
    }
}
