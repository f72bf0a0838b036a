//! What happened, in words.

use crate::event::{
    ContactChange, Conversation, Event, EventKind, GroupChange, LoginStep, MessageKind, Transfer,
};
use crate::report::parts::words_of;

/// The name of the event's kind. `None` if it does not belong in a transcript.
pub(crate) fn name(event: &Event) -> Option<&'static str> {
    Some(match &event.kind {
        EventKind::Message(message) => message.kind.name(),
        // Members of a group are a list, as contacts are.
        EventKind::Joined { is_present: true } => match event.conversation {
            Conversation::Group(_) => return None,
            _ => "present",
        },
        EventKind::Joined { .. } => "joined",
        EventKind::Left { .. } => "left",
        EventKind::Invited => "invited",
        EventKind::Transfer(_) => "transfer",
        EventKind::Status { .. } => "status",
        EventKind::Name(_) => "name",
        EventKind::PersonalMessage(_) => "personal message",
        EventKind::CurrentMedia(_) => "current media",
        EventKind::PictureSet(_) => "display picture",
        EventKind::Contact(change) => match change {
            ContactChange::Listed { .. } => return None,
            ContactChange::Group {
                what: GroupChange::Listed,
                ..
            } => return None,
            ContactChange::Added => "contact added",
            ContactChange::Removed => "contact removed",
            ContactChange::Blocked => "contact blocked",
            ContactChange::Unblocked => "contact unblocked",
            ContactChange::AddedOwner => "added by contact",
            ContactChange::RemovedOwner => "removed by contact",
            ContactChange::Group { .. } => "contact group",
            ContactChange::Request { .. } => "contact request",
        },
        EventKind::Mail { .. } => "email",
        EventKind::Login(login) => match login.step {
            LoginStep::Started => "login started",
            LoginStep::Proved => return None,
            // To enter a conversation says more.
            LoginStep::Succeeded if event.conversation != Conversation::None => return None,
            LoginStep::Succeeded => "login succeeded",
            LoginStep::Refused => "login refused",
        },
        EventKind::Redirected { .. } => "redirected",
        EventKind::Ended { .. } => "session ended",
        EventKind::Object(_) | EventKind::Fact(..) | EventKind::Command(_) => return None,
    })
}

/// Whether a message says something: it counts as a message of its sender.
pub(crate) fn is_said(kind: MessageKind) -> bool {
    !matches!(
        kind,
        MessageKind::Typing
            | MessageKind::Emoticon
            | MessageKind::System
            | MessageKind::NotDelivered
    )
}

/// What was said, or what it is about. Empty if the name says all.
pub(crate) fn text(event: &Event) -> String {
    match &event.kind {
        EventKind::Message(message) => match message.part {
            Some(part) => words_of(part, &message.text),
            None => message.text.clone(),
        },
        EventKind::Joined { .. } | EventKind::Invited => String::new(),
        EventKind::Left { reason } | EventKind::Ended { reason } => reason.clone(),
        EventKind::Transfer(step) => transfer(step, &step.name),
        EventKind::Status { status, is_initial } => match is_initial {
            true => format!("{status} (at sign-in)"),
            false => status.clone(),
        },
        EventKind::Name(text)
        | EventKind::PersonalMessage(text)
        | EventKind::CurrentMedia(text)
        | EventKind::PictureSet(text)
        | EventKind::Redirected { to: text } => text.clone(),
        EventKind::Contact(ContactChange::Group { what, name }) => {
            format!("{}: {name}", what.name())
        }
        EventKind::Contact(ContactChange::Request { what, text }) if text.is_empty() => {
            (*what).to_owned()
        }
        EventKind::Contact(ContactChange::Request { what, text }) => format!("{what}: {text}"),
        EventKind::Contact(_) => String::new(),
        EventKind::Mail { what, subject } if subject.is_empty() => what.clone(),
        EventKind::Mail { what, subject } => format!("{what}: {subject}"),
        EventKind::Login(login) => {
            let parts = [&login.service, &login.method, &login.result];
            let parts = parts.into_iter().filter(|part| !part.is_empty());
            parts.cloned().collect::<Vec<_>>().join(", ")
        }
        EventKind::Object(object) => object.what.clone(),
        EventKind::Fact(fact, value) => format!("{}: {value}", fact.title()),
        EventKind::Command(command) => command.name.clone(),
    }
}

/// A step of the transfer of the object `name`: `file offered: holiday.jpg (12345 bytes)`.
pub(crate) fn transfer(transfer: &Transfer, name: &str) -> String {
    let mut text = format!("{} {}", transfer.what, transfer.step.name());
    if !name.is_empty() {
        text.push_str(&format!(": {name}"));
    }
    if let Some(size) = transfer.size {
        text.push_str(&format!(" ({size} bytes)"));
    }
    if !transfer.reason.is_empty() {
        text.push_str(&format!(", {}", transfer.reason));
    }
    text
}
