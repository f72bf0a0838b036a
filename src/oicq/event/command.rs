//! The event of every frame: its command, and its place in the exchange.

use crate::event::{Command, Conversation, Event, EventKind, PduItems};
use crate::field::FieldId;
use crate::oicq::event::context::Context;
use crate::oicq::fields::{Field, Note};

/// Adds the event of the frame's command. Bytes that are no whole frame have none.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context<'_>) {
    let pdu = &context.pdu;
    let Some(kind) = basic(context).or_else(|| of_family(pdu)) else {
        return;
    };
    let is_sealed = pdu.has(Field::Ciphertext).then_some(false);
    let retransmission = pdu.number(Field::Retransmission).unwrap_or_default();
    let is_first = !pdu.has(Field::DuplicateOf);
    let command = Command {
        is_request: pdu.has(Field::Request),
        is_unanswered: (!context.first_pass).then(|| pdu.has_note(Note::Unanswered)),
        response: is_first.then(|| response(pdu, &kind)).flatten(),
        is_repeated: context.is_repeated(),
        retransmission: u32::try_from(retransmission).unwrap_or(u32::MAX),
        content: content(pdu),
        version: client(pdu).unwrap_or_default(),
        is_decrypted: pdu.has(Field::Decrypted).then_some(true).or(is_sealed),
        is_incomplete: context.is_cut && !pdu.has(Field::Trailer),
        ..kind
    };
    let from = match context.is_to_server() {
        true => context.own(),
        false => pdu.text(Field::P2pSender),
    };
    let to = pdu.texts(Field::P2pReceiver);
    let kind = EventKind::Command(command);
    events.push(context.event(Conversation::None, from, to, kind));
}

/// Code, name and family of a frame of the basic family.
fn basic(context: &Context<'_>) -> Option<Command> {
    let name = context.pdu.text(Field::CommandName);
    Some(Command {
        code: format!("0x{:04x}", context.command?),
        is_known: name.is_some(),
        name: name.unwrap_or_default(),
        is_outside_session: context.origin.connection.account.is_none(),
        ..Command::default()
    })
}

/// Code, name and family of a frame of another family. A family without commands has its own
/// name in their place.
fn of_family(pdu: &PduItems<'_>) -> Option<Command> {
    let (role, field): (&str, Option<FieldId>) = match pdu.number(Field::Flag)? {
        _ if pdu.has(Field::CustomAvatarCommand) => {
            ("Custom avatar", Some(Field::CustomAvatarCommand.into()))
        }
        _ if pdu.has(Field::AgentCommand) => {
            ("Group picture agent", Some(Field::AgentCommand.into()))
        }
        _ if pdu.has(Field::P2pType) => ("P2P data", Some(Field::P2pType.into())),
        _ if pdu.has(Field::P2pSender) => ("P2P control", Some(Field::P2pControl.into())),
        4 => ("File relay", None),
        _ => return None,
    };
    let item = field.and_then(|field| pdu.find(field));
    let code = field.and_then(|field| pdu.number(field));
    let name = item.and_then(|item| pdu.value(item)).unwrap_or_default();
    Some(Command {
        code: code.map_or_else(|| role.to_owned(), |code| format!("0x{code:04x}")),
        is_known: code.is_none_or(|code| name != code.to_string()),
        name: match code {
            Some(code) if name == code.to_string() => String::new(),
            Some(_) => name.into_owned(),
            None => role.to_owned(),
        },
        role: role.to_owned(),
        ..Command::default()
    })
}

/// The request's command, and the time since then. A push's acknowledgment is no response.
fn response(pdu: &PduItems<'_>, command: &Command) -> Option<(String, i64)> {
    if !pdu.has(Field::ResponseTo) {
        return None;
    }
    let delay = i64::try_from(pdu.number(Field::Time)?).ok()?;
    Some((command.code.clone(), delay))
}

/// The kind of push, or of message.
fn content(pdu: &PduItems<'_>) -> String {
    let kind = pdu.text(Field::MessageType);
    kind.or_else(|| pdu.text(Field::ImType)).unwrap_or_default()
}

/// The program of the version in the header, or the version if no program is known. Servers
/// of some families send 0.
fn client(pdu: &PduItems<'_>) -> Option<String> {
    let version = pdu.number(Field::Version).filter(|version| *version != 0)?;
    let client = pdu.text(Field::Client);
    Some(client.unwrap_or_else(|| format!("0x{version:04x}")))
}
