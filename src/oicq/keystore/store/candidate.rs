//! A key that may be the right one, and why.

use crate::oicq::crypto::key_role::KeyRole;
use crate::oicq::crypto::keys::Key;
use crate::oicq::keystore::keyring::{KeyringEntry, Secret};

/// Where a key comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The packet itself.
    Packet,
    /// The request that the packet answers.
    Request,
    /// A login in the capture.
    Login,
    /// A message between the two clients.
    Message,
    /// A program that is known never to change its keys.
    Published,
    /// The password that the user gave.
    Password,
    /// A key in the user's table.
    Table,
    /// The user's keylog file.
    Keylog,
}

impl Origin {
    pub(crate) fn is_user(self) -> bool {
        matches!(self, Self::Password | Self::Table | Self::Keylog)
    }
}

/// Failures that weigh so much tell that the user's keys are of no use.
pub(crate) const ENOUGH: u8 = 3;

/// A key that may be the right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The key.
    pub key: Key,
    /// What it is for.
    pub role: KeyRole,
    /// Where it comes from.
    pub origin: Origin,
    /// How much it says of the user's keys if it fails: something, if the user gave it for
    /// this account and for packets of this kind.
    pub weight: u8,
}

impl Candidate {
    /// One that says nothing if it fails.
    pub(crate) fn new(key: Key, role: KeyRole, origin: Origin) -> Self {
        Self {
            key,
            role,
            origin,
            weight: 0,
        }
    }

    /// What the user reads.
    pub fn words(&self) -> String {
        let role = self.role.words();
        match (self.role, self.origin) {
            (KeyRole::Packet, Origin::Request) => "key in the request".to_owned(),
            (KeyRole::FileAgent, Origin::Login) => format!("{role} from the session"),
            (_, Origin::Packet | Origin::Password) => role.to_owned(),
            (_, Origin::Message) => format!("{role} from a message"),
            (_, Origin::Request | Origin::Login) => format!("{role} from the login"),
            (_, Origin::Published) => format!("published {role}"),
            (_, Origin::Table) => format!("{role} from the table"),
            (KeyRole::Session | KeyRole::Peer, Origin::Keylog) => format!("{role} from the keylog"),
            (_, Origin::Keylog) => "key from the keylog".to_owned(),
        }
    }
}

/// The candidates of this role that follow from a secret of the user. `uin` is the account
/// of the packet, if that is known.
///
/// What the user calls a key may be the MD5 of the password, and the other way round: what it
/// is called comes first, then what else it may be.
pub(crate) fn of_secret(entry: &KeyringEntry, role: KeyRole, uin: Option<u32>) -> Vec<Candidate> {
    let uin = uin.or((entry.uin != 0).then_some(entry.uin));
    let (secrets, origin) = match &entry.secret {
        Secret::Password(hashes) => (&hashes[..], Origin::Table),
        Secret::Session(key) | Secret::Share(key) => (core::slice::from_ref(key), Origin::Table),
        Secret::Logged(key) => (core::slice::from_ref(key), Origin::Keylog),
    };
    let named = is_named(&entry.secret, role);
    let made = secrets.iter().filter_map(|secret| match (role, uin) {
        (KeyRole::PasswordTwice, _) => Some((secret.twice(), Origin::Password)),
        (KeyRole::PasswordSalted, Some(uin)) => Some((secret.salted(uin), Origin::Password)),
        (KeyRole::Peer, Some(uin)) => Some((secret.of_messages(uin), origin)),
        _ => None,
    });
    let itself = secrets.iter().map(|secret| (*secret, origin));
    made.chain(itself)
        .map(|(key, origin)| {
            let weight = match named {
                true => weight(entry, role),
                false => 0,
            };
            Candidate {
                weight,
                ..Candidate::new(key, role, origin)
            }
        })
        .collect()
}

/// Whether a secret is for this role by the name that the user gave it.
fn is_named(secret: &Secret, role: KeyRole) -> bool {
    match secret {
        Secret::Password(_) => matches!(role, KeyRole::PasswordTwice | KeyRole::PasswordSalted),
        Secret::Session(_) => matches!(role, KeyRole::Session | KeyRole::Peer),
        Secret::Share(_) => role == KeyRole::Share,
        Secret::Logged(_) => true,
    }
}

