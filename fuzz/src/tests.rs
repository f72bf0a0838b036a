//! The targets over the corpus, if there is one, and over bytes that need none.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::invariants::{taken, GUARDED};
use crate::{collect, TARGETS};

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
    for (name, run, _) in TARGETS {
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
    let mut held: BTreeMap<String, usize> = BTreeMap::new();
    for (name, run, _) in TARGETS {
        let mut count = 0;
        for seed in seeds.of(name) {
            let survived = std::panic::catch_unwind(|| run(seed));
            assert!(survived.is_ok(), "{name}: {}", seed.escape_ascii());
            count += 1;
            for name in taken() {
                *held.entry(name).or_default() += 1;
            }
        }
        println!("{name}: {count} inputs");
        assert!(count > 0, "{name} has no input");
    }
    for (name, count) in &held {
        println!("{name}: {count} inputs");
        assert!(GUARDED.contains(&&**name), "{name} is not in the list");
    }
    let missing = GUARDED.iter().filter(|name| !held.contains_key(**name));
    let missing: Vec<_> = missing.collect();
    assert!(missing.is_empty(), "of no input: {missing:?}");
}

/// What was found once stays mended.
#[test]
fn targets_survive_what_was_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("found");
    let mut tried = 0;
    for (name, run, _) in TARGETS {
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
