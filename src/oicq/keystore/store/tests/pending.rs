//! Ciphertexts that wait for keys of the capture.

use crate::oicq::keystore::store::tests::*;

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
        if frame == 210 {
            key_store.pending.push(&target, &reply, &[0; 1024]);
        }
    }
    key_store.pending.put_back(taken);
    let frames: Vec<u32> = key_store
        .pending
        .take()
        .iter()
        .map(|w| w.target().pdu.frame)
        .collect();
    // The longest is among them.
    assert_eq!(frames, (148..=210).chain([210]).collect::<Vec<u32>>());
}
