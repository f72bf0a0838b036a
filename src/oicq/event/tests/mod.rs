//! Rules that need frames which are hard to tell apart.

mod accounts;

use crate::event::{
    Command, ContactChange, Conversation, Event, EventKind, Message, MessageKind, TransferStep,
};
use crate::oicq::event::events;
use crate::oicq::fields::{Field, OICQ};
use crate::oicq::wire::commands::table::{
    GROUP, RECEIVE_MESSAGE, RECEIVE_MESSAGE_OR_EVENT, SEND_MESSAGE,
};
use crate::oicq::wire::direction::Direction;
use crate::packet::{Detail, Packet};
use crate::plan::Plan;
use crate::span::Span;

const OWN: u32 = 12_345_678;
const FRIEND: u32 = 23_456_789;
const GROUP_ID: u32 = 45_678;
const GROUP_NUMBER: u32 = 56_789_012;
const NOWHERE: Span = Span { start: 0, len: 0 };

/// A frame of the account.
fn frame(command: u16, direction: Direction) -> Plan<'static> {
    let mut plan = Plan::new(&OICQ, &[], Detail::Fields);
    plan.heading(0, &OICQ, NOWHERE);
    plan.number(1, Field::Flag, NOWHERE, 2_u8);
    plan.number(1, Field::Command, NOWHERE, command);
    plan.number(1, Field::Uin, NOWHERE, OWN);
    plan.number(1, Field::Direction, NOWHERE, direction as u8);
    plan
}

fn text(mut plan: Plan<'static>, from: u32, to: u32) -> Plan<'static> {
    plan.derived(2, Field::MessageText, NOWHERE, "hello");
    plan.generated(1, Field::Sender, from);
    plan.generated(1, Field::Recipient, to);
    plan
}

fn events_of(plan: &Plan<'_>) -> Vec<Event> {
    events(plan, &Packet::default())
}

fn messages(plan: &Plan<'_>) -> Vec<Event> {
    let mut events = events_of(plan);
    events.retain(|event| matches!(event.kind, EventKind::Message(_)));
    events
}

fn command(plan: &Plan<'_>) -> Command {
    let mut events = events_of(plan).into_iter().rev();
    match events.next().map(|event| event.kind) {
        Some(EventKind::Command(command)) => command,
        other => panic!("no command, but {other:?}"),
    }
}

#[test]
fn a_frame_that_is_sent_again_is_no_second_message() {
    let sent = || text(frame(SEND_MESSAGE, Direction::ToServer), OWN, FRIEND);
    assert_eq!(messages(&sent()).len(), 1);
    let mut again = sent();
    again.generated(1, Field::Retransmission, 2_u8);
    again.generated(1, Field::Repeated, 1_u8);
    assert!(messages(&again).is_empty());
    assert_eq!(command(&again).retransmission, 2);
    let mut twice = sent();
    twice.generated(1, Field::DuplicateOf, 7_u32);
    twice.generated(1, Field::Repeated, 1_u8);
    assert!(messages(&twice).is_empty());
    assert_eq!(command(&twice).retransmission, 0);
}

#[test]
fn a_retransmission_stands_for_what_was_not_captured() {
    let mut plan = text(frame(SEND_MESSAGE, Direction::ToServer), OWN, FRIEND);
    plan.generated(1, Field::Retransmission, 1_u8);
    assert_eq!(messages(&plan).len(), 1);
    assert_eq!(command(&plan).retransmission, 1);
}

#[test]
fn a_group_is_one_conversation_in_both_directions() {
    let mut sent = frame(GROUP, Direction::ToServer);
    sent.number(2, Field::GroupId, NOWHERE, GROUP_ID);
    let sent = text(sent, OWN, GROUP_ID);
    let mut received = frame(RECEIVE_MESSAGE, Direction::ToClient);
    received.number(2, Field::From, NOWHERE, GROUP_ID);
    received.number(2, Field::MessageType, NOWHERE, 0x0052_u16);
    received.number(2, Field::GroupNumber, NOWHERE, GROUP_NUMBER);
    let received = text(received, FRIEND, OWN);
    let sent = messages(&sent);
    let received = messages(&received);
    let group = Conversation::Group(GROUP_ID.to_string());
    assert_eq!(sent[0].conversation, group);
    assert_eq!(received[0].conversation, group);
    assert_eq!(sent[0].from.as_deref(), Some("12345678"));
    assert!(sent[0].to.is_empty());
    assert_eq!(received[0].from.as_deref(), Some("23456789"));
    assert_eq!(received[0].to, ["12345678"]);
}

#[test]
fn a_message_in_an_unknown_direction_is_none() {
    let plan = frame(SEND_MESSAGE, Direction::Unknown);
    assert!(messages(&plan).is_empty());
    assert_eq!(command(&plan).code, "0x00cd");
}

#[test]
fn a_picture_is_named_and_stands_at_its_place() {
    let image = |plan: &mut Plan<'static>| {
        plan.derived(2, Field::ImageName, NOWHERE, "a.jpg");
    };
    let text_of = |plan: &Plan<'_>| match messages(plan).remove(0).kind {
        EventKind::Message(Message { kind, text, .. }) => (kind, text),
        other => panic!("no message, but {other:?}"),
    };
    let mut alone = frame(SEND_MESSAGE, Direction::ToServer);
    image(&mut alone);
    image(&mut alone);
    alone.generated(1, Field::Sender, OWN);
    assert_eq!(
        text_of(&alone),
        (MessageKind::Picture, "a.jpg, a.jpg".to_owned())
    );
    let mut within = frame(SEND_MESSAGE, Direction::ToServer);
    image(&mut within);
    let within = text(within, OWN, FRIEND);
    assert_eq!(
        text_of(&within),
        (MessageKind::Text, "[image a.jpg]hello".to_owned())
    );
}

