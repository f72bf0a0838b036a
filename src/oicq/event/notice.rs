//! What the server tells the user: system messages, news, notices.

use crate::event::{Conversation, Event, EventKind, MessageKind};
use crate::oicq::event::context::Context;
use crate::oicq::event::message::message;
use crate::oicq::fields::Field;

/// `oicq.system.type` of a broadcast and of an update hint.
const BROADCAST: u64 = 6;
const UPDATE_HINT: u64 = 9;
/// `oicq.system.kind` of the end of a session by a login elsewhere.
const LOGGED_IN_ELSEWHERE: u64 = 1;
/// `oicq.message.type` of notices about a group that name no member.
const ABOUT_GROUP: [u64; 4] = [0x0024, 0x0025, 0x0026, 0x002d];
/// `oicq.message.type` of a changed role.
const ROLE_CHANGED: u64 = 0x002c;
/// `oicq.message.type` of further notices without a text.
const HINTS: [u64; 3] = [0x0012, 0x00c4, 0x02dc];

/// Adds the notice in a frame of the server.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context<'_>) {
    if !context.is_to_client() {
        return;
    }
    let pdu = &context.pdu;
    let kick = pdu.number(Field::SystemKind) == Some(LOGGED_IN_ELSEWHERE);
    if kick {
        let reason = words(context, &[Field::SystemKind, Field::SystemText]);
        events.push(context.by(context.own(), EventKind::Ended { reason }));
        return;
    }
    let push = pdu.number(Field::MessageType);
    let is_in = |kinds: &[u64]| push.is_some_and(|kind| kinds.contains(&kind));
    let fields: &[Field] = match pdu.number(Field::SystemType) {
        Some(BROADCAST | UPDATE_HINT) => &[Field::SystemType, Field::SystemText],
        _ if pdu.has(Field::SystemKind) => &[Field::SystemKind, Field::SystemText],
        _ if pdu.has(Field::NewsKind) => &[Field::Title, Field::MessageText, Field::Url],
        _ if pdu.has(Field::NoticeText) => &[Field::NoticeText],
        _ if push == Some(ROLE_CHANGED) => {
            &[Field::MessageType, Field::MemberUin, Field::GroupRole]
        }
        _ if is_in(&ABOUT_GROUP) => &[Field::MessageType, Field::MemberUin],
        _ if is_in(&HINTS) => &[Field::MessageType],
        _ => return,
    };
    let conversation = match context.group() {
        Some(group) => Conversation::Group(group),
        None => Conversation::None,
    };
    let kind = message(MessageKind::System, words(context, fields));
    events.push(context.event(conversation, None, context.to_own(), kind));
}

/// The values of the fields that the frame has, in words.
fn words(context: &Context<'_>, fields: &[Field]) -> String {
    let words = fields.iter().filter_map(|field| context.pdu.text(*field));
    words.collect::<Vec<_>>().join(": ")
}
