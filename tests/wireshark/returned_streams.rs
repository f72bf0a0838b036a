//! Streams that were QQ's once, and are not any more.

use std::net::Ipv4Addr;

use crate::harness::wireshark;
use crate::support::capture::{Capture, Endpoint, Side};
use crate::tunnels::keep_alive;

const CLIENT: Endpoint = (Ipv4Addr::new(192, 0, 2, 121), 49_201);

/// A frame of QQ, then HTTP: first it is taken for what a gap in the capture leaves over of
/// QQ's stream, and then left to HTTP. On the port of both a frame of QQ is still one;
/// elsewhere HTTP's heuristic takes the whole connection.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn what_is_not_qq_goes_to_whom_it_belongs() {
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
        let path = wireshark.write("given-back.pcap", &capture);
        for options in [&[][..], &["-2"]] {
            let what = format!("port {port} {options:?}");
            let numbers = wireshark.values(&path, "oicq.qqid", "oicq.qqid", options);
            assert_eq!(numbers, vec!["12345678"; frames], "{what}");
            let strays = wireshark.values(&path, "oicq.resync", "frame.number", options);
            assert_eq!(strays.len(), 8, "{what}");
            let requests = wireshark.values(&path, "http.request", "http.request.uri", options);
            let expected: Vec<String> = (4..20).map(|number| format!("/{number}")).collect();
            assert_eq!(requests, expected, "{what}");
        }
    }
}

/// A frame of QQ in two segments, on a stream that was left to HTTP, with and without TCP
/// putting segments together: it is seen as it would be on a new stream.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn a_split_frame_takes_the_stream_back() {
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
    let path = wireshark.write("given-back-split.pcap", &capture);
    for (desegments, fragments) in [("TRUE", 0), ("FALSE", 1)] {
        let preference = format!("tcp.desegment_tcp_streams:{desegments}");
        for passes in [&[][..], &["-2"]] {
            let options = [&["-o", &preference][..], passes].concat();
            let numbers = wireshark.values(&path, "oicq.qqid", "oicq.qqid", &options);
            assert_eq!(numbers, ["12345678"; 3], "{options:?}");
            let strays = wireshark.values(&path, "oicq.resync", "frame.number", &options);
            assert_eq!(strays.len(), 8, "{options:?}");
            let rests = wireshark.values(&path, "oicq.fragment", "oicq.fragment", &options);
            assert_eq!(rests.len(), fragments, "{options:?}");
            let requests = wireshark.values(&path, "http.request", "http.request.uri", &options);
            assert_eq!(requests, ["/8", "/9"], "{options:?}");
        }
    }
}

/// The user knows better.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn what_decode_as_has_made_qq_stays_so() {
    let wireshark = wireshark();
    let mut capture = Capture::new();
    let tcp = capture.connect(CLIENT, (Ipv4Addr::new(203, 0, 113, 11), 9997));
    capture.send(tcp, Side::Client, &keep_alive(Side::Client, 1));
    for number in 0..20 {
        capture.send(tcp, Side::Server, format!("line {number}\r\n").as_bytes());
    }
    capture.send(tcp, Side::Client, &keep_alive(Side::Client, 2));
    capture.close(tcp);
    let path = wireshark.write("given-back-chosen.pcap", &capture);
    for (rule, strays) in [(&[][..], 8), (&["-d", "tcp.port==9997,oicq"], 20)] {
        assert_eq!(
            wireshark
                .values(&path, "oicq.resync", "frame.number", rule)
                .len(),
            strays
        );
        assert_eq!(wireshark.count(&path, "oicq.qqid"), 2);
    }
}
