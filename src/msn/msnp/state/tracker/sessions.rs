//! Which conversation a session ID of a switchboard means.
//!
//! Each server counts session IDs of its own, and anew after a restart. A session begins with
//! one client, which signs in with the cookie of an XFR; all others come by invitations.

use std::collections::hash_map::DefaultHasher;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use crate::msn::state::announced_endpoints::Endpoint;
use crate::packet::{Address, PduKey};

/// Maximum time between two lines of one session, in nanoseconds: 12 hours.
const MAX_SILENCE: i64 = 12 * 3_600 * 1_000_000_000;

/// Maximum sessions with the same ID of which a new line can be; older ones are over.
const MAX_SESSIONS: usize = 8;

/// What tells a session from others with the same ID.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct SessionTraits {
    /// Hash of the cookie of the client that has begun it.
    pub(crate) cookie: Option<u64>,
    /// Hash of the server that invitations name.
    pub(crate) invited_to: Option<u64>,
    /// The server's end of its connections.
    pub(crate) server: Option<Endpoint>,
    /// Time of its last line.
    pub(crate) last: Option<i64>,
}

impl SessionTraits {
    /// Whether both can be of one session.
    pub(crate) fn agree_with(&self, other: &Self) -> bool {
        let gap = self.last.zip(other.last).map(|(a, b)| a.abs_diff(b));
        agree(self.cookie, other.cookie)
            && agree(self.invited_to, other.invited_to)
            && are_one_server(self.server, other.server)
            && gap.is_none_or(|gap| gap <= MAX_SILENCE.unsigned_abs())
    }

    /// Takes what a later line tells of the session.
    pub(crate) fn complete(&mut self, later: Self) {
        self.cookie = self.cookie.or(later.cookie);
        self.invited_to = self.invited_to.or(later.invited_to);
        self.server = self.server.or(later.server);
        self.last = self.last.max(later.last);
    }
}

fn agree<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    a.zip(b).is_none_or(|(a, b)| a == b)
}

/// A server can have an address of each family.
fn are_one_server(a: Option<Endpoint>, b: Option<Endpoint>) -> bool {
    use Address::{V4, V6};
    match a.zip(b) {
        Some((a @ (V4(_), _), b @ (V4(_), _)) | (a @ (V6(_), _), b @ (V6(_), _))) => a == b,
        _ => true,
    }
}

/// Hash of a cookie or of the name of a server.
pub(crate) fn hash(word: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.to_ascii_lowercase().hash(&mut hasher);
    hasher.finish()
}

/// The sessions of a capture, by ID.
#[derive(Debug)]
pub(crate) struct Sessions<T>(HashMap<Vec<u8>, Vec<(PduKey, T)>>);

impl<T> Default for Sessions<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T: Copy> Sessions<T> {
    /// Adds a session of which the PDU `key` has the ID.
    pub(crate) fn add(&mut self, id: &[u8], key: PduKey, session: T) {
        self.0.entry(id.to_vec()).or_default().push((key, session));
    }

    /// The latest sessions with this ID, the last one first. For the first pass.
    pub(crate) fn with_id(&self, id: &[u8]) -> impl Iterator<Item = T> + '_ {
        let sessions = self.0.get(id).into_iter().flatten();
        sessions
            .rev()
            .take(MAX_SESSIONS)
            .map(|(_, session)| *session)
    }

    /// The session that the ID means in the PDU `key`.
    pub(crate) fn at(&self, id: &[u8], key: PduKey) -> Option<T> {
        let sessions = self.0.get(id)?;
        let after = sessions.partition_point(|(since, _)| *since <= key);
        let (_, session) = sessions.get(after.checked_sub(1)?)?;
        Some(*session)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_another_session() {
        let at = |hours: i64| SessionTraits {
            last: Some(hours * 3_600 * 1_000_000_000),
            ..SessionTraits::default()
        };
        assert!(at(0).agree_with(&at(12)));
        assert!(!at(13).agree_with(&at(0)));
        assert!(at(13).agree_with(&SessionTraits::default()));
        let cookie = |word: &[u8]| SessionTraits {
            cookie: Some(hash(word)),
            ..at(0)
        };
        assert!(cookie(b"1.2").agree_with(&cookie(b"1.2")));
        assert!(!cookie(b"1.2").agree_with(&cookie(b"1.3")));
        assert!(cookie(b"1.2").agree_with(&at(1)));
        let mut known = at(0);
        known.complete(cookie(b"1.2"));
        assert!(!known.agree_with(&cookie(b"1.3")));
    }

    #[test]
    fn an_id_means_the_same_session_in_every_pass() {
        let mut sessions = Sessions::default();
        let key = |frame| PduKey { frame, index: 0 };
        for frame in 1..100 {
            sessions.add(b"7", key(frame), frame);
            assert_eq!(sessions.at(b"7", key(frame)), Some(frame));
        }
        for frame in 1..100 {
            assert_eq!(sessions.at(b"7", key(frame)), Some(frame));
        }
        assert_eq!(sessions.with_id(b"7").count(), MAX_SESSIONS);
        assert_eq!(sessions.with_id(b"7").next(), Some(99));
        assert_eq!(sessions.at(b"7", key(0)), None);
        assert_eq!(sessions.at(b"8", key(200)), None);
    }
}
