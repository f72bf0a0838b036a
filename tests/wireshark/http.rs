//! MSN in HTTP, over TCP and in TLS: imshark adds its items, and nothing else.

use std::path::{Path, PathBuf};

use crate::harness::{sample, wireshark, Wireshark};
use test_support::capture::{Capture, Endpoint, Side};
use test_support::samples::passport;
use test_support::tls::Tls;

const CLIENT: Endpoint = (std::net::Ipv4Addr::new(192, 0, 2, 7), 1025);
const POLL: &str =
    "POST http://gateway.example.com/gateway/gateway.dll?Action=poll&SessionID=1.2 HTTP/1.1\r\n\
    Host: gateway.example.com\r\nContent-Length: 0\r\n\r\n";
const EMPTY: &str = "HTTP/1.0 200 OK\r\nX-MSN-Messenger: SessionID=1.3; GW-IP=192.0.2.1\r\n\
    Content-Length: 0\r\n\r\n";
const OFF: [&[&str]; 2] = [
    &["--disable-protocol", "msnms"],
    &["-o", "msnms.builtin_view:TRUE"],
];

fn server(port: u16) -> Endpoint {
    ([198, 51, 100, 9].into(), port)
}

/// A poll, its response and another poll on each port.
fn polled(wireshark: &Wireshark, ports: &[u16]) -> PathBuf {
    let mut capture = Capture::new();
    for port in ports {
        let tcp = capture.connect(CLIENT, server(*port));
        capture.send(tcp, Side::Client, POLL.as_bytes());
        capture.send(tcp, Side::Server, EMPTY.as_bytes());
        capture.send(tcp, Side::Client, POLL.as_bytes());
    }
    wireshark.write("polled.pcap", &capture)
}

fn session_ids(wireshark: &Wireshark, path: &Path, options: &[&str]) -> Vec<String> {
    wireshark.values(path, "http && msnms", "msnms.gateway.session_id", options)
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn messages_without_a_body_are_shown_on_every_port_of_http() {
    let wireshark = wireshark();
    let all = ["1.2", "1.3", "1.2"];
    // 9090 is not a port of HTTP; its heuristic recognises it.
    let ports = [80, 3128, 8080, 9090];
    let path = polled(wireshark, &ports);
    for pass in [&[][..], &["-2"]] {
        let field = ["msnms.gateway.session_id"];
        let streams = wireshark.columns_by_stream(&path, "http && msnms", field, pass);
        for (port, stream) in ports.iter().zip(0..) {
            assert_eq!(streams[&Some(stream)], [all], "{port} {pass:?}");
        }
    }
    let path = polled(wireshark, &[8081]);
    let no_heuristic = ["--disable-heuristic", "http_tcp"];
    assert!(session_ids(wireshark, &path, &no_heuristic).is_empty());
    for own in [["-o", "http.tcp.port:8081"], ["-d", "tcp.port==8081,http"]] {
        let options = [&no_heuristic[..], &own].concat();
        assert_eq!(session_ids(wireshark, &path, &options), all, "{own:?}");
    }
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn nothing_is_shown_when_msn_is_off() {
    let wireshark = wireshark();
    let ports = [80, 8080, 9090];
    let path = polled(wireshark, &ports);
    for off in OFF {
        assert!(session_ids(wireshark, &path, off).is_empty(), "{off:?}");
        let streams = wireshark.columns_by_stream(&path, "http", ["frame.number"], off);
        for (port, stream) in ports.iter().zip(0..) {
            assert_eq!(streams[&Some(stream)][0].len(), 3, "{port} {off:?}");
        }
    }
    let off = ["--disable-protocol", "http"];
    let found = wireshark.values(&path, "http || msnms", "frame.number", &off);
    assert!(found.is_empty(), "{found:?}");
}

/// The packet list and HTTP's tree line, by frame.
const LIST: [&str; 12] = [
    "-T",
    "fields",
    "-e",
    "frame.number",
    "-e",
    "frame.protocols",
    "-e",
    "_ws.col.Protocol",
    "-e",
    "_ws.col.Info",
    "-e",
    "http",
];

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn columns_and_layers_stay_those_of_http() {
    let wireshark = wireshark();
    for path in [
        sample("msn-http.pcap"),
        polled(wireshark, &[80]),
        polled(wireshark, &[9090]),
    ] {
        let path = path.to_string_lossy();
        // MSN bodies have columns of their own, or none if they are shown as XML.
        let show = [
            &["-r", &*path, "-Y", "http && !xml && !msnms.line"][..],
            &LIST,
        ]
        .concat();
        let with = wireshark.tshark(&show);
        let bare = [&["-r", &*path, "-Y", "http && !xml && !msnms"][..], &LIST].concat();
        let bare = wireshark.bare_tshark(&bare).stdout;
        assert!(bare.lines().count() >= 3, "{bare}");
        assert_eq!(with, bare, "{path}");
    }
}

fn assert_same(with: &str, bare: &str) {
    for (number, (with, bare)) in with.lines().zip(bare.lines()).enumerate() {
        assert_eq!(with, bare, "line {}", number + 1);
    }
    assert_eq!(with.len(), bare.len());
}

/// Whole trees of HTTP unrelated to MSN.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn other_http_is_left_alone() {
    let wireshark = wireshark();
    let mut capture = Capture::new();
    let body = "x".repeat(3000);
    for port in [80, 443, 8080, 9090] {
        let tcp = capture.connect(CLIENT, server(port));
        let get = "GET /passport.html?gateway.dll HTTP/1.1\r\nHost: www.example.com\r\n\
            Authorization: Basic YTpi\r\n\r\n";
        capture.send(tcp, Side::Client, [get, get].concat().as_bytes());
        let response = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Passport: 1\r\n\
             Content-Length: 3000\r\n\r\n{body}"
        );
        capture.send_cut(tcp, Side::Server, response.as_bytes(), 700);
        capture.send(tcp, Side::Server, b"HTTP/1.1 304 Not Modified\r\n\r\n");
        capture.send(tcp, Side::Client, b"POST / HTTP/1.1\r\nExpect: Passport");
        capture.close(tcp);
    }
    let path = wireshark.write("other.pcap", &capture);
    let show = ["-r", &*path.to_string_lossy(), "-V"];
    for options in [&[][..], &["-2"], &["-o", "http.desegment_body:FALSE"]] {
        let show = [&show[..], options].concat();
        let (with, bare) = (wireshark.tshark(&show), wireshark.bare_tshark(&show).stdout);
        assert!(with.len() > 10_000);
        assert_same(&with, &bare);
    }
}

