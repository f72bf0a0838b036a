//! Values shown for connections, in the first pass and in later ones.

mod first_lines;
mod sessions;

use crate::field::FieldId;
use crate::msn::msnp::dissect::dissect;
use crate::msn::msnp::fields::Field;
use crate::msn::msnp::state::session::MsnpSession;
use crate::msn::msnp::state::tracker::*;
use crate::msn::state::capture::MsnCapture;
use crate::packet::Detail;
use crate::packet::{Address, Transport};
use crate::plan::{Plan, Value};

/// An address of 192.0.2.0/24, and a port.
type End = (u8, u16);

const ALICE: u8 = 10;
const BOB: u8 = 20;
const CAROL: u8 = 30;
const SERVER: End = (2, 1863);

/// A capture of segments: sender, receiver, bytes.
type Segments<'a> = [(End, End, &'a str)];

fn packet(number: usize, first_pass: bool, (from, to, text): (End, End, &str)) -> Packet<'_> {
    Packet {
        bytes: text.as_bytes(),
        reported: text.len(),
        frame: number as u32 + 1,
        first_pass,
        transport: Transport::Tcp,
        source: Address::V4([192, 0, 2, from.0]),
        destination: Address::V4([192, 0, 2, to.0]),
        source_port: from.1,
        destination_port: to.1,
        from_lower: from < to,
        detail: Detail::Tree,
        ..Packet::default()
    }
}

/// The values of `field` in each segment, in the first pass and in the next one.
fn values(segments: &Segments<'_>, field: Field) -> [Vec<Vec<String>>; 2] {
    let mut shared = MsnCapture::default();
    let mut sessions: HashMap<(End, End), MsnpSession> = HashMap::default();
    [true, false].map(|first_pass| {
        let mut all = Vec::new();
        for (number, segment) in segments.iter().enumerate() {
            let packet = packet(number, first_pass, *segment);
            let ends = (segment.0.min(segment.1), segment.0.max(segment.1));
            let session = sessions.entry(ends).or_default();
            all.push(of_field(&dissect(&packet, session, &mut shared), field));
        }
        all
    })
}

fn of_field(plan: &Plan<'_>, field: Field) -> Vec<String> {
    let items = plan.items().iter();
    let items = items.filter(|item| item.field == FieldId::from(field));
    items
        .map(|item| match item.value {
            Value::Number(number) => number.to_string(),
            Value::Text(text) => plan.text_of(text).to_owned(),
            _ => String::new(),
        })
        .collect()
}

/// The values of `field` in the segment `at`, in both passes.
fn shown(segments: &Segments<'_>, field: Field, at: usize) -> [Vec<String>; 2] {
    values(segments, field).map(|all| all.get(at).cloned().unwrap_or_default())
}

fn both(values: &[&str]) -> [Vec<String>; 2] {
    [values, values].map(|values| values.iter().map(|value| value.to_string()).collect())
}

#[test]
fn a_notification_server_is_announced_to_one_client() {
    let dispatch = (1, 1863);
    let xfr = "XFR 3 NS 192.0.2.2:1863 0 192.0.2.1:1863\r\n";
    let capture = [
        ((ALICE, 1025), dispatch, "VER 1 MSNP8 CVR0\r\n"),
        (dispatch, (ALICE, 1025), "VER 1 MSNP8\r\n"),
        ((ALICE, 1025), dispatch, "USR 3 TWN I alice@example.com\r\n"),
        (dispatch, (ALICE, 1025), xfr),
        ((BOB, 1025), dispatch, "VER 1 MSNP12 CVR0\r\n"),
        (dispatch, (BOB, 1025), "VER 1 MSNP12\r\n"),
        ((BOB, 1025), dispatch, "USR 3 TWN I bob@example.net\r\n"),
        (dispatch, (BOB, 1025), xfr),
        (
            (ALICE, 1026),
            SERVER,
            "CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 5.0 MSMSGS\r\n",
        ),
        (
            (BOB, 1026),
            SERVER,
            "CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 7.0 MSMSGS\r\n",
        ),
        (
            (CAROL, 1026),
            SERVER,
            "CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 7.0 MSMSGS\r\n",
        ),
        (
            SERVER,
            (BOB, 1027),
            "CVR 2 7.0 7.0 7.0 http://example.com http://example.com\r\n",
        ),
    ];
    for (at, frame, account) in [
        (8, "4", "alice@example.com"),
        (9, "8", "bob@example.net"),
        (11, "8", "bob@example.net"),
    ] {
        assert_eq!(
            shown(&capture, Field::SetupFrame, at),
            both(&[frame]),
            "{at}"
        );
        assert_eq!(
            shown(&capture, Field::LocalAccount, at),
            both(&[account]),
            "{at}"
        );
    }
    for field in [
        Field::SetupFrame,
        Field::LocalAccount,
        Field::SessionDialect,
    ] {
        assert_eq!(shown(&capture, field, 10), both(&[]), "{field:?}");
    }
    let connections = values(&capture, Field::SetupConnection)[1].clone();
    assert_eq!(
        (&connections[3], &connections[7]),
        (&vec!["9".to_owned()], &vec!["10".to_owned()])
    );
}

