//! Lists of friends, and how users come onto them.

use crate::event::{ContactChange, Conversation, Event, EventKind, GroupChange, PduItems};
use crate::oicq::event::context::Context;
use crate::oicq::fields::Field;
use crate::oicq::wire::commands::table::{
    ADD_FRIEND, ADD_FRIEND_WITH_MESSAGE, AUTHORISE_FRIEND, DELETE_FRIEND, DOWNLOAD_FRIEND_GROUPS,
    FRIENDS_AND_GROUPS, FRIENDS_AND_GROUPS_UNTIL_2012, FRIEND_GROUP_NAMES,
    FRIEND_GROUP_NAMES_UNTIL_2008, FRIEND_LIST, FRIEND_LIST_UNTIL_2008, FRIEND_REMARK, REMOVE_SELF,
    SYSTEM_MESSAGE, VERIFICATION_QUESTION,
};

/// Commands whose replies list friends.
const LISTS: [u16; 6] = [
    FRIEND_LIST_UNTIL_2008,
    DOWNLOAD_FRIEND_GROUPS,
    FRIENDS_AND_GROUPS_UNTIL_2012,
    FRIEND_LIST,
    FRIENDS_AND_GROUPS,
    FRIEND_REMARK,
];
/// Sub-command of 0x003c up to QQ2008 that uploads the names of the folders.
const UPLOAD: u64 = 2;
/// Sub-commands of 0x003e that give a friend a name.
const NAMING: [u64; 2] = [1, 5];
/// Sub-command of 0x00b7 with the answer to a friend's question.
const ANSWER: u64 = 4;

/// Adds what a frame says of contacts.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context<'_>) {
    if context.is_to_server() {
        request(events, context);
    } else if context.is_to_client() {
        reply(events, context);
    }
}

/// What the user does. A request that the server may refuse is here only if the reply does not
/// say which contact it is about.
fn request(events: &mut Vec<Event>, context: &Context<'_>) {
    let pdu = &context.pdu;
    if is_folder_upload(context) {
        folders(events, context, GroupChange::Renamed);
    }
    let Some(friend) = pdu.text(Field::FriendUin) else {
        return;
    };
    let sub = pdu.number(Field::SubCommand);
    let change = match context.command {
        Some(ADD_FRIEND_WITH_MESSAGE) => match pdu.number(Field::SubAction) {
            Some(0x30) => asks("approves", pdu, Field::AuthText),
            Some(0x31) => asks("rejects", pdu, Field::AuthText),
            Some(0x32) => asks("asks to add", pdu, Field::AuthText),
            _ => return,
        },
        Some(AUTHORISE_FRIEND) => match sub {
            Some(0x02 | 0x10) => asks("asks to add", pdu, Field::AuthText),
            Some(0x03) => asks("approves and adds", pdu, Field::AuthText),
            Some(0x04) => asks("approves", pdu, Field::AuthText),
            Some(0x05) => asks("rejects", pdu, Field::AuthText),
            _ => return,
        },
        Some(VERIFICATION_QUESTION) if sub == Some(ANSWER) => {
            asks("answers the question", pdu, Field::Answer)
        }
        Some(FRIEND_REMARK) if sub.is_some_and(|sub| NAMING.contains(&sub)) => {
            let name = pdu.text(Field::Remark).map(EventKind::Name);
            events.extend(name.map(|name| context.of_contact(Some(friend), name)));
            return;
        }
        _ => return,
    };
    push(events, context, context.own(), vec![friend], change);
}

/// What the server says of the list, and what others do.
fn reply(events: &mut Vec<Event>, context: &Context<'_>) {
    let pdu = &context.pdu;
    match context.command {
        Some(command) if LISTS.contains(&command) => {
            for entry in pdu.parts(Field::Friend) {
                listed(events, context, &entry);
            }
        }
        Some(ADD_FRIEND) if context.is_ok() => {
            let to = pdu.texts(Field::FriendUin);
            push(events, context, context.own(), to, ContactChange::Added);
        }
        Some(DELETE_FRIEND) if context.is_ok() => {
            let to = pdu.texts(Field::FriendUin);
            push(events, context, context.own(), to, ContactChange::Removed);
        }
        Some(REMOVE_SELF) if context.is_ok() => {
            let change = asks(
                "removes itself from the contact's list",
                pdu,
                Field::AuthText,
            );
            push(
                events,
                context,
                context.own(),
                pdu.texts(Field::FriendUin),
                change,
            );
        }
        Some(SYSTEM_MESSAGE) => {
            let from = pdu.text(Field::From);
            let change = match pdu.number(Field::SystemType) {
                Some(1 | 40) => {
                    let to = from.into_iter().collect();
                    push(
                        events,
                        context,
                        context.own(),
                        to,
                        ContactChange::AddedOwner,
                    );
                    return;
                }
                Some(2 | 41) => asks("asks to add", pdu, Field::SystemText),
                Some(3 | 42) => asks("approves", pdu, Field::SystemText),
                Some(4) => asks("rejects", pdu, Field::SystemText),
                Some(43) => asks("approves and adds", pdu, Field::SystemText),
                _ => return,
            };
            push(events, context, from, context.to_own(), change);
        }
        _ => {}
    }
    folders(events, context, GroupChange::Listed);
}

/// An entry of a list, unless it is a group.
fn listed(events: &mut Vec<Event>, context: &Context<'_>, entry: &PduItems<'_>) {
    let Some(friend) = entry.text(Field::FriendUin) else {
        return;
    };
    let name = entry.text(Field::Remark);
    let change = ContactChange::Listed {
        lists: String::new(),
        name: name
            .or_else(|| entry.text(Field::Nickname))
            .unwrap_or_default(),
        groups: entry.text(Field::Folder).unwrap_or_default(),
    };
    push(events, context, context.own(), vec![friend], change);
}

fn is_folder_upload(context: &Context<'_>) -> bool {
    let is_upload = context.pdu.number(Field::SubCommand) == Some(UPLOAD);
    is_upload && context.command == Some(FRIEND_GROUP_NAMES_UNTIL_2008)
}

/// The folders of the list: name and number.
fn folders(events: &mut Vec<Event>, context: &Context<'_>, what: GroupChange) {
    if !matches!(
        context.command,
        Some(FRIEND_GROUP_NAMES | FRIEND_GROUP_NAMES_UNTIL_2008)
    ) {
        return;
    }
    for entry in context.pdu.parts(Field::FolderEntry) {
        let number = entry.text(Field::Folder).unwrap_or_default();
        let name = entry.text(Field::FolderName).unwrap_or_default();
        let name = format!("{name} ({number})");
        let change = ContactChange::Group { what, name };
        push(events, context, context.own(), Vec::new(), change);
    }
}

fn asks(what: &'static str, pdu: &PduItems<'_>, text: Field) -> ContactChange {
    let text = pdu.text(text).unwrap_or_default();
    ContactChange::Request { what, text }
}

/// What two users say to each other about their lists is in their conversation.
fn push(
    events: &mut Vec<Event>,
    context: &Context<'_>,
    from: Option<String>,
    to: Vec<String>,
    change: ContactChange,
) {
    let conversation = match change {
        ContactChange::Request { .. } => Conversation::Direct,
        _ => Conversation::None,
    };
    events.push(context.event(conversation, from, to, EventKind::Contact(change)));
}
