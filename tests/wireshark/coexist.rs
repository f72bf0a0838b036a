//! imshark beside Wireshark's own dissectors: ports, preferences, Decode As.

use std::path::Path;

use crate::harness::{sample, wireshark, Wireshark};
use test_support::capture::{Capture, Endpoint, Side};
use test_support::samples::SplitMix64;

const CLIENT: Endpoint = (std::net::Ipv4Addr::new(192, 0, 2, 7), 1025);

fn server(port: u16) -> Endpoint {
    ([198, 51, 100, 9].into(), port)
}

/// One line that no heuristic recognises as MSNP, on a port of its own.
fn weak_line(wireshark: &Wireshark, port: u16) -> std::path::PathBuf {
    let mut capture = Capture::new();
    let tcp = capture.connect(CLIENT, server(port));
    capture.send(tcp, Side::Client, b"PNG\r\n");
    wireshark.write("weak.pcap", &capture)
}

fn commands(wireshark: &Wireshark, path: &Path, options: &[&str]) -> Vec<String> {
    wireshark.values(path, "msnms", "msnms.cmd", options)
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn decode_as_selects_our_dissector() {
    let wireshark = wireshark();
    let path = weak_line(wireshark, 9999);
    assert!(commands(wireshark, &path, &[]).is_empty());
    let decoded = commands(wireshark, &path, &["-d", "tcp.port==9999,msnms"]);
    assert_eq!(decoded, ["PNG"]);
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn decode_as_selects_qq_over_tcp() {
    let wireshark = wireshark();
    let mut capture = Capture::new();
    let tcp = capture.connect(CLIENT, server(9998));
    // No known client has version 0x7e01, so no heuristic recognises it.
    let frame =
        b"\x00\x21\x02\x7e\x01\x00\x58\x00\x01\x00\xbc\x61\x4e\x00\x00\x00abcdefghijklmnop\x03";
    capture.send(tcp, Side::Server, frame);
    let path = wireshark.write("qq.pcap", &capture);
    assert_eq!(wireshark.count(&path, "oicq"), 0);
    let rule = ["-d", "tcp.port==9998,oicq"];
    let versions = wireshark.values(&path, "oicq", "oicq.version", &rule);
    assert_eq!(versions.len(), 1);
    assert!(versions[0].ends_with("7e01"), "{versions:?}");
}

/// Before 4.0 such a preference takes a single port on the command line.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn a_port_preference_is_honoured() {
    let wireshark = wireshark();
    let path = weak_line(wireshark, 9999);
    let own = ["-o", "msnms.tcp.port:9999"];
    assert_eq!(commands(wireshark, &path, &own), ["PNG"]);
    if wireshark
        .tool("tshark", &["-o", "msnms.tcp.port:1863,9999", "-v"])
        .code
        == Some(0)
    {
        let both = ["-o", "msnms.tcp.port:1863,9999"];
        assert_eq!(commands(wireshark, &path, &both), ["PNG"]);
        let usual = weak_line(wireshark, 1863);
        assert_eq!(commands(wireshark, &usual, &both), ["PNG"]);
    }
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn the_builtin_view_is_that_without_the_plugin() {
    let wireshark = wireshark();
    for (name, protocol, option) in [
        ("msn.pcap", "msnms", "msnms.builtin_view:TRUE"),
        ("qq.pcap", "oicq", "oicq.builtin_view:TRUE"),
    ] {
        let path = sample(name);
        let path = path.to_string_lossy();
        let show = ["-r", &path, "-O", protocol, "-Y", protocol];
        let with = wireshark.tshark(&[&show[..], &["-o", option]].concat());
        let bare = wireshark.bare_tshark(&show);
        assert!(with.len() > 1000, "{with}");
        assert_eq!(with, bare.stdout, "{name}");
        assert_ne!(wireshark.tshark(&show), bare.stdout, "{name}");
    }
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn a_disabled_protocol_is_not_shown() {
    let wireshark = wireshark();
    for (name, protocol) in [
        ("msn.pcap", "msnms"),
        ("qq.pcap", "oicq"),
        ("qq-tcp.pcap", "oicq"),
        ("msn-p2p.pcap", "msnp2p"),
        ("msn-p2p.pcap", "msnslp"),
        ("msn-ftp.pcap", "msnftp"),
    ] {
        let path = sample(name);
        assert!(wireshark.count(&path, protocol) > 0, "{name}");
        let off = ["--disable-protocol", protocol];
        let left = wireshark.values(&path, protocol, "frame.number", &off);
        assert!(left.is_empty(), "{name}: {left:?}");
    }
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn a_disabled_heuristic_leaves_other_ports_alone() {
    let wireshark = wireshark();
    let path = sample("msn-edges.pcap");
    let on = wireshark.values(&path, "msnms && tcp.port == 5555", "frame.number", &[]);
    assert!(!on.is_empty());
    let off = ["--disable-heuristic", "msnms_tcp"];
    let left = wireshark.values(&path, "msnms && tcp.port == 5555", "frame.number", &off);
    assert!(left.is_empty(), "{left:?}");
}

/// XFR and RNG announce the switchboard.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn an_announced_connection_needs_no_heuristic() {
    let wireshark = wireshark();
    let path = sample("msn.pcap");
    let filter = "msnms && tcp.port == 1864";
    let on = wireshark.values(&path, filter, "frame.number", &[]);
    assert!(!on.is_empty());
    let off = ["--disable-heuristic", "msnms_tcp"];
    assert_eq!(wireshark.values(&path, filter, "frame.number", &off), on);
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn old_filters_of_oicq_still_work() {
    let wireshark = wireshark();
    let path = sample("qq.pcap");
    for filter in [
        "oicq.flag == 2",
        "oicq.version == 0x3420",
        "oicq.command == 88",
        "oicq.seq > 0",
        "oicq.qqid == 12345678",
        "oicq.data",
    ] {
        assert!(wireshark.count(&path, filter) > 0, "{filter}");
    }
}

/// QQ on port 4000 begins like ICQ; ICQ packets stay ICQ.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn port_4000_is_shared_with_icq() {
    let wireshark = wireshark();
    let path = sample("qq-edges.pcap");
    assert!(wireshark.count(&path, "udp.port == 4000 && oicq") > 0);
    assert!(wireshark.count(&path, "udp.port == 4000 && icq") > 0);
    let protocols = wireshark.values(&path, "icq || oicq", "frame.protocols", &[]);
    for stack in &protocols {
        assert!(
            ["eth:ethertype:ip:udp:icq", "eth:ethertype:ip:udp:oicq"].contains(&stack.as_str()),
            "{stack}"
        );
    }
    let icq = ["-Y", "icq", "-T", "fields", "-e", "frame.number"];
    let path = path.to_string_lossy();
    let show = [&["-r", &*path], &icq[..]].concat();
    let bare = wireshark.bare_tshark(&show).stdout;
    assert!(bare.lines().count() > 0);
    for options in [&[][..], &["-2"], &["-o", "oicq.share_ports:FALSE"]] {
        let with = wireshark.tshark(&[&show[..], options].concat());
        assert_eq!(with, bare, "{options:?}");
    }
}

/// On the ports that QQ shares with them, TLS and HTTP reassemble as before.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn http_still_reassembles() {
    let wireshark = wireshark();
    let mut capture = Capture::new();
    let tcp = capture.connect(CLIENT, server(80));
    let body = "x".repeat(500);
    let request =
        format!("POST /a HTTP/1.1\r\nHost: example.com\r\nContent-Length: 500\r\n\r\n{body}");
    capture.send_cut(tcp, Side::Client, request.as_bytes(), 100);
    let path = wireshark.write("http.pcap", &capture);
    let methods = wireshark.values(&path, "http", "http.request.method", &[]);
    assert_eq!(methods, ["POST"]);
    let lengths = wireshark.values(&path, "http", "http.file_data", &[]);
    assert_eq!(lengths.len(), 1);
    let stack = wireshark.values(&path, "http", "frame.protocols", &[]);
    assert!(
        stack[0].starts_with("eth:ethertype:ip:tcp:http"),
        "{stack:?}"
    );
}

/// Other dissectors bind their ports again when the user changes a preference.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn shared_ports_survive_preferences_of_their_owners() {
    let wireshark = wireshark();
    let path = sample("qq-tcp.pcap");
    let shared = "oicq && (tcp.port == 443 || tcp.port == 80)";
    let before = wireshark.values(&path, shared, "frame.number", &[]);
    assert!(before.len() > 5);
    let changed = ["-o", "http.desegment_body:FALSE"];
    let after = wireshark.values(&path, shared, "frame.number", &changed);
    assert_eq!(after, before);
}

/// A port that the user gave to another protocol by Decode As is not examined.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn decode_as_excludes_a_shared_port() {
    let wireshark = wireshark();
    let path = sample("qq-tcp.pcap");
    let filter = "oicq && tcp.port == 80";
    assert!(wireshark.count(&path, filter) > 0);
    let rule = ["-d", "tcp.port==80,tls"];
    let left = wireshark.values(&path, filter, "frame.number", &rule);
    assert!(left.is_empty(), "{left:?}");
}

