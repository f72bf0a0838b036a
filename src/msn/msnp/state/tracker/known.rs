//! State of a connection as of one of its PDUs, in any pass.

use std::sync::Arc;

use crate::msn::msnp::state::tracker::chat::ChatId;
use crate::msn::msnp::state::tracker::links::RequestLink;
use crate::msn::msnp::state::tracker::{Dialect, LineTracker};
use crate::msn::msnp::wire::parameter::LineContext;
use crate::msn::state::announced_endpoints::EndpointId;
use crate::packet::{Packet, PduKey};

impl LineTracker {
    fn dialect_at(&self, key: PduKey) -> Option<u8> {
        in_force(&self.dialects, key).map(|dialect| match dialect {
            Dialect::Known(number) | Dialect::Presumed(number) => *number,
        })
    }

    /// As [`Self::dialect_at`], but not of a presumed dialect.
    pub(super) fn known_dialect(&self, key: PduKey) -> Option<u8> {
        match in_force(&self.dialects, key)? {
            Dialect::Known(number) => Some(*number),
            Dialect::Presumed(_) => None,
        }
    }

    /// Whether the client sent this packet. Returns `None` if that is unknown.
    pub fn from_client(&self, packet: &Packet<'_>) -> Option<bool> {
        self.client_side.map(|side| side == packet.side())
    }

    /// The context of the PDU `key`.
    pub fn line_context(&self, packet: &Packet<'_>, key: PduKey) -> LineContext {
        LineContext {
            dialect: self.dialect_at(key),
            is_presumed: self.known_dialect(key).is_none(),
            from_client: self.from_client(packet),
            role: self.role,
        }
    }

    /// The request to which the error reply `key` responds.
    pub fn refused_request(&self, key: PduKey) -> Option<RequestLink> {
        self.requests.link(key)?.response_to
    }

    /// The lowest dialect that this connection can have, if its dialect is unknown.
    pub fn least_dialect(&self) -> Option<u8> {
        self.least_dialect
    }

    /// The client's account at the PDU `key`, or the first one if none was seen so far.
    pub fn account(&self, key: PduKey) -> Option<&[u8]> {
        self.shared_account(key).map(|account| &**account)
    }

    /// As [`Self::account`], to be kept.
    pub(super) fn shared_account(&self, key: PduKey) -> Option<&Arc<[u8]>> {
        let first = || self.accounts.first().map(|(_, account)| account);
        in_force(&self.accounts, key).or_else(first)
    }

    /// The announcement of this connection.
    pub fn referral(&self) -> Option<EndpointId> {
        self.referral
    }

    /// The conversation of the PDU `key`: that of the whole connection, or one of several
    /// that share the connection.
    pub fn chat(&self, key: PduKey) -> Option<ChatId> {
        self.chat
            .or_else(|| self.datagram_chats.get(key).copied().flatten())
    }
}

/// The entry in force at the PDU `key`, in a list of entries with their first PDUs.
fn in_force<T>(list: &[(PduKey, T)], key: PduKey) -> Option<&T> {
    let before = list.partition_point(|(since, _)| *since <= key);
    let index = before.checked_sub(1)?;
    list.get(index).map(|(_, value)| value)
}