#[test]
fn the_account_is_not_that_of_another_user_in_the_body() {
    let mut plan = Plan::new(&OICQ, &[], Detail::Fields);
    plan.heading(0, &OICQ, NOWHERE);
    plan.number(1, Field::Command, NOWHERE, SEND_MESSAGE);
    plan.number(1, Field::Uin, NOWHERE, 0_u32);
    let hidden = plan.number(2, Field::Account, NOWHERE, FRIEND);
    plan.mark_hidden(hidden);
    assert_eq!(events_of(&plan)[0].connection.account, None);
    plan.generated(1, Field::Account, OWN);
    let account = events_of(&plan).remove(0).connection.account;
    assert_eq!(account.as_deref(), Some("12345678"));
}

fn pushed(kind: u16) -> Plan<'static> {
    let mut plan = frame(RECEIVE_MESSAGE_OR_EVENT, Direction::ToClient);
    plan.number(2, Field::From, NOWHERE, FRIEND);
    plan.number(2, Field::To, NOWHERE, OWN);
    plan.number(2, Field::MessageType, NOWHERE, kind);
    plan
}

#[test]
fn a_push_without_a_body_can_say_all() {
    let typing = messages(&pushed(0x0079)).remove(0);
    assert_eq!(typing.from.as_deref(), Some("23456789"));
    assert_eq!(typing.to, ["12345678"]);
    assert!(matches!(
        typing.kind,
        EventKind::Message(Message {
            kind: MessageKind::Typing,
            ..
        })
    ));
    let online = messages(&pushed(0x00c4)).remove(0);
    assert_eq!(online.from, None);
    // An unknown type says nothing.
    assert!(messages(&pushed(0xfff0)).is_empty());
}

#[test]
fn a_request_to_join_a_group_is_in_its_conversation() {
    let mut plan = frame(RECEIVE_MESSAGE_OR_EVENT, Direction::ToClient);
    plan.number(2, Field::From, NOWHERE, GROUP_ID);
    plan.number(2, Field::MessageType, NOWHERE, 0x0023_u16);
    plan.number(2, Field::GroupNumber, NOWHERE, GROUP_NUMBER);
    plan.number(2, Field::MemberUin, NOWHERE, FRIEND);
    let event = events_of(&plan).remove(0);
    assert_eq!(
        event.conversation,
        Conversation::Group(GROUP_ID.to_string())
    );
    assert_eq!(event.from.as_deref(), Some("23456789"));
    assert!(matches!(
        event.kind,
        EventKind::Contact(ContactChange::Request {
            what: "asks to join the group",
            ..
        })
    ));
}

#[test]
fn only_steps_of_a_transfer_are_events() {
    let step = |im_type: u16| {
        let mut plan = pushed(0x0009);
        plan.number(2, Field::ImType, NOWHERE, im_type);
        plan.generated(1, Field::Sender, FRIEND);
        assert!(messages(&plan).is_empty(), "{im_type:#x}");
        events_of(&plan)
            .into_iter()
            .find_map(|event| match event.kind {
                EventKind::Transfer(transfer) => Some(transfer.step),
                _ => None,
            })
    };
    assert_eq!(step(0x0001), Some(TransferStep::Offered));
    assert_eq!(step(0x0083), Some(TransferStep::Accepted));
    assert_eq!(step(0x0039), Some(TransferStep::Refused));
    assert_eq!(step(0x0049), Some(TransferStep::Cancelled));
    assert_eq!(step(0x003f), None);
}
