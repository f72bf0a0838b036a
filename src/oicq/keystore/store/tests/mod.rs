//! Number of keys tried, and the outcomes.

mod carried;
mod damaged;
mod pending;
mod waiting;

use crate::oicq::crypto::key_batch::LANES;
use crate::oicq::crypto::key_role::CiphertextLayer;
use crate::oicq::crypto::keys::Key;
use crate::oicq::keystore::store::*;
use crate::oicq::wire::direction::Direction;
use test_support::qq_tea::encrypt;

const UIN: u32 = 12_345_678;
const WRONG: u64 = if cfg!(miri) { 300 } else { 1_000 };

/// A key with which no ciphertext of these tests is encrypted.
fn wrong(number: u64) -> Key {
    let mut bytes = [0xee; 16];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    Key::new(bytes)
}

fn session() -> Key {
    Key::new(*b"0123456789abcdef")
}

/// A key store with many wrong keys of a keylog file, followed by these.
fn key_store(right: &[Key]) -> KeyStore {
    key_store_of((0..WRONG).map(wrong).chain(right.iter().copied()))
}

/// A key store with these keys of a keylog file.
fn key_store_of(keys: impl Iterator<Item = Key>) -> KeyStore {
    let lines: String = keys
        .map(|key| {
            let digits = key.bytes().iter().map(|byte| format!("{byte:02x}"));
            format!("{UIN} {}\n", digits.collect::<String>())
        })
        .collect();
    let mut keyring = Keyring::default();
    assert!(keyring.add_keylog(&lines).is_empty());
    KeyStore::new(keyring)
}

fn context(command: u16, direction: Direction) -> CiphertextContext {
    CiphertextContext {
        command,
        direction,
        version: 0x3420,
        layer: CiphertextLayer::Frame,
    }
}

fn target(context: &CiphertextContext, frame: u32, conversation: u32) -> DecryptTarget {
    DecryptTarget {
        pdu: PduKey { frame, index: 0 },
        index: 0,
        conversation,
        uin: Some(UIN),
        roles: context.roles(),
        request: None,
        carried_key: None,
        share: None,
    }
}

