//! Damaged ciphertexts: a key decrypts the start, but not the end.
//!
//! The zeroes at the end verify a key. Without them the text before can still be right,
//! for instance if the last block was damaged by the capture or the sender. This is not
//! certain, so the text is not shown; only the damage is reported.
//!
//! Source: docs/protocol/oicq.md §6.1, and §12.5.

use crate::oicq::crypto::tea;
use crate::oicq::keystore::store::user_trials::FEW;
use crate::oicq::keystore::store::{DecryptTarget, KeyStore};

/// Maximum bytes of a ciphertext to decrypt.
const BEGINNING: usize = 72;
/// Maximum keys to try.
const MAX_KEYS: usize = 6;
/// Minimum bytes of text as evidence, unless they contain the QQ number.
const MIN_TEXT: usize = 12;

impl KeyStore {
    /// In the first pass: records whether a key decrypts the start of a ciphertext that
    /// none decrypts in full.
    pub(crate) fn learn_damage(&mut self, target: &DecryptTarget, ciphertext: &[u8]) {
        let last = self.last_success.get(&target.class());
        let own = target
            .carried_key
            .into_iter()
            .chain(target.share)
            .chain(last.map(|last| last.key));
        // Of many, the first are hardly the right ones.
        let is_few = self.users.secrets.count(target.uin) <= FEW;
        let users = is_few.then(|| self.keys_of_user(target.uin, target.roles));
        let beginning = ciphertext.get(..BEGINNING).unwrap_or(ciphertext);
        let is_damaged = own
            .chain(users.into_iter().flatten())
            .take(MAX_KEYS)
            .any(|key| {
                tea::decrypt_unverified(&key, beginning)
                    .is_some_and(|text| is_text(&text, target.uin))
            });
        if is_damaged {
            self.damaged.insert(target.pdu);
        }
    }

    /// Whether a key decrypts the start of the ciphertext of this PDU, and none all of
    /// it.
    pub fn is_damaged(&self, target: &DecryptTarget) -> bool {
        self.damaged.contains(&target.pdu)
    }
}

/// Whether a wrong key is unlikely to result in these bytes: they contain the QQ number,
/// or there are at least [`MIN_TEXT`] of them and all are printable ASCII or a third are
/// zero.
fn is_text(bytes: &[u8], uin: Option<u32>) -> bool {
    let number = uin.map(u32::to_be_bytes);
    let has_number = number.is_some_and(|number| bytes.windows(4).any(|four| four == number));
    let zeroes = bytes.iter().filter(|byte| **byte == 0).count();
    let is_printable = bytes.iter().all(|byte| matches!(byte, b' '..=b'~'));
    has_number || (bytes.len() >= MIN_TEXT && (zeroes * 3 >= bytes.len() || is_printable))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plaintext_differs_from_the_output_of_a_wrong_key() {
        let uin = Some(12_345_678);
        assert!(is_text(b"\x8f\0\xbc\x61\x4e\x91", uin));
        assert!(!is_text(b"\x8f\0\xbc\x61\x4e\x91", Some(10_001)));
        assert!(is_text(&[0; 12], None));
        assert!(is_text(b"\x81\x92\0\xe3\0\xf4\0\x85\0\xa6\xb7\xc8", None));
        assert!(!is_text(
            b"\x81\x92\0\xe3\0\xf4\0\x85\x97\xa6\xb7\xc8",
            None
        ));
        assert!(!is_text(&[0; 11], None));
        assert!(is_text(b"Hello, world", None));
        assert!(!is_text(b"Hello", None));
        assert!(!is_text(&[], uin));
        let random: Vec<u8> = (0..64_u32).map(|n| (n * n * 37 + 11) as u8).collect();
        assert!(!is_text(&random, None));
    }
}
