//! Outcomes of the attempts on all ciphertexts of a capture.
//!
//! Every frame with a ciphertext can have one, so they are small, and each key is kept once.

use std::collections::{BTreeMap, HashMap};

use crate::first_pass::PduMap;
use crate::oicq::keystore::store::candidate::Candidate;
use crate::packet::PduKey;

/// Outcome of the attempts on a ciphertext.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Decrypted(Candidate),
    /// No key learnt by then decrypted it.
    Failed {
        /// Number of keys learnt by then.
        known: usize,
        /// The account for which keys were tried.
        uin: Option<u32>,
    },
}

/// As [`Outcome`], with the index of the key.
#[derive(Debug, Clone, Copy, Default)]
enum PackedOutcome {
    #[default]
    Nothing,
    Decrypted(u32),
    Failed {
        known: u32,
        /// 0 if the account was not known.
        uin: u32,
    },
}

const _: () = assert!(size_of::<(PduKey, PackedOutcome)>() <= 20);

/// The outcomes, by PDU and index of the ciphertext.
#[derive(Debug, Default)]
pub(crate) struct Outcomes {
    frames: PduMap<PackedOutcome>,
    /// Those of further ciphertexts of a PDU, which few have.
    others: BTreeMap<(PduKey, u8), PackedOutcome>,
    /// The keys that have decrypted something.
    keys: Vec<Candidate>,
    places: HashMap<Candidate, u32>,
}

impl Outcomes {
    pub(crate) fn get(&self, pdu: PduKey, index: u8) -> Option<Outcome> {
        let packed = match index {
            0 => self.frames.get(pdu),
            _ => self.others.get(&(pdu, index)),
        };
        match *packed? {
            PackedOutcome::Nothing => None,
            PackedOutcome::Decrypted(key) => {
                let key = self.keys.get(key as usize)?;
                Some(Outcome::Decrypted(*key))
            }
            PackedOutcome::Failed { known, uin } => Some(Outcome::Failed {
                known: known as usize,
                uin: (uin != 0).then_some(uin),
            }),
        }
    }

    pub(crate) fn insert(&mut self, pdu: PduKey, index: u8, outcome: Outcome) {
        let packed = match outcome {
            Outcome::Decrypted(key) => PackedOutcome::Decrypted(self.place(key)),
            Outcome::Failed { known, uin } => PackedOutcome::Failed {
                known: u32::try_from(known).unwrap_or(u32::MAX),
                uin: uin.unwrap_or_default(),
            },
        };
        match index {
            0 => *self.frames.any_entry(pdu) = packed,
            _ => {
                self.others.insert((pdu, index), packed);
            }
        }
    }

    fn place(&mut self, key: Candidate) -> u32 {
        let next = self.keys.len() as u32;
        let place = *self.places.entry(key).or_insert(next);
        if place == next {
            self.keys.push(key);
        }
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::crypto::key_role::KeyRole;
    use crate::oicq::crypto::keys::Key;
    use crate::oicq::keystore::store::Origin;

    #[test]
    fn outcomes_are_kept_and_replaced() {
        let mut outcomes = Outcomes::default();
        let key = |number| Candidate::new(Key::new([number; 16]), KeyRole::Session, Origin::Login);
        let pdu = |frame| PduKey { frame, index: 0 };
        let failed = |known, uin| Outcome::Failed { known, uin };
        for frame in 1..100 {
            let outcome = Outcome::Decrypted(key(frame as u8 % 3));
            outcomes.insert(pdu(frame), frame as u8 % 2, outcome);
            assert_eq!(outcomes.get(pdu(frame), frame as u8 % 2), Some(outcome));
            assert_eq!(outcomes.get(pdu(frame), 2), None);
        }
        assert_eq!(outcomes.keys.len(), 3);
        outcomes.insert(pdu(50), 0, failed(7, Some(12_345_678)));
        assert_eq!(outcomes.get(pdu(50), 0), Some(failed(7, Some(12_345_678))));
        outcomes.insert(pdu(1), 0, failed(0, None));
        assert_eq!(outcomes.get(pdu(1), 0), Some(failed(0, None)));
    }
}
