//! The facts about each packet of a capture: a small record for all, and more for few.

use crate::hash_map::HashMap;
use core::num::NonZeroU32;

use crate::msn::p2p::state::blobs::BlobId;
use crate::msn::p2p::state::chunk::ChunkOutcome;
use crate::msn::p2p::state::session_numbers::P2pSessionId;
use crate::msn::p2p::wire::packet::Carrier;
use crate::msn::slp::state::calls::SlpFacts;
use crate::packet::PduKey;

/// Key of an MSNP2P packet: the PDU that carries it, and its index there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PacketKey {
    /// The PDU of the carrier.
    pub pdu: PduKey,
    /// Its carrier: PDUs of direct connections and of servers are counted separately.
    pub carrier: Carrier,
    /// Index among the packets of the PDU, from 0.
    pub part: u32,
}

/// Facts about one packet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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

/// What is known of every packet.
#[derive(Debug)]
struct Record {
    key: PacketKey,
    blob: SmallId,
    session: SmallId,
    chunk_outcome: Option<ChunkOutcome>,
}

/// A file has one for each of its packets, of 1,200 bytes or so.
const _: () = assert!(size_of::<Record>() == 28);

/// An index, if there is one, in 4 bytes.
#[derive(Debug, Clone, Copy)]
struct SmallId(Option<NonZeroU32>);

impl SmallId {
    fn of(index: Option<usize>) -> Self {
        let number = index.and_then(|index| u32::try_from(index).ok()?.checked_add(1));
        Self(number.and_then(NonZeroU32::new))
    }

    fn index(self) -> Option<usize> {
        self.0.map(|number| number.get() as usize - 1)
    }
}

/// The packets of a capture.
#[derive(Debug, Default)]
pub(crate) struct Packets {
    /// In the order of their keys, in which they come.
    list: Vec<Record>,
    /// Facts that few packets have, about acknowledgements and messages.
    more: HashMap<PacketKey, PacketFacts>,
}

impl Packets {
    fn place_of(&self, key: PacketKey) -> Result<usize, usize> {
        match self.list.last() {
            Some(last) if last.key < key => Err(self.list.len()),
            _ => self.list.binary_search_by_key(&key, |packet| packet.key),
        }
    }

    /// Whether a packet is recorded.
    pub(crate) fn has(&self, key: PacketKey) -> bool {
        self.place_of(key).is_ok()
    }

    /// Records a packet, unless it is recorded.
    pub(crate) fn add(&mut self, key: PacketKey, facts: PacketFacts) {
        let Err(place) = self.place_of(key) else {
            return;
        };
        let record = Record {
            key,
            blob: SmallId::of(facts.blob.map(|id| id.0)),
            session: SmallId::of(facts.session.map(|id| id.0)),
            chunk_outcome: facts.chunk_outcome,
        };
        self.list.insert(place, record);
        let more = PacketFacts {
            blob: None,
            session: None,
            chunk_outcome: None,
            ..facts
        };
        if more != PacketFacts::default() {
            self.more.insert(key, more);
        }
    }

    /// The facts about acknowledgements and messages of a packet, if it is recorded.
    pub(crate) fn more(&mut self, key: PacketKey) -> Option<&mut PacketFacts> {
        self.has(key).then(|| self.more.entry(key).or_default())
    }

    /// All facts about a packet.
    pub(crate) fn facts(&self, key: PacketKey) -> PacketFacts {
        let record = self.place_of(key).ok().and_then(|at| self.list.get(at));
        let Some(record) = record else {
            return PacketFacts::default();
        };
        PacketFacts {
            blob: record.blob.index().map(BlobId),
            session: record.session.index().map(P2pSessionId),
            chunk_outcome: record.chunk_outcome,
            ..self.more.get(&key).cloned().unwrap_or_default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packets_in_any_order_have_their_facts() {
        let key = |frame| PacketKey {
            pdu: PduKey { frame, index: 0 },
            carrier: Carrier::Relayed,
            part: 0,
        };
        let facts = |frame: u32| PacketFacts {
            blob: Some(BlobId(frame as usize)),
            session: Some(P2pSessionId(frame as usize + 1)),
            chunk_outcome: Some(ChunkOutcome::Part),
            ack_to: (frame == 5).then_some((3, 7)),
            ..PacketFacts::default()
        };
        let mut packets = Packets::default();
        for frame in [1, 3, 2, 5, 4, 3] {
            packets.add(key(frame), facts(frame));
        }
        packets.more(key(2)).unwrap().ack_in = Some(9);
        assert!(packets.more(key(7)).is_none());
        for frame in 1..6 {
            let mut expected = facts(frame);
            expected.ack_in = (frame == 2).then_some(9);
            assert_eq!(packets.facts(key(frame)), expected);
        }
        assert_eq!(packets.facts(key(7)), PacketFacts::default());
        assert_eq!((packets.list.len(), packets.more.len()), (5, 2));
    }
}
