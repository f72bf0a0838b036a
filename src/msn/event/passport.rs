//! Logins at Passport, in the headers of HTTP messages.

use crate::event::{Event, EventKind, Login, LoginStep, PduItems};
use crate::msn::event::context::Context;
use crate::msn::msnp::fields::Field;

/// Adds the events of the Passport headers of an HTTP message.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context, items: &PduItems<'_>) {
    if let Some(account) = items.text(Field::PassportSignIn) {
        let secret = match items.has(Field::PassportPassword) {
            true => "password in clear text",
            false => "",
        };
        let login = login(LoginStep::Proved, secret, String::new());
        events.push(event(context, (Some(account), true), login));
        return;
    }
    let account = context.own();
    let status = items.text(Field::PassportStatus).unwrap_or_default();
    let is = |word: &str| status.eq_ignore_ascii_case(word);
    if is("success") {
        let secret = match items.has(Field::PassportTicket) {
            true => "ticket",
            false => "",
        };
        let login = login(LoginStep::Succeeded, secret, String::new());
        events.push(event(context, (account, false), login));
    } else if is("failed") {
        let result = items.text(Field::PassportCallbackText).unwrap_or_default();
        let login = login(LoginStep::Refused, "", result);
        events.push(event(context, (account, false), login));
    }
}

/// A login of the account `who`, as the client or the server says.
fn event(context: &Context, (who, from_client): (Option<String>, bool), login: Login) -> Event {
    let mut event = context.by(who, EventKind::Login(login));
    event.connection.from_client = Some(from_client);
    event
}

fn login(step: LoginStep, secret: &str, result: String) -> Login {
    Login {
        step,
        service: "Passport".to_owned(),
        method: String::new(),
        secret: secret.to_owned(),
        result,
    }
}
