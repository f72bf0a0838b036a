//! Connections announced by other connections: XFR and RNG.
//!
//! Source: docs/protocol/msnp.md §2.3 (XFR), §2.6 (RNG), §7.4, §7.5.

use crate::hash_map::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use crate::msn::msnp::state::tracker::chat::ChatId;
use crate::msn::msnp::state::tracker::line::{bare_account, TrackedLine};
use crate::msn::msnp::state::tracker::sessions::hash;
use crate::msn::msnp::wire::composite::host_port;
use crate::msn::msnp::wire::parameter::Meaning;
use crate::msn::msnp::wire::values::PORT;
use crate::msn::state::announced_endpoints::{AnnouncedEndpoints, Endpoint, EndpointId};
use crate::msn::state::recent::Recent;
use crate::packet::{Address, Packet, PduKey};

/// Maximum time until a client connects to a server announced by name, in nanoseconds.
const MAX_WAIT: i64 = 60_000_000_000;

/// Minimum number of announcements, the latest ones, that wait for their connections.
const MAX_WAITING: usize = 8_192;

/// Type of the announced server, and the client for which it is announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReferralKind {
    /// XFR NS: for the client at this address.
    Notification(Address),
    /// XFR SB or RNG: for the client that presents the cookie with this hash.
    Switchboard([u8; 8]),
}

/// Location of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum ReferredServer {
    At(Endpoint),
    /// A host given by name, on this port.
    Named(u16),
    /// Any host, on this port: for clients that connect through a proxy.
    ViaProxy(u16),
}

/// An announcement in a line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ReferralLine<'a> {
    server: Option<ReferredServer>,
    /// Cookie of a switchboard. Notification servers have none.
    cookie: Option<&'a [u8]>,
    pub(crate) session: Option<&'a [u8]>,
    pub(crate) caller: Option<&'a [u8]>,
}

/// An announced connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referral {
    /// Type of the server.
    pub kind: ReferralKind,
    /// The dialect of the connection that announced it.
    pub dialect: Option<u8>,
    /// The account of the connection that announced it.
    pub account: Option<Arc<[u8]>>,
    /// The conversation to which it leads, if the line has one.
    pub chat: Option<ChatId>,
}

/// All announced connections of a capture.
#[derive(Debug, Default)]
pub struct Referrals {
    /// The announcements by endpoint.
    pub endpoints: AnnouncedEndpoints<PduKey, Referral>,
    /// The latest announcements of switchboards, by the hash of the cookie.
    by_cookie: Recent<u64, EndpointId, MAX_WAITING>,
    /// The conversations that began on connections announced without one.
    chats: HashMap<EndpointId, ChatId>,
    /// The announcements of notification servers, by client and server, with their times.
    by_client: Recent<(Address, ReferredServer), (EndpointId, i64), MAX_WAITING>,
}

impl Referrals {
    pub(crate) fn announce(
        &mut self,
        packet: &Packet<'_>,
        key: PduKey,
        announced: &ReferralLine<'_>,
        referral: Referral,
    ) -> Option<()> {
        let end = match announced.server {
            Some(ReferredServer::At(end)) => Some(end),
            _ => None,
        };
        let id = self.endpoints.announce(packet, key, end, referral)?;
        match (announced.cookie, announced.server) {
            (Some(cookie), _) => {
                self.by_cookie.insert(hash(cookie), id);
            }
            (None, Some(server)) => {
                let client = packet.destination;
                let entry = (id, packet.time);
                self.by_client.insert((client, server), entry);
                let via_proxy = ReferredServer::ViaProxy(server.port());
                self.by_client.insert((client, via_proxy), entry);
            }
            (None, None) => {}
        }
        Some(())
    }

    /// The announcement of the notification server that receives this packet, the first
    /// of its connection, for the client that sends it.
    pub(crate) fn for_sender(&self, packet: &Packet<'_>) -> Option<EndpointId> {
        let end = (packet.destination, packet.destination_port);
        self.announcement(packet.source, end)
    }

    /// The announcement of the notification server that sends this packet, the first of
    /// its connection, for the client that receives it.
    pub(crate) fn for_receiver(&self, packet: &Packet<'_>) -> Option<EndpointId> {
        self.announcement(packet.destination, (packet.source, packet.source_port))
    }

    fn announcement(&self, client: Address, end: Endpoint) -> Option<EndpointId> {
        let entry = self.by_client.get(&(client, ReferredServer::At(end)));
        entry.map(|(id, _)| *id)
    }

