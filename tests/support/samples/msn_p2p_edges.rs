//! Malformed packets, messages and direct connections.

use super::lines::{play, SentSegment};
use super::msn_p2p::switchboard;
use super::p2p_packets::{base64, framed, handshake, preview, slp, to_alice, to_bob, V1, V2};
use super::{client, msn_server};
use crate::capture::{Capture, Side};

const TO_BOB: &str = "INVITE MSNMSGR:bob@example.net MSNSLP/1.0";

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    let tcp = switchboard(&mut capture, 2100);
    play(&mut capture, tcp, packets());
    play(&mut capture, tcp, blobs());
    play(&mut capture, tcp, messages());
    play(&mut capture, tcp, contexts());
    not_announced(&mut capture);
    wrong_nonce(&mut capture);
    wrong_length(&mut capture);
    other_protocols(&mut capture);
    other_picture(&mut capture);
    snapped(&mut capture);
    capture
}

/// Headers, footers and lengths.
fn packets() -> Vec<SentSegment> {
    let text = V1 {
        session: 5,
        id: 1,
        data: b"some data",
        ..V1::default()
    };
    let whole = text.with_footer(3);
    let mut long = text.with_footer(0);
    long.extend(b"surplus");
    let refused = |flags| text.acknowledged(2, flags).with_footer(0);
    vec![
        to_bob(3, &whole[..30]),
        to_bob(4, &whole[..50]),
        to_bob(5, &text.bytes()),
        to_bob(6, &long),
        to_alice(&refused(0x01)),
        to_alice(&refused(0x08)),
        to_alice(&refused(0x80)),
        to_alice(&refused(0x0200_0006)),
        to_bob(
            7,
            b"\x08\x07\0\x0c\0\0\0\x05\x08\x01\0\0\0\0\0\x09text\0\0\0\x01",
        ),
        to_bob(8, b"\x0c\0\0\0\0\0\0\x05\x05\x04ab\0\0\0\0"),
        to_bob(9, b"\x04\0\0\0\0\0\0\x05"),
    ]
}

/// Blobs that are repeated, do not start at the beginning, or claim to be huge.
fn blobs() -> Vec<SentSegment> {
    let part = |id, offset, total, data| {
        V1 {
            session: 6,
            id,
            offset,
            total,
            flags: 0x20,
            data,
            ..V1::default()
        }
        .with_footer(1)
    };
    vec![
        to_bob(10, &part(10, 4, 8, b"late")),
        to_bob(11, &part(11, 0, 8, b"once")),
        to_bob(12, &part(11, 0, 8, b"once")),
        to_bob(13, &part(11, 4, 8, b"more")),
        to_bob(14, &part(12, 0, 1 << 40, b"huge")),
    ]
}

fn control(id: u32, message: &[u8]) -> Vec<u8> {
    V1 {
        id,
        data: message,
        ..V1::default()
    }
    .with_footer(0)
}

