//! Messages of every content type, in one part and in several, and malformed ones.

use super::lines::{c, c_with, mime, play, profile, s, s_with, text, typing, SentSegment};
use super::{client, msn_server};
use crate::capture::Capture;

const BOB: &str = "MSG bob@example.net Bob";
const OBJECT: &str = "<msnobj Creator=\"bob@example.net\" Size=\"34601\" Type=\"2\" \
    Location=\"abkyty.tmp\" Friendly=\"cABhAHIAdAB5AAAA\" SHA1D=\"C4pYwhEG+ESLbc3QZruc92ZkgTE=\" \
    SHA1C=\"aZeL20AUPJOnf+1EdwdW87iCl/Q=\"/>";

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    notices(&mut capture);
    let tcp = capture.connect(client(30, 1025), msn_server(3, 1863));
    let opening = [
        c("ANS 1 alice@example.com 1000000700.2571129 11752200"),
        s("IRO 1 1 1 bob@example.net Bob 2254290988"),
        s("ANS 1 OK"),
    ];
    play(&mut capture, tcp, opening);
    play(&mut capture, tcp, texts());
    play(&mut capture, tcp, short_messages());
    play(&mut capture, tcp, invitations());
    play(&mut capture, tcp, in_parts());
    play(&mut capture, tcp, malformed());
    play(&mut capture, tcp, [s("BYE bob@example.net"), c("OUT")]);
    capture.close(tcp);
    capture
}

/// Server messages: the profile, mail, offline messages, system messages.
fn notices(capture: &mut Capture) {
    let tcp = capture.connect(client(30, 1024), msn_server(2, 1863));
    let profile = profile("alice@example.com", true).replace(
        "ABCHMigrated: 1\r\n",
        "ABCHMigrated: 1\r\nTOUNeeded: 0\r\nBetaInvites: 5\r\nMPOPEnabled: 1\r\n\
         RouteInfo: invented\r\nNickname: Alice%20A\r\n",
    );
    let mailbox = mime(
        "text/x-msmsgsinitialemailnotification; charset=UTF-8",
        &[],
        "Inbox-Unread: 2\r\nFolders-Unread: 1\r\nInbox-URL: /cgi-bin/inbox\r\n\
         Folders-URL: /cgi-bin/folders\r\nPost-URL: http://www.example.com/login\r\n\r\n",
    );
    let data = mime(
        "text/x-msmsgsinitialmdatanotification; charset=UTF-8",
        &[],
        "Mail-Data: <MD><E><I>12</I><IU>3</IU><O>4</O><OU>1</OU></E><Q><QTM>409600</QTM>\
         <QNM>204800</QNM></Q></MD>\r\nInbox-URL: /cgi-bin/inbox\r\n\
         Folders-URL: /cgi-bin/folders\r\nPost-URL: http://www.example.com/login\r\n\r\n",
    );
    let mail = mime(
        "text/x-msmsgsemailnotification; charset=UTF-8",
        &[],
        "From: =?utf-8?B?Q2Fyb2wg4piD?=\r\nMessage-URL: /cgi-bin/getmsg?msg=MSG1\r\n\
         Post-URL: http://www.example.com/login\r\nSubject: =?iso-8859-1?Q?Caf=E9_at_noon?=\r\n\
         Dest-Folder: ACTIVE\r\nFrom-Addr: carol@example.org\r\nid: 2\r\n\r\n",
    );
    let moved = mime(
        "text/x-msmsgsactivemailnotification; charset=UTF-8",
        &[],
        "Src-Folder: ACTIVE\r\nDest-Folder: .!!trAsH\r\nMessage-Delta: 1\r\n\r\n",
    );
    let offline = mime(
        "text/x-msmsgsoimnotification; charset=UTF-8",
        &[],
        "Mail-Data: <MD><E><I>12</I><IU>3</IU></E><M><T>11</T><S>6</S>\
         <RT>2007-05-14T15:52:53.377Z</RT><RS>0</RS><SZ>950</SZ><E>bob@example.net</E>\
         <I>MSG12345678.90</I><F>00000000-0000-0000-0000-000000000009</F>\
         <N>=?utf-8?B?Qm9i?=</N><Su>Hello</Su></M></MD>\r\n\r\n",
    );
    let system = mime(
        "application/x-msmsgssystemmessage",
        &[],
        "Type: 1\r\nArg1: 5\r\n\r\n",
    );
    let early_system = mime(
        "text/x-msmsgssystemmessage",
        &[],
        "Type: 1\r\nArg1: 2\r\n\r\n",
    );
    let early_mail = mime(
        "application/x-msmsgsemailnotification",
        &[],
        "From: Bob\r\nSubject: Early mail\r\nFrom-Addr: bob@example.net\r\n\r\n",
    );
    let hotmail = |message: String| s_with("MSG Hotmail Hotmail", message);
    let turns = [
        c("VER 1 MSNP15 CVR0"),
        s("VER 1 MSNP15"),
        hotmail(profile),
        hotmail(mailbox),
        hotmail(data),
        hotmail(mail),
        hotmail(moved),
        hotmail(offline),
        hotmail(system),
        hotmail(early_system),
        hotmail(early_mail),
        c("OUT"),
    ];
    play(capture, tcp, turns);
    capture.close(tcp);
}