    /// Takes the announcement of a server given by name to which the sender of this
    /// packet, the first of its connection, may have connected; in a tunnel, whose
    /// addresses are the proxy's, that of any server. None older than [`MAX_WAIT`].
    pub(crate) fn take_by_name(&mut self, packet: &Packet<'_>) -> Option<EndpointId> {
        let port = packet.destination_port;
        let server = match packet.tunnelled {
            true => ReferredServer::ViaProxy(port),
            false => ReferredServer::Named(port),
        };
        let (id, since) = self.by_client.remove(&(packet.source, server))?;
        let waited = packet.time.checked_sub(since)?;
        (0..=MAX_WAIT).contains(&waited).then_some(id)
    }

    /// Records the conversation of an announced connection.
    pub(crate) fn leads_to(&mut self, id: EndpointId, chat: ChatId) {
        self.chats.entry(id).or_insert(chat);
    }

    /// The conversation to which the PDU `key` leads, once known.
    pub(crate) fn chat_of(&self, key: PduKey) -> Option<ChatId> {
        let id = self.endpoints.last_id_by(key)?;
        let announced = self.endpoints.get(id)?;
        announced.data.chat.or_else(|| self.chats.get(&id).copied())
    }

    pub(crate) fn with_cookie(&self, cookie: &[u8]) -> Option<EndpointId> {
        self.by_cookie.get(&hash(cookie)).copied()
    }
}

impl ReferredServer {
    fn port(self) -> u16 {
        match self {
            Self::At((_, port)) | Self::Named(port) | Self::ViaProxy(port) => port,
        }
    }
}

impl ReferralLine<'_> {
    /// Type of the server that this packet announces.
    pub(crate) fn kind(&self, packet: &Packet<'_>) -> ReferralKind {
        match self.cookie {
            Some(cookie) => ReferralKind::Switchboard(hash(cookie).to_ne_bytes()),
            None => ReferralKind::Notification(packet.destination),
        }
    }
}

/// The connection announced by a line.
pub(crate) fn referral_in<'a>(line: &TrackedLine<'a>) -> Option<ReferralLine<'a>> {
    Some(ReferralLine {
        server: server(line.parameter(Meaning::Server)?),
        cookie: line.parameter(Meaning::Cookie),
        session: line.parameter(Meaning::SessionId),
        caller: line.account().map(bare_account),
    })
}

/// Parses the server in `host:port`. Returns `None` if the host is neither an address nor
/// a name.
fn server(word: &[u8]) -> Option<ReferredServer> {
    let parts = host_port(word);
    let host = core::str::from_utf8(parts.host.of(word)).ok()?;
    let port = parts.port.map_or(PORT, |port| port.value);
    let inner = host.trim_start_matches('[').trim_end_matches(']');
    match inner.parse::<IpAddr>() {
        Ok(address) => Some(ReferredServer::At((Address::from(address), port))),
        Err(_) => host
            .bytes()
            .any(|byte| byte.is_ascii_alphabetic())
            .then_some(ReferredServer::Named(port)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_have_addresses_or_names() {
        let at = |address, port| Some(ReferredServer::At((address, port)));
        let ipv6 = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
        for (word, expected) in [
            (
                "198.51.100.3:1864",
                at(Address::V4([198, 51, 100, 3]), 1864),
            ),
            ("198.51.100.3", at(Address::V4([198, 51, 100, 3]), PORT)),
            ("[2001:db8::1]:1864", at(Address::V6(ipv6), 1864)),
            ("2001:db8::1", at(Address::V6(ipv6), PORT)),
            ("sb.example.com:1864", Some(ReferredServer::Named(1864))),
            ("0", None),
        ] {
            assert_eq!(server(word.as_bytes()), expected, "{word}");
        }
    }

    #[test]
    fn a_client_in_a_tunnel_connects_to_the_port_that_was_announced() {
        let announced = Packet {
            frame: 1,
            first_pass: true,
            destination: Address::V4([192, 0, 2, 10]),
            ..Packet::default()
        };
        for server in ["192.0.2.2:1864", "messenger.example.com:1864"] {
            for (port, expected) in [(1864, true), (1863, false)] {
                let text = format!("3 NS {server} 0");
                let line = TrackedLine::of_text(*b"XFR", text.as_bytes());
                let line = referral_in(&line).unwrap();
                let referral = Referral {
                    kind: line.kind(&announced),
                    dialect: None,
                    account: None,
                    chat: None,
                };
                let mut referrals = Referrals::default();
                referrals.announce(&announced, announced.key(0), &line, referral);
                let tunnelled = Packet {
                    frame: 2,
                    source: announced.destination,
                    destination: Address::V4([192, 0, 2, 99]),
                    destination_port: port,
                    tunnelled: true,
                    ..announced
                };
                let found = referrals.take_by_name(&tunnelled).is_some();
                assert_eq!(found, expected, "{server}, {port}");
            }
        }
    }
}
