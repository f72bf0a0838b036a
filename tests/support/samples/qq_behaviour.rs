//! Relations between QQ frames: replies, acknowledgements, retransmissions, keep-alives,
//! redirects, gaps, and requests that are never answered.

use std::time::Duration;

use imshark::oicq::keystore::keyring::SecretKind;

use super::oicq_frames::{key, repeated, Client, UIN};
use super::qq_ciphertexts::{key_of, Link};
use super::{client, qq_server};
use crate::capture::{Capture, Endpoint};

/// The version of servers until about 2006.
const SERVER: u16 = 0x0100;
/// The account whose session key is known.
const KEY_IS_KNOWN: u32 = 10_004;

fn tm2013() -> Client {
    Client::new(0x3420, 0x66a7)
}

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    let session_key = "73".repeat(16);
    capture
        .secrets
        .row(KEY_IS_KNOWN, SecretKind::SessionKey, &session_key);
    redirect(&mut capture);
    decrypted_redirect(&mut capture);
    two_servers_at_once(&mut capture);
    keep_alives(&mut capture);
    repetitions(&mut capture);
    pushes(&mut capture);
    gaps(&mut capture);
    unanswered(&mut capture);
    classic(&mut capture);
    system_message(&mut capture);
    one_side(&mut capture);
    three_equal_requests(&mut capture);
    capture
}

/// Two endpoints that communicate over UDP.
struct UdpFlow<'a> {
    capture: &'a mut Capture,
    client: Endpoint,
    server: Endpoint,
}

impl<'a> UdpFlow<'a> {
    fn new(capture: &'a mut Capture, host: u8) -> Self {
        Self {
            capture,
            client: client(host, 4000),
            server: qq_server(8, 8000),
        }
    }

    fn client_sends(&mut self, frame: &[u8]) {
        self.capture.udp(self.client, self.server, frame);
    }

    fn server_sends(&mut self, frame: &[u8]) {
        self.capture.udp(self.server, self.client, frame);
    }

    fn wait(&mut self, millis: u64) {
        self.capture.wait(Duration::from_millis(millis));
    }
}

/// The first server redirects the client to another one.
fn redirect(capture: &mut Capture) {
    let tm = tm2013();
    let mut flow = UdpFlow::new(capture, 100);
    flow.client_sends(&tm.long(3, 0x0825, 0x67dc, &key(1), 104));
    flow.wait(40);
    flow.server_sends(&tm.reply(0x0825, 0x67dc, 120));
    flow.server = qq_server(9, 8000);
    flow.client_sends(&tm.long(3, 0x0825, 0x67dd, &key(2), 112));
    flow.wait(40);
    flow.server_sends(&tm.reply(0x0825, 0x67dd, 104));
    let qq = Client::new(0x0e1b, 0);
    let mut flow = UdpFlow::new(flow.capture, 101);
    flow.client_sends(&qq.classic(0x0022, 0x0101, &key(3), 432));
    flow.server_sends(&qq.classic_reply(SERVER, 0x0022, 0x0101, 32));
    flow.server = qq_server(9, 8000);
    flow.client_sends(&qq.classic(0x0022, 0x0102, &key(4), 432));
    flow.server_sends(&qq.classic_reply(SERVER, 0x0022, 0x0102, 160));
}

/// The packets carry their key: a reply without a server is no redirect.
fn decrypted_redirect(capture: &mut Capture) {
    let key = key_of(b'r');
    let number = UIN.to_be_bytes();
    let asked = [&[0, 0x18, 0, 0x16, 0, 1][..], &[0; 12], &number, &[0; 4]].concat();
    let place = [
        &[0, 2, 0, 0][..],
        &[0; 8],
        &[203, 0, 113, 9],
        &[0x1f, 0x40],
        &[0; 4],
    ]
    .concat();
    let named = [&[0xfe, 0, 0x0c, 0, 0x16][..], &place].concat();
    let done = [0, 0x03, 0x10, 0, 4, 203, 0, 113, 8];
    let mut link = Link {
        qq: tm2013(),
        client: client(110, 4000),
        server: qq_server(8, 8000),
    };
    for (server, sequence, answer) in [
        (8, 0x6801, &named[..]),
        (9, 0x6802, &done),
        (10, 0x6803, &done),
    ] {
        link.server = qq_server(server, 8000);
        link.ask(capture, 3, [0x0825, sequence], key.bytes(), key, &asked);
        link.answer(capture, [0x0825, sequence], key, answer);
    }
}

