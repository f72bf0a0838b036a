//! QQ-TEA, the cipher of every body.
//!
//! TEA with 16 rounds, and padding and chaining of Tencent's own. The padded plaintext is
//!
//! ```text
//! offset  bytes
//! 0       1      the low three bits are n, the rest is random
//! 1       n + 2  random
//! n + 3   len    the plaintext
//! n+3+len 7      zeroes
//! ```
//!
//! and a multiple of 8 bytes long. With its blocks P and the ciphertext's blocks C, all
//! big-endian: X(i) = P(i) ^ C(i-1), C(i) = E(X(i)) ^ X(i-1), where C(-1) = X(-1) = 0.
//!
//! The seven zeroes are the only check of the key; one wrong key in 2^56 passes. They are
//! at the end, and X(i) depends on all blocks before it, so a wrong key is detected at
//! the last block only: an attempt costs one decryption of the whole ciphertext.
//!
//! Source: docs/protocol/oicq.md §6.1.

use crate::oicq::crypto::keys::Key;

/// Constant of TEA: the sum grows by it in each round.
pub(crate) const DELTA: u32 = 0x9e37_79b9;
/// Rounds of a block.
pub(crate) const ROUNDS: u32 = 16;
/// Length of a block in bytes.
pub(crate) const BLOCK: usize = 8;
/// Minimum length of a ciphertext in bytes: two blocks.
const MIN_CIPHERTEXT_LEN: usize = 2 * BLOCK;
/// Number of zero bytes after the plaintext.
const ZEROES: usize = 7;

/// Decrypts `ciphertext` into `plaintext`, replacing its content. Returns false and
/// leaves `plaintext` empty if `key` is wrong or the ciphertext length is invalid.
#[must_use]
pub fn decrypt(key: &Key, ciphertext: &[u8], plaintext: &mut Vec<u8>) -> bool {
    let found = decrypt_padded(key, ciphertext, plaintext) && unpad(plaintext);
    if !found {
        plaintext.clear();
    }
    found
}

/// Decrypts all blocks but the last and removes the padding before the text, without a
/// check of the key: the rest may be damaged. Returns `None` if the ciphertext length or
/// the padding is invalid.
pub fn decrypt_unverified(key: &Key, ciphertext: &[u8]) -> Option<Vec<u8>> {
    let mut padded = Vec::new();
    if !decrypt_padded(key, ciphertext, &mut padded) {
        return None;
    }
    padded.truncate(padded.len() - BLOCK);
    let random = padded.first().map_or(0, |first| usize::from(first & 7) + 3);
    (random <= padded.len()).then(|| padded.split_off(random))
}

/// Decrypts all blocks, including the padding. Returns false if the ciphertext length is
/// invalid.
fn decrypt_padded(key: &Key, ciphertext: &[u8], plaintext: &mut Vec<u8>) -> bool {
    plaintext.clear();
    if !is_ciphertext_len(ciphertext.len()) {
        return false;
    }
    plaintext.reserve(ciphertext.len());
    let key = key.words();
    let (mut mixed, mut previous) = (0, 0);
    let mut rest = ciphertext;
    while let Some((block, after)) = rest.split_first_chunk() {
        rest = after;
        let block = u64::from_be_bytes(*block);
        mixed = decrypt_block(&key, block ^ mixed);
        plaintext.extend_from_slice(&(mixed ^ previous).to_be_bytes());
        previous = block;
    }
    true
}

/// Whether this is a valid length of a ciphertext.
pub const fn is_ciphertext_len(length: usize) -> bool {
    length >= MIN_CIPHERTEXT_LEN && length % BLOCK == 0
}

/// Removes the padding. Returns false if it is malformed.
fn unpad(padded: &mut Vec<u8>) -> bool {
    let random = padded.first().map_or(0, |first| usize::from(first & 7) + 3);
    let Some(end) = padded.len().checked_sub(ZEROES) else {
        return false;
    };
    let zeroes = padded.get(end..).unwrap_or_default();
    if random > end || zeroes.iter().any(|byte| *byte != 0) {
        return false;
    }
    padded.truncate(end);
    padded.drain(..random);
    true
}