fn texts() -> Vec<SentSegment> {
    let format = "X-MMS-IM-Format: FN=%E5%AE%8B%E4%BD%93; EF=BI; CO=C81ABB; CS=86; PF=22; RL=1";
    let of_bot = mime(
        "text/plain; charset=UTF-8",
        &[
            format,
            "P4-Context: The weather",
            "User-Agent: Invented/1.0",
            "Roster: 11752200;198.51.100.3:1863",
        ],
        "Sunny, 25 °C",
    );
    let gbk = [
        mime("text/plain; charset=gb2312", &[], "").as_bytes(),
        b"\xc4\xe3\xba\xc3",
    ]
    .concat();
    let gbk_font = [
        mime(
            "text/plain",
            &["X-MMS-IM-Format: FN=Arial; EF=; CO=0; CS=86; PF=22"],
            "",
        )
        .as_bytes(),
        b"\xc4\xe3\xba\xc3",
    ]
    .concat();
    // No character set, but the name of a font for one.
    let gbk_name = [
        mime(
            "text/plain",
            &["X-MMS-IM-Format: FN=%E5%AE%8B%E4%BD%93; EF=; CO=0; PF=22"],
            "",
        )
        .as_bytes(),
        b"\xc4\xe3\xba\xc3",
    ]
    .concat();
    let tight = "Content-Type:text/plain;charset=utf-8\nMIME-Version:1.0\n\nTight headers";
    vec![
        c_with("MSG 2 U", typing("alice@example.com")),
        c_with("MSG 3 N", of_bot),
        s_with(BOB, gbk),
        s_with(BOB, gbk_font),
        s_with(BOB, mime("text/plain", &[], "no charset: caf\u{e9}")),
        s_with(BOB, tight),
        s_with(BOB, mime("text/html", &[], "<b>Hello</b>")),
        s_with(BOB, gbk_name),
        s_with(BOB, text("A line\r\nMSG that looks like a command 5\r\n")),
    ]
}

