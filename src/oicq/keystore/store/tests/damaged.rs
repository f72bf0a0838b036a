//! Ciphertexts of which a key decrypts the start only.

use crate::oicq::keystore::store::tests::*;
use crate::oicq::keystore::store::user_trials::FEW;

/// Tries a ciphertext of zeroes whose last byte is wrong, and returns whether it counts as damaged.
fn is_damaged(key_store: &mut KeyStore, target: &DecryptTarget) -> bool {
    let mut ciphertext = encrypt(session().bytes(), &[0; 30]);
    *ciphertext.last_mut().unwrap() ^= 1;
    let mut plaintext = Vec::new();
    let by = key_store.decrypt(target, true, &ciphertext, &mut plaintext);
    assert_eq!(by, None);
    key_store.is_damaged(target)
}

#[test]
fn a_ciphertext_with_a_wrong_end_is_damaged() {
    let touch = context(0x0825, Direction::ToServer);
    for (key, expected) in [(session(), true), (wrong(1), false)] {
        let target = DecryptTarget {
            carried_key: Some(key),
            ..target(&touch, 1, 1)
        };
        assert_eq!(is_damaged(&mut KeyStore::default(), &target), expected);
    }
}

/// The first of many keys of the user are no evidence.
#[test]
fn few_keys_of_the_user_tell_damage() {
    let message = context(0x00cd, Direction::ToServer);
    for (count, expected) in [(FEW, true), (FEW + 1, false)] {
        let others = (1..count as u64).map(wrong);
        let mut key_store = key_store_of([session()].into_iter().chain(others));
        let target = target(&message, 1, key_store.new_conversation());
        let found = is_damaged(&mut key_store, &target);
        assert_eq!(found, expected, "{count}");
    }
}
