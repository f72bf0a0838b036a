//! State derived from the lines of one MSNP connection: the client's direction, the role
//! of the server, the dialect, the account, and which line answers which.
//!
//! Built in the first pass, in which frames come in order. Later passes look it up: state
//! of a PDU by its [`PduKey`], state of the whole connection as of the end of that pass.
//!
//! Source: docs/protocol/msnp.md §7.2 (roles), §7.4 (replies), §7.5 (announcements).

pub(crate) mod account_list;
pub mod attendance;
pub(crate) mod calls;
pub mod chat;
pub(crate) mod contacts;
pub(crate) mod datagram;
pub(crate) mod direction;
pub(crate) mod known;
pub mod line;
pub(crate) mod links;
pub(crate) mod list_requests;
pub mod referral;
pub mod requests;
pub(crate) mod sessions;
#[cfg(test)]
mod tests;

use crate::hash_map::HashMap;
use std::sync::Arc;

use crate::first_pass::PduMap;
use crate::msn::msnp::state::tracker::attendance::Attendance;
use crate::msn::msnp::state::tracker::chat::{ChatId, Chats, Invitation};
use crate::msn::msnp::state::tracker::contacts::Contacts;
use crate::msn::msnp::state::tracker::datagram::chat_of;
use crate::msn::msnp::state::tracker::direction::{
    client_side, least_by_endpoint, least_by_form, may_imply_later_dialect,
};
use crate::msn::msnp::state::tracker::line::TrackedLine;
use crate::msn::msnp::state::tracker::list_requests::ListRequests;
use crate::msn::msnp::state::tracker::referral::{referral_in, Referral, Referrals};
use crate::msn::msnp::state::tracker::requests::Requests;
use crate::msn::msnp::wire::parameter::{Meaning, ServerRole};
use crate::msn::state::announced_endpoints::{Announcement, EndpointId};
use crate::packet::{Packet, PduKey};

/// State shared by all MSNP connections of a capture.
#[derive(Debug, Default)]
pub struct MsnpShared {
    /// Connections announced by other connections.
    pub referrals: Referrals,
    /// Conversations.
    pub chats: Chats,
    /// The dialect of each account's last login.
    dialects: HashMap<Vec<u8>, u8>,
}

impl MsnpShared {
    /// An announcement and its PDUs.
    pub fn referral(&self, id: EndpointId) -> Option<&Announcement<PduKey, Referral>> {
        self.referrals.endpoints.get(id)
    }
}

/// Maximum lines of a connection whose forms are compared to find its lowest possible
/// dialect: later lines add nothing to those of a login.
const MAX_COMPARED_LINES: u8 = 12;

/// The dialect of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    /// The server chose it, or it is that of the connection that announced this one.
    Known(u8),
    /// An earlier connection of the account had it; this one may be another client's.
    Presumed(u8),
}

/// One connection.
#[derive(Debug, Default)]
pub struct LineTracker {
    /// The client's direction.
    client_side: Option<usize>,
    role: Option<ServerRole>,
    /// The dialects, each with the PDU from which on it is in force.
    dialects: Vec<(PduKey, Dialect)>,
    /// The lowest dialect that has everything seen so far.
    least_dialect: Option<u8>,
    /// Number of lines whose forms were compared for it.
    compared_lines: u8,
    /// The client's accounts, each with the PDU from which on it is in use.
    accounts: Vec<(PduKey, Arc<[u8]>)>,
    /// Whether the first PDU is one that begins connections.
    from_start: Option<bool>,
    /// Requests and responses.
    pub requests: Requests,
    referral: Option<EndpointId>,
    /// The conversation that a switchboard carries.
    chat: Option<ChatId>,
    /// Who is in that conversation.
    pub attendance: Attendance,
    /// The contacts of the client.
    pub(crate) contacts: Contacts,
    /// What the client asks to be changed in its contact list.
    pub(crate) list_requests: ListRequests,
    /// The conversations of datagrams, by their PDUs.
    datagram_chats: PduMap<Option<ChatId>>,
}

impl LineTracker {
    /// Learns from one PDU, in the first pass.
    pub fn learn(
        &mut self,
        packet: &Packet<'_>,
        shared: &mut MsnpShared,
        key: PduKey,
        line: &TrackedLine<'_>,
    ) {
        if !packet.first_pass {
            return;
        }
        if self.from_start.is_none() {
            self.from_start = Some(line.begins_connection());
            self.associate(packet, shared, key, line);
        }
        if self.client_side.is_none() {
            self.client_side = client_side(packet, line);
        }
        if self.role.is_none() {
            self.role = line.implied_facts().role;
        }
        let from_client = self.from_client(packet);
        if self.dialects.is_empty() {
            let by_endpoint = least_by_endpoint(line, self.least_dialect);
            self.least_dialect = self.least_dialect.max(by_endpoint);
            if self.compared_lines < MAX_COMPARED_LINES
                && may_imply_later_dialect(line, self.least_dialect)
            {
                self.compared_lines += 1;
                let by_form = least_by_form(line);
                self.least_dialect = self.least_dialect.max(by_form);
            }
        }
        // Lines about presence and lists, which are nearly all, contain nothing more.
        match line.verb() {
            Some(b"VER") if from_client == Some(false) => {
                if let Some(dialect) = line.settled_dialect() {
                    self.dialects.push((key, Dialect::Known(dialect)));
                    if let Some((_, account)) = self.accounts.last() {
                        shared.dialects.insert(account.to_vec(), dialect);
                    }
                }
            }
            Some(b"USR" | b"ANS") => {
                self.learn_account(shared, key, line);
                self.learn_cookie(packet, shared, key, line, from_client);
            }
            Some(b"SDG") => {
                let chat = chat_of(&mut shared.chats, line.payload, key);
                if let (Some(_), Some(talk)) = (chat, self.datagram_chats.entry(packet, key)) {
                    *talk = chat;
                }
            }
            _ => self.learn_setup(packet, shared, key, line),
        }
        if self.role == Some(ServerRole::Switchboard) {
            let chat = *self.chat.get_or_insert_with(|| {
                let chat = shared.chats.start();
                if let Some(referral) = self.referral {
                    shared.referrals.leads_to(referral, chat);
                }
                chat
            });
            chat::learn(&mut shared.chats, chat, (packet, key), line, from_client);
        }
        let may_be_switchboard = matches!(self.role, None | Some(ServerRole::Switchboard));
        if may_be_switchboard && from_client != Some(true) {
            self.attendance.learn(key, line);
        }
        self.contacts.learn(packet, key, line);
        if from_client == Some(true) {
            self.list_requests.learn(packet, key, line);
        }
        // Only the check of a response to a challenge depends on it.
        let dialect = match line.verb() {
            Some(b"QRY") => self.known_dialect(key),
            _ => None,
        };
        self.requests.learn(packet, key, line, from_client, dialect);
    }