fn short_messages() -> Vec<SentSegment> {
    let cast = |body: &str| mime("text/x-msnmsgr-datacast", &[], body);
    let wink = OBJECT.replace(
        "Type=\"2\"",
        "Type=\"8\" contenttype=\"D\" stamp=\"QUJD\" \
        avatarid=\"7\" partnerid=\"9\" invented=\"x\"",
    );
    let recording = mime(
        "text/x-msmsgscontrol",
        &["RecordingUser: bob@example.net"],
        "\r\n",
    );
    let emoticons = format!("(party)\t{OBJECT}\t:cat:\t{OBJECT}\t");
    let caps = "Client-Name: Purple/2.5.5\r\nChat-Logging: Y\r\n";
    let gif = "base64:R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=";
    let to_bob = [
        "P2P-Dest: bob@example.net;{d9fd161b-d4d8-4ca7-8a68-c70feb39a330}",
        "P2P-Src: alice@example.com;{44bfd5a4-7450-4bda-ba3a-c51b3031126d}",
    ];
    vec![
        c_with("MSG 4 U", cast("ID: 1\r\n\r\n")),
        s_with(BOB, cast(&format!("ID: 2\r\nData: {wink}\r\n\r\n"))),
        s_with(BOB, cast(&format!("ID: 3\r\nData: {OBJECT}\r\n\r\n"))),
        s_with(BOB, cast("ID: 4\r\nData: Bob waves\r\n\r\n")),
        s_with(BOB, cast("ID: 77\r\n\r\n")),
        s_with(BOB, recording),
        s_with(BOB, mime("text/x-mms-emoticon", &[], &emoticons)),
        s_with(BOB, mime("text/x-mms-animemoticon", &[], &emoticons)),
        s_with(BOB, mime("text/x-clientcaps", &[], caps)),
        s_with(BOB, mime("text/x-clientinfo", &[], caps)),
        s_with(BOB, mime("text/x-keepalive", &[], "")),
        s_with(
            BOB,
            mime(
                "application/x-ms-ink",
                &[],
                "base64:AGIcA4CABB0D0AQOAwRIEUVk",
            ),
        ),
        s_with(BOB, mime("image/gif", &[], gif)),
        s_with(BOB, mime("text/search-query", &[], "pictures of cats")),
        s_with(
            BOB,
            mime("application/octet-stream", &[], "\u{1}\u{2}\u{3}"),
        ),
        s_with(BOB, mime("text/xml", &[], "<a b=\"c\">d</a>")),
        c_with("MSG 5 D", p2p(&to_bob)),
    ]
}

/// An acknowledgement request, in version 2.
fn p2p(headers: &[&str]) -> Vec<u8> {
    let packet = b"\x08\x02\x00\x00\x5b\xc8\x00\xf7\x00\x00\x00\x00";
    let head = mime("application/x-msnmsgrp2p", headers, "");
    [head.as_bytes(), packet].concat()
}

fn invitations() -> Vec<SentSegment> {
    let invite = |body: &str| mime("text/x-msmsgsinvite; charset=UTF-8", &[], body);
    let file = "Application-Name: File Transfer\r\n\
        Application-GUID: {5D3E02AB-6190-11d3-BBBB-00C04F795683}\r\n\
        Invitation-Command: INVITE\r\nInvitation-Cookie: 33267\r\n\
        Application-File: readme.txt\r\nApplication-FileSize: 11\r\nConnectivity: N\r\n\r\n";
    let accept = "Invitation-Command: ACCEPT\r\nInvitation-Cookie: 33267\r\n\
        Launch-Application: FALSE\r\nSender-Connect: TRUE\r\nRequest-Data: IP-Address:\r\n";
    let listen = "Invitation-Command: ACCEPT\r\nInvitation-Cookie: 33267\r\n\
        IP-Address: 192.0.2.30\r\nIP-Address-Internal: 192.0.2.130\r\nPort: 6891\r\n\
        PortX: 11178\r\nPortX-Internal: 11179\r\nAuthCookie: 123456\r\n\
        Launch-Application: FALSE\r\nRequest-Data: IP-Address:\r\n\r\n";
    let voice = "Application-Name: a Voice Conversation\r\n\
        Application-GUID: {02D3C01F-BF30-4825-A83A-DE7AF41648AA}\r\n\
        Session-Protocol: SM1\r\nContext-Data: Requested:SIP_A,;Capabilities:SIP_A,SIP_V,;\r\n\
        Invitation-Command: INVITE\r\nInvitation-Cookie: 58273\r\n\
        Session-ID: {6A3B4C5D-1E2F-4A3B-8C4D-5E6F7A8B9C0D}\r\nConn-Type: Direct-Connect\r\n\
        Sip-Capability: 1\r\nPublic-IP: 198.51.100.77\r\nPrivate-IP: 192.0.2.30\r\n\
        UPnP: FALSE\r\nUsingRendezvous: FALSE\r\n\r\n";
    let voice_yes = "Invitation-Command: ACCEPT\r\nInvitation-Cookie: 58273\r\n\
        IP-Address: 192.0.2.44:8348\r\nIP-Address-Enc64: MTkyLjAuMi40NDo4MzQ4\r\n\r\n";
    let cancel = "Invitation-Command: CANCEL\r\nInvitation-Cookie: 58273\r\n\
        Cancel-Code: REJECT_NOT_INSTALLED\r\n";
    vec![
        c_with("MSG 6 N", invite(file)),
        s_with(BOB, invite(accept)),
        c_with("MSG 7 N", invite(listen)),
        c_with("MSG 8 S", invite(voice)),
        s_with(BOB, invite(voice_yes)),
        s_with(BOB, invite(cancel)),
    ]
}

