//! Peer-to-peer: a picture over a switchboard, a file over a direct connection, then the
//! same with packets of version 2.

use sha1::{Digest, Sha1};

use super::lines::{c, play, s, s_lines, SentSegment};
use super::p2p_packets::{base64, framed, handshake, preview, slp, to_alice, to_bob, PNG, V1};
use super::{client, msn_server};
use crate::capture::{Capture, Side, Tcp};

const OBJECT: &str = "EUF-GUID: {A4268EEC-FEC5-49E5-95C3-F126696BDBF6}";
const FILE: &str = "EUF-GUID: {5D3E02AB-6190-11D3-BBBB-00C04F795683}";
const TO_BOB: &str = "INVITE MSNMSGR:bob@example.net MSNSLP/1.0";
const OK: &str = "MSNSLP/1.0 200 OK";
const END_OF_BOB: &str = "BYE MSNMSGR:bob@example.net MSNSLP/1.0";

/// Number of data bytes in one packet over a switchboard.
const CHUNK: usize = 1202;
/// The nonce of the direct connection, as text and on the wire.
const NONCE: &str = "{33221100-5544-7766-8899-AABBCCDDEEFF}";
const NONCE_BYTES: [u8; 16] = [
    0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff,
];
const SONG: &[u8] = b"Row, row, row your boat, gently down the stream.";

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    let tcp = switchboard(&mut capture, 2000);
    picture(&mut capture, tcp);
    file(&mut capture, tcp);
    play(&mut capture, tcp, [s("BYE bob@example.net"), c("OUT")]);
    capture.close(tcp);
    super::msn_p2p_late::play_all(&mut capture);
    capture
}

/// A switchboard to which Alice has invited Bob, and Bob has joined.
pub fn switchboard(capture: &mut Capture, port: u16) -> Tcp {
    let tcp = capture.connect(client(10, port), msn_server(3, 1863));
    let turns = [
        c("USR 1 alice@example.com 1000000100.20013021.2623242"),
        s_lines(&["USR 1 OK alice@example.com Alice"]),
        c("CAL 2 bob@example.net"),
        s_lines(&[
            "CAL 2 RINGING 11752013",
            "JOI bob@example.net Bob 268435500",
        ]),
    ];
    play(capture, tcp, turns);
    tcp
}

/// Adds the acknowledgement of a packet, by Bob or by Alice.
fn acknowledged(turns: &mut Vec<SentSegment>, by: Side, packet: &V1<'_>, id: u32) {
    let ack = packet.acknowledged(id, 2).with_footer(0);
    turns.push(match by {
        Side::Client => to_bob(90, &ack),
        Side::Server => to_alice(&ack),
    });
}

/// Alice requests Bob's display picture and receives it in three packets.
fn picture(capture: &mut Capture, tcp: Tcp) {
    let object = format!(
        "<msnobj Creator=\"bob@example.net\" Size=\"{}\" Type=\"3\" Location=\"TFR2C2.tmp\" \
        Friendly=\"AAA=\" SHA1D=\"{}\" SHA1C=\"cO3WQ2mO/hV7ZZ8kzTtr1cU3Y3w=\"/>\0",
        PNG.len(),
        base64(&Sha1::digest(PNG)),
    );
    let context = base64(object.as_bytes());
    let body = format!(
        "{OBJECT}\r\nSessionID: 114543757\r\nSChannelState: 0\r\nCapabilities-Flags: 1\r\n\
        AppID: 1\r\nContext: {context}\r\n\r\n"
    );
    let mut turns = Vec::new();
    let invite = slp(TO_BOB, 1, 0, 1, "sessionreqbody", &body);
    let invite = V1 {
        id: 720,
        ack: (288_059, 0, 0),
        data: &invite,
        ..V1::default()
    };
    turns.push(to_bob(3, &invite.with_footer(0)));
    turns.push(s("ACK 3"));
    acknowledged(&mut turns, Side::Server, &invite, 8_071_696);
    let body = "SessionID: 114543757\r\nSChannelState: 0\r\n\r\n";
    let accept = slp(OK, 1, 1, 1, "sessionreqbody", body);
    let accept = V1 {
        id: 8_071_697,
        ack: (1234, 0, 0),
        data: &accept,
        ..V1::default()
    };
    turns.push(to_alice(&accept.with_footer(0)));
    acknowledged(&mut turns, Side::Client, &accept, 721);
    let ready = V1 {
        session: 114_543_757,
        id: 8_071_698,
        ack: (4660, 0, 0),
        data: &[0; 4],
        ..V1::default()
    };
    turns.push(to_alice(&ready.with_footer(1)));
    acknowledged(&mut turns, Side::Client, &ready, 722);
    let mut last = ready;
    for (index, piece) in PNG.chunks(30).enumerate() {
        last = V1 {
            session: 114_543_757,
            id: 8_071_699,
            offset: 30 * index as u64,
            total: PNG.len() as u64,
            flags: 0x20,
            ack: (777, 0, 0),
            data: piece,
        };
        turns.push(to_alice(&last.with_footer(1)));
    }
    acknowledged(&mut turns, Side::Client, &last, 723);
    let bye = slp(END_OF_BOB, 1, 0, 2, "sessionclosebody", "\r\n");
    let bye = V1 {
        id: 724,
        ack: (778, 0, 0),
        data: &bye,
        ..V1::default()
    };
    turns.push(to_bob(4, &bye.with_footer(0)));
    turns.push(to_alice(&bye.acknowledged(8_071_700, 0x40).with_footer(0)));
    play(capture, tcp, turns);
}

