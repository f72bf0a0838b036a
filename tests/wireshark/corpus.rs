//! Measurements on captures of real traffic that are not part of the project.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::harness::{corpus, msn_pdus, wireshark, MsnPdu, Wireshark};

/// The captures in a folder, sorted.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|e| e == "pcap" || e == "pcapng" || e == "cap")
        })
        .collect();
    files.sort();
    files
}

#[test]
#[ignore = "needs Wireshark with the plugin, and IMSHARK_CORPUS"]
fn the_real_switchboard_chat() {
    let wireshark = wireshark();
    let folder = corpus("real/msn");
    let path = &files(&folder)[0];
    assert_eq!(wireshark.count(path, "msnms"), 25);
    let rows = wireshark.rows(path, "msnms.cmd", &["msnms.cmd"], &[]);
    for (command, count) in [("USR", 2), ("CAL", 2), ("JOI", 1), ("MSG", 20)] {
        let found = rows
            .iter()
            .filter(|row| row[0].iter().any(|one| one == command));
        assert_eq!(found.count(), count, "{command}");
    }
    assert_eq!(
        wireshark.count(path, "_ws.expert.severity >= 0x400000 && msnms"),
        0
    );
}

/// Every QQ packet is recognised, and no valid one has a warning.
#[test]
#[ignore = "needs Wireshark with the plugin, and IMSHARK_CORPUS"]
fn qq_equals_the_truth() {
    let wireshark = wireshark();
    let truth = corpus("truth.tsv");
    let folder = truth.parent().expect("the corpus").to_owned();
    let text = std::fs::read_to_string(&truth).expect("the truth");
    let mut rows = 0;
    for row in text.lines().skip(1) {
        let columns: Vec<_> = row.split('\t').collect();
        let path = folder.join(columns[0]);
        // The UDP heuristic is called again in every pass.
        for passes in [&[][..], &["-2"]] {
            let fields = ["tcp.stream", "oicq.command", "_ws.expert.severity"];
            let (mut datagrams, mut over_tcp) = (0, 0);
            for row in wireshark.rows(&path, "oicq", &fields, passes) {
                let [stream, commands, severities] = &row[..] else {
                    panic!("{row:?}");
                };
                let count = if stream.is_empty() {
                    &mut datagrams
                } else {
                    &mut over_tcp
                };
                *count += commands.len();
                let numbers = severities.iter().map(|one| one.parse::<u32>());
                let is_warned =
                    numbers.map(|one| one.expect("a number")).max() >= Some(0x0040_0000);
                assert!(!is_warned, "{} has warnings", columns[0]);
            }
            assert_eq!(
                [datagrams.to_string(), over_tcp.to_string()],
                [columns[1], columns[2]],
                "{} over UDP and TCP, {passes:?}",
                columns[0]
            );
        }
        rows += 1;
    }
    assert_eq!(rows, 13);
}

/// The values of each field of a frame.
type Row = Vec<Vec<String>>;

/// If both sides were captured, requests have replies and pushes acknowledgements; if
/// only one was, nothing is reported as missing.
#[test]
#[ignore = "needs Wireshark with the plugin, and IMSHARK_CORPUS"]
fn qq_replies_and_acknowledgements_are_linked() {
    let wireshark = wireshark();
    let folder = corpus("real/qq");
    let (mut replies, mut intervals) = (0, 0);
    for path in files(&folder) {
        let name = path.display();
        let fields = [
            "oicq.direction",
            "oicq.command",
            "oicq.probe",
            "oicq.retransmission",
            "oicq.response_in",
            "oicq.unanswered",
            "oicq.ack_to",
        ];
        let rows = wireshark.rows(&path, "oicq", &fields, &["-2"]);
        let is = |row: &Row, column: usize, value: &str| row[column].iter().any(|one| one == value);
        let has = |row: &Row, column: usize| !row[column].is_empty();
        let count = |which: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| which(row)).count();
        let is_request = |row: &Row| is(row, 0, "1");
        let is_acknowledgement =
            |row: &Row| is_request(row) && (is(row, 1, "23") || is(row, 1, "206"));
        let wants_reply =
            |row: &Row| is_request(row) && !is_acknowledgement(row) && !has(row, 2) && !has(row, 3);
        let asked = count(&wants_reply);
        let answered = count(&|row| wants_reply(row) && has(row, 4));
        if count(&is_request) == 0 || count(&|row| is(row, 0, "2")) == 0 {
            assert_eq!(count(&|row| has(row, 4) || has(row, 5)), 0, "{name}");
        } else {
            // One of the captures lacks every fifth packet.
            assert!(answered * 10 >= asked * 8, "{name}: {answered} of {asked}");
            let linked = count(&|row| is_acknowledgement(row) && has(row, 6));
            assert_eq!(linked, count(&is_acknowledgement), "{name}");
        }
        replies += answered;
        let field = "oicq.keepalive.interval";
        for interval in wireshark.values(&path, field, field, &[]) {
            let seconds: f64 = interval.parse().expect("seconds");
            assert!((59.0..61.0).contains(&seconds), "{name}: {seconds}");
            intervals += 1;
        }
    }
    assert!(replies > 200 && intervals > 3, "{replies}, {intervals}");
}

