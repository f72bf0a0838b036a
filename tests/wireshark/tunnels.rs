//! QQ and MSN through proxies: after HTTP `CONNECT`, and after SOCKS has connected.

use std::net::Ipv4Addr;
use std::path::PathBuf;

use crate::harness::{wireshark, Wireshark};
use test_support::capture::{Capture, Endpoint, Side};

const CLIENT: Endpoint = (Ipv4Addr::new(192, 0, 2, 120), 49_200);
/// The QQ server behind the proxy.
const SERVER: [u8; 4] = [203, 0, 113, 8];

fn proxy(port: u16) -> Endpoint {
    (Ipv4Addr::new(198, 51, 100, 80), port)
}

/// A keep-alive of TM2013 or the server's reply, with the length prefix of TCP.
pub fn keep_alive(side: Side, sequence: u8) -> Vec<u8> {
    let mut frame = vec![
        0x02, 0x34, 0x20, 0x00, 0x58, 0x3b, sequence, 0, 0xbc, 0x61, 0x4e,
    ];
    frame.extend(match side {
        Side::Client => &[2, 0, 0, 0, 1, 1, 1, 0, 0, 0x66, 0xa7][..],
        Side::Server => &[0, 0, 0],
    });
    frame.extend((0..24).map(|byte| 0x80 | (byte * 5) ^ sequence));
    frame.push(0x03);
    let mut bytes = (frame.len() as u16 + 2).to_be_bytes().to_vec();
    bytes.extend(frame);
    bytes
}

/// Opens a tunnel through the proxy at each port, from another client each, and sends
/// keep-alives, one of them in two segments.
fn capture(wireshark: &Wireshark, tunnels: &[(String, u16, Opening)]) -> PathBuf {
    let mut capture = Capture::new();
    for (host, (_, port, opening)) in (CLIENT.0.octets()[3]..).zip(tunnels) {
        let client = (Ipv4Addr::new(192, 0, 2, host), CLIENT.1);
        let tcp = capture.connect(client, proxy(*port));
        for (side, bytes) in opening {
            capture.send(tcp, *side, bytes);
        }
        for sequence in 1..=3 {
            capture.send(tcp, Side::Client, &keep_alive(Side::Client, sequence));
            capture.send_cut(tcp, Side::Server, &keep_alive(Side::Server, sequence), 30);
        }
        capture.close(tcp);
    }
    wireshark.write("tunnel.pcap", &capture)
}

/// The ports of the proxy, and of the server behind it.
const PORTS: [(u16, u16); 8] = [
    (8080, 443),
    (8080, 8000),
    (3128, 443),
    (80, 443),
    (8080, 80),
    (3128, 8080),
    (80, 80),
    (80, 8080),
];

fn assert_shown(wireshark: &Wireshark, tunnels: &[(String, u16, Opening)]) {
    let path = capture(wireshark, tunnels);
    for options in [&[][..], &["-2"]] {
        let fields = ["oicq.qqid", "oicq.direction", "oicq.response_to"];
        let streams = wireshark.columns_by_stream(&path, "oicq", fields, options);
        assert_eq!(streams.len(), tunnels.len(), "{options:?}");
        // SOCKS takes numbers of streams for itself.
        for ((what, ..), shown) in tunnels.iter().zip(streams.values()) {
            let [numbers, directions, requests] = shown;
            assert_eq!(*numbers, ["12345678"; 6], "{what} {options:?}");
            let both = ["1", "2", "1", "2", "1", "2"];
            assert_eq!(*directions, both, "{what} {options:?}");
            assert_eq!(requests.len(), 3, "{what} {options:?}");
        }
    }
    assert_eq!(wireshark.count(&path, "_ws.malformed"), 0);
}

/// QQ asks HTTP proxies for port 443. Wireshark itself shows a tunnel to a port of HTTP
/// as data, without calling any dissector.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn after_connect_over_http() {
    let wireshark = wireshark();
    let tunnels = PORTS.map(|(proxy, port)| {
        let request =
            format!("CONNECT 203.0.113.8:{port} HTTP/1.1\r\nHost: 203.0.113.8:{port}\r\n\r\n");
        let answer = b"HTTP/1.1 200 Connection established\r\n\r\n".to_vec();
        let opening = vec![(Side::Client, request.into_bytes()), (Side::Server, answer)];
        (format!("proxy {proxy}, server {port}"), proxy, opening)
    });
    assert_shown(wireshark, &tunnels);
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn after_socks() {
    let wireshark = wireshark();
    let mut tunnels = Vec::new();
    // On ports 80 and 443 SOCKS calls HTTP and TLS only.
    for port in [8000_u16, 18_000] {
        let [high, low] = port.to_be_bytes();
        let address = [&SERVER[..], &[high, low]].concat();
        let version_5 = vec![
            (Side::Client, vec![5, 1, 0]),
            (Side::Server, vec![5, 0]),
            (Side::Client, [&[5, 1, 0, 1][..], &address].concat()),
            (Side::Server, [&[5, 0, 0, 1][..], &address].concat()),
        ];
        tunnels.push((format!("SOCKS 5, server {port}"), 1080, version_5));
        let version_4 = vec![
            (
                Side::Client,
                [&[4, 1, high, low][..], &SERVER, b"me\0"].concat(),
            ),
            (Side::Server, [&[0, 90, high, low][..], &SERVER].concat()),
        ];
        tunnels.push((format!("SOCKS 4, server {port}"), 1080, version_4));
    }
    assert_shown(wireshark, &tunnels);
}

