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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::p2p::wire::packet::{self, Carrier, Version};
    use crate::packet::Address;

    /// A packet of version 1 with `length` bytes at an offset of a blob of 10 bytes, which asks
    /// to be acknowledged by the numbers 7 and 8.
    fn v1(offset: u64, length: u32, flags: u32) -> P2pPacket {
        let bytes = [
            &[0, 0, 0, 0, 7, 0, 0, 0][..],
            &offset.to_le_bytes(),
            &10_u64.to_le_bytes(),
            &length.to_le_bytes(),
            &flags.to_le_bytes(),
            &[8, 0, 0, 0],
            &[0; 12],
        ];
        let bytes = [&bytes.concat()[..], &vec![0; length as usize]].concat();
        packet::packet(&bytes, Version::V1, Carrier::Direct).unwrap()
    }

    /// The acknowledgement of such a packet.
    fn ack_v1() -> P2pPacket {
        let mut bytes = [0; 48];
        bytes[28] = codes::ACK as u8;
        (bytes[32], bytes[36]) = (7, 8);
        packet::packet(&bytes, Version::V1, Carrier::Direct).unwrap()
    }

    /// A packet of version 2 without data, of which the acknowledgement has number 7.
    fn v2(operation: u8) -> P2pPacket {
        let bytes = [8, operation, 0, 0, 0, 0, 0, 7];
        packet::packet(&bytes, Version::V2, Carrier::Direct).unwrap()
    }

    fn ack_v2() -> P2pPacket {
        let bytes = [16, 0, 0, 0, 0, 0, 0, 9, 2, 4, 0, 0, 0, 7, 0, 0];
        packet::packet(&bytes, Version::V2, Carrier::Direct).unwrap()
    }

    /// The packets, by their keys, that are acknowledged, in order.
    fn acknowledged(packets: &[(Flow, P2pPacket)]) -> Vec<usize> {
        let mut all = Acknowledgements::default();
        let mut learn = |(key, (flow, p2p)): (usize, &(Flow, P2pPacket))| {
            let found = all.learn(&Packet::default(), key, *flow, p2p);
            found.map(|(key, _)| key)
        };
        packets.iter().enumerate().filter_map(&mut learn).collect()
    }

    fn flow(port: u16) -> Flow {
        Flow {
            from: (Address::Unknown, port),
            to: (Address::Unknown, 1863),
        }
    }

    #[test]
    fn the_last_packet_of_a_blob_is_acknowledged() {
        let (there, back) = (flow(1), flow(1).reversed());
        for (p2p, expected) in [
            (v1(0, 10, 0), true),
            (v1(4, 6, 0), true),
            (v1(4, 5, 0), false),
            (v1(10, 0, 0), false),
            (v1(4, 6, codes::CLOSE), false),
            (v1(4, 6, codes::HANDSHAKE), false),
        ] {
            let text = format!("{p2p:?}");
            let found = acknowledged(&[(there, p2p), (back, ack_v1())]);
            assert_eq!(!found.is_empty(), expected, "{text}");
        }
    }

    #[test]
    fn a_packet_of_version_2_is_acknowledged_if_it_asks() {
        let (there, back) = (flow(1), flow(1).reversed());
        for (operation, expected) in [(codes::RAK, true), (0, false), (1, false), (3, true)] {
            let found = acknowledged(&[(there, v2(operation)), (back, ack_v2())]);
            assert_eq!(!found.is_empty(), expected, "{operation}");
        }
    }

    #[test]
    fn an_acknowledgement_is_of_its_connection_else_of_another_but_never_of_its_side() {
        let (one, other) = (flow(1), flow(2));
        let sent = || v1(0, 10, 0);
        let back = (one.reversed(), ack_v1());
        let both = [(one, sent()), (other, sent()), back.clone()];
        assert_eq!(acknowledged(&both), [0]);
        let elsewhere = [(other, sent()), (one.reversed(), sent()), back.clone()];
        assert_eq!(acknowledged(&elsewhere), [0]);
        assert_eq!(acknowledged(&[(one.reversed(), sent()), back]), [0; 0]);
    }

    #[test]
    fn only_the_latest_packets_wait() {
        let (there, back) = (flow(1), flow(1).reversed());
        let mut packets = vec![(there, v1(0, 10, 0)); MAX_WAITING + 1];
        packets.extend(vec![(back, ack_v1()); MAX_WAITING + 1]);
        let latest: Vec<_> = (1..=MAX_WAITING).rev().collect();
        assert_eq!(acknowledged(&packets), latest);
    }
}
