//! Every command in its documented forms: dialects MSNP13 to MSNP21.

use super::lines::{c, c_with, mime, play, s, s_with, text};
use super::p2p_packets::V1;
use super::{client, msn_server};
use crate::capture::Capture;

const ALICE: &str = "{44bfd5a4-7450-4bda-ba3a-c51b3031126d}";

pub fn add(capture: &mut Capture) {
    msnp15(capture);
    other_networks(capture);
    msnp18(capture);
    msnp21(capture);
}

/// Lists in XML, tickets by SSO, notifications between users.
fn msnp15(capture: &mut Capture) {
    let tcp = capture.connect(client(24, 1025), msn_server(2, 1863));
    let policies = "<Policies><Policy type=\"SHIELDS\" checksum=\"83B30425941CE296\">\
        <config><shield/><block/></config></Policy></Policies>";
    let list = "<ml l=\"1\"><d n=\"example.net\"><c n=\"bob\" l=\"3\" t=\"1\"/></d></ml>";
    let added = "<ml><d n=\"example.net\"><c n=\"frank\" t=\"1\" f=\"Frank%20F\"/></d></ml>";
    let removed = "<ml><d n=\"example.net\"><c n=\"frank\" l=\"2\" t=\"1\"/></d></ml>";
    let opcode = "<SNM opcode=\"SNM\" csid=\"{0AC79E1D-1B3D-4A4F-9A5B-0D1C2F3E4D5C}\"/>";
    let turns = [
        c("VER 1 MSNP15 MSNP14 MSNP13 CVR0"),
        s("VER 1 MSNP15"),
        c("USR 2 SSO I alice@example.com"),
        s("XFR 2 NS 198.51.100.2:1863 U D"),
        s_with("GCF 0", policies),
        s("USR 3 SSO S MBI_KEY_OLD SW52ZW50ZWQgbm9uY2U="),
        c(&format!(
            "USR 4 SSO S t=5INVENTEDticket&p= HAAAAAEAAAADZgAABIAAAA== {ALICE}"
        )),
        s("USR 4 OK alice@example.com 1 0"),
        s("SBS 0 null"),
        c("BLP 5 AL"),
        s("BLP 5 AL"),
        c_with("ADL 6", list),
        s("ADL 6 OK"),
        s_with("ADL 0", added),
        c_with("RML 7", removed),
        s("RML 7 OK"),
        s_with("RML 0", added),
        c_with("ADL 8", "<ml><d n=\"example.net\"/></ml>"),
        s_with("240 8", "0 0"),
        c("PRP 9 MFN Alice"),
        s("PRP 9 MFN Alice"),
        c("CHG 10 NLN 2256568384"),
        s("CHG 10 NLN 2256568384"),
        s("ILN 10 NLN bob@example.net 1 Bob 2254290988 0"),
        s("NLN AWY bob@example.net 1 Bob 2254290988 0 http://www.example.net/icon.png"),
        c_with("UUN 11 bob@example.net 1", opcode),
        s("UUN 11 OK"),
        c_with("UUN 12 bob@example.net 4", ""),
        c("UUN 13 bob@example.net 4"),
        s("217 13"),
        s_with("UBN bob@example.net 1", opcode),
        s_with("UBN bob@example.net 5", "11752013;192.0.2.44:1863"),
        // The last word is the type; there is no length.
        s("UBN alice@example.com 4"),
        s("QNG 60"),
        c("XFR 14 SB"),
        s("XFR 14 SB 198.51.100.3:1863 CKI 1000000500.2571129 U messenger.example.com 1"),
        s(
            "RNG 11752113 198.51.100.3:1863 CKI 1000000600.2571129 bob@example.net Bob U \
           messenger.example.com 1",
        ),
        s("FLN bob@example.net 1 0"),
        // Of these only the existence is known.
        s("RFS 15"),
        c_with("GET 16", "invented"),
        c_with("FSL 17", "invented"),
        c_with("VAS 18 bob@example.net 1 1", "<Report/>"),
    ];
    play(capture, tcp, turns);
}

