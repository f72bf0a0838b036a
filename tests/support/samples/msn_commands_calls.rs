//! Every command in its documented forms: calls and conversations.

use super::lines::{c, c_with, mime, play, s, s_lines, s_with, text, typing};
use super::{client, msn_server};
use crate::capture::Capture;

const ALICE: &str = "{44bfd5a4-7450-4bda-ba3a-c51b3031126d}";
const BOB: &str = "{d9fd161b-d4d8-4ca7-8a68-c70feb39a330}";

pub fn add(capture: &mut Capture) {
    early(capture);
    late(capture);
}

/// Both ways into a switchboard; every mode of MSG.
fn early(capture: &mut Capture) {
    let tcp = capture.connect(client(23, 1025), msn_server(3, 1863));
    let mut invitation = vec![0_u8; 48];
    invitation[16] = 4;
    invitation.extend(b"\x00\x00\x00\x00\x00\x00\x00\x01");
    let p2p = [
        mime(
            "application/x-msnmsgrp2p",
            &["P2P-Dest: bob@example.net"],
            "",
        )
        .into_bytes(),
        invitation,
    ]
    .concat();
    let turns = [
        c("USR 1 alice@example.com 1000000300.20013021.2623242"),
        s("USR 1 OK alice@example.com Alice"),
        c("CAL 2 bob@example.net"),
        s("CAL 2 RINGING 11752013"),
        s("JOI bob@example.net Bob"),
        c("CAL 3 carol@example.org"),
        s("CAL 3 RINGING 120c666b04fec31173cba5a47a5fc15"),
        s("JOI carol@example.org Carol 1616756780"),
        c_with("MSG 4 U", typing("alice@example.com")),
        c_with("MSG 5 N", text("Hello, both of you.")),
        s("NAK 5"),
        c_with("MSG 6 A", text("Are you there?")),
        s("ACK 6"),
        c_with("MSG 7 D", p2p),
        s("ACK 7"),
        c_with(
            "MSG 8 S",
            mime(
                "text/x-msmsgsinvite; charset=UTF-8",
                &[],
                "Invitation-Command: INVITE\r\n\r\n",
            ),
        ),
        c_with("MSG 9 N", ""),
        s_with("MSG bob@example.net Bob", text("Here I am.")),
        s("BYE bob@example.net"),
        s("BYE carol@example.org 1"),
        c("OUT"),
    ];
    play(capture, tcp, turns);
    let tcp = capture.connect(client(23, 1026), msn_server(3, 1863));
    let turns = [
        c("ANS 1 alice@example.com 1000000400.1016955577.17693 11752099"),
        s_lines(&[
            "IRO 1 1 2 bob@example.net Bob",
            "IRO 1 2 2 carol@example.org Carol 1616756780",
            "ANS 1 OK",
        ]),
        c("OUT"),
    ];
    play(capture, tcp, turns);
}

/// Participants appear once for the account and once for every endpoint.
fn late(capture: &mut Capture) {
    let tcp = capture.connect(client(25, 1026), msn_server(3, 1863));
    let turns = [
        c(&format!(
            "USR 0 alice@example.com;{ALICE} 1000000500.183101233.2571129"
        )),
        s(&format!("USR 0 OK alice@example.com;{ALICE} Alice")),
        c("CAL 1 alice@example.com"),
        s("CAL 1 RINGING 11752113"),
        c("CAL 2 bob@example.net"),
        s("CAL 2 RINGING 11752113"),
        s(&format!("JOI bob@example.net;{BOB} Bob 2789003300:48")),
        s("JOI bob@example.net Bob 2789003300:48"),
        s(&format!("BYE bob@example.net;{BOB}")),
        s("BYE bob@example.net"),
    ];
    play(capture, tcp, turns);
    let tcp = capture.connect(client(25, 1027), msn_server(3, 1863));
    let turns = [
        c(&format!(
            "ANS 1 alice@example.com;{ALICE} 1000000510.183101233 11752114"
        )),
        s(&format!(
            "IRO 1 1 2 bob@example.net;{BOB} Bob 2789003300:48"
        )),
        s("IRO 1 2 2 bob@example.net Bob 2789003300:48"),
        s("ANS 1 OK"),
        // From a contact in another network.
        s_with(
            "UBM carol@example.org 32 alice@example.com 1 1",
            text("Hello from over there"),
        ),
        c("OUT"),
    ];
    play(capture, tcp, turns);
}