/// A Passport login in TLS, and the file with its key.
fn tls_login(wireshark: &Wireshark, port: u16, alpn: Option<&str>) -> (PathBuf, String) {
    let mut capture = Capture::new();
    let tcp = capture.connect(CLIENT, server(port));
    let mut tls = Tls::open(&mut capture, tcp, alpn);
    for (side, message) in passport::messages() {
        tls.send(&mut capture, side, message.as_bytes());
    }
    let tcp = capture.connect(CLIENT, server(1863));
    let line = format!("USR 8 TWN S {}\r\n", passport::TICKET);
    capture.send(tcp, Side::Client, line.as_bytes());
    let keys = wireshark.file("keys.txt");
    std::fs::write(&keys, &tls.keylog).expect("the key log written");
    let path = wireshark.write("login.pcap", &capture);
    (path, format!("tls.keylog_file:{}", keys.display()))
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn passport_is_shown_in_decrypted_tls() {
    let wireshark = wireshark();
    let heuristics = wireshark.tshark(&["-G", "heuristic-decodes"]);
    let has_heuristic = heuristics.contains("tls\thttp\t");
    let no_heuristic = ["--disable-heuristic", "http_tls"];
    // By HTTP's heuristic, by port, by ALPN.
    for (port, alpn, heuristic) in [
        (443, None, true),
        (443, None, false),
        (443, Some("http/1.1"), true),
        (4443, Some("http/1.1"), false),
    ] {
        let (path, keys) = tls_login(wireshark, port, alpn);
        let mut options = vec!["-o", keys.as_str()];
        if !heuristic && has_heuristic {
            options.extend(no_heuristic);
        }
        let fields = [
            "frame.number",
            "frame.protocols",
            "msnms.cmd",
            "msnms.passport.sign_in",
            "msnms.passport.status",
            "msnms.passport.ticket",
            "msnms.passport.ticket.issued_in",
            "msnms.passport.ticket.used_in",
        ];
        let what = format!("port {port}, {alpn:?}, heuristic {heuristic}");
        for pass in [&[][..], &["-2"]] {
            let options = [&options[..], pass].concat();
            let rows = wireshark.rows(&path, "http || msnms", &fields, &options);
            let shown = |field: usize| -> Vec<_> { rows.iter().flat_map(|r| &r[field]).collect() };
            let frames = |field: usize| -> Vec<_> {
                let frames = rows.iter().filter(|row| !row[field].is_empty());
                frames.flat_map(|row| &row[0]).collect()
            };
            assert_eq!(shown(3), ["alice@example.com"; 3], "{what}");
            assert_eq!(shown(4), ["failed", "redir", "success"], "{what}");
            assert_eq!(shown(5), [passport::TICKET], "{what}");
            assert_eq!(shown(6), frames(5), "{what}");
            // Only the second pass knows later frames.
            if !pass.is_empty() {
                assert_eq!(shown(7), frames(2), "{what}");
            }
            let http = rows.iter().filter(|row| row[2].is_empty());
            let stacks: Vec<_> = http.map(|row| &row[1][0]).collect();
            assert_eq!(stacks.len(), 8, "{what}");
            assert!(
                stacks.iter().all(|s| s.ends_with(":tls:http")
                    || s.ends_with(":tls:http:data-text-lines")
                    || s.ends_with(":tls:http:xml")),
                "{stacks:?}"
            );
        }
        let (path, no_keys) = (&path, ["--disable-protocol", "oicq"]);
        assert!(wireshark
            .values(path, "http", "frame.number", &no_keys)
            .is_empty());
    }
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn tls_is_left_alone_when_msn_is_off() {
    let wireshark = wireshark();
    let (path, keys) = tls_login(wireshark, 443, None);
    let name = path.to_string_lossy();
    let show = ["-r", &*name, "-o", &keys, "-V", "-Y", "tls"];
    let bare = wireshark.bare_tshark(&show).stdout;
    assert!(bare.contains("Hypertext Transfer Protocol"));
    for off in OFF {
        assert_same(&wireshark.tshark(&[&show[..], off].concat()), &bare);
    }
}
