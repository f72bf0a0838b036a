//! Peer-to-peer packets of version 2: MSNP16 and later.

use super::client;
use super::lines::{c, play, s};
use super::msn_p2p::switchboard;
use super::p2p_packets::{
    base64, framed, slp_between, to_alices_endpoint, to_bobs_endpoint, ALICE, BOB, PNG, V2,
};
use crate::capture::{Capture, Side, Tcp};

const PEER: &[u8] = b"\x00\x02\x00\x00\x00\x0e\x00\x00\x0f\x01\x00\x00";
/// The nonces of Alice and Bob on the direct connection, and the hashes they announce before.
const NONCES: [[u8; 16]; 2] = [[0; 16], [0x11; 16]];
const HASHES: [&str; 2] = [
    "{7CF229E1-0351-5CBC-C44B-CDF0A15E160D}",
    "{80A1F854-B7F4-8223-C520-00A5197E56BE}",
];

/// All conversations with packets of version 2.
pub fn play_all(capture: &mut Capture) {
    let tcp = switchboard(capture, 2001);
    greetings(capture, tcp);
    emoticon(capture, tcp);
    direct(capture, tcp);
    play(capture, tcp, [s("BYE bob@example.net"), c("OUT")]);
    capture.close(tcp);
}

fn between(start: &str, call: u8, sequence: u32, branch: u8, kind: &str, body: &str) -> Vec<u8> {
    let bob = format!("bob@example.net;{BOB}");
    let alice = format!("alice@example.com;{ALICE}");
    let ends = match start.contains("bob") {
        true => (&bob[..], &alice[..]),
        false => (&alice[..], &bob[..]),
    };
    slp_between(ends, start, call, sequence, branch, kind, body)
}

fn to_bob_start() -> String {
    format!("INVITE MSNMSGR:bob@example.net;{BOB} MSNSLP/1.0")
}

/// A client introduces itself; the other acknowledges, requests an acknowledgement, and
/// gets it.
fn greetings(capture: &mut Capture, tcp: Tcp) {
    let hello = V2 {
        operation: 3,
        sequence: 1000,
        tlvs: &[(1, PEER)],
        data: None,
    };
    let answer = V2 {
        operation: 3,
        sequence: 5000,
        tlvs: &[(2, &1000_u32.to_be_bytes()), (1, PEER)],
        data: None,
    };
    let last = V2 {
        operation: 0,
        sequence: 1000,
        tlvs: &[(2, &5000_u32.to_be_bytes())],
        data: None,
    };
    let turns = [
        to_bobs_endpoint(3, &hello.with_footer(0)),
        to_alices_endpoint(&answer.with_footer(0)),
        to_bobs_endpoint(4, &last.with_footer(0)),
    ];
    play(capture, tcp, turns);
}

/// Alice requests an emoticon and gets it in packets with the number of remaining bytes.
fn emoticon(capture: &mut Capture, tcp: Tcp) {
    let object = "<msnobj Creator=\"bob@example.net\" Type=\"2\" Size=\"73\" Location=\"0\" Friendly=\"cABhAHIAdAB5AAAA\"/>\0";
    let body = format!(
        "EUF-GUID: {{A4268EEC-FEC5-49E5-95C3-F126696BDBF6}}\r\nSessionID: 3000\r\nAppID: 11\r\n\
        RequestFlags: 18\r\nContext: {}\r\n\r\n",
        base64(object.as_bytes())
    );
    let invite = between(&to_bob_start(), 3, 0, 5, "sessionreqbody", &body);
    let (first, second) = invite.split_at(400);
    let reply = between(
        "MSNSLP/1.0 200 OK",
        3,
        1,
        5,
        "sessionreqbody",
        "SessionID: 3000\r\n\r\n",
    );
    let packet = |operation, sequence, data| V2 {
        operation,
        sequence,
        tlvs: &[],
        data: Some(data),
    };
    let remaining = second.len() as u64;
    let ready = [0; 4];
    let data = |index: usize| {
        let at = 30 * index;
        let end = (at + 30).min(PNG.len());
        let kind = if index == 0 { 5 } else { 4 };
        (kind, 7, 3000, (PNG.len() - end) as u64, &PNG[at..end])
    };
    let turns = [
        to_bobs_endpoint(
            5,
            &packet(2, 1000, (1, 0, 0, remaining, first)).with_footer(0),
        ),
        to_bobs_endpoint(6, &packet(0, 1420, (0, 0, 0, 0, second)).with_footer(0)),
        to_alices_endpoint(&packet(0, 5000, (1, 0, 0, 0, &reply)).with_footer(0)),
        to_alices_endpoint(&packet(0, 5600, (1, 0, 3000, 0, &ready)).with_footer(11)),
        to_alices_endpoint(&packet(0, 5612, data(0)).with_footer(11)),
        to_alices_endpoint(&packet(0, 5662, data(1)).with_footer(11)),
        to_alices_endpoint(&packet(2, 5712, data(2)).with_footer(11)),
    ];
    play(capture, tcp, turns);
}

