//! imshark in the dialogs and in the files of the user's profile.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use crate::harness::{sample, wireshark, Wireshark};
use crate::helper::Helper;
use crate::state::{has_old_protocol, load, request};
use test_support::recut::files;

/// The protocols with preferences or heuristics of ours.
const OURS: [&str; 5] = ["msnms", "msnp2p", "msnslp", "msnftp", "oicq"];

/// Protocols that Wireshark does not have without us.
const NEW: [&str; 3] = ["msnp2p", "msnslp", "msnftp"];

/// The output of `-G` with the plugin and without, in parts.
fn lists(wireshark: &Wireshark, what: &str, separator: &str) -> [Vec<String>; 2] {
    let with = wireshark.tool("tshark", &["-G", what]).stdout;
    let bare = wireshark.bare_tshark(&["-G", what]).stdout;
    [with, bare].map(|text| {
        let parts = text.split(separator).map(str::trim_end);
        // The head of the preferences contains the time or the version of the run.
        parts.map(str::to_owned).collect::<Vec<_>>()
    })
}

/// The entries that the plugin adds to a list; nothing else changes, not even the order.
fn added(wireshark: &Wireshark, what: &str, separator: &str) -> Vec<String> {
    let [with, bare] = lists(wireshark, what, separator);
    assert!(bare.len() > 100, "{what} has {} entries", bare.len());
    let mut bare = bare.into_iter().peekable();
    let mut added = Vec::new();
    for entry in with {
        if bare.peek() == Some(&entry) {
            bare.next();
        } else {
            added.push(entry);
        }
    }
    assert_eq!(bare.next(), None, "-G {what} with {added:?}");
    added
}

