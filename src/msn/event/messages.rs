//! What users say to each other, and whether it was delivered.

use std::borrow::Cow;
use std::sync::Arc;

use crate::event::{
    Conversation, Event, EventKind, Message, MessageKind, Object, PduItems, Picture,
};
use crate::handoff::image_format;
use crate::msn::event::context::Context;
use crate::msn::event::pdu::MsnpPdu;
use crate::msn::msnp::fields::{Field, MSNMS};
use crate::msn::msnp::wire::content::{sign_out, CLOSED_WINDOW, SIGN_OUT};
use crate::pieces::Completeness;
use crate::plan::ObjectId;

/// Network of telephones in `msnms.network`.
const TELEPHONE: u64 = 4;

/// Adds the message of a PDU.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context, pdu: &MsnpPdu<'_>) {
    events.extend(not_delivered(context, pdu));
    events.extend(notice(context, pdu));
    match pdu.code.as_str() {
        "NOT" | "IPG" => events.extend(alert(context, pdu)),
        _ if pdu.is_message() && pdu.line.has(Field::PayloadLength) => {
            let Some(message) = message(pdu) else {
                return;
            };
            let drawn = drawing(context, pdu, &message);
            let said = said(context, pdu, message);
            let drawn = drawn.map(|object| Event {
                kind: EventKind::Object(object),
                ..said.clone()
            });
            events.push(said);
            events.extend(drawn);
        }
        _ => {}
    }
}

fn said(context: &Context, pdu: &MsnpPdu<'_>, message: Message) -> Event {
    let mut event = context.event(EventKind::Message(message));
    if event.from.is_none() && !pdu.is_incomplete() {
        event.from = writer(&pdu.items);
    }
    event
}

/// The account that a control message names.
fn writer(items: &PduItems<'_>) -> Option<String> {
    let typing = items.text(Field::TypingUser);
    typing.or_else(|| items.text(Field::RecordingUser))
}

fn of(kind: MessageKind, text: impl Into<String>) -> Option<Message> {
    Some(Message {
        kind,
        text: text.into(),
        picture: None,
        part: None,
    })
}

/// What a message says. `None` for a part of one, and for what programs say to each other.
fn message(pdu: &MsnpPdu<'_>) -> Option<Message> {
    let items = &pdu.items;
    if let Some(id) = items.number(Field::DatacastId) {
        return datacast(items, id);
    }
    let named = items.text(Field::MessagingType).unwrap_or_default();
    match (
        pdu.line.number(Field::MessageType),
        named.to_ascii_lowercase().as_str(),
    ) {
        (Some(2), _) | (_, "control/typing") => return of(MessageKind::Typing, ""),
        (_, "control/cleartyping") => return of(MessageKind::Typing, "no longer"),
        (Some(3), _) | (_, "nudge") => return of(MessageKind::Nudge, ""),
        (_, "wink") => return of(MessageKind::Wink, object_name(items)),
        (_, "voiceclip") => return of(MessageKind::VoiceClip, object_name(items)),
        _ => {}
    }
    if items.has(Field::RecordingUser) {
        return of(MessageKind::Typing, "recording a voice clip");
    }
    if items.has(Field::TypingUser) {
        return of(MessageKind::Typing, "");
    }
    if items.has(Field::Emoticon) {
        return of(
            MessageKind::Emoticon,
            items.texts(Field::EmoticonShortcut).join(" "),
        );
    }
    if let Some(kind) = items.text(Field::SystemType) {
        return of(MessageKind::System, announcement(items, &kind));
    }
    if let Some(picture) = picture(pdu) {
        return Some(picture);
    }
    text(pdu)
}

fn datacast(items: &PduItems<'_>, id: u64) -> Option<Message> {
    match id {
        1 => of(MessageKind::Nudge, ""),
        2 => of(MessageKind::Wink, object_name(items)),
        3 => of(MessageKind::VoiceClip, object_name(items)),
        4 => of(
            MessageKind::Action,
            items.text(Field::DatacastData).unwrap_or_default(),
        ),
        _ => None,
    }
}

fn object_name(items: &PduItems<'_>) -> String {
    items.text(Field::ObjectName).unwrap_or_default()
}

/// `Server shutting down in 5 minutes`
fn announcement(items: &PduItems<'_>, kind: &str) -> String {
    match items.number(Field::SystemArgument) {
        Some(1) => format!("{kind} in 1 minute"),
        Some(minutes) => format!("{kind} in {minutes} minutes"),
        None => kind.to_owned(),
    }
}

/// The file that a message is.
fn drawing(context: &Context, pdu: &MsnpPdu<'_>, message: &Message) -> Option<Object> {
    let bytes = match message.kind {
        MessageKind::Ink | MessageKind::Picture => body(&pdu.items)?,
        _ => return None,
    };
    let what = message.kind.name().to_owned();
    let is_whole = !pdu.is_incomplete();
    Some(Object {
        id: ObjectId::Begun(MSNMS.index, context.key(), 0),
        protocol: MSNMS.index,
        what,
        name: String::new(),
        size: is_whole.then_some(bytes.len() as u64),
        bytes: Arc::new(bytes.to_vec()),
        other_size: None,
        state: match is_whole {
            true => Completeness::Whole,
            false => Completeness::Incomplete,
        },
        last: context.frame(),
        is_encrypted: false,
        is_hash_good: None,
    })
}

/// The body of a message, without its transfer encoding.
fn body<'a>(items: &PduItems<'a>) -> Option<&'a [u8]> {
    let decoded = items.bytes(Field::Decoded);
    decoded.or_else(|| items.bytes(Field::Body))
}

