//! Logins: who signs in, by which method, which secret goes over, and the result.

use crate::event::{Event, EventKind, Login, LoginStep, PduItems};
use crate::msn::event::context::Context;
use crate::msn::event::pdu::MsnpPdu;
use crate::msn::msnp::fields::Field;
use crate::msn::msnp::wire::values::{OUT_REASONS, PACKAGES};

/// Secrets of logins, with the form in which they go over.
const SECRETS: &[(Field, &str)] = &[
    (Field::Password, "password in clear text"),
    (Field::PasswordHash, "MD5 of salt and password"),
    (
        Field::ResponseBlob,
        "single sign-on ticket, nonce encrypted with its key",
    ),
    (Field::AuthTicket, "ticket"),
    (Field::CircleTicket, "circle ticket"),
    (Field::Cookie, "switchboard cookie"),
];

/// Adds the events of a PDU that concern a login, or the end of a session.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context, pdu: &MsnpPdu<'_>) {
    match pdu.code.as_str() {
        "USR" | "ANS" if pdu.is_of_client() => events.extend(request(context, pdu)),
        "USR" | "ANS" if pdu.is_admission() => {
            let login = login(pdu, LoginStep::Succeeded, restriction(&pdu.line));
            let who = pdu.account().or_else(|| context.own());
            events.push(context.by(who, EventKind::Login(login)));
        }
        "VER" if pdu.is_of_server() => events.extend(no_version(context, pdu)),
        "OUT" if !(pdu.is_on_switchboard() && pdu.is_of_client()) => {
            let reason = end(pdu);
            let own = context.own();
            events.push(context.by(own, EventKind::Ended { reason }));
        }
        _ => events.extend(refusal(context, pdu)),
    }
}

fn login(pdu: &MsnpPdu<'_>, step: LoginStep, result: String) -> Login {
    let package = pdu.line.text(Field::AuthPackage).unwrap_or_default();
    let method = PACKAGES.name(package.as_bytes()).unwrap_or(&package);
    let role = pdu.items.text(Field::Role).unwrap_or_default();
    let mut secrets = SECRETS.iter().filter(|(field, _)| pdu.line.has(*field));
    Login {
        step,
        service: role.to_lowercase(),
        method: method.to_owned(),
        secret: secrets.next().map_or(String::new(), |row| row.1.to_owned()),
        result,
    }
}

/// The client names its account, or proves who it is.
fn request(context: &Context, pdu: &MsnpPdu<'_>) -> Option<Event> {
    let mut login = login(pdu, LoginStep::Proved, String::new());
    if login.secret.is_empty() {
        login.step = LoginStep::Started;
    }
    let who = pdu.account().or_else(|| context.own())?;
    Some(context.by(Some(who), EventKind::Login(login)))
}

/// What limits an account that is admitted.
fn restriction(line: &PduItems<'_>) -> String {
    let limits = [
        (Field::Verified, 0, "account not verified"),
        (Field::Restricted, 1, "restricted account"),
    ];
    let limits = limits.into_iter();
    let limits = limits.filter(|(field, value, _)| line.number(*field) == Some(*value));
    let limits: Vec<&str> = limits.map(|(.., text)| text).collect();
    limits.join(", ")
}

/// The server accepts none of the client's versions.
fn no_version(context: &Context, pdu: &MsnpPdu<'_>) -> Option<Event> {
    let chosen = pdu.line.text(Field::Dialect)?;
    let result = "no common protocol version".to_owned();
    let own = context.own();
    (chosen == "0").then(|| {
        let login = login(pdu, LoginStep::Refused, result);
        context.by(own, EventKind::Login(login))
    })
}

/// An error reply to a step of a login.
fn refusal(context: &Context, pdu: &MsnpPdu<'_>) -> Option<Event> {
    let refused = pdu.items.text(Field::RefusedCommand)?;
    if !matches!(refused.as_str(), "USR" | "ANS" | "VER" | "INF") {
        return None;
    }
    let result = pdu.line.text(Field::ErrorCode).unwrap_or_default();
    let login = login(pdu, LoginStep::Refused, result);
    let own = context.own();
    Some(context.by(own, EventKind::Login(login)))
}

/// Why a session ends.
fn end(pdu: &MsnpPdu<'_>) -> String {
    if pdu.is_of_client() {
        return "signed out".to_owned();
    }
    let Some(letters) = pdu.line.text(Field::OutReason) else {
        return String::new();
    };
    let reason = OUT_REASONS.name(letters.as_bytes()).unwrap_or(&letters);
    match pdu.line.number(Field::OutMinutes) {
        Some(1) => format!("{reason}: 1 minute"),
        Some(minutes) => format!("{reason}: {minutes} minutes"),
        None => reason.to_owned(),
    }
}
