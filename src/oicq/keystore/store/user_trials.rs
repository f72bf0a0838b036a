//! The user's keys, tried on ciphertexts that no key of the capture decrypts.
//!
//! A user can give many keys, such as all that a tool has ever logged. Bound on the work for a
//! packet: all of them are tried on every step of a login, and on the first packets of each
//! class of ciphertexts, which mostly have one key; later packets of a class in which all have
//! failed are tried with the next [`SLICE`] keys each. So the key of a session that begins
//! within the class is found after some packets, and decrypts those before it in later passes.
//! The same holds for all packets after so many trials of all secrets that a capture must be made
//! for it.

use core::iter;
use core::ops::Range;
use std::collections::HashMap;

use crate::oicq::crypto::key_batch::{KeyBatch, LANES};
use crate::oicq::crypto::key_role::KeyRole;
use crate::oicq::crypto::tea;
use crate::oicq::keystore::keyring::{Keyring, KeyringEntry};
use crate::oicq::keystore::store::candidate::{of_secret, Candidate};
use crate::oicq::keystore::store::target::DecryptTarget;

/// Number of secrets tried on a packet of a class in which all have failed.
const SLICE: usize = 64;
/// Maximum secrets tried in all trials of all secrets in a capture: some seconds of work.
const MAX_FULL: usize = 1 << 24;
/// Number of packets of a class on which all secrets are tried.
const FULL_TRIALS: u8 = 3;
/// Number of keys from which a batch is faster than one after the other.
const MIN_BATCH: usize = 5;

/// What became of the user's keys in a class of ciphertexts.
#[derive(Debug, Default)]
struct Failures {
    /// Number of packets on which all of them have failed, up to [`FULL_TRIALS`].
    full: u8,
    /// The secret with which the next packet begins.
    next: usize,
}

/// The user's secrets, and how they fared.
#[derive(Debug, Default)]
pub(crate) struct UserTrials {
    /// Those of one account by its number, then those for every account.
    entries: Vec<KeyringEntry>,
    /// Where the secrets of an account are.
    own: HashMap<u32, Range<usize>>,
    /// First pass: number of secrets tried in trials of all secrets.
    tried: usize,
    /// First pass: by class of ciphertexts.
    failures: HashMap<(u32, Option<u32>, KeyRole), Failures>,
}

/// The keys tried on a packet.
#[derive(Debug, Default)]
pub(crate) struct UserTrial {
    /// The key that decrypts it.
    pub(crate) found: Option<Candidate>,
    /// Number of keys tried.
    pub(crate) count: u64,
    /// The highest of their weights.
    pub(crate) weight: u8,
}

impl UserTrials {
    /// The secrets of a keyring.
    pub(crate) fn new(keyring: Keyring) -> Self {
        let mut trials = Self::default();
        for (uin, mut entries) in keyring.into_accounts() {
            let start = trials.entries.len();
            trials.entries.append(&mut entries);
            trials.own.insert(uin, start..trials.entries.len());
        }
        trials
    }

    /// The secrets of an account: first those given for its number, then those given for
    /// every account. All secrets if the number is `None`.
    pub(crate) fn of(&self, uin: Option<u32>) -> impl Iterator<Item = &KeyringEntry> {
        let [own, every] = self.places(uin);
        own.chain(every).filter_map(|place| self.entries.get(place))
    }

    fn places(&self, uin: Option<u32>) -> [Range<usize>; 2] {
        let of = |uin| self.own.get(&uin).cloned().unwrap_or(0..0);
        match uin {
            None => [0..self.entries.len(), 0..0],
            Some(0) => [0..0, of(0)],
            Some(uin) => [of(uin), of(0)],
        }
    }

    /// Tries the user's keys on a ciphertext. Decrypts it into `plaintext` if one is right.
    pub(crate) fn find(
        &mut self,
        target: &DecryptTarget,
        first_pass: bool,
        ciphertext: &[u8],
        plaintext: &mut Vec<u8>,
    ) -> UserTrial {
        let [own, every] = self.places(target.uin);
        let chosen = self.choose(target, first_pass, own.len() + every.len());
        let mut trial = UserTrial::default();
        if chosen.is_empty() {
            return trial;
        }
        let mut waiting = Vec::with_capacity(2 * LANES);
        for (index, role) in target.roles.iter().enumerate() {
            let places = own.clone().chain(every.clone());
            let places = places.skip(chosen.start).take(chosen.len());
            let ends = iter::once(None);
            for place in places.map(Some).chain(ends) {
                let entry = place.and_then(|place| self.entries.get(place));
                if let Some(entry) = entry {
                    // For the first role, the secrets themselves have been tried.
                    let known = if index == 0 {
                        &[][..]
                    } else {
                        entry.secret.keys()
                    };
                    let keys = of_secret(entry, *role, target.uin);
                    waiting.extend(keys.filter(|it| !known.contains(&it.key)));
                }
                if entry.is_none() || waiting.len() >= LANES {
                    trial.count += waiting.len() as u64;
                    trial.found = first_right(&waiting, ciphertext, plaintext);
                    let weights = waiting.drain(..).map(|it| it.weight);
                    trial.weight = weights.fold(trial.weight, u8::max);
                }
                if trial.found.is_some() {
                    self.failures.remove(&target.class());
                    return trial;
                }
            }
        }
        trial
    }

