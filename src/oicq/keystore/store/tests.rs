//! Number of keys tried, and the outcomes.

use crate::oicq::crypto::key_batch::LANES;
use crate::oicq::crypto::key_role::CiphertextLayer;
use crate::oicq::crypto::keys::Key;
use crate::oicq::keystore::store::*;
use crate::oicq::wire::direction::Direction;
use test_support::qq_tea::encrypt;

const UIN: u32 = 12_345_678;
const WRONG: u64 = 1_000;

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
    let keys = (0..WRONG).map(wrong).chain(right.iter().copied());
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

/// Pending replies of a login, which no key decrypts. Each login after them yields a key.
#[test]
#[cfg_attr(miri, ignore = "takes minutes in Miri")]
fn pending_ciphertexts_are_tried_with_new_keys_only() {
    const PENDING: u32 = 40;
    const ATTEMPTS: u64 = 32;
    let mut key_store = key_store(&[]);
    let conversation = key_store.new_conversation();
    let reply = context(0x0828, Direction::ToClient);
    for frame in 1..=PENDING {
        let target = target(&reply, frame, conversation);
        let tried = attempts(&mut key_store, &target, &reply, true, session());
        assert_eq!(tried, WRONG, "{frame}");
    }
    let touch = context(0x0825, Direction::ToServer);
    for frame in 100..200 {
        let own = wrong(u64::from(frame) << 32);
        let touch_target = DecryptTarget {
            carried_key: Some(own),
            request: Some((0x0825, frame as u16)),
            ..target(&touch, frame, conversation)
        };
        // The key carried by the touch is for its reply only.
        assert_eq!(
            attempts(&mut key_store, &touch_target, &touch, true, own),
            1
        );
    }
    for number in 0..100 {
        let key = wrong(1 << 48 | number);
        let reply_target = target(&reply, 200 + number as u32, conversation);
        let before = key_store.attempts;
        key_store.insert(
            &reply_target,
            Candidate::new(key, KeyRole::SessionReply, Origin::Login),
        );
        key_store.try_pending();
        let is_pending = number < ATTEMPTS;
        let tried = if is_pending { u64::from(PENDING) } else { 0 };
        assert_eq!(key_store.attempts - before, tried, "{number}");
        // A key of another role.
        let before = key_store.attempts;
        key_store.insert(
            &reply_target,
            Candidate::new(key, KeyRole::Poll, Origin::Login),
        );
        key_store.try_pending();
        assert_eq!(key_store.attempts, before, "{number}");
    }
    for pass in 0..2 {
        for frame in 1..=PENDING {
            let target = target(&reply, frame, conversation);
            let tried = attempts(&mut key_store, &target, &reply, false, session());
            // When it is seen again, only the nearest keys are tried.
            let most = if pass == 0 { 16 } else { 0 };
            assert!(tried <= most, "{pass} {frame}: {tried}");
        }
    }
}

#[test]
fn a_key_learnt_later_decrypts_pending_ciphertexts() {
    let mut key_store = key_store(&[]);
    let conversation = key_store.new_conversation();
    let reply = context(0x0828, Direction::ToClient);
    let reply_target = target(&reply, 1, conversation);
    let tried = attempts(&mut key_store, &reply_target, &reply, true, session());
    assert_eq!(tried, WRONG);
    let elsewhere = target(&reply, 9, conversation + 1);
    let role = KeyRole::SessionReply;
    key_store.insert(&elsewhere, Candidate::new(session(), role, Origin::Login));
    key_store.try_pending();
    let ciphertext = encrypt(session().bytes(), &[0; 30]);
    let mut plaintext = Vec::new();
    let by = key_store.decrypt(&reply_target, false, &ciphertext, &mut plaintext);
    assert_eq!(by.map(|by| by.key), Some(session()));
    assert_eq!(plaintext, [0; 30]);
    assert_eq!(key_store.attempts, WRONG + 1);
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

#[test]
fn the_newest_ciphertexts_are_pending_in_order() {
    let mut key_store = key_store(&[]);
    let conversation = key_store.new_conversation();
    let reply = context(0x0828, Direction::ToClient);
    let ciphertext = encrypt(session().bytes(), &[0; 30]);
    for frame in 1..=200 {
        let target = target(&reply, frame, conversation);
        key_store.pending.push(&target, &reply, &ciphertext);
    }
    let taken = key_store.pending.take();
    assert_eq!(taken.len(), 64);
    for frame in 201..=210 {
        let target = target(&reply, frame, conversation);
        key_store.pending.push(&target, &reply, &ciphertext);
        key_store.pending.push(&target, &reply, &[0; 1032]);
    }
    key_store.pending.put_back(taken);
    let frames: Vec<u32> = key_store
        .pending
        .take()
        .iter()
        .map(|w| w.target().pdu.frame)
        .collect();
    assert_eq!(frames, (147..=210).collect::<Vec<u32>>());
}

/// A login that no key decrypts, of so many steps, and then its session.
fn login(key_store: &mut KeyStore, steps: u32, first_pass: bool) -> Vec<u32> {
    let conversation = 1;
    let step = context(0x0828, Direction::ToClient);
    let message = context(0x00cd, Direction::ToServer);
    let frames = (1..=steps + 100).filter(|&frame| {
        let context = if frame <= steps { step } else { message };
        let target = target(&context, frame, conversation);
        // The last step of the login has the key of the session.
        let plaintext = match frame == steps {
            true => [&[0, 1, 12, 0, 18, 0, 1][..], &[0x5e; 16], &[0; 277]].concat(),
            false => vec![0; 300],
        };
        let key = match (frame, frame == steps) {
            (_, true) => session(),
            (frame, _) if frame > steps => Key::new([0x5e; 16]),
            (frame, _) => wrong(1 << 40 | u64::from(frame)),
        };
        let ciphertext = encrypt(key.bytes(), &plaintext);
        let found = key_store.decrypt_frame(&target, &context, first_pass, &ciphertext);
        found.is_some()
    });
    frames.collect()
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes in Miri")]
fn a_step_of_a_login_that_waits_is_decrypted_later() {
    // More than a capture can use at once: 40 blocks each.
    const STEPS: u32 = 30;
    let mut key_store = key_store(&[session()]);
    let first = login(&mut key_store, STEPS, true);
    let began = first.first().copied().expect("a message");
    assert!((STEPS + 10..STEPS + 100).contains(&began), "{began}");
    assert_eq!(first, (began..=STEPS + 100).collect::<Vec<u32>>());
    let tried = key_store.attempts;
    for _ in 0..2 {
        let later = login(&mut key_store, STEPS, false);
        assert_eq!(later, (STEPS..=STEPS + 100).collect::<Vec<u32>>());
    }
    assert!(key_store.attempts - tried > 0);
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes in Miri")]
fn what_waits_at_the_end_of_the_first_pass_is_tried_then() {
    const STEPS: u32 = 100;
    let mut key_store = key_store(&[session()]);
    let first = login(&mut key_store, STEPS, true);
    assert_eq!(first, [0; 0]);
    let later = login(&mut key_store, STEPS, false);
    assert_eq!(later, (STEPS..=STEPS + 100).collect::<Vec<u32>>());
}
