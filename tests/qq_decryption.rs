//! Decrypts frames whose key is known: those of the project, and published ones if a
//! folder of captures is given, beside which the protocol reference is.

use std::collections::{BTreeMap, BTreeSet};

use imshark::oicq::crypto::encrypted::{encrypted_part, Encrypted};
use imshark::oicq::crypto::key_role::{CiphertextContext, CiphertextLayer, KeyRole};
use imshark::oicq::crypto::keys::Key;
use imshark::oicq::crypto::login_keys::FoundKey;
use imshark::oicq::crypto::tea;
use imshark::oicq::fields::{Field, Note};
use imshark::oicq::keystore::keyring::SecretKind;
use imshark::oicq::wire::direction::Direction;
use imshark::oicq::wire::frame::{frame, Frame};
use imshark::packet::Detail;
use imshark::plan::{Item, Plan};
use imshark::span::Span;

use test_support::capture::Capture;
use test_support::qq_synthetic::{FRAMES, SESSION, TGTGT};
use test_support::samples::host::Host;
use test_support::samples::{sample, SplitMix64};

const UIN: u32 = 12_345_678;

fn hex(text: &str) -> Vec<u8> {
    let digit = |at| u8::from_str_radix(&text[at..at + 2], 16).expect("two digits");
    (0..text.len()).step_by(2).map(digit).collect()
}

fn read(data: &[u8]) -> (Frame, Encrypted) {
    let frame = frame(data, Span::new(0, data.len()), Direction::Unknown).expect("a frame");
    (frame, encrypted_part(&frame, data).expect("a ciphertext"))
}

fn decrypted(key: &Key, ciphertext: &[u8]) -> Vec<u8> {
    let mut plaintext = Vec::new();
    assert!(
        tea::decrypt(key, ciphertext, &mut plaintext),
        "{ciphertext:x?}"
    );
    plaintext
}

fn place(frame: &Frame) -> CiphertextContext {
    CiphertextContext {
        command: frame.command.value,
        direction: frame.direction,
        version: frame.version.value,
        layer: CiphertextLayer::Frame,
    }
}

#[test]
fn synthetic_frames_are_decrypted() {
    for row in FRAMES {
        let data = hex(row.frame);
        let (_, encrypted) = read(&data);
        let plaintext = decrypted(&Key::new(row.key), encrypted.ciphertext.of(&data));
        assert_eq!(plaintext, hex(row.plaintext), "{}", row.name);
        if let Some(key) = encrypted.key {
            assert_eq!(*key.bytes(), row.key, "{}", row.name);
        }
    }
}

fn synthetic(name: &str) -> (Frame, Vec<u8>) {
    let row = FRAMES
        .iter()
        .find(|row| row.name == name)
        .expect("a frame of this name");
    (read(&hex(row.frame)).0, hex(row.plaintext))
}

#[test]
fn a_login_of_2005_leads_to_the_session_key() {
    let (frame, plaintext) = synthetic("G04");
    let p2 = Key::of_password(b"password").md5();
    let row = FRAMES.iter().find(|row| row.name == "G04").expect("G04");
    assert_eq!(row.key, *p2.bytes());
    let found = place(&frame).extract_keys(&plaintext);
    let (role, key) = (KeyRole::Session, Key::new(SESSION));
    assert_eq!(found, [FoundKey { role, key }]);
}

#[test]
fn a_login_of_2013_leads_to_the_session_request() {
    let (frame, plaintext) = synthetic("G27");
    let request = place(&frame);
    let [proof] = request.inner(&plaintext)[..] else {
        panic!("no proof");
    };
    assert_eq!(
        (proof.layer, proof.span),
        (CiphertextLayer::Proof, Span::new(74, 120))
    );
    let salted = Key::of_password(b"password").salted(UIN);
    let inside = decrypted(&salted, proof.span.of(&plaintext));
    let layer = CiphertextLayer::Proof;
    let found = CiphertextContext { layer, ..request }.extract_keys(&inside);
    let (role, key) = (KeyRole::Tgtgt, Key::new(TGTGT));
    assert_eq!(found, [FoundKey { role, key }]);
    let (frame, plaintext) = synthetic("G28");
    let roles = [KeyRole::SessionRequest, KeyRole::SessionReply];
    let found = place(&frame).extract_keys(&plaintext);
    for (role, letter) in roles.into_iter().zip([b's', b'r']) {
        let key = Key::new([letter; 16]);
        assert!(found.contains(&FoundKey { role, key }), "{role:?}");
    }
}

