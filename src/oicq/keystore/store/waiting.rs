//! Continues the trials of the user's keys that wait.

use crate::oicq::keystore::store::attempt::Attempt;
use crate::oicq::keystore::store::backlog::WaitingCiphertext;
use crate::oicq::keystore::store::outcomes::Outcome;
use crate::oicq::keystore::store::KeyStore;

impl KeyStore {
    /// Tries the user's keys on the ciphertexts that wait, as long as the budget lasts: after
    /// the first pass, that of the whole capture. So nothing is left to be learnt by then.
    pub(crate) fn try_waiting(&mut self, first_pass: bool) {
        while self.users.has_budget(first_pass) {
            let Some((place, mut waiting)) = self.backlog.pop() else {
                break;
            };
            let before = waiting.next;
            if self.resume(&mut waiting, first_pass) {
                let is_stuck = waiting.next == before;
                self.backlog.put_back(place, waiting);
                if is_stuck {
                    break;
                }
            }
        }
        if !first_pass {
            self.backlog.clear();
            self.try_pending();
        }
    }

    /// Tries the next keys of the user. Returns whether there are more.
    fn resume(&mut self, waiting: &mut WaitingCiphertext, first_pass: bool) -> bool {
        let target = &waiting.target;
        let outcome = self.outcomes.get(target.pdu, target.index);
        if let Some(Outcome::Decrypted(_)) = outcome {
            return false;
        }
        let mut plaintext = Vec::new();
        let mut attempt = Attempt::new(&waiting.ciphertext, &mut plaintext);
        let last_success = self.last_success.get(&target.class()).copied();
        let found = last_success
            .filter(|by| attempt.try_key(by))
            .or_else(|| attempt.resume_users(&mut self.users, target, waiting.next, first_pass));
        self.attempts += attempt.count();
        let (weight, rest) = (attempt.weight(), attempt.rest());
        if let Some(by) = found {
            self.outcomes
                .insert(target.pdu, target.index, Outcome::Decrypted(by));
            self.last_success.entry(target.class()).or_insert(by);
            if by.origin.is_user() {
                self.insert(target, by);
            }
            if let Some(context) = &waiting.context {
                self.learn(target, context, &plaintext);
                self.decrypt_nested(target, context, true, &plaintext);
            }
        }
        self.user_keys.learn(target, found.as_ref(), weight);
        waiting.next = rest.unwrap_or(waiting.next);
        rest.is_some()
    }
}