/// The messages that open a tunnel.
type Opening = Vec<(Side, Vec<u8>)>;

/// The proxy's port and the messages that open a tunnel to a server, for each protocol.
fn openings(address: [u8; 4], port: u16) -> Vec<(u16, Opening)> {
    let [high, low] = port.to_be_bytes();
    let end = [&address[..], &[high, low]].concat();
    let host = Ipv4Addr::from(address);
    let connect = format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n");
    let established = b"HTTP/1.1 200 Connection established\r\n\r\n".to_vec();
    vec![
        (
            8080,
            vec![
                (Side::Client, connect.into_bytes()),
                (Side::Server, established),
            ],
        ),
        (
            1080,
            vec![
                (Side::Client, vec![5, 1, 0]),
                (Side::Server, vec![5, 0]),
                (Side::Client, [&[5, 1, 0, 1][..], &end].concat()),
                (Side::Server, [&[5, 0, 0, 1][..], &end].concat()),
            ],
        ),
        (
            1080,
            vec![
                (
                    Side::Client,
                    [&[4, 1, high, low][..], &address, b"me\0"].concat(),
                ),
                (Side::Server, [&[0, 90, high, low][..], &address].concat()),
            ],
        ),
    ]
}

/// XFR refers to a server behind a proxy, although the proxy's address is another one.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn msn_transfers_are_followed_through_tunnels() {
    let wireshark = wireshark();
    let server = [203, 0, 113, 9];
    let lines = |capture: &mut Capture, tcp, lines: &[(Side, &str)]| {
        for (side, line) in lines {
            capture.send(tcp, *side, format!("{line}\r\n").as_bytes());
        }
    };
    for host in ["203.0.113.9", "ns.example.com"] {
        for (way, (proxy_port, opening)) in openings(server, 1863).into_iter().enumerate() {
            let mut capture = Capture::new();
            let xfr = format!("XFR 3 NS {host}:1863 0 203.0.113.8:1863");
            let dispatch = [
                (Side::Client, "VER 1 MSNP9 CVR0"),
                (Side::Server, "VER 1 MSNP9"),
                (Side::Client, "USR 3 TWN I alice@example.com"),
                (Side::Server, &*xfr),
            ];
            let notification = [
                (Side::Client, "VER 4 MSNP9 CVR0"),
                (Side::Server, "VER 4 MSNP9"),
                (Side::Client, "XFR 5 SB"),
                (Side::Server, "XFR 5 SB 203.0.113.9:1863 CKI 17262740.1"),
            ];
            let board = [
                (Side::Client, "USR 1 alice@example.com 17262740.1"),
                (Side::Server, "USR 1 OK alice@example.com Alice"),
            ];
            for (index, talk) in [&dispatch[..], &notification, &board]
                .into_iter()
                .enumerate()
            {
                let client = (CLIENT.0, CLIENT.1 + index as u16);
                let tcp = capture.connect(client, proxy(proxy_port));
                for (side, bytes) in &opening {
                    capture.send(tcp, *side, bytes);
                }
                lines(&mut capture, tcp, talk);
                capture.close(tcp);
            }
            let path = wireshark.write("xfr.pcap", &capture);
            let what = format!("{host}, way {way}");
            for options in [&[][..], &["-2"]] {
                let fields = [
                    "msnms.setup.frame",
                    "msnms.setup.connection",
                    "msnms.session.account",
                ];
                let shown = wireshark.columns(&path, "msnms", fields, options);
                let [announced, begins, accounts] = shown;
                assert_eq!(announced.len(), 6, "{what} {options:?}");
                let accounts = accounts.iter().filter(|one| *one == "alice@example.com");
                assert!(accounts.count() >= 8, "{what}");
                // Only the second pass knows later connections.
                if !options.is_empty() {
                    assert_eq!(begins.len(), 2, "{what}");
                }
            }
        }
    }
}
