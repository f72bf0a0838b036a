//! How often keys are tried.

use crate::oicq::crypto::key_role::CiphertextLayer;
use crate::oicq::crypto::keys::Key;
use crate::oicq::keystore::store::*;
use crate::oicq::qq_tea::encrypt;
use crate::oicq::wire::direction::Direction;

const UIN: u32 = 12_345_678;
const WRONG: u64 = 1_000;

/// A key that nothing here is encrypted with.
fn wrong(number: u64) -> Key {
    let mut bytes = [0xee; 16];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    Key::new(bytes)
}

fn session() -> Key {
    Key::new(*b"0123456789abcdef")
}

/// A key store with many keys of a keylog file, and at their end these.
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

fn place(command: u16, direction: Direction) -> CiphertextContext {
    CiphertextContext {
        command,
        direction,
        version: 0x3420,
        layer: CiphertextLayer::Frame,
    }
}

fn target(place: &CiphertextContext, frame: u32, conversation: u32) -> DecryptTarget<'static> {
    DecryptTarget {
        pdu: PduKey { frame, index: 0 },
        step: 0,
        conversation,
        uin: Some(UIN),
        roles: place.roles(),
        request: None,
        own: None,
        share: None,
    }
}

/// Looks at a packet, and says how many keys were tried for that.
fn attempts(
    key_store: &mut KeyStore,
    target: &DecryptTarget<'_>,
    place: &CiphertextContext,
    first: bool,
    key: Key,
) -> u64 {
    let before = key_store.attempts;
    key_store.open_frame(target, place, first, &encrypt(key.bytes(), &[0; 30]));
    key_store.attempts - before
}

#[test]
fn wrong_keys_cost_one_trial_for_each_packet() {
    let mut key_store = key_store(&[]);
    let conversation = key_store.new_conversation();
    let message = place(0x00cd, Direction::ToServer);
    for pass in [true, false, false] {
        for frame in 1..=100 {
            let target = target(&message, frame, conversation);
            let tried = attempts(&mut key_store, &target, &message, pass, session());
            assert_eq!(tried, if pass { WRONG } else { 0 }, "{frame}");
        }
    }
}

#[test]
fn the_key_that_worked_is_tried_first() {
    let mut key_store = key_store(&[session()]);
    let conversation = key_store.new_conversation();
    let message = place(0x00cd, Direction::ToServer);
    for frame in 1..=100 {
        let target = target(&message, frame, conversation);
        let tried = attempts(&mut key_store, &target, &message, true, session());
        assert_eq!(tried, if frame == 1 { WRONG + 1 } else { 1 }, "{frame}");
    }
}

/// Replies of a login wait, none of which ever opens. Each login after them brings a key.
#[test]
fn what_waits_is_tried_with_new_keys_alone() {
    const WAITING: u32 = 40;
    const TRIES: u64 = 32;
    let mut key_store = key_store(&[]);
    let conversation = key_store.new_conversation();
    let closed = place(0x0828, Direction::ToClient);
    for frame in 1..=WAITING {
        let target = target(&closed, frame, conversation);
        let tried = attempts(&mut key_store, &target, &closed, true, session());
        assert_eq!(tried, WRONG, "{frame}");
    }
    let touch = place(0x0825, Direction::ToServer);
    for frame in 100..200 {
        let own = wrong(u64::from(frame) << 32);
        let asked = DecryptTarget {
            own: Some(own),
            request: Some((0x0825, frame as u16)),
            ..target(&touch, frame, conversation)
        };
        // What the touch carries is for its reply alone.
        assert_eq!(attempts(&mut key_store, &asked, &touch, true, own), 1);
    }
    for number in 0..100 {
        let key = wrong(1 << 48 | number);
        let asked = target(&closed, 200 + number as u32, conversation);
        let before = key_store.attempts;
        key_store.keep(
            &asked,
            Candidate::new(key, KeyRole::SessionReply, Origin::Login),
        );
        key_store.try_waiting();
        let patient = number < TRIES;
        let tried = if patient { u64::from(WAITING) } else { 0 };
        assert_eq!(key_store.attempts - before, tried, "{number}");
        // A key for something else.
        let before = key_store.attempts;
        key_store.keep(&asked, Candidate::new(key, KeyRole::Poll, Origin::Login));
        key_store.try_waiting();
        assert_eq!(key_store.attempts, before, "{number}");
    }
    for pass in 0..2 {
        for frame in 1..=WAITING {
            let target = target(&closed, frame, conversation);
            let tried = attempts(&mut key_store, &target, &closed, false, session());
            // Those that stand nearest, when it is looked at again.
            let most = if pass == 0 { 16 } else { 0 };
            assert!(tried <= most, "{pass} {frame}: {tried}");
        }
    }
}

