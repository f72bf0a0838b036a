//! MSN in HTTP, over TCP and in TLS: imshark adds its items, and nothing else.

use std::path::{Path, PathBuf};

use crate::harness::{sample, wireshark, Wireshark};
use crate::support::capture::{Capture, Endpoint, Side};
use crate::support::samples::passport;
use crate::support::tls::Tls;

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

/// A poll and its response.
fn polled(wireshark: &Wireshark, port: u16) -> PathBuf {
    let mut capture = Capture::new();
    let tcp = capture.connect(CLIENT, server(port));
    capture.send(tcp, Side::Client, POLL.as_bytes());
    capture.send(tcp, Side::Server, EMPTY.as_bytes());
    capture.send(tcp, Side::Client, POLL.as_bytes());
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
    for port in [80, 3128, 8080, 9090] {
        let path = polled(wireshark, port);
        assert_eq!(session_ids(wireshark, &path, &[]), all, "{port}");
        assert_eq!(session_ids(wireshark, &path, &["-2"]), all, "{port}");
    }
    let path = polled(wireshark, 8081);
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
    for port in [80, 8080, 9090] {
        let path = polled(wireshark, port);
        for off in OFF {
            assert!(session_ids(wireshark, &path, off).is_empty(), "{port}");
            let found = wireshark.values(&path, "http", "frame.number", off);
            assert_eq!(found.len(), 3, "{port} {off:?}");
        }
        let off = ["--disable-protocol", "http"];
        let found = wireshark.values(&path, "http || msnms", "frame.number", &off);
        assert!(found.is_empty(), "{port}: {found:?}");
    }
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
        polled(wireshark, 80),
        polled(wireshark, 9090),
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
        let shown = |field: &str| wireshark.values(&path, "msnms", field, &options);
        let what = format!("port {port}, {alpn:?}, heuristic {heuristic}");
        let names = shown("msnms.passport.sign_in");
        assert_eq!(names, ["alice@example.com"; 3], "{what}");
        assert_eq!(
            shown("msnms.passport.status"),
            ["failed", "redir", "success"],
            "{what}"
        );
        assert_eq!(shown("msnms.passport.ticket"), [passport::TICKET], "{what}");
        let issued = wireshark.values(&path, "msnms.passport.ticket", "frame.number", &options);
        assert_eq!(shown("msnms.passport.ticket.issued_in"), issued, "{what}");
        options.push("-2");
        let uses = wireshark.values(&path, "msnms.cmd", "frame.number", &options);
        let used_in = "msnms.passport.ticket.used_in";
        let found = wireshark.values(&path, "msnms", used_in, &options);
        assert_eq!(found, uses, "{what}");
        let stacks = wireshark.values(&path, "http", "frame.protocols", &options);
        assert_eq!(stacks.len(), 8, "{what}");
        assert!(
            stacks.iter().all(|s| s.ends_with(":tls:http")
                || s.ends_with(":tls:http:data-text-lines")
                || s.ends_with(":tls:http:xml")),
            "{stacks:?}"
        );
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
