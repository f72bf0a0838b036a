//! State of MSNP2P and MSNSLP, across all connections of a capture.
//!
//! A session is negotiated over a switchboard and may continue over a direct connection,
//! so none of this belongs to one connection. Everything is recorded in the first pass
//! and kept by packet; later passes only look it up.

#[cfg(test)]
mod tests;

use crate::hash_map::HashMap;

use crate::msn::p2p::state::acknowledgements::Acknowledgements;
use crate::msn::p2p::state::blob::Blob;
use crate::msn::p2p::state::blobs::{BlobId, Blobs};
use crate::msn::p2p::state::chunk::{position, Chunk, ChunkOutcome, OpenChunk};
use crate::msn::p2p::state::packets::{PacketFacts, PacketKey, Packets};
use crate::msn::p2p::state::route::{AccountPair, Accounts, Route};
use crate::msn::p2p::state::session::P2pSession;
use crate::msn::p2p::state::session_numbers::{P2pSessionId, SessionNumbers};
use crate::msn::p2p::wire::packet::P2pPacket;
use crate::msn::slp::state::calls::{Calls, SlpFacts};
use crate::msn::state::announced_endpoints::AnnouncedEndpoints;
use crate::packet::Packet;
use crate::pieces::Budget;

/// State shared by all connections of a capture.
#[derive(Debug, Default)]
pub struct P2pShared {
    packets: Packets,
    blobs: Blobs,
    acknowledgements: Acknowledgements<PacketKey>,
    sessions: Vec<P2pSession>,
    numbers: SessionNumbers,
    accounts: Accounts,
    by_call: HashMap<usize, P2pSessionId>,
    /// The accounts between which the messages of a call go.
    pairs: HashMap<usize, AccountPair>,
    pub(crate) calls: Calls<PacketKey>,
    /// Direct connections announced by messages, with the call of the message, if any.
    pub(crate) endpoints: AnnouncedEndpoints<PacketKey, Option<usize>>,
    /// The memory for the bytes of blobs.
    pub(crate) budget: Budget,
}

impl P2pShared {
    /// The facts about a packet.
    pub fn facts(&self, key: PacketKey) -> PacketFacts {
        self.packets.facts(key)
    }

    /// The blob with this id.
    pub fn blob(&self, id: BlobId) -> Option<&Blob> {
        self.blobs.get(id)
    }

    /// The session with this id.
    pub fn session(&self, id: P2pSessionId) -> Option<&P2pSession> {
        self.sessions.get(id.0)
    }

    /// The way of a packet, in the conversation `chat` if a server relays it, from and to
    /// accounts that are known.
    pub(crate) fn route(
        &mut self,
        packet: &Packet<'_>,
        chat: Option<u64>,
        (from, to): (Option<&[u8]>, Option<&[u8]>),
    ) -> Route {
        Route {
            from: self.accounts.sender(from),
            pair: self.accounts.pair(from, to),
            ..Route::of(packet, chat)
        }
    }

    /// The way of a packet over a direct connection that a message of `call` has announced.
    pub(crate) fn direct_route(&self, packet: &Packet<'_>, call: Option<usize>) -> Route {
        let pair = call.and_then(|call| self.pairs.get(&call));
        Route {
            pair: pair.copied(),
            ..Route::of(packet, None)
        }
    }

    /// Records a packet; if it `is_open`, later segments have the rest of its data. Returns
    /// `false` if it was recorded before, or in later passes.
    pub fn learn(
        &mut self,
        packet: &Packet<'_>,
        key: PacketKey,
        route: &Route,
        (p2p, bytes): (&P2pPacket, &[u8]),
        is_open: bool,
    ) -> bool {
        if !packet.first_pass || self.packets.has(key) {
            return false;
        }
        let number = Some(p2p.session()).filter(|number| *number != 0);
        let mut known = PacketFacts {
            session: number.and_then(|number| self.numbers.find(route, number)),
            ..PacketFacts::default()
        };
        let data = p2p.data.of(bytes);
        let chunk = match (is_open, position(p2p)) {
            (false, at) => at.map(|(name, place)| Chunk {
                route,
                session: known.session,
                name,
                place,
                data,
                frame: packet.frame,
                begins: true,
            }),
            (true, _) => OpenChunk::of(p2p, known.session)
                .and_then(|mut open| open.part(route, data, packet.frame)),
        };
        if let Some(chunk) = chunk {
            self.add_chunk(packet, &mut known, &chunk, p2p.is_data_preparation(bytes));
        }
        let acknowledged = self.acknowledgements.learn(packet, key, route.flow, p2p);
        if let Some((acknowledged, time)) = acknowledged {
            if let Some(known) = self.packets.more(acknowledged) {
                known.ack_in.get_or_insert(packet.frame);
            }
            known.ack_to = Some((acknowledged.pdu.frame, time));
        }
        self.packets.add(key, known);
        true
    }

