//! Tree items of HTTP headers.

use crate::msn::common::number::decimal;
use crate::msn::common::percent;
use crate::msn::http::state::gateways::Route;
use crate::msn::http::state::tickets::Tickets;
use crate::msn::http::wire::gateway::{Gateway, GatewayKey, GatewayPart, GatewaySessionId};
use crate::msn::http::wire::head::HttpHead;
use crate::msn::http::wire::passport;
use crate::msn::http::wire::passport::{PassportHeader, PassportHeaderKind, PassportPair};
use crate::msn::msnp::fields::{Field, MSNMS};
use crate::packet::Packet;
use crate::plan::Plan;
use crate::span::Span;

/// Adds the gateway fields of a header in `data`.
pub(crate) fn gateway(
    plan: &mut Plan<'_>,
    data: &[u8],
    head: &HttpHead,
    gateway: &Gateway,
    route: Route,
) {
    if !plan.wants_items() {
        return;
    }
    let root = plan.heading(0, &MSNMS, head.span());
    if plan.shows_tree() {
        let text = |key: GatewayKey| {
            gateway
                .value(key)
                .map(|value| String::from_utf8_lossy(value.of(data)))
        };
        let what = match (
            gateway.is_request,
            text(GatewayKey::Action),
            text(GatewayKey::Server),
        ) {
            (false, ..) => "response".to_owned(),
            (true, None, _) => "request".to_owned(),
            (true, Some(action), None) => action.into_owned(),
            (true, Some(action), Some(server)) => format!("{action} {server}"),
        };
        plan.label_args(
            root,
            format_args!("MSN Messenger Service, HTTP gateway, {what}"),
        );
    }
    for part in &gateway.parts {
        self::part(plan, data, part);
    }
    if let Some(stream) = route.stream() {
        plan.generated(1, Field::GatewayStream, stream);
    }
}

fn part(plan: &mut Plan<'_>, data: &[u8], part: &GatewayPart) {
    let value = part.value;
    let field = match part.key {
        GatewayKey::Action => Field::GatewayAction,
        GatewayKey::Server => Field::GatewayServer,
        GatewayKey::Ip => Field::GatewayIp,
        GatewayKey::GatewayIp => Field::GatewayNext,
        GatewayKey::Host => Field::GatewayHost,
        GatewayKey::SessionId => {
            plan.text(1, Field::GatewaySessionId, value);
            let id = GatewaySessionId::of(data, value);
            plan.text(2, Field::GatewaySession, id.session);
            if let Some(turn) = id.turn {
                plan.text(2, Field::GatewayTurn, turn);
            }
            return;
        }
        GatewayKey::Lifespan => match decimal(value.of(data)) {
            Some(seconds) => {
                plan.number(1, Field::GatewayLifespan, value, seconds);
                return;
            }
            None => Field::GatewayParam,
        },
        GatewayKey::Session if value.of(data).eq_ignore_ascii_case(b"close") => {
            plan.heading(1, Field::GatewayClose, part.span);
            return;
        }
        GatewayKey::Session | GatewayKey::Other => Field::GatewayParam,
    };
    let span = match field {
        Field::GatewayParam => part.span,
        _ => value,
    };
    plan.text(1, field, span);
}

/// Adds the Passport headers of a message, whose header is in `data`, and records the
/// tickets in them.
pub(crate) fn passport(
    plan: &mut Plan<'_>,
    packet: &Packet<'_>,
    data: &[u8],
    head: &HttpHead,
    headers: &[PassportHeader],
    tickets: &mut Tickets,
) {
    let root = plan.heading(0, &MSNMS, head.span());
    if let (true, Some(first)) = (plan.shows_tree(), headers.first()) {
        let what = match first.kind {
            PassportHeaderKind::Authorization => "authentication request",
            PassportHeaderKind::Info => "authentication response",
            PassportHeaderKind::Challenge => "authentication challenge",
            PassportHeaderKind::Urls | PassportHeaderKind::Location => "login server",
        };
        let status = first.value(passport::PassportKey::Status);
        let status = status.map_or(String::new(), |span| {
            format!(" ({})", String::from_utf8_lossy(span.of(data)))
        });
        plan.label_args(
            root,
            format_args!("MSN Messenger Service, Passport, {what}{status}"),
        );
    }
    for header in headers {
        plan.text(1, Field::PassportHeader, header.line);
        if let Some(version) = header.version.filter(|version| version.len > 0) {
            plan.text(2, Field::PassportVersion, version);
        }
        for pair in &header.pairs {
            self::pair(plan, data, pair);
            if pair.key == passport::PassportKey::Ticket {
                let used = tickets.record_issue(packet, pair.value.of(data));
                if let Some(frame) = used {
                    plan.generated(3, Field::TicketUsedIn, frame);
                }
            }
        }
    }
}

/// Shows the account whose login a message is part of.
pub(crate) fn sign_in(plan: &mut Plan<'_>, account: &str) {
    let item = plan.derived(1, Field::LocalAccount, Span::default(), account);
    plan.mark_generated(item);
}

fn pair(plan: &mut Plan<'_>, data: &[u8], pair: &PassportPair) {
    use passport::PassportKey as Of;
    let field = match pair.key {
        Of::Verb => Field::PassportVerb,
        Of::Url => Field::PassportUrl,
        Of::SignIn => Field::PassportSignIn,
        Of::Password => Field::PassportPassword,
        Of::Status => Field::PassportStatus,
        Of::TicketName => Field::PassportTicketName,
        Of::ReturnUrl => Field::PassportReturnUrl,
        Of::Realm => Field::PassportRealm,
        Of::Login => Field::PassportLogin,
        Of::Registration => Field::PassportRegistration,
        Of::CallbackUrl => Field::PassportCallbackUrl,
        Of::CallbackText => Field::PassportCallbackText,
        Of::Ticket => {
            let item = plan.text(2, Field::PassportTicket, pair.value);
            mark_sensitive(plan, item, "Passport ticket", pair.value.of(data));
            return;
        }
        Of::Other => {
            plan.text(2, Field::PassportParam, pair.span);
            return;
        }
    };
    let text = percent::text(pair.value.of(data));
    let item = plan.derived(2, field, pair.value, &text);
    if pair.key == Of::SignIn {
        plan.derived(3, Field::Account, pair.value, &text);
    }
    if pair.key == Of::Password {
        mark_sensitive(plan, item, "Passport password", text.as_bytes());
    }
}

/// Labels a value as sensitive: it gives access to the account.
fn mark_sensitive(plan: &mut Plan<'_>, item: crate::plan::ItemId, title: &str, value: &[u8]) {
    if plan.shows_tree() {
        let value = String::from_utf8_lossy(value);
        plan.label_args(item, format_args!("{title} (sensitive): {value}"));
    }
}

/// Adds the frame in which the ticket at `span` of a command line was issued.
pub(crate) fn ticket_source(plan: &mut Plan<'_>, depth: u8, issued: u32, span: Span) {
    let item = plan.number(depth, Field::TicketIssuedIn, span, issued);
    plan.mark_generated(item);
}
