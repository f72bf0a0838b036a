//! Valid forms that only current servers and rare clients send.

use super::lines::{c, c_with, mime, play, profile, s, s_lines, s_with, text};
use super::{client, msn_server};
use crate::capture::{Capture, Side};

/// An unencoded object, with spaces within a parameter.
const OBJECT: &str = "<msnobj Creator=\"bob@example.net\" Size=\"10\" Type=\"3\" Location=\"0\" \
    Friendly=\"AAA=\" SHA1D=\"2jmj7l5rSw0yVb/vlWAYkK/YBwk=\" />";
const ENDPOINT: &str = "{44bfd5a4-7450-4bda-ba3a-c51b3031126d}";
const TOKEN: &str = "t=INVENTEDtoken==";

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    presence(&mut capture);
    board(&mut capture);
    pings(&mut capture);
    challenges(&mut capture);
    unchecked_challenge(&mut capture);
    login_again(&mut capture);
    another_client(&mut capture);
    capture
}

/// A notification server with MSNP18.
fn presence(capture: &mut Capture) {
    let tcp = capture.connect(client(60, 1024), msn_server(2, 1863));
    let offline = mime(
        "text/plain; charset=UTF-8",
        &["Dest-Agent: client"],
        "Hello",
    );
    let mobile = mime(
        "text/plain; charset=UTF-8",
        &["Dest-Agent: mobile"],
        "Hello",
    );
    let typing = mime("text/plain", &["TypingUser: bob@example.net"], "\r\n");
    let nudge = mime("text/plain", &[], "\r\n");
    let profile_with_negative_numbers = profile("alice@example.com", true)
        .replace("MemberIdLow: 123456789", "MemberIdLow: -12")
        .replace("Flags: 1073742915", "Flags: -1073740733");
    let turns = [
        c("VER 1 MSNP18 CVR0"),
        s("VER 1 MSNP18"),
        c("USR 3 SSO I alice@example.com"),
        s("USR 3 SSO S MBI_KEY_OLD QUJDREVGR0hJSktMTU5PUA=="),
        c(&format!("USR 4 SSO S {TOKEN}&p=")),
        s("USR 4 OK alice@example.com 1 0"),
        s_with("GCF 0", "<Policies></Policies>"),
        s_with("MSG Hotmail Hotmail", profile_with_negative_numbers),
        s_with(
            "MSG Hotmail Hotmail",
            mime(
                "text/x-msmsgsinitialmdatanotification; charset=UTF-8",
                &[],
                "\r\nMail-Data: too-large\r\nInbox-URL: /cgi-bin/inbox\r\n\r\n",
            ),
        ),
        c("CHG 5 NLN 2789003324:48 0"),
        s(&format!("CHG 5 NLN 2789003324:48 {OBJECT}")),
        s("ILN 5 NLN 1:system@example.com Service 0:0"),
        s(&format!("NLN BSY 1:bob@example.net Bob 2789003324:48 {OBJECT}")),
        s(&format!(
            "ILN 5 AWY 1:carol@example.org Carol 0:0 {OBJECT} http://badge.example.com/c.jpg"
        )),
        s("NLN BSY 1:bob@example.net Bob 0:0 0 http://badge.example.com/b.jpg"),
        s("NLN NLN 1:dave@example.org;via=9:00000000-0000-0000-0009-000000000001@live.example.com Dave 0:0"),
        s_with(
            "UBX 1:dave@example.org;via=9:00000000-0000-0000-0009-000000000001@live.example.com",
            "<Data><PSM>Here</PSM></Data>",
        ),
        c_with("UUM 27 bob@example.net 32 1", offline),
        s("UUM 27 OK"),
        c_with("UUM 28 tel:+15550100 4 1", mobile),
        s_with("UBM bob@example.net 32 alice@example.com 1 1", text("Hello Alice")),
        s_with("UBM bob@example.net 32 alice@example.com 1 2", typing),
        s_with("UBM bob@example.net 32 alice@example.com 1 3", nudge),
        c_with("UUN 29 bob@example.net 1", "<SNM opcode=\"ACK\"/>"),
        s("UUN 29 OK"),
        c("XFR 12 SB"),
        s(&format!("XFR 12 SB 198.51.100.9:1863 CKI {TOKEN}")),
    ];
    play(capture, tcp, turns);
}

