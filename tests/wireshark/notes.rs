//! Warnings and notes on valid traffic: how many there are, and why each of them is right.
//!
//! They are counted in `IMSHARK_CORPUS` (and `IMSHARK_NOTES`, a folder of more captures); the
//! numbers are printed:
//!
//! ```sh
//! IMSHARK_CORPUS=... cargo test --no-default-features --test wireshark notes -- --ignored --nocapture
//! ```

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use imshark::field::Severity;
use imshark::protocols::PROTOCOLS;

use crate::corpus::files;
use crate::cutting::sessions_as_sent;
use crate::harness::{corpus, sample, wireshark, Wireshark};

/// The notes and warnings that valid traffic may have: the filter, the maximum number per
/// 1,000 PDUs of all captures together, and the reason.
const ALLOWED: &[(&str, f64, &str)] = &[
    (
        "msnms.challenge.wrong",
        0.0,
        "A client has answered with the algorithm of older dialects; servers refuse that.",
    ),
    (
        "msnms.cmd.unknown",
        0.3,
        "A client has sent a command of no dialect, and the server has refused it.",
    ),
    (
        "msnms.error",
        15.0,
        "A server has refused a command: nobody looks at a capture without asking for that.",
    ),
    (
        "msnms.nak",
        0.0,
        "A message has not reached its receiver, and the sender was told so.",
    ),
    (
        "msnftp.failed",
        0.0,
        "A transfer was cancelled or has failed, as its last line says.",
    ),
    (
        "msnp2p.malformed",
        1.5,
        "A test client has sent bytes at random where packets belong.",
    ),
    (
        "msnp2p.refused",
        0.0,
        "A client reports that a packet is missing or wrong.",
    ),
    (
        "msnslp.refused",
        0.0,
        "The user has declined, or the client cannot do what is asked.",
    ),
    (
        "oicq.length.odd",
        0.0,
        "Frames that were cut by hand to be too short for their command.",
    ),
    (
        "oicq.trailer.missing",
        0.0,
        "A frame that was cut by hand before its end.",
    ),
];

/// The project's own samples without any fault.
const VALID: &[&str] = &["msn", "msn-p2p", "msn-sessions", "msn-today", "qq"];

/// All notes and warnings of these samples.
const NOTES_OF_VALID: &[(&str, usize)] = &[
    ("msnms.challenge.wrong", 2),
    ("msnms.error", 2),
    ("msnms.nak", 1),
    ("msnp2p.refused", 1),
];

/// Fields that count as one PDU each.
const PDUS: [&str; 5] = [
    "msnms.line",
    "msnp2p.version",
    "msnftp.line",
    "msnftp.block.type",
    "oicq.command",
];

/// The number of each note in some captures, and their number of PDUs.
#[derive(Debug, Default)]
struct Count {
    pdus: usize,
    notes: BTreeMap<&'static str, usize>,
}

/// The filters of all expert infos of severity Note and above.
fn notes() -> Vec<&'static str> {
    let rows = PROTOCOLS.iter().flat_map(|protocol| protocol.experts);
    let loud = rows.filter(|row| row.severity != Severity::Chat);
    loud.map(|row| row.filter.to_str().expect("a filter"))
        .collect()
}

impl Count {
    fn add(&mut self, wireshark: &Wireshark, path: &Path) {
        let notes = notes();
        let name = path.to_string_lossy();
        let mut arguments = vec!["-2", "-r", &*name, "-T", "fields", "-E", "aggregator=\u{1}"];
        arguments.extend(["-Y", "msnms or msnp2p or msnslp or msnftp or oicq"]);
        for field in PDUS.iter().chain(&notes) {
            arguments.extend(["-e", field]);
        }
        let text = wireshark.tool("tshark", &arguments).stdout;
        for line in text.lines() {
            let values = |column: &str| {
                column
                    .split('\u{1}')
                    .filter(|value| !value.is_empty())
                    .count()
            };
            let mut columns = line.split('\t');
            self.pdus += columns.by_ref().take(PDUS.len()).map(values).sum::<usize>();
            for (note, column) in notes.iter().zip(columns) {
                if values(column) > 0 {
                    *self.notes.entry(note).or_default() += values(column);
                }
            }
        }
    }

    fn merge(&mut self, other: Self) {
        self.pdus += other.pdus;
        for (note, count) in other.notes {
            *self.notes.entry(note).or_default() += count;
        }
    }

    /// Prints the numbers. Returns the notes that have no reason, or are too many.
    fn report(&self, what: &str) -> Vec<&&'static str> {
        let all: usize = self.notes.values().sum();
        let rate = |count: usize| count as f64 * 1000.0 / self.pdus.max(1) as f64;
        println!(
            "{what}: {} PDUs, {:.2} notes per 1000",
            self.pdus,
            rate(all)
        );
        let mut missing = Vec::new();
        for (note, count) in &self.notes {
            let row = ALLOWED.iter().find(|row| row.0 == *note);
            let (most, why) = row.map_or((0.0, "No reason."), |row| (row.1, row.2));
            println!("  {note}: {count}, {:.2} per 1000. {why}", rate(*count));
            missing.extend((rate(*count) > most).then_some(note));
        }
        missing
    }
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn valid_samples_have_no_notes_without_a_reason() {
    let wireshark = wireshark();
    let mut samples = Count::default();
    for name in VALID {
        samples.add(wireshark, &sample(&format!("{name}.pcap")));
    }
    assert!(samples.pdus > 200, "{samples:?}");
    samples.report("samples");
    let exact: BTreeMap<_, _> = NOTES_OF_VALID.iter().copied().collect();
    assert_eq!(samples.notes, exact);
}

#[test]
#[ignore = "needs Wireshark with the plugin, and IMSHARK_CORPUS"]
fn the_corpus_has_no_notes_without_a_reason() {
    let wireshark = wireshark();
    let mut all = Count::default();
    let mut groups = 0;
    for folder in ["real/msn", "live", "built", "real/qq", "real/other-tencent"] {
        let folder = corpus(folder);
        let mut count = Count::default();
        for path in files(&folder) {
            count.add(wireshark, &path);
        }
        count.report(&folder.display().to_string());
        all.merge(count);
        groups += 1;
    }
    let mut count = Count::default();
    count.add(
        wireshark,
        &wireshark.write("sessions.pcap", &sessions_as_sent()),
    );
    count.report("documented sessions");
    all.merge(count);
    assert_eq!(groups, 5);
    assert!(all.pdus > 4_000, "{all:?}");
    let missing = all.report("all");
    assert!(missing.is_empty(), "no reason for so many of {missing:?}");
    if let Some(folder) = std::env::var_os("IMSHARK_NOTES") {
        let mut count = Count::default();
        for path in files(&PathBuf::from(folder)) {
            count.add(wireshark, &path);
        }
        let many = count.report("more captures").into_iter();
        let unknown: Vec<_> = many
            .filter(|note| ALLOWED.iter().all(|row| row.0 != **note))
            .collect();
        assert!(unknown.is_empty(), "no reason for {unknown:?}");
    }
}

/// Every note that is allowed in valid traffic exists.
#[test]
fn reasons_belong_to_notes() {
    let notes = notes();
    for (note, _, why) in ALLOWED {
        assert!(notes.contains(note), "{note}");
        assert!(why.ends_with('.'), "{note}");
    }
    let names: std::collections::BTreeSet<_> = ALLOWED.iter().map(|row| row.0).collect();
    assert_eq!(names.len(), ALLOWED.len());
}
