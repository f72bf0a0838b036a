use super::*;
use crate::event::{Connection, Family, Message, MessageKind, MessagePart};

/// An event on the connection of a client with this port.
fn event(account: &str, port: u16, from_client: bool, from: &str, kind: EventKind) -> Event {
    let client = Endpoint {
        port,
        ..Endpoint::default()
    };
    let (source, destination) = match from_client {
        true => (client, Endpoint::default()),
        false => (Endpoint::default(), client),
    };
    Event {
        family: Family::Msn,
        frame: 1,
        time: 0,
        connection: Connection {
            account: Some(account.to_owned()),
            from_client: Some(from_client),
            source,
            destination,
        },
        conversation: Conversation::Number(1),
        from: Some(from.to_owned()),
        to: Vec::new(),
        kind,
    }
}

fn text(words: &str) -> EventKind {
    EventKind::Message(Message {
        kind: MessageKind::Text,
        text: words.to_owned(),
        picture: None,
        part: None,
    })
}

#[test]
fn a_message_is_told_once() {
    let mut news = News::default();
    let mut tell = |account, port, from_client, words| {
        news.is_new(&event(account, port, from_client, "alice", text(words)))
    };
    assert!(tell("alice", 1, true, "hi"));
    assert!(!tell("bob", 2, false, "hi") && !tell("carol", 3, false, "hi"));
    // Said again.
    assert!(tell("alice", 1, true, "hi"));
    assert!(!tell("bob", 2, false, "hi"));
    assert!(tell("bob", 2, false, "hi"));
    // The sender's connection is not in the capture.
    assert!(tell("bob", 2, false, "you"));
    assert!(!tell("carol", 3, false, "you"));
    assert!(tell("bob", 2, false, "you"));
}

#[test]
fn a_late_message_is_no_copy() {
    let mut news = News::default();
    assert!(news.is_new(&event("alice", 1, true, "alice", text("hi"))));
    let mut late = event("bob", 2, false, "alice", text("hi"));
    late.time = WINDOW + 1;
    assert!(news.is_new(&late));
}

#[test]
fn everybody_joins_and_leaves_once() {
    let mut news = News::default();
    let mut tell = |account, from, kind| news.is_new(&event(account, 1, false, from, kind));
    let joined = || EventKind::Joined { is_present: false };
    let present = || EventKind::Joined { is_present: true };
    let left = || EventKind::Left {
        reason: String::new(),
    };
    assert!(tell("alice", "alice", joined()) && tell("bob", "bob", joined()));
    assert!(!tell("bob", "alice", present()) && !tell("alice", "bob", joined()));
    // Another endpoint of alice comes and goes.
    assert!(!tell("alice", "alice", joined()) && !tell("alice", "alice", left()));
    assert!(tell("bob", "Alice", left()) && !tell("alice", "alice", left()));
    // In a capture that begins later.
    assert!(tell("bob", "carol", left()) && !tell("alice", "carol", left()));
}

#[test]
fn values_are_told_if_they_change() {
    let mut news = News::default();
    let mut tell = |from, kind| news.is_new(&event("alice", 1, false, from, kind));
    let status = |status: &str| EventKind::Status {
        status: status.to_owned(),
        is_initial: false,
    };
    assert!(tell("bob", status("Busy")) && !tell("bob", status("Busy")));
    assert!(tell("bob", status("Away")));
    let name = |name: &str| EventKind::Name(name.to_owned());
    assert!(!tell("bob", name("Bob")) && tell("bob", name("Bobby")));
    assert!(tell("alice", name("Alice")) && !tell("alice", name("Alice")));
    let message = |text: &str| EventKind::PersonalMessage(text.to_owned());
    assert!(!tell("bob", message("")) && tell("bob", message("Lunch")));
    assert!(!tell("bob", message("Lunch")) && tell("bob", message("")));
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes in Miri")]
fn what_is_kept_is_bounded() {
    let mut news = News::default();
    let status = |status: &str| EventKind::Status {
        status: status.to_owned(),
        is_initial: false,
    };
    let mut told = event("alice", 1, false, "", status("Busy"));
    for number in 0..=MAX_VALUES {
        told.from = Some(number.to_string());
        assert!(news.is_new(&told));
    }
    assert_eq!(news.value_count, MAX_VALUES);
    // One more than are kept is told each time, the others once.
    assert!(news.is_new(&told));
    told.from = Some("1".to_owned());
    assert!(!news.is_new(&told));
    // The server tells all of them anew.
    news.is_new(&Event {
        conversation: Conversation::None,
        ..event("Alice", 1, false, "alice", succeeded())
    });
    assert_eq!(news.value_count, 0);
    assert!(news.is_new(&told));

    let joined = || EventKind::Joined { is_present: false };
    for number in 0..=MAX_PARTICIPANTS {
        let name = format!("member {number}");
        assert!(news.is_new(&event("alice", 1, false, &name, joined())));
    }
    assert!(!news.is_new(&event("alice", 1, false, "member 0", joined())));
    let last = format!("member {MAX_PARTICIPANTS}");
    assert!(news.is_new(&event("alice", 1, false, &last, joined())));
}

fn succeeded() -> EventKind {
    EventKind::Login(Login {
        step: LoginStep::Succeeded,
        service: String::new(),
        method: String::new(),
        secret: String::new(),
        result: String::new(),
    })
}

#[test]
fn a_message_in_parts_counts_once() {
    let part = |message, number, is_whole, text: &str, from_client| {
        let (account, port) = if from_client {
            ("alice", 1)
        } else {
            ("bob", 2)
        };
        let mut event = event(account, port, from_client, "alice", self::text(text));
        if let EventKind::Message(it) = &mut event.kind {
            it.part = Some(MessagePart {
                message,
                number,
                count: 2,
                is_whole,
            });
        }
        event
    };
    let mut news = News::default();
    let all = [
        (part(1, 1, false, "a", true), true),
        (part(1, 2, true, "ab", true), false),
        // Its copy, as the server delivers it.
        (part(2, 1, false, "a", false), false),
        (part(2, 2, true, "ab", false), false),
        // The same words once more.
        (part(3, 1, false, "a", true), true),
    ];
    for (event, is_new) in all {
        assert_eq!(news.is_new(&event), is_new, "{event:?}");
    }
}