/// Handwriting, and other pictures that are the body of a message.
fn picture(pdu: &MsnpPdu<'_>) -> Option<Message> {
    let items = &pdu.items;
    let body = body(items);
    let picture = body.and_then(picture_of).filter(|_| !pdu.is_incomplete());
    let content = items.text(Field::ContentType).unwrap_or_default();
    let is = |media: &str| content.eq_ignore_ascii_case(media);
    let is_ink = is("application/x-ms-ink") || is("image/gif") || items.has(Field::Decoded);
    if is_ink && body.is_some() {
        let message = of(MessageKind::Ink, "")?;
        return Some(Message { picture, ..message });
    }
    let message = of(MessageKind::Picture, "")?;
    picture.map(|picture| Message {
        picture: Some(picture),
        ..message
    })
}

/// The picture that these bytes are.
pub(crate) fn picture_of(bytes: &[u8]) -> Option<Picture> {
    let format = image_format(bytes)?;
    Some(Picture {
        media: format.media,
        bytes: bytes.to_vec(),
    })
}

/// The words of a message.
fn text(pdu: &MsnpPdu<'_>) -> Option<Message> {
    let items = &pdu.items;
    // In a payload that breaks off within its headers, they are not words of anybody.
    let is_within_headers = items.has(Field::BadLine) || !items.has(Field::ContentType);
    if pdu.is_incomplete() && pdu.code == "MSG" && is_within_headers {
        return None;
    }
    // Notifications between programs can be text, too.
    let is_notification = matches!(pdu.code.as_str(), "UUN" | "UBN");
    if is_notification && !items.has(Field::ContentType) || items.has(Field::SipMessage) {
        return None;
    }
    let words = items.find(Field::Text).and_then(|item| items.value(item));
    let mut text = words.map(Cow::into_owned).or_else(|| page(pdu))?;
    if pdu.is_incomplete() {
        text.push('\u{2026}');
    }
    of(text_kind(pdu), text)
}

/// The text of a page to a phone, which can be a document.
fn page(pdu: &MsnpPdu<'_>) -> Option<String> {
    let is_page = matches!(pdu.code.as_str(), "PAG" | "PGD");
    pdu.items.text(Field::NotificationText).filter(|_| is_page)
}

fn text_kind(pdu: &MsnpPdu<'_>) -> MessageKind {
    let items = &pdu.items;
    let agent = items.text(Field::DestinationAgent).unwrap_or_default();
    let channel = items.text(Field::ServiceChannel).unwrap_or_default();
    let is_page = matches!(pdu.code.as_str(), "PAG" | "PGD");
    let is_to_phone = pdu.line.number(Field::Network) == Some(TELEPHONE);
    if is_page || is_to_phone || agent.eq_ignore_ascii_case("mobile") {
        MessageKind::Sms
    } else if agent.eq_ignore_ascii_case("client") || channel.eq_ignore_ascii_case("IM/Offline") {
        MessageKind::Offline
    } else {
        MessageKind::Text
    }
}

/// The text of an alert of a service, or of a page from a phone.
fn alert(context: &Context, pdu: &MsnpPdu<'_>) -> Option<Event> {
    let items = &pdu.items;
    let kind = match pdu.code.as_str() {
        "IPG" => MessageKind::Sms,
        _ => MessageKind::System,
    };
    let message = of(kind, items.text(Field::NotificationText)?)?;
    let mut event = context.by(
        items.text(Field::NotificationFrom),
        EventKind::Message(message),
    );
    event.to = items.texts(Field::NotificationTo);
    Some(event)
}

/// What one endpoint of an account tells the others. It is in a conversation only if it is
/// about that.
fn notice(context: &Context, pdu: &MsnpPdu<'_>) -> Option<Event> {
    let words = match pdu
        .line
        .number(Field::NotificationType)
        .map(u32::try_from)?
    {
        Ok(SIGN_OUT) => {
            let words = pdu.items.bytes(Field::SignOut);
            words.and_then(sign_out).unwrap_or("sign out")
        }
        Ok(CLOSED_WINDOW) => "conversation window closed",
        _ => return None,
    };
    let own = context.own();
    let (from, to) = match pdu.is_of_client() {
        true => (own, pdu.account()),
        false => (pdu.account(), own),
    };
    let mut event = context.by(from, EventKind::Message(of(MessageKind::System, words)?));
    event.to.extend(to);
    if event.conversation == Conversation::Direct {
        event.conversation = Conversation::None;
    }
    Some(event)
}

/// The report that a message or invitation of the connection's account was not delivered.
fn not_delivered(context: &Context, pdu: &MsnpPdu<'_>) -> Option<Event> {
    let items = &pdu.items;
    let refused = items.text(Field::RefusedCommand).unwrap_or_default();
    let reason = match pdu.code.as_str() {
        "NAK" if pdu.is_of_server() => None,
        _ if matches!(
            refused.as_str(),
            "CAL" | "MSG" | "UUM" | "SDG" | "PAG" | "PGD"
        ) =>
        {
            Some(pdu.line.text(Field::ErrorCode)?)
        }
        _ => return None,
    };
    let which = items.number(Field::ResponseTo);
    let what = if refused == "CAL" {
        "invitation"
    } else {
        "message"
    };
    let which = which.map(|frame| format!("{what} in frame {frame}"));
    let text: Vec<String> = which.into_iter().chain(reason).collect();
    let message = of(MessageKind::NotDelivered, text.join(": "))?;
    Some(context.by(context.own(), EventKind::Message(message)))
}
