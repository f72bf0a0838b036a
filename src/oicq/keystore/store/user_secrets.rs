//! The user's secrets by account, and trials of them on a ciphertext.

use core::ops::Range;
use std::collections::HashMap;

use crate::oicq::crypto::key_batch::{portable_residues, KeyBatch, KeyColumns, Residues, LANES};
use crate::oicq::crypto::key_role::KeyRole;
use crate::oicq::crypto::tea::{self, BLOCK};
use crate::oicq::keystore::keyring::{Keyring, KeyringEntry, Secret};
use crate::oicq::keystore::store::candidate::{derived, is_derived, unchanged, weight, Candidate};
use crate::oicq::keystore::store::target::DecryptTarget;

/// Number of keys from which a batch is faster than one after the other.
const MIN_BATCH: usize = 4;
/// Work of deriving a key, which is MD5.
const DERIVATION: usize = 16;

/// The user's secrets.
#[derive(Debug)]
pub(crate) struct UserSecrets {
    /// Those of one account by its number, then those for every account. Each is one key.
    entries: Vec<KeyringEntry>,
    /// The keys of `entries`.
    columns: KeyColumns,
    /// Where the secrets of an account are.
    own: HashMap<u32, Range<usize>>,
    pub(crate) residues: Residues,
}

impl Default for UserSecrets {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            columns: KeyColumns::default(),
            own: HashMap::new(),
            residues: portable_residues,
        }
    }
}

/// The keys tried on a ciphertext.
#[derive(Debug, Default)]
pub(crate) struct UserTrial {
    /// The key that decrypts it.
    pub(crate) found: Option<Candidate>,
    /// Number of keys tried.
    pub(crate) count: u64,
    /// The highest of their weights.
    pub(crate) weight: u8,
    /// The first secret that has yet to be tried, among those of the account.
    pub(crate) rest: Option<usize>,
}

impl UserSecrets {
    /// The secrets of a keyring.
    pub(crate) fn new(keyring: Keyring) -> Self {
        let mut secrets = Self::default();
        for (uin, entries) in keyring.into_accounts() {
            let start = secrets.entries.len();
            secrets.entries.reserve(entries.len());
            secrets.columns.reserve(entries.len());
            for entry in entries {
                secrets.add(entry);
            }
            secrets.own.insert(uin, start..secrets.entries.len());
        }
        secrets
    }

    fn add(&mut self, entry: KeyringEntry) {
        let keys = entry.secret.keys();
        keys.iter().for_each(|key| self.columns.push(key));
        match entry.secret {
            Secret::Password(keys) => {
                let secrets = keys.into_iter().map(|key| Secret::Password(vec![key]));
                let uin = entry.uin;
                self.entries
                    .extend(secrets.map(|secret| KeyringEntry { uin, secret }));
            }
            _ => self.entries.push(entry),
        }
    }

    /// The secrets of an account: first those given for its number, then those given for
    /// every account. All secrets if the number is `None`.
    pub(crate) fn of(&self, uin: Option<u32>) -> impl Iterator<Item = &KeyringEntry> {
        let [own, every] = self.places(uin);
        own.chain(every).filter_map(|place| self.entries.get(place))
    }

    /// Number of secrets of an account.
    pub(crate) fn count(&self, uin: Option<u32>) -> usize {
        let [own, every] = self.places(uin);
        own.len() + every.len()
    }

    fn places(&self, uin: Option<u32>) -> [Range<usize>; 2] {
        let of = |uin| self.own.get(&uin).cloned().unwrap_or(0..0);
        match uin {
            None => [0..self.entries.len(), 0..0],
            Some(0) => [0..0, of(0)],
            Some(uin) => [of(uin), of(0)],
        }
    }

    /// Tries some secrets of the account, and the keys that follow from them. Decrypts the
    /// ciphertext into `plaintext` if one is right.
    pub(crate) fn try_range(
        &self,
        target: &DecryptTarget,
        range: Range<usize>,
        ciphertext: &[u8],
        plaintext: &mut Vec<u8>,
    ) -> UserTrial {
        let [own, every] = self.places(target.uin);
        let part = |places: &Range<usize>, before: usize| {
            let at = |end: usize| places.start + end.saturating_sub(before).min(places.len());
            at(range.start)..at(range.end)
        };
        let mut batches = Batches {
            residues: self.residues,
            ciphertext,
            plaintext,
            trial: UserTrial::default(),
        };
        let mut candidates = Vec::new();
        for part in [part(&own, 0), part(&every, own.len())] {
            for start in part.clone().step_by(LANES) {
                let places = start..part.end.min(start + LANES);
                let entries = self.entries.get(places.clone()).unwrap_or_default();
                let first = target.roles.first().copied().unwrap_or(KeyRole::Session);
                let unchanged = |lane| unchanged(entries.get(lane)?, first).next();
                batches.try_keys(entries.len(), || self.columns.batch(places), unchanged);
                for role in target.roles.iter().copied() {
                    let weights = entries.iter().map(|entry| weight(entry, role));
                    batches.trial.weight = weights.fold(batches.trial.weight, u8::max);
                    if is_derived(role) {
                        candidates.clear();
                        let of_entry = |entry| derived(entry, role, target.uin);
                        candidates.extend(entries.iter().flat_map(of_entry));
                        let keys = candidates.iter().map(|candidate| candidate.key);
                        let candidate = |lane| candidates.get(lane).copied();
                        batches.try_keys(candidates.len(), || KeyBatch::new(keys), candidate);
                    }
                }
                if batches.trial.found.is_some() {
                    return batches.trial;
                }
            }
        }
        batches.trial
    }
}

