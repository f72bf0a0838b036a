//! Detection of user keys that decrypt nothing.
//!
//! The report of the first pass must also hold in later ones. Whether keys decrypt
//! nothing in a conversation is certain only at its end, so the report, made once enough
//! of them have failed, is that they have decrypted nothing so far.

use std::collections::HashMap;

use crate::oicq::keystore::store::candidate::{Candidate, USELESS_WEIGHT};
use crate::oicq::keystore::store::target::DecryptTarget;
use crate::packet::PduKey;

/// Results of the user's keys in one conversation, for one account.
#[derive(Debug, Default)]
struct UserKeyTally {
    /// Total weight of the failures.
    failure_weight: u8,
    /// Whether one of them decrypted something.
    succeeded: bool,
    /// The PDU at which to report that nothing was decrypted so far.
    reported_at: Option<PduKey>,
}

/// Results of the user's keys in all conversations.
#[derive(Debug, Default)]
pub(crate) struct UserKeyReport {
    tallies: HashMap<(u32, Option<u32>), UserKeyTally>,
}

impl UserKeyReport {
    /// In the first pass: records the key that decrypted a ciphertext, or the weight of a
    /// failure.
    pub(crate) fn learn(&mut self, target: &DecryptTarget, found: Option<&Candidate>, weight: u8) {
        let key = (target.conversation, target.uin);
        match found {
            Some(found) if found.origin.is_user() => {
                self.tallies.entry(key).or_default().succeeded = true;
            }
            None if weight > 0 => {
                let tally = self.tallies.entry(key).or_default();
                tally.failure_weight = tally.failure_weight.saturating_add(weight);
                if tally.failure_weight >= USELESS_WEIGHT && !tally.succeeded {
                    tally.reported_at.get_or_insert(target.pdu);
                }
            }
            _ => {}
        }
    }

    /// Whether this is the PDU at which to report it.
    pub(crate) fn is_due(&self, target: &DecryptTarget) -> bool {
        let tally = self.tallies.get(&(target.conversation, target.uin));
        tally.is_some_and(|tally| tally.reported_at == Some(target.pdu))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::crypto::key_role::KeyRole;
    use crate::oicq::crypto::keys::Key;
    use crate::oicq::keystore::store::candidate::Origin;
    use crate::oicq::keystore::store::user_secrets::tests::target;

    fn at(frame: u32) -> DecryptTarget {
        target(frame, &[KeyRole::Session])
    }

    fn found(origin: Origin) -> Candidate {
        Candidate::new(Key::new([7; 16]), KeyRole::Session, origin)
    }

    #[test]
    fn failures_are_reported_once_they_have_enough_weight() {
        for (weights, reported) in [
            (&[1, 1, 1, 1][..], Some(3)),
            (&[2, 1, 3], Some(2)),
            (&[USELESS_WEIGHT, 1], Some(1)),
            (&[1, 0, 1, 0, 0], None),
        ] {
            let mut report = UserKeyReport::default();
            for (frame, weight) in (1..).zip(weights) {
                report.learn(&at(frame), None, *weight);
            }
            let due = (1..10).find(|frame| report.is_due(&at(*frame)));
            assert_eq!(due, reported, "{weights:?}");
        }
    }

    #[test]
    fn only_a_success_of_the_users_keys_prevents_the_report() {
        for (origin, is_due) in [(Origin::Keylog, false), (Origin::Login, true)] {
            let mut report = UserKeyReport::default();
            report.learn(&at(1), Some(&found(origin)), 0);
            report.learn(&at(2), None, USELESS_WEIGHT);
            assert_eq!(report.is_due(&at(2)), is_due, "{origin:?}");
            let elsewhere = DecryptTarget {
                conversation: 2,
                ..at(2)
            };
            assert!(!report.is_due(&elsewhere));
        }
    }

    #[test]
    fn nothing_is_kept_without_keys_of_the_user() {
        let mut report = UserKeyReport::default();
        report.learn(&at(1), None, 0);
        report.learn(&at(2), Some(&found(Origin::Login)), 0);
        assert!(report.tallies.is_empty());
    }
}
