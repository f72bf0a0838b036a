//! MSNP with unusual segments, malformed lines and incomplete captures.

use super::lines::{c, line, mime, play, s, s_with, text, with};
use super::{client, msn_server, SplitMix64};
use crate::capture::{Capture, Side, Tcp};

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    segments(&mut capture);
    line_ends(&mut capture);
    unusual_parameters(&mut capture);
    begins_inside_a_payload(&mut capture);
    garbage(&mut capture);
    lost_segments(&mut capture);
    snapped(&mut capture);
    absurd_lengths(&mut capture);
    endless_line(&mut capture);
    other_port(&mut capture);
    not_msn(&mut capture);
    same_transaction_twice(&mut capture);
    server_with_a_name(&mut capture);
    after_a_gap(&mut capture);
    capture
}

/// A connection to the usual port, each from another port.
fn connect(capture: &mut Capture, number: u16) -> Tcp {
    capture.connect(client(40, 1000 + number), msn_server(2, 1863))
}

/// Several commands in a segment, one in many segments, and one byte per segment.
fn segments(capture: &mut Capture) {
    let tcp = connect(capture, 1);
    let login = [
        line("VER 1 MSNP9 CVR0"),
        line("CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 6.0.0602 MSMSGS alice@example.com"),
        line("USR 3 TWN I alice@example.com"),
    ];
    capture.send(tcp, Side::Client, &login.concat());
    let mixed = [
        line("QNG 50"),
        with("MSG bob@example.net Bob", text("In the middle")),
        line("NLN IDL bob@example.net Bob 0"),
    ];
    capture.send(tcp, Side::Server, &mixed.concat());
    let message = with("MSG 4 N", text("One command, many segments"));
    capture.send_cut(tcp, Side::Client, &message, 20);
    let bytes = [line("ACK 4"), with("UBX bob@example.net", "<Data/>")].concat();
    capture.send_cut(tcp, Side::Server, &bytes, 1);
    // A line and the beginning of the next, which ends in a later segment.
    let two = [line("PNG"), line("USR 5 TWN S t=5INVENTEDticket$$")].concat();
    capture.send_cut(tcp, Side::Client, &two, 12);
}

/// A bare line feed; an empty line after a payload.
fn line_ends(capture: &mut Capture) {
    let tcp = connect(capture, 2);
    capture.send(tcp, Side::Client, b"VER 1 MSNP7 CVR0\nINF 2\n");
    capture.send(tcp, Side::Server, b"VER 1 MSNP7\n");
    capture.send(tcp, Side::Client, b"MSG 3 N 5\nhelloPNG\n");
    for words in ["Once", "Twice"] {
        let mut message = with("MSG bob@example.net Bob", text(words));
        message.extend(b"\r\n");
        capture.send(tcp, Side::Server, &message);
    }
    capture.send(tcp, Side::Server, b"\r\n\r\nQNG\r\n\r\n");
    let mut message = with(
        "MSG bob@example.net Bob",
        text("Line end in the next segment"),
    );
    capture.send(tcp, Side::Server, &message);
    message = [b"\r\n".to_vec(), line("QNG")].concat();
    capture.send(tcp, Side::Server, &message);
}

/// Empty parameters, spaces at the end, bytes that are not UTF-8, large numbers.
fn unusual_parameters(capture: &mut Capture) {
    let tcp = connect(capture, 3);
    let turns = [
        c("VER 1 MSNP7 CVR0"),
        c("CVR 2 0x0409 win 4.10 i386 MSMSGS 4.5.0121  alice@example.com"),
        c("OUT "),
        s("LST N=dave@example.com F=Dave 19 1   "),
        s("CHL 0 99651059718100445121"),
        c("QRY 4294967295"),
        c("USR 4294967296 MD5 I alice@example.com"),
        c("MSG 4 n 2\r\nOK"),
        (
            Side::Server,
            b"NLN NLN bob@example.net B\xf6b|\"x\" 0\r\n".to_vec(),
        ),
        s("MSG 5 Five 2\r\nOK"),
        s_with(
            "MSG bob@example.net Bob",
            text("OUT of coffee?\r\nPNG\r\nMSG 1 N 3\r\n"),
        ),
    ];
    play(capture, tcp, turns);
}

