//! People: a whole profile, phones, names, blocked contacts in all dialects; a conversation of
//! which both sides are captured; files that are declined or broken off.

use super::lines::{c, c_with, mime, play, profile, s, s_lines, s_with, text, SentSegment};
use super::p2p_packets::{base64, preview, slp, to_alice, to_bob, PNG, V1};
use super::{client, msn_server};
use crate::capture::{Capture, Side};

const BOB: &str = "7d4f5204-322a-47a2-90a8-77e72f9711c2";
const FILE: &str = "EUF-GUID: {5D3E02AB-6190-11D3-BBBB-00C04F795683}";
const TO_BOB: &str = "INVITE MSNMSGR:bob@example.net MSNSLP/1.0";
const FROM_BOB: &str = "MSG bob@example.net Bob";

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    let groups = [msnp9(), msnp11(), msnp15()];
    for (port, turns) in (1025..).zip(groups) {
        let tcp = capture.connect(client(70, port), msn_server(2, 1863));
        play(&mut capture, tcp, turns);
        capture.close(tcp);
    }
    both_sides(&mut capture);
    files(&mut capture);
    capture
}

/// Everything that a profile can say, phones of both, and lists by name.
fn msnp9() -> Vec<SentSegment> {
    let all = profile("alice@example.com", false)
        .replace("PostalCode: ", "PostalCode: 12345")
        .replace("Gender: ", "Gender: F")
        .replace("Age: ", "Age: 30")
        .replace("BDayPre: ", "BDayPre: 3")
        .replace("Birthday: ", "Birthday: 28150")
        .replace("Wallet: ", "Wallet: 1");
    let list = [
        "SYN 5 15 1 1",
        "PRP PHH 555%200100",
        "PRP PHW 555%200101",
        "PRP PHM 555%200102",
        "PRP MOB Y",
        "PRP MBE N",
        "LSG 0 Friends 0",
        "LST bob@example.net Bob 11 0",
        "BPR PHH 555%200103",
        "BPR PHW 555%200104",
        "BPR PHM 555%200105",
        "BPR MOB N",
    ];
    vec![
        c("VER 1 MSNP9 CVR0"),
        s("VER 1 MSNP9 CVR0"),
        c("USR 4 TWN S t=5INVENTEDticket$$&p="),
        s("USR 4 OK alice@example.com Alice 1 0"),
        s_with("MSG Hotmail Hotmail", all),
        c("SYN 5 14"),
        s_lines(&list),
        // Blocked, then unblocked.
        c("REM 6 AL bob@example.net"),
        s("REM 6 AL 16 bob@example.net"),
        c("ADD 7 BL bob@example.net Bob"),
        s("ADD 7 BL 17 bob@example.net Bob"),
        c("REM 8 BL bob@example.net"),
        s("REM 8 BL 18 bob@example.net"),
        c("ADD 9 AL bob@example.net Bob"),
        s("ADD 9 AL 19 bob@example.net Bob"),
        c("REM 10 FL bob@example.net"),
        s("REM 10 FL 20 bob@example.net"),
        c("REA 11 alice@example.com Alice%20A"),
        s("REA 11 21 alice@example.com Alice%20A"),
        s("NLN NLN carol@example.org Carol 0"),
        s("NLN BSY carol@example.org Carol%20C 0"),
        s("NLN BSY carol@example.org Carol%20C 268435456"),
        c("OUT"),
    ]
}

/// Contacts by ID, personal messages and media.
fn msnp11() -> Vec<SentSegment> {
    let song = "\\0Music\\01\\0{0} - {1}\\0A Song\\0A Band\\0\\0";
    let data = |text: &str, media: &str| {
        format!(
            "<Data><PSM>{text}</PSM><CurrentMedia>{media}</CurrentMedia>\
             <MachineGuid>{{44BFD5A4-7450-4BDA-BA3A-C51B3031126D}}</MachineGuid></Data>"
        )
    };
    let contact = format!("LST N=bob@example.net F=Bob C={BOB} 3");
    vec![
        c("VER 1 MSNP11 CVR0"),
        s("VER 1 MSNP11"),
        c("USR 4 TWN S t=5INVENTEDticket$$&p="),
        s("USR 4 OK alice@example.com 1 0"),
        c("SYN 5 0 0"),
        s_lines(&["SYN 5 1 1 1 0", "PRP MFN Alice", &contact]),
        c("PRP 6 MFN Alice%20A"),
        s("PRP 6 MFN Alice%20A"),
        c_with("UUX 7", data("Reading", "")),
        s_with("UUX 7", ""),
        s_with("UBX bob@example.net", data("Off to lunch", song)),
        s_with("UBX bob@example.net", data("Off to lunch", "")),
        s_with("UBX bob@example.net", data("", "")),
        c("REM 8 AL bob@example.net"),
        s("REM 8 AL bob@example.net"),
        c("ADC 9 BL N=bob@example.net"),
        s("ADC 9 BL N=bob@example.net"),
        c("REM 10 BL bob@example.net"),
        s("REM 10 BL bob@example.net"),
        c(&format!("SBP 11 {BOB} MFN Bobby")),
        s(&format!("SBP 11 {BOB} MFN Bobby")),
        c(&format!("REM 12 FL {BOB}")),
        s(&format!("REM 12 FL {BOB}")),
        s("ADC 0 PL N=dave@example.com F=Dave"),
        c("OUT"),
    ]
}

