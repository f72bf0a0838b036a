//! Statuses, signatures and avatars: the user's own, and those of friends.

use crate::digest::hex;
use crate::event::{Event, EventKind, PduItems};
use crate::oicq::event::context::Context;
use crate::oicq::fields::Field;
use crate::oicq::wire::commands::table::{
    CHANGE_STATUS, FRIEND_STATUS_CHANGED, ONLINE_FRIENDS, SIGNATURE, STATUS_AFTER_LOGIN,
};

/// Sub-commands of 0x0067 that change the user's own signature.
const SET: u64 = 1;
const DELETE: u64 = 2;
/// `oicq.message.type` of a friend's new signature, and of new avatars.
const SIGNATURE_CHANGE: u64 = 0x0041;
const AVATAR_CHANGE: u64 = 0x0049;

/// Adds what a frame says of presence.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context<'_>) {
    if context.is_to_server() {
        own(events, context);
    } else if context.is_to_client() {
        of_friends(events, context);
    }
}

fn own(events: &mut Vec<Event>, context: &Context<'_>) {
    let pdu = &context.pdu;
    let kind = match context.command {
        Some(CHANGE_STATUS) => status(pdu, false),
        Some(STATUS_AFTER_LOGIN) => status(pdu, true),
        Some(SIGNATURE) => match pdu.number(Field::SubCommand) {
            Some(SET) => pdu.text(Field::Signature).map(EventKind::PersonalMessage),
            Some(DELETE) => Some(EventKind::PersonalMessage(String::new())),
            _ => None,
        },
        _ => None,
    };
    events.extend(kind.map(|kind| context.by(context.own(), kind)));
}

fn of_friends(events: &mut Vec<Event>, context: &Context<'_>) {
    let pdu = &context.pdu;
    let mut add = |part: &PduItems<'_>, kind: Option<EventKind>| {
        let friend = part.text(Field::FriendUin);
        if let (Some(friend), Some(kind)) = (friend, kind) {
            events.push(context.of_contact(Some(friend), kind));
        }
    };
    match context.command {
        Some(FRIEND_STATUS_CHANGED) => add(pdu, status(pdu, false)),
        Some(ONLINE_FRIENDS) => {
            for friend in pdu.parts(Field::Friend) {
                add(&friend, status(&friend, true));
            }
        }
        _ => {}
    }
    match pdu.number(Field::MessageType) {
        Some(SIGNATURE_CHANGE) => {
            let signature = pdu.text(Field::Signature).unwrap_or_default();
            add(pdu, Some(EventKind::PersonalMessage(signature)));
        }
        Some(AVATAR_CHANGE) => {
            for friend in pdu.parts(Field::Friend) {
                let picture = friend.bytes(Field::AvatarHash).map(hex);
                add(&friend, picture.map(EventKind::PictureSet));
            }
        }
        _ => {}
    }
}

/// The status, with the user's own words for it if there are any.
fn status(pdu: &PduItems<'_>, is_initial: bool) -> Option<EventKind> {
    let mut status = pdu.text(Field::Status)?;
    if let Some(text) = pdu.text(Field::StatusText) {
        status.push_str(&format!(": {text}"));
    }
    Some(EventKind::Status { status, is_initial })
}
