//! What users say to each other, in private and in groups.
//!
//! A message to a group is in the conversation of the group's internal number, in both
//! directions: frames to the server have no other, and pushes have both. Its recipients are
//! known in pushes only: the user whose client receives it.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::event::{Conversation, Event, EventKind, Message, MessageKind, MessagePart, PduItems};
use crate::oicq::event::card;
use crate::oicq::event::context::Context;
use crate::oicq::fields::Field;
use crate::oicq::tree::summary::plain;
use crate::oicq::wire::commands::table::SEND_SMS;
use crate::plan::Item;

/// `oicq.message.im_type` of a text.
const TEXT: u64 = 0x000b;
/// `oicq.message.im_type` of a nudge.
const NUDGE: u64 = 0x00af;
/// `oicq.message.reply_type` of an automatic reply.
const AUTOMATIC: u64 = 2;
/// `oicq.message.type` of typing notifications.
const TYPING: u64 = 0x0079;
/// `oicq.message.type` of SMS: from a user, from a phone, and two of mobile QQ.
const SMS: [u64; 4] = [0x000b, 0x000c, 0x0013, 0x0014];
/// `oicq.message.block.type` of a voice clip.
const AUDIO: u64 = 0x0a;

/// A message without a picture.
pub(crate) fn message(kind: MessageKind, text: String) -> EventKind {
    EventKind::Message(Message {
        kind,
        text,
        picture: None,
        part: None,
    })
}

/// Adds the message of a frame.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context<'_>) {
    let pdu = &context.pdu;
    if context.is_to_client() && pdu.number(Field::MessageType) == Some(TYPING) {
        let kind = message(MessageKind::Typing, String::new());
        let to = pdu.texts(Field::To);
        events.push(context.event(Conversation::Direct, pdu.text(Field::From), to, kind));
    }
    let has_parties = pdu.has(Field::Sender) || pdu.has(Field::Recipient);
    let is_step = |kind| kind != TEXT && kind != NUDGE;
    if !has_parties || pdu.number(Field::ImType).is_some_and(is_step) {
        return;
    }
    let kind = kind(context);
    let whole = pdu.parts(Field::MessageWhole);
    let kind = EventKind::Message(Message {
        kind,
        text: text(whole.first().unwrap_or(pdu), kind),
        picture: None,
        part: part(context),
    });
    events.push(match context.group() {
        Some(group) => {
            let to = match context.is_to_server() {
                true => Vec::new(),
                false => pdu.texts(Field::Recipient),
            };
            let from = pdu.text(Field::Sender);
            context.event(Conversation::Group(group), from, to, kind)
        }
        None => {
            let (from, to) = parties(context);
            context.event(Conversation::Direct, from, to, kind)
        }
    });
}

/// Which part of a message the frame has, if that is in several.
fn part(context: &Context<'_>) -> Option<MessagePart> {
    let pdu = &context.pdu;
    let small = |field: Field| u8::try_from(pdu.number(field)?).ok();
    let (count, number) = (
        small(Field::MessageFragments)?,
        small(Field::MessageFragment)?,
    );
    if count < 2 || number >= count {
        return None;
    }
    // One connection can begin two messages in a frame, with different IDs or recipients.
    let first = pdu.number(Field::MessageFirst);
    let first = first.unwrap_or(u64::from(context.origin.frame));
    let mut hasher = DefaultHasher::new();
    (first, context.command, pdu.number(Field::MessageId)).hash(&mut hasher);
    (pdu.number(Field::Sender), pdu.numbers(Field::Recipient)).hash(&mut hasher);
    Some(MessagePart {
        message: hasher.finish(),
        number: number + 1,
        count,
        is_whole: pdu.has(Field::MessageWhole),
    })
}

/// Sender and recipients of a message that is not to a group. A phone has its number in place
/// of an account.
fn parties(context: &Context<'_>) -> (Option<String>, Vec<String>) {
    let pdu = &context.pdu;
    let (from, mut to) = (pdu.text(Field::Sender), pdu.texts(Field::Recipient));
    if context.command == Some(SEND_SMS) {
        to.extend(pdu.texts(Field::Phone));
        return (from, to);
    }
    (from.or_else(|| pdu.text(Field::Phone)), to)
}

fn kind(context: &Context<'_>) -> MessageKind {
    let pdu = &context.pdu;
    let is_sms = |kind| SMS.contains(&kind);
    let has = |field: Field| pdu.has(field);
    let words = has(Field::MessageText) || has(Field::MessageEmoticon);
    let push = pdu.number(Field::MessageType);
    match pdu.number(Field::ImType) {
        Some(NUDGE) => MessageKind::Nudge,
        _ if context.command == Some(SEND_SMS) || push.is_some_and(is_sms) => MessageKind::Sms,
        _ if pdu.number(Field::ReplyType) == Some(AUTOMATIC) => MessageKind::AutomaticReply,
        _ if words => MessageKind::Text,
        _ if has(Field::ImageName) => MessageKind::Picture,
        _ if has(Field::MessageXml) => MessageKind::Card,
        _ if pdu.numbers(Field::MessageBlockType).contains(&AUDIO) => MessageKind::VoiceClip,
        _ => MessageKind::Text,
    }
}

/// The words of a message. In a text, what is not text stands in brackets at its place; of a
/// message that is a picture or a card, its name.
fn text(pdu: &PduItems<'_>, kind: MessageKind) -> String {
    let mut text = String::new();
    for (index, item) in pdu.items().iter().enumerate() {
        let value = pdu.value(item).unwrap_or_default();
        let is = |field: Field| item.field == field.into();
        if is(Field::MessageText) {
            text.push_str(&value);
        } else if is(Field::MessageEmoticon) {
            text.push_str(&format!("[{}]", plain(&value)));
        } else if is(Field::ImageName) {
            text.push_str(&match kind {
                MessageKind::Picture if text.is_empty() => value.into_owned(),
                MessageKind::Picture => format!(", {value}"),
                _ => format!("[image {value}]"),
            });
        } else if is(Field::MessageXml) {
            text.push_str(&match (kind, card_below(pdu, index)) {
                (MessageKind::Card, title) => title.unwrap_or_default(),
                (_, Some(title)) => format!("[card: {title}]"),
                (_, None) => "[card]".to_owned(),
            });
        }
    }
    text
}

/// The title of the card whose compressed bytes are the item at `index`.
fn card_below(pdu: &PduItems<'_>, index: usize) -> Option<String> {
    let packed = pdu.items().get(index)?;
    let xml: &Item = pdu.items().get(index + 1)?;
    (xml.source != packed.source).then(|| card::title(pdu.bytes_of(xml)))?
}