#[test]
fn keys_are_looked_for_in_any_plaintext() {
    const COMMANDS: [u16; 12] = [
        0x001d, 0x0022, 0x0030, 0x00dd, 0x00e5, 0x0818, 0x0819, 0x0825, 0x0826, 0x0828, 0x0836,
        0x00cd,
    ];
    let mut random = SplitMix64::new(0x0836_0828);
    let mut places = 0;
    for row in FRAMES {
        let plaintext = hex(row.plaintext);
        for len in 0..=plaintext.len() {
            let mut mutated = plaintext[..len].to_vec();
            for _ in 0..random.below(4) {
                let at = random.below(len);
                if let Some(byte) = mutated.get_mut(at) {
                    *byte = random.next() as u8;
                }
            }
            let place = CiphertextContext {
                command: COMMANDS[random.below(COMMANDS.len())],
                direction: [Direction::ToServer, Direction::ToClient][random.below(2)],
                version: [0x0e1b, 0x2227, 0x3420][random.below(3)],
                layer: [
                    CiphertextLayer::Frame,
                    CiphertextLayer::Proof,
                    CiphertextLayer::Second,
                ][random.below(3)],
            };
            assert!(!place.roles().is_empty());
            for inner in place.inner(&mutated) {
                assert!(inner.span.end() <= len, "{place:?}");
            }
            assert!(place.extract_keys(&mutated).len() <= len / 8, "{place:?}");
            places += 1;
        }
    }
    assert!(places > 2_000, "{places}");
}

/// The protocol reference, beside the folder of captures.
fn reference() -> String {
    let captures = std::env::var_os("IMSHARK_CORPUS");
    let captures = captures.expect("IMSHARK_CORPUS names a folder of captures");
    let path = std::path::Path::new(&captures).join("../reference/oicq.md");
    std::fs::read_to_string(path).expect("the reference")
}

/// A frame of the reference, and the notes below it.
fn published<'t>(text: &'t str, name: &str) -> (Vec<u8>, &'t str) {
    let start = text.find(&format!("**{name} ")).expect(name);
    let mut parts = text[start..].split("```");
    let frame = parts.nth(1).expect("a frame").trim();
    let notes = parts.next().expect("notes").trim();
    (hex(frame), notes.split("\n\n").next().expect("a paragraph"))
}

/// The longest run of hexadecimal digits after `mark`.
fn digits(notes: &str, mark: &str) -> Vec<u8> {
    let (_, after) = notes.split_once(mark).expect(mark);
    let after = after.trim_start_matches([' ', '`']);
    let end = after
        .find(|c: char| !c.is_ascii_hexdigit())
        .unwrap_or(after.len());
    hex(&after[..end])
}

#[test]
#[ignore = "needs IMSHARK_CORPUS, and the reference beside it"]
fn published_frames_are_decrypted() {
    let text = reference();
    for name in ["R01", "R12", "R14.1", "R14.2"] {
        let (data, notes) = published(&text, name);
        let (_, encrypted) = read(&data);
        let key = encrypted.key.expect("a key in clear");
        let plaintext = decrypted(&key, encrypted.ciphertext.of(&data));
        assert_eq!(plaintext, digits(notes, "plaintext"), "{name}");
    }
    let (asked, _) = published(&text, "R01");
    let (data, notes) = published(&text, "R02");
    let key = read(&asked).1.key.expect("a key in clear");
    let plaintext = decrypted(&key, read(&data).1.ciphertext.of(&data));
    assert_eq!(plaintext, digits(notes, "plaintext"));
}

