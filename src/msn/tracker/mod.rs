//! What one connection of MSNP tells as it goes on: who is the client, what the server does,
//! the dialect, the account, which line answers which.
//!
//! Built in the first pass, in which frames come in order. Later passes look up: what
//! belongs to a PDU by its [`PduKey`], what belongs to the connection as a whole as it is
//! known at the end.
//!
//! Source: protocol reference, MSNP §7.2 (roles), §7.4 (replies), §7.5 (set-ups).

pub mod chat;
mod datagram;
pub mod exchange;
pub mod line;
pub mod setup;
mod sides;

use std::collections::HashMap;

use self::chat::{ChatId, Chats};
use self::exchange::{Exchanges, Request};
pub use self::line::Line;
use self::setup::{Kind, Setup, Setups};
use super::ends::EndId;
use super::http::state::Gateways;
use super::http::tickets::Tickets;
use super::line::Head;
use super::parameter::{Circumstances, Role};
use crate::context::{Ledger, Packet, PduKey};

/// What all connections of a capture share.
#[derive(Debug, Default)]
pub struct Shared {
    /// Connections that other connections have announced.
    pub setups: Setups,
    /// Conversations.
    pub chats: Chats,
    /// Sessions inside HTTP.
    pub gateways: Gateways,
    /// Tickets of Passport.
    pub tickets: Tickets,
    /// The dialect that an account last logged in with.
    dialects: HashMap<Vec<u8>, u8>,
    /// Packets and sessions between clients.
    pub p2p: super::p2p::state::Shared,
    /// Transfers that invitations have announced.
    pub msnftp: super::msnftp::session::Shared,
}

impl Shared {
    /// What an announcement says.
    pub fn setup(&self, id: EndId) -> Option<&Setup> {
        Some(&self.setups.ends.get(id)?.what)
    }
}

/// One connection.
#[derive(Debug, Default)]
pub struct Tracker {
    /// Which of the two directions is the client's.
    client_side: Option<usize>,
    role: Option<Role>,
    /// The dialect, and the PDU from which on it is in force.
    dialects: Vec<(PduKey, u8)>,
    /// The lowest dialect that has what was seen.
    least_dialect: Option<u8>,
    account: Option<Vec<u8>>,
    /// The first PDU is one with which connections begin.
    from_start: Option<bool>,
    /// Who answers whom.
    pub exchanges: Exchanges,
    setup: Option<EndId>,
    /// The conversation that a switchboard carries.
    chat: Option<ChatId>,
    /// The conversations of datagrams, by their PDUs.
    talks: Ledger<Option<ChatId>>,
}

impl Tracker {
    /// Learns from one PDU, in the first pass.
    pub fn learn(
        &mut self,
        packet: &Packet<'_>,
        shared: &mut Shared,
        key: PduKey,
        line: &Line<'_>,
    ) {
        if !packet.first_pass {
            return;
        }
        if self.from_start.is_none() {
            self.from_start = Some(line.begins_connection());
            self.greet(packet, shared, line);
        }
        if self.client_side.is_none() {
            self.client_side = sides::client_side(packet, line);
        }
        if self.role.is_none() {
            self.role = sides::role_of(line);
        }
        let from_client = self.from_client(packet);
        if self.dialects.is_empty() && self.least_dialect < sides::most(line) {
            let least = sides::least_dialect(line);
            self.least_dialect = self.least_dialect.max(least);
        }
        // Lines about presence and lists, nearly all there are, tell no more.
        match line.verb() {
            Some(b"VER") if from_client == Some(false) => {
                if let Some(dialect) = line.first_dialect() {
                    self.dialects.push((key, dialect));
                    if let Some(account) = &self.account {
                        shared.dialects.insert(account.clone(), dialect);
                    }
                }
            }
            Some(b"USR" | b"ANS") => {
                self.learn_account(shared, line);
                self.learn_cookie(packet, shared, line, from_client);
            }
            Some(b"SDG") => {
                if let Some(chat) = datagram::chat_of(&mut shared.chats, line.payload) {
                    self.talks.learn(packet, key).map(|talk| talk.insert(chat));
                }
            }
            Some(b"XFR" | b"RNG") => self.learn_setup(packet, shared, key, line),
            _ => {}
        }
        if self.role == Some(Role::Switchboard) {
            let chat = *self.chat.get_or_insert_with(|| shared.chats.start());
            chat::learn(&mut shared.chats, chat, line, from_client);
        }
        self.exchanges.learn(packet, key, line, from_client);
    }

    /// What carries the connection tells which direction is the client's, and perhaps what
    /// the server does.
    pub fn is_told(&mut self, packet: &Packet<'_>, client_side: usize, role: Option<Role>) {
        if packet.first_pass {
            self.client_side.get_or_insert(client_side);
            self.role = self.role.or(role);
        }
    }

