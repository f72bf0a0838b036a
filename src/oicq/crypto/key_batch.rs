//! QQ-TEA with many keys at a time, to find the one that decrypts a ciphertext.
//!
//! A wrong key is detected at the last block only, so each key costs a decryption of the
//! whole ciphertext. Sixteen of them run side by side, as two vectors: one alone would
//! wait for its own results. The functions here are compiled into the vector instructions of
//! whatever processor their caller is compiled for.

use core::ops::Range;

use crate::oicq::crypto::keys::Key;
use crate::oicq::crypto::tea::{is_ciphertext_len, BLOCK, DELTA, ROUNDS};

/// Number of keys in a batch.
pub const LANES: usize = 16;
/// Number of keys in a vector.
const WIDTH: usize = 8;
/// Number of vectors of a batch.
const VECTORS: usize = LANES / WIDTH;

/// The bits of the last block's first word that are zero under the right key. The second
/// word is zero.
const ZEROES: u32 = 0x00ff_ffff;

/// Computes [`residues`].
pub type Residues = fn(&KeyBatch, &[u8]) -> [u32; LANES];

/// One word for each of eight keys. An operation is one instruction where the processor has
/// vectors of this width.
#[derive(Clone, Copy)]
#[repr(align(32))]
struct Vector([u32; WIDTH]);

impl Vector {
    #[inline(always)]
    fn all(word: u32) -> Self {
        Self([word; WIDTH])
    }

    #[inline(always)]
    fn map(self, f: impl Fn(u32) -> u32) -> Self {
        let mut words = self.0;
        for word in &mut words {
            *word = f(*word);
        }
        Self(words)
    }

    #[inline(always)]
    fn with(self, other: Self, f: impl Fn(u32, u32) -> u32) -> Self {
        let mut words = self.0;
        for (word, other) in words.iter_mut().zip(&other.0) {
            *word = f(*word, *other);
        }
        Self(words)
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.with(other, u32::wrapping_add)
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self.with(other, u32::wrapping_sub)
    }

    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        self.with(other, |a, b| a ^ b)
    }

    /// Half a round: what is subtracted from the other word.
    #[inline(always)]
    fn mix(self, left: Self, right: Self, sum: Self) -> Self {
        let shifted = self.map(|word| word << 4).add(left);
        let other = self.map(|word| word >> 5).add(right);
        shifted.xor(self.add(sum)).xor(other)
    }
}

/// One word of each key, or of each block.
type Words = [Vector; VECTORS];

/// Up to [`LANES`] keys.
#[derive(Clone)]
pub struct KeyBatch {
    /// The four words of the keys.
    words: [Words; 4],
    len: usize,
}

impl KeyBatch {
    fn of_columns(columns: [[u32; LANES]; 4], len: usize) -> Self {
        let vector = |column: &[u32; LANES], at| {
            Vector(core::array::from_fn(|lane| column[WIDTH * at + lane]))
        };
        let words = columns.map(|column| core::array::from_fn(|at| vector(&column, at)));
        Self { words, len }
    }

    /// The first [`LANES`] of these keys.
    pub fn new(keys: impl IntoIterator<Item = Key>) -> Self {
        let mut columns = [[0; LANES]; 4];
        let mut len = 0;
        for (lane, key) in keys.into_iter().take(LANES).enumerate() {
            for (column, word) in columns.iter_mut().zip(key.words()) {
                column[lane] = word;
            }
            len = lane + 1;
        }
        Self::of_columns(columns, len)
    }

    /// The positions of the keys under which the ciphertext ends with seven zeroes: the right
    /// one, and of wrong ones one in 2^56. None if the ciphertext length is invalid.
    pub fn passing(&self, ciphertext: &[u8], by: Residues) -> impl Iterator<Item = usize> {
        let residues = match is_ciphertext_len(ciphertext.len()) {
            true => by(self, ciphertext),
            false => [u32::MAX; LANES],
        };
        let lanes = match residues.contains(&0) {
            true => self.len,
            false => 0,
        };
        (0..lanes).filter(move |lane| residues[*lane] == 0)
    }
}

