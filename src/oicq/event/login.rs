//! Logins of every generation, redirects, and the end of sessions.
//!
//! That a client asks for a login, proves its password or logs out is in the command, which is
//! in clear: such events need no decrypted body. Results do.

use crate::codes::Codes;
use crate::event::{Event, EventKind, Login, LoginStep, PduItems};
use crate::oicq::body::codes::{
    CLASSIC_LOGIN_RESULTS, LOGIN_RESULTS, PASSWORD_RESULTS, QR_STATES, REPLIES,
};
use crate::oicq::crypto::key_role::KeyRole;
use crate::oicq::event::context::Context;
use crate::oicq::fields::{Field, Note};
use crate::oicq::wire::commands::table::{
    LOG_IN_2013, LOG_IN_ECDH, LOG_IN_SESSION_KEY, LOG_IN_UNTIL_2008, LOG_OUT, LOG_OUT_TCP,
    LOG_OUT_UNTIL_2008, QR_CODE, QR_POLL, REQUEST_TOKEN, SELECT_SERVER, SESSION_KEY, TOUCH,
    VERIFY_PASSWORD,
};
use crate::oicq::wire::era::{
    contains, Versions, ALL, FROM_2007_TO_2008, FROM_2009_TO_2011, SINCE_2009, SINCE_2012,
    UNTIL_2006, UNTIL_2008,
};

/// What a frame of the client does in a login, or to end a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Start,
    Prove,
    LogOut,
}

/// A command of a client of these versions.
struct Row {
    command: u16,
    versions: Versions,
    act: Act,
    method: &'static str,
    /// The form of the secret, if it does not depend on the body.
    secret: &'static str,
}

const fn row(command: u16, versions: Versions, act: Act, method: &'static str) -> Row {
    Row {
        command,
        versions,
        act,
        method,
        secret: "",
    }
}

const CLASSIC: &str = "password (until QQ2006)";
const CHECKED: &str = "password check (QQ2007, QQ2008)";
const STEPWISE: &str = "password check (QQ2009 to QQ2012)";
const TLV: &str = "password in TLVs (2013)";
const ECDH: &str = "ECDH (since 2013)";
const QR: &str = "QR code";

/// Forms of secrets (docs/protocol/oicq.md §6.3).
const NOTHING_PROVED: &str = "empty text, QQ-TEA with MD5(MD5(password))";
const HASH: &str = "MD5(password), QQ-TEA with MD5(MD5(password))";
const SALTED_HASH: &str = "MD5(password), QQ-TEA with MD5(MD5(password), 0, QQ number)";
const SOME_HASH: &str = "MD5(password), QQ-TEA with a hash of the password";
const TICKET: &str = "ticket of the QR code";

/// The commands of logins (docs/protocol/oicq.md §4.3, §4.4, §7.1).
const ROWS: &[Row] = &[
    row(REQUEST_TOKEN, UNTIL_2006, Act::Start, CLASSIC),
    row(SELECT_SERVER, FROM_2007_TO_2008, Act::Start, CHECKED),
    row(SELECT_SERVER, FROM_2009_TO_2011, Act::Start, STEPWISE),
    row(TOUCH, SINCE_2012, Act::Start, ""),
    row(QR_CODE, SINCE_2012, Act::Start, QR),
    Row {
        secret: NOTHING_PROVED,
        ..row(LOG_IN_UNTIL_2008, UNTIL_2006, Act::Prove, CLASSIC)
    },
    Row {
        secret: HASH,
        ..row(VERIFY_PASSWORD, FROM_2007_TO_2008, Act::Prove, CHECKED)
    },
    Row {
        secret: NOTHING_PROVED,
        ..row(LOG_IN_UNTIL_2008, FROM_2007_TO_2008, Act::Prove, CHECKED)
    },
    Row {
        secret: SOME_HASH,
        ..row(VERIFY_PASSWORD, SINCE_2009, Act::Prove, STEPWISE)
    },
    Row {
        secret: SALTED_HASH,
        ..row(LOG_IN_2013, SINCE_2012, Act::Prove, TLV)
    },
    row(LOG_IN_ECDH, SINCE_2012, Act::Prove, ECDH),
    row(LOG_OUT_UNTIL_2008, UNTIL_2008, Act::LogOut, ""),
    row(LOG_OUT, SINCE_2009, Act::LogOut, ""),
    row(LOG_OUT_TCP, ALL, Act::LogOut, ""),
];

/// Commands whose replies end a login, with the method.
const ENDS: [(u16, &str); 3] = [
    (LOG_IN_UNTIL_2008, ""),
    (LOG_IN_SESSION_KEY, STEPWISE),
    (SESSION_KEY, ""),
];

