//! The rules by which PDUs become events.

use super::*;
use crate::event::{ContactChange, EventKind, Fact, Message, MessageKind};
use crate::msn::dissect::dissect;
use crate::msn::msnp::state::session::MsnpSession;
use crate::msn::state::capture::MsnCapture;
use crate::packet::{Address, Detail, Transport};

/// A connection of a client to a server.
#[derive(Default)]
struct Connection {
    session: MsnpSession,
    capture: MsnCapture,
    frame: u32,
}

impl Connection {
    /// The events of the next segment.
    fn send(&mut self, from_client: bool, bytes: &[u8]) -> Vec<Event> {
        self.frame += 1;
        let ends = [
            (Address::V4([192, 0, 2, 10]), 1025),
            (Address::V4([198, 51, 100, 2]), 1863),
        ];
        let [source, destination] = match from_client {
            true => ends,
            false => [ends[1], ends[0]],
        };
        let packet = Packet {
            bytes,
            reported: bytes.len(),
            frame: self.frame,
            time: i64::from(self.frame) * 1_000,
            first_pass: true,
            transport: Transport::Tcp,
            source: source.0,
            destination: destination.0,
            source_port: source.1,
            destination_port: destination.1,
            from_lower: from_client,
            recognised: true,
            detail: Detail::Fields,
            has_listeners: true,
            ..Packet::default()
        };
        let plan = dissect(&packet, &mut self.session, &mut self.capture);
        events(&plan, &packet)
    }

    /// What the lines mean, without their commands.
    fn lines(&mut self, lines: &[(bool, &str)]) -> Vec<EventKind> {
        let events = lines.iter().flat_map(|(from_client, line)| {
            self.send(*from_client, format!("{line}\r\n").as_bytes())
        });
        let kinds = events.map(|event| event.kind);
        kinds
            .filter(|kind| !matches!(kind, EventKind::Command(_)))
            .collect()
    }

    /// The lines of a login with this dialect.
    fn signed_in(dialect: &str) -> Self {
        let mut connection = Self::default();
        let ver = format!("VER 1 {dialect}");
        connection.lines(&[
            (true, &ver),
            (false, &ver),
            (false, "USR 4 OK alice@example.com Alice 1 0"),
        ]);
        connection
    }
}

#[test]
fn a_request_and_its_answer_are_one_event() {
    let mut connection = Connection::signed_in("MSNP9");
    let busy = EventKind::Status {
        status: "Busy".to_owned(),
        is_initial: false,
    };
    let told = connection.lines(&[(true, "CHG 5 BSY 0"), (false, "CHG 5 BSY 0")]);
    assert_eq!(told, [busy]);
}

#[test]
fn only_the_block_list_blocks() {
    let mut connection = Connection::signed_in("MSNP9");
    let told = connection.lines(&[
        (true, "REM 5 AL bob@example.net"),
        (false, "REM 5 AL 7 bob@example.net"),
        (true, "ADD 6 BL bob@example.net Bob"),
        (false, "ADD 6 BL 8 bob@example.net Bob"),
        (true, "REM 7 BL bob@example.net"),
        (false, "REM 7 BL 9 bob@example.net"),
        (true, "ADD 8 AL bob@example.net Bob"),
        (false, "ADD 8 AL 10 bob@example.net Bob"),
    ]);
    let changes = [ContactChange::Blocked, ContactChange::Unblocked];
    assert_eq!(told, changes.map(EventKind::Contact));
}

/// A client's ADL or RML of MSNP15 for a contact in these lists.
fn list_request(verb_and_trid: &str, contact: &str, lists: u8) -> String {
    let document = format!("<ml><d n=\"example.net\"><c n=\"{contact}\" l=\"{lists}\"/></d></ml>");
    format!("{verb_and_trid} {}\r\n{document}", document.len())
}

