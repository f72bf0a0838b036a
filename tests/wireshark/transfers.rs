//! Files that are sent over each way, with segments and datagrams in another order, repeated
//! and lost: what tshark saves is whole and right, or else marked incomplete.

use std::collections::BTreeMap;

use super::exports::{saved, Saved};
use super::harness::wireshark;
use test_support::capture::Capture;
use test_support::exports::digest;
use test_support::transfers::{transfers, Fate, SentFile, Transfers};

/// The ways to open a capture.
const OPTIONS: [&[&str]; 4] = [
    &[],
    &["-V"],
    &["-2", "-V"],
    &["-2", "-Y", "frame.number == 1"],
];

/// SHA-256 by name, of all lists.
fn digests(capture: &Capture, options: &[&str]) -> BTreeMap<String, String> {
    let path = wireshark().write("transfers.pcap", capture);
    let options = [&["-o", "tcp.reassemble_out_of_order:TRUE"], options].concat();
    let options: Vec<_> = options.into_iter().map(str::to_owned).collect();
    let lists = saved(&path, &options).into_iter();
    let lists = lists.filter(|(list, _)| matches!(*list, "msnms" | "oicq"));
    let files = lists.flat_map(|(_, files): (_, Saved)| files);
    files.map(|(name, bytes)| (name, digest(&bytes))).collect()
}

/// Checks that what is called whole is as it was sent, and that those files are whole, or not,
/// of which `is_whole` says it.
fn check(
    sent: &Transfers,
    capture: &Capture,
    is_whole: impl Fn(&SentFile) -> Option<bool>,
    what: &str,
) {
    let found = digests(capture, OPTIONS[0]);
    for options in &OPTIONS[1..] {
        assert_eq!(digests(capture, options), found, "{what}, {options:?}");
    }
    let mut whole = found.clone();
    whole.retain(|name, _| !name.contains("(incomplete)"));
    for file in &sent.files {
        let saved = whole.remove(file.name);
        if let Some(is_whole) = is_whole(file) {
            assert_eq!(saved.is_some(), is_whole, "{what}: {}", file.name);
        }
        let expected = digest(&file.bytes);
        assert_eq!(saved.unwrap_or(expected.clone()), expected, "{what}");
    }
    assert_eq!(whole.len(), 0, "{what}: {whole:?}");
}

#[test]
#[ignore = "needs a Wireshark with the plugin"]
fn files_whose_parts_are_disturbed_are_saved() {
    for fate in Fate::ALL {
        let sent = transfers(20, fate);
        let is_whole = |file: &SentFile| Some(fate != Fate::Lost || file.is_stream);
        check(&sent, &sent.capture, is_whole, &format!("parts {fate:?}"));
    }
}

#[test]
#[ignore = "needs a Wireshark with the plugin"]
fn files_whose_segments_are_disturbed_are_saved() {
    let sent = transfers(21, Fate::AsSent);
    for seed in [1, 2, 3] {
        for fate in [Fate::Shuffled, Fate::Repeated, Fate::Lost] {
            let capture = sent.disturbed(seed, fate);
            // Wireshark 3.4 puts two exchanged segments in order, not more.
            let is_open = fate == Fate::Shuffled && wireshark().version() == "3.4";
            let is_whole = |file: &SentFile| match is_open && !file.is_udp {
                true => None,
                false => Some(fate != Fate::Lost),
            };
            check(&sent, &capture, is_whole, &format!("seed {seed}, {fate:?}"));
        }
    }
}
