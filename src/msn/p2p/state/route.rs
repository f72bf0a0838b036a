//! Between whom, and on which connection, a packet goes.
//!
//! Clients choose the numbers of sessions and blobs, so a number means something between two
//! accounts and in one conversation only.

use crate::hash_map::HashMap;

use crate::msn::state::flow::Flow;
use crate::packet::{Packet, Transport};

/// Id of an account that packets name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(u32);

/// The accounts that packets name.
#[derive(Debug, Default)]
pub(crate) struct Accounts(HashMap<Vec<u8>, AccountId>);

impl Accounts {
    fn id(&mut self, account: &[u8]) -> AccountId {
        if let Some(known) = self.0.get(account) {
            return *known;
        }
        let new = AccountId(u32::try_from(self.0.len()).unwrap_or(u32::MAX));
        *self.0.entry(account.to_ascii_lowercase()).or_insert(new)
    }

    /// The two accounts, if both are known.
    pub(crate) fn pair(&mut self, from: Option<&[u8]>, to: Option<&[u8]>) -> Option<AccountPair> {
        let mut pair = [self.id(from?), self.id(to?)];
        pair.sort_unstable();
        Some(AccountPair(pair))
    }

    /// The sender of a packet, if it is known.
    pub(crate) fn sender(&mut self, from: Option<&[u8]>) -> Option<AccountId> {
        from.map(|from| self.id(from))
    }
}

/// Two accounts, in no order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AccountPair([AccountId; 2]);

/// Where packets with the same numbers belong together for certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Circuit {
    /// A connection, by the direction whose sender sorts first.
    Connection(Flow),
    /// A conversation over HTTP, whose messages use many connections, by its number.
    Chat(u64),
}

/// The way of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Route {
    /// The direction of its connection.
    pub flow: Flow,
    /// Its connection, or the conversation over HTTP.
    pub circuit: Circuit,
    /// The account that sends it.
    pub from: Option<AccountId>,
    /// The accounts between which it goes.
    pub pair: Option<AccountPair>,
}

impl Route {
    /// The way of a packet in the conversation `chat`, between unknown accounts.
    pub(crate) fn of(packet: &Packet<'_>, chat: Option<u64>) -> Self {
        let flow = Flow::of(packet);
        let (one, other) = (flow, flow.reversed());
        let connection = if one.from <= other.from { one } else { other };
        Self {
            flow,
            circuit: match (packet.transport, chat) {
                (Transport::Http | Transport::HttpMessages, Some(chat)) => Circuit::Chat(chat),
                _ => Circuit::Connection(connection),
            },
            from: None,
            pair: None,
        }
    }
}
