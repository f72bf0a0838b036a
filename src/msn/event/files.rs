//! File transfers by MSNFTP.

use crate::event::{Event, EventKind, Object, PduItems, Subject, Transfer, TransferStep};
use crate::msn::event::context::Context;
use crate::msn::event::messages::picture_of;
use crate::msn::msnftp::fields::{Field, Note};
use crate::msn::msnftp::wire::codes::{CANCELLED, CANCELLED_BY_SENDER, SENT, SUCCESS};
use crate::msn::msnp::fields::Field as MsnpField;

/// Adds the event of a PDU of MSNFTP that begins or ends a transfer.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context, items: &PduItems<'_>) {
    let parties = (items.text(Field::From), items.text(Field::To));
    let chat = items.number(MsnpField::Chat);
    let context = context.between(parties.0, parties.1.into_iter().collect(), chat);
    let name = items.text(Field::FileName).unwrap_or_default();
    for part in items.objects() {
        let object = Object {
            is_encrypted: items.has(Field::Encrypted),
            ..Object::of(
                part,
                items.protocol(),
                Subject::File.to_string(),
                name.clone(),
            )
        };
        events.push(context.event(EventKind::Object(object)));
    }
    let command = items.text(Field::Command).unwrap_or_default();
    let step = match items.number(Field::Complete) {
        Some(complete) => end(items, &command, complete == 1),
        None if command == "TFR" => Some(TransferStep::Started),
        None => None,
    };
    let Some(step) = step else {
        return;
    };
    let reason = match (step, command.as_str()) {
        (TransferStep::Completed | TransferStep::Started, _) => String::new(),
        (_, "CCL") => "canceled".to_owned(),
        _ => items.text(Field::Result).unwrap_or_default(),
    };
    let content = items.bytes(Field::Content);
    let picture = content.filter(|_| step == TransferStep::Completed);
    let transfer = Transfer {
        step,
        what: Subject::File,
        name,
        size: items.number(Field::Size),
        id: items.text(MsnpField::InvitationCookie).unwrap_or_default(),
        reason,
        picture: picture.and_then(picture_of),
    };
    events.push(context.event(EventKind::Transfer(transfer)));
}

/// How a transfer ends. `None` if the capture lacks parts of it.
fn end(items: &PduItems<'_>, command: &str, is_complete: bool) -> Option<TransferStep> {
    let result = items.number(Field::Result);
    let is = |codes: [u32; 2]| codes.into_iter().any(|code| result == Some(code.into()));
    match command {
        _ if is_complete => Some(TransferStep::Completed),
        "CCL" => Some(TransferStep::Cancelled),
        "BYE" if is([SUCCESS, SENT]) => Some(TransferStep::Completed),
        "BYE" if is([CANCELLED, CANCELLED_BY_SENDER]) => Some(TransferStep::Cancelled),
        "BYE" => Some(TransferStep::Failed),
        _ => items
            .has_note(Note::SizeDiffers)
            .then_some(TransferStep::Failed),
    }
}
