//! The user's keys, tried on ciphertexts that no key of the capture decrypts.
//!
//! A user can give many keys, such as all that a tool has ever logged. All of them are tried on
//! every step of a login, and on the first packets of each class of ciphertexts, which mostly
//! have one key: at once as long as the [`TrialBudget`] lasts, else when later packets have
//! brought more of it, the shortest first; the rest after the first pass. Later
//! packets of a class are tried with as many keys as [`SLICE`] allows, the next ones each time.
//! So the key of a session that begins within the class is found after some packets, and decrypts
//! those before it in later passes.

use core::ops::Range;
use std::collections::HashMap;

use crate::oicq::crypto::key_batch::LANES;
use crate::oicq::crypto::key_role::KeyRole;
use crate::oicq::keystore::keyring::Keyring;
use crate::oicq::keystore::store::target::DecryptTarget;
use crate::oicq::keystore::store::trial_budget::TrialBudget;
use crate::oicq::keystore::store::user_secrets::{work_of_secret, UserSecrets, UserTrial};

/// Number of secrets that are always tried at once.
pub(crate) const FEW: usize = 64;
/// Work for a packet of a class whose full trials were made or wait.
const SLICE: usize = 512;
/// Number of packets of a class on which all secrets are tried.
const FULL_TRIALS: u8 = 3;

/// Trials of the user's keys in a class of ciphertexts, since one was right.
#[derive(Debug, Default)]
struct ClassTrials {
    /// Number of packets on which all of them are tried, up to [`FULL_TRIALS`].
    full: u8,
    /// The secret with which the next packet begins.
    next: usize,
}

/// The user's secrets, and how they fared.
#[derive(Debug, Default)]
pub(crate) struct UserTrials {
    pub(crate) secrets: UserSecrets,
    budget: TrialBudget,
    /// First pass: by class of ciphertexts.
    classes: HashMap<(u32, Option<u32>, KeyRole), ClassTrials>,
}

impl UserTrials {
    /// The secrets of a keyring.
    pub(crate) fn new(keyring: Keyring) -> Self {
        Self {
            secrets: UserSecrets::new(keyring),
            ..Self::default()
        }
    }

    /// Tries the user's keys on a ciphertext. Decrypts it into `plaintext` if one is right. The
    /// trial can be unfinished if the ciphertext `can_wait`.
    pub(crate) fn find(
        &mut self,
        target: &DecryptTarget,
        first_pass: bool,
        can_wait: bool,
        ciphertext: &[u8],
        plaintext: &mut Vec<u8>,
    ) -> UserTrial {
        let count = self.secrets.count(target.uin);
        if count <= FEW {
            return self.try_range(target, 0..count, ciphertext, plaintext);
        }
        if first_pass {
            self.budget.earn();
        }
        let work = work_of_secret(target, ciphertext);
        let wants_all = !first_pass || self.wants_all(target);
        let range = if wants_all && count * work <= self.budget.left(first_pass) {
            0..count
        } else if wants_all && can_wait {
            return UserTrial {
                rest: Some(0),
                ..UserTrial::default()
            };
        } else {
            self.slice(target, count, work)
        };
        self.budget.charge(range.len() * work);
        self.try_range(target, range, ciphertext, plaintext)
    }

    /// Whether the budget allows to continue a trial.
    pub(crate) fn has_budget(&self, first_pass: bool) -> bool {
        self.budget.left(first_pass) >= SLICE
    }

    /// Continues a trial at this secret, as far as the budget allows.
    pub(crate) fn resume(
        &mut self,
        target: &DecryptTarget,
        next: usize,
        first_pass: bool,
        ciphertext: &[u8],
        plaintext: &mut Vec<u8>,
    ) -> UserTrial {
        let count = self.secrets.count(target.uin);
        let work = work_of_secret(target, ciphertext);
        let end = count.min(next + self.budget.left(first_pass) / work / LANES * LANES);
        self.budget.charge((end - next) * work);
        let trial = self.try_range(target, next..end, ciphertext, plaintext);
        let is_unfinished = trial.found.is_none() && end < count;
        UserTrial {
            rest: is_unfinished.then_some(end),
            ..trial
        }
    }

    fn try_range(
        &mut self,
        target: &DecryptTarget,
        range: Range<usize>,
        ciphertext: &[u8],
        plaintext: &mut Vec<u8>,
    ) -> UserTrial {
        let trial = self.secrets.try_range(target, range, ciphertext, plaintext);
        if trial.found.is_some() {
            self.classes.remove(&target.class());
        }
        trial
    }

    /// Whether all secrets are to be tried on a ciphertext of the first pass, which then counts
    /// as one on which they are.
    fn wants_all(&mut self, target: &DecryptTarget) -> bool {
        let (_, _, role) = target.class();
        let trials = self.classes.entry(target.class()).or_default();
        let is_step = !matches!(role, KeyRole::Session | KeyRole::Peer);
        let wants_all = is_step || trials.full < FULL_TRIALS;
        trials.full = FULL_TRIALS.min(trials.full + 1);
        wants_all
    }

