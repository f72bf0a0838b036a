//! Whether the user's keys are of any use.
//!
//! What is said of it in the first pass must be as true in the later ones. Whether keys open
//! nothing in a conversation shows at its end alone; so what is said, where enough of them
//! have failed, is that they have opened nothing so far.

use std::collections::HashMap;

use crate::oicq::keystore::store::candidate::{Candidate, ENOUGH};
use crate::oicq::keystore::store::target::DecryptTarget;
use crate::packet::PduKey;

/// The user's keys in one conversation, for one account.
#[derive(Debug, Default)]
struct UserKeyTally {
    /// How much the failures weigh.
    failed: u8,
    /// One of them opened something.
    opened: bool,
    /// The PDU at which to say that nothing was opened so far.
    complaint: Option<PduKey>,
}

/// The user's keys in all conversations.
#[derive(Debug, Default)]
pub(crate) struct UserKeyReport {
    uses: HashMap<(u32, Option<u32>), UserKeyTally>,
}

impl UserKeyReport {
    /// Learns, in the first pass, what opened a ciphertext, or how much it weighs that
    /// nothing did.
    pub(crate) fn learn(
        &mut self,
        target: &DecryptTarget<'_>,
        found: Option<&Candidate>,
        weight: u8,
    ) {
        let key = (target.conversation, target.uin);
        match found {
            Some(found) if found.origin.is_user() => {
                self.uses.entry(key).or_default().opened = true;
            }
            None if weight > 0 => {
                let used = self.uses.entry(key).or_default();
                used.failed = used.failed.saturating_add(weight);
                if used.failed >= ENOUGH && !used.opened {
                    used.complaint.get_or_insert(target.pdu);
                }
            }
            _ => {}
        }
    }

    /// Whether this is the PDU at which to say it.
    pub(crate) fn complains(&self, target: &DecryptTarget<'_>) -> bool {
        let used = self.uses.get(&(target.conversation, target.uin));
        used.is_some_and(|used| used.complaint == Some(target.pdu))
    }
}