/// A switchboard: the caller's name before OK, each participant twice with one number,
/// the roster after the end of the response.
fn board(capture: &mut Capture) {
    let tcp = capture.connect(client(60, 1025), msn_server(9, 1863));
    let notification = capture.connect(client(61, 1024), msn_server(2, 1863));
    let bob = format!("1:bob@example.net;{ENDPOINT}");
    let turns = [
        c(&format!("USR 55 alice@example.com;{ENDPOINT} {TOKEN}")),
        s("USR 55 alice@example.com Alice OK"),
        c("CAL 2 bob@example.net"),
    ];
    play(capture, tcp, turns);
    let turns = [
        s("USR 7 OK bob@example.net 1 0"),
        s("RNG 11752013 198.51.100.9:1863 CKI 17262740.1050826919 alice@example.com Alice U messenger.example.com 1"),
    ];
    play(capture, notification, turns);
    let turns = [
        s("CAL 2 RINGING 11752013"),
        s_lines(&[
            "JOI bob@example.net Bob 2789003324:48",
            &format!("JOI {bob} Bob 2789003324:48"),
        ]),
        c_with("MSG 3 A", text("Are you there?")),
        s("NAK 3"),
        s("BYE 1:bob@example.net;via=9:00000000-0000-0000-0009-000000000001@live.example.com"),
        c("OUT 7"),
    ];
    play(capture, tcp, turns);
    let answering = capture.connect(client(61, 1025), msn_server(9, 1863));
    let turns = [
        c("ANS 1 bob@example.net 17262740.1050826919 11752013"),
        s("ANS 1 OK"),
        s_lines(&[
            "IRO 1 1 1 alice@example.com Alice 2789003324:48",
            &format!("IRO 1 1 1 1:alice@example.com;{ENDPOINT} Alice 2789003324:48"),
        ]),
        c("OUT"),
    ];
    play(capture, answering, turns);
    let turns = [
        s_with("UBN bob@example.net 5", "11752013;198.51.100.9:1863"),
        s_with("UBN bob@example.net 5", "99;sb.example.com"),
    ];
    play(capture, notification, turns);
}

/// Seconds until the next ping in a dialect of old clients.
fn pings(capture: &mut Capture) {
    let tcp = capture.connect(client(60, 1026), msn_server(2, 1863));
    let turns = [
        c("VER 1 MSNP8 CVR0"),
        s("VER 1 MSNP8"),
        c("PNG"),
        s("QNG 60"),
        c("PNG"),
        s("QNG"),
    ];
    play(capture, tcp, turns);
}

/// One product in two dialects: its MD5 response is valid in the older one only.
fn challenges(capture: &mut Capture) {
    for (port, dialect) in [(1027, "MSNP9"), (1028, "MSNP11")] {
        let tcp = capture.connect(client(60, port), msn_server(2, 1863));
        let turns = [
            c(&format!("VER 1 {dialect} CVR0")),
            s(&format!("VER 1 {dialect}")),
            s("CHL 0 22210219642164014968"),
            c_with("QRY 2 PROD0038W!61ZTF9", "c60f42bcef15148c614190c61e8eebf6"),
            s("QRY 2"),
        ];
        play(capture, tcp, turns);
    }
    // The dialect is unknown: either algorithm may apply.
    let tcp = capture.midstream(client(60, 1029), msn_server(2, 1863));
    let turns = [
        s("CHL 0 22210219642164014968"),
        c_with("QRY 2 PROD0038W!61ZTF9", "ef74d3aae1ee958c483a01d010756af6"),
        s("CHL 0 22210219642164014968"),
        c_with("QRY 3 PROD0038W!61ZTF9", "00000000000000000000000000000000"),
    ];
    play(capture, tcp, turns);
}

/// A server that neither checks nor acknowledges the challenge response.
fn unchecked_challenge(capture: &mut Capture) {
    let tcp = capture.connect(client(60, 1030), msn_server(2, 1863));
    let turns = [
        c("VER 1 MSNP21 CVR0"),
        s("VER 1 MSNP21"),
        s("CHL 0 1663122458434562624782678054"),
        c_with("QRY 2 PROD0120PW!CCV9@", "00000000000000000000000000000000"),
        c("PNG"),
        s("QNG 60"),
    ];
    play(capture, tcp, turns);
}

/// The client requests the groups; the server refuses all dialects, and does not respond.
fn login_again(capture: &mut Capture) {
    let tcp = capture.connect(client(60, 1031), msn_server(2, 1863));
    capture.send(tcp, Side::Client, b"VER 2 MSNP2 CVR0\r\n");
    let turns = [
        s("VER 2 0 MSNP9 MSNP8 CVR0"),
        c("VER 3 MSNP7 CVR0"),
        s("VER 3 MSNP7"),
    ];
    play(capture, tcp, turns);
    let turns = [
        c("LSG 7"),
        s("LSG 7 12 1 1 0 Other%20Contacts 0"),
        c("USR 8 MD5 I alice@example.com"),
        s("911 8"),
        c("CHG 9 NLN"),
    ];
    play(capture, tcp, turns);
}

/// An account that another client has logged in with before: the beginning of this
/// connection is not captured, so its dialect is unknown.
fn another_client(capture: &mut Capture) {
    let tcp = capture.connect(client(60, 1032), msn_server(2, 1863));
    let turns = [
        c("VER 1 MSNP7 CVR0"),
        s("VER 1 MSNP7"),
        c("USR 2 MD5 I carol@example.org"),
        s("USR 2 MD5 S 1013928519.693957190"),
    ];
    play(capture, tcp, turns);
    let tcp = capture.midstream(client(60, 1033), msn_server(2, 1863));
    let turns = [
        c("USR 3 TWN I carol@example.org"),
        s("USR 3 TWN S lc=1033,id=507,tw=40"),
        s("USR 4 OK carol@example.org Carol 1 0"),
        s("SYN 5 15 2 1"),
        s("LSG 7 22222222-3333-4444-8555-666666666666"),
        s("NLN IDL bob@example.net Bob 268435500"),
        s("CHL 0 22210219642164014968"),
        c_with("QRY 6 PROD0038W!61ZTF9", "ef74d3aae1ee958c483a01d010756af6"),
    ];
    play(capture, tcp, turns);
}