/// Yahoo! and other networks.
fn other_networks(capture: &mut Capture) {
    let tcp = capture.connect(client(24, 1026), msn_server(2, 1863));
    let query = "<ml><d n=\"example.org\"><c n=\"carol\"/></d></ml>";
    let answer = "<ml><d n=\"example.org\"><c n=\"carol\" t=\"32\"/></d></ml>";
    let offline = mime(
        "text/plain; charset=UTF-8",
        &["Dest-Agent: client"],
        "Call me later.",
    );
    let data = "<Data><PSM>On the road</PSM><CurrentMedia></CurrentMedia></Data>";
    let turns = [
        c("VER 1 MSNP15 MSNP14 CVR0"),
        s("VER 1 MSNP15"),
        c("USR 6 SSO S t=5INVENTEDticket&p= HAAAAAEAAAADZgAABIAAAA=="),
        s("USR 6 OK alice@example.com 1 0"),
        c_with("FQY 2", query),
        s_with("FQY 2", answer),
        c_with("UUM 3 carol@example.org 32 1", text("Hello Yahoo!")),
        s_with("509 3", "2"),
        c_with("UUM 4 bob@example.net 1 1", offline),
        s_with(
            "UBM carol@example.org 32 alice@example.com 1 1",
            text("Hello MSN!"),
        ),
        s_with(
            "UBM carol@example.org 32 2",
            "TypingUser: carol@example.org\r\n",
        ),
        s_with("UBX carol@example.org 32", data),
        s_with("UBX carol@example.org 32", ""),
        s("ILN 5 NLN carol@example.org 32 Carol 0 0"),
        c("OUT"),
    ];
    play(capture, tcp, turns);
}

/// Several endpoints for one account; network ids before the account.
fn msnp18(capture: &mut Capture) {
    let tcp = capture.connect(client(25, 1025), msn_server(2, 1863));
    let endpoint = "<EndpointData><Capabilities>2789003300:48</Capabilities></EndpointData>";
    let private = "<PrivateEndpointData><EpName>HOME</EpName><Idle>false</Idle>\
        <ClientType>1</ClientType><State>NLN</State></PrivateEndpointData>";
    let signed = "QUJD".repeat(320);
    let packet = V1 {
        session: 18,
        id: 5,
        data: b"\0\0\0\0",
        ..V1::default()
    };
    let turns = [
        c("VER 1 MSNP18 MSNP17 MSNP16 CVR0"),
        s("VER 1 MSNP18"),
        c("USR 2 SSO I alice@example.com"),
        s("USR 2 SSO S MBI_KEY_OLD SW52ZW50ZWQgbm9uY2U="),
        c(&format!(
            "USR 3 SSO S t={signed} HAAAAAEAAAADZgAABIAAAA== {ALICE}"
        )),
        s("USR 3 OK alice@example.com 1 0"),
        s_with("UBX 1:alice@example.com", ""),
        c(&format!("USR 4 SHA A {signed}")),
        s("USR 4 OK alice@example.com 0 0"),
        c_with("UUX 5", endpoint),
        s("UUX 5 0"),
        c_with("UUX 6", private),
        s("UUX 6 0"),
        c("CHG 7 NLN 2789003300:48 0"),
        s("CHG 7 NLN 2789003300:48 0"),
        s("NLN NLN 1:bob@example.net Bob 2789003300:48 %3Cmsnobj%2F%3E"),
        s(
            "NLN BSY 1:bob@example.net;via=9:00000000-0000-0000-0009-000000000001@example.com Bob \
             2789003300:48 0",
        ),
        s_with(
            "UBX 1:bob@example.net;via=9:00000000-0000-0000-0009-000000000001@example.com",
            private,
        ),
        s_with(
            "UBM 1:bob@example.net 1 alice@example.com 1 1",
            text("Hello from 18"),
        ),
        s_with(
            "UBN bob@example.net;{d9fd161b-d4d8-4ca7-8a68-c70feb39a330} 3",
            "INVITE MSNMSGR:alice@example.com MSNSLP/1.0\r\n\r\n",
        ),
        // Packets between clients, without a switchboard.
        c_with("UUN 8 bob@example.net 3", packet.with_footer(1)),
        s("UUN 8 OK"),
        s_with(
            "UBN bob@example.net;{d9fd161b-d4d8-4ca7-8a68-c70feb39a330} 3",
            packet.acknowledged(9, 2).with_footer(0),
        ),
        s("FLN 1:bob@example.net 0:0"),
        s("OUT OTH"),
    ];
    play(capture, tcp, turns);
}