#[test]
fn every_leg_of_an_announcement_leads_to_the_connection() {
    for (line, greeting) in [
        (
            "XFR 7 SB 192.0.2.3:1863 CKI 17262740.1050826919\r\n",
            "USR 1 alice@example.com 17262740.1050826919\r\n",
        ),
        (
            "RNG 11752013 192.0.2.3:1863 CKI 849102291.520491 bob@example.net Bob\r\n",
            "ANS 1 alice@example.com 849102291.520491 11752013\r\n",
        ),
    ] {
        let capture = [
            (SERVER, (ALICE, 1025), line),
            (SERVER, (ALICE, 1025), line),
            ((ALICE, 1026), (3, 1863), greeting),
        ];
        let later = values(&capture, Field::SetupConnection)[1].clone();
        assert_eq!(later[..2], [["3"], ["3"]], "{line}");
        assert_eq!(
            shown(&capture, Field::SetupFrame, 2),
            both(&["1"]),
            "{line}"
        );
    }
    // Other cookies are other connections.
    let capture = [
        (SERVER, (ALICE, 1025), "XFR 7 SB 192.0.2.3:1863 CKI 1.1\r\n"),
        (SERVER, (ALICE, 1025), "XFR 8 SB 192.0.2.3:1863 CKI 2.2\r\n"),
        ((ALICE, 1026), (3, 1863), "USR 1 alice@example.com 2.2\r\n"),
        ((ALICE, 1027), (3, 1863), "USR 1 alice@example.com 1.1\r\n"),
    ];
    let later = values(&capture, Field::SetupConnection)[1].clone();
    assert_eq!(later[..2], [["4"], ["3"]]);
}

#[test]
fn shown_values_of_a_connection_do_not_change() {
    let (dispatch, client) = ((1, 1863), (ALICE, 1026));
    let capture = [
        (dispatch, (ALICE, 1025), "USR 2 OK bob@example.net Bob\r\n"),
        (
            dispatch,
            (ALICE, 1025),
            "XFR 3 NS 192.0.2.2:1863 0 192.0.2.1:1863\r\n",
        ),
        (
            dispatch,
            (ALICE, 1025),
            "XFR 4 SB 192.0.2.2:1863 CKI 17262740.1\r\n",
        ),
        (client, SERVER, "PNG\r\n"),
        (client, SERVER, "USR 1 alice@example.com 17262740.1\r\n"),
        (SERVER, client, "USR 1 OK alice@example.com Alice\r\n"),
        (
            (ALICE, 1027),
            SERVER,
            "USR 1 alice@example.com 17262740.1\r\n",
        ),
    ];
    for at in 3..=5 {
        assert_eq!(shown(&capture, Field::SetupFrame, at), both(&["2"]), "{at}");
    }
    assert_eq!(
        shown(&capture, Field::LocalAccount, 3),
        both(&["bob@example.net"])
    );
    for at in 4..=6 {
        let shown = shown(&capture, Field::LocalAccount, at);
        assert_eq!(shown, both(&["alice@example.com"]), "{at}");
    }
    // A cookie takes precedence over the endpoint.
    assert_eq!(shown(&capture, Field::SetupFrame, 6), both(&["3"]));
}

