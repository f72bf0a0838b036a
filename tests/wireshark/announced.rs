//! Connections announced in messages: found however TCP segments them, and left to their
//! owner if another program is at that endpoint.

use crate::first_bytes::{announce, assert_found, direct, msn, msnftp, Case, CLIENT, SERVER};
use crate::harness::wireshark;
use test_support::capture::{Capture, Side};
use test_support::samples::lines::{line, mime, with};
use test_support::samples::p2p_packets::{slp, to_alice, V1};

/// An unused port, the port of FTP, and that of MSNFTP.
const PORTS: [u16; 3] = [40_006, 21, 6891];

/// The notification server's redirect to another one.
fn transfer(port: u16) -> Vec<u8> {
    line(&format!("XFR 3 NS {SERVER}:{port} 0"))
}

/// Bob's message when he listens for a direct connection.
fn bridge(port: u16) -> Vec<u8> {
    let body = format!(
        "Bridge: TCPv1\r\nListening: true\r\nNonce: {{42424242-4242-4242-4242-424242424242}}\r\n\
         IPv4Internal-Addrs: {SERVER}\r\nIPv4Internal-Port: {port}\r\nSessionID: 10\r\n\r\n"
    );
    let data = slp("MSNSLP/1.0 200 OK", 13, 1, 13, "transrespbody", &body);
    let packet = V1 {
        id: u32::from(port),
        data: &data,
        ..V1::default()
    };
    to_alice(&packet.with_footer(0)).1
}

/// Bob's message when he listens for the receiver of a file.
fn invitation(port: u16) -> Vec<u8> {
    let accept = format!(
        "Invitation-Command: ACCEPT\r\nInvitation-Cookie: 33267\r\nIP-Address: {SERVER}\r\n\
         Port: {port}\r\nAuthCookie: 123456\r\n\r\n"
    );
    let message = mime("text/x-msmsgsinvite; charset=UTF-8", &[], &accept);
    with("MSG bob@example.net Bob", message)
}

/// Without heuristics.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn announced_connections_do_not_depend_on_segmentation() {
    let wireshark = wireshark();
    type Make = fn(u16) -> Case;
    type Announce = fn(u16) -> Vec<u8>;
    let ways: [(Make, Announce, &str); 3] = [
        (msn, transfer, "msnms_tcp"),
        (direct, bridge, "msnp2p_tcp"),
        (msnftp, invitation, "msnftp_tcp"),
    ];
    for (make, announce, heuristic) in ways {
        let cases = PORTS.map(|port| Case {
            announced_by: vec![announce(port)],
            ..make(port)
        });
        assert_found(wireshark, &cases, &["--disable-heuristic", heuristic]);
    }
}

/// Greetings and requests of other programs at announced endpoints, split after the first
/// bytes: every line is the same as without the plugin, and no bytes are held back.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn another_program_at_an_announced_endpoint_is_left_alone() {
    let wireshark = wireshark();
    let mut capture = Capture::new();
    let ports = [21, 25, 80, 40_007];
    let all = ports.map(|port| [transfer(port), bridge(port), invitation(port)]);
    announce(&mut capture, all.as_flattened(), 1);
    let mut client = CLIENT;
    for port in ports {
        for greeting in [
            &b"220 ready\r\n"[..],
            b"VERSION 1\r\n",
            b"USER alice\r\n",
            b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n",
            b"\x10\0\0\0a nonce of nobody",
            b"\x04\0\0\0fox\0",
            b"\x16\x03\x01\x00\x05hello",
        ] {
            for first in [1, 2, 3, 4, 5, 7] {
                client.1 += 1;
                let tcp = capture.connect(client, (SERVER, port));
                let (first, rest) = greeting.split_at(first);
                capture.send(tcp, Side::Server, first);
                capture.send(tcp, Side::Server, rest);
                capture.send(tcp, Side::Client, greeting);
                capture.close(tcp);
            }
        }
    }
    let path = wireshark.write("another.pcap", &capture);
    let path = path.to_string_lossy();
    for pass in [&[][..], &["-2"]] {
        let show = [&["-r", &*path, "-V", "-Y", "tcp.stream > 0"], pass].concat();
        // TCP of 4.0 rates the completeness of conversations that it creates itself, not
        // of those created from a template.
        let shown = |text: String| {
            let lines = text.lines();
            let lines = lines.filter(|line| !line.contains("[Conversation completeness: "));
            lines.map(str::to_owned).collect::<Vec<_>>()
        };
        let with = shown(wireshark.tool("tshark", &show).stdout);
        let bare = shown(wireshark.bare_tshark(&show).stdout);
        assert!(bare.len() > 1_000);
        for (number, (with, bare)) in with.iter().zip(&bare).enumerate() {
            assert_eq!(with, bare, "line {} {pass:?}", number + 1);
        }
        assert_eq!(with.len(), bare.len());
    }
}