/// Lists in XML.
fn msnp15() -> Vec<SentSegment> {
    let list = |attribute: &str, user: &str, lists: &str| {
        format!(
            "<ml{attribute}><d n=\"example.net\"><c n=\"{user}\" l=\"{lists}\" t=\"1\"/></d></ml>"
        )
    };
    vec![
        c("VER 1 MSNP15 CVR0"),
        s("VER 1 MSNP15"),
        c("USR 4 SSO S t=5INVENTEDticket&p= HAAAAAEAAAADZgAABIAAAA=="),
        s("USR 4 OK alice@example.com 1 0"),
        c_with("ADL 5", list(" l=\"1\"", "bob", "3")),
        s("ADL 5 OK"),
        c_with("RML 6", list("", "bob", "2")),
        s("RML 6 OK"),
        c_with("ADL 7", list("", "bob", "4")),
        s("ADL 7 OK"),
        c_with("RML 8", list("", "bob", "4")),
        s("RML 8 OK"),
        c_with("ADL 9", list("", "frank", "3")),
        s("ADL 9 OK"),
        c_with("RML 10", list("", "frank", "1")),
        s("RML 10 OK"),
        s_with("ADL 0", list("", "grace", "16")),
        c("OUT"),
    ]
}

/// The same conversation on the connections of Alice and of Bob: each message is there twice.
fn both_sides(capture: &mut Capture) {
    let alice = capture.connect(client(70, 1030), msn_server(3, 1863));
    let bob = capture.connect(client(71, 1030), msn_server(3, 1863));
    let from_alice = "MSG alice@example.com Alice";
    let turns: [(bool, SentSegment); 15] = [
        (true, c("USR 1 alice@example.com 1000000100.20013021")),
        (true, s("USR 1 OK alice@example.com Alice")),
        (true, c("CAL 2 bob@example.net")),
        (true, s("CAL 2 RINGING 11753001")),
        (
            false,
            c("ANS 1 bob@example.net 1000000200.10169555 11753001"),
        ),
        (
            false,
            s_lines(&["IRO 1 1 1 alice@example.com Alice", "ANS 1 OK"]),
        ),
        (true, s("JOI bob@example.net Bob")),
        (true, c_with("MSG 3 N", text("Hello, hello"))),
        (false, s_with(from_alice, text("Hello, hello"))),
        (true, c_with("MSG 4 N", text("Hello, hello"))),
        (false, s_with(from_alice, text("Hello, hello"))),
        (false, c_with("MSG 2 N", text("Twice"))),
        (true, s_with(FROM_BOB, text("Twice"))),
        (false, c("OUT")),
        (true, s("BYE bob@example.net")),
    ];
    for (is_alice, turn) in turns {
        let tcp = if is_alice { alice } else { bob };
        play(capture, tcp, [turn]);
    }
    let picture = [mime("image/png", &[], "").as_bytes(), PNG].concat();
    play(
        capture,
        alice,
        [c_with("MSG 5 N", picture), c("CAL 6 carol@example.org")],
    );
    play(capture, alice, [s("217 6"), c("OUT")]);
}

/// Files that are declined, and one that is broken off.
fn files(capture: &mut Capture) {
    let tcp = super::msn_p2p::switchboard(capture, 2100);
    let offer = "Application-Name: File Transfer\r\n\
        Application-GUID: {5D3E02AB-6190-11d3-BBBB-00C04F795683}\r\n\
        Invitation-Command: INVITE\r\nInvitation-Cookie: 44001\r\n\
        Application-File: notes.txt\r\nApplication-FileSize: 11\r\nConnectivity: N\r\n\r\n";
    let decline = "Invitation-Command: CANCEL\r\nInvitation-Cookie: 44001\r\n\
        Cancel-Code: REJECT\r\n\r\n";
    let invitation = |body: &str| mime("text/x-msmsgsinvite; charset=UTF-8", &[], body);
    play(
        capture,
        tcp,
        [
            c_with("MSG 3 N", invitation(offer)),
            s_with(FROM_BOB, invitation(decline)),
        ],
    );
    let session = |number: u32, name: &str| {
        let context = base64(&preview(name, 100, b""));
        format!(
            "{FILE}\r\nSessionID: {number}\r\nAppID: 2\r\nRequestFlags: 16\r\nContext: {context}\r\n\r\n"
        )
    };
    let message = |id: u32, data: &[u8]| {
        V1 {
            id,
            ack: (id + 1, 0, 0),
            data,
            ..V1::default()
        }
        .with_footer(0)
    };
    let offers = [
        slp(TO_BOB, 7, 0, 7, "sessionreqbody", &session(55, "song.mp3")),
        slp(TO_BOB, 8, 0, 8, "sessionreqbody", &session(56, "book.pdf")),
    ];
    let declined = slp(
        "MSNSLP/1.0 603 Decline",
        7,
        1,
        7,
        "sessionreqbody",
        "SessionID: 55\r\n\r\n",
    );
    let accepted = slp(
        "MSNSLP/1.0 200 OK",
        8,
        1,
        8,
        "sessionreqbody",
        "SessionID: 56\r\n\r\n",
    );
    let part = V1 {
        session: 56,
        id: 90,
        offset: 0,
        total: 100,
        flags: 0x100_0030,
        ack: (91, 0, 0),
        data: &[7; 40],
    };
    let bye = "BYE MSNMSGR:bob@example.net MSNSLP/1.0";
    let bye = slp(bye, 8, 0, 9, "sessionclosebody", "\r\n");
    let turns = [
        to_bob(4, &message(70, &offers[0])),
        to_alice(&message(71, &declined)),
        to_bob(5, &message(72, &offers[1])),
        to_alice(&message(73, &accepted)),
        to_bob(6, &part.with_footer(2)),
        to_bob(7, &message(74, &bye)),
        (Side::Client, b"OUT\r\n".to_vec()),
    ];
    play(capture, tcp, turns);
}