/// No switchboards: everything is in header blocks.
fn msnp21(capture: &mut Capture) {
    let tcp = capture.connect(client(26, 1025), msn_server(2, 1863));
    let to_bob = blocks(
        "To: 1:bob@example.net\r\nFrom: 1:alice@example.com;epid={44bfd5a4-7450-4bda-ba3a-c51b3031126d}",
        "Messaging: 2.0\r\nMessage-Type: Text",
        "text/plain; charset=UTF-8",
        "Hello from 21",
    );
    let to_alice = blocks(
        "To: 1:alice@example.com\r\nFrom: 1:bob@example.net\r\nService-Channel: IM/Online",
        "Messaging: 2.0\r\nMessage-Type: Control/Typing",
        "text/x-msmsgscontrol",
        "",
    );
    let circle =
        "To: 10:00000000-0000-0000-0000-000000000000@example.com\r\nFrom: 1:alice@example.com";
    let roster = blocks(
        circle,
        "Publication: 1.0\r\nUri: /circle",
        "application/circles+xml",
        "<circle/>",
    );
    let leave = blocks(
        circle,
        "Publication: 1.0\r\nUri: /circle/roster(IM)",
        "application/circles+xml",
        "",
    );
    let state = blocks(
        "To: 1:alice@example.com\r\nFrom: 1:bob@example.net",
        "Notification: 1.0\r\nNotifNum: 0\r\nUri: /user\r\nNotifType: Partial",
        "application/user+xml",
        "<user><s n=\"IM\"><Status>NLN</Status></s></user>",
    );
    let turns = [
        c("VER 1 MSNP21 MSNP20 MSNP19 MSNP18 MSNP17 CVR0"),
        s("VER 1 MSNP21"),
        c("CVR 2 0x0409 winnt 6.1.0 i386 MSNMSGR 15.4.3502.0922 MSNMSGR alice@example.com VmVyc2lvbjogMQ0KWGZyQ291bnQ6IDENCg=="),
        s("XFR 3 NS 198.51.100.5:1863 U D VmVyc2lvbjogMQ0KWGZyQ291bnQ6IDINCg=="),
        s_with("NFY PUT", state),
        c_with("SDG 4", to_bob),
        s_with("SDG 0", to_alice),
        s_with("801 4", "0 6 6"),
        c_with("PUT 5", roster),
        s_with("PUT 5 OK", "Routing: 1.0\r\nTo: 1:alice@example.com\r\n\r\nReliability: 1.0\r\n\r\n"),
        c_with("PUT 6", ""),
        s_with("PUT 6 OK", ""),
        c_with("DEL 7", leave.clone()),
        s_with("DEL 7 OK", ""),
        s_with("NFY DEL", leave),
        s("XFR 0 NS 198.51.100.6:1863 G D"),
    ];
    play(capture, tcp, turns);
}

/// Routing, reliability and the third block, whose body has the given type.
fn blocks(routing: &str, third: &str, content_type: &str, body: &str) -> String {
    format!(
        "Routing: 1.0\r\n{routing}\r\n\r\nReliability: 1.0\r\n\r\n{third}\r\n\
         Content-Length: {}\r\nContent-Type: {content_type}\r\n\r\n{body}",
        body.len()
    )
}
