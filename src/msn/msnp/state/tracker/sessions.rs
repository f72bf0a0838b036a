//! Which conversation a session ID of a switchboard means.
//!
//! Each server counts session IDs of its own, and anew after a restart. A session begins with
//! one client, which signs in with the cookie of an XFR; all others come by invitations.

use core::num::NonZeroU32;
use std::collections::btree_map::Entry;
use std::collections::hash_map::DefaultHasher;
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use crate::msn::state::announced_endpoints::Endpoint;
use crate::packet::{Address, PduKey};

/// Maximum time between two lines of one session, in seconds: 12 hours.
const MAX_SILENCE: u32 = 12 * 3_600;

/// Nanoseconds in a second.
const SECOND: i64 = 1_000_000_000;

/// Maximum sessions with the same ID of which a new line can be; older ones are over.
const MAX_SESSIONS: usize = 8;

/// A hash or a time in 4 bytes.
type Small = Option<NonZeroU32>;

/// What tells a session from others with the same ID.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct SessionTraits {
    /// Hash of the cookie of the client that has begun it.
    cookie: Small,
    /// Hash of the server that invitations name.
    invited_to: Small,
    /// Hash of the server's end of its connections; the last byte is its family.
    server: Small,
    /// Time of its last line, in seconds from 1.
    last: Small,
}

impl SessionTraits {
    /// A session that has a line at this time, in nanoseconds.
    pub(crate) fn at(time: i64) -> Self {
        let seconds = u32::try_from(time / SECOND).unwrap_or(u32::MAX);
        Self {
            last: NonZeroU32::new(seconds.saturating_add(1)),
            ..Self::default()
        }
    }

    /// With the cookie of the client that has begun it.
    pub(crate) fn begun_with(self, cookie: Option<&[u8]>) -> Self {
        let cookie = cookie.and_then(|cookie| small(hash(cookie)));
        Self { cookie, ..self }
    }

    /// With the server that an invitation names.
    pub(crate) fn invited_to(self, server: Option<&[u8]>) -> Self {
        let invited_to = server.and_then(|server| small(hash(server)));
        Self { invited_to, ..self }
    }

    /// With the server's end of a connection.
    pub(crate) fn on(self, server: Option<Endpoint>) -> Self {
        Self {
            server: server.and_then(of_server),
            ..self
        }
    }

    /// Whether both can be of one session.
    pub(crate) fn agree_with(&self, other: &Self) -> bool {
        let gap = self.last.zip(other.last);
        let gap = gap.map(|(a, b)| a.get().abs_diff(b.get()));
        agree(self.cookie, other.cookie)
            && agree(self.invited_to, other.invited_to)
            && are_one_server(self.server, other.server)
            && gap.is_none_or(|gap| gap <= MAX_SILENCE)
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

fn of_server(server: Endpoint) -> Small {
    let family = match server.0 {
        Address::V4(_) => 4,
        Address::V6(_) => 6,
        Address::Unknown => return None,
    };
    let mut hasher = DefaultHasher::new();
    server.hash(&mut hasher);
    let [a, b, c, ..] = hasher.finish().to_ne_bytes();
    NonZeroU32::new(u32::from_be_bytes([a, b, c, family]))
}

/// A server can have an address of each family.
fn are_one_server(a: Small, b: Small) -> bool {
    a.zip(b).is_none_or(|(a, b)| {
        let family = |server: NonZeroU32| server.get() as u8;
        family(a) != family(b) || a == b
    })
}

fn small(hash: u64) -> Small {
    NonZeroU32::new(hash as u32).or(Some(NonZeroU32::MIN))
}

/// Hash of a cookie, of a session ID, or of the name of a server.
pub(crate) fn hash(word: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.to_ascii_lowercase().hash(&mut hasher);
    hasher.finish()
}

/// The sessions of a capture, by the hash of their ID.
#[derive(Debug)]
pub(crate) struct Sessions<T>(BTreeMap<u64, WithId<T>>);

/// The sessions with one ID, in order; nearly always there is one.
#[derive(Debug)]
enum WithId<T> {
    One((PduKey, T)),
    Several(Box<Several<T>>),
}

#[derive(Debug)]
struct Several<T>(Vec<(PduKey, T)>);

impl<T: Copy> WithId<T> {
    fn add(&mut self, session: (PduKey, T)) {
        match self {
            Self::One(first) => *self = Self::Several(Box::new(Several(vec![*first, session]))),
            Self::Several(several) => several.0.push(session),
        }
    }

    fn all(&self) -> &[(PduKey, T)] {
        match self {
            Self::One(one) => core::slice::from_ref(one),
            Self::Several(several) => &several.0,
        }
    }
}

impl<T> Default for Sessions<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Copy> Sessions<T> {
    /// Adds a session of which the PDU `key` has the ID.
    pub(crate) fn add(&mut self, id: &[u8], key: PduKey, session: T) {
        match self.0.entry(hash(id)) {
            Entry::Occupied(mut known) => known.get_mut().add((key, session)),
            Entry::Vacant(vacant) => {
                vacant.insert(WithId::One((key, session)));
            }
        }
    }

    fn all(&self, id: &[u8]) -> &[(PduKey, T)] {
        self.0.get(&hash(id)).map_or(&[], WithId::all)
    }

    /// The latest sessions with this ID, the last one first. For the first pass.
    pub(crate) fn with_id(&self, id: &[u8]) -> impl Iterator<Item = T> + '_ {
        let sessions = self.all(id).iter().rev();
        sessions.take(MAX_SESSIONS).map(|(_, session)| *session)
    }

    /// The session that the ID means in the PDU `key`.
    pub(crate) fn at(&self, id: &[u8], key: PduKey) -> Option<T> {
        let sessions = self.all(id);
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
        let at = |hours: i64| SessionTraits::at(hours * 3_600 * SECOND);
        assert!(at(0).agree_with(&at(12)));
        assert!(!at(13).agree_with(&at(0)));
        assert!(at(13).agree_with(&SessionTraits::default()));
        let cookie = |word: &[u8]| at(0).begun_with(Some(word));
        assert!(cookie(b"1.2").agree_with(&cookie(b"1.2")));
        assert!(!cookie(b"1.2").agree_with(&cookie(b"1.3")));
        assert!(cookie(b"1.2").agree_with(&at(1)));
        let mut known = at(0);
        known.complete(cookie(b"1.2"));
        assert!(!known.agree_with(&cookie(b"1.3")));
    }

    #[test]
    fn a_server_has_an_end_of_each_family() {
        let on = |address, port| SessionTraits::at(0).on(Some((address, port)));
        let one = on(Address::V4([192, 0, 2, 1]), 1863);
        assert!(one.agree_with(&one));
        assert!(!one.agree_with(&on(Address::V4([192, 0, 2, 2]), 1863)));
        assert!(!one.agree_with(&on(Address::V4([192, 0, 2, 1]), 1864)));
        let six = on(Address::V6([1; 16]), 1863);
        assert!(one.agree_with(&six));
        assert!(!six.agree_with(&on(Address::V6([2; 16]), 1863)));
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