/// Does not print the keys.
impl core::fmt::Debug for KeyBatch {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "KeyBatch of {}", self.len)
    }
}

/// Keys laid out as batches read them.
#[derive(Default)]
pub struct KeyColumns([Vec<u32>; 4]);

impl KeyColumns {
    /// Reserves memory for at least this many keys more.
    pub fn reserve(&mut self, count: usize) {
        self.0.iter_mut().for_each(|column| column.reserve(count));
    }

    /// Adds a key at the end.
    pub fn push(&mut self, key: &Key) {
        for (column, word) in self.0.iter_mut().zip(key.words()) {
            column.push(word);
        }
    }

    /// The keys at these places, up to [`LANES`] of them.
    pub fn batch(&self, places: Range<usize>) -> KeyBatch {
        let mut columns = [[0; LANES]; 4];
        let mut len = 0;
        for (words, column) in columns.iter_mut().zip(&self.0) {
            let column = column.get(places.clone()).unwrap_or_default();
            len = column.len().min(LANES);
            words[..len].copy_from_slice(&column[..len]);
        }
        KeyBatch::of_columns(columns, len)
    }
}

/// Does not print the keys.
impl core::fmt::Debug for KeyColumns {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "KeyColumns of {}", self.0[0].len())
    }
}

/// For each key the bits of the plaintext that are zero under the right one, folded into a
/// word: those of the last block, without its first byte.
#[inline(always)]
pub fn residues(batch: &KeyBatch, ciphertext: &[u8]) -> [u32; LANES] {
    let (mut y, mut z) = ([Vector::all(0); VECTORS], [Vector::all(0); VECTORS]);
    let (mut before, mut previous) = ([0, 0], [0, 0]);
    for block in ciphertext.chunks_exact(BLOCK) {
        let block = halves(block);
        for at in 0..VECTORS {
            y[at] = y[at].xor(Vector::all(block[0]));
            z[at] = z[at].xor(Vector::all(block[1]));
        }
        decrypt_blocks(&batch.words, &mut y, &mut z);
        (before, previous) = (previous, block);
    }
    let mut residues = [0; LANES];
    for (lane, residue) in residues.iter_mut().enumerate() {
        let (at, lane) = (lane / WIDTH, lane % WIDTH);
        *residue = (y[at].0[lane] ^ before[0]) & ZEROES | (z[at].0[lane] ^ before[1]);
    }
    residues
}

/// [`residues`] with the instructions that every processor has.
pub fn portable_residues(batch: &KeyBatch, ciphertext: &[u8]) -> [u32; LANES] {
    residues(batch, ciphertext)
}

/// The two words of a block.
#[inline(always)]
fn halves(block: &[u8]) -> [u32; 2] {
    let block = block
        .iter()
        .fold(0, |n: u64, byte| n << 8 | u64::from(*byte));
    [(block >> 32) as u32, block as u32]
}

/// Decrypts one block of each lane by TEA; `y` and `z` are its halves.
#[inline(always)]
fn decrypt_blocks([a, b, c, d]: &[Words; 4], y: &mut Words, z: &mut Words) {
    let mut sum = DELTA.wrapping_mul(ROUNDS);
    for _ in 0..ROUNDS {
        let sums = Vector::all(sum);
        for at in 0..VECTORS {
            z[at] = z[at].sub(y[at].mix(c[at], d[at], sums));
        }
        for at in 0..VECTORS {
            y[at] = y[at].sub(z[at].mix(a[at], b[at], sums));
        }
        sum = sum.wrapping_sub(DELTA);
    }
}

#[cfg(test)]
mod tests {
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
        for len in [0, 1, 6, 7, 30, 300] {
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
}
