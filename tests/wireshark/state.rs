//! State of conversations: the same results in every pass and in any order, and nothing
//! left after the file is closed.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::harness::{samples, wireshark, Wireshark};

/// The replies of sharkd, Wireshark's server, after loading each of `files` in turn.
fn answers(
    wireshark: &Wireshark,
    files: &[&Path],
    questions: &[(&str, String)],
    old: bool,
) -> Vec<Value> {
    let mut requests = String::new();
    for file in files {
        requests += &request("load", &format!("\"file\":\"{}\"", file.display()), old);
    }
    for (method, parameters) in questions {
        requests += &request(method, parameters, old);
    }
    let mut child = wireshark
        .command("sharkd")
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("sharkd starts");
    let mut stdin = child.stdin.take().expect("its standard input");
    let writer = std::thread::spawn(move || stdin.write_all(requests.as_bytes()));
    let output = child.wait_with_output().expect("sharkd ends");
    writer
        .join()
        .expect("the writer")
        .expect("all requests written");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .map(|answer| {
            if old {
                answer
            } else {
                answer["result"].clone()
            }
        })
        .collect()
}

/// The trees of `frames`, in this order.
fn trees(wireshark: &Wireshark, files: &[&Path], frames: &[u32], old: bool) -> Vec<Value> {
    let questions: Vec<_> = frames
        .iter()
        .map(|frame| {
            let what = format!("\"frame\":{frame},\"proto\":true,\"columns\":true");
            ("frame", what)
        })
        .collect();
    let answers: Vec<_> = answers(wireshark, files, &questions, old)
        .into_iter()
        .filter(|answer| answer["tree"].is_array())
        .map(|answer| ours(&answer["tree"]))
        .collect();
    let all = answers.is_empty() || answers.len() == frames.len();
    assert!(all, "{} of {} for {files:?}", answers.len(), frames.len());
    answers
}

/// Before 3.6 sharkd had a protocol of its own.
pub fn request(method: &str, parameters: &str, old: bool) -> String {
    if old {
        format!("{{\"req\":\"{method}\",{parameters}}}\n")
    } else {
        format!(
            "{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"{method}\",\"params\":{{{parameters}}}}}\n"
        )
    }
}

/// Our part of a frame's tree.
fn ours(tree: &Value) -> Value {
    let is_ours = |node: &&Value| matches!(node["f"].as_str(), Some("msnms" | "oicq"));
    let nodes = tree.as_array().expect("a tree");
    Value::Array(nodes.iter().filter(is_ours).cloned().collect())
}

pub fn has_old_protocol(wireshark: &Wireshark, file: &Path) -> bool {
    trees(wireshark, &[file], &[1], false).is_empty()
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn any_order_gives_the_same_trees() {
    let wireshark = wireshark();
    let all = samples();
    let old = has_old_protocol(wireshark, &all[0]);
    let mut shown = 0;
    for (index, path) in all.iter().enumerate() {
        let count = u32::try_from(wireshark.count(path, "frame")).expect("a small sample");
        let forward: Vec<u32> = (1..=count).collect();
        let mut mixed = forward.clone();
        mixed.reverse();
        mixed.sort_by_key(|frame| (frame % 7, *frame % 3));
        mixed.extend_from_slice(&forward);
        // The second load closes another capture, whose state must not be visible.
        let other = &all[(index + 1) % all.len()];
        let first = trees(wireshark, &[path], &forward, old);
        let second = trees(wireshark, &[other, path], &mixed, old);
        assert_eq!(first.len(), forward.len(), "{}", path.display());
        let expected: BTreeMap<_, _> = forward.iter().zip(&first).collect();
        for (frame, tree) in mixed.iter().zip(&second) {
            assert_eq!(tree, expected[frame], "{} frame {frame}", path.display());
        }
        shown += first
            .iter()
            .filter(|tree| !tree.as_array().unwrap().is_empty())
            .count();
    }
    assert!(shown > 100, "only {shown} frames are ours");
}

/// The level of detail depends on the filters, so it must be determined again each time.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn filters_may_change() {
    let wireshark = wireshark();
    let path = crate::harness::sample("msn-p2p.pcap");
    let old = has_old_protocol(wireshark, &path);
    let filters = [
        "msnms",
        "frame.number == 0",
        "png",
        "msnms.cmd == \"USR\"",
        "msnp2p.total == 69",
        "xml",
        "msnms.cmd == \"USR\"",
        "_ws.expert",
        "msnslp",
        "png",
    ];
    let questions: Vec<_> = filters
        .iter()
        .map(|filter| {
            let filter = filter.replace('"', "\\\"");
            ("frames", format!("\"filter\":\"{filter}\""))
        })
        .collect();
    let counts: Vec<_> = answers(wireshark, &[&path], &questions, old)
        .iter()
        .filter_map(Value::as_array)
        .map(Vec::len)
        .collect();
    let expected: Vec<_> = filters
        .iter()
        .map(|filter| {
            wireshark
                .values(&path, filter, "frame.number", &["-2"])
                .len()
        })
        .collect();
    assert_eq!(counts, expected, "{filters:?}");
    assert!(
        expected.iter().filter(|count| **count > 0).count() > 6,
        "{expected:?}"
    );
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn two_passes_show_what_one_shows() {
    let wireshark = wireshark();
    for path in samples() {
        let name = path.display().to_string();
        let show = ["-r", &name, "-O", "msnms,oicq"];
        let once = wireshark.tshark(&show);
        let twice = wireshark.tshark(&[&show[..], &["-2"]].concat());
        for (protocol, marker) in [("msnms", "MSN Messenger Service, "), ("oicq", "OICQ, ")] {
            let lines = |text: &str| {
                text.lines()
                    .filter(|line| line.starts_with(marker))
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            };
            assert_eq!(lines(&once), lines(&twice), "{name} {protocol}");
        }
    }
}

/// The lines that do not depend on later packets: those without brackets.
fn lines_of_packet(text: &str) -> Vec<&str> {
    let lines = text.lines();
    lines
        .filter(|line| !line.trim_start().starts_with('['))
        .collect()
}

/// Segments are shown one by one, without any fault.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn no_bugs_without_tcp_reassembly() {
    let wireshark = wireshark();
    for path in samples() {
        let name = path.display().to_string();
        let off = ["-o", "tcp.desegment_tcp_streams:FALSE", "-r", &name];
        let ours = ["-O", "msnms,oicq", "-Y", "msnms or oicq"];
        let once = wireshark.tshark(&[&off[..], &ours].concat());
        let twice = wireshark.tshark(&[&off[..], &["-2"], &ours].concat());
        assert_eq!(lines_of_packet(&once), lines_of_packet(&twice), "{name}");
        assert!(!once.contains("Dissector bug"), "{name}");
        let ours = ["[Malformed Packet: MSNMS", "[Malformed Packet: OICQ"];
        assert!(!ours.iter().any(|mark| once.contains(mark)), "{name}");
    }
}
