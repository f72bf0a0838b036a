//! Connections that other connections announce: XFR and RNG.
//!
//! Source: protocol reference, MSNP §2.3 (XFR), §2.6 (RNG), §7.4, §7.5.

use std::collections::HashMap;
use std::net::{Ipv4Addr, Ipv6Addr};

use super::chat::ChatId;
use super::line::bare;
use super::Line;
use crate::context::{Address, Packet, PduKey};
use crate::msn::composite::host_port;

/// The port that is meant when none is given.
const PORT: u16 = 1863;

/// A place in [`Setups`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SetupId(usize);

/// What kind of server is announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// XFR NS.
    Notification,
    /// XFR SB or RNG.
    Switchboard,
}

/// An announcement as its line has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Announced<'a> {
    kind: Kind,
    end: Option<(Address, u16)>,
    cookie: Option<&'a [u8]>,
    pub(super) session: Option<&'a [u8]>,
    pub(super) caller: Option<&'a [u8]>,
}

/// An announced connection.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The PDU that announced it.
    pub key: PduKey,
    /// What kind of server it leads to.
    pub kind: Kind,
    /// The server's end, where it is given as an address.
    pub end: Option<(Address, u16)>,
    /// No earlier PDU has announced a connection to this end.
    pub is_first_of_end: bool,
    /// The frame in which the connection begins, once it is known.
    pub used_in: Option<u32>,
    /// The dialect of the connection that announced it.
    pub dialect: Option<u8>,
    /// The account of the connection that announced it.
    pub account: Option<Vec<u8>>,
    /// The conversation to which it leads, where the line tells.
    pub chat: Option<ChatId>,
}

/// All announced connections of a capture.
#[derive(Debug, Default)]
pub struct Setups {
    list: Vec<Setup>,
    /// In the order of their keys, as they are announced in that order.
    by_key: Vec<(PduKey, SetupId)>,
    by_cookie: HashMap<Vec<u8>, SetupId>,
    /// The latest one for each end.
    by_end: HashMap<(Address, u16), SetupId>,
}

impl Setups {
    pub(super) fn announce(
        &mut self,
        key: PduKey,
        announced: &Announced<'_>,
        dialect: Option<u8>,
        account: Option<Vec<u8>>,
        chat: Option<ChatId>,
    ) {
        let id = SetupId(self.list.len());
        self.list.push(Setup {
            key,
            kind: announced.kind,
            end: announced.end,
            is_first_of_end: announced
                .end
                .is_some_and(|end| !self.by_end.contains_key(&end)),
            used_in: None,
            dialect,
            account,
            chat,
        });
        self.by_key.push((key, id));
        if let Some(cookie) = announced.cookie {
            self.by_cookie.insert(cookie.to_vec(), id);
        }
        if let Some(end) = announced.end {
            self.by_end.insert(end, id);
        }
    }

    /// What is known of an announcement.
    pub fn get(&self, id: SetupId) -> &Setup {
        &self.list[id.0]
    }

    /// The announcement that the PDU `key` makes.
    pub fn by(&self, key: PduKey) -> Option<&Setup> {
        let place = self.by_key.binary_search_by_key(&key, |(key, _)| *key);
        let (_, id) = self.by_key.get(place.ok()?)?;
        Some(self.get(*id))
    }

    pub(super) fn used(&mut self, id: SetupId, frame: u32) {
        if let Some(setup) = self.list.get_mut(id.0) {
            setup.used_in.get_or_insert(frame);
        }
    }

    /// Whether one of the packet's ends was announced.
    pub fn announces(&self, packet: &Packet<'_>) -> bool {
        !self.by_end.is_empty()
            && [
                (packet.source, packet.source_port),
                (packet.destination, packet.destination_port),
            ]
            .into_iter()
            .any(|end| self.by_end.contains_key(&end))
    }

    pub(super) fn expecting(&self, end: (Address, u16)) -> Option<SetupId> {
        self.by_end.get(&end).copied()
    }

    pub(super) fn with_cookie(&self, cookie: &[u8]) -> Option<SetupId> {
        self.by_cookie.get(cookie).copied()
    }
}

/// The connection that a line announces.
pub(super) fn announced<'a>(line: &Line<'a>) -> Option<Announced<'a>> {
    let (kind, server, cookie, session, caller) = match (line.verb(), &*line.words()) {
        (Some(b"XFR"), [b"NS", server, ..]) => (Kind::Notification, *server, None, None, None),
        (Some(b"XFR"), [b"SB", server, b"CKI", cookie, ..]) => {
            (Kind::Switchboard, *server, Some(*cookie), None, None)
        }
        (Some(b"RNG"), [session, server, b"CKI", cookie, caller, ..]) => (
            Kind::Switchboard,
            *server,
            Some(*cookie),
            Some(*session),
            Some(bare(caller)),
        ),
        _ => return None,
    };
    Some(Announced {
        kind,
        end: end(server),
        cookie,
        session,
        caller,
    })
}

/// The end that `host:port` names, if the host is an address.
fn end(word: &[u8]) -> Option<(Address, u16)> {
    let parts = host_port(word);
    let host = core::str::from_utf8(parts.host.of(word)).ok()?;
    let port = parts.port.map_or(PORT, |port| port.value);
    let address = host
        .parse::<Ipv4Addr>()
        .map(|address| Address::V4(address.octets()))
        .or_else(|_| {
            let host = host.trim_start_matches('[').trim_end_matches(']');
            host.parse::<Ipv6Addr>()
                .map(|address| Address::V6(address.octets()))
        });
    address.ok().map(|address| (address, port))
}
