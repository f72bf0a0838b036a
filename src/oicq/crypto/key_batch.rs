//! QQ-TEA with many keys at a time, to find the one that decrypts a ciphertext.
//!
//! A wrong key is detected at the last block only, so each key costs a decryption of the
//! whole ciphertext. Sixteen of them run side by side, in loops over arrays that the compiler
//! turns into the vector instructions of any processor.

use crate::oicq::crypto::keys::Key;
use crate::oicq::crypto::tea::{is_ciphertext_len, mix, BLOCK, DELTA, ROUNDS};

/// Number of keys in a batch.
pub const LANES: usize = 16;

/// The bits of the last block that are zero under the right key.
const ZEROES: u64 = 0x00ff_ffff_ffff_ffff;

/// One word of each key, or of each block.
type Words = [u32; LANES];

/// Up to [`LANES`] keys.
#[derive(Clone)]
pub struct KeyBatch {
    /// The four words of the keys.
    words: [Words; 4],
    len: usize,
}

impl KeyBatch {
    /// The first [`LANES`] of these keys.
    pub fn new(keys: impl IntoIterator<Item = Key>) -> Self {
        let mut words = [[0; LANES]; 4];
        let mut len = 0;
        for (lane, key) in keys.into_iter().take(LANES).enumerate() {
            for (of_all, word) in words.iter_mut().zip(key.words()) {
                of_all[lane] = word;
            }
            len = lane + 1;
        }
        Self { words, len }
    }

    /// The positions of the keys under which the ciphertext ends with seven zeroes: the right
    /// one, and of wrong ones one in 2^56. None if the ciphertext length is invalid.
    pub fn passing(&self, ciphertext: &[u8]) -> impl Iterator<Item = usize> {
        let last = match is_ciphertext_len(ciphertext.len()) {
            true => self.last_blocks(ciphertext),
            false => [u64::MAX; LANES],
        };
        let lanes = last.into_iter().take(self.len).enumerate();
        lanes.filter_map(|(lane, block)| (block & ZEROES == 0).then_some(lane))
    }

    /// The last block of the plaintext under each key.
    fn last_blocks(&self, ciphertext: &[u8]) -> [u64; LANES] {
        let (mut y, mut z) = ([0; LANES], [0; LANES]);
        let (mut before, mut previous) = (0, 0);
        for block in ciphertext.chunks_exact(BLOCK) {
            let block = block
                .iter()
                .fold(0, |n: u64, byte| n << 8 | u64::from(*byte));
            for lane in 0..LANES {
                y[lane] ^= (block >> 32) as u32;
                z[lane] ^= block as u32;
            }
            self.decrypt_blocks(&mut y, &mut z);
            (before, previous) = (previous, block);
        }
        core::array::from_fn(|lane| (u64::from(y[lane]) << 32 | u64::from(z[lane])) ^ before)
    }

    /// Decrypts one block of each lane by TEA; `y` and `z` are its halves.
    fn decrypt_blocks(&self, y: &mut Words, z: &mut Words) {
        let [a, b, c, d] = &self.words;
        let mut sum = DELTA.wrapping_mul(ROUNDS);
        for _ in 0..ROUNDS {
            for lane in 0..LANES {
                z[lane] = z[lane].wrapping_sub(mix(y[lane], c[lane], d[lane], sum));
            }
            for lane in 0..LANES {
                y[lane] = y[lane].wrapping_sub(mix(z[lane], a[lane], b[lane], sum));
            }
            sum = sum.wrapping_sub(DELTA);
        }
    }
}

/// Does not print the keys.
impl core::fmt::Debug for KeyBatch {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "KeyBatch of {}", self.len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::crypto::tea::decrypt;
    use crate::oicq::qq_tea::encrypt;

    fn key(number: usize) -> Key {
        Key::new(core::array::from_fn(|at| (number * 37 + at) as u8))
    }

    #[test]
    fn the_right_key_is_found_in_every_lane_and_length() {
        let keys: Vec<Key> = (0..LANES).map(key).collect();
        let batch = KeyBatch::new(keys.iter().copied());
        for len in [0, 1, 6, 7, 30, 300] {
            for (lane, right) in keys.iter().enumerate() {
                let ciphertext = encrypt(right.bytes(), &vec![0x55; len]);
                let found: Vec<_> = batch.passing(&ciphertext).collect();
                assert_eq!(found, [lane], "{len}");
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
        assert_eq!(KeyBatch::new([]).passing(&ciphertext).count(), 0);
        assert_eq!(KeyBatch::new([key(1)]).passing(&ciphertext).count(), 0);
        let right = KeyBatch::new([key(1), Key::new([0; 16])]);
        assert_eq!(right.passing(&ciphertext).collect::<Vec<_>>(), [1]);
        for len in [0, 8, 15, ciphertext.len() - 1] {
            assert_eq!(right.passing(&ciphertext[..len]).count(), 0, "{len}");
        }
    }

    #[test]
    fn a_repeated_block_does_not_matter() {
        // The last two blocks of the ciphertext are equal here in no right ciphertext, but a
        // hostile one can have them.
        let key = key(3);
        let ciphertext = [[7; 8], [7; 8], [7; 8]].concat();
        let found = KeyBatch::new([key]).passing(&ciphertext).count();
        assert_eq!(found == 1, decrypt(&key, &ciphertext, &mut Vec::new()));
    }
}
