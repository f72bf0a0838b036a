//! `-z follow`: a conversation as text.

use std::path::Path;

use crate::harness::{sample, wireshark, Wireshark};
use crate::keys;
use test_support::samples;

/// The lines that tshark shows of a conversation, without its own.
fn followed(wireshark: &Wireshark, path: &Path, what: &str, options: &[String]) -> Vec<String> {
    let path = path.display().to_string();
    let mut arguments = ["-q", "-z", what, "-r", &path].map(str::to_owned).to_vec();
    arguments.extend(options.iter().cloned());
    let text = wireshark.tshark(&arguments);
    let lines = text.lines().map(str::trim);
    let is_said =
        |line: &&str| line.contains('@') || line.starts_with("12345678") || line.contains(" -> ");
    lines.filter(is_said).map(str::to_owned).collect()
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn a_conversation_of_msn_is_text() {
    let wireshark = wireshark();
    assert_eq!(
        followed(wireshark, &sample("msn.pcap"), "follow,msnms,ascii,2", &[]),
        [
            "carol@example.org -> alice@example.com [invited]",
            "carol@example.org [present]",
            "alice@example.com [joined]",
            "carol@example.org: Are you coming to lunch?",
            "alice@example.com: In five minutes.",
            "carol@example.org [left]",
            "alice@example.com [left]",
        ]
    );
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn what_a_qq_number_says_is_text() {
    let wireshark = wireshark();
    let options = keys::options(wireshark, &samples::sample("qq-bodies-2006").secrets);
    let path = sample("qq-bodies-2006.pcap");
    let lines = followed(wireshark, &path, "follow,oicq,ascii,12345678", &options);
    let is_said = |line: &String| line.starts_with("23456789 -> 12345678: ");
    assert!(lines.iter().any(is_said), "{lines:?}");
}

/// In one pass and in two.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn a_message_in_parts_is_one_line() {
    let wireshark = wireshark();
    let options = keys::options(wireshark, &samples::sample("qq-pieces").secrets);
    let path = sample("qq-pieces.pcap");
    let what = "follow,oicq,ascii,23456789";
    let lines = followed(wireshark, &path, what, &options);
    let said = |words: &str| lines.iter().filter(|line| line.contains(words)).count();
    assert_eq!(said("one, two, three"), 1, "{lines:?}");
    assert_eq!(said("two"), 1, "{lines:?}");
    assert_eq!(said("23456789 -> 12345678: never ended [part 1 of 2]"), 1);
    let again = [&options[..], &["-2".to_owned()]].concat();
    assert_eq!(followed(wireshark, &path, what, &again), lines);
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn another_conversation_and_a_connection() {
    let wireshark = wireshark();
    let path = sample("msn.pcap");
    let none = followed(wireshark, &path, "follow,msnms,ascii,99", &[]);
    assert_eq!(none, [""; 0]);
    let ends = "follow,msnms,ascii,192.0.2.10:1027,198.51.100.3:1864";
    let first = followed(wireshark, &path, ends, &[]);
    assert_eq!(
        first,
        followed(wireshark, &path, "follow,msnms,ascii,1", &[])
    );
    assert!(first
        .iter()
        .any(|line| line.ends_with(": Hello Bob, how was the concert?")));
}

/// The capture has the connections of both participants.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn what_is_sent_and_delivered_is_shown_once() {
    let wireshark = wireshark();
    let path = sample("msn-people.pcap");
    let lines = followed(wireshark, &path, "follow,msnms,ascii,1", &[]);
    let said: Vec<_> = lines.iter().filter(|line| line.contains(": ")).collect();
    // The first words were said twice.
    assert_eq!(
        said[..3],
        [
            "alice@example.com: Hello, hello",
            "alice@example.com: Hello, hello",
            "bob@example.net: Twice"
        ]
    );
    let joined = lines.iter().filter(|line| line.ends_with("[joined]"));
    assert_eq!(joined.count(), 2);
}
