//! The configuration profile "MSN and QQ" in real tshark.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::harness::{run, sample, samples, wireshark, Wireshark};
use crate::keys;
use crate::state::{counted, has_old_protocol};
use test_support::profile::{filters, place, rules, NAME};
use test_support::recut::files;
use test_support::samples;

/// A configuration folder with nothing but the profile, as the installer leaves it.
fn configuration(wireshark: &Wireshark) -> PathBuf {
    let folder = wireshark.file("configuration");
    let placed = place(&folder);
    assert!(placed.complaints.is_empty(), "{placed:?}");
    folder
}

/// Runs tshark with the profile.
fn tshark(wireshark: &Wireshark, configuration: &Path, arguments: &[String]) -> String {
    let mut command = wireshark.command("tshark");
    command.env("WIRESHARK_CONFIG_DIR", configuration);
    let run = run(command.args(["-C", NAME]).args(arguments));
    assert_eq!((run.stderr.as_str(), run.code), ("", Some(0)));
    run.stdout
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

/// The lines of tshark for a capture, as cells.
fn lines(capture: &str, options: &[String]) -> Vec<Vec<String>> {
    let wireshark = wireshark();
    let path = sample(capture).display().to_string();
    let arguments = [&words(&["-r", &path, "-T", "tabs"]), options].concat();
    let text = tshark(wireshark, &configuration(wireshark), &arguments);
    let cells = |line: &str| {
        line.split('\t')
            .map(|cell| cell.trim().to_owned())
            .collect()
    };
    text.lines().map(cells).collect()
}

/// Account, command and conversation of a frame, which stand before Info.
fn columns(lines: &[Vec<String>], frame: usize) -> [&str; 3] {
    let cells = &lines[frame - 1];
    let [.., account, command, conversation, _info] = cells.as_slice() else {
        panic!("frame {frame} has {cells:?}");
    };
    [account, command, conversation]
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn the_columns_are_filled() {
    let msn = lines("msn.pcap", &[]);
    let alice = "alice@example.com";
    assert_eq!(columns(&msn, 1), ["", "", ""]);
    assert_eq!(columns(&msn, 36), [alice, "ADD", ""]);
    let refused = "Already on the list or in the session";
    assert_eq!(columns(&msn, 39), [alice, refused, ""]);
    assert_eq!(columns(&msn, 67), [alice, "IRO,ANS", "2"]);
    let qq = lines("qq.pcap", &[]);
    assert_eq!(columns(&qq, 25), ["12345678", "Keep-alive", ""]);
    // Between clients, and to an agent.
    let families = lines("qq-families.pcap", &[]);
    let sender = |of: &str| {
        let is_it = |cells: &&Vec<String>| cells.iter().any(|cell| cell.contains(of));
        let line = families.iter().position(|cells| is_it(&cells));
        columns(&families, line.expect("a frame") + 1)[0]
    };
    assert_eq!(sender("QQ 12345678 → QQ 10001"), "12345678");
    assert_eq!(sender("QQ 12345678 → agent"), "12345678");
    let capture = samples::sample("qq-bodies-2006");
    let options = keys::options(wireshark(), &capture.secrets);
    let decrypted = lines("qq-bodies-2006.pcap", &options);
    let is_said = |frame: &usize| columns(&decrypted, *frame)[2] == "12345678,23456789";
    assert!((1..=decrypted.len()).any(|frame| is_said(&frame)));
}

/// Each rule is the first to match for some frame of the samples.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn every_color_rule_colors_frames() {
    let wireshark = wireshark();
    let configuration = configuration(wireshark);
    let ours = rules()
        .into_iter()
        .filter(|(name, _)| name.starts_with("IM: "));
    let mut unused: BTreeSet<_> = ours.map(|(name, _)| name).collect();
    assert!(unused.len() >= 10, "{unused:?}");
    for path in samples() {
        if unused.is_empty() {
            break;
        }
        let stem = path.file_stem().expect("a name").to_string_lossy();
        let path = path.display().to_string();
        let name = "frame.coloring_rule.name";
        let mut arguments = words(&["--color", "-r", &path, "-T", "fields", "-e", name]);
        arguments.extend(keys::options(wireshark, &samples::sample(&stem).secrets));
        let names = tshark(wireshark, &configuration, &arguments);
        for name in names.lines() {
            unused.remove(name);
        }
    }
    assert!(unused.is_empty(), "{unused:?} color nothing");
}

/// Every filter of a rule, button or graph compiles; those of ours find something.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn every_filter_of_the_profile_finds_something() {
    let wireshark = wireshark();
    let stems = [
        "msn",
        "msn-people",
        "msn-p2p",
        "msn-http",
        "qq",
        "qq-bodies-2006",
        "qq-logins",
    ];
    let path = wireshark.file("all.pcapng");
    let captures = stems.map(|stem| files::read(&sample(&format!("{stem}.pcap"))));
    files::write(&path, captures.map(|one| (&[][..], one.frames)));
    let filters = filters();
    assert!(filters.len() > 25, "{filters:?}");
    let texts: Vec<_> = filters.iter().map(String::as_str).collect();
    let old = has_old_protocol(wireshark, &path);
    for (filter, found) in texts.iter().zip(counted(wireshark, &path, &texts, old)) {
        let is_ours = filter.contains("msn") || filter.contains("oicq");
        assert!(found > 0 || !is_ours, "{filter} finds nothing");
    }
}
