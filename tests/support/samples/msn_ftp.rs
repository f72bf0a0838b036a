//! File transfers with MSNFTP: complete, cut, cancelled, encrypted, malformed.

use super::lines::{line, mime, play, SentSegment};
use super::msn_p2p::switchboard;
use super::{client, msn_server};
use crate::capture::{Capture, Side, Tcp};

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    announced(&mut capture);
    usual(&mut capture);
    cancelled(&mut capture);
    encrypted(&mut capture);
    unknown_words(&mut capture);
    sizes(&mut capture);
    segments(&mut capture);
    midstream(&mut capture);
    signed(&mut capture);
    lost_segments(&mut capture);
    capture
}

/// The cookie is negative in the invitation but not in the line: the same 32 bits. The
/// body follows a second empty line.
fn signed(capture: &mut Capture) {
    let tcp = switchboard(capture, 3100);
    let address = "\r\nInvitation-Command: ACCEPT\r\nInvitation-Cookie: -33267\r\n\
        IP-Address: 192.000.002.030\r\nPort: 7100\r\nAuthCookie: -123456\r\n\
        Application-FileSize: -1073741824\r\n\r\n";
    let message = mime("text/x-msmsgsinvite; charset=UTF-8", &[], address);
    play(
        capture,
        tcp,
        [super::lines::s_with("MSG bob@example.net Bob", message)],
    );
    let tcp = capture.connect(client(10, 3101), client(30, 7100));
    let turns = [
        c("VER MSNFTP"),
        s("VER MSNFTP"),
        c("USR alice@example.com 4294843840"),
        s("FIL 3"),
        c("TFR"),
        (Side::Server, data(b"abc")),
        c("BYE -2130705614"),
    ];
    play(capture, tcp, turns);
}

/// Lost segments: with the middle of a block, with the size, and with the beginning of a line.
fn lost_segments(capture: &mut Capture) {
    let tcp = begin(capture, 3110, 6896, "8000");
    let file = content(8000);
    let stream: Vec<u8> = file.chunks(2045).flat_map(data).collect();
    capture.send(tcp, Side::Server, &stream[..2500]);
    capture.lose(tcp, Side::Server, 700);
    capture.send(tcp, Side::Server, &stream[3200..]);
    capture.send(tcp, Side::Server, END);
    play(capture, tcp, [c("BYE 16777987")]);
    let tcp = begin(capture, 3111, 6897, "8000");
    capture.send(tcp, Side::Server, &stream[..2048]);
    capture.lose(tcp, Side::Server, 3000);
    capture.send(tcp, Side::Server, &stream[5048..5448]);
    let tcp = capture.connect(client(10, 3112), client(30, 6898));
    play(capture, tcp, [c("VER MSNFTP"), s("VER MSNFTP")]);
    capture.lose(tcp, Side::Client, 10);
    capture.lose(tcp, Side::Server, 10);
    let turns = [
        (Side::Client, b"xample.com 123456\r\n".to_vec()),
        c("USR 123456"),
        c("TFR"),
        (Side::Server, data(b"abc")),
        (Side::Server, END.to_vec()),
        c("BYE 16777989"),
    ];
    play(capture, tcp, turns);
}

fn c(text: &str) -> SentSegment {
    (Side::Client, line(text))
}

fn s(text: &str) -> SentSegment {
    (Side::Server, line(text))
}

/// A block of data.
fn data(bytes: &[u8]) -> Vec<u8> {
    let mut block = vec![0];
    block.extend((bytes.len() as u16).to_le_bytes());
    block.extend(bytes);
    block
}

const END: &[u8] = &[1, 0, 0];

/// The content of a file of `len` bytes.
fn content(len: usize) -> Vec<u8> {
    (0..len).map(|at| b'a' + (at % 23) as u8).collect()
}

/// The receiver connects; everything before the first block.
fn begin(capture: &mut Capture, port: u16, to: u16, size: &str) -> Tcp {
    let tcp = capture.connect(client(10, port), client(30, to));
    let turns = [
        c("VER MSNFTP"),
        s("VER MSNFTP"),
        c("USR alice@example.com 123456"),
        s(&format!("FIL {size}")),
        c("TFR"),
    ];
    play(capture, tcp, turns);
    tcp
}

/// An invitation with address and port; then a connection with an unknown cookie.
fn announced(capture: &mut Capture) {
    let tcp = switchboard(capture, 3000);
    let invite = "Application-Name: File Transfer\r\n\
        Application-GUID: {5D3E02AB-6190-11d3-BBBB-00C04F795683}\r\n\
        Invitation-Command: INVITE\r\nInvitation-Cookie: 33267\r\n\
        Application-File: readme.txt\r\nApplication-FileSize: 11\r\n\r\n";
    let accept = "Invitation-Command: ACCEPT\r\nInvitation-Cookie: 33267\r\n\
        Launch-Application: FALSE\r\nRequest-Data: IP-Address:\r\n\r\n";
    let address = "Invitation-Command: ACCEPT\r\nInvitation-Cookie: 33267\r\n\
        IP-Address: 192.0.2.30\r\nPort: 7000\r\nAuthCookie: 123456\r\n\
        Launch-Application: FALSE\r\nRequest-Data: IP-Address:\r\n\r\n";
    let sixth = "Invitation-Command: ACCEPT\r\nInvitation-Cookie: 33268\r\n\
        IP-Address: 2001:db8::30\r\nPort: 7001\r\nAuthCookie: 123457\r\n\
        IP-Address-Internal: [2001:db8::31]:7002\r\n\r\n";
    let message = |body| mime("text/x-msmsgsinvite; charset=UTF-8", &[], body);
    let bob = |body| super::lines::s_with("MSG bob@example.net Bob", message(body));
    let alice = super::lines::c_with("MSG 4 N", message(accept));
    play(capture, tcp, [bob(invite), alice, bob(address), bob(sixth)]);
    let tcp = begin(capture, 3001, 7000, "11");
    let turns = [
        (Side::Server, data(b"hello world")),
        (Side::Server, END.to_vec()),
        c("BYE 16777989"),
    ];
    play(capture, tcp, turns);
    capture.close(tcp);
    let tcp = capture.connect(client(10, 3002), client(30, 7000));
    play(
        capture,
        tcp,
        [c("VER MSNFTP"), c("USR alice@example.com 654321")],
    );
}

