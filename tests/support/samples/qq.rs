//! A session with TM2013 over UDP: redirect, login, messages, logout.

use super::oicq_frames::{key, key_exchange, repeated, tagged_token, Client};
use super::{client, qq_server};
use crate::capture::{Capture, Endpoint};

const TM2013: (u16, u16) = (0x3420, 0x66a7);

/// The conversation with one server.
struct UdpFlow<'a> {
    capture: &'a mut Capture,
    client: Endpoint,
    server: Endpoint,
}

impl UdpFlow<'_> {
    fn client_sends(&mut self, frame: &[u8]) {
        self.capture.udp(self.client, self.server, frame);
    }

    fn server_sends(&mut self, frame: &[u8]) {
        self.capture.udp(self.server, self.client, frame);
    }
}

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    let tm = Client::new(TM2013.0, TM2013.1);
    let mut first = UdpFlow {
        capture: &mut capture,
        client: client(20, 4000),
        server: qq_server(8, 8000),
    };
    redirect(&mut first, tm);
    let mut flow = UdpFlow {
        server: qq_server(9, 8000),
        ..first
    };
    log_in(&mut flow, tm);
    session(&mut flow, tm);
    messages(&mut flow, tm);
    log_out(&mut flow, tm);
    capture
}

/// The first server redirects to another one.
fn redirect(flow: &mut UdpFlow<'_>, tm: Client) {
    let touch = tm.long(3, 0x0825, 0x67dc, &key(1), 104);
    assert_eq!(touch.len(), 147);
    flow.client_sends(&touch);
    flow.server_sends(&tm.reply(0x0825, 0x67dc, 120));
}

fn log_in(flow: &mut UdpFlow<'_>, tm: Client) {
    flow.client_sends(&tm.long(3, 0x0825, 0x67dd, &key(2), 112));
    flow.server_sends(&tm.reply(0x0825, 0x67dd, 104));
    flow.client_sends(&tm.long(3, 0x0836, 0x2a11, &key_exchange(0x0001, 0x0102), 608));
    flow.server_sends(&tm.reply(0x0836, 0x2a11, 824));
    flow.client_sends(&tm.long(2, 0x0828, 0x51f0, &tagged_token(), 472));
    flow.server_sends(&tm.reply(0x0828, 0x51f0, 384));
}

fn session(flow: &mut UdpFlow<'_>, tm: Client) {
    for (command, sequence, request, reply) in [
        (0x00ec, 0x1c60, 16, 16),
        (0x001d, 0x4410, 16, 112),
        (0x005c, 0x7001, 16, 64),
        (0x0001, 0x0b17, 24, 136),
        (0x0134, 0x33c2, 40, 776),
        (0x0027, 0x2e05, 16, 312),
        (0x0065, 0x16aa, 32, 96),
        (0x0002, 0x59d3, 24, 208),
        (0x0058, 0x3b09, 24, 24),
    ] {
        flow.client_sends(&tm.long(2, command, sequence, &[], request));
        flow.server_sends(&tm.reply(command, sequence, reply));
    }
    // A friend comes online; the client does not acknowledge it.
    flow.server_sends(&tm.reply(0x0081, 0x9c44, 48));
    // Since 2013 some commands use Protocol Buffers.
    flow.client_sends(&tm.long(4, 0x0319, 0x0e31, &[], 72));
    flow.server_sends(&tm.flagged_reply(tm.version, 0x0319, 0x0e31, [0, 4, 0], 40));
    flow.client_sends(&tm.long(2, 0x0058, 0x3b0a, &[], 24));
    flow.server_sends(&tm.reply(0x0058, 0x3b0a, 24));
}

fn messages(flow: &mut UdpFlow<'_>, tm: Client) {
    flow.client_sends(&tm.long(2, 0x00cd, 0x1bdb, &[], 120));
    flow.server_sends(&tm.reply(0x00cd, 0x1bdb, 16));
    // The client acknowledges a push by repeating its header.
    flow.server_sends(&tm.flagged_reply(tm.version, 0x00ce, 0x5001, [0, 0, 0x90], 168));
    flow.client_sends(&tm.long(2, 0x00ce, 0x5001, &[], 32));
    flow.server_sends(&tm.flagged_reply(tm.version, 0x0017, 0xa117, [0, 4, 0xfc], 96));
    flow.client_sends(&tm.long(2, 0x0017, 0xa117, &[], 32));
    // The reply comes after the second retransmission.
    let message = tm.long(2, 0x00cd, 0x1bdc, &[], 136);
    flow.client_sends(&message);
    flow.client_sends(&repeated(&message, 1));
    flow.client_sends(&repeated(&message, 2));
    flow.server_sends(&tm.reply(0x00cd, 0x1bdc, 16));
}

/// Sent four times, and never answered.
fn log_out(flow: &mut UdpFlow<'_>, tm: Client) {
    let frame = tm.long(2, 0x0062, 0x6d2e, &[], 32);
    for _ in 0..4 {
        flow.client_sends(&frame);
    }
}
