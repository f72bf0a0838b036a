//! MSNP21: header blocks, presence, messages, groups, peer-to-peer packets.

use super::lines::{c, c_with, play, s, s_with, SentSegment};
use super::{client, msn_server};
use crate::capture::Capture;

const ALICE: &str = "1:alice@example.com;epid={44bfd5a4-7450-4bda-ba3a-c51b3031126d}";
const BOB: &str = "1:bob@example.net";
const GROUP: &str = "10:588e793a-003d-0003-4136-314b00000000@live.example.com";

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    let tcp = capture.connect(client(32, 1025), msn_server(2, 1863));
    let opening = [c("VER 1 MSNP21 CVR0"), s("VER 1 MSNP21")];
    play(&mut capture, tcp, opening);
    play(&mut capture, tcp, notices());
    play(&mut capture, tcp, messages());
    play(&mut capture, tcp, groups());
    play(&mut capture, tcp, malformed());
    play(&mut capture, tcp, [c("OUT")]);
    capture.close(tcp);
    capture
}

/// A payload: routing, reliability, the headers of the last block, and a body.
fn blocks(routing: &str, reliability: &str, last: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let head = format!(
        "Routing: 1.0\r\n{routing}\r\nReliability: 1.0\r\n{reliability}\r\n\
         {last}Content-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn between(from: &str, to: &str) -> String {
    format!("To: {to}\r\nFrom: {from}\r\n")
}

fn notices() -> Vec<SentSegment> {
    let notice = |uri: &str, kind: &str, number: u8, body: &str| {
        let last = format!(
            "Notification: 1.0\r\nNotifNum: {number}\r\nUri: {uri}\r\nNotifType: {kind}\r\n\
             Content-Type: application/{}+xml\r\n",
            uri.trim_start_matches('/')
        );
        s_with(
            "NFY PUT",
            blocks(&between(BOB, ALICE), "Stream: 0\r\n", &last, body),
        )
    };
    let user = "<user><s n=\"IM\"><Status>NLN</Status></s><s n=\"PE\">\
        <UserTileLocation>0</UserTileLocation><FriendlyName>Bob B</FriendlyName><PSM>Here</PSM></s>\
        <sep n=\"IM\" epid=\"{d9fd161b-d4d8-4ca7-8a68-c70feb39a330}\">\
        <Capabilities>1074249760:2281833472</Capabilities></sep>\
        <sep n=\"PD\" epid=\"{d9fd161b-d4d8-4ca7-8a68-c70feb39a330}\"><ClientType>1</ClientType>\
        <EpName>HOME</EpName><Idle>false</Idle><State>NLN</State></sep></user>";
    vec![
        notice(
            "/network",
            "Full",
            1,
            "<network><status>SigningIn</status></network>",
        ),
        notice("/user", "Partial", 2, user),
    ]
}

/// SIP, not encrypted.
const CALL: &[u8] = b"INVITE sip:bob@example.net SIP/2.0\r\nCall-ID: 1\r\n\r\n";

fn messages() -> Vec<SentSegment> {
    let sdg = |trid: u8, last: &str, body: &[u8]| {
        let routing = between(ALICE, &format!("{BOB};path=IM"));
        c_with(&format!("SDG {trid}"), blocks(&routing, "", last, body))
    };
    let text =
        "Messaging: 2.0\r\nMessage-Type: Text\r\nContent-Type: text/plain; charset=UTF-8\r\n\
        X-MMS-IM-Format: FN=Arial; EF=; CO=80; CS=86; PF=22\r\nIM-Display-Name: Alice A\r\n";
    let typing = "Messaging: 1.0\r\nMessage-Type: Control/Typing\r\n\
        Content-Type: text/x-msmsgscontrol\r\nTypingUser: alice@example.com\r\n";
    let control = "Messaging: 1.0\r\nMessage-Type: Control\r\n\
        Content-Type: text/x-msmsgscontrol\r\nTypingUser: alice@example.com\r\n";
    let nudge = "Messaging: 2.0\r\nMessage-Type: Nudge\r\nContent-Type: text/plain\r\n";
    let emoticon = "Messaging: 2.0\r\nMessage-Type: CustomEmoticon\r\nMessage-Subtype: Static\r\n\
        Content-Type: text/x-mms-emoticon\r\n";
    let object = b":cat:\t<msnobj Creator=\"alice@example.com\" Type=\"2\" Size=\"9\"/>\t";
    let data = "Messaging: 1.0\r\nMessage-Type: Data\r\nContent-Type: application/x-msnmsgrp2p\r\n\
        Content-Transfer-Encoding: binary\r\nPipe: 1\r\nBridging-Offsets: 0,12\r\n";
    let packet = b"\x08\x02\x00\x00\x5b\xc8\x00\xf7\x00\x00\x00\x00";
    let plain = |kind: &str| {
        format!(
            "Messaging: 2.0\r\nMessage-Type: {kind}\r\n\
             Content-Type: Text/plain; charset=UTF-8\r\n"
        )
    };
    let wink = b"<msnobj Creator=\"alice@example.com\" Type=\"8\" Size=\"10\"/>";
    let cast = b"ID: 2\r\nData: <msnobj Creator=\"alice@example.com\" Type=\"8\" Size=\"9\"/>\r\n";
    let closed = blocks(
        &format!(
            "{}Options: 0\r\nService-Channel: PD\r\n",
            between(ALICE, BOB)
        ),
        "Stream: 0\r\nSegment: 3\r\nFlags: ACK\r\n",
        "Messaging: 2.0\r\nMessage-Type: Signal/CloseIMWindow\r\n\
         Content-Type: text/plain; charset=UTF-8\r\n",
        "1:alice@example.com/1:bob@example.net",
    );
    let facebook = blocks(
        &between(ALICE, "13:1065663773;via=14:fb"),
        "",
        text,
        "Hello over there",
    );
    let answer = blocks(&between(BOB, ALICE), "", text, "Hello Alice");
    let to_all = blocks(&between(ALICE, GROUP), "", text, "Hello all");
    let through = format!("1:carol@example.org;via={GROUP}");
    let from_one = blocks(&between(&through, ALICE), "", text, "Hello you");
    let own = "1:alice@example.com;epid={d9fd161b-d4d8-4ca7-8a68-c70feb39a330}";
    let read = blocks(
        &format!("{}Service-Channel: PD\r\n", between(ALICE, own)),
        "",
        "Messaging: 2.0\r\nMessage-Type: Signal/MarkIMWindowRead\r\n\
         Content-Type: text/plain; charset=UTF-8\r\n",
        "1:alice@example.com/1:bob@example.net",
    );
    vec![
        sdg(2, text, b"Hello Bob"),
        s_with("SDG 0", answer),
        c_with("SDG 12", to_all),
        s_with("SDG 0", from_one),
        c_with("SDG 13", read),
        sdg(3, typing, b""),
        sdg(4, nudge, b""),
        sdg(5, emoticon, object),
        sdg(6, data, &[&packet[..], &packet[..]].concat()),
        sdg(
            7,
            "Messaging: 2.0\r\nMessage-Type: Signal/AudioMeta\r\n",
            b"<a/>",
        ),
        sdg(14, &plain("Nudge"), b"\r\n"),
        sdg(15, &plain("Wink"), wink),
        sdg(16, &plain("Wink"), cast),
        sdg(17, &plain("Control/Typing"), b"\r\n"),
        sdg(18, &plain("Control/ClearTyping"), b"\r\n"),
        sdg(19, &plain("RichText"), b"Hello <b>Bob</b>"),
        sdg(20, &plain("Signal/P2P"), &signal(0)),
        sdg(21, &plain("Signal/P2P"), &signal(1)),
        sdg(22, &plain("Signal/Turn"), b"INVENTED"),
        sdg(23, &plain("Nudge"), b"Words in a nudge"),
        c_with("UUN 24 bob@example.net 10", signal(0)),
        s_with("SDG 0", closed),
        c_with("SDG 8", facebook),
        sdg(25, control, b"\r\n"),
        sdg(26, &plain("Signal/AudioTunnel"), CALL),
        sdg(27, &plain("Signal/Invented"), b"Words in a signal"),
    ]
}

/// An MSNSLP message without the NUL at its end, which its length may include.
fn signal(counted: usize) -> Vec<u8> {
    let body = "Bridges: TCPv1\r\nNetID: 0\r\nConn-Type: Direct-Connect\r\nUPnPNat: false\r\n\
        ICF: false\r\nHashed-Nonce: {55555555-2222-4333-8444-555555555555}\r\n\r\n";
    let length = body.len() + counted;
    format!(
        "INVITE MSNMSGR:bob@example.net MSNSLP/1.0\r\nTo: <msnmsgr:bob@example.net>\r\n\
         From: <msnmsgr:alice@example.com>\r\n\
         Via: MSNSLP/1.0/TLP ;branch={{33333333-2222-4333-8444-555555555555}}\r\nCSeq: 0 \r\n\
         Call-ID: {{44444444-2222-4333-8444-55555555555{counted}}}\r\nMax-Forwards: 0\r\n\
         Content-Type: application/x-msnmsgr-transreqbody\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

fn groups() -> Vec<SentSegment> {
    let publication = |uri: &str, kind: &str, body: &str| {
        let last =
            format!("Publication: 1.0\r\nContent-Type: application/{kind}+xml\r\nUri: {uri}\r\n");
        blocks(&between(ALICE, GROUP), "", &last, body)
    };
    let roster =
        "<circle><roster><id>IM</id><user><id>1:alice@example.com</id></user></roster></circle>";
    let answer = format!(
        "Routing: 1.0\r\n{}\r\nReliability: 1.0\r\n\r\n",
        between(GROUP, ALICE)
    );
    vec![
        c_with("PUT 9", publication("/circle", "multiparty", "")),
        s_with("PUT 9 OK", answer),
        c_with("PUT 10", publication("/circle", "circles", roster)),
        c_with(
            "DEL 11",
            publication(
                "/circle/roster(IM)/user(1:alice@example.com)",
                "circles",
                "",
            ),
        ),
        s_with("DEL 11 OK", ""),
    ]
}

/// Each has one fault.
fn malformed() -> Vec<SentSegment> {
    let whole = |last: &str| blocks(&between(BOB, ALICE), "", last, "Hello");
    let text = whole("Messaging: 2.0\r\nMessage-Type: Text\r\nContent-Type: text/plain\r\n");
    let data = whole("Messaging: 2.0\r\nMessage-Type: Data\r\nBridging-Offsets: 0,77\r\n");
    let unknown = b"Invented: 1.0\r\n\r\n";
    vec![
        s_with("SDG 0", &text[..text.len() - 2]),
        s_with("SDG 0", [&text[..], b"more"].concat()),
        s_with("SDG 0", data),
        s_with("SDG 0", unknown),
    ]
}