#[test]
#[ignore = "needs Wireshark with the plugin, and IMSHARK_CORPUS"]
fn a_lookalike_has_no_qq_number() {
    let wireshark = wireshark();
    let path = corpus("real/qq/hit-NKLCHV_6_udp.pcapng");
    assert_eq!(wireshark.count(&path, "frame.number == 1043"), 1);
    assert_eq!(
        wireshark.count(&path, "frame.number == 1043 && oicq.qqid"),
        0
    );
}

#[test]
#[ignore = "needs Wireshark with the plugin, and IMSHARK_CORPUS"]
fn tiny_datagrams_are_not_malformed() {
    let wireshark = wireshark();
    let path = corpus("built/udp8000-tiny-and-edge.pcap");
    // ICQ, which owns port 4000, reads two bytes of a one-byte datagram.
    let is_icqs = "udp.port == 4000 && udp.length == 9";
    assert_eq!(wireshark.count(&path, is_icqs), 1);
    let malformed = format!("_ws.malformed && !({is_icqs})");
    assert_eq!(wireshark.count(&path, &malformed), 0);
}

/// A gateway session, and polls without a body.
#[test]
#[ignore = "needs Wireshark with the plugin, and IMSHARK_CORPUS"]
fn the_gateway_in_full() {
    let wireshark = wireshark();
    let path = corpus("built/msn-http-gateway-hypothetic.pcap");
    let shown = |field: &str| wireshark.values(&path, "msnms", field, &["-2"]);
    assert_eq!(shown("msnms.cmd"), ["VER", "VER", "USR"]);
    assert_eq!(shown("msnms.gateway.action"), ["open", "open", "poll"]);
    assert_eq!(shown("msnms.gateway.server"), ["NS", "SB"]);
    // The first session's poll is in the connection of the second.
    assert_eq!(shown("msnms.gateway.stream"), ["0", "0", "1", "0", "0"]);
    assert_eq!(shown("msnms.response_in").len(), 1);
    assert_eq!(shown("msnms.response_to").len(), 1);
    let warned = wireshark.count(&path, "_ws.expert.severity >= 0x400000 && msnms");
    assert_eq!(warned, 0);
}

/// Exactly the PDUs that real servers and clients logged.
#[test]
#[ignore = "needs Wireshark with the plugin, and IMSHARK_CORPUS"]
fn live_sessions_equal_the_logs() {
    let wireshark = wireshark();
    let folder = corpus("live");
    let mut total = 0;
    for path in files(&folder) {
        total += live_session(wireshark, &path);
    }
    assert_eq!(total, 1975);
}

