//! State of the payloads of a connection.

use crate::hash_map::HashMap;

use crate::msn::msnp::wire::chunks::{ChunkPart, Chunks, JoinedMessage};
use crate::packet::{Packet, PduKey};
use crate::pieces::Budget;

/// Messages in parts. They are reassembled in the first pass and looked up in later ones.
#[derive(Debug, Default)]
pub struct ChunkState {
    chunks: Chunks<PduKey>,
    /// Reassembled messages, by the PDU that completed them.
    wholes: HashMap<PduKey, JoinedMessage<PduKey>>,
    /// The frame that completes the message of an earlier part, by the PDU of that part.
    reassembled_in: HashMap<PduKey, u32>,
    /// Bytes of the reassembled messages.
    bytes: u64,
    /// Memory taken of the budget for them and for their parts.
    taken: u64,
}

impl ChunkState {
    /// Adds the part in the PDU `key`, unless the memory is used up. Returns the message if the
    /// PDU completes it.
    pub(crate) fn add_part(
        &mut self,
        packet: &Packet<'_>,
        key: PduKey,
        (id, part): (&[u8], ChunkPart),
        bytes: &[u8],
        budget: &Budget,
    ) -> Option<&JoinedMessage<PduKey>> {
        if packet.first_pass && budget.take(bytes.len() as u64) {
            self.taken += bytes.len() as u64;
            let whole = self.chunks.add(packet.side(), id, part, key, bytes);
            if let Some(whole) = whole {
                self.bytes += whole.bytes.len() as u64;
                let earlier = whole.origins.iter().filter(|origin| **origin != key);
                self.reassembled_in
                    .extend(earlier.map(|origin| (*origin, key.frame)));
                self.wholes.insert(key, whole);
            }
            // Some parts are dropped.
            let kept = self.bytes + self.chunks.size();
            budget.give_back(self.taken.saturating_sub(kept));
            self.taken = kept;
        }
        self.wholes.get(&key)
    }

    /// The frame that completes the message of which the PDU `key` is an earlier part.
    /// Returns `None` while it is unknown.
    pub(crate) fn reassembled_in(&self, key: PduKey) -> Option<u32> {
        self.reassembled_in.get(&key).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Adds a part of the message `id`. Returns whether it completes the message.
    fn add(state: &mut ChunkState, budget: &Budget, frame: u32, id: u8, part: ChunkPart) -> bool {
        let packet = Packet {
            frame,
            first_pass: true,
            ..Packet::default()
        };
        let bytes = [7; 1 << 19];
        let whole = state.add_part(&packet, packet.key(0), (&[id], part), &bytes, budget);
        whole.is_some()
    }

    #[test]
    fn messages_of_all_connections_share_the_memory_of_the_capture() {
        let budget = Budget::of_mebibytes(2);
        let (first, next) = (ChunkPart::First(2), ChunkPart::Next(1));
        let mut one = ChunkState::default();
        let mut other = ChunkState::default();
        assert!(!add(&mut one, &budget, 1, 1, first));
        assert!(add(&mut one, &budget, 2, 1, next));
        assert!(!add(&mut other, &budget, 3, 1, first));
        assert!(add(&mut other, &budget, 4, 1, next));
        assert!(!budget.take(1));
        for frame in 5..9 {
            assert!(!add(&mut other, &budget, frame, 2, first));
            assert!(!add(&mut one, &budget, frame + 10, 2, next));
        }
    }

    #[test]
    fn what_is_dropped_gives_its_memory_back() {
        let budget = Budget::of_mebibytes(9);
        let mut state = ChunkState::default();
        // At most 16 messages are incomplete at a time.
        for id in 0..100 {
            assert!(!add(
                &mut state,
                &budget,
                id.into(),
                id,
                ChunkPart::First(2)
            ));
        }
        assert!(budget.take(1 << 20) && !budget.take(1));
        assert!(!add(&mut state, &budget, 200, 99, ChunkPart::Next(1)));
        budget.give_back(1 << 19);
        assert!(add(&mut state, &budget, 201, 99, ChunkPart::Next(1)));
    }
}
