//! Whether the user's keys are of any use.
//!
//! What is said of it in the first pass must be as true in the later ones. Whether keys open
//! nothing in a conversation shows at its end alone; so what is said, where enough of them
//! have failed, is that they have opened nothing so far.

use std::collections::HashMap;

use crate::oicq::keystore::vault::candidate::{Candidate, ENOUGH};
use crate::oicq::keystore::vault::sought::Sought;
use crate::packet::PduKey;

/// The user's keys in one conversation, for one account.
#[derive(Debug, Default)]
struct Use {
    /// How much the failures weigh.
    failed: u8,
    /// One of them opened something.
    opened: bool,
    /// The PDU at which to say that nothing was opened so far.
    complaint: Option<PduKey>,
}

/// The user's keys in all conversations.
#[derive(Debug, Default)]
pub(crate) struct Usefulness {
    uses: HashMap<(u32, Option<u32>), Use>,
}

impl Usefulness {
    /// Learns, in the first pass, what opened a ciphertext, or how much it weighs that
    /// nothing did.
    pub(crate) fn learn(&mut self, sought: &Sought<'_>, found: Option<&Candidate>, weight: u8) {
        let key = (sought.conversation, sought.uin);
        match found {
            Some(found) if found.origin.is_user() => {
                self.uses.entry(key).or_default().opened = true;
            }
            None if weight > 0 => {
                let used = self.uses.entry(key).or_default();
                used.failed = used.failed.saturating_add(weight);
                if used.failed >= ENOUGH && !used.opened {
                    used.complaint.get_or_insert(sought.pdu);
                }
            }
            _ => {}
        }
    }

    /// Whether this is the PDU at which to say it.
    pub(crate) fn complains(&self, sought: &Sought<'_>) -> bool {
        let used = self.uses.get(&(sought.conversation, sought.uin));
        used.is_some_and(|used| used.complaint == Some(sought.pdu))
    }
}
