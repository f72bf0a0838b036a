//! The user's keys: keylog files and rows of the table.

use std::collections::BTreeSet;

use imshark::oicq::crypto::keys::Key;
use imshark::oicq::keystore::keyring::{Keyring, SecretKind};
use imshark::oicq::keystore::store::KeyStore;

use crate::invariants::bounded;

/// A byte of the type of a row, then a text: a keylog, and the value of a row.
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let [kind, data @ ..] = data else {
            return;
        };
        let text = String::from_utf8_lossy(data);
        let mut keyring = Keyring::default();
        let bad = keyring.add_keylog(&text);
        let lines = text.lines().count();
        assert!(bad.iter().all(|bad| (1..=lines).contains(&bad.line)));
        let numbers: BTreeSet<_> = bad.iter().map(|bad| bad.line).collect();
        assert_eq!(numbers.len(), bad.len());
        let good = entries(keyring.clone());
        assert!(good.len() + bad.len() <= lines);
        let kind = match kind & 3 {
            0 => SecretKind::Password,
            1 => SecretKind::PasswordMd5,
            2 => SecretKind::SessionKey,
            _ => SecretKind::ShareKey,
        };
        let is_added = keyring.add_row(12_345_678, kind, &text).is_ok();
        let is_key = Key::from_hex(&text).is_some();
        assert_eq!(
            is_added,
            is_key || (kind == SecretKind::Password && !text.is_empty())
        );
        if is_added && kind == SecretKind::Password {
            passwords(keyring.clone(), &text);
        }
        let all = entries(keyring.clone());
        assert_eq!(all.len(), good.len() + usize::from(is_added));
        let mut twice = keyring.clone();
        twice.append(keyring.clone());
        assert_eq!(entries(twice).len(), 2 * all.len());
        KeyStore::new(keyring);
    });
}

/// The secret of a password is its hash, the digest of which is the key of logins.
fn passwords(keyring: Keyring, password: &str) {
    let hash = Key::of_password(password.as_bytes());
    let mut entries = keyring.into_accounts().flat_map(|(_, entries)| entries);
    let has_it = entries.any(|entry| entry.secret.keys().contains(&hash));
    assert!(has_it, "the hash of the password is no secret");
    assert_eq!(hash.md5(), Key::of_password(hash.bytes()));
}

/// The accounts of all entries: those for every account come last, and each has a key.
fn entries(keyring: Keyring) -> Vec<u32> {
    let mut found = Vec::new();
    for (uin, entries) in keyring.into_accounts() {
        assert!(
            !found.contains(&0) && !found.contains(&uin),
            "an account comes once"
        );
        for entry in entries {
            assert_eq!(entry.uin, uin);
            assert!(!entry.secret.keys().is_empty());
            found.push(uin);
        }
    }
    found
}
