//! The objects that can be saved from the sample captures, from the dissectors alone.
//!
//! `IMSHARK_BLESS=1 cargo test --no-default-features --test exports` rewrites
//! tests/expected/exports.txt. Read the differences afterwards.

use std::collections::HashSet;
use std::fmt::Write as _;

use test_support::exports::exports;
use test_support::samples::host::Host;
use test_support::samples::{expected, SAMPLES};

#[test]
fn exports_are_as_expected() {
    let mut text = String::new();
    for (name, build) in SAMPLES {
        let host = Host::open(&build(), true);
        for files in exports(&host, |_| true) {
            if !files.files.is_empty() {
                let _ = write!(text, "{name}, {}\n{files}", files.name());
            }
        }
    }
    let path = expected().join("exports.txt");
    if std::env::var_os("IMSHARK_BLESS").is_some() {
        std::fs::write(&path, &text).expect("the list written");
    }
    let then = std::fs::read_to_string(&path).expect("the list");
    for (number, (now, then)) in text.lines().zip(then.lines()).enumerate() {
        assert_eq!(now, then, "{}, line {}", path.display(), number + 1);
    }
    assert!(text == then, "{} has another length", path.display());
}

#[test]
fn no_two_files_of_a_list_have_the_same_name() {
    for (name, build) in SAMPLES {
        let host = Host::open(&build(), true);
        for files in exports(&host, |_| true) {
            let names: HashSet<_> = files
                .files
                .iter()
                .map(|it| it.name.to_lowercase())
                .collect();
            assert_eq!(names.len(), files.files.len(), "{name}: {files}");
        }
    }
}
