//! Sessions between clients other than file transfers: webcams, activities, shared photos.

use super::lines::{c, play, s, SentSegment};
use super::msn_p2p::switchboard;
use super::p2p_packets::{
    base64, slp, slp_between, to_alices_endpoint, to_bob, to_bobs_endpoint, ALICE, BOB, V1, V2,
};
use crate::capture::{Capture, Tcp};

const TO_BOB: &str = "INVITE MSNMSGR:bob@example.net MSNSLP/1.0";
const END: &str = "BYE MSNMSGR:bob@example.net MSNSLP/1.0";
const SHARED: &str = "&lt;msnobj Creator=&quot;alice@example.com&quot; Type=&quot;15&quot; \
    SHA1D=&quot;2jmj7l5rSw0yVb/vlWAYkK/YBwk=&quot; Size=&quot;1113&quot; Location=&quot;0&quot;/&gt;";

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    let tcp = switchboard(&mut capture, 2200);
    webcam(&mut capture, tcp);
    activity(&mut capture, tcp);
    voice_clip(&mut capture, tcp);
    transports(&mut capture, tcp);
    shared_photos(&mut capture, tcp);
    play(&mut capture, tcp, [s("BYE bob@example.net"), c("OUT")]);
    capture.close(tcp);
    capture
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A session's text message, after its header.
fn text_message(id: [u8; 3], text: &str) -> Vec<u8> {
    let text = utf16(&format!("{text}\0"));
    let head = [0x80, id[0], id[1], id[2], 8, 0];
    let length = (text.len() as u32).to_le_bytes();
    [&head[..], &length, &text].concat()
}

fn in_packet(trid: u32, id: u32, message: &[u8]) -> [SentSegment; 2] {
    let packet = V1 {
        id,
        ack: (id + 5000, 0, 0),
        data: message,
        ..V1::default()
    };
    [
        to_bob(trid, &packet.with_footer(0)),
        s(&format!("ACK {trid}")),
    ]
}

fn in_session(trid: u32, (session, id): (u32, u32), data: &[u8], app: u32) -> [SentSegment; 2] {
    let packet = V1 {
        session,
        id,
        ack: (id + 5000, 0, 0),
        data,
        ..V1::default()
    };
    [
        to_bob(trid, &packet.with_footer(app)),
        s(&format!("ACK {trid}")),
    ]
}

/// A webcam, its first messages, and a close with its code.
fn webcam(capture: &mut Capture, tcp: Tcp) {
    for (call, guid, end) in [
        (30, "{1C9AA97E-9C05-4583-A3BD-908A196F1E92}", ""),
        (31, "{4BD96FC0-AB17-4425-A14A-439185962DC8}", "\0"),
        (32, "{0425E797-49F1-4D37-909A-031116119D9B}", ""),
    ] {
        let context = base64(&utf16(&format!(
            "{{B8BE70DE-E2CA-4400-AE03-88FF85B9F4E8}}{end}"
        )));
        let session = 1200 + u32::from(call);
        let body = format!(
            "EUF-GUID: {guid}\r\nSessionID: {session}\r\nAppID: 4\r\nContext: {context}\r\n\r\n"
        );
        let invite = slp(TO_BOB, call, 0, call, "sessionreqbody", &body);
        play(
            capture,
            tcp,
            in_packet(u32::from(call), 800 + u32::from(call), &invite),
        );
    }
    let producer = "<producer><version>2.0</version><rid>121</rid><session>9123</session>\
        </producer>\r\n\r\n";
    for (trid, data) in [
        (40, text_message([0x17, 0x2a, 0x01], "syn")),
        (41, text_message([0, 0, 0], producer)),
        // With one byte too many it is no text.
        (42, [text_message([0xea, 0, 0], "ack"), vec![0]].concat()),
    ] {
        play(capture, tcp, in_session(trid, (1230, 900 + trid), &data, 4));
    }
    let close = "Context: dAMAgQ==\r\n\r\n";
    let bye = slp(END, 30, 0, 43, "sessionclosebody", close);
    play(capture, tcp, in_packet(43, 843, &bye));
}

fn activity(capture: &mut Capture, tcp: Tcp) {
    let context = base64(&utf16("10331021;1;Chess; Demo"));
    let body = format!(
        "EUF-GUID: {{6A13AF9C-5308-4F35-923A-67E8DDA40C2F}}\r\nSessionID: -1700\r\n\
         AppID: 10331021\r\nContext: {context}\r\n\r\n"
    );
    let invite = slp(TO_BOB, 44, 0, 44, "sessionreqbody", &body);
    play(capture, tcp, in_packet(44, 844, &invite));
    let data = text_message([0x3f, 0x14, 0x05], "http://example.com/chess?move=e4");
    play(
        capture,
        tcp,
        in_session(45, (1700_u32.wrapping_neg(), 945), &data, 10_331_021),
    );
}

