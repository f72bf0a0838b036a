//! The commands shown do not depend on how TCP segments the stream.

use std::path::Path;

use serde_json::Value;

use crate::harness::{corpus, msn_pdus, wireshark, MsnPdu, Wireshark};
use test_support::capture::{Capture, Endpoint, Side};
use test_support::samples::sample as built;
use test_support::samples::streams::{connections, recut};

/// The sender, and the bytes sent at one time.
type Chunk = (Side, Vec<u8>);

/// One connection of a session.
struct Connection {
    name: String,
    chunks: Vec<Chunk>,
}

/// How a connection is split into segments.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Cut {
    AsSent,
    Coalesced,
    Every(usize),
}

fn sessions() -> Vec<Connection> {
    let path = corpus("msn-sessions.json");
    let text = std::fs::read_to_string(path).expect("the sessions");
    let sessions: Value = serde_json::from_str(&text).expect("JSON");
    let mut connections: Vec<Connection> = Vec::new();
    for session in sessions.as_array().expect("a list") {
        for message in session["messages"].as_array().expect("messages") {
            let name = format!("{} {}", session["id"], message["conn"]);
            let side = if message["dir"] == "client" {
                Side::Client
            } else {
                Side::Server
            };
            let chunk = (side, bytes(message["hex"].as_str().expect("hex")));
            match connections.iter_mut().find(|c| c.name == name) {
                Some(connection) => connection.chunks.push(chunk),
                None => connections.push(Connection {
                    name,
                    chunks: vec![chunk],
                }),
            }
        }
    }
    connections
}

/// The documented sessions of MSNP, as they were sent.
pub fn sessions_as_sent() -> Capture {
    let mut connections = sessions();
    connections.retain(Connection::is_msnp);
    capture(&connections, Cut::AsSent)
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex"))
        .collect()
}

impl Connection {
    /// Whether it is MSNP over TCP, not HTTP or a file transfer.
    fn is_msnp(&self) -> bool {
        let first = &self.chunks[0].1;
        let other: [&[u8]; 3] = [b"POST ", b"CONNECT ", b"VER MSNFTP"];
        !other.iter().any(|start| first.starts_with(start))
            && first.iter().take(3).all(u8::is_ascii_alphanumeric)
    }

    fn cut(&self, cut: Cut) -> Vec<Chunk> {
        if cut == Cut::AsSent {
            return self.chunks.clone();
        }
        let mut runs: Vec<Chunk> = Vec::new();
        for (side, data) in &self.chunks {
            match runs.last_mut() {
                Some((last, run)) if last == side => run.extend_from_slice(data),
                _ => runs.push((*side, data.clone())),
            }
        }
        runs
    }
}

/// All connections in one capture, each from another client port.
fn capture(connections: &[Connection], cut: Cut) -> Capture {
    let mut capture = Capture::new();
    for (index, connection) in connections.iter().enumerate() {
        let client: Endpoint = ([192, 0, 2, 1].into(), 20_000 + index as u16);
        let tcp = capture.connect(client, ([198, 51, 100, 1].into(), 1863));
        for (side, data) in connection.cut(cut) {
            match cut {
                Cut::Every(size) => capture.send_cut(tcp, side, &data, size),
                _ => capture.send(tcp, side, &data),
            };
        }
    }
    capture
}

fn shown(wireshark: &Wireshark, path: &Path, options: &[&str]) -> Vec<Vec<MsnPdu>> {
    msn_pdus(&wireshark.json(path, "msnms", options))
        .into_values()
        .collect()
}

#[test]
#[ignore = "needs Wireshark with the plugin, and IMSHARK_CORPUS"]
fn sessions_of_the_corpus_do_not_depend_on_segmentation() {
    let wireshark = wireshark();
    let mut connections = sessions();
    connections.retain(Connection::is_msnp);
    assert!(connections.len() >= 13, "{} connections", connections.len());
    let path = wireshark.write("as-sent.pcap", &capture(&connections, Cut::AsSent));
    let expected = shown(wireshark, &path, &[]);
    let total: usize = expected.iter().map(Vec::len).sum();
    assert!(total > 230, "only {total} commands");
    let unread = expected
        .iter()
        .flatten()
        .filter(|pdu| pdu.line.is_empty())
        .count();
    assert_eq!(unread, 0, "bytes that are no command");
    for cut in [Cut::Coalesced, Cut::Every(1), Cut::Every(7), Cut::Every(60)] {
        let path = wireshark.write("cut.pcap", &capture(&connections, cut));
        assert_eq!(shown(wireshark, &path, &[]), expected, "{cut:?}");
        if cut == Cut::Every(7) {
            assert_eq!(
                shown(wireshark, &path, &["-2"]),
                expected,
                "{cut:?} in two passes"
            );
        }
    }
}

/// Recognised from the first segment on, even if it holds only the length.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn qq_frames_do_not_depend_on_segmentation() {
    let wireshark = wireshark();
    let mut connections = connections(&built("qq-tcp"));
    // The last one has gaps.
    connections.pop();
    let shown = |size: usize| {
        let path = wireshark.write("qq.pcap", &recut(&connections, 443, size));
        [&[][..], &["-2"]].map(|options| wireshark.values(&path, "oicq", "oicq.seq", options))
    };
    let [expected, again] = shown(1400);
    assert!(expected.len() > 20, "{expected:?}");
    assert_eq!(again, expected);
    let all = |lines: &[String]| lines.join(",");
    for size in [1, 2, 3, 7, 17] {
        for found in shown(size) {
            assert_eq!(all(&found), all(&expected), "{size} bytes each");
        }
    }
}
