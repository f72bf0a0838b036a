//! Events of a PDU of MSNP.

use crate::event::{Command, Event, EventKind, Message, MessageKind, PduItems};
use crate::msn::event::context::Context;
use crate::msn::msnp::fields::{Field, Note};

/// Adds the events of a PDU.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context, pdu: &PduItems<'_>) {
    let Some(code) = pdu.text(Field::Cmd).or_else(|| code(pdu)) else {
        return;
    };
    if let Some(text) = pdu.text(Field::Text) {
        let kind = MessageKind::Text;
        events.push(context.event(EventKind::Message(Message {
            kind,
            text,
            picture: None,
        })));
    }
    events.push(context.by(
        None,
        EventKind::Command(Command {
            code,
            is_incomplete: pdu.has_note(Note::Incomplete),
            ..Command::default()
        }),
    ));
}

fn code(pdu: &PduItems<'_>) -> Option<String> {
    pdu.number(Field::ErrorCode).map(|code| code.to_string())
}