#[test]
fn a_contact_changes_when_the_server_accepts_it() {
    let mut connection = Connection::signed_in("MSNP15");
    let mut changes = |from_client, bytes: &str| {
        let events = connection.send(from_client, bytes.as_bytes()).into_iter();
        let changes = events.filter_map(|event| match event.kind {
            EventKind::Contact(change) => Some((change, event.to.join(","))),
            _ => None,
        });
        changes.collect::<Vec<_>>()
    };
    for (request, contact, lists) in [
        ("ADL 5", "bob", 3),
        ("ADL 6", "carol", 4),
        ("RML 7", "dave", 0x10),
        ("RML 8", "erin", 1),
    ] {
        assert_eq!(changes(true, &list_request(request, contact, lists)), []);
    }
    let bob = (ContactChange::Added, "bob@example.net".to_owned());
    let erin = (ContactChange::Removed, "erin@example.net".to_owned());
    assert_eq!(changes(false, "RML 8 OK\r\n"), [erin]);
    assert_eq!(changes(false, "241 6\r\n"), []);
    assert_eq!(changes(false, "RML 7 OK\r\n"), []);
    assert_eq!(changes(false, "ADL 5 OK\r\n"), [bob]);
}

#[test]
fn a_refused_change_of_the_list_is_none() {
    let mut connection = Connection::signed_in("MSNP9");
    let told = connection.lines(&[
        (true, "ADD 5 FL bob@example.net bob@example.net"),
        (false, "208 5"),
        (true, "REM 6 FL carol@example.org"),
        (false, "216 6"),
    ]);
    assert_eq!(told, []);
}

#[test]
fn a_line_that_breaks_off_has_its_command_only() {
    let mut connection = Connection::signed_in("MSNP9");
    let whole = b"NLN BSY bob@example.net Bob 0\r\n";
    let kinds = connection
        .send(false, whole)
        .into_iter()
        .map(|event| event.kind);
    assert!(kinds
        .into_iter()
        .any(|kind| matches!(kind, EventKind::Status { .. })));
    for cut in 3..whole.len() - 2 {
        let mut connection = Connection::signed_in("MSNP9");
        let told = connection.send(false, &whole[..cut]);
        let is_command = |event: &Event| matches!(event.kind, EventKind::Command(_));
        assert!(told.iter().all(is_command), "{cut}: {told:?}");
    }
}

#[test]
fn an_account_with_several_endpoints_joins_and_leaves_once() {
    let mut connection = Connection::default();
    let endpoint = "{d9fd161b-d4d8-4ca7-8a68-c70feb39a330}";
    let told = connection.lines(&[
        (true, "USR 1 alice@example.com 1000000100.20013021"),
        (false, "USR 1 OK alice@example.com Alice"),
        (false, &format!("JOI bob@example.net;{endpoint} Bob 0:0")),
        (false, "JOI bob@example.net Bob 0:0"),
        (false, "JOI alice@example.com Alice 0:0"),
        (false, &format!("BYE bob@example.net;{endpoint}")),
        (false, "BYE bob@example.net"),
    ]);
    let joins = told
        .iter()
        .filter(|kind| matches!(kind, EventKind::Joined { .. }));
    let leaves = told
        .iter()
        .filter(|kind| matches!(kind, EventKind::Left { .. }));
    assert_eq!((joins.count(), leaves.count()), (2, 1));
}

#[test]
fn a_message_that_is_not_delivered_is_named_by_its_frame() {
    let mut connection = Connection::default();
    connection.lines(&[
        (true, "USR 1 alice@example.com 1000000100.20013021"),
        (false, "USR 1 OK alice@example.com Alice"),
        (true, "MSG 2 A 5\r\nHello"),
    ]);
    let told = connection.send(false, b"NAK 2\r\n");
    let message = told.iter().find_map(|event| match &event.kind {
        EventKind::Message(message) => Some((message.kind, message.text.as_str())),
        _ => None,
    });
    let expected = (MessageKind::NotDelivered, "message in frame 3");
    assert_eq!(message, Some(expected));
}

