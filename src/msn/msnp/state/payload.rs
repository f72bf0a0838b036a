//! What is remembered of the payloads of a connection.

use std::collections::HashMap;

use crate::msn::msnp::wire::chunks::{ChunkPart, Chunks, JoinedMessage};
use crate::packet::{Packet, PduKey};

/// Messages in parts. They are put together in the first pass; later passes find them.
#[derive(Debug, Default)]
pub struct ChunkState {
    chunks: Chunks<PduKey>,
    /// Whole messages, by the PDU that completed them.
    wholes: HashMap<PduKey, JoinedMessage<PduKey>>,
    /// The frame in which the message of an earlier part is whole.
    whole_in: HashMap<PduKey, u32>,
    bytes: usize,
}

/// Messages of more bytes are not kept for one connection.
const MAX_KEPT: usize = 16 << 20;

impl ChunkState {
    /// Adds the part that the PDU `key` is; gives the message if the PDU completes it.
    pub(crate) fn part(
        &mut self,
        packet: &Packet<'_>,
        key: PduKey,
        id: &[u8],
        part: ChunkPart,
        bytes: &[u8],
    ) -> Option<&JoinedMessage<PduKey>> {
        if packet.first_pass {
            let whole = self.chunks.add(packet.side(), id, part, key, bytes);
            if let Some(whole) = whole.filter(|w| self.bytes + w.bytes.len() <= MAX_KEPT) {
                self.bytes += whole.bytes.len();
                let earlier = whole.origins.iter().filter(|origin| **origin != key);
                self.whole_in
                    .extend(earlier.map(|origin| (*origin, key.frame)));
                self.wholes.insert(key, whole);
            }
        }
        self.wholes.get(&key)
    }

    /// The frame in which the message is whole of which the PDU `key` is an earlier part,
    /// once that is known.
    pub(crate) fn whole_in(&self, key: PduKey) -> Option<u32> {
        self.whole_in.get(&key).copied()
    }
}
