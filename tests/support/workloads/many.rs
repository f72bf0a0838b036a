//! As many as wanted of each thing that a dissector of MSN or QQ remembers, each in a frame that
//! costs the sender next to nothing: no usual traffic, but what somebody may send who wants a
//! reader to run out of memory or time.

use super::msn::login;
use super::Site;
use crate::capture::{Capture, Side, Tcp};
use crate::samples::lines::{c, line, mime, play, s, with, SentSegment};
use crate::samples::msn_http::request;
use crate::samples::oicq_frames::Client;
use crate::samples::p2p_packets::{slp, to_alice, V1};

const SITE: Site = Site(0);
const FILE: &str = "{5D3E02AB-6190-11D3-BBBB-00C04F795683}";

/// Connections of MSN with one line each.
pub fn connections(count: usize) -> Capture {
    let mut capture = Capture::new();
    for number in 0..count {
        let tcp = capture.midstream(SITE.client(number, 1863), SITE.server(number, 1863));
        capture.send(tcp, Side::Client, &line("VER 1 MSNP12 MSNP11 CVR0"));
    }
    capture
}

/// Requests on one connection that nobody answers.
pub fn requests(count: usize) -> Capture {
    each(count, |number| c(&format!("CHG {} NLN 0", 10 + number)))
}

/// Accounts of contacts that sign in.
pub fn accounts(count: usize) -> Capture {
    each(count, |number| {
        let account = SITE.account("c", number);
        s(&format!("NLN NLN {account} nick 0"))
    })
}

/// Calls to a conversation, each with another ticket.
pub fn rings(count: usize) -> Capture {
    each(count, |number| {
        let [_, high, middle, low] = (number as u32).to_be_bytes();
        let ring =
            format!("RNG {number} 10.{high}.{middle}.{low}:1863 CKI 1.{number} b@example.net Bob");
        s(&ring)
    })
}

/// First parts of messages in three parts.
pub fn chunks(count: usize) -> Capture {
    in_a_chat(count, |number| {
        let id = format!("Message-ID: {}", guid(number));
        message(mime("text/plain", &[&id, "Chunks: 3"], "part"))
    })
}

/// Addresses at which somebody waits for a connection of MSNFTP.
pub fn addresses(count: usize) -> Capture {
    in_a_chat(count, |number| {
        let (host, port) = SITE.client(number, 6891);
        let body = format!(
            "Invitation-Command: ACCEPT\r\nInvitation-Cookie: {number}\r\n\
             IP-Address: {host}\r\nPort: {port}\r\nAuthCookie: {number}\r\n\r\n"
        );
        message(mime("text/x-msmsgsinvite", &[], &body))
    })
}

/// Addresses at which somebody waits for a direct connection of MSNP2P.
pub fn listeners(count: usize) -> Capture {
    in_a_chat(count, |number| {
        let (host, port) = SITE.client(number, 7000);
        let body = format!(
            "Bridge: TCPv1\r\nListening: true\r\nNonce: {}\r\n\
             IPv4Internal-Addrs: {host}\r\nIPv4Internal-Port: {port}\r\nSessionID: {number}\r\n\r\n",
            guid(number)
        );
        signal(number, "MSNSLP/1.0 200 OK", "transrespbody", &body)
    })
}

/// Invitations to send files, each in a session of its own.
pub fn invitations(count: usize) -> Capture {
    in_a_chat(count, |number| {
        let body =
            format!("EUF-GUID: {FILE}\r\nSessionID: {number}\r\nAppID: 2\r\nContext: AAAA\r\n\r\n");
        let start = "INVITE MSNMSGR:alice@example.com MSNSLP/1.0";
        signal(number, start, "sessionreqbody", &body)
    })
}

/// First packets of files, of which the others are missing.
pub fn blobs(count: usize) -> Capture {
    in_a_chat(count, |number| {
        let packet = V1 {
            session: number as u32 + 1,
            id: number as u32 + 1,
            total: 5000,
            flags: 0x0100_0030,
            data: &[0x5a; 16],
            ..V1::default()
        };
        to_alice(&packet.with_footer(2))
    })
}

/// Sessions with a gateway over HTTP.
pub fn gateway_sessions(count: usize) -> Capture {
    let mut capture = Capture::new();
    let tcp = capture.connect(SITE.client(0, 49_152), SITE.server(0, 80));
    send_all(capture, tcp, count, |number| {
        let query = format!("SessionID={number}.{number}");
        let request = request("gateway.example.com", &query, &line("PNG"));
        (Side::Client, request)
    })
}

/// QQ numbers, each of which sends one frame.
pub fn uins(count: usize) -> Capture {
    let mut capture = Capture::new();
    for number in 0..count {
        let qq = Client::new(0x0f5f, 0).uin(SITE.uin(number));
        let frame = qq.classic(0x0002, number as u16, &[], 24);
        capture.udp(SITE.client(0, 4000), SITE.server(0, 8000), &frame);
    }
    capture
}

/// Requests of one user of QQ that nobody answers.
pub fn qq_requests(count: usize) -> Capture {
    let mut capture = Capture::new();
    let qq = Client::new(0x0f5f, 0).uin(SITE.uin(0));
    for number in 0..count {
        let frame = qq.classic(0x0002, number as u16, &[], 24);
        capture.udp(SITE.client(0, 4000), SITE.server(0, 8000), &frame);
    }
    capture
}

/// Segments on a connection to the notification server.
fn each(count: usize, segment: impl Fn(usize) -> SentSegment) -> Capture {
    let mut capture = Capture::new();
    let tcp = capture.connect(SITE.client(0, 1863), SITE.server(0, 1863));
    play(&mut capture, tcp, login("alice@example.com"));
    send_all(capture, tcp, count, segment)
}

/// Segments on a connection to a switchboard.
fn in_a_chat(count: usize, segment: impl Fn(usize) -> SentSegment) -> Capture {
    let mut capture = Capture::new();
    let tcp = capture.connect(SITE.client(0, 1864), SITE.server(1, 1863));
    play(
        &mut capture,
        tcp,
        [
            c("USR 1 alice@example.com 1.2"),
            s("USR 1 OK alice@example.com Alice"),
            s("JOI bob@example.net Bob 0"),
        ],
    );
    send_all(capture, tcp, count, segment)
}

/// The other side acknowledges them now and then, as Wireshark lists what is not acknowledged.
fn send_all(
    mut capture: Capture,
    tcp: Tcp,
    count: usize,
    segment: impl Fn(usize) -> SentSegment,
) -> Capture {
    for number in 0..count {
        let (side, data) = segment(number);
        capture.send(tcp, side, &data);
        if number % 16 == 0 {
            let other = match side {
                Side::Client => Side::Server,
                Side::Server => Side::Client,
            };
            capture.acknowledge(tcp, other);
        }
    }
    capture
}

fn message(payload: String) -> SentSegment {
    (Side::Server, with("MSG bob@example.net Bob", payload))
}

/// A message of MSNSLP in a call of its own.
fn signal(number: usize, start: &str, kind: &str, body: &str) -> SentSegment {
    let data = String::from_utf8(slp(start, 0, 0, 0, kind, body)).expect("UTF-8");
    let data = data.replace("{00000000-", &format!("{{{number:08X}-"));
    let packet = V1 {
        id: number as u32 + 1,
        data: data.as_bytes(),
        ..V1::default()
    };
    to_alice(&packet.with_footer(0))
}

fn guid(number: usize) -> String {
    format!("{{{number:08X}-0000-4000-8000-000000000000}}")
}
