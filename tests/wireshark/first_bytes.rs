//! Connections whose first bytes come in small segments are recognised, and bytes of
//! other connections are not held back for it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::harness::{wireshark, Wireshark};
use crate::tunnels::keep_alive;
use test_support::capture::{Capture, Endpoint, Side};

pub const CLIENT: Endpoint = (std::net::Ipv4Addr::new(192, 0, 2, 122), 49_300);
pub const SERVER: std::net::Ipv4Addr = std::net::Ipv4Addr::new(203, 0, 113, 20);
const SIZES: [usize; 7] = [1, 2, 3, 4, 5, 7, 9];

/// A protocol on a port: the bytes of each side, and the expected values of a field.
pub struct Case {
    pub name: &'static str,
    pub port: u16,
    /// Messages of another connection's server that announce this one, if any.
    pub announced_by: Vec<Vec<u8>>,
    pub talk: Vec<(Side, Vec<u8>)>,
    pub field: &'static str,
    pub values: Vec<String>,
}

fn strings(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

pub fn msn(port: u16) -> Case {
    let client =
        b"USR 1 alice@example.com 1000000700.20013021.2623242\r\nCAL 2 bob@example.net\r\n";
    let server = b"USR 1 OK alice@example.com Alice\r\nCAL 2 RINGING 11752099\r\n";
    Case {
        name: "MSN",
        port,
        announced_by: Vec::new(),
        talk: vec![
            (Side::Client, client.to_vec()),
            (Side::Server, server.to_vec()),
        ],
        field: "msnms.cmd",
        values: strings(&["USR", "CAL", "USR", "CAL"]),
    }
}

fn qq(port: u16) -> Case {
    let talk = [Side::Client, Side::Server, Side::Client, Side::Server];
    let talk = talk.iter().zip([1, 1, 2, 2]);
    Case {
        name: "QQ",
        port,
        announced_by: Vec::new(),
        talk: talk
            .map(|(side, n)| (*side, keep_alive(*side, n)))
            .collect(),
        field: "oicq.seq",
        values: strings(&["15105", "15105", "15106", "15106"]),
    }
}

/// As WLM 2009 sends it: the length in a segment of its own, then `foo` and the nonce.
pub fn direct(port: u16) -> Case {
    let nonce = [&[0x10, 0, 0, 0][..], &[0x42; 16]].concat();
    let client = [&b"\x04\0\0\0foo\0"[..], &nonce].concat();
    Case {
        name: "direct connection",
        port,
        announced_by: Vec::new(),
        talk: vec![(Side::Client, client), (Side::Server, nonce)],
        field: "msnp2p.direct.length",
        values: strings(&["4", "16", "16"]),
    }
}

pub fn msnftp(port: u16) -> Case {
    let talk = [
        (Side::Client, &b"VER MSNFTP\r\n"[..]),
        (Side::Server, b"VER MSNFTP\r\n"),
        (Side::Client, b"USR bob@example.net 12345\r\n"),
        (Side::Server, b"FIL 5\r\n"),
        (Side::Client, b"TFR\r\n"),
    ];
    Case {
        name: "MSNFTP",
        port,
        announced_by: Vec::new(),
        talk: talk.map(|(side, line)| (side, line.to_vec())).to_vec(),
        field: "msnftp.cmd",
        values: strings(&["VER", "VER", "USR", "FIL", "TFR"]),
    }
}

fn gateway(port: u16) -> Case {
    let poll = "POST /gateway/gateway.dll?Action=poll&SessionID=1.2 HTTP/1.1\r\n\
        Host: gateway.example.com\r\nContent-Length: 0\r\n\r\n";
    let empty = "HTTP/1.1 200 OK\r\nX-MSN-Messenger: SessionID=1.3; GW-IP=192.0.2.1\r\n\
        Content-Length: 0\r\n\r\n";
    Case {
        name: "gateway",
        port,
        announced_by: Vec::new(),
        talk: vec![(Side::Client, poll.into()), (Side::Server, empty.into())],
        field: "msnms.gateway.session_id",
        values: strings(&["1.2", "1.3"]),
    }
}

/// Adds the connection with the announcements, if there are any. Its port at the client
/// is `number` below those of the others.
pub fn announce(capture: &mut Capture, announced_by: &[Vec<u8>], number: u16) {
    if announced_by.is_empty() {
        return;
    }
    let client = (CLIENT.0, CLIENT.1 - number);
    let tcp = capture.connect(client, ([198, 51, 100, 2].into(), 1863));
    for bytes in announced_by {
        capture.send(tcp, Side::Server, bytes);
    }
}

/// Every case by every size; the connection of each has a port of its own at the client.
fn write(wireshark: &Wireshark, cases: &[Case]) -> PathBuf {
    let mut capture = Capture::new();
    let mut client = CLIENT;
    for (number, case) in (1..).zip(cases) {
        announce(&mut capture, &case.announced_by, number);
        for size in SIZES {
            let tcp = capture.connect(client, (SERVER, case.port));
            client.1 += 1;
            for (side, bytes) in &case.talk {
                // The beginning in small segments; the rest in one.
                let (small, rest) = bytes.split_at(bytes.len().min(48));
                capture.send_cut(tcp, *side, small, size);
                if !rest.is_empty() {
                    capture.send(tcp, *side, rest);
                }
            }
            capture.close(tcp);
        }
    }
    wireshark.write("first-bytes.pcap", &capture)
}

/// All cases in one capture.
pub fn assert_found(wireshark: &Wireshark, cases: &[Case], options: &[&str]) {
    let path = write(wireshark, cases);
    let of_cases: BTreeSet<_> = cases.iter().map(|case| case.field).collect();
    let fields = ["tcp.stream", "frame.protocols", "_ws.malformed"];
    let fields: Vec<_> = fields.into_iter().chain(of_cases.clone()).collect();
    let (first, last) = (fields.len() - of_cases.len(), fields.len());
    for pass in [&[][..], &["-2"]] {
        let options = [options, pass].concat();
        let rows = wireshark.rows(&path, "tcp", &fields, &options);
        for row in &rows {
            let of_ours = ["msnms", "msnp2p", "msnftp", "oicq"];
            let is_ours = of_ours.iter().any(|ours| row[1][0].contains(ours));
            assert!(!is_ours || row[2].is_empty(), "{options:?}: {row:?}");
        }
        let mut stream = 0;
        for case in cases {
            stream += usize::from(!case.announced_by.is_empty());
            for size in SIZES {
                let what = format!("{} on port {} by {size} {options:?}", case.name, case.port);
                let of_stream = rows.iter().filter(|row| row[0] == [stream.to_string()]);
                for (column, field) in (first..last).zip(&of_cases) {
                    let found = of_stream.clone().flat_map(|row| &row[column]);
                    let found: Vec<_> = found.flat_map(|line| line.split(',')).collect();
                    let is_expected = *field == case.field;
                    let expected = if is_expected { &case.values[..] } else { &[] };
                    assert_eq!(found, expected, "{field}, {what}");
                }
                stream += 1;
            }
        }
    }
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn every_protocol_is_found_on_its_ports_and_on_others() {
    let wireshark = wireshark();
    let cases = [
        msn(1863),
        msn(40001),
        qq(443),
        qq(80),
        qq(8000),
        qq(40002),
        direct(40003),
        msnftp(6891),
        msnftp(40004),
        gateway(80),
        gateway(8080),
    ];
    assert_found(wireshark, &cases, &[]);
}

/// Without heuristics, by Decode As.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn decode_as_includes_the_first_bytes() {
    let wireshark = wireshark();
    let cases = [msn(40001), qq(40002), direct(40003), msnftp(40004)];
    let mut options = Vec::new();
    for (heuristic, rule) in [
        ("msnms_tcp", "tcp.port==40001,msnms"),
        ("oicq_tcp", "tcp.port==40002,oicq"),
        ("msnp2p_tcp", "tcp.port==40003,msnp2p"),
        ("msnftp_tcp", "tcp.port==40004,msnftp"),
    ] {
        options.extend(["--disable-heuristic", heuristic, "-d", rule]);
    }
    assert_found(wireshark, &cases, &options);
}

/// Bytes that could begin one of the protocols, with a different continuation: nothing
/// changes, neither on the ports of other protocols nor on unused ones.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn lookalikes_are_left_alone() {
    let wireshark = wireshark();
    let mut capture = Capture::new();
    let mut client = CLIENT;
    for port in [80, 443, 40005, 8080] {
        for first in [
            &b"\0"[..],
            b"\0\x31",
            b"\0\x31\x02",
            b"U",
            b"USR",
            b"\x04\0\0\0",
            b"VER M",
            b"POST /g",
        ] {
            client.1 += 1;
            let tcp = capture.connect(client, (SERVER, port));
            capture.send(tcp, Side::Client, first);
            capture.send(
                tcp,
                Side::Client,
                b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n",
            );
            capture.send(tcp, Side::Server, first);
            capture.send(tcp, Side::Server, b"HTTP/1.1 204 No Content\r\n\r\n");
            capture.send(tcp, Side::Client, b"\x16\x03\x01\x00\x05hello");
            capture.close(tcp);
        }
    }
    let path = wireshark.write("alike.pcap", &capture);
    let path = path.to_string_lossy();
    for pass in [&[][..], &["-2"]] {
        let show = [&["-r", &*path, "-V"], pass].concat();
        let (with, bare) = (wireshark.tshark(&show), wireshark.bare_tshark(&show).stdout);
        assert!(bare.len() > 10_000);
        for (number, (with, bare)) in with.lines().zip(bare.lines()).enumerate() {
            assert_eq!(with, bare, "line {}", number + 1);
        }
        assert_eq!(with.len(), bare.len());
    }
}
