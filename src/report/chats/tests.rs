use super::*;
use crate::event::Conversation;
use crate::report::made::{at, cell, event, fold, message};

const ALICE: &str = "alice@example.com";
const BOB: &str = "Bob@example.net";

fn file(step: TransferStep, id: &str) -> EventKind {
    EventKind::Transfer(Transfer {
        step,
        what: Subject::File,
        name: "a.txt".to_owned(),
        size: None,
        id: id.to_owned(),
        reason: String::new(),
        picture: None,
    })
}

#[test]
fn a_conversation_is_summed_up() {
    let three = Conversation::Number(3);
    let within = |event: Event| Event {
        conversation: Conversation::Number(3),
        ..event
    };
    let joined = EventKind::Joined { is_present: false };
    let rows = fold(
        new(),
        &[
            at(1, within(event(BOB, &[], joined))),
            at(2, message(three.clone(), ALICE, &[BOB])),
            at(3, message(three.clone(), "bob@EXAMPLE.net", &[ALICE])),
            at(
                4,
                within(event(ALICE, &[BOB], file(TransferStep::Offered, "7"))),
            ),
            at(
                5,
                within(event(BOB, &[ALICE], file(TransferStep::Completed, "7"))),
            ),
            at(6, event(ALICE, &[], EventKind::Name("Alice".to_owned()))),
        ],
    );
    assert_eq!(
        rows,
        [[
            "Conversation 3",
            "Bob@example.net, alice@example.com",
            "2001-09-09T01:46:41.000000Z",
            "2001-09-09T01:46:45.000000Z",
            "2",
            "3",
            "1",
            "",
            "msnms.chat == 3"
        ]]
    );
}

#[test]
fn messages_without_a_number_belong_to_their_parties() {
    let direct = || Conversation::Direct;
    let rows = fold(
        new(),
        &[
            message(direct(), ALICE, &[BOB]),
            message(direct(), BOB, &[ALICE]),
            message(direct(), ALICE, &["carol@example.org"]),
        ],
    );
    assert_eq!(rows.len(), 2);
    assert_eq!(cell(COLUMNS, &rows[0], "Messages"), "2");
    assert_eq!(
        cell(COLUMNS, &rows[0], "Filter"),
        "(msnms.peer.from == \"alice@example.com\" && msnms.peer.to == \"bob@example.net\") \
         || (msnms.peer.from == \"bob@example.net\" && msnms.peer.to == \"alice@example.com\")"
    );
    assert_eq!(
        cell(COLUMNS, &rows[1], "Filter"),
        "(msnms.peer.from == \"alice@example.com\" && msnms.peer.to == \"carol@example.org\") \
         || (msnms.peer.from == \"carol@example.org\" && msnms.peer.to == \"alice@example.com\")"
    );
}

#[test]
fn a_group_is_no_participant_of_itself() {
    let group = Conversation::Group("20001".to_owned());
    let event = Event {
        family: Family::Qq,
        ..message(group, "10001", &["20001"])
    };
    let rows = fold(new(), &[event]);
    assert_eq!(cell(COLUMNS, &rows[0], "Conversation"), "Group 20001");
    assert_eq!(cell(COLUMNS, &rows[0], "Participants"), "10001");
}

#[test]
fn the_number_of_participants_is_bounded() {
    let events = 0..MAX_PARTICIPANTS + 5;
    let events: Vec<_> = events
        .map(|n| {
            message(
                Conversation::Number(1),
                &format!("user{n}@example.com"),
                &[],
            )
        })
        .collect();
    let rows = fold(new(), &events);
    let participants = cell(COLUMNS, &rows[0], "Participants");
    assert!(participants.ends_with("user999@example.com, \u{2026}"));
    assert_eq!(cell(COLUMNS, &rows[0], "Messages"), "1005");
}
