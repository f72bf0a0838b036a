//! A few frames of every sample as printed by tshark: the texts and marks that users see,
//! laid out by Wireshark from items of all types.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use super::text::{self, Frame};
use test_support::samples;

/// Maximum number of lines of all golden texts together: more would not be read.
const MOST_LINES: usize = 5_000;

/// Samples, and the frames of them that are compared literally. Together they have every
/// protocol, every type of field on the wire, in a source and generated, every type of link,
/// every source name, every dissector of the hand-offs, and expert infos of all severities.
#[rustfmt::skip]
const FRAMES: [(&str, &[u32]); 31] = [
    // Requests and replies; capabilities; XML, PNG and others handed on.
    ("msn", &[6, 24]),
    ("msn-blocks", &[7, 28]),
    ("msn-commands", &[7, 97, 135, 208, 265, 294, 343, 417, 418]),
    ("msn-documents", &[23, 36, 39]),
    ("msn-edges", &[73, 93]),
    ("msn-errors", &[19, 24]),
    // Listening, transfers, a file refused, reassembled and complete.
    ("msn-ftp", &[11, 20, 77, 87, 97, 101, 125, 154, 158, 160, 161, 187]),
    // The gateway: opened, answered, a ticket, a body of many segments.
    ("msn-http", &[4, 5, 22, 23, 39, 52]),
    ("msn-messages", &[9, 35, 45, 46, 54, 61]),
    // Invitations, display pictures, both versions of headers, direct connections.
    ("msn-p2p", &[22, 53, 64, 71, 73, 77]),
    ("msn-p2p-edges", &[9, 25, 30, 31, 33, 64, 70]),
    ("msn-sessions", &[20, 40]),
    ("msn-today", &[40, 92, 103]),
    // Decrypted without keys of the user; retransmissions; eras and families.
    ("qq", &[7, 43]),
    ("qq-behaviour", &[59, 81]),
    ("qq-bodies-2006", &[87, 137]),
    ("qq-bodies-2008", &[9, 14]),
    ("qq-bodies-2010", &[19, 45]),
    ("qq-bodies-2012", &[23, 27]),
    ("qq-bodies-2013", &[16, 26]),
    ("qq-bodies-odd", &[1, 2]),
    ("qq-bodies-qr", &[2, 21]),
    ("qq-bodies-tim", &[4, 16]),
    ("qq-bodies-unfit", &[1, 97]),
    ("qq-edges", &[1, 28]),
    ("qq-eras", &[2, 103]),
    ("qq-families", &[18, 24, 35, 49, 50]),
    // Decrypted with keys of the user and of earlier frames.
    ("qq-keys", &[31, 44, 49]),
    ("qq-logins", &[13, 14]),
    // A message and a captcha reassembled.
    ("qq-pieces", &[4, 16, 39]),
    // On shared ports, reassembled.
    ("qq-tcp", &[30, 49, 94]),
];

/// `IMSHARK_BLESS=1` rewrites the golden texts; review them afterwards.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn frames_look_as_expected() {
    let mut lines = 0;
    for (stem, numbers) in FRAMES {
        let now = shown(stem, numbers);
        let path = samples::expected().join(golden(stem));
        if std::env::var_os("IMSHARK_BLESS").is_some() {
            std::fs::write(&path, &now).expect("the golden text written");
        }
        let then = std::fs::read_to_string(&path).unwrap_or_default();
        for (number, (now, then)) in now.lines().zip(then.lines()).enumerate() {
            assert_eq!(now, then, "{stem}, line {}", number + 1);
        }
        assert_eq!(now.lines().count(), then.lines().count(), "{stem}");
        lines += now.lines().count();
    }
    assert!(lines <= MOST_LINES, "{lines} lines");
    let known = FRAMES.iter().map(|(stem, _)| golden(stem)).collect();
    assert_eq!(golden_texts(&samples::expected()), known);
}

fn golden(stem: &str) -> String {
    format!("{stem}.tshark.txt")
}

fn golden_texts(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    names.filter(|name| name.ends_with(".tshark.txt")).collect()
}

/// Frames of a sample: their trees, and the names of their sources.
fn shown(stem: &str, numbers: &[u32]) -> String {
    let frames = text::frames_of_sample(stem);
    let mut shown = String::new();
    for number in numbers {
        let frame = frames.iter().find(|frame| frame.number == *number);
        let frame = frame.unwrap_or_else(|| panic!("{stem}: frame {number} is not ours"));
        write(frame, &mut shown);
    }
    shown
}

fn write(frame: &Frame, to: &mut String) {
    let _ = writeln!(to, "Frame {}", frame.number);
    for line in &frame.lines {
        let _ = writeln!(to, "{line}");
    }
    for source in &frame.sources {
        let _ = writeln!(to, "= {source}");
    }
}
