//! Logins whose steps wait for the keys of the user.

use crate::oicq::keystore::store::tests::*;

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