/// Work of trying one secret: number of blocks to decrypt.
pub(crate) fn work_of_secret(target: &DecryptTarget, ciphertext: &[u8]) -> usize {
    let roles = target.roles.iter();
    let derived = roles.filter(|role| is_derived(**role)).count();
    (1 + derived) * (ciphertext.len() / BLOCK).max(1) + derived * DERIVATION
}

/// Batches of keys tried on one ciphertext.
struct Batches<'a> {
    residues: Residues,
    ciphertext: &'a [u8],
    plaintext: &'a mut Vec<u8>,
    trial: UserTrial,
}

impl Batches<'_> {
    /// Tries the keys of up to [`LANES`] candidates, unless one was right already.
    fn try_keys(
        &mut self,
        len: usize,
        batch: impl FnOnce() -> KeyBatch,
        candidate: impl Fn(usize) -> Option<Candidate>,
    ) {
        if self.trial.found.is_some() {
            return;
        }
        self.trial.count += len as u64;
        let mut decrypting = |lane| {
            candidate(lane).filter(|it| tea::decrypt(&it.key, self.ciphertext, self.plaintext))
        };
        self.trial.found = match len {
            ..MIN_BATCH => (0..len).find_map(&mut decrypting),
            _ => {
                let mut passing = batch().passing(self.ciphertext, self.residues);
                passing.find_map(&mut decrypting)
            }
        };
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::oicq::crypto::keys::Key;
    use crate::oicq::keystore::keyring::SecretKind;
    use crate::packet::PduKey;
    use test_support::qq_tea::encrypt;

    const UIN: u32 = 12_345_678;

    pub(crate) fn key(number: u32) -> [u8; 16] {
        u128::from(number).to_be_bytes()
    }

    /// Session keys of these numbers.
    pub(crate) fn keyring(uin: u32, numbers: Range<u32>) -> Keyring {
        let mut ring = Keyring::default();
        for number in numbers {
            let added = ring.add_row(uin, SecretKind::SessionKey, &format!("{number:032x}"));
            assert_eq!(added, Ok(()));
        }
        ring
    }

    pub(crate) fn target(frame: u32, roles: &'static [KeyRole]) -> DecryptTarget {
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
            ring.append(keyring(uin, number..number + 1));
        }
        let secrets = UserSecrets::new(ring);
        let uins = |uin| -> Vec<u32> { secrets.of(uin).map(|entry| entry.uin).collect() };
        assert_eq!(uins(Some(UIN)), [UIN, UIN, 0]);
        assert_eq!(uins(Some(8)), [0]);
        assert_eq!(uins(Some(0)), [0]);
        assert_eq!(uins(None), [7, UIN, UIN, 0]);
    }

    /// Keys of the account, then of every account, with those of another account between.
    fn secrets(own: u32, every: u32) -> UserSecrets {
        let mut ring = keyring(UIN, 0..own);
        ring.append(keyring(UIN + 1, 1000..1005));
        ring.append(keyring(0, own..own + every));
        UserSecrets::new(ring)
    }

    #[test]
    #[cfg_attr(miri, ignore = "takes minutes in Miri")]
    fn a_right_key_is_found_wherever_it_is() {
        let mut plaintext = Vec::new();
        let roles = &[KeyRole::Share, KeyRole::PasswordTwice, KeyRole::Session];
        for (own, every) in [(0, 1), (1, 0), (3, 2), (5, 4), (16, 0), (0, 17), (21, 40)] {
            let secrets = secrets(own, every);
            let count = own + every;
            for number in 0..count {
                let md5 = Key::new(key(number)).md5();
                for (right, role) in [
                    (Key::new(key(number)), KeyRole::Share),
                    (md5, KeyRole::PasswordTwice),
                ] {
                    let ciphertext = encrypt(right.bytes(), b"text");
                    let mut find = |range: Range<u32>| {
                        let range = range.start as usize..range.end as usize;
                        secrets.try_range(&target(1, roles), range, &ciphertext, &mut plaintext)
                    };
                    for range in [0..count, number..number + 1, number..count + 9] {
                        let found = find(range).found.expect("the right key");
                        assert_eq!((found.key, found.role), (right, role));
                    }
                    for range in [0..number, number + 1..count] {
                        let trial = find(range.clone());
                        assert_eq!(trial.found, None);
                        assert_eq!(trial.count, 2 * range.len() as u64);
                    }
                }
            }
        }
    }

    #[test]
    fn the_work_of_a_secret() {
        let work = |roles, len| work_of_secret(&target(1, roles), &vec![0; len]);
        assert_eq!(work(&[KeyRole::Session], 80), 10);
        assert_eq!(work(&[KeyRole::Share, KeyRole::Session], 80), 10);
        assert_eq!(
            work(&[KeyRole::PasswordTwice, KeyRole::Login], 80),
            20 + DERIVATION
        );
        assert_eq!(work(&[KeyRole::Session], 0), 1);
    }
}