    /// The next secrets of the class.
    fn slice(&mut self, target: &DecryptTarget, count: usize, work: usize) -> Range<usize> {
        let trials = self.classes.entry(target.class()).or_default();
        let start = trials.next.min(count);
        let end = count.min(start + (SLICE / work).max(1));
        trials.next = if end == count { 0 } else { end };
        start..end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::keystore::store::trial_budget::{AT_ONCE, FOR_A_CIPHERTEXT};
    use crate::oicq::keystore::store::user_secrets::tests::{key, keyring, target};
    use test_support::qq_tea::encrypt;

    /// Session keys of these numbers, for every account.
    fn trials(numbers: Range<u32>) -> UserTrials {
        UserTrials::new(keyring(0, numbers))
    }

    fn find(trials: &mut UserTrials, target: &DecryptTarget, ciphertext: &[u8]) -> UserTrial {
        trials.find(target, true, true, ciphertext, &mut Vec::new())
    }

    #[test]
    #[cfg_attr(miri, ignore = "takes minutes in Miri")]
    fn few_keys_are_always_tried() {
        let mut trials = trials(0..FEW as u32);
        let wrong = encrypt(&[0xee; 16], &[0; 2000]);
        assert!(100 * FEW * wrong.len() / 8 > AT_ONCE);
        for frame in 1..=100 {
            let trial = find(&mut trials, &target(frame, &[KeyRole::Session]), &wrong);
            assert_eq!((trial.count, trial.rest), (FEW as u64, None));
        }
    }

    #[test]
    #[cfg_attr(miri, ignore = "takes minutes in Miri")]
    fn the_work_for_a_packet_is_bounded_where_all_keys_have_failed() {
        let mut trials = trials(0..1000);
        let wrong = encrypt(&[0xee; 16], b"text");
        let mut count =
            |frame, roles, ciphertext: &[u8]| find(&mut trials, &target(frame, roles), ciphertext);
        let session = &[KeyRole::Session];
        for frame in 1..=3 {
            assert_eq!(count(frame, session, &wrong).count, 1000);
        }
        // Every key has its turn; the ciphertext has two blocks.
        let counts: Vec<u64> = (4..=7)
            .map(|frame| count(frame, session, &wrong).count)
            .collect();
        assert_eq!(counts, [256, 256, 256, 232]);
        let long = encrypt(&[0xee; 16], &[0; 990]);
        assert_eq!(count(8, session, &long).count, 512 / 125);
        // The steps of a login are few.
        for frame in 1..=5 {
            assert_eq!(count(frame, &[KeyRole::Share], &wrong).count, 1000);
        }
        let right = encrypt(&key(300), b"text");
        assert!(count(20, session, &right).found.is_none());
        assert!(count(21, session, &right).found.is_some());
        // From then on, all keys count as new.
        assert_eq!(count(22, session, &wrong).count, 1000);
    }

    /// Number of keys tried at once and later, over so many steps of logins.
    fn tried(trials: &mut UserTrials, frames: Range<u32>, ciphertext: &[u8]) -> usize {
        let target = |frame| target(frame, &[KeyRole::Login]);
        let mut waiting = Vec::new();
        let mut count = 0;
        for frame in frames {
            let trial = find(trials, &target(frame), ciphertext);
            count += trial.count;
            waiting.extend(trial.rest.map(|next| (frame, next)));
            while let (true, Some((frame, next))) = (trials.has_budget(true), waiting.pop()) {
                let plaintext = &mut Vec::new();
                let trial = trials.resume(&target(frame), next, true, ciphertext, plaintext);
                count += trial.count;
                waiting.extend(trial.rest.map(|next| (frame, next)));
            }
        }
        count as usize
    }

    #[test]
    #[cfg_attr(miri, ignore = "takes minutes in Miri")]
    fn the_work_for_a_capture_is_bounded_by_its_length() {
        let ciphertext = encrypt(&[0xee; 16], &[0; 70]);
        let blocks = ciphertext.len() / 8;
        for count in [10_000, 100_000] {
            let mut trials = trials(0..count);
            // The first frames use what a capture has at once.
            let at_once = tried(&mut trials, 0..30, &ciphertext) * blocks;
            assert!(
                (AT_ONCE * 9 / 10..AT_ONCE * 11 / 10).contains(&at_once),
                "{count}"
            );
            let then = tried(&mut trials, 30..1030, &ciphertext) * blocks;
            let earned = 1000 * FOR_A_CIPHERTEXT;
            assert!(
                (earned * 9 / 10..=earned).contains(&then),
                "{count}: {then}"
            );
        }
    }

    /// Whole batches of keys, as many as the budget has work for.
    #[test]
    #[cfg_attr(miri, ignore = "takes minutes in Miri")]
    fn a_resumed_trial_uses_the_budget() {
        let mut trials = trials(0..10_000);
        let target = target(1, &[KeyRole::Session]);
        let wrong = encrypt(&[0xee; 16], &[0; 2000]);
        let work = work_of_secret(&target, &wrong);
        let trial = trials.resume(&target, 32, true, &wrong, &mut Vec::new());
        let count = trial.count as usize;
        assert_eq!((count % LANES, trial.rest), (0, Some(32 + count)));
        assert!(count * work <= AT_ONCE && (count + LANES) * work > AT_ONCE);
    }

    #[test]
    #[cfg_attr(miri, ignore = "takes minutes in Miri")]
    fn keys_of_other_accounts_cost_nothing() {
        for others in [0, 100_000] {
            let mut ring = keyring(7, 1000..1000 + others);
            ring.append(keyring(12_345_678, 0..1000));
            let mut trials = UserTrials::new(ring);
            let wrong = encrypt(&[0xee; 16], b"text");
            let trial = find(&mut trials, &target(1, &[KeyRole::Session]), &wrong);
            assert_eq!((trial.count, trial.rest), (1000, None));
        }
    }
}
