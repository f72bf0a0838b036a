//! Other traffic looks the same with the plugin and without, however TCP segments it and
//! whatever frames a capture lacks.
//!
//! `IMSHARK_COEXIST` selects the comparisons: `whole` means all of them, as in
//! `tests/coexist.sh`. Otherwise a selection that fits into a test is made. Every fourth
//! variant is compared, in each of 3.4, 4.0, 4.4 and later versions another one, so that these
//! four compare all: the columns and protocols of all captures; of every third variant in two
//! passes as well, unless it consists of pieces; and the PDML of a twentieth of the captures,
//! chosen by the seed, a different one for each variant.
//! `IMSHARK_SEED` is the seed, 1 by default; `IMSHARK_VARIANT` restricts the variants to
//! those with these words in their names.

use std::path::{Path, PathBuf};

use crate::comparison::{compare, Outcome, View};
use crate::harness::{corpus, wireshark, Wireshark};
use test_support::capture::{Capture, Side};
use test_support::neighbours;
use test_support::recut::{files, Cut, Recording, Variant};
use test_support::samples::SplitMix64;

/// The captures of `IMSHARK_CORPUS` without MSN and QQ.
fn recordings() -> Vec<Recording> {
    let folder = corpus("foreign");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    let recordings: Vec<_> = paths.iter().map(|path| files::read(path)).collect();
    let frames: usize = recordings.iter().map(|one| one.frames.len()).sum();
    assert!(paths.len() > 400 && frames > 40_000, "{frames} frames");
    recordings
}

/// The seed of all random choices.
fn seed() -> u64 {
    let seed = std::env::var("IMSHARK_SEED").ok();
    seed.map_or(1, |seed| seed.parse().expect("IMSHARK_SEED is a number"))
}

/// Which quarter of the variants this version compares: every fourth, from this one on.
fn turn(wireshark: &Wireshark) -> usize {
    let earlier = ["3.4", "4.0", "4.4"];
    let place = earlier.iter().position(|one| *one == wireshark.version());
    place.unwrap_or(earlier.len())
}

/// Writes `variant` of every capture, or of a twentieth of them, selected by `choice`.
/// Returns the number of frames.
fn write(path: &Path, recordings: &[Recording], variant: Variant, choice: Option<usize>) -> usize {
    let mut random = SplitMix64::new(seed());
    let rewritten = recordings.iter().filter_map(|one| {
        let (seed, lot) = (random.next(), random.below(20));
        let chosen = choice.is_none_or(|choice| lot == choice % 20);
        chosen.then(|| (&one.secrets[..], variant.of(one, seed)))
    });
    files::write(path, rewritten)
}

/// The comparisons of a variant: whether all captures are used, the view and its options.
fn comparisons(
    variant: Variant,
    number: usize,
    whole: bool,
) -> Vec<(bool, View, &'static [&'static str])> {
    const TWO_PASSES: &[&str] = &["-2"];
    let mut chosen = vec![(true, View::Columns, &[][..])];
    if whole {
        for view in [View::Summary, View::Pdml] {
            chosen.push((true, view, &[]));
        }
        for view in [View::Columns, View::Pdml] {
            chosen.push((true, view, TWO_PASSES));
        }
        return chosen;
    }
    if variant.cut != Cut::Pieces && (number as u64 + seed()) % 3 == 0 {
        chosen.push((true, View::Columns, TWO_PASSES));
    }
    if variant.cut == Cut::Whole {
        chosen.push((true, View::Summary, &[]));
    }
    chosen.push((false, View::Pdml, &[]));
    chosen
}

/// The differences, as text.
fn differences(name: &str, outcome: &Outcome) -> String {
    let examples = outcome.examples.iter().take(3).map(ToString::to_string);
    format!("{name}:\n{}", examples.collect::<String>())
}