/// `oicq.login.result` of a QR code that the user has confirmed.
const AUTHORISED: u64 = 0;
/// `oicq.tlv.type` of the ticket of a QR code.
const QR_TICKET: u64 = 0x0303;
/// `oicq.tlv.type` of the password proof.
const PASSWORD_PROOF: u64 = 0x0006;

/// Adds the step of a login in a frame.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context<'_>) {
    let kind = if context.is_to_server() {
        request(context)
    } else if context.is_to_client() {
        reply(context)
    } else {
        None
    };
    events.extend(kind.map(|kind| context.by(context.own(), kind)));
}

fn request(context: &Context<'_>) -> Option<EventKind> {
    let pdu = &context.pdu;
    let version = u16::try_from(pdu.number(Field::Version)?).ok()?;
    // An empty client block makes 0x0001 a probe.
    if pdu.has(Field::Probe) {
        return None;
    }
    let mut rows = ROWS.iter();
    let row =
        rows.find(|row| Some(row.command) == context.command && contains(row.versions, version))?;
    let step = match row.act {
        Act::Start if is_redirected(pdu) => return None,
        Act::Start => LoginStep::Started,
        Act::Prove => LoginStep::Proved,
        Act::LogOut => {
            let reason = "logged out".to_owned();
            return Some(EventKind::Ended { reason });
        }
    };
    let types = pdu.numbers(Field::TlvType);
    let (method, secret) = match row.command {
        LOG_IN_ECDH if types.contains(&QR_TICKET) => (QR, TICKET),
        LOG_IN_ECDH if types.contains(&PASSWORD_PROOF) => (ECDH, SALTED_HASH),
        VERIFY_PASSWORD => (row.method, form_of_proof(pdu).unwrap_or(row.secret)),
        _ => (row.method, row.secret),
    };
    Some(login(step, method, secret, String::new()))
}

/// Whether an earlier server has referred the client to this one: that is no second login.
fn is_redirected(pdu: &PduItems<'_>) -> bool {
    let count = pdu.number(Field::RedirectCount);
    pdu.has(Field::RedirectFrom) || count.is_some_and(|count| count > 0)
}

/// The form of a decrypted proof, by the key that has decrypted it.
fn form_of_proof(pdu: &PduItems<'_>) -> Option<&'static str> {
    let proof = pdu
        .items()
        .iter()
        .skip_while(|item| item.field != Field::Proof.into());
    let mut keys = proof.filter(|item| item.field == Field::DecryptionKey.into());
    let key = pdu.value(keys.next()?)?;
    let is = |role: KeyRole| key.starts_with(role.words());
    match (is(KeyRole::PasswordSalted), is(KeyRole::PasswordTwice)) {
        (true, _) => Some(SALTED_HASH),
        (_, true) => Some(HASH),
        _ => None,
    }
}

fn reply(context: &Context<'_>) -> Option<EventKind> {
    let pdu = &context.pdu;
    if let Some(address) = pdu.text(Field::RedirectAddress) {
        let port = pdu.number(Field::RedirectPort).filter(|port| *port != 0);
        let to = port.map_or_else(|| address.clone(), |port| format!("{address}:{port}"));
        return Some(EventKind::Redirected { to });
    }
    let result = pdu.number(Field::LoginResult);
    let words = result.map(|code| words(context, code)).unwrap_or_default();
    if pdu.has_note(Note::LoginRefused) {
        return Some(login(LoginStep::Refused, "", "", words));
    }
    let end = ENDS.iter().find(|end| Some(end.0) == context.command);
    if let (Some((_, method)), true) = (end, pdu.has(Field::SessionKey)) {
        return Some(login(LoginStep::Succeeded, method, "", words));
    }
    let is_confirmed = context.command == Some(QR_POLL) && result == Some(AUTHORISED);
    is_confirmed.then(|| login(LoginStep::Proved, QR, "", words))
}

/// The result in words, and what the server says to it.
fn words(context: &Context<'_>, code: u64) -> String {
    let codes: &Codes = match context.command {
        Some(LOG_IN_UNTIL_2008) => &CLASSIC_LOGIN_RESULTS,
        Some(VERIFY_PASSWORD | LOG_IN_SESSION_KEY) => &PASSWORD_RESULTS,
        Some(QR_POLL) => &QR_STATES,
        Some(REQUEST_TOKEN | SELECT_SERVER) => &REPLIES,
        _ => &LOGIN_RESULTS,
    };
    let name = u32::try_from(code).ok().and_then(|code| codes.name(code));
    let mut words = name.map_or_else(|| format!("0x{code:02x}"), str::to_owned);
    if let Some(text) = context.pdu.text(Field::LoginMessage) {
        words.push_str(&format!(": {text}"));
    }
    words
}

fn login(step: LoginStep, method: &str, secret: &str, result: String) -> EventKind {
    EventKind::Login(Login {
        step,
        service: "QQ".to_owned(),
        method: method.to_owned(),
        secret: secret.to_owned(),
        result,
    })
}
