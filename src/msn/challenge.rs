//! The challenge of the notification server and its right answer: CHL and QRY.
//!
//! Source: protocol reference, MSNP §4.15 (product ids) and §6.5 (algorithms and keys).

use md5::{Digest, Md5};

/// Which algorithm a product uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Algorithm {
    /// MSNP6 to MSNP10: the plain digest.
    Plain,
    /// Since MSNP11: the digest with a checksum of challenge and product id.
    Mixed,
}

/// The product of the clients before MSNP11, the only one with the plain algorithm.
const OLD_PRODUCT: &str = "msmsgs@msnmsgr.com";

/// Product ids and their keys, sorted by product id.
pub const PRODUCTS: &[(&str, &str)] = &[
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
    (OLD_PRODUCT, "Q1P7W2E4J9R8U3S5"),
];

const _: () = {
    let mut i = 1;
    while i < PRODUCTS.len() {
        let (a, b) = (PRODUCTS[i - 1].0.as_bytes(), PRODUCTS[i].0.as_bytes());
        let mut at = 0;
        while a[at] == b[at] {
            at += 1;
        }
        assert!(a[at] < b[at], "the products are not sorted and unique");
        i += 1;
    }
};

/// What an answer is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// As it must be.
    Right,
    /// Not as it must be.
    Wrong {
        /// The 32 lower-case hexadecimal digits that would be right.
        expected: [u8; 32],
    },
    /// Without the product's key nothing can be said.
    UnknownProduct,
}

/// The key of a product.
pub fn key(product: &[u8]) -> Option<&'static str> {
    let at = PRODUCTS.binary_search_by(|row| row.0.as_bytes().cmp(product));
    Some(PRODUCTS[at.ok()?].1)
}

/// Checks the payload of a QRY against the challenge of the CHL before it.
pub fn check(product: &[u8], challenge: &[u8], answer: &[u8]) -> Verdict {
    let Some(expected) = answer_to(product, challenge) else {
        return Verdict::UnknownProduct;
    };
    if expected == answer {
        Verdict::Right
    } else {
        Verdict::Wrong { expected }
    }
}

/// The right answer to a challenge, for a product whose key is known.
pub fn answer_to(product: &[u8], challenge: &[u8]) -> Option<[u8; 32]> {
    let key = key(product)?;
    let digest: [u8; 16] = Md5::new_with_prefix(challenge)
        .chain_update(key)
        .finalize()
        .into();
    let algorithm = if product == OLD_PRODUCT.as_bytes() {
        Algorithm::Plain
    } else {
        Algorithm::Mixed
    };
    Some(hex(match algorithm {
        Algorithm::Plain => digest,
        Algorithm::Mixed => mixed(digest, challenge, product),
    }))
}

/// The modulus of the checksum.
const MODULUS: u64 = 0x7fff_ffff;
/// The factor of every first word of a pair.
const FACTOR: u64 = 0x0e79_a9c1;

/// Mixes a checksum of challenge and product id into the digest.
fn mixed(digest: [u8; 16], challenge: &[u8], product: &[u8]) -> [u8; 16] {
    let words = words(&digest);
    let [m0, m1, m2, m3] = words.map(|word| u64::from(word) & MODULUS);
    let mut text = [challenge, product].concat();
    text.resize(text.len().next_multiple_of(8), b'0');
    let (mut high, mut low) = (0_u64, 0_u64);
    for pair in text.chunks_exact(8) {
        let [a, b] = core::array::from_fn(|i| u64::from(word(pair, i)));
        // Every factor is below 2^32 and every summand below 2^63: nothing overflows.
        let mixed = (a * FACTOR % MODULUS + high) % MODULUS * m0 % MODULUS;
        let mixed = (mixed + m1) % MODULUS;
        high = ((b + mixed) % MODULUS * m2 + m3) % MODULUS;
        low = (low + high + mixed) % MODULUS;
    }
    let high = ((high + m1) % MODULUS) as u32;
    let low = ((low + m3) % MODULUS) as u32;
    let keys = [high, low, high, low];
    let mut answer = [0; 16];
    for ((out, word), key) in answer.chunks_exact_mut(4).zip(words).zip(keys) {
        out.copy_from_slice(&(word ^ key).to_le_bytes());
    }
    answer
}

/// The little-endian word `index` of some bytes, 0 where they have ended.
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs of the protocol reference: sample S05 is a real one, S02 the older algorithm.
    #[test]
    fn documented_pairs() {
        for (product, challenge, answer) in [
            (
                &b"PROD0090YUAUV{2B"[..],
                &b"76692485029460135521"[..],
                &b"093aa9157f89eb1be9bb8a7bf3626318"[..],
            ),
            (
                b"msmsgs@msnmsgr.com",
                b"11111111111111111111",
                b"3b6666b60157322b6fc6e41a115968f5",
            ),
        ] {
            assert_eq!(check(product, challenge, answer), Verdict::Right);
            let mut wrong = answer.to_vec();
            wrong[0] ^= 1;
            let expected = answer.try_into().unwrap();
            assert_eq!(
                check(product, challenge, &wrong),
                Verdict::Wrong { expected }
            );
        }
    }

    #[test]
    fn an_unknown_product_is_not_judged() {
        assert_eq!(check(b"PROD0000", b"1", b"x"), Verdict::UnknownProduct);
        assert_eq!(check(b"", b"", b""), Verdict::UnknownProduct);
    }

    #[test]
    fn every_product_answers_any_challenge() {
        for (product, _) in PRODUCTS {
            for length in 0..40 {
                let challenge = vec![0xff; length];
                assert!(answer_to(product.as_bytes(), &challenge).is_some());
            }
        }
    }
}
