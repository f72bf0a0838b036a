//! State of MSNP2P and MSNSLP, across all connections of a capture.
//!
//! A session is negotiated over a switchboard and may continue over a direct connection,
//! so none of this belongs to one connection. Everything is recorded in the first pass
//! and kept by packet; later passes only look it up.

use std::collections::HashMap;

use crate::msn::common::guid::Guid;
use crate::msn::p2p::state::blobs::{Blob, BlobId, BlobName, Blobs, ChunkOutcome, ChunkPosition};
use crate::msn::p2p::wire::packet::{Carrier, P2pHeader, P2pPacket};
use crate::msn::p2p::wire::{codes, v1};
use crate::msn::slp::state::calls::{Calls, SlpFacts};
use crate::msn::slp::wire::codes::{use_of, SessionUse};
use crate::msn::state::announced_endpoints::AnnouncedEndpoints;
use crate::msn::state::flow::Flow;
use crate::packet::{Packet, PduKey};

/// Maximum packets with the same number kept until they are acknowledged.
const MAX_WAITING: usize = 16;

/// Key of an MSNP2P packet: the PDU that carries it, and its index there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PacketKey {
    /// Its carrier: PDUs of direct connections and of servers are counted separately.
    pub carrier: Carrier,
    /// The PDU of the carrier.
    pub pdu: PduKey,
    /// Index among the packets of the PDU, from 0.
    pub part: u32,
}

/// Facts about one packet.
#[derive(Debug, Clone, Default)]
pub struct PacketFacts {
    /// The result of adding its data to their blob.
    pub chunk_outcome: Option<ChunkOutcome>,
    /// The blob, if it needs more than one packet.
    pub blob: Option<BlobId>,
    /// The frame that acknowledges it.
    pub ack_in: Option<u32>,
    /// Frame and time of the packet that it acknowledges.
    pub ack_to: Option<(u32, i64)>,
    /// Its session.
    pub session: Option<P2pSessionId>,
    /// Facts about the message in it.
    pub slp: SlpFacts,
    /// The session that the message in it is about.
    pub slp_session: Option<P2pSessionId>,
}

/// Id of a session in [`P2pShared`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct P2pSessionId(usize);

/// The data in an invitation about its session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct P2pSession {
    /// The frame of the invitation.
    pub frame: u32,
    /// Its number.
    pub number: u32,
    /// The account that invites.
    pub from: Option<String>,
    /// The account that is invited.
    pub to: Option<String>,
    /// The conversation in which it invites.
    pub chat: Option<u64>,
    /// The frame in which the file or object is complete.
    pub completed: Option<u32>,
    /// The EUF-GUID.
    pub application: Option<Guid>,
    /// The AppID.
    pub app_id: Option<u32>,
    /// Type of the transferred object.
    pub object: Option<&'static str>,
    /// Name that its owner has given to the object.
    pub object_name: Option<String>,
    /// SHA-1 of its data.
    pub object_hash: Option<[u8; 20]>,
    /// Name of the activity.
    pub activity: Option<String>,
    /// Name of the transferred file.
    pub file_name: Option<String>,
    /// Size of the file in bytes.
    pub file_size: Option<u64>,
}

impl P2pSession {
    /// Whether its application is to transfer a file or an object.
    pub(crate) fn is_transfer(&self) -> bool {
        match self.application.and_then(use_of) {
            Some(purpose) => matches!(purpose, SessionUse::Object | SessionUse::File),
            None => true,
        }
    }
}

/// Unacknowledged packets, by the numbers in their acknowledgement.
type Waiting = HashMap<(u32, u32), Vec<(Flow, PacketKey, i64)>>;

/// State shared by all connections of a capture.
#[derive(Debug, Default)]
pub struct P2pShared {
    known: HashMap<PacketKey, PacketFacts>,
    blobs: Blobs,
    waiting: [Waiting; 2],
    sessions: Vec<P2pSession>,
    by_number: HashMap<u32, P2pSessionId>,
    by_call: HashMap<usize, P2pSessionId>,
    pub(crate) calls: Calls<PacketKey>,
    /// Direct connections announced by messages, with the call of the message, if any.
    pub(crate) endpoints: AnnouncedEndpoints<PacketKey, Option<usize>>,
}

impl P2pShared {
    /// The facts about a packet.
    pub fn facts(&self, key: PacketKey) -> PacketFacts {
        self.known.get(&key).cloned().unwrap_or_default()
    }

    /// The blob with this id.
    pub fn blob(&self, id: BlobId) -> Option<&Blob> {
        self.blobs.get(id)
    }

    /// The session with this id.
    pub fn session(&self, id: P2pSessionId) -> Option<&P2pSession> {
        self.sessions.get(id.0)
    }

    /// Records a packet. Returns `false` if it was recorded before, or in later passes.
    pub fn learn(
        &mut self,
        packet: &Packet<'_>,
        key: PacketKey,
        p2p: &P2pPacket,
        bytes: &[u8],
    ) -> bool {
        if !packet.first_pass || self.known.contains_key(&key) {
            return false;
        }
        let flow = Flow::of(packet);
        let mut known = PacketFacts {
            session: self.by_number.get(&p2p.session()).copied(),
            ..PacketFacts::default()
        };
        if let Some((name, place)) = place(p2p) {
            let data = p2p.data.of(bytes);
            let (step, blob) = self.blobs.add(flow, name, place, data, packet.frame);
            known.chunk_outcome = Some(step);
            known.blob = blob;
        }
        let is_whole = matches!(
            known.chunk_outcome,
            Some(ChunkOutcome::Alone | ChunkOutcome::Completes)
        );
        if is_whole && !p2p.is_data_preparation(bytes) {
            self.complete(packet, known.session);
        }
        known.ack_to = self.acknowledge(packet, key, flow, p2p);
        self.known.insert(key, known);
        true
    }