#[test]
fn a_dialect_is_in_force_from_its_line_on() {
    let client = (ALICE, 1026);
    let capture = [
        (SERVER, (ALICE, 1025), "VER 1 MSNP12\r\n"),
        (
            SERVER,
            (ALICE, 1025),
            "XFR 4 SB 192.0.2.3:1863 CKI 17262740.1\r\n",
        ),
        (
            client,
            (3, 1863),
            "PNG\r\nUSR 1 alice@example.com 17262740.1\r\n",
        ),
    ];
    assert_eq!(shown(&capture, Field::SessionDialect, 2), both(&["12"]));
}

/// The RNG to Bob comes before or after the line with the session id to Alice.
#[test]
fn a_switchboard_belongs_to_its_chat_from_the_first_line_on() {
    let (bobs, board) = ((BOB, 1025), (3, 1863));
    let (alice, bob) = ((ALICE, 1026), (BOB, 1026));
    let ring = (
        SERVER,
        bobs,
        "RNG 77 192.0.2.3:1863 CKI 5.5 alice@example.com Alice\r\n",
    );
    let ringing = (board, alice, "CAL 2 RINGING 77\r\n");
    for middle in [[ring, ringing], [ringing, ring]] {
        let mut capture = vec![
            (SERVER, bobs, "USR 5 OK bob@example.net Bob 1 0\r\n"),
            (alice, board, "USR 1 alice@example.com 4.4\r\n"),
            (board, alice, "USR 1 OK alice@example.com Alice\r\n"),
            (alice, board, "CAL 2 bob@example.net\r\n"),
        ];
        capture.extend(middle);
        capture.extend([
            (bob, board, "ANS 1 bob@example.net 5.5 77\r\n"),
            (board, bob, "ANS 1 OK\r\n"),
            (board, alice, "JOI bob@example.net Bob\r\n"),
        ]);
        let none: Vec<String> = Vec::new();
        let mut expected = vec![vec!["1".to_owned()]; capture.len()];
        expected[0] = none;
        for (pass, shown) in values(&capture, Field::Chat).into_iter().enumerate() {
            assert_eq!(shown, expected, "pass {pass}");
        }
    }
}

/// A conversation that turns out to be another one keeps its number in earlier PDUs.
#[test]
fn shown_chat_numbers_do_not_change() {
    let (bobs, board) = ((BOB, 1025), (3, 1863));
    let alice = (ALICE, 1026);
    let capture = [
        (
            SERVER,
            bobs,
            "RNG 77 192.0.2.3:1863 CKI 5.5 alice@example.com Alice\r\n",
        ),
        (alice, board, "USR 1 alice@example.com 4.4\r\n"),
        (alice, board, "CAL 2 bob@example.net\r\n"),
        (board, alice, "CAL 2 RINGING 77\r\n"),
        (board, alice, "JOI bob@example.net Bob\r\n"),
    ];
    for shown in values(&capture, Field::Chat) {
        assert_eq!(shown.concat(), ["1", "2", "2", "1", "1"]);
    }
}

#[test]
fn missing_responses_are_reported_in_later_passes() {
    let client = (ALICE, 1025);
    let server = |text| (SERVER, client, text);
    let unanswered = |segments: &Segments<'_>| {
        let mut shared = MsnCapture::default();
        let mut session = MsnpSession::default();
        [true, false].map(|first_pass| {
            let found = segments.iter().enumerate().map(|(number, segment)| {
                let packet = packet(number, first_pass, *segment);
                let plan = dissect(&packet, &mut session, &mut shared);
                plan.to_string().contains("msnms.unanswered")
            });
            found.collect::<Vec<_>>()
        })
    };
    let asked = (client, SERVER, "CHG 7 BSY 0\r\n");
    let told = unanswered(&[server("NLN NLN bob@example.net Bob 0\r\n"), asked]);
    assert_eq!(told, [vec![false, false], vec![false, true]]);
    let told = unanswered(&[asked, server("CHG 7 BSY 0\r\n")]);
    assert_eq!(told, [[false; 2]; 2].map(Vec::from));
    // If no line of the server was captured, no response is reported as missing.
    assert_eq!(unanswered(&[asked, asked]), [[false; 2]; 2].map(Vec::from));
    // Some servers do not check responses to their challenge.
    let idle = [
        server("CHL 0 1663122458434562624782678054\r\n"),
        (client, SERVER, "QRY 8 PROD0120PW!CCV9@ 0\r\n"),
    ];
    assert_eq!(unanswered(&idle), [[false; 2]; 2].map(Vec::from));
}

