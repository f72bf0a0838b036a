//! Which session the number in a packet means.

use crate::hash_map::HashMap;

use crate::msn::p2p::state::route::{AccountPair, Circuit, Route};

/// Id of a session in [`crate::msn::p2p::state::sessions::P2pShared`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct P2pSessionId(pub(crate) usize);

/// The latest session with a number anywhere.
#[derive(Debug, Clone, Copy)]
struct LatestSession {
    id: P2pSessionId,
    pair: Option<AccountPair>,
    /// Whether other accounts use the number, too.
    is_ambiguous: bool,
}

/// The sessions of a capture, by number.
#[derive(Debug, Default)]
pub(crate) struct SessionNumbers {
    by_circuit: HashMap<(Circuit, Option<AccountPair>, u32), P2pSessionId>,
    by_pair: HashMap<(AccountPair, u32), P2pSessionId>,
    latest: HashMap<u32, LatestSession>,
}

impl SessionNumbers {
    /// Records that an invitation on this way begins a session.
    pub(crate) fn add(&mut self, route: &Route, number: u32, id: P2pSessionId) {
        let Route { circuit, pair, .. } = *route;
        self.by_circuit.insert((circuit, pair, number), id);
        self.by_circuit.insert((circuit, None, number), id);
        if let Some(pair) = pair {
            self.by_pair.insert((pair, number), id);
        }
        let new = LatestSession {
            id,
            pair,
            is_ambiguous: false,
        };
        let latest = self.latest.entry(number).or_insert(new);
        *latest = LatestSession {
            is_ambiguous: latest.is_ambiguous || latest.pair != pair,
            ..new
        };
    }

    /// The session that a number means on this way: the one begun in the same conversation,
    /// else the one between the same accounts. Where the accounts are unknown, a number that
    /// only two accounts use is theirs.
    pub(crate) fn find(&self, route: &Route, number: u32) -> Option<P2pSessionId> {
        let Route { circuit, pair, .. } = *route;
        let here = |pair| self.by_circuit.get(&(circuit, pair, number)).copied();
        let latest = self.latest.get(&number);
        let Some(both) = pair else {
            let only = latest.filter(|latest| !latest.is_ambiguous);
            return here(None).or_else(|| only.map(|latest| latest.id));
        };
        let between = || self.by_pair.get(&(both, number)).copied();
        let unknown = || latest.filter(|latest| latest.pair.is_none() && !latest.is_ambiguous);
        here(pair)
            .or_else(between)
            .or_else(|| unknown().map(|latest| latest.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::p2p::state::route::Accounts;
    use crate::packet::Packet;

    /// On a connection of its own, between these two.
    fn route(accounts: &mut Accounts, connection: u16, people: Option<(&str, &str)>) -> Route {
        let packet = Packet {
            source_port: connection,
            ..Packet::default()
        };
        let (from, to) = people.unzip();
        Route {
            pair: accounts.pair(from.map(str::as_bytes), to.map(str::as_bytes)),
            ..Route::of(&packet, None)
        }
    }

    const ALICE_AND_BOB: Option<(&str, &str)> = Some(("alice@example.com", "bob@example.net"));
    const BOB_AND_CAROL: Option<(&str, &str)> = Some(("bob@example.net", "carol@example.org"));

    #[test]
    fn a_number_means_the_session_of_its_connection_else_that_of_its_accounts() {
        let mut accounts = Accounts::default();
        let mut numbers = SessionNumbers::default();
        let [here, there] = [1, 2].map(|at| route(&mut accounts, at, ALICE_AND_BOB));
        let elsewhere = route(&mut accounts, 3, ALICE_AND_BOB);
        numbers.add(&here, 7, P2pSessionId(0));
        numbers.add(&there, 7, P2pSessionId(1));
        assert_eq!(numbers.find(&here, 7), Some(P2pSessionId(0)));
        assert_eq!(numbers.find(&there, 7), Some(P2pSessionId(1)));
        assert_eq!(numbers.find(&elsewhere, 7), Some(P2pSessionId(1)));
        assert_eq!(numbers.find(&here, 8), None);
    }

    #[test]
    fn a_number_of_two_accounts_is_theirs_where_accounts_are_unknown() {
        let mut accounts = Accounts::default();
        let mut numbers = SessionNumbers::default();
        let ours = route(&mut accounts, 1, ALICE_AND_BOB);
        let unknown = route(&mut accounts, 2, None);
        numbers.add(&ours, 7, P2pSessionId(0));
        assert_eq!(numbers.find(&unknown, 7), Some(P2pSessionId(0)));
        // Once others use it, too, it is nobody's.
        let theirs = route(&mut accounts, 3, BOB_AND_CAROL);
        numbers.add(&theirs, 7, P2pSessionId(1));
        assert_eq!(numbers.find(&unknown, 7), None);
        assert_eq!(numbers.find(&ours, 7), Some(P2pSessionId(0)));
    }

    #[test]
    fn a_session_of_others_is_not_taken_for_that_of_known_accounts() {
        let mut accounts = Accounts::default();
        let mut numbers = SessionNumbers::default();
        let theirs = route(&mut accounts, 1, BOB_AND_CAROL);
        let ours = route(&mut accounts, 2, ALICE_AND_BOB);
        numbers.add(&theirs, 7, P2pSessionId(0));
        assert_eq!(numbers.find(&ours, 7), None);
        // One between unknown accounts may be theirs, if it is the only one.
        let [unknown, other] = [3, 4].map(|at| route(&mut accounts, at, None));
        numbers.add(&unknown, 8, P2pSessionId(1));
        assert_eq!(numbers.find(&ours, 8), Some(P2pSessionId(1)));
        numbers.add(&theirs, 8, P2pSessionId(2));
        numbers.add(&other, 8, P2pSessionId(3));
        assert_eq!(numbers.find(&ours, 8), None);
    }
}