/// A client that contacts two servers at once was redirected to neither.
fn two_servers_at_once(capture: &mut Capture) {
    let tm = tm2013().uin(10_001);
    for (server, sequence) in [(8, 0x67e0), (9, 0x67e1)] {
        let touch = tm.long(3, 0x0825, sequence, &key(sequence.into()), 104);
        capture.udp(client(102, 4000), qq_server(server, 8000), &touch);
    }
    for (server, sequence) in [(8, 0x67e0), (9, 0x67e1)] {
        let reply = tm.reply(0x0825, sequence, 104);
        capture.udp(qq_server(server, 8000), client(102, 4000), &reply);
    }
}

/// One every minute.
fn keep_alives(capture: &mut Capture) {
    let tm = tm2013();
    let mut flow = UdpFlow::new(capture, 103);
    for sequence in 0x3b09..0x3b0c {
        flow.client_sends(&tm.long(2, 0x0058, sequence, &[], 24));
        flow.wait(65);
        flow.server_sends(&tm.reply(0x0058, sequence, 24));
        flow.wait(59_950);
    }
}

/// A client counts its retransmissions; a server encrypts its own again.
fn repetitions(capture: &mut Capture) {
    let tm = tm2013();
    let mut flow = UdpFlow::new(capture, 104);
    let message = tm.long(2, 0x00cd, 0x1bdb, &[], 120);
    flow.client_sends(&message);
    for (count, seconds) in [(1, 2), (2, 4), (3, 8)] {
        flow.wait(1000 * seconds);
        flow.client_sends(&repeated(&message, count));
    }
    flow.wait(500);
    flow.server_sends(&tm.reply(0x00cd, 0x1bdb, 16));
    // The first transmission was not captured.
    flow.client_sends(&repeated(&tm.long(2, 0x0002, 0x2182, &[], 24), 1));
    flow.wait(60);
    flow.server_sends(&tm.reply(0x0002, 0x2182, 40));
    // Later clients do not count.
    let qq = Client::new(0x3a2d, 0x6a2a);
    let request = qq.long(2, 0x01a9, 0x6304, &[], 56);
    flow.client_sends(&request);
    flow.wait(3060);
    flow.client_sends(&request);
    flow.server_sends(&qq.reply(0x01a9, 0x6304, 24));
    for flag in [0x90, 0x34, 0x50] {
        flow.server_sends(&tm.flagged_reply(tm.version, 0x00ce, 0xddbc, [0, 0, flag], 168));
        flow.wait(300);
    }
    flow.client_sends(&tm.long(2, 0x00ce, 0xddbc, &[], 32));
    // The acknowledgement was lost.
    flow.wait(300);
    flow.server_sends(&tm.flagged_reply(tm.version, 0x00ce, 0xddbc, [0, 0, 0x97], 168));
    let mut again = tm.long(2, 0x00ce, 0xddbc, &[], 32);
    again[30] ^= 0xff;
    flow.client_sends(&again);
    // The capture has every frame twice.
    let request = qq.long(2, 0x01a9, 0x6305, &[], 56);
    let reply = qq.reply(0x01a9, 0x6305, 24);
    for frame in [&request, &request] {
        flow.client_sends(frame);
    }
    for frame in [&reply, &reply] {
        flow.server_sends(frame);
    }
}

/// The same command as reply and as push.
fn pushes(capture: &mut Capture) {
    let tm = tm2013();
    let mut flow = UdpFlow::new(capture, 105);
    flow.client_sends(&tm.long(2, 0x0002, 0x59d3, &[], 24));
    // Too early: its request may have been sent before the capture.
    flow.server_sends(&tm.reply(0x0002, 0x59d2, 64));
    flow.server_sends(&tm.reply(0x0002, 0x59d3, 208));
    flow.wait(5000);
    flow.server_sends(&tm.reply(0x0002, 0x1c07, 88));
    flow.server_sends(&tm.reply(0x0065, 0xa065, 48));
    flow.server_sends(&tm.reply(0x0081, 0x9c44, 48));
    flow.server_sends(&tm.flagged_reply(tm.version, 0x0017, 0xa117, [0, 4, 0xfc], 96));
    flow.client_sends(&tm.long(2, 0x0017, 0xa117, &[], 32));
}