/// The capture begins later than the connection.
fn begins_inside_a_payload(capture: &mut Capture) {
    let message = with("MSG bob@example.net Bob", text("Nobody sees the beginning"));
    let tcp = capture.midstream(client(40, 1004), msn_server(2, 1863));
    let segment = [&message[60..], &line("NLN BSY bob@example.net Bob 0")].concat();
    capture.send(tcp, Side::Server, &segment);
    capture.send(tcp, Side::Client, &line("PNG"));
    // The first segment alone cannot be recognised.
    let tcp = capture.midstream(client(40, 1005), msn_server(2, 1863));
    capture.send(tcp, Side::Server, &message[140..]);
    capture.send(tcp, Side::Server, &line("FLN bob@example.net"));
}

/// Bytes that are no command, between commands.
fn garbage(capture: &mut Capture) {
    let tcp = connect(capture, 6);
    capture.send(tcp, Side::Client, &line("VER 1 MSNP9 CVR0"));
    let mut binary = line("VER 1 MSNP9 CVR0");
    binary.extend(SplitMix64::new(6).bytes(40));
    binary.extend(line("NLN NLN bob@example.net Bob 0"));
    capture.send(tcp, Side::Server, &binary);
    let words = b"this is no command\r\nnor is this\r\nILN 9 NLN bob@example.net Bob 0\r\n";
    capture.send(tcp, Side::Server, words);
    capture.send(tcp, Side::Server, b"SNP2 SVR0\r\nQNG 50\r\n");
    capture.send(
        tcp,
        Side::Server,
        b"NLN NLN nul\0byte@example.net Nul 0\r\nQNG 50\r\n",
    );
    capture.send(tcp, Side::Server, b"only garbage\r\n");
    capture.send(tcp, Side::Server, &line("QNG 50"));
}

fn lost_segments(capture: &mut Capture) {
    let tcp = connect(capture, 7);
    let message = with(
        "MSG bob@example.net Bob",
        text("The middle of this was lost."),
    );
    capture.send(tcp, Side::Server, &line("VER 1 MSNP9 CVR0"));
    capture.send(tcp, Side::Server, &message[..80]);
    capture.lose(tcp, Side::Server, 20);
    let rest = [&message[100..], &line("QNG 50")].concat();
    capture.send(tcp, Side::Server, &rest);
    // Whole commands are lost.
    capture.send(tcp, Side::Server, &line("QNG 49"));
    capture.lose(tcp, Side::Server, 30);
    capture.send(tcp, Side::Server, &line("QNG 48"));
    // The first half of a line is lost.
    capture.lose(tcp, Side::Server, 20);
    let half = [&b"e.net Bob 0\r\n"[..], &line("FLN bob@example.net")].concat();
    capture.send(tcp, Side::Server, &half);
}

/// The beginning of a message is lost; the rest comes in segments that look like lines,
/// one of them late; then a command.
fn after_a_gap(capture: &mut Capture) {
    let tcp = connect(capture, 20);
    capture.send(tcp, Side::Server, &line("VER 1 MSNP9 CVR0"));
    capture.lose(tcp, Side::Server, 90);
    let rest = ["ABC 1 2", "123 and more", "of this text", "777", "end"];
    for words in rest {
        capture.send(tcp, Side::Server, &line(words));
    }
    capture.send(tcp, Side::Server, &line("NLN IDL bob@example.net Bob 0"));
    capture.send(tcp, Side::Server, b"no command behind one\r\n");
}

/// Packets cut by a snap length.
fn snapped(capture: &mut Capture) {
    let tcp = connect(capture, 8);
    capture.send(tcp, Side::Server, &line("VER 1 MSNP9 CVR0"));
    let message = with("MSG bob@example.net Bob", text("Cut inside the payload"));
    let payload_and_line = [message.clone(), line("QNG 50")].concat();
    capture
        .send(tcp, Side::Server, &payload_and_line)
        .snap_last(54 + 100);
    capture.send(tcp, Side::Server, &line("QNG 49"));
    capture.send(tcp, Side::Server, &line("NLN NLN bob@example.net Bob 0"));
    capture.snap_last(54 + 20);
    capture
        .send(tcp, Side::Server, &line("QNG 48"))
        .snap_last(54);
    // The payload continues in the next segment.
    capture
        .send(tcp, Side::Server, &message[..120])
        .snap_last(54 + 70);
    let rest = [&message[120..], &line("QNG 47")].concat();
    capture.send(tcp, Side::Server, &rest);
}

