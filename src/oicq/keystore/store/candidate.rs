//! Candidate keys, and where they come from.

use crate::oicq::crypto::key_role::KeyRole;
use crate::oicq::crypto::keys::Key;
use crate::oicq::keystore::keyring::{KeyringEntry, Secret};

/// Where a key comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The packet itself.
    Packet,
    /// The request to which the packet is the reply.
    Request,
    /// A login in the capture.
    Login,
    /// A message between the two clients.
    Message,
    /// A program known to use fixed keys.
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

/// Total weight of failures from which the user's keys count as useless.
pub(crate) const USELESS_WEIGHT: u8 = 3;

/// A candidate key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Candidate {
    /// The key.
    pub key: Key,
    /// Its role.
    pub role: KeyRole,
    /// Where it comes from.
    pub origin: Origin,
    /// Evidence against the user's keys if this key fails. Nonzero only if the user gave
    /// it for this account and for packets of this type.
    pub weight: u8,
}

impl Candidate {
    /// A candidate of weight 0.
    pub(crate) fn new(key: Key, role: KeyRole, origin: Origin) -> Self {
        Self {
            key,
            role,
            origin,
            weight: 0,
        }
    }

    /// Description shown to the user.
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

/// Candidates of this role that follow from a secret of the user. `uin` is the account of
/// the packet, if known.
///
/// A key given by the user may be the MD5 of the password, and vice versa: the key
/// derived for the role comes first, then the secret itself.
pub(crate) fn of_secret(
    entry: &KeyringEntry,
    role: KeyRole,
    uin: Option<u32>,
) -> impl Iterator<Item = Candidate> + '_ {
    derived(entry, role, uin).chain(unchanged(entry, role))
}

/// The keys derived from a secret for a role.
pub(crate) fn derived(
    entry: &KeyringEntry,
    role: KeyRole,
    uin: Option<u32>,
) -> impl Iterator<Item = Candidate> + '_ {
    let uin = uin.or((entry.uin != 0).then_some(entry.uin));
    let weight = weight(entry, role);
    let keys = entry.secret.keys().iter();
    keys.filter_map(move |secret| {
        let (key, origin) = match (role, uin) {
            (KeyRole::PasswordTwice, _) => (secret.md5(), Origin::Password),
            (KeyRole::PasswordSalted, Some(uin)) => (secret.salted(uin), Origin::Password),
            (KeyRole::Peer, Some(uin)) => (secret.peer_key(uin), origin(entry)),
            _ => return None,
        };
        let candidate = Candidate::new(key, role, origin);
        Some(Candidate {
            weight,
            ..candidate
        })
    })
}

/// Whether keys are derived from secrets for this role.
pub(crate) fn is_derived(role: KeyRole) -> bool {
    let derived = [
        KeyRole::PasswordTwice,
        KeyRole::PasswordSalted,
        KeyRole::Peer,
    ];
    derived.contains(&role)
}

/// The secret itself as key of a role.
pub(crate) fn unchanged(
    entry: &KeyringEntry,
    role: KeyRole,
) -> impl Iterator<Item = Candidate> + '_ {
    let (origin, weight) = (origin(entry), weight(entry, role));
    let keys = entry.secret.keys().iter();
    keys.map(move |key| Candidate {
        weight,
        ..Candidate::new(*key, role, origin)
    })
}

fn origin(entry: &KeyringEntry) -> Origin {
    match entry.secret {
        Secret::Password(_) | Secret::Session(_) | Secret::Share(_) => Origin::Table,
        Secret::Logged(_) => Origin::Keylog,
    }
}

/// Whether this role matches the type that the user gave the secret.
fn is_named(secret: &Secret, role: KeyRole) -> bool {
    match secret {
        Secret::Password(_) => matches!(role, KeyRole::PasswordTwice | KeyRole::PasswordSalted),
        Secret::Session(_) => matches!(role, KeyRole::Session | KeyRole::Peer),
        Secret::Share(_) => role == KeyRole::Share,
        Secret::Logged(_) => true,
    }
}

/// Weight of a failure of such a key.
pub(crate) fn weight(entry: &KeyringEntry, role: KeyRole) -> u8 {
    // A key of a keylog file may be for another packet of the login.
    let is_logged = matches!(entry.secret, Secret::Logged(_));
    let has_this_role = !is_logged || matches!(role, KeyRole::Session | KeyRole::Peer);
    match role {
        _ if entry.uin == 0 || !has_this_role || !is_named(&entry.secret, role) => 0,
        // The first packets may be of an earlier session.
        KeyRole::Session | KeyRole::Peer => 1,
        _ => USELESS_WEIGHT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(secret: Secret, role: KeyRole, uin: Option<u32>) -> Vec<Key> {
        let entry = KeyringEntry { uin: 0, secret };
        let candidates = of_secret(&entry, role, uin);
        candidates.map(|candidate| candidate.key).collect()
    }

    #[test]
    fn derived_keys_come_before_the_secret() {
        let (p1, key) = (Key::of_password(b"password"), Key::new([7; 16]));
        let password = || Secret::Password(vec![p1]);
        let uin = Some(12_345_678);
        assert_eq!(
            keys(password(), KeyRole::PasswordTwice, None),
            [p1.md5(), p1]
        );
        assert_eq!(
            keys(password(), KeyRole::PasswordSalted, uin),
            [p1.salted(12_345_678), p1]
        );
        assert_eq!(keys(password(), KeyRole::PasswordSalted, None), [p1]);
        // The value of a row may be of another type than the row states.
        assert_eq!(keys(password(), KeyRole::Session, uin), [p1]);
        assert_eq!(keys(Secret::Session(key), KeyRole::Session, uin), [key]);
        assert_eq!(keys(Secret::Session(key), KeyRole::Share, uin), [key]);
        for secret in [Secret::Session(p1), Secret::Logged(p1)] {
            assert_eq!(
                keys(secret.clone(), KeyRole::PasswordTwice, uin)[0],
                p1.md5()
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
    fn weights_of_keys() {
        let key = Key::new([7; 16]);
        let password = || Secret::Password(vec![key]);
        let (session, share, logged) = (
            Secret::Session(key),
            Secret::Share(key),
            Secret::Logged(key),
        );
        for (uin, secret, role, weight) in [
            (12_345_678, &session, KeyRole::Session, 1),
            (12_345_678, &session, KeyRole::Peer, 1),
            (12_345_678, &session, KeyRole::Share, 0),
            (0, &session, KeyRole::Session, 0),
            (12_345_678, &share, KeyRole::Share, USELESS_WEIGHT),
            (12_345_678, &share, KeyRole::Session, 0),
            (12_345_678, &logged, KeyRole::Session, 1),
            (12_345_678, &logged, KeyRole::Peer, 1),
            (12_345_678, &logged, KeyRole::Share, 0),
            (12_345_678, &logged, KeyRole::PasswordTwice, 0),
            (
                12_345_678,
                &password(),
                KeyRole::PasswordTwice,
                USELESS_WEIGHT,
            ),
            (
                12_345_678,
                &password(),
                KeyRole::PasswordSalted,
                USELESS_WEIGHT,
            ),
            (12_345_678, &password(), KeyRole::Session, 0),
            (0, &password(), KeyRole::PasswordTwice, 0),
        ] {
            let secret = secret.clone();
            let entry = KeyringEntry { uin, secret };
            for candidate in of_secret(&entry, role, Some(12_345_678)) {
                assert_eq!(candidate.weight, weight, "{uin} {role:?}");
            }
        }
    }

    #[test]
    fn descriptions_for_the_user() {
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
