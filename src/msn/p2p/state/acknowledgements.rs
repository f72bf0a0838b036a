//! Which packet acknowledges which.
//!
//! Source: docs/protocol/msnp.md §5.7 and §5.8.

use crate::hash_map::HashMap;

use crate::msn::p2p::wire::packet::{P2pHeader, P2pPacket};
use crate::msn::p2p::wire::{codes, v1};
use crate::msn::state::flow::Flow;
use crate::packet::Packet;

/// Maximum packets with the same number kept until they are acknowledged.
const MAX_WAITING: usize = 16;

/// Unacknowledged packets, by the numbers in their acknowledgement. `K` is the key of a packet.
type Waiting<K> = HashMap<(u32, u32), Vec<(Flow, K, i64)>>;

/// The packets of both versions that are not acknowledged yet.
#[derive(Debug)]
pub(crate) struct Acknowledgements<K>([Waiting<K>; 2]);

impl<K> Default for Acknowledgements<K> {
    fn default() -> Self {
        Self([HashMap::default(), HashMap::default()])
    }
}

impl<K: Copy> Acknowledgements<K> {
    /// Finds the packet that this one acknowledges, with its time, and keeps this one if it is
    /// to be acknowledged.
    pub(crate) fn learn(
        &mut self,
        packet: &Packet<'_>,
        key: K,
        flow: Flow,
        p2p: &P2pPacket,
    ) -> Option<(K, i64)> {
        let (version, awaits, answers) = match &p2p.header {
            P2pHeader::V1(header) => (0, awaits_v1(header), answers_v1(header)),
            P2pHeader::V2(header) => {
                let asks = header.operation.value & codes::RAK != 0;
                let awaits = asks.then(|| (header.acknowledged_by(), 0));
                (1, awaits, header.acknowledges().map(|number| (number, 0)))
            }
        };
        let waiting = self.0.get_mut(version)?;
        let found = answers.and_then(|number| {
            let found = waiting.get_mut(&number)?;
            let other_side = |(from, ..): &(Flow, K, i64)| *from == flow.reversed();
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
        found.map(|(_, acknowledged, time)| (acknowledged, time))
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