/// Both sides announce the hash of their nonce; addresses are written backwards.
fn direct(capture: &mut Capture, tcp: Tcp) {
    let body = format!(
        "Bridges: TRUDPv1 TCPv1 SBBridge TURNv1\r\nNetID: 0\r\nConn-Type: IP-Restrict-NAT\r\n\
        UPnPNat: true\r\nICF: true\r\nHashed-Nonce: {}\r\nSessionID: 3000\r\n\
        SChannelState: 0\r\nCapabilities-Flags: 1\r\n\r\n",
        HASHES[0]
    );
    let request = between(&to_bob_start(), 3, 0, 6, "transreqbody", &body);
    let body = format!(
        "Bridge: TCPv1\r\nListening: true\r\nHashed-Nonce: {}\r\n\
        srddA-lanretxE4vPI: 12.001.15.891\r\ntroP-lanretxE4vPI: 1021\r\n\
        srddA-lanretnI4vPI: 12.2.0.291\r\ntroP-lanretnI4vPI: 0021\r\n\
        stroPdnAsrddAlanretnI4vPI: 0021:12.2.0.291\r\n\
        stroPdnAsrddAlanretxE4vPI: 1021:12.001.15.891\r\ntroP-6vPI: 2021\r\n\
        srddA-6vPI: 12::8bd:1002\r\nIPv6-Addrs: 2001:db8::21 2001:db8::22\r\n\
        IPv4InternalAddrsAndPorts: 192.0.2.21:1200 203.0.113.21:1200\r\n\
        IPv4ExternalAddrsAndPorts: 198.51.100.21:1201\r\nSessionID: 3000\r\n\r\n",
        HASHES[1]
    );
    let reply = between("MSNSLP/1.0 200 OK", 3, 1, 6, "transrespbody", &body);
    let packet = |sequence, data| V2 {
        operation: 0,
        sequence,
        tlvs: &[],
        data: Some((1, 0, 0, 0, data)),
    };
    let moving = V2 {
        operation: 0,
        sequence: 6900,
        tlvs: &[],
        data: Some((7, 8, 3000, 6, b"over a ")),
    };
    let turns = [
        to_bobs_endpoint(7, &packet(2000, &request[..]).with_footer(0)),
        to_alices_endpoint(&packet(6000, &reply[..]).with_footer(0)),
        to_alices_endpoint(&moving.with_footer(2)),
    ];
    play(capture, tcp, turns);
    let tcp = capture.connect(client(10, 1600), client(21, 1200));
    let hello = [framed(b"foo\0"), framed(&NONCES[0])].concat();
    capture.send_cut(tcp, Side::Client, &hello, 10);
    capture.send(tcp, Side::Server, &framed(&NONCES[1]));
    // The end of data that began over the switchboard.
    let moved = V2 {
        data: Some((6, 8, 3000, 0, b"bridge")),
        ..moving
    };
    capture.send(tcp, Side::Server, &framed(&moved.bytes()));
    let first = V2 {
        operation: 2,
        sequence: 7000,
        tlvs: &[(9, b"?")],
        data: Some((7, 9, 3000, 5, b"hello")),
    };
    let second = V2 {
        sequence: 7025,
        data: Some((6, 9, 3000, 0, b"world")),
        ..first
    };
    capture.send(tcp, Side::Server, &framed(&first.bytes()));
    capture.send(tcp, Side::Server, &framed(&second.bytes()));
    let missing = V2 {
        operation: 0,
        sequence: 8000,
        tlvs: &[(3, &7025_u32.to_be_bytes())],
        data: None,
    };
    capture.send(tcp, Side::Client, &framed(&missing.bytes()));
    // Sixteen bytes are no longer a nonce.
    let ack = V2 {
        tlvs: &[(2, &7038_u32.to_be_bytes())],
        ..missing
    };
    capture.send(tcp, Side::Client, &framed(&ack.bytes()));
    capture.close(tcp);
}