/// Every type of response and body, and invalid values.
fn messages() -> Vec<SentSegment> {
    let response = |status: &str, kind: &str, body: &str| {
        slp(&format!("MSNSLP/1.0 {status}"), 9, 1, 9, kind, body)
    };
    let invite = slp(TO_BOB, 9, 0, 9, "transudpswitch", "Unheard-Of: 1\r\n\r\n");
    let text = |message: &[u8]| String::from_utf8(message.to_vec()).expect("text");
    let bad = text(&slp(
        TO_BOB,
        10,
        0,
        10,
        "transreqbody",
        "NetID: here\r\nUPnPNat: perhaps\r\nIPv4Internal-Port: 99999\r\n\
        IPv4Internal-Addrs: nowhere\r\nHashed-Nonce: {}\r\nSessionID: x\r\nEUF-GUID: y\r\n\
        Listening: false\r\nno colon\r\n\r\n",
    ));
    let bad = bad.replace("CSeq: 0 ", "CSeq: first");
    let short = text(&response(
        "200 OK",
        "sessionreqbody",
        "SessionID: 1\r\n\r\n",
    ));
    let unended = short.trim_end_matches('\0').to_owned();
    let surplus = short.clone() + "more";
    let long = short.replace("Content-Length: 17", "Content-Length: 99");
    let failed = response("500 Internal Error", "null", "");
    // The length does not include the NUL.
    let uncounted = text(&failed).replace("Content-Length: 1\r\n", "Content-Length: 0\r\n");
    let other =
        text(&response("200 OK", "sessionreqbody", "")).replace("sessionreqbody", "newbody");
    let decline = response("603 Decline", "sessionreqbody", "SessionID: 6\r\n\r\n");
    let failure = response(
        "481 No Such Call",
        "session-failure-respbody",
        "SessionID: 6\r\n\r\n",
    );
    let unknown = response("999 What", "sessionclosebody", "\r\n");
    let ack = slp(
        "ACK MSNMSGR:bob@example.net MSNSLP/1.0",
        9,
        0,
        9,
        "transudpswitch",
        "",
    );
    vec![
        to_bob(20, &control(20, &invite)),
        to_alice(&control(21, &failed)),
        to_alice(&control(22, &decline)),
        to_alice(&control(23, &failure)),
        to_alice(&control(24, &unknown)),
        to_bob(21, &control(25, bad.as_bytes())),
        to_alice(&control(26, unended.as_bytes())),
        to_alice(&control(27, surplus.as_bytes())),
        to_alice(&control(28, long.as_bytes())),
        to_alice(&control(29, other.as_bytes())),
        to_bob(
            22,
            &control(30, b"INVITE sip:bob@example.net SIP/2.0\r\n\r\n\0"),
        ),
        to_bob(23, &control(31, b"MSNSLP/1.0\r\n\0")),
        to_bob(24, &control(32, &ack)),
        to_alice(&control(33, uncounted.as_bytes())),
    ]
}

/// Values of Context.
fn contexts() -> Vec<SentSegment> {
    let of = |guid: &str, context: &str| {
        let body = format!("EUF-GUID: {{{guid}}}\r\nSessionID: 7\r\nContext: {context}\r\n\r\n");
        control(40, &slp(TO_BOB, 11, 0, 11, "sessionreqbody", &body))
    };
    let with = |context: &str| of("00000000-0000-0000-0000-000000000000", context);
    let object = |context: &str| of("A4268EEC-FEC5-49E5-95C3-F126696BDBF6", context);
    let file = |size| {
        let context = base64(&preview("short.txt", size, b""));
        let body = format!(
            "EUF-GUID: {{5D3E02AB-6190-11D3-BBBB-00C04F795683}}\r\nSessionID: 8\r\nAppID: 2\r\n\
            Context: {context}\r\n\r\n"
        );
        control(41, &slp(TO_BOB, 12, 0, 12, "sessionreqbody", &body))
    };
    let data = V1 {
        session: 8,
        id: 42,
        flags: 0x30,
        data: b"three",
        ..V1::default()
    };
    vec![
        to_bob(30, &with("*")),
        to_bob(31, &with(&base64(b"nothing known"))),
        to_bob(32, &with("")),
        to_bob(33, &file(3)),
        to_bob(34, &data.with_footer(2)),
        // The context of a picture has a known format.
        to_bob(35, &object(&base64(b"nothing known"))),
    ]
}

/// A direct connection that was not announced.
fn not_announced(capture: &mut Capture) {
    let tcp = capture.connect(client(10, 1700), client(22, 1300));
    let hello = [framed(b"foo\0"), framed(&[0x22; 16])].concat();
    capture.send(tcp, Side::Client, &hello);
    capture.send(tcp, Side::Server, &framed(&[0x33; 16]));
    let packet = V2 {
        operation: 2,
        sequence: 100,
        tlvs: &[],
        data: Some((5, 3, 9000, 0, b"\xff\xd8\xff\xe0 no picture in truth")),
    };
    // In pieces of odd lengths, the last one incomplete when the capture ends.
    let packets = framed(&packet.bytes()).repeat(3);
    capture.send_cut(tcp, Side::Server, &packets[..packets.len() - 7], 33);
}

