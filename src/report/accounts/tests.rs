use super::*;
use crate::event::Connection;
use crate::report::made::{at, cell, event, fold, message};

const ALICE: &str = "alice@example.com";
const BOB: &str = "bob@example.net";

fn status(text: &str) -> EventKind {
    EventKind::Status {
        status: text.to_owned(),
        is_initial: false,
    }
}

fn fact(fact: Fact, value: &str) -> Event {
    event(ALICE, &[], EventKind::Fact(fact, value.to_owned()))
}

#[test]
fn an_account_is_what_its_events_say() {
    let rows = fold(
        new(),
        &[
            at(1, fact(Fact::Age, "30")),
            fact(Fact::Country, "US"),
            fact(Fact::Client, "MSMSGS"),
            fact(Fact::PublicAddress, "203.0.113.7"),
            fact(Fact::PublicAddress, "203.0.113.7"),
            fact(Fact::PublicAddress, "203.0.113.8"),
            event(ALICE, &[], EventKind::Name("Ali".to_owned())),
            event(
                "ALICE@example.com",
                &[],
                EventKind::Name("Alice".to_owned()),
            ),
            event(ALICE, &[], status("Online")),
            event(ALICE, &[], status("Busy")),
            event(ALICE, &[], status("Online")),
            event(ALICE, &[], EventKind::PersonalMessage("hi".to_owned())),
            at(9, message(Conversation::Number(1), ALICE, &[BOB])),
        ],
    );
    let alice = |title| cell(COLUMNS, &rows[0], title);
    assert_eq!(alice("Account"), ALICE);
    assert_eq!(alice("Name"), "Alice");
    assert_eq!(alice("First seen"), "2001-09-09T01:46:40.000000Z");
    assert_eq!(alice("Last seen"), "2001-09-09T01:46:49.000000Z");
    assert_eq!((alice("Sent"), alice("Received")), ("1", "0"));
    assert_eq!(alice("Client"), "MSMSGS");
    assert_eq!(alice("Client address"), "192.0.2.10");
    assert_eq!(alice("Public address"), "203.0.113.7 | 203.0.113.8");
    assert_eq!(alice("Statuses"), "Online | Busy");
    assert_eq!(alice("Contacts"), "");
    assert_eq!(
        alice("Profile"),
        "Country: US; Age: 30; Personal message: hi"
    );
    let bob = |title| cell(COLUMNS, &rows[1], title);
    assert_eq!((bob("Sent"), bob("Received")), ("0", "1"));
    assert_eq!((bob("First seen"), bob("Client address")), ("", ""));
}

#[test]
fn contacts_have_rows_of_their_own() {
    let listed = |lists: &str, name: &str| {
        EventKind::Contact(ContactChange::Listed {
            lists: lists.to_owned(),
            name: name.to_owned(),
            groups: "Friends".to_owned(),
        })
    };
    let rows = fold(
        new(),
        &[
            event(ALICE, &[BOB], listed("forward, allow", "Bob")),
            event(ALICE, &["carol@example.org"], listed("forward", "")),
            event(BOB, &[ALICE], EventKind::Name("Bobby".to_owned())),
            event(BOB, &[], status("Away")),
        ],
    );
    assert_eq!(cell(COLUMNS, &rows[0], "Contacts"), "2");
    assert_eq!(
        cell(COLUMNS, &rows[0], "Contact list"),
        "bob@example.net (forward, allow; Friends), carol@example.org (forward; Friends)"
    );
    let bob = |title| cell(COLUMNS, &rows[1], title);
    assert_eq!((bob("Account"), bob("Name")), (BOB, "Bob"));
    assert_eq!(bob("Named by others"), "Bobby (by alice@example.com)");
    assert_eq!(bob("Statuses"), "Away");
    assert_eq!(cell(COLUMNS, &rows[2], "First seen"), "");
}

#[test]
fn a_group_is_no_account() {
    let group = || Conversation::Group("20001".to_owned());
    let own = Some("10001".to_owned());
    let sent = message(group(), "10001", &["20001"]);
    let got = message(group(), "10002", &["10001"]);
    let with = |event: Event, from_client| Event {
        connection: Connection {
            account: own.clone(),
            from_client: Some(from_client),
            ..event.connection
        },
        ..event
    };
    let rows = fold(new(), &[with(sent, true), with(got, false)]);
    assert_eq!(rows.len(), 2);
    assert_eq!(cell(COLUMNS, &rows[0], "Sent"), "1");
    assert_eq!(cell(COLUMNS, &rows[0], "Received"), "1");
    assert_eq!(cell(COLUMNS, &rows[1], "Sent"), "1");
}