#[test]
fn endpoints_of_an_account_tell_each_other_what_they_do() {
    let mut connection = Connection::signed_in("MSNP16");
    let mut told = |from_client, line: &str| {
        let events = connection.send(from_client, line.as_bytes()).into_iter();
        let messages = events.filter_map(|event| match event.kind {
            EventKind::Message(Message { kind, text, .. }) => {
                assert_eq!(kind, MessageKind::System);
                Some((event.from, event.to.join(","), text))
            }
            _ => None,
        });
        messages.collect::<Vec<_>>()
    };
    let alice = || "alice@example.com".to_owned();
    let expected = |text: &str| [(Some(alice()), alice(), text.to_owned())];
    assert_eq!(
        told(true, "UUN 5 alice@example.com 4 4\r\ngtfo"),
        expected("sign out all endpoints")
    );
    assert_eq!(told(false, "UUN 5 OK\r\n"), []);
    assert_eq!(
        told(false, "UBN alice@example.com 4\r\n"),
        expected("sign out")
    );
    assert_eq!(
        told(false, "UBN alice@example.com 5 15\r\n7;192.0.2.44:18"),
        expected("conversation window closed")
    );
    assert_eq!(told(false, "UBN alice@example.com 6 2\r\nhi"), []);
}

#[test]
fn no_event_has_a_secret() {
    let mut connection = Connection::default();
    let told = connection.lines(&[
        (true, "USR 4 TWN S t=5INVENTEDticket&p=5INVENTEDprofile"),
        (true, "USR 5 MD5 S 00112233445566778899aabbccddeeff"),
        (
            true,
            "ANS 1 alice@example.com 1000000400.1016955577 11752099",
        ),
    ]);
    let text = format!("{told:?}");
    for secret in ["INVENTED", "001122", "1000000400"] {
        assert!(!text.contains(secret), "{text}");
    }
}

/// A message of a switchboard, with this sender and this content.
fn message(from: &str, content: &str) -> Vec<u8> {
    let payload = format!("MIME-Version: 1.0\r\nContent-Type: {content}\r\n");
    format!("MSG {from} {}\r\n{payload}", payload.len()).into_bytes()
}

#[test]
fn other_users_are_not_believed_about_the_client() {
    let mut connection = Connection::default();
    connection.lines(&[
        (true, "ANS 1 alice@example.com 849102291.520491932 11752013"),
        (false, "ANS 1 OK"),
    ]);
    let caps = "text/x-clientcaps\r\n\r\nClient-Name: Client 1.0";
    let mail = "text/x-msmsgsemailnotification\r\n\r\nFrom-Addr: c@example.com\r\nSubject: Hello";
    let mut told = |from, content| -> Vec<_> {
        let events = connection.send(false, &message(from, content));
        let is_command = |event: &Event| matches!(event.kind, EventKind::Command(_));
        let events = events.into_iter().filter(|event| !is_command(event));
        events.map(|event| (event.from, event.kind)).collect()
    };
    let bob = Some("bob@example.net".to_owned());
    let client = EventKind::Fact(Fact::Client, "Client 1.0".to_owned());
    assert_eq!(told("bob@example.net Bob", caps), [(bob, client)]);
    assert_eq!(told("Somebody Somebody", caps), []);
    assert_eq!(told("bob@example.net Bob", mail), []);
    let mut server = Connection::signed_in("MSNP9");
    let events = server.send(false, &message("Hotmail Hotmail", mail));
    let is_mail = |event: &Event| matches!(event.kind, EventKind::Mail { .. });
    assert!(events.iter().any(is_mail));
}

#[test]
fn words_that_are_cut_are_marked() {
    let whole = message("bob@example.net Bob", "text/plain\r\n\r\nHello world");
    let mut connection = Connection::default();
    connection.lines(&[(true, "ANS 1 alice@example.com 849102291.520491932 11752013")]);
    let mut words = |bytes: &[u8]| {
        let events = connection.send(false, bytes).into_iter();
        let mut texts = events.filter_map(|event| match event.kind {
            EventKind::Message(message) => Some(message.text),
            _ => None,
        });
        texts.next()
    };
    assert_eq!(words(&whole).as_deref(), Some("Hello world\r\n"));
    let cut = &whole[..whole.len() - 8];
    assert_eq!(words(cut).as_deref(), Some("Hello\u{2026}"));
}
