//! The event of every PDU: its command, and what it answers.

use crate::event::{Command, Event, EventKind};
use crate::msn::event::context::Context;
use crate::msn::event::pdu::MsnpPdu;
use crate::msn::msnp::fields::{Field, Note};

/// Adds the event of the command.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context, pdu: &MsnpPdu<'_>) {
    let mut command = command(pdu);
    command.is_unanswered = (!context.first_pass).then(|| pdu.items.has_note(Note::Unanswered));
    events.push(context.by(None, EventKind::Command(command)));
}

fn command(pdu: &MsnpPdu<'_>) -> Command {
    let items = &pdu.items;
    let name = match pdu.command {
        Some(command) => command.name.to_str().unwrap_or_default().to_owned(),
        None if pdu.is_error() && !items.has_note(Note::UnknownError) => {
            pdu.line.text(Field::ErrorCode).unwrap_or_default()
        }
        None => String::new(),
    };
    let response = items.text(Field::AnsweredCommand);
    let delay = items.number(Field::Time).map(|delay| delay as i64);
    let content = items.text(Field::ContentType).unwrap_or_default();
    let version = items.number(Field::SessionDialect);
    Command {
        code: pdu.code.clone(),
        is_known: !name.is_empty(),
        name,
        role: items.text(Field::Role).unwrap_or_default(),
        is_error: pdu.is_error(),
        refused: items.text(Field::RefusedCommand).unwrap_or_default(),
        is_request: items.has(Field::Request),
        response: response.zip(delay),
        content: content.to_ascii_lowercase(),
        version: version.map_or(String::new(), |version| format!("MSNP{version}")),
        is_incomplete: pdu.is_incomplete(),
        is_outside_session: is_outside_session(pdu),
        ..Command::default()
    }
}

/// Whether it is a message of which neither the account of its connection nor the
/// conversation is known.
fn is_outside_session(pdu: &MsnpPdu<'_>) -> bool {
    let is_known = pdu.items.has(Field::LocalAccount) || pdu.items.has(Field::Chat);
    pdu.is_message() && !is_known
}
