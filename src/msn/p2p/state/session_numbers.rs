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