    /// The secrets to try on a packet, of `count`.
    fn choose(&mut self, target: &DecryptTarget, first_pass: bool, count: usize) -> Range<usize> {
        let (_, _, role) = target.class();
        let is_step = !matches!(role, KeyRole::Session | KeyRole::Peer);
        if count <= SLICE || !first_pass {
            return 0..count;
        }
        let failures = self.failures.entry(target.class()).or_default();
        if (is_step || failures.full < FULL_TRIALS) && self.tried.saturating_add(count) <= MAX_FULL
        {
            failures.full = failures.full.saturating_add(1);
            self.tried += count;
            return 0..count;
        }
        let start = failures.next;
        let end = (start + SLICE).min(count);
        failures.next = if end == count { 0 } else { end };
        start..end
    }
}

/// The first candidate that decrypts the ciphertext, into `plaintext`.
fn first_right(
    candidates: &[Candidate],
    ciphertext: &[u8],
    plaintext: &mut Vec<u8>,
) -> Option<Candidate> {
    let mut decrypts = |candidate: &&Candidate| tea::decrypt(&candidate.key, ciphertext, plaintext);
    if candidates.len() < MIN_BATCH {
        return candidates.iter().find(decrypts).copied();
    }
    candidates.chunks(LANES).find_map(|chunk| {
        let batch = KeyBatch::new(chunk.iter().map(|candidate| candidate.key));
        let mut passing = batch.passing(ciphertext).filter_map(|lane| chunk.get(lane));
        passing.find(|candidate| decrypts(candidate)).copied()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::keystore::keyring::SecretKind;
    use crate::oicq::qq_tea::encrypt;
    use crate::packet::PduKey;

    const UIN: u32 = 12_345_678;

    fn digits(number: u32) -> String {
        format!("{number:032x}")
    }

    fn key(number: u32) -> [u8; 16] {
        u128::from(number).to_be_bytes()
    }

    /// Session keys of these numbers, for every account.
    fn trials(numbers: Range<u32>) -> UserTrials {
        let mut ring = Keyring::default();
        for number in numbers {
            let added = ring.add_row(0, SecretKind::SessionKey, &digits(number));
            assert_eq!(added, Ok(()));
        }
        UserTrials::new(ring)
    }

    fn target(frame: u32, roles: &'static [KeyRole]) -> DecryptTarget {
        DecryptTarget {
            pdu: PduKey { frame, index: 0 },
            index: 0,
            conversation: 1,
            uin: Some(UIN),
            roles,
            request: None,
            carried_key: None,
            share: None,
        }
    }

    #[test]
    fn secrets_of_the_account_come_first() {
        let mut ring = Keyring::default();
        for (uin, number) in [(0, 1), (UIN, 2), (7, 3), (UIN, 4)] {
            assert_eq!(
                ring.add_row(uin, SecretKind::SessionKey, &digits(number)),
                Ok(())
            );
        }
        let trials = UserTrials::new(ring);
        let uins = |uin| -> Vec<u32> { trials.of(uin).map(|entry| entry.uin).collect() };
        assert_eq!(uins(Some(UIN)), [UIN, UIN, 0]);
        assert_eq!(uins(Some(8)), [0]);
        assert_eq!(uins(Some(0)), [0]);
        assert_eq!(uins(None), [7, UIN, UIN, 0]);
    }

    #[test]
    fn the_first_right_key_is_found_wherever_it_is() {
        let mut plaintext = Vec::new();
        for count in [1, 4, 5, 16, 17, 40] {
            for right in 0..count {
                let ciphertext = encrypt(&key(right), b"text");
                let target = target(1, &[KeyRole::Share, KeyRole::Session]);
                let trial = trials(0..count).find(&target, true, &ciphertext, &mut plaintext);
                let found = trial.found.map(|found| *found.key.bytes());
                assert_eq!((found, &*plaintext), (Some(key(right)), &b"text"[..]));
            }
        }
    }

    #[test]
    fn the_work_for_a_packet_is_bounded_where_all_keys_have_failed() {
        let mut trials = trials(0..1000);
        let mut plaintext = Vec::new();
        let wrong = encrypt(&[0xee; 16], b"text");
        let mut count = |frame, roles, ciphertext: &[u8]| {
            trials.find(&target(frame, roles), true, ciphertext, &mut plaintext)
        };
        let session = &[KeyRole::Session];
        for frame in 1..=3 {
            assert_eq!(count(frame, session, &wrong).count, 1000);
        }
        // Every key has its turn.
        let counts: Vec<u64> = (4..=19)
            .map(|frame| count(frame, session, &wrong).count)
            .collect();
        assert!(counts.iter().all(|count| *count <= SLICE as u64));
        assert_eq!(counts.iter().sum::<u64>(), 1000);
        // The steps of a login are few.
        for frame in 1..=5 {
            assert_eq!(count(frame, &[KeyRole::Share], &wrong).count, 1000);
        }
        let right = encrypt(&key(70), b"text");
        assert!(count(20, session, &right).found.is_none());
        assert!(count(21, session, &right).found.is_some());
        // From then on, all keys count as new.
        assert_eq!(count(22, session, &wrong).count, 1000);
    }

    #[test]
    fn the_work_for_a_capture_is_bounded() {
        let mut trials = trials(0..10_000);
        let login = &[KeyRole::Login];
        let mut plaintext = Vec::new();
        let mut count = |frame| {
            let trial = trials.find(&target(frame, login), true, &[], &mut plaintext);
            trial.count as usize
        };
        let full = MAX_FULL / 10_000;
        assert!((0..full).all(|frame| count(frame as u32) == 10_000));
        assert!((full..full + 9).all(|frame| count(frame as u32) <= SLICE));
    }
}
