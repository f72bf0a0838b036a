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
        Self {
            flow,
            circuit: match (packet.transport, chat) {
                (Transport::Http | Transport::HttpMessages, Some(chat)) => Circuit::Chat(chat),
                _ => Circuit::Connection(flow.min(flow.reversed())),
            },
            from: None,
            pair: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packet::Address;

    #[test]
    fn conversations_over_http_are_circuits_others_are_connections() {
        let there = Packet {
            source: Address::V4([192, 0, 2, 1]),
            source_port: 1025,
            destination: Address::V4([192, 0, 2, 2]),
            destination_port: 80,
            ..Packet::default()
        };
        let back = Packet {
            source: there.destination,
            source_port: there.destination_port,
            destination: there.source,
            destination_port: there.source_port,
            ..there
        };
        for (transport, chat, is_chat) in [
            (Transport::Http, Some(7), true),
            (Transport::HttpMessages, Some(7), true),
            (Transport::Http, None, false),
            (Transport::Tcp, Some(7), false),
        ] {
            let [one, other] = [there, back].map(|packet| {
                let packet = Packet {
                    transport,
                    ..packet
                };
                Route::of(&packet, chat)
            });
            assert_eq!(one.flow, other.flow.reversed());
            assert_eq!(one.circuit, other.circuit);
            assert_eq!(one.circuit == Circuit::Chat(7), is_chat, "{transport:?}");
        }
    }
}
