//! Traffic on the ports that QQ shares with other protocols, and on unused ports, that
//! begins or ends like QQ or MSN and is neither.

use super::capture::{Capture, Endpoint, Side};
use super::recut::{Frame, Recording};
use super::samples::SplitMix64;
use pcap_file::DataLink;

const TCP_PORTS: [u16; 6] = [80, 443, SOCKS, PROXY, 8080, 6000];
const SOCKS: u16 = 1080;
const PROXY: u16 = 3128;
const UDP_PORTS: [u16; 3] = [4000, 443, 6000];

/// A request and its response.
type Exchange = (Vec<u8>, Vec<u8>);
type Make = fn(&mut SplitMix64) -> Exchange;

/// HTTP requests and pages.
fn http(random: &mut SplitMix64) -> Exchange {
    let number = random.below(1000);
    let request = format!("GET /{number} HTTP/1.1\r\nHost: example.com\r\n\r\n");
    let page = "x".repeat(random.below(300));
    let length = page.len();
    let response = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{page}");
    (request.into_bytes(), response.into_bytes())
}

/// TLS records in mid-session.
fn tls(random: &mut SplitMix64) -> Exchange {
    let mut record = || {
        let length = 1 + random.below(200);
        let mut record = vec![0x17, 3, 3, 0, length as u8];
        record.extend(random.bytes(length));
        record
    };
    (record(), record())
}

/// Prefixed with a length of two bytes, as QQ's frames are over TCP.
fn with_length(message: &[u8]) -> Vec<u8> {
    let length = (message.len() as u16).to_be_bytes();
    [&length[..], message].concat()
}

/// DNS over TCP.
fn dns(random: &mut SplitMix64) -> Exchange {
    let mut question = random.bytes(2);
    question.extend(b"\x01\0\0\x01\0\0\0\0\0\0\x07example\x03com\0\0\x01\0\x01");
    let mut answer = question.clone();
    answer[2..4].copy_from_slice(b"\x81\x83");
    (with_length(&question), with_length(&answer))
}

/// OpenVPN control packets over TCP.
fn vpn(random: &mut SplitMix64) -> Exchange {
    let mut packet = |opcode: u8| {
        let session = random.bytes(8);
        with_length(&[&[opcode << 3][..], &session, &[0; 5]].concat())
    };
    (packet(7), packet(8))
}

/// Telegrams of devices between STX and ETX.
fn telegrams(random: &mut SplitMix64) -> Exchange {
    let mut telegram = || {
        let head = (0x0500 + random.below(0x39ff) as u16).to_be_bytes();
        let length = 12 + random.below(30);
        [&[2][..], &head, &random.bytes(length), &[3]].concat()
    };
    (telegram(), telegram())
}

/// Telegrams prefixed with a length that includes itself, as QQ's does.
fn long_telegrams(random: &mut SplitMix64) -> Exchange {
    let (ask, answer) = telegrams(random);
    let with_own_length = |telegram: Vec<u8>| {
        let length = (telegram.len() as u16 + 2).to_be_bytes();
        [&length[..], &telegram].concat()
    };
    (with_own_length(ask), with_own_length(answer))
}

/// Lines that begin with three letters, as in other protocols, too.
fn lines(random: &mut SplitMix64) -> Exchange {
    let words = [
        "PNG", "QNG", "VER", "NLN", "GET", "PUT", "END", "USR", "SYN",
    ];
    let mut line = || {
        let word = words[random.below(words.len())];
        format!("{word} {}\r\n", random.below(100)).into_bytes()
    };
    (line(), line())
}

/// Random bytes after the first few.
fn nearly_random(random: &mut SplitMix64) -> Exchange {
    let begins: [&[u8]; 5] = [b"\x02", b"\0\x20\x02", b"\x05", b"\0\0\0\x30", b"\0"];
    let mut bytes = || {
        let begin = begins[random.below(begins.len())];
        let length = random.below(80);
        [begin, &random.bytes(length)].concat()
    };
    (bytes(), bytes())
}

/// The exchange by which a client asks a proxy for a connection, if `port` is a proxy's.
fn prologue(port: u16, random: &mut SplitMix64) -> Vec<Exchange> {
    let exchange = |request: &[u8], response: &[u8]| (request.to_vec(), response.to_vec());
    match (port, random.below(3)) {
        (PROXY, 0 | 1) => vec![exchange(
            b"CONNECT www.example.com:443 HTTP/1.1\r\nHost: www.example.com\r\n\r\n",
            b"HTTP/1.1 200 Connection established\r\n\r\n",
        )],
        (SOCKS, 0) => vec![
            exchange(b"\x05\x01\0", b"\x05\0"),
            exchange(
                b"\x05\x01\0\x03\x0fwww.example.com\x01\xbb",
                b"\x05\0\0\x01\xc6\x33\x64\x07\x01\xbb",
            ),
        ],
        (SOCKS, 1) => vec![exchange(
            b"\x04\x01\x01\xbb\xc6\x33\x64\x07me\0",
            b"\0\x5a\x01\xbb\xc6\x33\x64\x07",
        )],
        _ => Vec::new(),
    }
}

const TCP: [Make; 8] = [
    http,
    tls,
    dns,
    vpn,
    telegrams,
    long_telegrams,
    lines,
    nearly_random,
];
const UDP: [Make; 2] = [telegrams, nearly_random];

/// Connections and conversations of every type on every port, a few of each, between two
/// hosts whose addresses depend on `number`.
pub fn recording(seed: u64, number: u8) -> Recording {
    let mut random = SplitMix64::new(seed);
    let mut capture = Capture::new();
    let mut next = 20_000;
    let mut ends = |port: u16| -> (Endpoint, Endpoint) {
        next += 1;
        (
            ([192, 0, 2, number].into(), next),
            ([198, 51, 100, number].into(), port),
        )
    };
    for port in TCP_PORTS {
        for make in TCP.iter().cycle().take(TCP.len() * 3) {
            let (client, server) = ends(port);
            let tcp = capture.connect(client, server);
            let mut exchanges = prologue(port, &mut random);
            for _ in 0..1 + random.below(6) {
                exchanges.push(make(&mut random));
            }
            for (request, response) in exchanges {
                capture.send(tcp, Side::Client, &request);
                capture.send(tcp, Side::Server, &response);
            }
            capture.close(tcp);
        }
    }
    for port in UDP_PORTS {
        for make in UDP.iter().cycle().take(UDP.len() * 3) {
            let (client, server) = ends(port);
            for _ in 0..1 + random.below(6) {
                let (request, response) = make(&mut random);
                capture.udp(client, server, &request);
                capture.udp(server, client, &response);
            }
        }
    }
    let frames = capture.frames.into_iter().map(|frame| Frame {
        time: frame.time,
        link: DataLink::ETHERNET,
        original: frame.original as u32,
        bytes: frame.bytes,
    });
    Recording {
        frames: frames.collect(),
        secrets: Vec::new(),
    }
}
