//! QQ frames that are cut or malformed, and other protocols on QQ's ports.

use super::oicq_frames::{key, Client};
use super::{client, qq_server, SplitMix64};
use crate::capture::Capture;

/// Ethernet, IPv4 and UDP headers.
const BEFORE_PAYLOAD: usize = 42;

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    valid(&mut capture, 0x1bd0);
    short(&mut capture);
    valid(&mut capture, 0x1bd6);
    truncated(&mut capture);
    malformed(&mut capture);
    snapped(&mut capture);
    foreign(&mut capture);
    port_of_icq(&mut capture);
    other_port(&mut capture);
    capture
}

fn tm2013() -> Client {
    Client::new(0x3420, 0x66a7)
}

fn up(capture: &mut Capture, payload: &[u8]) {
    capture.udp(client(90, 4001), qq_server(8, 8000), payload);
}

fn down(capture: &mut Capture, payload: &[u8]) {
    capture.udp(qq_server(8, 8000), client(90, 4001), payload);
}

/// Identifies the conversation as QQ beyond doubt, so that malformed frames in it count
/// as QQ, too.
fn valid(capture: &mut Capture, first: u16) {
    for sequence in first..first + 4 {
        up(capture, &tm2013().long(2, 0x00cd, sequence, &[], 120));
        down(capture, &tm2013().reply(0x00cd, sequence, 16));
    }
}

/// An empty datagram, and one to nine bytes.
fn short(capture: &mut Capture) {
    let frame = tm2013().long(2, 0x0058, 0x3b09, &[], 24);
    for len in 0..=9 {
        up(capture, &frame[..len]);
    }
    // The shortest possible frame: flag, header, a byte, trailer.
    up(capture, &[2, 0x0f, 0x5f, 0, 2, 0, 1, 0xaa, 3]);
}

/// Datagrams that end too early; the last ones end with 03 by chance.
fn truncated(capture: &mut Capture) {
    let frame = tm2013().long(2, 0x00cd, 0x1bdb, &[], 120);
    for len in [11, 13, 20, 22, 30, 100] {
        up(capture, &frame[..len]);
    }
    for len in [13, 20, 23, 30, 38] {
        let mut frame = frame[..len].to_vec();
        *frame.last_mut().expect("not empty") = 3;
        up(capture, &frame);
    }
}

/// No trailer; lengths that are impossible for a ciphertext; impossible headers.
fn malformed(capture: &mut Capture) {
    let tm = tm2013();
    let mut frame = tm.long(2, 0x00cd, 0x1bdc, &[], 120);
    *frame.last_mut().expect("not empty") = 4;
    up(capture, &frame);
    for secret in [15, 23, 25, 121] {
        up(capture, &tm.long(2, 0x00cd, 0x1bdd, &[], secret));
    }
    down(capture, &tm.reply(0x00cd, 0x1bdd, 17));
    // A touch without its key, and a frame with an unknown block.
    up(capture, &tm.long(3, 0x0825, 0x67dc, &[], 12));
    let mut frame = tm.long(2, 0x0058, 0x3b0a, &[], 24);
    frame[11] = 7;
    up(capture, &frame);
    // Command 0 does not exist.
    up(capture, &tm.long(2, 0x0000, 0x3b0b, &[], 24));
    // A token that is longer than the frame.
    let (client, server) = (client(96, 4001), qq_server(8, 8000));
    let qq2011 = Client::new(0x2227, 0x6470);
    capture.udp(client, server, &qq2011.long(2, 0x0058, 0x3d03, &[], 24));
    let login = qq2011.long(2, 0x0030, 0x3d04, &[0xff, 0xff], 72);
    capture.udp(client, server, &login);
    // A classic frame that fits neither direction.
    let client = super::client(97, 4001);
    let qq2006 = Client::new(0x0f5f, 0);
    for (sequence, secret) in [(0x1a04, 24), (0x1a05, 22)] {
        let alive = qq2006.classic(0x0002, sequence, &[], secret);
        capture.udp(client, server, &alive);
        let reply = qq2006.classic_reply(0x0100, 0x0002, sequence, secret);
        capture.udp(server, client, &reply);
    }
}

