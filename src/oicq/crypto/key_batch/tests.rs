use super::*;
use crate::oicq::crypto::tea::decrypt;
use test_support::qq_tea::{encrypt, encrypt_block};

fn key(number: usize) -> Key {
    Key::new(core::array::from_fn(|at| (number * 37 + at) as u8))
}

fn passing(batch: &KeyBatch, ciphertext: &[u8]) -> Vec<usize> {
    batch.passing(ciphertext, portable_residues).collect()
}

#[test]
fn the_right_key_is_found_in_every_lane_and_length() {
    let keys: Vec<Key> = (0..LANES).map(key).collect();
    let batch = KeyBatch::new(keys.iter().copied());
    let lengths: &[usize] = if cfg!(miri) {
        &[7]
    } else {
        &[0, 1, 6, 7, 30, 300]
    };
    for &len in lengths {
        for (lane, right) in keys.iter().enumerate() {
            let ciphertext = encrypt(right.bytes(), &vec![0x55; len]);
            assert_eq!(passing(&batch, &ciphertext), [lane], "{len}");
            for (other, key) in keys.iter().enumerate() {
                let opens = decrypt(key, &ciphertext, &mut Vec::new());
                assert_eq!(opens, other == lane, "{len}");
            }
        }
    }
}

#[test]
fn lanes_without_a_key_find_nothing() {
    let ciphertext = encrypt(&[0; 16], b"text");
    assert_eq!(passing(&KeyBatch::new([]), &ciphertext), [0; 0]);
    assert_eq!(passing(&KeyBatch::new([key(1)]), &ciphertext), [0; 0]);
    let right = KeyBatch::new([key(1), Key::new([0; 16])]);
    assert_eq!(passing(&right, &ciphertext), [1]);
    for len in [0, 8, 15, ciphertext.len() - 1] {
        assert_eq!(passing(&right, &ciphertext[..len]), [0; 0], "{len}");
    }
}

/// Two blocks, the last of which decrypts to this.
fn ending_with(key: &Key, last: u64) -> Vec<u8> {
    let first = encrypt_block(&key.words(), 0);
    let second = encrypt_block(&key.words(), last ^ first);
    [first, second].map(u64::to_be_bytes).concat()
}

#[test]
fn only_an_end_of_seven_zeroes_passes() {
    let key = key(3);
    let batch = KeyBatch::new([key]);
    for bit in 0..64 {
        let ciphertext = ending_with(&key, 1 << bit);
        let expected: &[usize] = if bit < 56 { &[] } else { &[0] };
        assert_eq!(passing(&batch, &ciphertext), expected, "{bit}");
    }
    assert_eq!(passing(&batch, &ending_with(&key, 0)), [0]);
    // The same bit in both words.
    let ciphertext = ending_with(&key, 1 << 32 | 1);
    assert_eq!(passing(&batch, &ciphertext), [0; 0]);
}

#[test]
fn columns_give_the_keys_of_a_range() {
    let mut columns = KeyColumns::default();
    for number in 0..40 {
        columns.push(&key(number));
    }
    for (places, len) in [(0..16, 16), (5..21, 16), (30..40, 10), (3..30, 16)] {
        for right in 0..40 {
            let ciphertext = encrypt(key(right).bytes(), b"text");
            let found = passing(&columns.batch(places.clone()), &ciphertext);
            let lane = right.checked_sub(places.start).filter(|lane| *lane < len);
            assert_eq!(found, Vec::from_iter(lane), "{places:?} {right}");
        }
    }
    let ciphertext = encrypt(&[0; 16], b"text");
    assert_eq!(passing(&columns.batch(30..41), &ciphertext), [0; 0]);
}

#[test]
fn a_repeated_block_does_not_matter() {
    // The last two blocks of the ciphertext are equal here in no right ciphertext, but a
    // hostile one can have them.
    let key = key(3);
    let ciphertext = [[7; 8], [7; 8], [7; 8]].concat();
    let found = passing(&KeyBatch::new([key]), &ciphertext);
    assert_eq!(
        found.len() == 1,
        decrypt(&key, &ciphertext, &mut Vec::new())
    );
}

#[test]
fn keys_are_not_printed() {
    let mut columns = KeyColumns::default();
    columns.push(&key(1));
    assert_eq!(format!("{columns:?}"), "KeyColumns of 1");
    assert_eq!(format!("{:?}", columns.batch(0..1)), "KeyBatch of 1");
}