fn compare_variant(
    wireshark: &Wireshark,
    recordings: &[Recording],
    (choice, variant): (usize, Variant),
    whole: bool,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for all in [true, false] {
        let path = wireshark.file("variant.pcapng");
        let mut of_these = comparisons(variant, choice, whole);
        of_these.retain(|one| one.0 == all);
        if of_these.is_empty() {
            continue;
        }
        let frames = write(&path, recordings, variant, (!all).then_some(choice));
        assert!(frames > 100, "{variant}: {frames} frames");
        for (_, view, options) in of_these {
            let outcome = compare(wireshark, &path, view, options);
            assert_eq!(outcome.frames, frames, "{variant}, {view:?}");
            let name = format!("{variant}, {view:?} {}", options.join(" "));
            println!(
                "{name:70} {:8} frames compared, {:6} differ",
                outcome.frames, outcome.differ
            );
            if outcome.differ > 0 {
                wrong.push(differences(&name, &outcome));
            }
        }
        let _ = std::fs::remove_file(&path);
    }
    wrong
}

#[test]
#[ignore = "needs Wireshark with the plugin, and IMSHARK_CORPUS"]
fn the_corpus_looks_the_same_in_every_variant() {
    let wireshark = wireshark();
    let recordings = recordings();
    let whole = std::env::var("IMSHARK_COEXIST").is_ok_and(|mode| mode == "whole");
    let only = std::env::var("IMSHARK_VARIANT").ok();
    let mut wrong = Vec::new();
    for (number, variant) in Variant::all().into_iter().enumerate() {
        let name = variant.to_string();
        let is_due = whole || only.is_some() || (number + seed() as usize) % 4 == turn(wireshark);
        if is_due && only.as_ref().is_none_or(|only| name.contains(only)) {
            wrong.extend(compare_variant(
                wireshark,
                &recordings,
                (number, variant),
                whole,
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Traffic that begins like QQ or MSN and is neither, on the ports of HTTP, TLS, ICQ and
/// others, in every variant.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn neighbours_look_the_same_in_every_variant() {
    let wireshark = wireshark();
    let path = wireshark.file("neighbours.pcapng");
    let variants = (1..).zip(Variant::all());
    let rewritten = variants.map(|(number, variant)| {
        let recording = neighbours::recording(seed(), number);
        (&[][..], variant.of(&recording, seed()))
    });
    let frames = files::write(&path, rewritten);
    assert!(frames > 30_000, "{frames} frames");
    for (view, options) in [(View::Pdml, &[][..]), (View::Columns, &["-2"])] {
        let outcome = compare(wireshark, &path, view, options);
        assert_eq!(outcome.frames, frames);
        assert_eq!(outcome.differ, 0, "{}", differences("neighbours", &outcome));
    }
}

/// TCP prefers the server's port, whatever the client's is. If heuristics come first,
/// HTTP's recognises connections whose beginning SOCKS has dissected.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn a_client_may_use_a_port_of_http() {
    let wireshark = wireshark();
    let mut capture = Capture::new();
    for (machine, (client, server)) in
        (1..).zip([(8080, 1080), (80, 1080), (443, 22), (3128, 5060)])
    {
        let client = ([192, 0, 2, machine].into(), client);
        let tcp = capture.connect(client, ([198, 51, 100, machine].into(), server));
        let connect = b"CONNECT www.example.com:443 HTTP/1.1\r\n\r\n";
        let refusal = b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n";
        capture.send_cut(tcp, Side::Client, connect, 2);
        capture.send(tcp, Side::Server, refusal);
        capture.send(tcp, Side::Client, connect);
        capture.send(tcp, Side::Server, refusal);
    }
    let path = wireshark.write("clients.pcap", &capture);
    for first in ["FALSE", "TRUE"] {
        let preference = format!("tcp.try_heuristic_first:{first}");
        for options in [&["-o", &*preference][..], &["-2", "-o", &*preference]] {
            let outcome = compare(wireshark, &path, View::Columns, options);
            assert!(outcome.frames > 80, "{} frames", outcome.frames);
            assert_eq!(outcome.differ, 0, "{}", differences("clients", &outcome));
        }
    }
}
