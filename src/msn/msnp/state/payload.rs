//! State of the payloads of a connection.

use crate::hash_map::HashMap;

use crate::msn::msnp::wire::chunks::{ChunkPart, Chunks, JoinedMessage};
use crate::packet::{Packet, PduKey};

/// Messages in parts. They are reassembled in the first pass and looked up in later ones.
#[derive(Debug, Default)]
pub struct ChunkState {
    chunks: Chunks<PduKey>,
    /// Reassembled messages, by the PDU that completed them.
    wholes: HashMap<PduKey, JoinedMessage<PduKey>>,
    /// The frame that completes the message of an earlier part, by the PDU of that part.
    reassembled_in: HashMap<PduKey, u32>,
    bytes: usize,
}

/// Maximum bytes of reassembled messages kept per connection.
const MAX_KEPT: usize = 16 << 20;

impl ChunkState {
    /// Adds the part in the PDU `key`. Returns the message if the PDU completes it.
    pub(crate) fn add_part(
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
                self.reassembled_in
                    .extend(earlier.map(|origin| (*origin, key.frame)));
                self.wholes.insert(key, whole);
            }
        }
        self.wholes.get(&key)
    }

    /// The frame that completes the message of which the PDU `key` is an earlier part.
    /// Returns `None` while it is unknown.
    pub(crate) fn reassembled_in(&self, key: PduKey) -> Option<u32> {
        self.reassembled_in.get(&key).copied()
    }
}