/// Decrypts one block by TEA.
fn decrypt_block(key: &[u32; 4], block: u64) -> u64 {
    let [a, b, c, d] = *key;
    let (mut y, mut z) = ((block >> 32) as u32, block as u32);
    let mut sum = DELTA.wrapping_mul(ROUNDS);
    for _ in 0..ROUNDS {
        z = z.wrapping_sub(mix(y, c, d, sum));
        y = y.wrapping_sub(mix(z, a, b, sum));
        sum = sum.wrapping_sub(DELTA);
    }
    u64::from(y) << 32 | u64::from(z)
}

/// Half a round: what is subtracted from the other word.
#[inline(always)]
pub(crate) fn mix(word: u32, left: u32, right: u32, sum: u32) -> u32 {
    (word << 4).wrapping_add(left) ^ word.wrapping_add(sum) ^ (word >> 5).wrapping_add(right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::wire::hex::hex;
    use test_support::qq_tea::{encrypt, encrypt_block};

    /// Published: text, padded text, ciphertext (§6.2).
    const TENCENT: [(&str, &str, &str); 10] = [
        (
            "",
            "aeadadadadadadadad00000000000000",
            "0b18072ffabdf31f42826e4757c41f1a",
        ),
        (
            "a",
            "adadadadadadadad6100000000000000",
            "85c63deac3ee4dbb66f42ae2391ac096",
        ),
        (
            "ab",
            "acadadadadadad616200000000000000",
            "494b2308c0fd4894ce20e85f613545d8",
        ),
        (
            "abc",
            "abadadadadad61626300000000000000",
            "c785525460c6fa0cbf1b28d828945ab6",
        ),
        (
            "abcd",
            "aaadadadad6162636400000000000000",
            "a0984a62b76a21e2b40a323d514da6c7",
        ),
        (
            "abcde",
            "a9adadad616263646500000000000000",
            "5f69cbe12cade5facc5602092317b79a",
        ),
        (
            "abcdef",
            "a8adad61626364656600000000000000",
            "448a18cb83f06d04d57ae4ef7beff150",
        ),
        (
            "abcdefg",
            "afadadadadadadadadad6162636465666700000000000000",
            "a2599974353a71103b45d604e20eea35bc321881c5d28f18",
        ),
        (
            "abcdefgh",
            "aeadadadadadadadad616263646566676800000000000000",
            "0b18072ffabdf31fc30b4999ece8ff3489815a8f724cbab2",
        ),
        (
            "abcdefghi",
            "adadadadadadadad61626364656667686900000000000000",
            "85c63deac3ee4dbbe801a13fa33b85a0fa8b98103ad1031e",
        ),
    ];

    /// Plaintext and ciphertext under 000102...0f (§6.2).
    const OWN: [(&str, &str); 6] = [
        ("", "6449e4b245714dc85721254c674350ca"),
        ("00", "e2b17f634b447d3c1c49dc7a5eaeaa7e"),
        (
            "3132333435363738",
            "6449e4b245714dc854f8d4a37e94c3fa8eb36e3fee8d7e52",
        ),
        (
            "68656c6c6f2c204f494351",
            "b835455339bf069216fe430370edc90205d72f178bae5e19",
        ),
        (
            "000102030405060708090a0b0c0d0e0f",
            "6449e4b245714dc8b25955fe3d6ad7e8f5ce9edfa06451a5f7ed767b61e10025",
        ),
        (
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f2021222324252627",
            "6449e4b245714dc8b25955fe3d6ad7e8f5ce9edfa06451a5450121fa7bf0df6d\
             e512eb54d2bdc3b918e6475207f168a2055dc668a17964f7",
        ),
    ];

    fn counting() -> Key {
        Key::new(core::array::from_fn(|i| i as u8))
    }

    fn decrypted(key: &Key, ciphertext: &[u8]) -> Option<Vec<u8>> {
        let mut plaintext = b"what was there before".to_vec();
        let found = decrypt(key, ciphertext, &mut plaintext);
        assert!(found || plaintext.is_empty());
        found.then_some(plaintext)
    }

    #[test]
    fn vectors_of_tencents_code() {
        let key = Key::new(*b"AbCdEfGh01234567");
        for (text, padded, ciphertext) in TENCENT {
            let ciphertext = hex(ciphertext);
            assert_eq!(
                decrypted(&key, &ciphertext).as_deref(),
                Some(text.as_bytes())
            );
            assert_eq!(encrypt(key.bytes(), text.as_bytes()), ciphertext);
            let mut padded = hex(padded);
            assert!(unpad(&mut padded));
            assert_eq!(padded, text.as_bytes());
        }
    }

    #[test]
    fn the_other_published_vectors() {
        for (plaintext, ciphertext) in OWN {
            let ciphertext = hex(ciphertext);
            assert_eq!(decrypted(&counting(), &ciphertext), Some(hex(plaintext)));
            assert_eq!(encrypt(counting().bytes(), &hex(plaintext)), ciphertext);
        }
        let ones = "753dde5e57b69d403c023d625d1031916363cfa41a6c48bd64221b2dcea62c2b\
                    9dd6ac1b4b241b6afadadb847046e6f1";
        let plaintext = decrypted(&Key::new([0xff; 16]), &hex(ones));
        assert_eq!(plaintext, Some(vec![0xff; 32]));
    }

    #[test]
    fn single_blocks() {
        assert_eq!(decrypt_block(&[0; 4], 0xa889_f798_182d_8083), 0);
        let key = counting().words();
        let block = 0x0011_2233_4455_6677;
        assert_eq!(decrypt_block(&key, 0x205f_5155_74f0_821c), block);
        assert_eq!(encrypt_block(&key, block), 0x205f_5155_74f0_821c);
    }

    #[test]
    fn every_length_round_trips() {
        let text: Vec<u8> = (0..300).map(|i| i as u8).collect();
        for len in 0..=text.len() {
            let ciphertext = encrypt(counting().bytes(), &text[..len]);
            assert_eq!(ciphertext.len(), (len + 10).div_ceil(8) * 8, "{len}");
            assert_eq!(
                decrypted(&counting(), &ciphertext).as_deref(),
                Some(&text[..len])
            );
        }
    }

    #[test]
    fn wrong_keys_and_lengths_fail() {
        let ciphertext = encrypt(counting().bytes(), &[0x55; 70]);
        assert_eq!(decrypted(&Key::new([0; 16]), &ciphertext), None);
        for len in 0..ciphertext.len() {
            assert_eq!(decrypted(&counting(), &ciphertext[..len]), None, "{len}");
        }
        for at in 0..ciphertext.len() {
            let mut broken = ciphertext.clone();
            broken[at] ^= 0x10;
            assert_eq!(decrypted(&counting(), &broken), None, "{at}");
        }
    }

    #[test]
    fn a_damaged_last_block_leaves_the_text_before_it() {
        let text = b"12345678 and some more";
        let mut ciphertext = encrypt(counting().bytes(), text);
        *ciphertext.last_mut().unwrap() ^= 1;
        assert_eq!(decrypted(&counting(), &ciphertext), None);
        let found = decrypt_unverified(&counting(), &ciphertext).unwrap();
        assert!(text.starts_with(&found) && found.len() > 12, "{found:x?}");
        assert_eq!(decrypt_unverified(&counting(), &ciphertext[1..]), None);
    }

    #[test]
    fn padding_longer_than_the_text_is_wrong() {
        // Sixteen bytes have room for at most six random bytes after the first three.
        let mut padded = vec![0; 16];
        padded[0] = 0x07;
        assert!(!unpad(&mut padded));
        padded[0] = 0x06;
        assert!(unpad(&mut padded));
        assert!(padded.is_empty());
    }
}