/// Statistics and filters on any expert info ask for no field of ours.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn protocols_are_found_without_their_fields() {
    let wireshark = wireshark();
    for (name, protocol) in [("msn.pcap", "msnms"), ("qq.pcap", "oicq")] {
        let path = sample(name);
        let hierarchy = wireshark.tshark(&["-q", "-z", "io,phs", "-r", &path.to_string_lossy()]);
        assert!(hierarchy.contains(protocol), "{hierarchy}");
    }
    let path = sample("msn-errors.pcap");
    let any = wireshark.count(&path, "_ws.expert && tcp.len > 0");
    assert!(any > 0);
    assert_eq!(any, wireshark.count(&path, "_ws.expert && msnms"));
}

/// Devices that frame text by STX and ETX are not QQ: what the dissector rejects is shown
/// as data.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn text_between_02_and_03_is_not_qq() {
    let wireshark = wireshark();
    let mut capture = Capture::new();
    let mut random = SplitMix64::new(8000);
    let mut texts = vec![
        b"\x02100,23.5,OK\x03".to_vec(),
        b"\x02STATUS 1 READY\x03".to_vec(),
        b"\x02\x03".to_vec(),
        b"\x02".to_vec(),
        b"hello".to_vec(),
    ];
    texts.extend((0..50).map(|number| {
        let head = [2, 0x10 + number % 16, number, 0, number];
        [&head[..], &random.bytes(20), b"\x03"].concat()
    }));
    for text in &texts {
        capture.udp(CLIENT, server(8000), text);
        capture.udp(server(8000), CLIENT, text);
    }
    let path = wireshark.write("stx.pcap", &capture);
    for options in [&[][..], &["-2"]] {
        let stacks = wireshark.values(&path, "frame", "frame.protocols", options);
        let bytes = vec!["eth:ethertype:ip:udp:data"; 2 * texts.len()];
        assert_eq!(stacks, bytes, "{options:?}");
    }
}

