//! The rings of the crate: bytes flow one way, and imports between files have no cycles.

#[path = "imports/mod.rs"]
mod imports;

use std::collections::BTreeMap;
use std::path::Path;

use imports::{sources, Imports};

/// The rings, from the innermost on. A file may import files of its own ring and of
/// earlier ones.
const RINGS: [&str; 5] = ["wire", "state", "tree", "report", "epan"];

/// The ring of a file: that of the folder of the same name that it is in, or of the
/// longest matching row of the table below.
fn ring(file: &str) -> Option<usize> {
    let folders = file.rsplit_once('/').map_or("", |(folders, _)| folders);
    let of_folder = folders
        .split('/')
        .find_map(|folder| RINGS.iter().position(|ring| *ring == folder));
    of_folder.or_else(|| {
        let row = PLACES
            .iter()
            .filter(|(place, _)| file.starts_with(place))
            .max_by_key(|(place, _)| place.len())?;
        RINGS.iter().position(|ring| *ring == row.1)
    })
}

/// The rings of places that no folder names.
const PLACES: &[(&str, &str)] = &[
    ("span.rs", "wire"),
    ("error.rs", "wire"),
    ("input.rs", "wire"),
    ("refuse.rs", "wire"),
    ("byte_kinds.rs", "wire"),
    ("hash_map.rs", "wire"),
    ("long_list.rs", "wire"),
    ("codes.rs", "wire"),
    ("xml/", "wire"),
    ("packet.rs", "wire"),
    ("first_pass.rs", "state"),
    ("pieces/", "state"),
    ("first_bytes.rs", "state"),
    ("digest.rs", "wire"),
    ("event/", "tree"),
    ("field/", "tree"),
    ("entries/", "tree"),
    ("protocols.rs", "tree"),
    ("handoff/", "tree"),
    ("plan/", "tree"),
    ("msn/", "tree"),
    ("msn/common/", "wire"),
    ("oicq/", "tree"),
    ("oicq/body/", "wire"),
    ("oicq/crypto/", "wire"),
    ("oicq/keystore/", "state"),
    ("lib.rs", "wire"),
    ("plugin.rs", "epan"),
];

fn faults(imports: &Imports) -> Vec<String> {
    let mut faults = Vec::new();
    for file in &imports.files {
        if ring(file).is_none() {
            faults.push(format!("{file} is of no ring"));
        }
    }
    for ((from, to), line) in &imports.arrows {
        if ring(from) < ring(to) {
            faults.push(format!("{from}:{line} imports {to}, of a later ring"));
        }
    }
    for cycle in imports.cycles() {
        faults.push(format!("a cycle: {}", cycle.join(", ")));
    }
    faults
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn bytes_flow_one_way() {
    let faults = faults(&Imports::of(&sources(&root().join("src"))));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A crate that breaks the rules fails the check.
#[test]
fn planted_violations_are_found() {
    let planted = |files: &[(&str, &str)]| {
        let named = files
            .iter()
            .map(|(file, text)| (String::from(*file), String::from(*text)));
        faults(&Imports::of(&named.collect()))
    };
    let tree = ("msn/msnp/tree/line.rs", "pub fn show() {}");
    for arrow in [
        "use crate::msn::msnp::tree::line::show;",
        "use super::super::tree::line;",
        "fn f() { crate::msn::msnp::tree::line::show() }",
        "const X: u8 = row!(crate::msn::msnp::tree::line::show);",
        "use crate::msn::msnp::tree; fn f() { tree::line::show() }",
    ] {
        let folder = ("msn/msnp/tree/mod.rs", "pub mod line;");
        let found = planted(&[tree, folder, ("msn/msnp/wire/word.rs", arrow)]);
        assert!(
            found
                .iter()
                .any(|fault| fault.contains("msn/msnp/wire/word.rs:1 imports")),
            "{arrow}: {found:?}"
        );
    }
    let for_tests = "#[cfg(test)] mod tests { use crate::msn::msnp::tree::line::show; }";
    assert_eq!(
        planted(&[tree, ("msn/msnp/wire/word.rs", for_tests)]),
        [""; 0]
    );
    let cycle = planted(&[
        ("span.rs", "use crate::error::Fault;"),
        ("error.rs", "use crate::codes::Codes;"),
        ("codes.rs", "use crate::span::Span;"),
    ]);
    assert_eq!(cycle, ["a cycle: codes.rs, error.rs, span.rs"]);
    assert_eq!(
        planted(&[("wires/new.rs", "")]),
        ["wires/new.rs is of no ring"]
    );
}

#[test]
fn what_is_public_is_used() {
    let crate_root = sources(&root().join("src"));
    let mut others = BTreeMap::new();
    for folder in ["tests", "fuzz/fuzz_targets", "fuzz/src", "benches"] {
        for (file, text) in imports::all_sources(&root().join(folder)) {
            others.insert(format!("{folder}/{file}"), text);
        }
    }
    let unused = imports::public::unused(&crate_root, &others);
    assert!(
        unused.is_empty(),
        "no other file uses\n{}",
        unused.join("\n")
    );
}