/// Alice offers a file; the invitation takes two packets. Bob accepts, and they connect
/// directly.
fn file(capture: &mut Capture, tcp: Tcp) {
    let context = base64(&preview("row your boat.txt", SONG.len() as u64, PNG));
    let body = format!(
        "{FILE}\r\nSessionID: 2000\r\nSChannelState: 0\r\nAppID: 2\r\nContext: {context}\r\n\r\n"
    );
    let mut turns = Vec::new();
    let invite = slp(TO_BOB, 2, 0, 3, "sessionreqbody", &body);
    assert!(invite.len() > CHUNK, "{}", invite.len());
    let mut last = V1::default();
    for (index, piece) in invite.chunks(CHUNK).enumerate() {
        last = V1 {
            id: 730,
            offset: (CHUNK * index) as u64,
            total: invite.len() as u64,
            ack: (800, 0, 0),
            data: piece,
            ..V1::default()
        };
        turns.push(to_bob(5 + index as u32, &last.with_footer(0)));
    }
    acknowledged(&mut turns, Side::Server, &last, 8_072_000);
    let accept = slp(OK, 2, 1, 3, "sessionreqbody", "SessionID: 2000\r\n\r\n");
    turns.push(to_alice(
        &V1 {
            id: 8_072_001,
            data: &accept,
            ..V1::default()
        }
        .with_footer(0),
    ));
    let body = "Bridges: TRUDPv1 TCPv1 SBBridge TURNv1\r\nNetID: 167903424\r\n\
        Conn-Type: Direct-Connect\r\nTCP-Conn-Type: Direct-Connect\r\nUPnPNat: false\r\n\
        ICF: false\r\nIPv6-global: \r\nNat-Trav-Msg-Type: WLX-Nat-Trav-Msg-Direct-Connect-Req\r\n\
        SessionID: 2000\r\nSChannelState: 0\r\n\r\n";
    let request = slp(TO_BOB, 2, 0, 4, "transreqbody", body);
    turns.push(to_bob(
        7,
        &V1 {
            id: 731,
            data: &request,
            ..V1::default()
        }
        .with_footer(0),
    ));
    let body = format!(
        "Bridge: TCPv1\r\nListening: true\r\nNonce: {NONCE}\r\n\
        IPv4Internal-Addrs: 192.0.2.20 203.0.113.20\r\nIPv4Internal-Port: 1100\r\n\
        IPv4External-Addrs: 198.51.100.20\r\nIPv4External-Port: 1101\r\n\
        IPv6-Addrs: 2001:db8::20\r\nIPv6-Port: 1102\r\nSessionID: 2000\r\n\r\n"
    );
    let reply = slp(OK, 2, 1, 4, "transrespbody", &body);
    turns.push(to_alice(
        &V1 {
            id: 8_072_002,
            data: &reply,
            ..V1::default()
        }
        .with_footer(0),
    ));
    play(capture, tcp, turns);
    let direct = capture.connect(client(10, 1500), client(20, 1100));
    let handshake = handshake(732, NONCE_BYTES);
    let data = |offset: usize, data| {
        V1 {
            session: 2000,
            id: 733,
            offset: offset as u64,
            total: SONG.len() as u64,
            flags: 0x0100_0030,
            ack: (801, 0, 0),
            data,
        }
        .bytes()
    };
    capture.send(
        direct,
        Side::Client,
        &[framed(b"foo\0"), framed(&handshake)].concat(),
    );
    capture.send(direct, Side::Server, &framed(&handshake));
    let two = [
        framed(&data(0, &SONG[..20])),
        framed(&data(20, &SONG[20..40])),
    ]
    .concat();
    capture.send_cut(direct, Side::Client, &two, 60);
    capture.send(direct, Side::Client, &framed(&data(40, &SONG[40..])));
    let ack = V1 {
        session: 2000,
        id: 733,
        ack: (801, 0, 0),
        data: SONG,
        ..V1::default()
    };
    capture.send(
        direct,
        Side::Server,
        &framed(&ack.acknowledged(8_072_003, 2).bytes()),
    );
    capture.send(direct, Side::Client, &framed(b""));
    capture.close(direct);
}