    /// Records a message without a packet around it. Returns `false` if it was recorded
    /// before, or in later passes.
    pub fn learn_outside_p2p(&mut self, packet: &Packet<'_>, key: PacketKey) -> bool {
        if !packet.first_pass || self.known.contains_key(&key) {
            return false;
        }
        self.known.insert(key, PacketFacts::default());
        true
    }

    /// Records the facts about the message in a packet, if the packet is recorded.
    pub(crate) fn add_slp(&mut self, key: PacketKey, slp: SlpFacts) {
        if let Some(known) = self.known.get_mut(&key) {
            known.slp = slp;
        }
    }

    /// Records the frame of the response to the request in `key`.
    pub(crate) fn record_response(&mut self, key: PacketKey, frame: u32) {
        if let Some(known) = self.known.get_mut(&key) {
            known.slp.response_in.get_or_insert(frame);
        }
    }

    /// Records the session of an invitation.
    pub(crate) fn begin_session(&mut self, session: P2pSession) -> P2pSessionId {
        let id = P2pSessionId(self.sessions.len());
        self.by_number.insert(session.number, id);
        self.sessions.push(session);
        id
    }

    /// Records which session the message in a packet is about: the one with its number, else
    /// the one of its call.
    pub(crate) fn join_session(
        &mut self,
        key: PacketKey,
        number: Option<u32>,
        call: Option<usize>,
        chat: Option<u64>,
    ) {
        let by_number = number.and_then(|number| self.by_number.get(&number));
        let of_call = || call.and_then(|call| self.by_call.get(&call));
        let Some(id) = by_number.or_else(of_call).copied() else {
            return;
        };
        if let Some(call) = call {
            self.by_call.entry(call).or_insert(id);
        }
        if let Some(session) = self.sessions.get_mut(id.0) {
            session.chat = session.chat.or(chat);
        }
        if let Some(known) = self.known.get_mut(&key) {
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
        Some((announced.announced_by.first()?.pdu.frame, announced.data))
    }

    /// Finds the packet that this one acknowledges, and keeps this one if it is to be
    /// acknowledged.
    fn acknowledge(
        &mut self,
        packet: &Packet<'_>,
        key: PacketKey,
        flow: Flow,
        p2p: &P2pPacket,
    ) -> Option<(u32, i64)> {
        let (version, awaits, answers) = match &p2p.header {
            P2pHeader::V1(header) => (0, awaits_v1(header), answers_v1(header)),
            P2pHeader::V2(header) => {
                let asks = header.operation.value & codes::RAK != 0;
                let awaits = asks.then(|| (header.acknowledged_by(), 0));
                (1, awaits, header.acknowledges().map(|number| (number, 0)))
            }
        };
        let waiting = self.waiting.get_mut(version)?;
        let found = answers.and_then(|number| {
            let found = waiting.get_mut(&number)?;
            let other_side = |(from, ..): &(Flow, PacketKey, i64)| *from == flow.reversed();
            let at = found.iter().rposition(other_side);
            let at = at.or_else(|| found.iter().rposition(|(from, ..)| *from != flow))?;
            Some(found.remove(at))
        });
        if let Some(number) = awaits {
            let waiting = waiting.entry(number).or_default();
            if waiting.len() >= MAX_WAITING {
                waiting.remove(0);
            }
            waiting.push((flow, key, packet.time));
        }
        let (_, acknowledged, time) = found?;
        if let Some(known) = self.known.get_mut(&acknowledged) {
            known.ack_in.get_or_insert(packet.frame);
        }
        Some((acknowledged.pdu.frame, time))
    }
}

/// The numbers in the acknowledgement of a version 1 packet. Returns `None` unless it is
/// the last one of a blob: a blob is acknowledged once, when it is complete.
fn awaits_v1(header: &v1::HeaderV1) -> Option<(u32, u32)> {
    let end = header
        .offset
        .value
        .checked_add(header.length.value.into())?;
    let is_last =
        !header.is_acknowledgement() && header.length.value > 0 && end >= header.total.value;
    let is_handshake = header.flags.value & codes::HANDSHAKE != 0;
    (is_last && !is_handshake).then_some((header.identifier.value, header.ack_identifier.value))
}

fn answers_v1(header: &v1::HeaderV1) -> Option<(u32, u32)> {
    let acknowledged = (header.ack_identifier.value, header.ack_unique.value);
    header.is_acknowledgement().then_some(acknowledged)
}

/// The blob and position of a packet's data. Returns `None` if there are no data, or if
/// some are missing.
fn place(p2p: &P2pPacket) -> Option<(BlobName, ChunkPosition)> {
    if p2p.data.len == 0 || p2p.missing > 0 {
        return None;
    }
    match &p2p.header {
        P2pHeader::V1(header) => {
            let name = BlobName {
                session: header.session.value,
                number: header.identifier.value,
                v2: false,
            };
            Some((
                name,
                ChunkPosition::At(header.offset.value, header.total.value),
            ))
        }
        P2pHeader::V2(header) => {
            let data = header.data.as_ref()?;
            let name = BlobName {
                session: data.session.value,
                number: u32::from(data.package.value),
                v2: true,
            };
            let place = if data.is_first() {
                ChunkPosition::First(data.remaining())
            } else {
                ChunkPosition::Before(data.remaining())
            };
            Some((name, place))
        }
    }
}
