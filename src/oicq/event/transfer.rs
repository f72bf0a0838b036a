//! Files, pictures and calls: requests between users, and frames of the other families.

use crate::event::{
    Conversation, Event, EventKind, Object, PduItems, Subject, Transfer, TransferStep,
};
use crate::oicq::event::context::Context;
use crate::oicq::fields::Field;
use crate::oicq::wire::commands::table::QR_CODE;
use crate::oicq::wire::other_frames::agent::PICTURE_TYPES;

/// `oicq.file.kind` of a custom emoticon.
const EMOTICON: u64 = 0x6b;
/// `oicq.p2p.type` of a file operation, and of voice and video.
const FILE_OPERATION: u64 = 7;
const VOICE_OR_VIDEO: u64 = 5;
/// `oicq.p2p.operation`.
const INFORMATION: u64 = 1;
const END_OF_FILE: u64 = 3;
/// `oicq.head.command` of a request for an avatar, or its reply.
const GET_AVATAR: u64 = 2;
/// `oicq.agent.command`.
const REQUEST_AGENT: u64 = 0x21;
const TRANSFER: u64 = 0x23;
/// `oicq.agent.result` of a refusal, and of a referral to another agent.
const REDIRECT: u64 = 1;
const REFUSED: u64 = 3;
/// `oicq.flag` of the file relay.
const RELAY: u64 = 4;

/// Adds the step of a transfer in a frame.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context<'_>) {
    let pdu = &context.pdu;
    add_objects(events, context);
    if pdu.has(Field::ImType) {
        events.extend(of_message(context));
    } else if pdu.has(Field::P2pType) {
        events.extend(between_clients(context));
    } else if pdu.has(Field::CustomAvatarCommand) {
        events.extend(of_avatar(context));
    } else if pdu.has(Field::AgentCommand) {
        events.extend(of_agent(context));
    } else if pdu.number(Field::Flag) == Some(RELAY) && pdu.has(Field::FileName) {
        let kind = transfer(pdu, TransferStep::Started, Subject::File);
        events.push(context.by(context.own(), EventKind::Transfer(kind)));
    }
}

/// Adds the file that a frame carries, or a part of it.
fn add_objects(events: &mut Vec<Event>, context: &Context<'_>) {
    let pdu = &context.pdu;
    for part in pdu.objects() {
        let is_to_client = context.is_to_client();
        let (what, from, to) = if pdu.has(Field::P2pType) {
            (
                "file",
                pdu.text(Field::P2pSender),
                pdu.texts(Field::P2pReceiver),
            )
        } else if pdu.has(Field::CustomAvatarCommand) {
            (
                "display picture",
                pdu.text(Field::CustomAvatarFriend),
                Vec::new(),
            )
        } else if pdu.has(Field::CaptchaPicture) {
            let is_code = context.command == Some(QR_CODE);
            let what = if is_code { "QR code" } else { "captcha" };
            (what, None, context.to_own())
        } else if is_to_client {
            ("group picture", None, context.to_own())
        } else {
            ("group picture", context.own(), Vec::new())
        };
        let name = pdu.text(Field::FileName).unwrap_or_default();
        let object = Object {
            is_hash_good: pdu.number(Field::FileMd5Good).map(|good| good == 1),
            ..Object::of(part, pdu.protocol(), what.to_owned(), name)
        };
        let kind = EventKind::Object(object);
        events.push(context.event(Conversation::None, from, to, kind));
    }
}

/// A step with the name and size that the frame has.
fn transfer(pdu: &PduItems<'_>, step: TransferStep, what: Subject) -> Transfer {
    Transfer {
        step,
        what,
        name: pdu.text(Field::FileName).unwrap_or_default(),
        size: pdu.number(Field::FileSize).or_else(|| size_in_words(pdu)),
        id: String::new(),
        reason: String::new(),
        picture: None,
    }
}

/// The size that a request gives as text, if it is in bytes.
fn size_in_words(pdu: &PduItems<'_>) -> Option<u64> {
    let text = pdu.text(Field::FileSizeText)?;
    let digits = text.trim().trim_end_matches("bytes").trim_end();
    digits.parse().ok()
}

