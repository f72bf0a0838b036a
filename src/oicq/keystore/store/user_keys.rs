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