/// Full blocks over several segments; ends with an empty block.
fn usual(capture: &mut Capture) {
    let file = content(5000);
    let tcp = begin(capture, 3010, 6891, "5000");
    let mut stream: Vec<u8> = file.chunks(2045).flat_map(data).collect();
    stream.extend(data(b""));
    capture.send(tcp, Side::Server, &stream);
    play(capture, tcp, [c("BYE 16777987")]);
    capture.close(tcp);
}

/// Cancelled by either side, in each form.
fn cancelled(capture: &mut Capture) {
    let tcp = begin(capture, 3020, 6892, "100");
    let half = (Side::Server, data(&content(50)));
    play(capture, tcp, [half.clone(), c("CCL")]);
    let tcp = begin(capture, 3021, 6892, "100");
    play(capture, tcp, [half.clone(), c("BYE 2164261682")]);
    let tcp = begin(capture, 3022, 6892, "100");
    play(
        capture,
        tcp,
        [half, (Side::Server, END.to_vec()), c("BYE 2164261694")],
    );
}

/// The variant of third-party clients.
fn encrypted(capture: &mut Capture) {
    let tcp = capture.connect(client(10, 3030), client(30, 6893));
    let turns = [
        c("VER MSN_SECURE_FTP"),
        s("VER MSN_SECURE_FTP"),
        c("USR alice@example.com 123456"),
        s("FIL 4"),
        c("TFR"),
        (Side::Server, data(b"\x8a\x01\x99\x7e")),
        (Side::Server, b"MAC c2VjcmV0IGludmVudGVk\0\r\n".to_vec()),
        c("BYE 16777989"),
        // Too late to apply to what was received.
        s("VER MSNFTP"),
    ];
    play(capture, tcp, turns);
}

/// Unknown words and numbers.
fn unknown_words(capture: &mut Capture) {
    let tcp = capture.connect(client(10, 3040), client(30, 6900));
    let turns = [
        c("VER XMSNFTP MSNFTP"),
        s("VER MSNFTP"),
        c("USR alice@example.com secret more"),
        c("ABC 1 2"),
        s("FIL many"),
        s("FIL 99999999999"),
        c("BYE 5"),
        c("BYE soon"),
        (Side::Client, b"\xff\xfe\r\n".to_vec()),
        c("TFR"),
        (Side::Server, b"neither block nor line".to_vec()),
    ];
    play(capture, tcp, turns);
}

/// More than announced, less than announced, and blocks longer than any client sends.
fn sizes(capture: &mut Capture) {
    let tcp = begin(capture, 3050, 6894, "10");
    let turns = [
        (Side::Server, data(&content(8))),
        (Side::Server, data(&content(8))),
        (Side::Server, END.to_vec()),
    ];
    play(capture, tcp, turns);
    let tcp = begin(capture, 3051, 6894, "3000");
    capture.send(
        tcp,
        Side::Server,
        &[data(&content(3000)), END.to_vec()].concat(),
    );
    let tcp = begin(capture, 3052, 6894, "0");
    play(
        capture,
        tcp,
        [(Side::Server, END.to_vec()), c("BYE 16777989")],
    );
}

/// Blocks and lines in pieces; the last piece is missing.
fn segments(capture: &mut Capture) {
    let tcp = capture.connect(client(10, 3060), client(30, 6895));
    capture.send(tcp, Side::Client, &line("VER MSNFTP"));
    capture.send_cut(tcp, Side::Server, &line("VER MSNFTP"), 5);
    capture.send_cut(tcp, Side::Client, &line("USR alice@example.com 123456"), 9);
    play(capture, tcp, [s("FIL 150"), c("TFR")]);
    let file = content(150);
    let stream: Vec<u8> = file.chunks(70).flat_map(data).collect();
    capture.send_cut(tcp, Side::Server, &stream, 31);
    let tcp = begin(capture, 3061, 6895, "200");
    capture.send_cut(tcp, Side::Server, &data(&content(200))[..150], 60);
    let tcp = begin(capture, 3062, 6895, "200");
    capture.send(tcp, Side::Server, &data(&content(200)));
    capture.snap_last(150);
}

/// The capture begins in the middle of an announced transfer; another is on no announced port.
fn midstream(capture: &mut Capture) {
    let tcp = capture.midstream(client(10, 3070), client(30, 7000));
    capture.send(tcp, Side::Server, &data(b"the rest"));
    let tcp = capture.connect(client(10, 3071), msn_server(9, 7777));
    capture.send(tcp, Side::Client, &line("VER MSNFTP"));
}