/// Headings have the form `R07 1A35 S→C 0x0080`; a frame over TCP begins with its length.
#[test]
#[ignore = "needs IMSHARK_CORPUS, and the reference beside it"]
fn published_frames_match_their_headings() {
    let text = reference();
    let mut versions = 0;
    let mut names = BTreeSet::new();
    for line in text.lines().filter(|line| line.starts_with("**")) {
        let (name, heading) = line[2..].split_once(' ').expect("a name");
        let is_frame = name.starts_with(['R', 'G']) && name[1..].starts_with(char::is_numeric);
        let Some((_, command)) = heading.split_once("0x").filter(|_| is_frame) else {
            continue;
        };
        let (data, notes) = published(&text, name);
        let notes = if name.starts_with('G') { line } else { notes };
        if data.first() != Some(&2) && !heading.contains("TCP") {
            continue;
        }
        let data = data.strip_prefix(&[0]).map_or(&data[..], |rest| &rest[1..]);
        let frame = frame(data, Span::new(0, data.len()), Direction::Unknown).expect(name);
        let number = |text: &str| u16::from_str_radix(text, 16).ok();
        assert_eq!(Some(frame.command.value), number(&command[..4]), "{name}");
        if let Some(version) = number(&heading[..4]) {
            assert_eq!(frame.version.value, version, "{name}");
            versions += 1;
        }
        let direction = match (heading.contains("C→S"), heading.contains("S→C")) {
            (true, false) => Some(Direction::ToServer),
            (false, true) => Some(Direction::ToClient),
            _ => None,
        };
        // The direction is in the ports if the capture ends before the trailer.
        let is_cut = heading.contains("snapped");
        if let Some(direction) = direction.filter(|_| !is_cut) {
            assert_eq!(frame.direction, direction, "{name}");
        }
        if let Some((_, place)) = notes.split_once("ciphertext at ") {
            let end = place
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(place.len());
            let ciphertext = encrypted_part(&frame, data)
                .expect("a ciphertext")
                .ciphertext;
            assert_eq!(ciphertext.start.to_string(), place[..end], "{name}");
        }
        names.insert(name);
    }
    assert!(names.len() > 55 && versions > 30, "{versions} {names:?}");
}

#[test]
#[ignore = "needs IMSHARK_CORPUS, and the reference beside it"]
fn a_published_login_is_decrypted_with_a_published_share_key() {
    let text = reference();
    let (touch, _) = published(&text, "R14.1");
    let (frame, encrypted) = read(&touch);
    let key = encrypted.key.expect("a key in clear");
    let learnt = place(&frame).extract_keys(&decrypted(&key, encrypted.ciphertext.of(&touch)));
    let (data, notes) = published(&text, "R14.3");
    let (frame, encrypted) = read(&data);
    assert_eq!(encrypted.ciphertext, Span::new(77, 544));
    let key = encrypted.share.expect("a published key");
    let role = KeyRole::Share;
    assert_eq!(learnt, [FoundKey { role, key }]);
    let plaintext = decrypted(&key, encrypted.ciphertext.of(&data));
    assert_eq!(plaintext.len(), 534);
    let inner = place(&frame).inner(&plaintext);
    let layers: Vec<CiphertextLayer> = inner.iter().map(|inner| inner.layer).collect();
    assert_eq!(layers, [CiphertextLayer::Proof, CiphertextLayer::Device]);
    assert_eq!(inner[0].span.len, 0x78);
    let tgtgt = Key::at_start(&digits(notes, "TGTGT key")).expect("a key");
    let device = decrypted(&tgtgt, inner[1].span.of(&plaintext));
    assert_eq!(device[..2], [0x00, 0x15]);
}

/// The number of plans with a decrypted body, and all plans as text.
fn later_pass(
    host: &mut Host,
    order: impl Iterator<Item = usize>,
) -> (usize, BTreeMap<usize, String>) {
    let mut decrypted = 0;
    let mut texts = BTreeMap::new();
    for index in order {
        let plan = host.again(index, Detail::Tree);
        let is_decrypted = |item: &Item| item.field == Field::Decrypted.into();
        decrypted += usize::from(plan.items().iter().any(is_decrypted));
        texts.insert(index, plan.to_string());
    }
    (decrypted, texts)
}