/// Packets rejected on the ports of MSN and QQ are not shown as by the built-in
/// dissectors; other dissectors recognise them as on any port.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn rejected_packets_are_data_or_of_another_protocol() {
    let wireshark = wireshark();
    let stun = b"\0\x01\0\0\x21\x12\xa4\x42abcdefghijkl";
    let mut capture = Capture::new();
    capture.udp(CLIENT, server(8000), stun);
    capture.udp(CLIENT, server(8000), b"hello");
    for text in [
        &b"hello, world\r\n"[..],
        b"\x01\x02\x03\x04",
        b"+OK ready\r\n",
    ] {
        let client = (CLIENT.0, CLIENT.1 + text.len() as u16);
        let tcp = capture.connect(client, server(1863));
        capture.send(tcp, Side::Client, text);
    }
    let path = wireshark.write("rejected.pcap", &capture);
    for options in [&[][..], &["-2"]] {
        let filter = "udp or tcp.len > 0";
        let stacks = wireshark.values(&path, filter, "frame.protocols", options);
        let ends: Vec<_> = stacks
            .iter()
            .map(|stack| stack.split_once(":ip:").map_or("", |pair| pair.1))
            .collect();
        let expected = ["udp:stun", "udp:data", "tcp:data", "tcp:data", "tcp:data"];
        assert_eq!(ends, expected, "{options:?}");
    }
}

/// QQ over TCP begins with a byte 00, which is also a keep-alive of any protocol.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn a_keep_alive_byte_is_not_qq() {
    let wireshark = wireshark();
    let record = b"\x17\x03\x03\x00\x05hello";
    let mut capture = Capture::new();
    let midstream = capture.midstream(CLIENT, server(443));
    capture.send(midstream, Side::Client, b"\0");
    capture.send(midstream, Side::Client, record);
    let other = (CLIENT.0, 1026);
    let whole = capture.connect(other, server(443));
    for data in [&record[..], b"\0", record] {
        capture.send(whole, Side::Client, data);
    }
    let path = wireshark.write("alive.pcap", &capture);
    let path = path.to_string_lossy();
    for options in [&[][..], &["-2"]] {
        let show = [&["-r", &*path, "-V"], options].concat();
        let (with, bare) = (wireshark.tshark(&show), wireshark.bare_tshark(&show).stdout);
        assert!(bare.contains("Application Data"), "{bare}");
        assert_eq!(with, bare, "{options:?}");
    }
}
