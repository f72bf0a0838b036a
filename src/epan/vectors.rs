//! The widest vector instructions of this processor, for trials of many keys.

use crate::oicq::crypto::key_batch::{portable_residues, Residues};

/// The fastest function for these trials.
pub(super) fn residues() -> Residues {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: this processor has AVX2.
        return |batch, ciphertext| unsafe { x86::avx2_residues(batch, ciphertext) };
    }
    portable_residues
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use crate::oicq::crypto::key_batch::{residues, KeyBatch, LANES};

    /// # Safety
    ///
    /// The processor has AVX2.
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn avx2_residues(batch: &KeyBatch, ciphertext: &[u8]) -> [u32; LANES] {
        residues(batch, ciphertext)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::crypto::key_batch::KeyBatch;
    use crate::oicq::crypto::keys::Key;
    use test_support::random::SplitMix64;

    #[test]
    fn vectors_of_any_width_give_the_same() {
        let mut random = SplitMix64::new(31);
        for len in [16, 24, 120, 544, 1296] {
            let keys: Vec<Key> = (0..16)
                .map(|_| Key::at_start(&random.bytes(16)).expect("16 bytes"))
                .collect();
            let batch = KeyBatch::new(keys);
            let ciphertext = random.bytes(len);
            let expected = portable_residues(&batch, &ciphertext);
            assert_eq!(residues()(&batch, &ciphertext), expected);
        }
    }
}
