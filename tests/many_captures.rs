//! Writes a thousand captures, each with another content, for measurements of `imshark-batch`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};
use test_support::recut::{files, Capturing, Cut, Frame, Variant};

/// Number of captures.
const COUNT: usize = 1000;
/// Between the copies of a capture.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// All captures below a folder, in order.
fn captures(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    for path in paths {
        let is_capture = |end: &std::ffi::OsStr| end == "pcap" || end == "pcapng";
        if path.is_dir() {
            captures(&path, found);
        } else if path.extension().is_some_and(is_capture) {
            found.push(path);
        }
    }
}

/// A variant of a capture, some days later.
fn variant(path: &Path, seed: usize) -> (Vec<Vec<u8>>, Vec<Frame>) {
    let recording = files::read(path);
    let variant = Variant {
        cut: Cut::ALL[seed % Cut::ALL.len()],
        capturing: Capturing::ALL[seed / Cut::ALL.len() % Capturing::ALL.len()],
    };
    let mut frames = variant.of(&recording, seed as u64);
    for frame in &mut frames {
        frame.time += DAY * seed as u32;
    }
    (recording.secrets, frames)
}

/// `IMSHARK_MANY` is the folder to write to, `IMSHARK_CORPUS` has captures beside those of the
/// project.
#[test]
#[ignore = "writes a thousand files to IMSHARK_MANY"]
fn a_thousand_captures_are_written() {
    let folder = PathBuf::from(std::env::var_os("IMSHARK_MANY").expect("IMSHARK_MANY is set"));
    let mut sources = Vec::new();
    captures(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/captures"),
        &mut sources,
    );
    match std::env::var_os("IMSHARK_CORPUS") {
        Some(corpus) => {
            for kind in ["built", "live", "real"] {
                captures(&Path::new(&corpus).join(kind), &mut sources);
            }
        }
        None => println!("IMSHARK_CORPUS is not set: only the project's own captures are used"),
    }
    let mut digests = BTreeSet::new();
    for number in 0..COUNT {
        let (source, seed) = (&sources[number % sources.len()], number / sources.len());
        let (secrets, frames) = variant(source, seed);
        let path = folder.join(format!("{number:04}.pcapng"));
        files::write(&path, [(&secrets[..], frames)]);
        digests.insert(Sha256::digest(
            std::fs::read(&path).expect("the file just written"),
        ));
    }
    assert_eq!(digests.len(), COUNT, "captures with the same content");
    println!("{COUNT} variants of {} captures", sources.len());
}