/// A direct connection with another nonce than agreed.
fn wrong_nonce(capture: &mut Capture) {
    let tcp = switchboard(capture, 2101);
    let body = "Bridge: TCPv1\r\nListening: true\r\n\
        Nonce: {33221100-5544-7766-8899-AABBCCDDEEFF}\r\n\
        IPv4Internal-Addrs: 192.0.2.23\r\nIPv4Internal-Port: 1400\r\nSessionID: 10\r\n\r\n";
    let reply = slp("MSNSLP/1.0 200 OK", 13, 1, 13, "transrespbody", body);
    play(capture, tcp, [to_alice(&control(50, &reply))]);
    let tcp = capture.connect(client(10, 1800), client(23, 1400));
    let handshake = handshake(0, [0x44; 16]);
    capture.send(
        tcp,
        Side::Client,
        &[framed(b"foo\0"), framed(&handshake)].concat(),
    );
    capture.send(tcp, Side::Server, &framed(b"neither foo nor a nonce"));
}

/// A direct connection that continues with an invalid length.
fn wrong_length(capture: &mut Capture) {
    let tcp = capture.connect(client(10, 1910), client(24, 1500));
    let hello = [framed(b"foo\0"), framed(&[0x22; 16])].concat();
    capture.send(tcp, Side::Client, &hello);
    capture.send(tcp, Side::Client, b"\xff\xff\xff\xff nonsense");
}

/// Another protocol on an announced port, and on one that was not announced.
fn other_protocols(capture: &mut Capture) {
    let tcp = capture.connect(client(11, 1801), client(23, 1400));
    capture.send(tcp, Side::Client, b"GET / HTTP/1.1\r\n\r\n");
    let tcp = capture.connect(client(11, 1802), msn_server(9, 6899));
    capture.send(tcp, Side::Client, b"VER 1 MSNP8\n");
}

/// A capture with only the first bytes of a packet.
fn snapped(capture: &mut Capture) {
    let tcp = capture.connect(client(10, 1701), client(22, 1301));
    let hello = [framed(b"foo\0"), framed(&[0x22; 16])].concat();
    capture.send(tcp, Side::Client, &hello);
    let packet = V2 {
        operation: 2,
        sequence: 100,
        tlvs: &[],
        data: Some((5, 3, 9000, 0, &[0x55; 100])),
    };
    capture.send(tcp, Side::Client, &framed(&packet.bytes()));
    capture.snap_last(100);
    let tcp = switchboard(capture, 2102);
    let text = V1 {
        session: 5,
        id: 1,
        data: &[0x55; 100],
        ..V1::default()
    };
    play(capture, tcp, [to_bob(3, &text.with_footer(1))]);
    capture.snap_last(220);
    play(capture, tcp, [to_bob(4, &text.with_footer(1))]);
    capture.snap_last(160);
}

/// A display picture whose data are not those of its description.
fn other_picture(capture: &mut Capture) {
    let tcp = switchboard(capture, 2107);
    let object = "<msnobj Creator=\"bob@example.net\" Size=\"4\" Type=\"3\" Location=\"0\" \
        Friendly=\"AAA=\" SHA1D=\"2jmj7l5rSw0yVb/vlWAYkK/YBwk=\"/>\0";
    let body = format!(
        "EUF-GUID: {{A4268EEC-FEC5-49E5-95C3-F126696BDBF6}}\r\nSessionID: 30\r\nAppID: 1\r\n\
         Context: {}\r\n\r\n",
        base64(object.as_bytes())
    );
    let invite = slp(TO_BOB, 30, 0, 30, "sessionreqbody", &body);
    let data = V1 {
        session: 30,
        id: 31,
        flags: 0x20,
        data: b"GIF8",
        ..V1::default()
    };
    let turns = [
        to_bob(30, &control(30, &invite)),
        to_alice(&data.with_footer(1)),
    ];
    play(capture, tcp, turns);
    capture.close(tcp);
}