    /// Sets the client's direction, and the role of the server if known, as given by the
    /// protocol that carries the connection. Values already known are kept.
    pub fn set_direction_and_role(
        &mut self,
        packet: &Packet<'_>,
        client_side: usize,
        role: Option<ServerRole>,
    ) {
        if packet.first_pass {
            self.client_side.get_or_insert(client_side);
            self.role = self.role.or(role);
        }
    }

    /// Associates the connection with the announcement of its endpoint, by its first
    /// line. If that has a cookie, only the cookie identifies the announcement.
    fn associate(
        &mut self,
        packet: &Packet<'_>,
        shared: &mut MsnpShared,
        key: PduKey,
        line: &TrackedLine<'_>,
    ) {
        let referrals = &mut shared.referrals;
        let client_side = referrals.endpoints.side_to(packet);
        self.client_side = client_side.or(self.client_side);
        if line.cookie(None).is_some() {
            return;
        }
        let told = match client_side {
            Some(side) if side == packet.side() => referrals.for_sender(packet),
            Some(_) => referrals.for_receiver(packet),
            None if line.begins_connection() => {
                let unseen = referrals.take_by_name(packet);
                self.client_side = unseen.map(|_| packet.side()).or(self.client_side);
                unseen
            }
            None => None,
        };
        if let Some(id) = told {
            self.adopt(packet, shared, key, id);
        }
    }

    /// Adopts dialect and account of an announcement. The first announcement is kept, as
    /// its values may have been shown.
    fn adopt(&mut self, packet: &Packet<'_>, shared: &mut MsnpShared, key: PduKey, id: EndpointId) {
        shared.referrals.endpoints.begin_connection(packet, id);
        let Some(Announcement { data: referral, .. }) = shared.referral(id) else {
            return;
        };
        if *self.referral.get_or_insert(id) != id {
            return;
        }
        if let (Some(dialect), true) = (referral.dialect, self.dialects.is_empty()) {
            self.dialects.push((key, Dialect::Known(dialect)));
        }
        if let (Some(account), true) = (&referral.account, self.accounts.is_empty()) {
            self.accounts.push((key, account.clone()));
        }
    }

    fn learn_account(&mut self, shared: &mut MsnpShared, key: PduKey, line: &TrackedLine<'_>) {
        let known = self.accounts.last().map(|(_, account)| &**account);
        let Some(account) = line.own_account(known).filter(|now| known != Some(*now)) else {
            return;
        };
        if let Some((_, Dialect::Known(dialect))) = self.dialects.last() {
            shared.dialects.insert(account.to_vec(), *dialect);
        } else if let Some(dialect) = shared.dialects.get(account) {
            self.dialects.push((key, Dialect::Presumed(*dialect)));
        }
        self.accounts.push((key, account.into()));
    }

    /// Associates the connection with the announcement of the cookie in the line.
    fn learn_cookie(
        &mut self,
        packet: &Packet<'_>,
        shared: &mut MsnpShared,
        key: PduKey,
        line: &TrackedLine<'_>,
        from_client: Option<bool>,
    ) {
        let cookie = line.cookie(from_client);
        if let Some(id) = cookie.and_then(|cookie| shared.referrals.with_cookie(cookie)) {
            self.adopt(packet, shared, key, id);
            let chat = shared.referral(id).and_then(|referral| referral.data.chat);
            self.chat = self.chat.or(chat);
        }
    }

    /// Records the connection announced by the line.
    fn learn_setup(
        &mut self,
        packet: &Packet<'_>,
        shared: &mut MsnpShared,
        key: PduKey,
        line: &TrackedLine<'_>,
    ) {
        let Some(announced) = referral_in(line) else {
            return;
        };
        let chat = announced.session.zip(announced.caller);
        let chat = chat.map(|(session, caller)| {
            let invitation = Invitation {
                session,
                server: line.parameter(Meaning::Server),
                caller,
                callee: self.account(key),
                time: packet.time,
            };
            let chat = shared.chats.invite(&invitation, key);
            shared.chats.join(chat, caller);
            chat
        });
        let referral = Referral {
            kind: announced.kind(packet),
            dialect: self.known_dialect(key),
            account: self.shared_account(key).cloned(),
            chat,
        };
        shared.referrals.announce(packet, key, &announced, referral);
    }
}
