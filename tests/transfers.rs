//! Files that are sent over each way, with parts in another order, repeated and lost: whole
//! and right, or else marked incomplete.

use imshark::report::Export;
use test_support::exports::exports;
use test_support::samples::host::Host;
use test_support::transfers::{transfers, Fate, SentFile, Transfers};

const SEEDS: std::ops::Range<u64> = 1..9;

/// The whole files that can be saved, and the incomplete ones.
fn saved(host: &Host) -> (Vec<Export>, Vec<Export>) {
    let lists = exports(host, |_| true).into_iter();
    let lists = lists.filter(|list| matches!(list.name(), "msnms" | "oicq"));
    lists
        .flat_map(|list| list.files)
        .partition(|file| !file.name.contains("(incomplete)"))
}

/// Checks that files called whole are as they were sent, and those to which `is_whole`
/// applies are whole.
fn check(sent: &Transfers, host: &Host, is_whole: impl Fn(&SentFile) -> Option<bool>, what: &str) {
    let (whole, parts) = saved(host);
    for file in &sent.files {
        let found: Vec<_> = whole.iter().filter(|it| it.name == file.name).collect();
        assert!(found.len() < 2, "{what}: {}", file.name);
        for found in &found {
            assert!(*found.bytes == file.bytes, "{what}: {}", file.name);
        }
        if let Some(expected) = is_whole(file) {
            assert_eq!(found.len() == 1, expected, "{what}: {}", file.name);
        }
    }
    for file in &whole {
        let is_sent = sent.files.iter().any(|sent| sent.name == file.name);
        assert!(is_sent, "{what}: {}", file.name);
    }
    for part in &parts {
        let mut files = sent.files.iter();
        let is_beginning = files.any(|sent| sent.bytes.starts_with(&part.bytes));
        assert!(is_beginning, "{what}: {}", part.name);
    }
}

#[test]
fn files_whose_parts_are_disturbed_are_whole_or_marked() {
    for seed in SEEDS {
        for fate in Fate::ALL {
            let sent = transfers(seed, fate);
            let host = Host::open(&sent.capture, true);
            let is_whole = |file: &SentFile| Some(fate != Fate::Lost || file.is_stream);
            check(&sent, &host, is_whole, &format!("seed {seed}, {fate:?}"));
        }
    }
}

#[test]
fn files_whose_segments_are_disturbed_are_whole_or_marked() {
    let sent = transfers(1, Fate::AsSent);
    for seed in SEEDS {
        for fate in Fate::ALL {
            let host = Host::open(&sent.disturbed(seed, fate), true);
            // Here nothing puts segments in order, or drops repeated ones.
            let is_whole = |file: &SentFile| match fate {
                Fate::AsSent => Some(true),
                Fate::Shuffled => file.is_udp.then_some(true),
                Fate::Repeated => (file.is_udp || file.is_stream).then_some(true),
                Fate::Lost => Some(false),
            };
            check(&sent, &host, is_whole, &format!("seed {seed}, {fate:?}"));
        }
    }
}
