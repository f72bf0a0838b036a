//! The targets over the corpus, if there is one, and over bytes that need none.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::invariants::{taken, GUARDED};
use crate::{collect, Target, TARGETS};

/// The targets named in `IMSHARK_FUZZ_TARGETS`, as `tests/mutants.sh` does, or all of them.
pub(crate) fn targets() -> Vec<Target> {
    let names = std::env::var("IMSHARK_FUZZ_TARGETS").unwrap_or_default();
    let names: Vec<_> = names.split_whitespace().collect();
    let is_wanted = |target: &&Target| names.is_empty() || names.contains(&target.0);
    let targets: Vec<_> = TARGETS.iter().filter(is_wanted).copied().collect();
    assert!(
        names.is_empty() || targets.len() == names.len(),
        "{names:?}"
    );
    targets
}

/// Inputs without any meaning, for every target.
fn meaningless() -> Vec<Vec<u8>> {
    let mut inputs = vec![Vec::new()];
    for byte in [0, 1, b'\r', b'A', 0x7f, 0x80, 0xff] {
        inputs.extend([1, 2, 3, 4, 7, 16, 40, 200].map(|len| vec![byte; len]));
    }
    let all: Vec<u8> = (0..=255).collect();
    inputs.push(all.clone());
    inputs.push(all.into_iter().rev().collect());
    inputs
}

#[test]
fn targets_survive_bytes_without_meaning() {
    for (name, run, _) in targets() {
        for input in meaningless() {
            println!("{name} {} bytes {:?}", input.len(), input.first());
            run(&input);
        }
    }
}

#[test]
fn every_target_is_a_binary() {
    let manifest = include_str!("../Cargo.toml");
    for (name, _, longest) in TARGETS {
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")));
        assert!((64..=4096).contains(longest));
    }
    let bins = manifest.matches("[[bin]]").count();
    assert_eq!(bins, TARGETS.len());
}

#[test]
fn targets_survive_their_seeds() {
    let seeds = collect::seeds();
    let mut missing: Vec<(&str, &str)> = Vec::new();
    for (target, run, _) in targets() {
        let mut held: BTreeMap<String, usize> = BTreeMap::new();
        let mut count = 0;
        for seed in seeds.of(target) {
            let survived = std::panic::catch_unwind(|| run(seed));
            assert!(survived.is_ok(), "{target}: {}", seed.escape_ascii());
            count += 1;
            for name in taken() {
                *held.entry(name).or_default() += 1;
            }
        }
        println!("{target}: {count} inputs");
        assert!(count > 0, "{target} has no input");
        let guarded = GUARDED.iter().filter(|row| row.1.contains(&target));
        let guarded = guarded.map(|(name, _)| (target, *name));
        missing.extend(guarded.filter(|(_, name)| !held.contains_key(*name)));
        for (name, count) in &held {
            println!("{target}: {name}: {count} inputs");
            let mut guarded = GUARDED.iter().filter(|row| row.0 == name);
            let is_listed = guarded.any(|row| row.1.contains(&target));
            assert!(is_listed, "{target}: {name} is not in the list");
        }
    }
    assert!(missing.is_empty(), "of no input: {missing:?}");
}

/// What was found once stays mended.
#[test]
fn targets_survive_what_was_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("found");
    let mut tried = 0;
    for (name, run, _) in targets() {
        let Ok(entries) = fs::read_dir(folder.join(name)) else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("an entry").path();
            println!("{}", path.display());
            run(&fs::read(&path).expect("an input"));
            tried += 1;
        }
    }
    println!("{tried} inputs");
}
