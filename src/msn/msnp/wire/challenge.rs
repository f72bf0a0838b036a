//! The challenge of the notification server and its response: CHL and QRY.
//!
//! Source: docs/protocol/msnp.md §4.15 (product ids) and §6.5 (algorithms and keys), §6.6
//! (which algorithm, variants).

#[cfg(test)]
mod tests;

use md5::{Digest, Md5};

use crate::refuse::{is_less, refuse};

/// Algorithm of a response. The dialect determines it, not the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// MSNP6 to MSNP10: the plain digest.
    Plain,
    /// Since MSNP11: the digest with a checksum of challenge and product id.
    Mixed,
}

/// The first dialect with [`Algorithm::Mixed`].
const MIXED_SINCE: u8 = 11;

impl Algorithm {
    /// The algorithm of a dialect.
    pub const fn of(dialect: u8) -> Self {
        if dialect < MIXED_SINCE {
            Self::Plain
        } else {
            Self::Mixed
        }
    }

    /// Name shown to the user.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "MD5 of challenge and key (MSNP6 to MSNP10)",
            Self::Mixed => "MD5 with a checksum (since MSNP11)",
        }
    }
}

/// Product ids and their keys, sorted by product id.
const PRODUCTS: &[(&str, &str)] = &[
    ("PROD0038W!61ZTF9", "VT6PX?UQTM4WM%YR"),
    ("PROD00504RLUG%WL", "I2EBK%PYNLZL5_J4"),
    ("PROD0058#7IL2{QD", "QHDCY@7R1TB6W?5B"),
    ("PROD0061VRRZH@4F", "JXQ6J@TUOGYV@N0M"),
    ("PROD0076ENE8*@AW", "CEQJ8}OE0!WTSWII"),
    ("PROD0090YUAUV{2B", "YMM8C_H7KCQ2S_KL"),
    ("PROD0101{0RM?UBW", "CFHUR$52U_{VIX5T"),
    ("PROD01065C%ZFN6F", "O4BG@C7BWLYQX?5G"),
    ("PROD0112J1LW7%NB", "RH96F{PHI8PPX_TJ"),
    ("PROD0113H11T8$X_", "RG@XY*28Q5QHS%Q5"),
    ("PROD0114ES4Z%Q5W", "PK}_A_0N_K%O?A9S"),
    ("PROD0118R6%2WYOS", "YIXPX@5I2P0UT*LK"),
    ("PROD0119GSJUC$18", "ILTXC!4IXB5FB*PX"),
    ("PROD0120PW!CCV9@", "C1BX{V4W}Q3*10SM"),
    ("msmsgs@msnmsgr.com", "Q1P7W2E4J9R8U3S5"),
];

const _: () = {
    let mut i = 1;
    while i < PRODUCTS.len() {
        let (above, product) = (PRODUCTS[i - 1].0.as_bytes(), PRODUCTS[i].0.as_bytes());
        if !is_less(above, product) {
            refuse(&[
                product,
                b": rows must be sorted, but the one above is ",
                above,
            ]);
        }
        i += 1;
    }
};

/// Result of checking a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChallengeVerdict {
    /// Correct by this algorithm.
    Right(Algorithm),
    /// Incorrect.
    Wrong {
        /// The correct response: 32 lower-case hexadecimal digits.
        expected: [u8; 32],
    },
    /// Not checked, because the product's key is unknown.
    UnknownProduct,
    /// Undecided: the dialect is unknown and neither algorithm yields the response.
    UnknownDialect,
}

/// The key of a product. Returns `None` if it is unknown.
pub fn key(product: &[u8]) -> Option<&'static str> {
    let at = PRODUCTS.binary_search_by(|row| row.0.as_bytes().cmp(product));
    Some(PRODUCTS[at.ok()?].1)
}

