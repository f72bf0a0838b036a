//! State of conversations: the same results in every pass and in any order, and nothing
//! left after the file is closed.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::sync::OnceLock;

use serde_json::Value;

use crate::harness::{samples, wireshark, Wireshark};
use test_support::capture::{frames_of, Capture};

/// The replies of sharkd, Wireshark's server.
pub fn answers(wireshark: &Wireshark, requests: String, old: bool) -> Vec<Value> {
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

/// A file, and frames of it.
type Frames<'a> = (&'a Path, Vec<u32>);

/// The trees of frames, in this order, from one sharkd that loads each of the files in turn.
fn trees(wireshark: &Wireshark, files: &[Frames<'_>], old: bool) -> Vec<Value> {
    let mut requests = String::new();
    let mut count = 0;
    for (path, frames) in files {
        requests += &load(path, old);
        for frame in frames {
            let what = format!("\"frame\":{frame},\"proto\":true,\"columns\":true");
            requests += &request("frame", &what, old);
            count += 1;
        }
    }
    let answers: Vec<_> = answers(wireshark, requests, old)
        .into_iter()
        .filter(|answer| answer["tree"].is_array())
        .map(|answer| ours(&answer["tree"]))
        .collect();
    let all = answers.is_empty() || answers.len() == count;
    assert!(all, "{} of {count} for {files:?}", answers.len());
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

/// The request to open a file instead of the last one.
pub fn load(file: &Path, old: bool) -> String {
    request("load", &format!("\"file\":\"{}\"", file.display()), old)
}

/// Our part of a frame's tree.
fn ours(tree: &Value) -> Value {
    let is_ours = |node: &&Value| matches!(node["f"].as_str(), Some("msnms" | "oicq"));
    let nodes = tree.as_array().expect("a tree");
    Value::Array(nodes.iter().filter(is_ours).cloned().collect())
}

pub fn has_old_protocol(wireshark: &Wireshark, file: &Path) -> bool {
    static IS_OLD: OnceLock<bool> = OnceLock::new();
    *IS_OLD.get_or_init(|| trees(wireshark, &[(file, vec![1])], false).is_empty())
}

/// Each frame with its file.
fn places<'a>(files: &[Frames<'a>]) -> Vec<(&'a Path, u32)> {
    let files = files.iter();
    let frames = files.flat_map(|(path, all)| all.iter().map(|frame| (*path, *frame)));
    frames.collect()
}

/// The frames of all samples from the first to the last; and again, in another order of both
/// the samples and their frames. Whenever a sample is loaded, another one is closed, whose
/// state must not be visible.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn any_order_gives_the_same_trees() {
    let wireshark = wireshark();
    let all = samples();
    let old = has_old_protocol(wireshark, &all[0]);
    let in_order = |path: &Path| {
        let count = u32::try_from(frames_of(path).len()).expect("a small sample");
        (1..=count).collect::<Vec<_>>()
    };
    let forward: Vec<Frames<'_>> = all.iter().map(|path| (&**path, in_order(path))).collect();
    let mut mixed = forward.clone();
    mixed.reverse();
    for (_, frames) in &mut mixed {
        let again = frames.clone();
        frames.reverse();
        frames.sort_by_key(|frame| (frame % 7, *frame % 3));
        frames.extend(again);
    }
    let first = trees(wireshark, &forward, old);
    let second = trees(wireshark, &mixed, old);
    let expected: BTreeMap<_, _> = places(&forward).into_iter().zip(&first).collect();
    assert_eq!(expected.len(), first.len());
    assert_eq!(second.len(), 2 * first.len());
    for (place, tree) in places(&mixed).iter().zip(&second) {
        assert_eq!(tree, expected[place], "{place:?}");
    }
    let shown = first
        .iter()
        .filter(|tree| **tree != Value::Array(Vec::new()));
    assert!(shown.count() > 100);
}

/// The frames that match each of `filters`, from one sharkd.
pub fn filtered(wireshark: &Wireshark, path: &Path, filters: &[&str], old: bool) -> Vec<Vec<u32>> {
    let questions = filters.iter().map(|filter| {
        let filter = Value::from(*filter);
        request("frames", &format!("\"filter\":{filter}"), old)
    });
    let requests = std::iter::once(load(path, old)).chain(questions);
    let answers = answers(wireshark, requests.collect(), old);
    let found = answers.iter().filter_map(Value::as_array);
    let number = |frame: &Value| frame["num"].as_u64().and_then(|it| it.try_into().ok());
    let numbers = |found: &Vec<Value>| -> Option<Vec<_>> { found.iter().map(number).collect() };
    let found: Vec<_> = found
        .map(|found| numbers(found).expect("numbers"))
        .collect();
    assert_eq!(found.len(), filters.len(), "{answers:?}");
    found
}

/// The number of frames that match each of `filters`, from one sharkd.
pub fn counted(wireshark: &Wireshark, path: &Path, filters: &[&str], old: bool) -> Vec<usize> {
    let found = filtered(wireshark, path, filters, old);
    found.iter().map(Vec::len).collect()
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
    let counts = counted(wireshark, &path, &filters, old);
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

/// All samples in one capture, one after the other.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn two_passes_show_what_one_shows() {
    let wireshark = wireshark();
    let mut all = Capture::new();
    for path in samples() {
        all.frames.extend(frames_of(&path));
    }
    let name = wireshark.write("all.pcap", &all).display().to_string();
    let show = ["-r", &name, "-O", "msnms,oicq"];
    let once = wireshark.tshark(&show);
    let twice = wireshark.tshark(&[&show[..], &["-2"]].concat());
    for marker in ["MSN Messenger Service, ", "OICQ, "] {
        let [once, twice] = [&once, &twice].map(|text| {
            let lines = text.lines().filter(|line| line.starts_with(marker));
            lines.collect::<Vec<_>>()
        });
        assert_eq!(once, twice);
        assert!(once.len() > 500, "{} lines of {marker}", once.len());
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
    let off = ["-o", "tcp.desegment_tcp_streams:FALSE"];
    let ours = ["-O", "msnms,oicq", "-Y", "msnms or oicq"];
    let [once, twice] = [&[][..], &["-2"]].map(|passes| {
        let options = [&off[..], passes, &ours].concat();
        let options: Vec<_> = options.into_iter().map(str::to_owned).collect();
        let jobs = samples().into_iter().map(|path| (path, options.clone()));
        wireshark.tshark_each(&jobs.collect::<Vec<_>>())
    });
    for ((path, once), twice) in samples().into_iter().zip(once).zip(twice) {
        let name = path.display().to_string();
        assert_eq!(lines_of_packet(&once), lines_of_packet(&twice), "{name}");
        assert!(!once.contains("Dissector bug"), "{name}");
        let ours = ["[Malformed Packet: MSNMS", "[Malformed Packet: OICQ"];
        assert!(!ours.iter().any(|mark| once.contains(mark)), "{name}");
    }
}