#[test]
fn later_passes_decrypt_in_any_order() {
    for (name, all) in [("qq-logins", 59), ("qq-keys", 47)] {
        let mut capture = sample(name);
        let mut host = Host::open(&capture, true);
        let calls = host.calls.len();
        assert_eq!(later_pass(&mut host, 0..calls).0, all, "{name}");
        // Replies before requests, sessions before their logins.
        capture.frames.reverse();
        let mut host = Host::open(&capture, true);
        let first = host.first.iter();
        let first = first.filter(|text| text.contains("oicq.decrypted")).count();
        assert!((1..all - 10).contains(&first), "{name}: {first}");
        let backward = later_pass(&mut host, (0..calls).rev());
        assert_eq!(backward.0, all, "{name}");
        assert_eq!(later_pass(&mut host, 0..calls), backward, "{name}");
    }
}

#[test]
fn keys_added_later_decrypt_more_frames() {
    let mut capture = sample("qq-keys");
    let secrets = std::mem::take(&mut capture.secrets);
    let mut host = Host::open(&capture, true);
    let calls = host.calls.len();
    let (alone, _) = later_pass(&mut host, 0..calls);
    assert_eq!(alone, 28);
    // Wireshark drops its state and dissects the capture again when a preference changes.
    capture.secrets = secrets;
    let mut host = Host::open(&capture, true);
    assert_eq!(later_pass(&mut host, 0..calls).0, 47);
}

#[test]
fn useless_keys_are_noted_once_and_only_if_nothing_is_decrypted() {
    let notes = |capture: &Capture| {
        let host = Host::open(capture, true);
        let notes = host.plans.iter().flat_map(Plan::notes);
        let useless = Note::UselessKeys.into();
        notes.filter(|note| note.expert == useless).count()
    };
    let mut capture = sample("qq-keys");
    assert_eq!(notes(&capture), 1);
    // The right key in addition to the wrong one.
    let right = "78".repeat(16);
    capture.secrets.row(10_003, SecretKind::SessionKey, &right);
    assert_eq!(notes(&capture), 0);
    let mut capture = sample("qq-logins");
    assert_eq!(notes(&capture), 0);
    capture.secrets.rows.clear();
    assert_eq!(notes(&capture), 0);
    capture
        .secrets
        .row(12_345_678, SecretKind::Password, "another");
    let logins_with_a_proof = 5;
    assert_eq!(notes(&capture), logins_with_a_proof);
}

#[test]
fn useless_keys_are_noted_between_two_clients() {
    let mut capture = sample("qq-families");
    let notes = |capture: &Capture| -> Vec<(u32, String)> {
        let host = Host::open(capture, true);
        let plans = host.calls.iter().zip(&host.plans);
        let between = plans.filter(|(_, plan)| {
            let mut items = plan.items().iter();
            items.any(|item| item.field == Field::P2pReceiver.into())
        });
        let notes = between
            .flat_map(|(call, plan)| plan.notes().iter().map(move |note| (call, plan, note)));
        let useless = notes.filter(|(_, _, note)| note.expert == Note::UselessKeys.into());
        useless
            .map(|(call, plan, note)| (call.frame, plan.text_of(note.text).to_owned()))
            .collect()
    };
    assert_eq!(notes(&capture), []);
    capture.secrets.rows.clear();
    assert_eq!(notes(&capture), []);
    let wrong = "00".repeat(16);
    capture
        .secrets
        .row(12_345_678, SecretKind::SessionKey, &wrong);
    // The third frame of the conversation, whoever sent it.
    let text = "None of the keys given for QQ 12345678 has decrypted anything so far";
    assert_eq!(notes(&capture), [(5, text.to_owned())]);
}

#[test]
fn a_keylog_file_may_hold_every_key_of_a_login() {
    let mut capture = sample("qq-keys");
    let share = "44".repeat(16);
    capture.secrets.rows.clear();
    capture.secrets.keylog = ["47", "71", "72", "73", "44"]
        .map(|byte| format!("12345678 {}\n", byte.repeat(16)))
        .concat();
    assert!(capture.secrets.keylog.contains(&share));
    let host = Host::open(&capture, true);
    let words: BTreeSet<String> = host
        .plans
        .iter()
        .flat_map(|plan| plan.items().iter().map(move |item| (plan, item)))
        .filter(|(_, item)| item.field == Field::DecryptionKey.into())
        .filter_map(|(plan, item)| Some(plan.value_of(item)?.into_owned()))
        .collect();
    assert!(words.contains("key from the keylog"), "{words:?}");
    assert!(words.contains("session key from the login"), "{words:?}");
}
