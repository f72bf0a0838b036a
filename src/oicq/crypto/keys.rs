//! Keys of QQ-TEA, and their derivation from passwords, QQ numbers and packets.
//!
//! Source: docs/protocol/oicq.md §6.3 (derivations, published key pairs) and §6.4.

use core::fmt;

use md5::{Digest, Md5};

/// A key of 16 bytes, which `Debug` does not print.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key([u8; 16]);

impl Key {
    /// The key of these bytes.
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The key in the first 16 bytes of `bytes`. Returns `None` if there are fewer.
    pub fn at_start(bytes: &[u8]) -> Option<Self> {
        bytes.first_chunk().copied().map(Self)
    }

    /// Parses 32 hexadecimal digits. Spaces, tabs, colons and hyphens between them are
    /// ignored. Returns `None` for any other text.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 16];
        let mut digits = 0_usize;
        for char in text
            .chars()
            .filter(|c| !matches!(c, ' ' | '\t' | ':' | '-'))
        {
            let digit = char.to_digit(16)? as u8;
            let byte = bytes.get_mut(digits / 2)?;
            *byte = *byte << 4 | digit;
            digits += 1;
        }
        (digits == 32).then_some(Self(bytes))
    }

    /// The bytes.
    pub const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The key as four big-endian words.
    pub(crate) fn words(&self) -> [u32; 4] {
        let mut words = [0; 4];
        for (word, bytes) in words.iter_mut().zip(self.0.chunks_exact(4)) {
            *word = bytes
                .iter()
                .fold(0, |n: u32, byte| n << 8 | u32::from(*byte));
        }
        words
    }

    fn digest(parts: &[&[u8]]) -> Self {
        let mut md5 = Md5::new();
        for part in parts {
            md5.update(part);
        }
        Self(md5.finalize().into())
    }

    /// MD5 of a password (P1 in §6.3), which a login sends as proof.
    pub fn of_password(password: &[u8]) -> Self {
        Self::digest(&[password])
    }

    /// MD5 of MD5 of the password (P2): key of logins until QQ2010. `self` is P1.
    pub fn md5(&self) -> Self {
        Self::digest(&[&self.0])
    }

    /// MD5 of P1, four zeroes and the QQ number (PS): key of the proof in logins from QQ2011
    /// on. `self` is P1.
    pub fn salted(&self, uin: u32) -> Self {
        Self::digest(&[&self.0, &[0; 4], &uin.to_be_bytes()])
    }

    /// MD5 of QQ number and session key: contained in every message, and, of the sender,
    /// the key between two clients. `self` is the session key.
    pub fn peer_key(&self, uin: u32) -> Self {
        Self::digest(&[&uin.to_be_bytes(), &self.0])
    }

    /// The key of 0x0018 (QQ2006 beta 3), from the 16 bytes in clear before the
    /// ciphertext, the version and the QQ number.
    pub fn of_check(clear: &[u8; 16], version: u16, uin: u32) -> Self {
        let number = uin.to_be_bytes();
        let [high, low] = version.to_be_bytes();
        let halves = [high, low].map(|byte| Self::digest(&[&[byte], &number]));
        let whole = Self::digest(&[&halves[0].0, &halves[1].0]);
        let mut bytes = *clear;
        for (byte, other) in bytes.iter_mut().zip(whole.0) {
            *byte ^= other;
        }
        Self(bytes)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

/// Public keys of 0x0836 with published private keys, of programs that never change them,
/// and the share key that results from each and the server's public key; sorted (§6.3,
/// and §12.5).
const PAIRS: [([u8; 25], Key); 5] = [
    // An unnamed sample.
    pair(
        "0251ca4aab66e80ae4d279921ace3c3dfee23788151f45368d",
        "13d924ca5e0469d284effea87a5a5f1c",
    ),
    // mirai's TIM, and others.
    pair(
        "026d2841d2a56fd2fc3e2a1f0375de6e288fa8193e5f1649d3",
        "1ae97f7dc9737598ac02e0805fa9c6af",
    ),
    // QQ.Framework.
    pair(
        "027828167c9ef3b75a7b5aefa23010ec0c4687707631a788ea",
        "60423b51c3b1f60f67e89c00f0a7bda3",
    ),
    // The sample of 0x3823.
    pair(
        "02f03c707b856078040f8f263d431f665ef36c5dc045ad61a6",
        "aacd595a01577a70e2003e329060fd6e",
    ),
    // go-pcqq.
    pair(
        "03943dcbe9123861ecf7adbde3369191070150be50391cd332",
        "fd0b797831e68854fcfaea84529c7d0b",
    ),
];

const _: () = {
    let mut i = 1;
    while i < PAIRS.len() {
        let (before, after) = (PAIRS[i - 1].0, PAIRS[i].0);
        let mut byte = 0;
        while before[byte] == after[byte] {
            byte += 1;
        }
        assert!(before[byte] < after[byte], "pairs are not sorted");
        i += 1;
    }
};

/// The share key of a published public key. Returns `None` for any other.
pub fn published_share_key(public: &[u8]) -> Option<Key> {
    let row = PAIRS.binary_search_by(|(known, _)| known.as_slice().cmp(public));
    PAIRS.get(row.ok()?).map(|(_, share)| *share)
}

const fn pair(public: &str, share: &str) -> ([u8; 25], Key) {
    (unhex(public), Key(unhex(share)))
}

/// Decodes hexadecimal digits of a table. Anything else is a compile-time error.
const fn unhex<const N: usize>(digits: &str) -> [u8; N] {
    let digits = digits.as_bytes();
    assert!(digits.len() == 2 * N, "wrong number of digits");
    let mut bytes = [0; N];
    let mut i = 0;
    while i < digits.len() {
        let digit = match digits[i] {
            digit @ b'0'..=b'9' => digit - b'0',
            digit @ b'a'..=b'f' => digit - b'a' + 10,
            _ => panic!("not a lower-case hexadecimal digit"),
        };
        bytes[i / 2] = bytes[i / 2] << 4 | digit;
        i += 1;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::wire::hex::hex;

    const UIN: u32 = 12_345_678;

    #[test]
    fn keys_of_a_password() {
        let p1 = Key::of_password(b"password");
        assert_eq!(p1.bytes()[..], hex("5f4dcc3b5aa765d61d8327deb882cf99"));
        assert_eq!(
            p1.md5().bytes()[..],
            hex("9bf4b3611c53176f5c649aa4fc1ff6b2")
        );
        assert_eq!(
            p1.salted(UIN).bytes()[..],
            hex("8ae55b9947b4e02327257097e1f424b6")
        );
    }

    #[test]
    fn key_of_messages() {
        // The bytes after the version in the sample of a sent message (§10.2, G08).
        let key = Key::new(*b"0123456789abcdef").peer_key(UIN);
        assert_eq!(key.bytes()[..], hex("3d31a5af0a48e33dafeb398486fe0507"));
    }

    #[test]
    fn key_of_the_check() {
        let (high, low) = (
            Key::digest(&[&[0x0f], &UIN.to_be_bytes()]),
            Key::digest(&[&[0x4b], &UIN.to_be_bytes()]),
        );
        let whole = Key::digest(&[high.bytes(), low.bytes()]);
        assert_eq!(Key::of_check(&[0; 16], 0x0f4b, UIN), whole);
        let flipped: Vec<u8> = whole.bytes().iter().map(|byte| !byte).collect();
        assert_eq!(Key::of_check(&[0xff; 16], 0x0f4b, UIN).bytes()[..], flipped);
    }

    #[test]
    fn published_pairs() {
        for (public, share) in PAIRS {
            assert_eq!(published_share_key(&public), Some(share));
        }
        assert_eq!(published_share_key(&[2; 25]), None);
        assert_eq!(published_share_key(&PAIRS[0].0[..24]), None);
    }

    #[test]
    fn digits_of_a_key() {
        let key = Key::new(core::array::from_fn(|i| 0x11 * i as u8));
        for text in [
            "00112233445566778899aabbccddeeff",
            "00112233 44556677 8899AABB CCDDEEFF",
            "00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff",
        ] {
            assert_eq!(Key::from_hex(text), Some(key), "{text}");
        }
        for text in [
            "",
            "00",
            "00112233445566778899aabbccddeef",
            "00112233445566778899aabbccddeeff0",
            "0x112233445566778899aabbccddeeff",
            "é0112233445566778899aabbccddeeff",
        ] {
            assert_eq!(Key::from_hex(text), None, "{text}");
        }
        assert_eq!(Key::at_start(&[7; 20]), Some(Key::new([7; 16])));
        assert_eq!(Key::at_start(&[7; 15]), None);
    }

    #[test]
    fn a_key_is_not_printed() {
        assert_eq!(format!("{:?}", Key::new([0x41; 16])), "Key(..)");
    }
}
