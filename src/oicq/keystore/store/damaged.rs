//! Ciphertexts that a key opens at their beginning, but not to their end.
//!
//! A right key shows in the zeroes at the end. Where they are missing, the text before them can
//! still be one, as when the capture or the sender has damaged the last block. It is not
//! certain then, and nothing of it is shown; but that is said.
//!
//! Source: docs/protocol/oicq.md §6.1, and §12.5.

use crate::oicq::crypto::tea;
use crate::oicq::keystore::store::{DecryptTarget, KeyStore};

/// Bytes of a ciphertext that are looked at.
const BEGINNING: usize = 72;
/// Keys that are tried.
const KEYS: usize = 6;
/// Fewer bytes of text say nothing, unless a QQ number is among them.
const TELLING: usize = 12;

impl KeyStore {
    /// Notes, in the first pass, whether a key opens the beginning of a closed ciphertext.
    pub(crate) fn learn_damage(&mut self, target: &DecryptTarget<'_>, ciphertext: &[u8]) {
        let worked = self.worked.get(&target.kind()).map(|worked| worked.key);
        let own = target.own.into_iter().chain(target.share).chain(worked);
        let users = self.keys_of_user(target.uin, target.roles);
        let beginning = ciphertext.get(..BEGINNING).unwrap_or(ciphertext);
        let is_damaged = own.chain(users).take(KEYS).any(|key| {
            tea::decrypt_unproved(&key, beginning).is_some_and(|text| is_text(&text, target.uin))
        });
        if is_damaged {
            self.damaged.insert(target.pdu);
        }
    }

    /// Whether a key opens the beginning of the ciphertext of this PDU, and none all of it.
    pub fn is_damaged(&self, target: &DecryptTarget<'_>) -> bool {
        self.damaged.contains(&target.pdu)
    }
}

/// Whether bytes are hardly what a wrong key makes: they hold the account, or are text, or
/// mostly zeroes.
fn is_text(bytes: &[u8], uin: Option<u32>) -> bool {
    let number = uin.map(u32::to_be_bytes);
    let has_number = number.is_some_and(|number| bytes.windows(4).any(|four| four == number));
    let zeroes = bytes.iter().filter(|byte| **byte == 0).count();
    let is_written = bytes.iter().all(|byte| matches!(byte, b' '..=b'~'));
    has_number || (bytes.len() >= TELLING && (zeroes * 3 >= bytes.len() || is_written))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_told_from_what_a_wrong_key_makes() {
        let uin = Some(12_345_678);
        assert!(is_text(b"\x8f\0\xbc\x61\x4e\x91", uin));
        assert!(!is_text(b"\x8f\0\xbc\x61\x4e\x91", Some(10_001)));
        assert!(is_text(&[0; 12], None));
        assert!(is_text(b"Hello, world", None));
        assert!(!is_text(b"Hello", None));
        assert!(!is_text(&[], uin));
        let random: Vec<u8> = (0..64_u32).map(|n| (n * n * 37 + 11) as u8).collect();
        assert!(!is_text(&random, None));
    }
}
