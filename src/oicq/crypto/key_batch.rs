//! QQ-TEA with many keys at a time, to find the one that decrypts a ciphertext.
//!
//! A wrong key is detected at the last block only, so each key costs a decryption of the
//! whole ciphertext. Sixteen of them run side by side, as two vectors: one alone would
//! wait for its own results. The functions here are compiled into the vector instructions of
//! whatever processor their caller is compiled for.

#[cfg(test)]
mod tests;

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
