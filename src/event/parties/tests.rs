//! Who takes part in events of every kind.

use super::*;
use crate::event::{
    Command, Connection, Fact, Login, LoginStep, Message, Object, Subject, Transfer, TransferStep,
};
use crate::pieces::Completeness;
use crate::plan::ObjectId;

/// An event on the connection of the client "own".
fn event(from: &str, to: &[&str], kind: EventKind) -> Event {
    Event {
        family: Family::Msn,
        frame: 1,
        time: 0,
        connection: Connection {
            account: Some("Own".to_owned()),
            from_client: Some(false),
            ..Connection::default()
        },
        conversation: Conversation::None,
        from: (!from.is_empty()).then(|| from.to_owned()),
        to: to.iter().map(|to| (*to).to_owned()).collect(),
        kind,
    }
}

fn message(kind: MessageKind) -> EventKind {
    EventKind::Message(Message {
        kind,
        text: String::new(),
        picture: None,
        part: None,
    })
}

/// The parties as text: `>` before one that sends to another, after one that receives, and
/// `*` before one that sends the packet.
fn parties(events: &[Event]) -> String {
    let parties = Parties::of(events);
    let text = parties.list().iter().map(|party| {
        let sends = if party.sends == Some(true) { "*" } else { "" };
        let from = if party.is_from { ">" } else { "" };
        let to = if party.is_to { ">" } else { "" };
        format!("{sends}{from}{}{to}", party.name)
    });
    text.collect::<Vec<_>>().join(" ")
}

#[test]
fn those_who_act_and_those_who_are_addressed_take_part() {
    let transfer = EventKind::Transfer(Transfer {
        step: TransferStep::Offered,
        what: Subject::File,
        name: String::new(),
        size: None,
        id: String::new(),
        reason: String::new(),
        picture: None,
    });
    let object = EventKind::Object(Object {
        id: ObjectId::Reassembled(0, 0),
        protocol: 0,
        what: String::new(),
        name: String::new(),
        size: None,
        bytes: Default::default(),
        other_size: None,
        state: Completeness::Whole,
        last: 1,
        is_encrypted: false,
        is_hash_good: None,
    });
    let request = EventKind::Contact(ContactChange::Request {
        what: "asks",
        text: String::new(),
    });
    let login = EventKind::Login(Login {
        step: LoginStep::Started,
        service: String::new(),
        method: String::new(),
        secret: String::new(),
        result: String::new(),
    });
    let text = String::new;
    for (kind, expected) in [
        (message(MessageKind::Text), "own *>a b>"),
        (message(MessageKind::Typing), "own *>a b>"),
        (message(MessageKind::NotDelivered), "own"),
        (EventKind::Invited, "own *>a b>"),
        (transfer, "own *>a b>"),
        (object, "own *>a b>"),
        (request, "own *>a b>"),
        (EventKind::Command(Command::default()), "own *>a b>"),
        (EventKind::Joined { is_present: true }, "own *a b"),
        (EventKind::Joined { is_present: false }, "own *a b"),
        (EventKind::Left { reason: text() }, "own *a b"),
        (
            EventKind::Status {
                status: text(),
                is_initial: true,
            },
            "own *a b",
        ),
        (EventKind::PersonalMessage(text()), "own *a b"),
        (EventKind::CurrentMedia(text()), "own *a b"),
        (EventKind::PictureSet(text()), "own *a b"),
        (login, "own *a b"),
        (EventKind::Redirected { to: text() }, "own *a b"),
        (EventKind::Ended { reason: text() }, "own *a b"),
        // These are only said of somebody.
        (EventKind::Name(text()), "own"),
        (EventKind::Contact(ContactChange::Added), "own"),
        (
            EventKind::Mail {
                what: text(),
                subject: text(),
            },
            "own",
        ),
        (EventKind::Fact(Fact::Age, text()), "own"),
    ] {
        let found = parties(&[event("A", &["B"], kind.clone())]);
        assert_eq!(found, expected, "{kind:?}");
    }
}

#[test]
fn the_client_sends_what_goes_from_it() {
    let mut sent = event("", &[], EventKind::Command(Command::default()));
    sent.connection.from_client = Some(true);
    assert_eq!(parties(&[sent.clone()]), "*own");
    sent.connection.from_client = None;
    assert_eq!(parties(&[sent.clone()]), "own");
    sent.from = Some("own".to_owned());
    assert_eq!(parties(&[sent]), "*own");
}

#[test]
fn each_is_there_once_and_nobody_sends_to_himself() {
    let text = || message(MessageKind::Text);
    let events = [
        event("a", &["A", "own", "B"], text()),
        event("b", &["a"], text()),
        event("own", &["OWN"], text()),
        event("", &["c\0"], text()),
        event("d", &[""], text()),
    ];
    assert_eq!(parties(&events), "own> *>a> >b> c\u{2400} *d");
}

#[test]
fn a_group_is_one_recipient() {
    let mut said = event("a", &["own"], message(MessageKind::Text));
    said.conversation = Conversation::Group("7".to_owned());
    said.family = Family::Qq;
    assert_eq!(parties(&[said.clone()]), "own *>a group 7>");
    // An account of MSN is the group.
    said.family = Family::Msn;
    said.to = vec!["7".to_owned()];
    assert_eq!(parties(&[said.clone()]), "own *>a 7>");
    said.kind = EventKind::Joined { is_present: true };
    assert_eq!(parties(&[said]), "own");
}

#[test]
fn a_frame_that_came_before_has_no_parties() {
    let command = Command {
        is_repeated: true,
        ..Command::default()
    };
    assert_eq!(
        parties(&[event("a", &["b"], EventKind::Command(command))]),
        ""
    );
}