fn live_session(wireshark: &Wireshark, path: &Path) -> usize {
    let truth = path.with_extension("truth.json");
    let truth = std::fs::read_to_string(&truth).expect("a truth file");
    let truth: Value = serde_json::from_str(&truth).expect("JSON");
    for options in [&[][..], &["-2"]] {
        let mut found = msn_pdus(&wireshark.json(path, "msnms", options));
        for connection in truth["connections"].as_array().expect("connections") {
            if connection["role"] == "MSNFTP" {
                continue;
            }
            let client = connection["client_port"].as_u64().expect("a port");
            let server = connection["server_port"].as_u64().expect("a port");
            for (direction, flow) in [("c2s", (client, server)), ("s2c", (server, client))] {
                let expected: Vec<_> = connection["pdus"]
                    .as_array()
                    .expect("PDUs")
                    .iter()
                    .filter(|pdu| pdu["dir"] == direction)
                    .map(|pdu| MsnPdu {
                        line: pdu["line"].as_str().expect("a line").to_owned(),
                        payload: pdu["payload_len"].as_u64().unwrap_or(0),
                    })
                    .collect();
                let shown = found.remove(&flow).unwrap_or_default();
                assert_eq!(shown, expected, "{} {flow:?}", path.display());
            }
        }
        assert!(
            found.is_empty(),
            "invented in {}: {found:?}",
            path.display()
        );
    }
    let connections = truth["connections"].as_array().expect("connections");
    connections
        .iter()
        .filter(|connection| connection["role"] != "MSNFTP")
        .map(|connection| connection["pdus"].as_array().map_or(0, Vec::len))
        .sum()
}

/// The file of a transfer, from the only frame that shows it, in one pass and in two.
fn transferred(wireshark: &Wireshark, path: &Path) -> Vec<u8> {
    let mut files = BTreeSet::new();
    for options in [&[][..], &["-2"]] {
        let found = wireshark.values(path, "msnftp.file", "msnftp.file", options);
        let [file] = &found[..] else {
            panic!("{} files in {}", found.len(), path.display());
        };
        files.insert(file.replace(':', ""));
    }
    assert_eq!(files.len(), 1, "{}", path.display());
    let digits = files.pop_first().expect("a file").into_bytes();
    let byte = |pair: &[u8]| {
        let digits = core::str::from_utf8(pair).expect("digits");
        u8::from_str_radix(digits, 16).expect("a byte")
    };
    digits.chunks(2).map(byte).collect()
}

/// Every block is in its place, over any number of segments.
#[test]
#[ignore = "needs Wireshark with the plugin, and IMSHARK_CORPUS"]
fn msnftp_files_are_reassembled_exactly() {
    let wireshark = wireshark();
    let built = corpus("built/msn-msnftp-yellows111.pcap");
    assert_eq!(transferred(wireshark, &built), b"hello world");
    let live = corpus("live/jmsn_msnp10_msnftp.pcapng");
    let file = std::fs::read(live.with_extension("file.bin")).expect("the file itself");
    assert!(transferred(wireshark, &live) == file, "not the file");
    for path in [&built, &live] {
        let noted = wireshark.count(path, "msnftp && _ws.expert");
        assert_eq!(noted, 0, "{}", path.display());
    }
    lines_and_blocks(wireshark, &live);
}

/// Every line and block of the client's log, and the invitation for either connection.
fn lines_and_blocks(wireshark: &Wireshark, live: &Path) {
    let truth = std::fs::read_to_string(live.with_extension("truth.json")).expect("a truth file");
    let truth: Value = serde_json::from_str(&truth).expect("JSON");
    let connections = truth["connections"].as_array().expect("connections");
    let transfer = connections.iter().find(|one| one["role"] == "MSNFTP");
    let pdus = transfer.expect("a transfer")["pdus"]
        .as_array()
        .expect("PDUs");
    let of = |key: &'static str| pdus.iter().map(move |pdu| pdu[key].clone());
    let lines = of("line").filter_map(|line| Some(line.as_str()?.to_owned()));
    let blocks = of("payload_len").filter_map(|len| Some(len.as_u64()?.to_string()));
    let found = |field: &str| {
        let values = wireshark.values(live, field, field, &[]);
        let values = values.iter().flat_map(|value| value.split('\u{1}'));
        values.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(found("msnftp.line"), lines.collect::<Vec<_>>());
    assert_eq!(found("msnftp.block.length"), blocks.collect::<Vec<_>>());
    let connection = "msnftp.connection";
    let invitations = wireshark.values(live, connection, connection, &["-2"]);
    assert_eq!(invitations.len(), 2, "{invitations:?}");
}