/// Decrypts a packet, and returns the number of keys tried.
fn attempts(
    key_store: &mut KeyStore,
    target: &DecryptTarget,
    context: &CiphertextContext,
    first: bool,
    key: Key,
) -> u64 {
    let before = key_store.attempts;
    key_store.decrypt_frame(target, context, first, &encrypt(key.bytes(), &[0; 30]));
    key_store.attempts - before
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes in Miri")]
fn wrong_keys_are_tried_once_per_packet() {
    let mut key_store = key_store(&[]);
    let conversation = key_store.new_conversation();
    let message = context(0x00cd, Direction::ToServer);
    for pass in [true, false, false] {
        for frame in 1..=100 {
            let target = target(&message, frame, conversation);
            let tried = attempts(&mut key_store, &target, &message, pass, session());
            match (pass, frame) {
                (true, 1..=3) => assert_eq!(tried, WRONG, "{frame}"),
                (true, _) => assert!((1..=102).contains(&tried), "{frame}: {tried}"),
                (false, _) => assert_eq!(tried, 0, "{frame}"),
            }
        }
    }
}

#[test]
fn the_last_successful_key_is_tried_first() {
    let mut key_store = key_store(&[session()]);
    let conversation = key_store.new_conversation();
    let message = context(0x00cd, Direction::ToServer);
    for frame in 1..=100 {
        let target = target(&message, frame, conversation);
        let tried = attempts(&mut key_store, &target, &message, true, session());
        assert_eq!(tried, if frame == 1 { WRONG + 1 } else { 1 }, "{frame}");
    }
}

/// The key that the user gave for a later session decrypts what came before it was found.
#[test]
#[cfg_attr(miri, ignore = "takes minutes in Miri")]
fn a_key_found_late_decrypts_earlier_packets_in_later_passes() {
    let mut key_store = key_store(&[session()]);
    let conversation = key_store.new_conversation();
    let message = context(0x00cd, Direction::ToServer);
    let decrypted = |key_store: &mut KeyStore, first: bool| -> Vec<u32> {
        let frames = (1..=40).filter(|&frame| {
            let target = target(&message, frame, conversation);
            let key = if frame <= 5 {
                wrong(u64::MAX)
            } else {
                session()
            };
            let ciphertext = encrypt(key.bytes(), &[0; 30]);
            let found = key_store.decrypt_frame(&target, &message, first, &ciphertext);
            found.is_some()
        });
        frames.collect()
    };
    let first = decrypted(&mut key_store, true);
    assert!((20..=32).contains(&first.len()), "{first:?}");
    for _ in 0..2 {
        let later = decrypted(&mut key_store, false);
        assert_eq!(later, (6..=40).collect::<Vec<u32>>());
    }
}

#[test]
fn many_keys_are_tried_by_the_function_that_was_set() {
    let mut key_store = key_store(&[session()]);
    let conversation = key_store.new_conversation();
    let message = context(0x00cd, Direction::ToServer);
    let target = target(&message, 1, conversation);
    let ciphertext = encrypt(session().bytes(), &[0; 30]);
    let mut plaintext = Vec::new();
    // None of the keys passes.
    key_store.set_residues(|_, _| [1; LANES]);
    assert!(key_store
        .decrypt(&target, true, &ciphertext, &mut plaintext)
        .is_none());
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes in Miri")]
fn useless_user_keys_are_reported_at_one_pdu() {
    let mut key_store = key_store(&[session()]);
    let conversation = key_store.new_conversation();
    let message = context(0x00cd, Direction::ToServer);
    let mut reported = Vec::new();
    for pass in [true, false] {
        for frame in 1..=10 {
            let target = target(&message, frame, conversation);
            // The first packets are of an earlier session, whose key is not given.
            let key = if frame <= 5 {
                wrong(u64::MAX)
            } else {
                session()
            };
            attempts(&mut key_store, &target, &message, pass, key);
            if key_store.reports_useless_keys(&target) {
                reported.push((pass, frame));
            }
        }
    }
    assert_eq!(reported, [(true, 3), (false, 3)]);
}

/// The keys of an account are in its scope; frames of a server contain no account, and
/// the first frame of the client follows them.
#[test]
fn failed_ciphertexts_are_tried_again_once_the_account_is_known() {
    let other = wrong(1);
    let mut keyring = Keyring::default();
    let digits: String = other.bytes().iter().map(|b| format!("{b:02x}")).collect();
    assert!(keyring.add_keylog(&format!("10001 {digits}")).is_empty());
    let mut key_store = KeyStore::new(keyring);
    let login = key_store.new_conversation();
    let message = context(0x0017, Direction::ToClient);
    let role = KeyRole::Session;
    key_store.insert(
        &target(&message, 1, login),
        Candidate::new(session(), role, Origin::Login),
    );
    let conversation = key_store.new_conversation();
    let unknown = DecryptTarget {
        uin: None,
        ..target(&message, 2, conversation)
    };
    assert_eq!(
        attempts(&mut key_store, &unknown, &message, true, session()),
        1
    );
    let known = target(&message, 2, conversation);
    let ciphertext = encrypt(session().bytes(), &[0; 30]);
    let mut plaintext = Vec::new();
    for _ in 0..2 {
        let by = key_store.decrypt(&known, false, &ciphertext, &mut plaintext);
        assert_eq!(by.map(|by| by.key), Some(session()));
    }
    // What still fails is tried once more, and not again.
    let failing = DecryptTarget {
        uin: None,
        ..target(&message, 3, conversation)
    };
    let third = wrong(2);
    assert_eq!(attempts(&mut key_store, &failing, &message, true, third), 1);
    let known = target(&message, 3, conversation);
    assert_eq!(attempts(&mut key_store, &known, &message, false, third), 1);
    assert_eq!(attempts(&mut key_store, &known, &message, false, third), 0);
}
