//! QQ over TCP: frames with a 2-byte length prefix, in all kinds of segments.

use super::oicq_frames::{key, key_exchange, over_tcp, tagged_token, Client};
use super::{client, qq_server};
use crate::capture::{Capture, Side, Tcp};

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    one_per_segment(&mut capture);
    several_per_segment(&mut capture);
    small_pieces(&mut capture);
    inside_the_length(&mut capture);
    classic(&mut capture);
    midstream(&mut capture);
    capture
}

fn tm2013() -> Client {
    Client::new(0x3420, 0x66a7)
}

fn send(capture: &mut Capture, tcp: Tcp, side: Side, frame: &[u8]) {
    capture.send(tcp, side, &over_tcp(frame));
}

fn exchange(capture: &mut Capture, tcp: Tcp, request: &[u8], reply: &[u8]) {
    send(capture, tcp, Side::Client, request);
    send(capture, tcp, Side::Server, reply);
}

/// The login, on the port of TLS.
fn one_per_segment(capture: &mut Capture) {
    let tm = tm2013();
    let tcp = capture.connect(client(80, 1025), qq_server(8, 443));
    let touch = tm.long(3, 0x0825, 0x67dc, &key(1), 104);
    exchange(capture, tcp, &touch, &tm.reply(0x0825, 0x67dc, 104));
    let login = tm.long(3, 0x0836, 0x2a11, &key_exchange(1, 0x0102), 608);
    exchange(capture, tcp, &login, &tm.reply(0x0836, 0x2a11, 824));
    let session = tm.long(2, 0x0828, 0x51f0, &tagged_token(), 472);
    exchange(capture, tcp, &session, &tm.reply(0x0828, 0x51f0, 384));
    capture.close(tcp);
}

/// A session, on the port of HTTP.
fn several_per_segment(capture: &mut Capture) {
    let tm = tm2013();
    let tcp = capture.connect(client(80, 1026), qq_server(8, 80));
    let requests = [
        over_tcp(&tm.long(2, 0x00ec, 0x1c60, &[], 16)),
        over_tcp(&tm.long(2, 0x001d, 0x4410, &[], 16)),
        over_tcp(&tm.long(2, 0x0058, 0x3b09, &[], 24)),
    ];
    capture.send(tcp, Side::Client, &requests.concat());
    let answers = [
        over_tcp(&tm.reply(0x00ec, 0x1c60, 16)),
        over_tcp(&tm.reply(0x001d, 0x4410, 112)),
        over_tcp(&tm.reply(0x0058, 0x3b09, 24)),
        over_tcp(&tm.reply(0x0081, 0x9c44, 48)),
    ]
    .concat();
    // The last frame ends in a segment of its own.
    let (most, rest) = answers.split_at(answers.len() - 30);
    capture.send(tcp, Side::Server, most);
    capture.send(tcp, Side::Server, rest);
}

fn small_pieces(capture: &mut Capture) {
    let tm = tm2013();
    let tcp = capture.connect(client(80, 1027), qq_server(8, 8000));
    let requests = [
        over_tcp(&tm.long(2, 0x00cd, 0x1bdb, &[], 120)),
        over_tcp(&tm.long(2, 0x0058, 0x3b0a, &[], 24)),
    ];
    capture.send_cut(tcp, Side::Client, &requests.concat(), 17);
    let answers = [
        over_tcp(&tm.reply(0x00cd, 0x1bdb, 16)),
        over_tcp(&tm.reply(0x0058, 0x3b0a, 24)),
    ];
    capture.send_cut(tcp, Side::Server, &answers.concat(), 17);
}

/// The length, split and in a segment of its own, on a connection that is already recognised.
fn inside_the_length(capture: &mut Capture) {
    let tm = tm2013();
    let tcp = capture.connect(client(80, 1028), qq_server(8, 9100));
    let touch = tm.long(3, 0x0825, 0x67de, &key(2), 104);
    exchange(capture, tcp, &touch, &tm.reply(0x0825, 0x67de, 104));
    let alive = over_tcp(&tm.long(2, 0x0058, 0x3b0b, &[], 24));
    capture.send(tcp, Side::Client, &alive[..1]);
    capture.send(tcp, Side::Client, &alive[1..]);
    let answer = over_tcp(&tm.reply(0x0058, 0x3b0b, 24));
    capture.send(tcp, Side::Server, &answer[..2]);
    capture.send(tcp, Side::Server, &answer[2..]);
    let message = over_tcp(&tm.long(2, 0x00cd, 0x1bdc, &[], 120));
    capture.send(tcp, Side::Client, &[&message[..], &alive[..1]].concat());
    capture.send(tcp, Side::Client, &alive[1..]);
    capture.send_cut(
        tcp,
        Side::Server,
        &over_tcp(&tm.reply(0x00cd, 0x1bdc, 16)),
        1,
    );
}

/// QQ2006, with the length before a frame without a QQ number.
fn classic(capture: &mut Capture) {
    let qq = Client::new(0x0f5f, 0);
    let tcp = capture.connect(client(80, 1029), qq_server(8, 8000));
    let requests = [
        over_tcp(&qq.classic(0x0002, 0x1a05, &[], 24)),
        over_tcp(&qq.classic(0x000d, 0x1a06, &[], 16)),
    ];
    capture.send(tcp, Side::Client, &requests.concat());
    send(
        capture,
        tcp,
        Side::Server,
        &qq.classic_reply(0x0100, 0x0002, 0x1a05, 32),
    );
    send(
        capture,
        tcp,
        Side::Server,
        &qq.classic_reply(0x0100, 0x000d, 0x1a06, 16),
    );
}

/// The capture begins within a frame, lacks a segment and has a cut one.
fn midstream(capture: &mut Capture) {
    let tm = tm2013();
    let tcp = capture.midstream(client(80, 1030), qq_server(8, 443));
    let reply = over_tcp(&tm.reply(0x0027, 0x2e05, 312));
    capture.send(tcp, Side::Server, &reply[100..]);
    send(capture, tcp, Side::Server, &tm.reply(0x0081, 0x9c45, 48));
    capture.send(tcp, Side::Server, &reply[..150]);
    capture.lose(tcp, Side::Server, 50);
    capture.send(tcp, Side::Server, &reply[200..]);
    send(capture, tcp, Side::Server, &tm.reply(0x0081, 0x9c46, 48));
    // Bytes of the stream that are not the beginning of a frame.
    capture.send(tcp, Side::Server, b"\xff\xffnot a frame");
    send(capture, tcp, Side::Server, &tm.reply(0x0058, 0x3b0c, 24));
    send(capture, tcp, Side::Server, &tm.reply(0x0017, 0xa118, 96));
    capture.snap_last(54 + 60);
    send(capture, tcp, Side::Server, &tm.reply(0x0058, 0x3b0d, 24));
}