fn absurd_lengths(capture: &mut Capture) {
    let tcp = connect(capture, 9);
    let turns = [
        c("VER 1 MSNP9 CVR0"),
        c("MSG 2 N 99999999\r\nhello\r\nPNG"),
        c("MSG 3 N 4294967296\r\nPNG"),
        c("MSG 4 N -5\r\nPNG"),
        c("PNG"),
    ];
    play(capture, tcp, turns);
}

/// Longer than the maximum length of a line.
fn endless_line(capture: &mut Capture) {
    let tcp = connect(capture, 10);
    capture.send(tcp, Side::Client, &line("VER 1 MSNP15 CVR0"));
    let ticket = "A".repeat(17_000);
    capture.send(tcp, Side::Client, &line(&format!("USR 2 SSO S t={ticket}")));
    capture.send(tcp, Side::Client, &line("PNG"));
}

/// Recognised only by its bytes; what comes before stays unknown.
fn other_port(capture: &mut Capture) {
    let tcp = capture.connect(client(40, 1011), msn_server(7, 5555));
    let turns = [
        c("PNG"),
        c("USR 1 alice@example.com 1000000700.20013021.2623242"),
        s("USR 1 OK alice@example.com Alice"),
        c("PNG"),
        s("QNG 50"),
    ];
    play(capture, tcp, turns);
    // FTP has three digits, too.
    let tcp = capture.connect(client(40, 1012), msn_server(7, 5555));
    play(
        capture,
        tcp,
        [s("220 ftp.example.com ready"), c("PWD"), s("257 1")],
    );
}

/// Other protocols on MSN's port.
fn not_msn(capture: &mut Capture) {
    let tcp = connect(capture, 13);
    let mut hello = vec![0x16, 3, 1, 0, 45, 1, 0, 0, 41, 3, 3];
    hello.extend(SplitMix64::new(13).bytes(32));
    hello.extend([0, 0, 2, 0x13, 1, 1, 0]);
    capture.send(tcp, Side::Client, &hello);
    capture.send(tcp, Side::Server, &[0x15, 3, 3, 0, 2, 2, 40]);
    let tcp = connect(capture, 14);
    let request = "GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n";
    capture.send(tcp, Side::Client, request.as_bytes());
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK";
    capture.send(tcp, Side::Server, answer.as_bytes());
}

/// A client that reuses a transaction ID before the response, and a server that does not
/// respond to one line.
fn same_transaction_twice(capture: &mut Capture) {
    let tcp = connect(capture, 40);
    play(
        capture,
        tcp,
        [
            c("VER 1 MSNP8 CVR0"),
            s("VER 1 MSNP8"),
            c("URL 2 INBOX"),
            c("URL 2 INBOX"),
            s("URL 2 /cgi-bin/HoTMaiL https://login.example.com/md5auth.srf 2"),
            c("GTC 3 A"),
            c("PNG"),
            s("QNG"),
        ],
    );
}

/// A client that is redirected to a server by name, and commands within a message.
fn server_with_a_name(capture: &mut Capture) {
    let tcp = connect(capture, 41);
    let inner = mime("application/x-msn-messenger", &[], "PNG\r\nQNG 50\r\n");
    let http = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n", inner.len());
    let http = format!("{http}Content-Type: application/x-msn-messenger\r\n\r\n{inner}");
    let turns = [
        c("VER 1 MSNP8 CVR0"),
        s("VER 1 MSNP8"),
        s_with("MSG bob@example.net Bob", inner),
        s_with("MSG bob@example.net Bob", mime("message/http", &[], &http)),
        c("USR 2 TWN I alice@example.com"),
        s("XFR 2 NS ns.example.com:1866 0 198.51.100.2:1863"),
    ];
    play(capture, tcp, turns);
    let tcp = capture.connect(client(40, 1042), msn_server(8, 1866));
    play(capture, tcp, [c("VER 3 MSNP8 CVR0"), s("VER 3 MSNP8")]);
}