/// Two messages are missing; another command has its own sequence.
fn gaps(capture: &mut Capture) {
    let tm = tm2013();
    let mut flow = UdpFlow::new(capture, 106);
    for (command, sequence) in [
        (0x00cd, 0x7ffe),
        (0x0027, 0x2e05),
        (0x00cd, 0x7fff),
        (0x00cd, 0x0002),
        (0x0027, 0x2e06),
    ] {
        flow.client_sends(&tm.long(2, command, sequence, &[], 120));
        flow.server_sends(&tm.reply(command, sequence, 16));
    }
}

/// One request has no reply; logout, probe, acknowledgement and 0x0424 never have one.
fn unanswered(capture: &mut Capture) {
    let tm = tm2013();
    let mut flow = UdpFlow::new(capture, 107);
    flow.client_sends(&tm.long(2, 0x00cd, 0x0101, &[], 120));
    flow.client_sends(&tm.long(2, 0x0424, 0x0102, &[], 152));
    flow.wait(20_000);
    flow.server_sends(&tm.reply(0x0081, 0x9c45, 48));
    let logout = tm.long(2, 0x0062, 0x6d2e, &[], 32);
    for _ in 0..4 {
        flow.client_sends(&logout);
    }
    let qq = Client::new(0x3b0b, 0x6a64);
    let probe = qq.probe(0x0d00, 32);
    flow.capture
        .udp(client(107, 50_719), qq_server(45, 8000), &probe);
}

/// The classic protocol: another keep-alive, and servers without a QQ number in their frames.
fn classic(capture: &mut Capture) {
    let qq = Client::new(0x0f5f, 0);
    let mut flow = UdpFlow::new(capture, 108);
    for sequence in [0x1a04, 0x1a05] {
        flow.client_sends(&qq.classic(0x0002, sequence, &[], 24));
        flow.wait(30);
        flow.server_sends(&qq.classic_reply(SERVER, 0x0002, sequence, 32));
        flow.wait(99_970);
    }
    let message = qq.classic(0x0016, 0x1a06, &[], 88);
    flow.client_sends(&message);
    flow.wait(5000);
    flow.client_sends(&message);
    flow.server_sends(&qq.classic_reply(SERVER, 0x0016, 0x1a06, 16));
    flow.server_sends(&qq.classic_reply(SERVER, 0x0017, 0x2b01, 96));
    flow.client_sends(&qq.classic(0x0017, 0x2b01, &[], 32));
}

/// The acknowledgement of a system message has the sequence in its text.
fn system_message(capture: &mut Capture) {
    let link = Link {
        qq: Client::new(0x0f5f, 0).uin(KEY_IS_KNOWN),
        client: client(111, 4000),
        server: qq_server(8, 8000),
    };
    let session = key_of(b's');
    let message = b"41\x1f10001\x1f10004\x1f\x05hello\x01\0\x02id";
    // Old servers do not send the account: this frame shows whose their frames are.
    link.ask_classic(capture, [0x0002, 0x1a04], &[], session, b"10004");
    link.answer_classic(capture, SERVER, [0x0080, 0x2b02], session, message);
    let ack = b"41\x1e10001\x1e11010";
    link.ask_classic(capture, [0x0012, 0], &[], session, ack);
}

/// Only the server's packets were captured: nothing is missing.
fn one_side(capture: &mut Capture) {
    let qq = Client::new(0x3639, 0x67b7);
    let mut flow = UdpFlow::new(capture, 109);
    for (command, sequence, secret) in [
        (0x0058, 0x3b09, 24),
        (0x0002, 0x59d3, 208),
        (0x0017, 0xa118, 96),
        (0x0017, 0xa118, 96),
        (0x0081, 0x9c46, 48),
    ] {
        let flags = [0, 0, flow.capture.frames.len() as u8];
        flow.server_sends(&qq.flagged_reply(qq.version, command, sequence, flags, secret));
        flow.wait(3000);
    }
}

/// Three equal requests within three milliseconds, each with a reply; then two with one
/// reply, because the capture has the request twice.
fn three_equal_requests(capture: &mut Capture) {
    let tm = tm2013();
    let mut flow = UdpFlow::new(capture, 115);
    let request = tm.long(2, 0x00b9, 0x0901, &[], 24);
    for _ in 0..3 {
        flow.client_sends(&request);
    }
    flow.wait(30);
    for flag in [1, 2, 3] {
        flow.server_sends(&tm.flagged_reply(0x66a7, 0x00b9, 0x0901, [0, 0, flag], 48));
    }
    let request = tm.long(2, 0x00b9, 0x0902, &[], 24);
    for _ in 0..2 {
        flow.client_sends(&request);
    }
    flow.wait(30);
    flow.server_sends(&tm.reply(0x00b9, 0x0902, 48));
}