    /// A connection to an end that was announced.
    fn greet(&mut self, packet: &Packet<'_>, shared: &mut Shared, line: &Line<'_>) {
        let (here, there) = (packet.side(), 1 - packet.side());
        let setups = &mut shared.setups;
        let to = (packet.destination, packet.destination_port);
        let from = (packet.source, packet.source_port);
        let found = setups.ends.at(to).map(|id| (id, here));
        let found = found.or_else(|| setups.ends.at(from).map(|id| (id, there)));
        let found = found.or_else(|| {
            let id = line.begins_connection().then(|| setups.named(packet))?;
            Some((id?, here))
        });
        let Some((id, client_side)) = found else {
            return;
        };
        self.client_side = Some(client_side);
        // Only a switchboard's cookie says for sure whose connection it is.
        let is_server = |setup: &Setup| setup.kind == Kind::Notification;
        if shared.setup(id).is_some_and(is_server) {
            self.set_up_by(packet, shared, id);
        }
    }

    fn set_up_by(&mut self, packet: &Packet<'_>, shared: &mut Shared, id: EndId) {
        self.setup = Some(id);
        shared.setups.ends.begins(packet, id);
        let Some(setup) = shared.setup(id) else {
            return;
        };
        if let (Some(dialect), true) = (setup.dialect, self.dialects.is_empty()) {
            self.dialects.push((packet.key(0), dialect));
        }
        if self.account.is_none() {
            self.account.clone_from(&setup.account);
        }
    }

    fn learn_account(&mut self, shared: &mut Shared, line: &Line<'_>) {
        let Some(account) = line.own_account(self.account.as_deref()) else {
            return;
        };
        if self.account.as_deref() == Some(account) {
            return;
        }
        if let Some((_, dialect)) = self.dialects.last() {
            shared.dialects.insert(account.to_vec(), *dialect);
        } else if let Some(dialect) = shared.dialects.get(account) {
            let start = PduKey { frame: 0, index: 0 };
            self.dialects.push((start, *dialect));
        }
        self.account = Some(account.to_vec());
    }

    /// A cookie leads from the line that announced it to this connection.
    fn learn_cookie(
        &mut self,
        packet: &Packet<'_>,
        shared: &mut Shared,
        line: &Line<'_>,
        from_client: Option<bool>,
    ) {
        let cookie = line.cookie(from_client);
        if let Some(id) = cookie.and_then(|cookie| shared.setups.with_cookie(cookie)) {
            self.set_up_by(packet, shared, id);
            let chat = shared.setup(id).and_then(|setup| setup.chat);
            self.chat = self.chat.or(chat);
        }
    }

    /// A line that leads to another connection.
    fn learn_setup(
        &mut self,
        packet: &Packet<'_>,
        shared: &mut Shared,
        key: PduKey,
        line: &Line<'_>,
    ) {
        let Some(announced) = setup::announced(line) else {
            return;
        };
        let chat = announced
            .session
            .map(|session| shared.chats.of_session(session));
        if let (Some(chat), Some(caller)) = (chat, announced.caller) {
            shared.chats.join(chat, caller);
        }
        let setup = Setup {
            dialect: self.dialect_at(key),
            account: self.account.clone(),
            chat,
            ..announced.setup(key)
        };
        shared.setups.announce(packet, &announced, setup);
    }

    fn dialect_at(&self, key: PduKey) -> Option<u8> {
        let before = self.dialects.partition_point(|(since, _)| *since <= key);
        let index = before.checked_sub(1)?;
        self.dialects.get(index).map(|(_, dialect)| *dialect)
    }

    /// Whether the client has sent this packet.
    pub fn from_client(&self, packet: &Packet<'_>) -> Option<bool> {
        self.client_side.map(|side| side == packet.side())
    }

    /// What is known of the PDU `key` besides its words.
    pub fn circumstances(&self, packet: &Packet<'_>, key: PduKey) -> Circumstances {
        Circumstances {
            dialect: self.dialect_at(key),
            from_client: self.from_client(packet),
            role: self.role,
        }
    }

    /// The request that the error reply `key` refuses.
    pub fn refused(&self, key: PduKey) -> Option<Request> {
        self.exchanges.link(key)?.response_to
    }

    /// The lowest dialect that this connection can have, where it is not known.
    pub fn least_dialect(&self) -> Option<u8> {
        self.least_dialect
    }

    /// The account that has logged in on this connection.
    pub fn account(&self) -> Option<&[u8]> {
        self.account.as_deref()
    }

    /// The announcement of this connection.
    pub fn setup(&self) -> Option<EndId> {
        self.setup
    }

    /// The conversation to which the PDU `key` belongs: the one that the connection carries,
    /// or one of those that share it.
    pub fn chat(&self, key: PduKey) -> Option<ChatId> {
        self.chat.or_else(|| self.talks.get(key).copied().flatten())
    }

    /// Whether the capture has this connection from its first line on.
    pub fn is_from_start(&self) -> bool {
        self.from_start == Some(true)
    }
}

/// The verb of a command line, or `None` of an error reply.
fn verb(head: &Head) -> Option<&[u8; 3]> {
    match head {
        Head::Command(verb) => Some(verb),
        Head::Error(_) => None,
    }
}