/// Packets cut by a snap length.
fn snapped(capture: &mut Capture) {
    let tm = tm2013();
    let touch = tm.long(3, 0x0825, 0x67dd, &key(2), 112);
    for captured in [100, 60, 42, 26, 25, 12, 11, 8, 7, 6, 1, 0] {
        up(capture, &touch);
        capture.snap_last(BEFORE_PAYLOAD + captured);
    }
    down(capture, &tm.reply(0x0027, 0x2e05, 712));
    capture.snap_last(BEFORE_PAYLOAD + 212);
}

/// Other protocols on QQ's port.
fn foreign(capture: &mut Capture) {
    up(capture, &SplitMix64::new(8000).bytes(60));
    // DNS with QQ's first and last byte: a question of class 3.
    let mut question = vec![0x02, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
    question.extend(b"\x07version\x04bind\x00\x00\x10\x00\x03");
    up(capture, &question);
    // Tencent's PC manager.
    up(
        capture,
        &[
            0x00, 0x02, 0x00, 0x1c, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88,
        ],
    );
    // Peer-to-peer packets do not begin with 02.
    let mut p2p = vec![0x00, 0x0f, 0x5f, 0x5a];
    p2p.extend(SplitMix64::new(84).bytes(80));
    up(capture, &p2p);
    up(capture, b"GET / HTTP/1.1\r\n\r\n");
}

/// UDP port 4000 is QQ's client port and ICQ's server port.
fn port_of_icq(capture: &mut Capture) {
    let qq = (client(91, 4000), qq_server(8, 8000));
    // 02 06, 02 07: the versions of QQ clients that are closest to ICQ's 02 00.
    for version in [0x062e, 0x072e] {
        let sequence = version & 0xff;
        let frame = Client::new(version, 0)
            .uin(10_001)
            .classic(0x0002, sequence, &[], 16);
        capture.udp(qq.0, qq.1, &frame);
    }
    let server = Client::new(0x0a1d, 0).classic_reply(0x0100, 0x0002, 0x002e, 16);
    capture.udp(qq.1, qq.0, &server);
    capture.udp(qq.0, qq.1, &tm2013().long(2, 0x0058, 0x3b0c, &[], 24));
    capture.udp(qq.1, qq.0, &tm2013().reply(0x0058, 0x3b0c, 24));
    let icq = (client(92, 1036), qq_server(40, 4000));
    // ICQ version 2: version, command (keep-alive), sequence, number, all little-endian.
    let version_2 = [2, 0, 0x2e, 4, 1, 0, 0x4e, 0x61, 0xbc, 0];
    capture.udp(icq.0, icq.1, &version_2);
    capture.udp(icq.1, icq.0, &[2, 0, 0x0a, 0, 1, 0]);
    // ICQ version 5: version, zero, number, session, the rest scrambled.
    let mut version_5 = vec![
        5, 0, 0, 0, 0, 0, 0x4e, 0x61, 0xbc, 0, 0x11, 0x22, 0x33, 0x44,
    ];
    version_5.extend(SplitMix64::new(5).bytes(26));
    capture.udp(icq.0, icq.1, &version_5);
    // 02 00 between QQ's own ports, with QQ's trailer: no client has this version.
    let mut impossible = tm2013().long(2, 0x0058, 0x3b0d, &[], 24);
    impossible[1] = 0;
    capture.udp(qq.0, qq.1, &impossible);
    capture.udp(client(95, 4000), qq.1, &impossible);
}

/// Recognised only by its bytes.
fn other_port(capture: &mut Capture) {
    let (client, server) = (client(93, 4002), qq_server(9, 18_000));
    let tm = tm2013();
    capture.udp(client, server, &tm.long(2, 0x00cd, 0x1bde, &[], 120));
    capture.udp(server, client, &tm.reply(0x00cd, 0x1bde, 16));
    // An impossible length, in a conversation that is known to be QQ's.
    capture.udp(client, server, &tm.long(2, 0x00cd, 0x1bdf, &[], 121));
    capture.udp(client, server, &SplitMix64::new(18_000).bytes(47));
    let client = super::client(94, 4003);
    let qq2006 = Client::new(0x0f5f, 0);
    // An unknown command in the classic header, before and after the conversation is
    // recognised.
    let unknown = qq2006.classic(0x0777, 0x1a05, &[], 24);
    capture.udp(client, server, &unknown);
    capture.udp(client, server, &qq2006.classic(0x0002, 0x1a06, &[], 24));
    capture.udp(
        server,
        client,
        &qq2006.classic_reply(0x0100, 0x0002, 0x1a06, 32),
    );
    capture.udp(client, server, &unknown);
}
