//! A session with MSNP9: login, contact list, two conversations, logout.

use super::lines::{c, c_with, play, profile, s, s_lines, s_with, text, typing, PICTURE};
use super::{client, msn_server};
use crate::capture::{Capture, Tcp};

const CVR: &str = "0x0409 winnt 5.1 i386 MSNMSGR 6.0.0602 MSMSGS alice@example.com";
const CVR_REPLY: &str = "6.0.0602 6.0.0602 1.0.0863 \
    http://download.example.com/SETUPDL.EXE http://messenger.example.com";

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    dispatch(&mut capture);
    let notification = capture.connect(client(10, 1026), msn_server(2, 1863));
    log_in(&mut capture, notification);
    contact_list(&mut capture, notification);
    presence(&mut capture, notification);
    add_contact(&mut capture, notification);
    call_bob(&mut capture, notification);
    called_by_carol(&mut capture, notification);
    play(
        &mut capture,
        notification,
        [s("FLN bob@example.net"), c("OUT")],
    );
    capture.close(notification);
    capture
}

/// The dispatch server only redirects to the notification server.
fn dispatch(capture: &mut Capture) {
    let tcp = capture.connect(client(10, 1025), msn_server(1, 1863));
    let turns = [
        c("VER 1 MSNP9 MSNP8 CVR0"),
        s("VER 1 MSNP9 MSNP8 CVR0"),
        c(&format!("CVR 2 {CVR}")),
        s(&format!("CVR 2 {CVR_REPLY}")),
        c("USR 3 TWN I alice@example.com"),
        s("XFR 3 NS 198.51.100.2:1863 0 198.51.100.1:1863"),
    ];
    play(capture, tcp, turns);
    capture.close(tcp);
}

fn log_in(capture: &mut Capture, tcp: Tcp) {
    let challenge = "USR 6 TWN S lc=1033,id=507,tw=40,fs=1,\
        ru=http%3A%2F%2Fmessenger%2Eexample%2Ecom,ct=1000000000,kpp=1,kv=5,\
        ver=2.1.0173.1,tpf=00112233445566778899aabbccddeeff";
    let ticket = "USR 7 TWN S t=5INVENTEDticket*INVENTEDticket!INVENTEDticket$$\
        &p=5INVENTEDprofile*INVENTEDprofile!INVENTEDprofile$$";
    let turns = [
        c("VER 4 MSNP9 MSNP8 CVR0"),
        s("VER 4 MSNP9 MSNP8 CVR0"),
        c(&format!("CVR 5 {CVR}")),
        s(&format!("CVR 5 {CVR_REPLY}")),
        c("USR 6 TWN I alice@example.com"),
        s(challenge),
        c(ticket),
        s("USR 7 OK alice@example.com Alice 1 0"),
        s_with("MSG Hotmail Hotmail", profile("alice@example.com", false)),
    ];
    play(capture, tcp, turns);
}

fn contact_list(capture: &mut Capture, tcp: Tcp) {
    let list = [
        "SYN 8 27 3 2",
        "GTC A",
        "BLP AL",
        "PRP PHH 555%200100",
        "PRP MOB N",
        "LSG 0 Friends 0",
        "LSG 1 At%20work 0",
        "LST bob@example.net Bob 11 0",
        "BPR PHM 555%200101",
        "BPR MOB Y",
        "LST carol@example.org Carol%20☃ 11 0,1",
        "LST dave@example.com Dave 8",
    ];
    play(capture, tcp, [c("SYN 8 0"), s_lines(&list)]);
}

fn presence(capture: &mut Capture, tcp: Tcp) {
    let bob = format!("ILN 9 NLN bob@example.net Bob 268435456 {PICTURE}");
    let turns = [
        c("CHG 9 NLN 268435456 0"),
        s("CHG 9 NLN 268435456 0"),
        s_lines(&[&bob, "ILN 9 AWY carol@example.org Carol%20☃ 268435456"]),
        s("CHL 0 11111111111111111111"),
        c_with(
            "QRY 10 msmsgs@msnmsgr.com",
            "3b6666b60157322b6fc6e41a115968f5",
        ),
        s("QRY 10"),
        c("PNG"),
        s("QNG 50"),
        s(&format!("NLN BSY bob@example.net Bob 268435456 {PICTURE}")),
    ];
    play(capture, tcp, turns);
}

/// Sent twice: the server refuses the second one.
fn add_contact(capture: &mut Capture, tcp: Tcp) {
    let turns = [
        c("ADD 11 FL erin@example.com erin@example.com 0"),
        s("ADD 11 FL 28 erin@example.com erin@example.com 0"),
        c("ADD 12 FL erin@example.com erin@example.com 0"),
        s("215 12"),
        s("ADD 0 RL 29 frank@example.net Frank"),
    ];
    play(capture, tcp, turns);
}

fn call_bob(capture: &mut Capture, notification: Tcp) {
    let turns = [
        c("XFR 13 SB"),
        s("XFR 13 SB 198.51.100.3:1864 CKI 1000000100.20013021.2623242"),
    ];
    play(capture, notification, turns);
    let tcp = capture.connect(client(10, 1027), msn_server(3, 1864));
    let turns = [
        c("USR 14 alice@example.com 1000000100.20013021.2623242"),
        s("USR 14 OK alice@example.com Alice"),
        c("CAL 15 bob@example.net"),
        s("CAL 15 RINGING 11752013"),
        s("JOI bob@example.net Bob"),
        c_with("MSG 16 U", typing("alice@example.com")),
        c_with("MSG 17 A", text("Hello Bob, how was the concert?")),
        s("ACK 17"),
        s_with("MSG bob@example.net Bob", typing("bob@example.net")),
        s_with(
            "MSG bob@example.net Bob",
            text("Très bien! 很好 ♫\r\nSee you tomorrow."),
        ),
        c_with("MSG 18 N", text("See you!")),
        s("BYE bob@example.net"),
        c("OUT"),
    ];
    play(capture, tcp, turns);
    capture.close(tcp);
}

fn called_by_carol(capture: &mut Capture, notification: Tcp) {
    let ring = "RNG 11752099 198.51.100.3:1864 CKI 1000000200.1016955577.17693 \
        carol@example.org Carol%20☃";
    play(capture, notification, [s(ring)]);
    let tcp = capture.connect(client(10, 1028), msn_server(3, 1864));
    let turns = [
        c("ANS 19 alice@example.com 1000000200.1016955577.17693 11752099"),
        s_lines(&["IRO 19 1 1 carol@example.org Carol%20☃", "ANS 19 OK"]),
        s_with(
            "MSG carol@example.org Carol%20☃",
            text("Are you coming to lunch?"),
        ),
        c_with("MSG 20 N", text("In five minutes.")),
        s("BYE carol@example.org"),
        c("OUT"),
    ];
    play(capture, tcp, turns);
    capture.close(tcp);
}