/// Checks the payload of a QRY against the challenge of the preceding CHL.
pub fn check(
    dialect: Option<u8>,
    product: &[u8],
    challenge: &[u8],
    answer: &[u8],
) -> ChallengeVerdict {
    let candidates = match dialect.map(Algorithm::of) {
        Some(algorithm) => &[algorithm][..],
        None => &[Algorithm::Plain, Algorithm::Mixed],
    };
    for algorithm in candidates {
        let Some(answers) = answers_to(*algorithm, product, challenge) else {
            return ChallengeVerdict::UnknownProduct;
        };
        if answers
            .iter()
            .any(|right| answer.eq_ignore_ascii_case(right))
        {
            return ChallengeVerdict::Right(*algorithm);
        }
    }
    let expected = dialect.and_then(|dialect| answer_to(dialect, product, challenge));
    expected.map_or(ChallengeVerdict::UnknownDialect, |expected| {
        ChallengeVerdict::Wrong { expected }
    })
}

/// The correct response in a dialect. Returns `None` if the product's key is unknown.
fn answer_to(dialect: u8, product: &[u8], challenge: &[u8]) -> Option<[u8; 32]> {
    Some(answers_to(Algorithm::of(dialect), product, challenge)?[0])
}

/// The correct response, followed by those of other published variants of the algorithm.
/// Returns `None` if the product's key is unknown.
fn answers_to(algorithm: Algorithm, product: &[u8], challenge: &[u8]) -> Option<Vec<[u8; 32]>> {
    let key = key(product)?;
    let digest: [u8; 16] = Md5::new_with_prefix(challenge)
        .chain_update(key)
        .finalize()
        .into();
    if algorithm == Algorithm::Plain {
        return Some(vec![hex(digest)]);
    }
    let mut answers = Vec::new();
    for padding in PADDINGS {
        for mask in MASKS {
            answers.push(hex(mixed(digest, challenge, product, (padding, mask))));
        }
    }
    Some(answers)
}

/// Number of `0` digits appended to a text whose length is already a multiple of eight
/// bytes. Official clients append none.
const PADDINGS: [usize; 2] = [0, 8];
/// Masks of the digest's words in the last step. Official clients keep all bits.
const MASKS: [u32; 2] = [u32::MAX, MODULUS as u32];

/// The modulus of the checksum.
const MODULUS: u64 = 0x7fff_ffff;
/// Factor of the first word of every pair.
const FACTOR: u64 = 0x0e79_a9c1;

/// Mixes a checksum of challenge and product id into the digest.
fn mixed(
    digest: [u8; 16],
    challenge: &[u8],
    product: &[u8],
    (padding, mask): (usize, u32),
) -> [u8; 16] {
    let words = words(&digest);
    let [m0, m1, m2, m3] = words.map(|word| u64::from(word) & MODULUS);
    let mut text = [challenge, product].concat();
    let whole = text.len().next_multiple_of(8);
    let more = if whole == text.len() { padding } else { 0 };
    text.resize(whole + more, b'0');
    let (mut high, mut low) = (0_u64, 0_u64);
    for pair in text.chunks_exact(8) {
        let [a, b] = core::array::from_fn(|i| u64::from(word(pair, i)));
        // `m0` to `m3` and remainders are below 2^31, `a`, `b` and `mixed` below 2^32, and the
        // words of a line are few: no overflow.
        let mixed = (a * FACTOR % MODULUS + high) * m0 % MODULUS + m1;
        high = ((b + mixed) * m2 + m3) % MODULUS;
        low += high + mixed;
    }
    let high = ((high + m1) % MODULUS) as u32;
    let low = ((low + m3) % MODULUS) as u32;
    let keys = [high, low, high, low];
    let mut answer = [0; 16];
    for ((out, word), key) in answer.chunks_exact_mut(4).zip(words).zip(keys) {
        out.copy_from_slice(&((word & mask) ^ key).to_le_bytes());
    }
    answer
}

/// The little-endian 32-bit word at `index`, or 0 after the end of `bytes`.
fn word(bytes: &[u8], index: usize) -> u32 {
    let chunk = bytes.chunks_exact(4).nth(index);
    let chunk = chunk.and_then(|chunk| chunk.try_into().ok());
    chunk.map_or(0, u32::from_le_bytes)
}

fn words(digest: &[u8; 16]) -> [u32; 4] {
    core::array::from_fn(|index| word(digest, index))
}

fn hex(bytes: [u8; 16]) -> [u8; 32] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = [0; 32];
    for (pair, byte) in text.chunks_exact_mut(2).zip(bytes) {
        pair[0] = DIGITS[usize::from(byte >> 4)];
        pair[1] = DIGITS[usize::from(byte & 15)];
    }
    text
}
