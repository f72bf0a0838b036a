//! Streams that were claimed as QQ and are returned to their owner's dissector.

use std::net::Ipv4Addr;

use crate::harness::wireshark;
use crate::tunnels::keep_alive;
use test_support::capture::{Capture, Endpoint, Side};

const CLIENT: Endpoint = (Ipv4Addr::new(192, 0, 2, 121), 49_201);

/// A QQ frame, then HTTP: first it is taken for the rest of a frame after a gap in the
/// capture, then the stream is returned to HTTP. On a port that both share, a later QQ
/// frame is still recognised; elsewhere HTTP's heuristic claims the whole connection.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn other_bytes_return_the_stream_to_its_owner() {
    let wireshark = wireshark();
    for (port, frames) in [(80, 2), (8000, 1)] {
        let mut capture = Capture::new();
        let tcp = capture.connect(CLIENT, (Ipv4Addr::new(203, 0, 113, 9), port));
        capture.send(tcp, Side::Client, &keep_alive(Side::Client, 1));
        for number in 0..20 {
            let request = format!("GET /{number} HTTP/1.1\r\nHost: example.com\r\n\r\n");
            capture.send(tcp, Side::Client, request.as_bytes());
            let answer = b"HTTP/1.1 204 No Content\r\n\r\n";
            capture.send(tcp, Side::Server, answer);
        }
        capture.send(tcp, Side::Client, &keep_alive(Side::Client, 2));
        capture.close(tcp);
        let path = wireshark.write("returned.pcap", &capture);
        for options in [&[][..], &["-2"]] {
            let what = format!("port {port} {options:?}");
            let fields = ["oicq.qqid", "oicq.resync"];
            let [numbers, resyncs] = wireshark.columns(&path, "oicq", fields, options);
            let requests = wireshark.values(&path, "http.request", "http.request.uri", options);
            assert_eq!(numbers, vec!["12345678"; frames], "{what}");
            assert_eq!(resyncs.len(), 8, "{what}");
            let expected: Vec<String> = (4..20).map(|number| format!("/{number}")).collect();
            assert_eq!(requests, expected, "{what}");
        }
    }
}

/// A QQ frame in two segments, on a stream that was returned to HTTP, with and without
/// TCP reassembly: it is recognised as on a new stream.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn a_split_frame_claims_the_stream_again() {
    let wireshark = wireshark();
    let mut capture = Capture::new();
    let tcp = capture.connect(CLIENT, (Ipv4Addr::new(203, 0, 113, 10), 80));
    capture.send(tcp, Side::Client, &keep_alive(Side::Client, 1));
    for number in 0..10 {
        let request = format!("GET /{number} HTTP/1.1\r\nHost: example.com\r\n\r\n");
        capture.send(tcp, Side::Client, request.as_bytes());
    }
    capture.send_cut(tcp, Side::Client, &keep_alive(Side::Client, 2), 30);
    capture.send(tcp, Side::Client, &keep_alive(Side::Client, 3));
    capture.close(tcp);
    let path = wireshark.write("returned-split.pcap", &capture);
    for (desegments, fragments) in [("TRUE", 0), ("FALSE", 1)] {
        let preference = format!("tcp.desegment_tcp_streams:{desegments}");
        for passes in [&[][..], &["-2"]] {
            let options = [&["-o", &preference][..], passes].concat();
            let fields = ["oicq.qqid", "oicq.resync", "oicq.fragment"];
            let [numbers, resyncs, rests] = wireshark.columns(&path, "oicq", fields, &options);
            let requests = wireshark.values(&path, "http.request", "http.request.uri", &options);
            assert_eq!(numbers, ["12345678"; 3], "{options:?}");
            assert_eq!(resyncs.len(), 8, "{options:?}");
            assert_eq!(rests.len(), fragments, "{options:?}");
            assert_eq!(requests, ["/8", "/9"], "{options:?}");
        }
    }
}

/// The user's choice takes precedence.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn decode_as_keeps_the_stream() {
    let wireshark = wireshark();
    let mut capture = Capture::new();
    let tcp = capture.connect(CLIENT, (Ipv4Addr::new(203, 0, 113, 11), 9997));
    capture.send(tcp, Side::Client, &keep_alive(Side::Client, 1));
    for number in 0..20 {
        capture.send(tcp, Side::Server, format!("line {number}\r\n").as_bytes());
    }
    capture.send(tcp, Side::Client, &keep_alive(Side::Client, 2));
    capture.close(tcp);
    let path = wireshark.write("returned-chosen.pcap", &capture);
    for (rule, resyncs) in [(&[][..], 8), (&["-d", "tcp.port==9997,oicq"], 20)] {
        assert_eq!(
            wireshark
                .values(&path, "oicq.resync", "frame.number", rule)
                .len(),
            resyncs
        );
        assert_eq!(wireshark.count(&path, "oicq.qqid"), 2);
    }
}