fn voice_clip(capture: &mut Capture, tcp: Tcp) {
    let object = "<msnobj Creator=\"alice@example.com\" Size=\"4\" Type=\"11\" Location=\"0\" \
        Friendly=\"AAA=\" SHA1D=\"bKChLCPwNxngIp/oXjTJjecHk5c=\"/>\0";
    let context = base64(object.as_bytes());
    let body = format!(
        "EUF-GUID: {{A4268EEC-FEC5-49E5-95C3-F126696BDBF6}}\r\nSessionID: 1246\r\n\
         AppID: 20\r\nContext: {context}\r\n\r\n"
    );
    let invite = slp(TO_BOB, 46, 0, 46, "sessionreqbody", &body);
    play(capture, tcp, in_packet(46, 846, &invite));
    let packet = V1 {
        session: 1246,
        id: 946,
        flags: 0x20,
        ack: (5946, 0, 0),
        data: b"RIFF",
        ..V1::default()
    };
    let turns = [to_bob(47, &packet.with_footer(20)), s("ACK 47")];
    play(capture, tcp, turns);
}

/// Connection setup: an address update, and a relay.
fn transports(capture: &mut Capture, tcp: Tcp) {
    let update = "IPv4InternalAddrsAndPorts: 192.0.2.10:5340\r\n\
        IPv6AddrsAndPorts: 2001:db8::10#3313\r\nNeedConnectingEndpointInfo: true\r\n\
        Nat-Trav-Msg-Type: WLX-Nat-Trav-Msg-Updated-Connecting-Port\r\n\r\n";
    let relay = "ServerAddress: relay.example.com\r\nSessionUsername: INVENTEDuser\r\n\
        SessionPassword: INVENTEDpassword\r\n\r\n";
    for (trid, kind, body) in [
        (48, "transdestaddrupdate", update),
        (49, "turnsetup", relay),
    ] {
        let ack = "ACK MSNMSGR:bob@example.net MSNSLP/1.0";
        let message = slp(ack, 48, 0, trid, kind, body);
        play(
            capture,
            tcp,
            in_packet(u32::from(trid), 800 + u32::from(trid), &message),
        );
    }
}

/// Photo sharing: the invitation has no context, and the data is XML.
fn shared_photos(capture: &mut Capture, tcp: Tcp) {
    let bob = format!("bob@example.net;{BOB}");
    let alice = format!("alice@example.com;{ALICE}");
    let body = "EUF-GUID: {41D3E74E-04A2-4B37-96F8-08ACDB610874}\r\nSessionID: 1250\r\n\
        AppID: 35\r\nRequestFlags: 16\r\n\r\n";
    let start = format!("INVITE MSNMSGR:{bob} MSNSLP/1.0");
    let invite = slp_between((&bob, &alice), &start, 50, 0, 50, "sessionreqbody", body);
    let invite = V2 {
        sequence: 7000,
        data: Some((1, 0, 0, 0, &invite)),
        ..V2::default()
    };
    let added = utf16(&format!(
        "<map><h aid=\"PS\" op=\"ADDH\" ver=\"1\"></h>\
         <m guid=\"{{11111111-2222-4333-8444-555555555555}}\" si=\"1\" tospath=\"{SHARED}\" \
         mospath=\"{SHARED}\" dispn=\"photo.jpg\"/></map>\r\n\0"
    ));
    let (first, rest) = added.split_at(400);
    let progress = utf16(
        "<map><h aid=\"PS\" op=\"PROGRESS\" ver=\"1\"></h>\
         <m guid=\"{11111111-2222-4333-8444-555555555555}\" dp=\"0.5\"/></map>\r\n\0",
    );
    let in_session = |sequence, kind, package, remaining, data| V2 {
        sequence,
        data: Some((kind, package, 1250, remaining, data)),
        ..V2::default()
    };
    let first = in_session(8000, 1, 1, rest.len() as u64, first);
    let rest = in_session(8420, 0, 1, 0, rest);
    let progress = in_session(9000, 1, 2, 0, &progress);
    let turns = [
        to_bobs_endpoint(50, &invite.with_footer(0)),
        s("ACK 50"),
        to_bobs_endpoint(51, &first.with_footer(0)),
        s("ACK 51"),
        to_bobs_endpoint(52, &rest.with_footer(0)),
        s("ACK 52"),
        to_alices_endpoint(&progress.with_footer(0)),
    ];
    play(capture, tcp, turns);
}