#[test]
fn a_key_that_comes_late_opens_what_waits() {
    let mut key_store = key_store(&[]);
    let conversation = key_store.new_conversation();
    let closed = place(0x0828, Direction::ToClient);
    let asked = target(&closed, 1, conversation);
    let tried = attempts(&mut key_store, &asked, &closed, true, session());
    assert_eq!(tried, WRONG);
    let elsewhere = target(&closed, 9, conversation + 1);
    let role = KeyRole::SessionReply;
    key_store.keep(&elsewhere, Candidate::new(session(), role, Origin::Login));
    key_store.try_waiting();
    let ciphertext = encrypt(session().bytes(), &[0; 30]);
    let mut plaintext = Vec::new();
    let by = key_store.open(&asked, false, &ciphertext, &mut plaintext);
    assert_eq!(by.map(|by| by.key), Some(session()));
    assert_eq!(plaintext, [0; 30]);
    assert_eq!(key_store.attempts, WRONG + 1);
}

#[test]
fn that_keys_open_nothing_is_said_once_and_for_all() {
    let mut key_store = key_store(&[session()]);
    let conversation = key_store.new_conversation();
    let message = place(0x00cd, Direction::ToServer);
    let mut said = Vec::new();
    for pass in [true, false] {
        for frame in 1..=10 {
            let target = target(&message, frame, conversation);
            // The first packets are of an earlier session, whose key nobody gave.
            let key = if frame <= 5 {
                wrong(u64::MAX)
            } else {
                session()
            };
            attempts(&mut key_store, &target, &message, pass, key);
            if key_store.complains(&target) {
                said.push((pass, frame));
            }
        }
    }
    assert_eq!(said, [(true, 3), (false, 3)]);
}

/// The keys of an account lie on its shelf; a server's frames name no account, and the client's
/// first frame comes behind them.
#[test]
fn what_is_closed_is_tried_anew_when_its_account_is_known() {
    let other = wrong(1);
    let mut keyring = Keyring::default();
    let digits: String = other.bytes().iter().map(|b| format!("{b:02x}")).collect();
    assert!(keyring.add_keylog(&format!("10001 {digits}")).is_empty());
    let mut key_store = KeyStore::new(keyring);
    let login = key_store.new_conversation();
    let message = place(0x0017, Direction::ToClient);
    let role = KeyRole::Session;
    key_store.keep(
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
        let by = key_store.open(&known, false, &ciphertext, &mut plaintext);
        assert_eq!(by.map(|by| by.key), Some(session()));
    }
    // What stays closed is tried once more, and not again.
    let closed = DecryptTarget {
        uin: None,
        ..target(&message, 3, conversation)
    };
    let third = wrong(2);
    assert_eq!(attempts(&mut key_store, &closed, &message, true, third), 1);
    let known = target(&message, 3, conversation);
    assert_eq!(attempts(&mut key_store, &known, &message, false, third), 1);
    assert_eq!(attempts(&mut key_store, &known, &message, false, third), 0);
}

#[test]
fn a_few_wait_in_the_order_in_which_they_came() {
    let mut key_store = key_store(&[]);
    let conversation = key_store.new_conversation();
    let closed = place(0x0828, Direction::ToClient);
    let ciphertext = encrypt(session().bytes(), &[0; 30]);
    for frame in 1..=200 {
        let target = target(&closed, frame, conversation);
        key_store.waiting.wait(&target, &closed, &ciphertext);
    }
    let taken = key_store.waiting.take();
    assert_eq!(taken.len(), 64);
    for frame in 201..=210 {
        let target = target(&closed, frame, conversation);
        key_store.waiting.wait(&target, &closed, &ciphertext);
        key_store.waiting.wait(&target, &closed, &[0; 1032]);
    }
    key_store.waiting.put_back(taken);
    let frames: Vec<u32> = key_store
        .waiting
        .take()
        .iter()
        .map(|w| w.target().pdu.frame)
        .collect();
    assert_eq!(frames, (147..=210).collect::<Vec<u32>>());
}