/// Two messages whose parts are interleaved.
fn in_parts() -> Vec<SentSegment> {
    let id = "Message-ID: {7B1A2C3D-0000-4000-8000-00000000000A}";
    let other = "Message-ID: {7B1A2C3D-0000-4000-8000-00000000000B}";
    let first = mime(
        "text/plain; charset=UTF-8",
        &[id, "Chunks: 3"],
        "The first, ",
    );
    let gif = mime(
        "image/gif",
        &[other, "Chunks: 2"],
        "base64:R0lGODlhAQABAIAAAP///wAAACwA",
    );
    vec![
        s_with(BOB, first),
        s_with(BOB, gif),
        s_with(BOB, format!("{id}\r\nChunk: 1\r\n\r\nthe second, ")),
        s_with(
            BOB,
            format!("{other}\r\nChunk: 1\r\n\r\nAAAAAQABAAACAkQBADs="),
        ),
        s_with(BOB, format!("{id}\r\nChunk: 2\r\n\r\nand the last part.")),
    ]
}

/// Each has one fault.
fn malformed() -> Vec<SentSegment> {
    let odd = "X-MMS-IM-Format: FN=Arial; EF=XY; CO=reddish; CS=0; PF=0";
    let cast = |body: &str| mime("text/x-msnmsgr-datacast", &[], body);
    let bad_size = OBJECT
        .replace("34601", "many")
        .replace("cABhAHIAdAB5AAAA", "*");
    vec![
        s_with(BOB, "Just a text, no headers"),
        s_with(
            BOB,
            "MIME-Version: 1.0\r\nContent-Type: text/plain\r\nno header\r\n\r\nHello",
        ),
        s_with(BOB, mime("text/plain; charset=x-invented", &[odd], "Hello")),
        s_with(BOB, mime("image/gif", &[], "base64:not base64 at all!")),
        s_with(BOB, cast("ID: one\r\n\r\n")),
        s_with(BOB, cast(&format!("ID: 2\r\nData: {bad_size}\r\n\r\n"))),
        s_with(
            BOB,
            mime("text/x-mms-emoticon", &[], ":)\t<msnobj Size=\"3\t"),
        ),
        s_with(BOB, mime("text/x-keepalive", &[], "not empty")),
        s_with(
            BOB,
            mime(
                "text/x-msmsgsinvite",
                &[],
                "IP-Address: everywhere\r\nPort: 0\r\nIP-Address-Enc64: ?\r\n\r\n",
            ),
        ),
    ]
}