#[test]
fn a_lost_response_affects_only_its_ping() {
    let (client, ping) = ((ALICE, 1025), ((ALICE, 1025), SERVER, "PNG\r\n"));
    let answer = (SERVER, client, "QNG 50\r\n");
    let capture = [ping, answer, ping, ping, answer, ping, answer];
    let answers = [Some("2"), None, None, Some("5"), None, Some("7"), None];
    let answers = answers.map(Vec::from_iter);
    assert_eq!(values(&capture, Field::ResponseIn)[1], answers);
    let requests = values(&capture, Field::ResponseTo)[0].concat();
    assert_eq!(requests, ["1", "4", "6"]);
    // Two pings in a row, followed by both responses.
    let unanswered = values(&[ping, ping, answer, answer], Field::ResponseIn);
    assert_eq!(unanswered[1].concat().len(), 2);
}

#[test]
fn dropped_pings_are_not_reported_as_unanswered() {
    let (client, server) = ((ALICE, 1025), SERVER);
    let pings = "PNG\r\n".repeat(100);
    let answers = "QNG 50\r\n".repeat(100);
    let capture = [
        (client, server, pings.as_str()),
        (server, client, answers.as_str()),
    ];
    let mut shared = MsnCapture::default();
    let mut session = MsnpSession::default();
    for first_pass in [true, false] {
        for (number, segment) in capture.iter().enumerate() {
            let packet = packet(number, first_pass, *segment);
            let text = dissect(&packet, &mut session, &mut shared).to_string();
            assert!(text.matches("NG").count() > 100, "{text}");
            assert!(!text.contains("msnms.unanswered"), "{text}");
        }
    }
    let alone = [capture[0], (server, client, "QNG 50\r\n")];
    let (mut shared, mut session) = (MsnCapture::default(), MsnpSession::default());
    let missed = [true, false].map(|first_pass| {
        let packets = alone.iter().enumerate();
        let plans = packets.map(|(number, segment)| {
            let packet = packet(number, first_pass, *segment);
            let text = dissect(&packet, &mut session, &mut shared).to_string();
            text.matches("msnms.unanswered").count()
        });
        plans.sum::<usize>()
    });
    assert_eq!(missed, [0, 63]);
}

/// On an unknown port, from the first line on.
#[test]
fn a_single_line_determines_the_direction() {
    let (client, server) = ((ALICE, 1025), (3, 5555));
    for (from, to, line, direction) in [
        (server, client, "VER 2 0 MSNP9 MSNP8 CVR0\r\n", "2"),
        (client, server, "VER 2 MSNP9 MSNP8 CVR0\r\n", "1"),
        (client, server, "LSG 7\r\n", "1"),
        (server, client, "LSG 7 12 1 1 0 Other 0\r\n", "2"),
        (client, server, "OUT 7\r\n", "1"),
        (server, client, "UUM 27 OK\r\n", "2"),
        (client, server, "CHL 8\r\n", "1"),
        (server, client, "CHL 0 15570131571988941333\r\n", "2"),
        (client, server, "GCF 5 Shields.xml\r\n", "1"),
        (server, client, "USR 5 alice@example.com Alice OK\r\n", "2"),
    ] {
        let shown = shown(&[(from, to, line)], Field::Direction, 0);
        assert_eq!(shown, both(&[direction]), "{line}");
    }
}

#[test]
fn a_refused_version_puts_no_dialect_in_force() {
    let (client, server) = ((ALICE, 1025), (3, 1863));
    let in_force = |line| shown(&[(server, client, line)], Field::SessionDialect, 0);
    assert_eq!(in_force("VER 2 0 MSNP9 MSNP8 CVR0\r\n"), both(&[]));
    assert_eq!(in_force("VER 2 MSNP9 MSNP8 CVR0\r\n"), both(&["9"]));
}