/// How much it says if such a key fails.
fn weight(entry: &KeyringEntry, role: KeyRole) -> u8 {
    // A key of a keylog file may well be for another packet of the login.
    let is_logged = matches!(entry.secret, Secret::Logged(_));
    let is_of_this_kind = !is_logged || matches!(role, KeyRole::Session | KeyRole::Peer);
    match role {
        _ if entry.uin == 0 || !is_of_this_kind => 0,
        // The first packets may be of an earlier session.
        KeyRole::Session | KeyRole::Peer => 1,
        _ => ENOUGH,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(secret: Secret, role: KeyRole, uin: Option<u32>) -> Vec<Key> {
        let entry = KeyringEntry { uin: 0, secret };
        let candidates = of_secret(&entry, role, uin);
        candidates.iter().map(|candidate| candidate.key).collect()
    }

    #[test]
    fn secrets_serve_their_roles_first() {
        let (p1, key) = (Key::of_password(b"password"), Key::new([7; 16]));
        let password = || Secret::Password(vec![p1]);
        let uin = Some(12_345_678);
        assert_eq!(
            keys(password(), KeyRole::PasswordTwice, None),
            [p1.twice(), p1]
        );
        assert_eq!(
            keys(password(), KeyRole::PasswordSalted, uin),
            [p1.salted(12_345_678), p1]
        );
        assert_eq!(keys(password(), KeyRole::PasswordSalted, None), [p1]);
        // The value of a row may be of another kind than the row says.
        assert_eq!(keys(password(), KeyRole::Session, uin), [p1]);
        assert_eq!(keys(Secret::Session(key), KeyRole::Session, uin), [key]);
        assert_eq!(keys(Secret::Session(key), KeyRole::Share, uin), [key]);
        for secret in [Secret::Session(p1), Secret::Logged(p1)] {
            assert_eq!(
                keys(secret.clone(), KeyRole::PasswordTwice, uin)[0],
                p1.twice()
            );
            let salted = keys(secret, KeyRole::PasswordSalted, uin);
            assert_eq!(salted[0], p1.salted(12_345_678));
        }
        assert_eq!(keys(Secret::Share(key), KeyRole::Share, uin), [key]);
        for role in [KeyRole::Session, KeyRole::Tgtgt, KeyRole::SessionReply] {
            assert_eq!(keys(Secret::Logged(key), role, uin), [key]);
        }
    }

    #[test]
    fn what_may_be_for_another_packet_tells_nothing() {
        let telling = |uin, secret, role| {
            let entry = KeyringEntry { uin, secret };
            let candidates = of_secret(&entry, role, Some(12_345_678));
            candidates.iter().all(|candidate| candidate.weight > 0)
        };
        let key = Key::new([7; 16]);
        assert!(telling(12_345_678, Secret::Session(key), KeyRole::Session));
        assert!(!telling(0, Secret::Session(key), KeyRole::Session));
        assert!(telling(12_345_678, Secret::Logged(key), KeyRole::Session));
        assert!(!telling(12_345_678, Secret::Logged(key), KeyRole::Share));
        assert!(!telling(12_345_678, Secret::Session(key), KeyRole::Share));
        assert!(!telling(
            12_345_678,
            Secret::Logged(key),
            KeyRole::PasswordTwice
        ));
    }

    #[test]
    fn the_users_words() {
        let key = Key::new([7; 16]);
        let words = |role, origin| Candidate::new(key, role, origin).words();
        assert_eq!(words(KeyRole::Packet, Origin::Packet), "key in the frame");
        assert_eq!(
            words(KeyRole::Packet, Origin::Request),
            "key in the request"
        );
        assert_eq!(
            words(KeyRole::Session, Origin::Login),
            "session key from the login"
        );
        assert_eq!(
            words(KeyRole::Session, Origin::Keylog),
            "session key from the keylog"
        );
        assert_eq!(
            words(KeyRole::Share, Origin::Published),
            "published share key"
        );
        assert_eq!(
            words(KeyRole::Peer, Origin::Message),
            "client-to-client key from a message"
        );
    }
}
