//! The targets over inputs near their seeds, from which proptest finds the shortest that fails.
//!
//! `PROPTEST_CASES` is their number for each target, `IMSHARK_SEED` chooses which.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, Index};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::collect;
use crate::invariants::bounded;
use crate::tests::targets;

/// Inputs of each target, unless `PROPTEST_CASES` says otherwise.
const CASES: u32 = 256;
/// Edits of an input, fewer than.
const EDITS: usize = 8;

/// A change of an input. Places are shares of its length.
#[derive(Debug, Clone)]
enum Edit {
    Set(Index, u8),
    /// As a length in two bytes, big-endian.
    SetLength(Index, u16),
    Insert(Index, Vec<u8>),
    Remove(Index, Index),
    /// What is between two places comes again at a third.
    Copy(Index, Index, Index),
    Truncate(Index),
    /// A part of another seed.
    Splice(Index, Vec<u8>, Index, Index),
}

impl Edit {
    fn apply(&self, input: &mut Vec<u8>) {
        let len = input.len();
        let place = |index: &Index| index.index(len + 1);
        let range = |from: &Index, to: &Index| {
            let (from, to) = (place(from), place(to));
            from.min(to)..from.max(to)
        };
        match self {
            Self::Set(at, byte) => {
                if let Some(old) = input.get_mut(place(at)) {
                    *old = *byte;
                }
            }
            Self::SetLength(at, length) => {
                let at = place(at);
                if let Some(old) = input.get_mut(at..at + 2) {
                    old.copy_from_slice(&length.to_be_bytes());
                }
            }
            Self::Insert(at, bytes) => {
                let at = place(at);
                drop(input.splice(at..at, bytes.iter().copied()));
            }
            Self::Remove(from, to) => drop(input.drain(range(from, to))),
            Self::Copy(from, to, at) => {
                let bytes = input[range(from, to)].to_vec();
                let at = place(at);
                drop(input.splice(at..at, bytes));
            }
            Self::Truncate(at) => input.truncate(place(at)),
            Self::Splice(at, other, from, to) => {
                let of_other = |index: &Index| index.index(other.len() + 1);
                let (from, to) = (of_other(from), of_other(to));
                let part = other[from.min(to)..from.max(to)].to_vec();
                let at = place(at);
                drop(input.splice(at..at, part));
            }
        }
    }
}

fn edit(seeds: Vec<Vec<u8>>) -> impl Strategy<Value = Edit> {
    let place = any::<Index>;
    // Bytes on which decoders branch.
    let byte = prop_oneof![
        any::<u8>(),
        select(&b"\0\x01\x02\x03\x7f\x80\xff\r\n :%<>&=;\"0"[..])
    ];
    prop_oneof![
        (place(), byte.clone()).prop_map(|(at, byte)| Edit::Set(at, byte)),
        (place(), prop_oneof![any::<u16>(), 0..300_u16])
            .prop_map(|(at, length)| Edit::SetLength(at, length)),
        (place(), vec(byte, 1..5)).prop_map(|(at, bytes)| Edit::Insert(at, bytes)),
        (place(), place()).prop_map(|(from, to)| Edit::Remove(from, to)),
        (place(), place(), place()).prop_map(|(from, to, at)| Edit::Copy(from, to, at)),
        place().prop_map(Edit::Truncate),
        (place(), select(seeds), place(), place())
            .prop_map(|(at, other, from, to)| Edit::Splice(at, other, from, to)),
    ]
}

fn input(seeds: Vec<Vec<u8>>, longest: usize) -> impl Strategy<Value = Vec<u8>> {
    let edits = vec(edit(seeds.clone()), 0..EDITS);
    (select(seeds), edits).prop_map(move |(mut input, edits)| {
        for edit in edits {
            edit.apply(&mut input);
            input.truncate(longest);
        }
        input
    })
}

/// A generator that gives the same in every run.
fn random(target: &str, seed: &str) -> TestRng {
    let mut bytes = [0; 32];
    for (place, byte) in bytes.iter_mut().zip(target.bytes().chain(seed.bytes())) {
        *place = byte;
    }
    TestRng::from_seed(RngAlgorithm::ChaCha, &bytes)
}

#[test]
fn targets_survive_inputs_near_their_seeds() {
    let seeds = collect::seeds();
    let mut config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = CASES;
    }
    let seed = std::env::var("IMSHARK_SEED").unwrap_or_default();
    for (name, run, longest) in targets() {
        let seeds: Vec<_> = seeds.of(name).cloned().collect();
        let mut runner = TestRunner::new_with_rng(config.clone(), random(name, &seed));
        let result = runner.run(&input(seeds, longest), |input| {
            run(&input);
            Ok(())
        });
        // The shortest input, for the folder `found`.
        if let Err(error) = result {
            panic!("{name}: {error}");
        }
    }
}

/// What a target can't survive is found, and made short.
#[test]
fn a_planted_fault_is_found() {
    let config = Config {
        failure_persistence: None,
        cases: 4096,
        ..Config::default()
    };
    let seeds = vec![b"VER 1 MSNP15 CVR0\r\n".to_vec(), b"PNG\r\n".to_vec()];
    let mut runner = TestRunner::new_with_rng(config, random("planted", ""));
    let result = runner.run(&input(seeds, 512), |input| {
        bounded(&input, |input| {
            assert!(!input.windows(2).any(|pair| pair == [0xff, b'P']));
        });
        Ok(())
    });
    let Err(proptest::test_runner::TestError::Fail(_, shortest)) = result else {
        panic!("{result:?}");
    };
    assert!(shortest.len() < 22, "{}", shortest.escape_ascii());
}
