//! QQ-TEA, keys, and the batches that try many keys at once.

use imshark::oicq::crypto::key_batch::{portable_residues, KeyBatch, KeyColumns};
use imshark::oicq::crypto::keys::{published_share_key, Key};
use imshark::oicq::crypto::tea;

use crate::invariants::{bounded, held};
use test_support::qq_tea;

/// A key, then a plaintext or a ciphertext.
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let Some((key, data)) = data.split_first_chunk::<16>() else {
            return;
        };
        let key = Key::new(*key);
        round_trip(&key, data);
        any_ciphertext(&key, data);
        let hex: String = key.bytes().iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(Key::from_hex(&hex), Some(key));
        assert_eq!(Key::at_start(key.bytes()), Some(key));
        check(&key, data);
        published_share_key(data);
    });
}

fn round_trip(key: &Key, plain: &[u8]) {
    let ciphertext = qq_tea::encrypt(key.bytes(), plain);
    assert!(tea::is_ciphertext_len(ciphertext.len()));
    let mut found = Vec::new();
    assert!(tea::decrypt(key, &ciphertext, &mut found));
    assert_eq!(found, plain);
    // The last block has one byte of the text.
    let beginning = tea::decrypt_unverified(key, &ciphertext);
    let expected = plain.split_last().map(|(_, beginning)| beginning);
    assert_eq!(beginning.as_deref(), expected);
    // The right key passes among others, at its place.
    let others = [key.md5(), key.salted(1), key.peer_key(2), *key];
    let batch = KeyBatch::new(others);
    assert!(batch
        .passing(&ciphertext, portable_residues)
        .any(|at| at == 3));
    let mut columns = KeyColumns::default();
    others.iter().for_each(|key| columns.push(key));
    let batch = columns.batch(3..4);
    assert!(batch.passing(&ciphertext, portable_residues).eq([0]));
}

/// What is in clear before a ciphertext is its key, combined with version and number: the
/// same again gives what is in clear.
fn check(clear: &Key, data: &[u8]) {
    let Some((&[high, low, ref number @ ..], _)) = data.split_first_chunk::<6>() else {
        return;
    };
    let version = u16::from_be_bytes([high, low]);
    let uin = u32::from_be_bytes(*number);
    let key = Key::of_check(clear.bytes(), version, uin);
    assert_eq!(Key::of_check(key.bytes(), version, uin), *clear);
    let other = Key::of_check(clear.bytes(), version ^ 1, uin);
    assert_ne!(other, key, "the version makes no difference");
    held(|| "a key of 0x0018 leads back to what is in clear".into());
}

fn any_ciphertext(key: &Key, ciphertext: &[u8]) {
    let mut plain = vec![1];
    let found = tea::decrypt(key, ciphertext, &mut plain);
    if found {
        // All that the padding leaves open.
        assert!(ciphertext.len() - plain.len() >= 10);
        let batch = KeyBatch::new([*key]);
        assert!(batch.passing(ciphertext, portable_residues).eq([0]));
    } else {
        assert!(plain.is_empty());
    }
    if let Some(plain) = tea::decrypt_unverified(key, ciphertext) {
        assert!(plain.len() < ciphertext.len());
    }
}