/// The protocol in column `column` of the lines of a list.
fn column(lines: &[String], column: usize) -> Vec<&str> {
    lines
        .iter()
        .filter_map(|line| line.split('\t').nth(column))
        .collect()
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn decode_as_is_unchanged() {
    let wireshark = wireshark();
    let added = added(wireshark, "decodes", "\n");
    assert!(added.is_empty(), "{added:?}");
}

/// The three protocols that are new to Wireshark, and nothing else.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn enabled_protocols_has_three_new_rows() {
    let wireshark = wireshark();
    let lines = added(wireshark, "protocols", "\n");
    let filters: BTreeSet<_> = column(&lines, 2).into_iter().collect();
    assert_eq!(filters, NEW.into(), "{lines:?}");
    assert_eq!(lines.len(), NEW.len(), "{lines:?}");
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn all_added_heuristics_are_ours() {
    let wireshark = wireshark();
    let lines = added(wireshark, "heuristic-decodes", "\n");
    let protocols = column(&lines, 1);
    assert!(protocols.len() >= OURS.len() - 1, "{lines:?}");
    assert!(
        protocols.iter().all(|name| OURS.contains(name)),
        "{lines:?}"
    );
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn all_added_preferences_are_ours() {
    let wireshark = wireshark();
    let added = added(wireshark, "currentprefs", "\n\n");
    assert!(added.len() > 3, "{added:?}");
    assert!(added.iter().all(|block| is_ours(block)), "{added:?}");
}

/// Whether a preference, which follows its comment, is one of ours.
fn is_ours(block: &str) -> bool {
    let line = block.lines().last().unwrap_or_default();
    let name = line.trim_start_matches('#');
    OURS.iter()
        .any(|ours| name.starts_with(&format!("{ours}.")))
}

/// Enabled Protocols, from the command line, for every row of ours: a disabled protocol
/// is not shown at all.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn every_protocol_can_be_disabled_and_enabled() {
    let wireshark = wireshark();
    let path = wireshark.file("all.pcapng");
    let samples = [
        "msn.pcap",
        "msn-p2p.pcap",
        "msn-ftp.pcap",
        "qq.pcap",
        "qq-tcp.pcap",
    ];
    let samples = samples.map(|name| files::read(&sample(name)));
    files::write(&path, samples.map(|one| (&[][..], one.frames)));
    let lines = added(wireshark, "protocols", "\n");
    let mut names: BTreeSet<_> = column(&lines, 2).into_iter().collect();
    names.extend(OURS);
    for name in names {
        if name.starts_with("msnms_") || name.starts_with("oicq_") {
            continue;
        }
        assert!(wireshark.count(&path, name) > 0, "{name}");
        let left = |option| wireshark.values(&path, name, "frame.number", &[option, name]);
        assert!(!left("--enable-protocol").is_empty(), "{name}");
        let left = left("--disable-protocol");
        assert!(left.is_empty(), "{name} in {left:?}");
    }
    for name in heuristics(wireshark) {
        for option in ["--disable-heuristic", "--enable-heuristic"] {
            let shown = wireshark.values(&path, "msnms", "frame.number", &[option, &name]);
            assert!(shown.len() > 10, "{option} {name}");
        }
    }
}

/// The names of our heuristics: protocol and transport.
fn heuristics(wireshark: &Wireshark) -> Vec<String> {
    let lines = added(wireshark, "heuristic-decodes", "\n");
    let pairs = column(&lines, 1).into_iter().zip(column(&lines, 0));
    pairs
        .map(|(protocol, table)| format!("{protocol}_{table}"))
        .collect()
}

/// A session in which a capture with QQ on shared ports is opened, ports of their owners
/// are changed, all of Decode As is cleared, and the profile is saved whenever a capture
/// closes. Returns the rows of Decode As at every step.
fn session(wireshark: &Wireshark, plugins: &Path, profile: &Path) -> String {
    std::fs::create_dir_all(profile).expect("a profile");
    let log = profile.with_extension("log");
    let file = sample("qq-tcp.pcap");
    let old = has_old_protocol(wireshark, &file);
    let load = load(&file, old);
    let set = |name: &str, value: &str| {
        let parameters = format!("\"name\":\"{name}\",\"value\":\"{value}\"");
        request("setconf", &parameters, old)
    };
    let requests = [
        load.clone(),
        set("http.desegment_body", "FALSE"),
        set("tls.desegment_ssl_records", "FALSE"),
        load.clone(),
        set("http.tcp.port", "80,8080"),
        set("http.tls.port", "443,8443"),
        load.clone(),
        set("http.tcp.port", "80,3128"),
        load.clone(),
        load,
    ];
    let mut child = wireshark
        .command("sharkd")
        .arg("-")
        .env("WIRESHARK_PLUGIN_DIR", plugins)
        .env("WIRESHARK_CONFIG_DIR", profile)
        .env("IMSHARK_HELPER_LOG", &log)
        .env("IMSHARK_HELPER_CLEAR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("sharkd starts");
    let mut input = child.stdin.take().expect("its standard input");
    input
        .write_all(requests.concat().as_bytes())
        .expect("all requests written");
    drop(input);
    let output = child.wait_with_output().expect("sharkd ends");
    assert_eq!(output.status.code(), Some(0));
    let answers = String::from_utf8_lossy(&output.stdout);
    let good = |line: &&str| line.contains("\"status\":\"OK\"") || line.contains("\"err\":0");
    let count = answers.lines().filter(good).count();
    assert_eq!(count, requests.len(), "{answers}");
    std::fs::read_to_string(log).expect("what the helper saw")
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn a_session_leaves_nothing_of_ours_in_the_profile() {
    let wireshark = wireshark();
    let helper = Helper::build(wireshark, "profile");
    let profiles = ["with", "alone"].map(|name| wireshark.file(name));
    let with = session(wireshark, &helper.with, &profiles[0]);
    let alone = session(wireshark, &helper.alone, &profiles[1]);
    assert_eq!(with, alone);
    for (step, times) in [("opened", 5), ("first frame", 5), ("cleared", 4)] {
        let steps = with.lines().filter(|line| *line == step);
        assert_eq!(steps.count(), times, "{with}");
    }
    // Some versions write every heuristic, whether it was changed or not.
    let unchanged = heuristics(wireshark).into_iter();
    let unchanged: Vec<_> = unchanged.map(|name| format!("{name},1")).collect();
    for name in [
        "decode_as_entries",
        "disabled_protos",
        "enabled_protos",
        "heuristic_protos",
    ] {
        let [mut with, alone] = profiles.each_ref().map(|profile| {
            let text = std::fs::read_to_string(profile.join(name)).unwrap_or_default();
            text.lines().map(str::to_owned).collect::<Vec<_>>()
        });
        with.retain(|line| name != "heuristic_protos" || !unchanged.contains(line));
        assert_eq!(with, alone, "{name}");
    }
    let [with, alone] = profiles.map(|profile| {
        let text = std::fs::read_to_string(profile.join("preferences")).expect("preferences");
        // On Windows it has carriage returns.
        let text = text.replace('\r', "");
        let blocks = text.split("\n\n").filter(|block| !is_ours(block));
        blocks.map(str::to_owned).collect::<Vec<_>>()
    });
    assert!(alone.len() > 100);
    assert_eq!(with, alone);
}