    /// Records the next part of the data of a packet that began in an earlier segment.
    pub(crate) fn learn_rest(
        &mut self,
        packet: &Packet<'_>,
        key: PacketKey,
        route: &Route,
        open: &mut OpenChunk,
        data: &[u8],
    ) {
        let Some(chunk) = open.part(route, data, packet.frame) else {
            return;
        };
        if packet.first_pass && !self.packets.has(key) {
            let mut known = PacketFacts {
                session: open.session,
                ..PacketFacts::default()
            };
            self.add_chunk(packet, &mut known, &chunk, false);
            self.packets.add(key, known);
        }
    }

    fn add_chunk(
        &mut self,
        packet: &Packet<'_>,
        known: &mut PacketFacts,
        chunk: &Chunk<'_>,
        is_preparation: bool,
    ) {
        let (outcome, blob) = self.blobs.add(chunk, &self.budget);
        known.chunk_outcome = Some(outcome);
        known.blob = blob;
        let is_whole = matches!(outcome, ChunkOutcome::Alone | ChunkOutcome::Completes);
        if is_whole && !is_preparation {
            self.complete(packet, known.session);
        }
    }

    /// Records a message without a packet around it. Returns `false` if it was recorded
    /// before, or in later passes.
    pub fn learn_outside_p2p(&mut self, packet: &Packet<'_>, key: PacketKey) -> bool {
        if !packet.first_pass || self.packets.has(key) {
            return false;
        }
        self.packets.add(key, PacketFacts::default());
        true
    }

    /// Records the facts about the message in a packet, if the packet is recorded.
    pub(crate) fn add_slp(&mut self, key: PacketKey, slp: SlpFacts) {
        if let Some(known) = self.packets.more(key) {
            known.slp = slp;
        }
    }

    /// Records the frame of the response to the request in `key`.
    pub(crate) fn record_response(&mut self, key: PacketKey, frame: u32) {
        if let Some(known) = self.packets.more(key) {
            known.slp.response_in.get_or_insert(frame);
        }
    }

    /// Records the session of an invitation on this way.
    pub(crate) fn begin_session(&mut self, route: &Route, session: P2pSession) {
        let id = P2pSessionId(self.sessions.len());
        self.numbers.add(route, session.number, id);
        self.sessions.push(session);
    }

    /// The way of a message of `call`, between the accounts that it names itself.
    pub(crate) fn route_of_message(
        &mut self,
        route: &Route,
        call: Option<usize>,
        (from, to): (Option<&str>, Option<&str>),
    ) -> Route {
        let named = self
            .accounts
            .pair(from.map(str::as_bytes), to.map(str::as_bytes));
        if let (Some(call), Some(pair)) = (call, named) {
            self.pairs.entry(call).or_insert(pair);
        }
        Route {
            pair: named.or(route.pair),
            ..*route
        }
    }

    /// Records which session the message in a packet is about: the one with its number, else
    /// the one of its call.
    pub(crate) fn join_session(
        &mut self,
        key: PacketKey,
        route: &Route,
        number: Option<u32>,
        call: Option<usize>,
        chat: Option<u64>,
    ) {
        let by_number = number.and_then(|number| self.numbers.find(route, number));
        let of_call = || call.and_then(|call| self.by_call.get(&call)).copied();
        let Some(id) = by_number.or_else(of_call) else {
            return;
        };
        if let Some(call) = call {
            self.by_call.entry(call).or_insert(id);
        }
        if let Some(session) = self.sessions.get_mut(id.0) {
            session.chat = session.chat.or(chat);
        }
        if let Some(known) = self.packets.more(key) {
            known.slp_session = Some(id);
        }
    }

    /// Records that the file or object of a session is complete.
    fn complete(&mut self, packet: &Packet<'_>, session: Option<P2pSessionId>) {
        let session = session.and_then(|id| self.sessions.get_mut(id.0));
        if let Some(session) = session.filter(|session| session.is_transfer()) {
            session.completed.get_or_insert(packet.frame);
        }
    }

    /// Records that a connection begins with this packet. Returns frame and call of the
    /// message that announced it, if any.
    pub(crate) fn begin_connection(&mut self, packet: &Packet<'_>) -> Option<(u32, Option<usize>)> {
        let id = self.endpoints.for_packet(packet)?;
        self.endpoints.begin_connection(packet, id);
        let announced = self.endpoints.get(id)?;
        Some((announced.announced_by().first()?.pdu.frame, announced.data))
    }
}
