//! Groups (群): who is in them, joins and leaves, and their names.

use crate::event::{ContactChange, Conversation, Event, EventKind};
use crate::oicq::event::context::Context;
use crate::oicq::fields::Field;
use crate::oicq::wire::commands::table::{GROUP, GROUP_UNTIL_2008};

/// `oicq.message.type` of pushes about members.
const JOINED: u64 = 0x0021;
const LEFT: u64 = 0x0022;
const ASKS_TO_JOIN: u64 = 0x0023;
/// Sub-commands: the same in both eras unless noted.
const MODIFY_MEMBERS_UNTIL_2008: u64 = 0x02;
const LEAVE: u64 = 0x09;
const ONLINE_MEMBERS: u64 = 0x0b;
/// Actions of [`MODIFY_MEMBERS_UNTIL_2008`].
const ADD: u64 = 1;
const REMOVE: u64 = 2;
/// `oicq.group.join` of a request that is granted at once.
const GRANTED: u64 = 1;

/// Adds what a frame says of a group and its members.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context<'_>) {
    let pdu = &context.pdu;
    // A list of contacts has groups, too: the user is a member of each.
    for entry in pdu.parts(Field::Friend) {
        if let Some(group) = entry.text(Field::GroupId) {
            let group = Conversation::Group(group);
            let kind = EventKind::Joined { is_present: true };
            events.push(context.event(group, context.own(), Vec::new(), kind));
        }
    }
    let Some(group) = context.group().filter(|_| !pdu.has(Field::Friend)) else {
        return;
    };
    let group = Conversation::Group(group);
    let mut by = |who: Option<String>, to: Vec<String>, kind: EventKind| {
        events.push(context.event(group.clone(), who, to, kind));
    };
    // The number by which users know the group tells it from others of the same name.
    if let Some(mut name) = pdu.text(Field::GroupName) {
        if let Some(number) = pdu.text(Field::GroupNumber) {
            name.push_str(&format!(" ({number})"));
        }
        by(None, Vec::new(), EventKind::Name(name));
    }
    if context.is_to_server() {
        if let Some((from, to, kind)) = request(context) {
            for who in from {
                by(Some(who), to.clone(), kind.clone());
            }
        }
    } else if let Some((from, kind)) = reply(context) {
        for who in from {
            by(Some(who), Vec::new(), kind.clone());
        }
    }
}

/// Who does what to whom in a frame of the client.
fn request(context: &Context<'_>) -> Option<(Vec<String>, Vec<String>, EventKind)> {
    let pdu = &context.pdu;
    let sub = pdu
        .number(Field::SubCommand)
        .filter(|_| is_group_command(context))?;
    let is_modification =
        sub == MODIFY_MEMBERS_UNTIL_2008 && context.command == Some(GROUP_UNTIL_2008);
    let members = pdu.texts(Field::MemberUin);
    match pdu.number(Field::SubAction) {
        None if sub == LEAVE => {
            let reason = String::new();
            Some((context.to_own(), Vec::new(), EventKind::Left { reason }))
        }
        Some(ADD) if is_modification => Some((context.to_own(), members, EventKind::Invited)),
        Some(REMOVE) if is_modification => {
            let reason = "removed".to_owned();
            Some((members, Vec::new(), EventKind::Left { reason }))
        }
        _ => None,
    }
}

/// Who does what in a frame of the server.
fn reply(context: &Context<'_>) -> Option<(Vec<String>, EventKind)> {
    let pdu = &context.pdu;
    let members = pdu.texts(Field::MemberUin);
    let present = EventKind::Joined { is_present: true };
    let joined = EventKind::Joined { is_present: false };
    let is_reply = context.is_to_client() && is_group_command(context);
    let is_list =
        pdu.has(Field::GroupMember) || pdu.number(Field::SubCommand) == Some(ONLINE_MEMBERS);
    match pdu.number(Field::MessageType) {
        Some(JOINED) => Some((members, joined)),
        Some(LEFT) => {
            let reason = pdu.text(Field::LeftReason).unwrap_or_default();
            Some((members, EventKind::Left { reason }))
        }
        Some(ASKS_TO_JOIN) => Some((members, asks_to_join())),
        None if is_reply && is_list => Some((members, present)),
        None if is_reply && pdu.number(Field::JoinResult) == Some(GRANTED) => {
            Some((context.to_own(), joined))
        }
        _ => None,
    }
}

fn is_group_command(context: &Context<'_>) -> bool {
    matches!(context.command, Some(GROUP | GROUP_UNTIL_2008))
}

fn asks_to_join() -> EventKind {
    EventKind::Contact(ContactChange::Request {
        what: "asks to join the group",
        text: String::new(),
    })
}