/// A message with a request for a transfer, or an answer. How the clients find each other is
/// no step.
fn of_message(context: &Context<'_>) -> Option<Event> {
    let pdu = &context.pdu;
    let step = match pdu.number(Field::ImType)? {
        0x0001 | 0x0035 | 0x0081 => TransferStep::Offered,
        0x0003 | 0x0037 | 0x0083 => TransferStep::Accepted,
        0x0005 | 0x0039 => TransferStep::Refused,
        0x0049 | 0x0085 => TransferStep::Cancelled,
        _ => return None,
    };
    let what = match pdu.number(Field::TransferKind) {
        Some(EMOTICON) => Subject::Other("custom emoticon".to_owned()),
        _ => Subject::File,
    };
    let kind = Transfer {
        id: pdu.text(Field::SessionId).unwrap_or_default(),
        ..transfer(pdu, step, what)
    };
    let (from, to) = (pdu.text(Field::Sender), pdu.texts(Field::Recipient));
    Some(context.event(Conversation::Direct, from, to, EventKind::Transfer(kind)))
}

/// The beginning and the end of a file or a call between two clients.
fn between_clients(context: &Context<'_>) -> Option<Event> {
    let pdu = &context.pdu;
    let operation = pdu.number(Field::P2pOperation);
    let kind = match (pdu.number(Field::P2pType)?, operation) {
        (FILE_OPERATION, Some(INFORMATION)) => transfer(pdu, TransferStep::Started, Subject::File),
        (FILE_OPERATION, Some(END_OF_FILE)) => {
            transfer(pdu, TransferStep::Completed, Subject::File)
        }
        (VOICE_OR_VIDEO, _) => {
            let packet = pdu.bytes(Field::P2pMedia)?;
            let step = match packet {
                _ if packet.starts_with(b"INVITE ") => TransferStep::Offered,
                _ if packet.starts_with(b"BYE ") => TransferStep::Completed,
                _ => return None,
            };
            transfer(pdu, step, Subject::Other("voice or video".to_owned()))
        }
        _ => return None,
    };
    let (from, to) = (pdu.text(Field::P2pSender), pdu.texts(Field::P2pReceiver));
    Some(context.event(Conversation::Direct, from, to, EventKind::Transfer(kind)))
}

/// A user's avatar, which a client of unknown account gets from the server.
fn of_avatar(context: &Context<'_>) -> Option<Event> {
    let pdu = &context.pdu;
    if pdu.number(Field::CustomAvatarCommand) != Some(GET_AVATAR) {
        return None;
    }
    let friend = pdu.text(Field::CustomAvatarFriend)?;
    let step = match context.origin.connection.from_client? {
        true => TransferStep::Offered,
        false if pdu.has(Field::File) => TransferStep::Completed,
        false if pdu.number(Field::FileOffset)? == 0 => TransferStep::Started,
        false => return None,
    };
    let what = Subject::Other("display picture".to_owned());
    let kind = EventKind::Transfer(transfer(pdu, step, what));
    Some(context.by(Some(friend), kind))
}

/// A picture for a group, by way of an agent.
fn of_agent(context: &Context<'_>) -> Option<Event> {
    let pdu = &context.pdu;
    let is_to_server = context.is_to_server();
    let result = pdu.number(Field::AgentResult);
    let step = match (pdu.number(Field::AgentCommand)?, result) {
        (REQUEST_AGENT, Some(REDIRECT)) => {
            let to = pdu.text(Field::AgentOther)?;
            let to = match pdu.number(Field::AgentOtherPort)? {
                0 => to,
                port => format!("{to}:{port}"),
            };
            return Some(context.by(context.own(), EventKind::Redirected { to }));
        }
        (REQUEST_AGENT, Some(REFUSED)) => TransferStep::Refused,
        (REQUEST_AGENT, None) if is_to_server && pdu.has(Field::AgentGroup) => {
            TransferStep::Offered
        }
        (TRANSFER, _) if pdu.has(Field::File) => TransferStep::Completed,
        (TRANSFER, _) if is_to_server && pdu.has(Field::FileNameMd5) => TransferStep::Started,
        _ => return None,
    };
    let what = pdu.number(Field::AgentType).and_then(|kind| {
        let kind = u32::try_from(kind).ok()?;
        PICTURE_TYPES.name(kind)
    });
    let what = what.map_or_else(|| "group picture".to_owned(), str::to_lowercase);
    let kind = Transfer {
        id: pdu.text(Field::AgentSession).unwrap_or_default(),
        reason: pdu.text(Field::AgentText).unwrap_or_default(),
        ..transfer(pdu, step, Subject::Other(what))
    };
    // The request has the group's internal number.
    let group = pdu.text(Field::AgentGroup).map(Conversation::Group);
    let from = context.own();
    let conversation = group.unwrap_or_default();
    Some(context.event(conversation, from, Vec::new(), EventKind::Transfer(kind)))
}
