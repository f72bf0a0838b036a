//! Messages in parts: `Message-ID` and `Chunks` in the first, `Chunk` in the others.
//!
//! The first part has the headers of the message and `Chunks: n`; part `k` (from 1) has only
//! `Message-ID` and `Chunk: k`. The first part and the bodies of the others, joined in order,
//! are the message.
//! Source: docs/protocol/msnp.md §5.1.

use std::collections::VecDeque;

/// Maximum parts of a message; one with more is not reassembled.
pub const MAX_PARTS: u32 = 1_000;
/// Maximum bytes of a message; one with more is not reassembled.
const MAX_BYTES: usize = 1 << 20;
/// Maximum incomplete messages per connection; if there are more, the oldest is dropped.
const MAX_OPEN: usize = 16;

/// Number of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChunkPart {
    /// The first part, with the number of parts of the message.
    First(u32),
    /// A later part, counted from 1.
    Next(u32),
}

/// A reassembled message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinedMessage<T> {
    /// Origins of the parts, in their order.
    pub origins: Vec<T>,
    /// The joined bytes.
    pub bytes: Vec<u8>,
}

#[derive(Debug)]
struct PartialMessage<T> {
    id: Vec<u8>,
    side: usize,
    /// Number of parts, once the first part has arrived.
    count: Option<u32>,
    /// The parts received, sorted by number.
    parts: Vec<(u32, T, Vec<u8>)>,
    size: usize,
}

/// The incomplete messages of a connection, oldest first.
#[derive(Debug)]
pub struct Chunks<T>(VecDeque<PartialMessage<T>>);

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Self(VecDeque::new())
    }
}

impl<T> Chunks<T> {
    /// Adds a part of the message `id` of one direction. Returns the message if the part
    /// completes it. `origin` is kept with the part. Duplicates and parts of an
    /// impossible number are ignored.
    pub fn add(
        &mut self,
        side: usize,
        id: &[u8],
        part: ChunkPart,
        origin: T,
        bytes: &[u8],
    ) -> Option<JoinedMessage<T>> {
        let number = match part {
            ChunkPart::First(count) if (1..=MAX_PARTS).contains(&count) => 0,
            ChunkPart::Next(number) if (1..MAX_PARTS).contains(&number) => number,
            _ => return None,
        };
        let index = self.index(side, id);
        let open = self.0.get_mut(index)?;
        let Err(place) = open.parts.binary_search_by_key(&number, |part| part.0) else {
            return None;
        };
        open.size += bytes.len();
        if open.size > MAX_BYTES {
            self.0.remove(index);
            return None;
        }
        open.parts.insert(place, (number, origin, bytes.to_vec()));
        if let ChunkPart::First(count) = part {
            open.count = Some(count);
        }
        let count = open.count?;
        let known = open.parts.iter().take_while(|part| part.0 < count).count();
        if known < count as usize {
            return None;
        }
        let open = self.0.remove(index)?;
        let mut whole = JoinedMessage {
            origins: Vec::with_capacity(known),
            bytes: Vec::with_capacity(open.size),
        };
        for (_, origin, bytes) in open.parts.into_iter().take(known) {
            whole.origins.push(origin);
            whole.bytes.extend(bytes);
        }
        Some(whole)
    }

    /// Number of bytes of all parts.
    pub fn size(&self) -> u64 {
        self.0.iter().map(|open| open.size as u64).sum()
    }

    /// Index of the message, which is added if it is new.
    fn index(&mut self, side: usize, id: &[u8]) -> usize {
        let is_it = |open: &PartialMessage<T>| open.side == side && open.id == id;
        let found = self.0.iter().position(is_it);
        found.unwrap_or_else(|| {
            if self.0.len() >= MAX_OPEN {
                self.0.pop_front();
            }
            self.0.push_back(PartialMessage {
                id: id.to_vec(),
                side,
                count: None,
                parts: Vec::new(),
                size: 0,
            });
            self.0.len() - 1
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_joined_in_any_order() {
        let mut chunks = Chunks::default();
        assert_eq!(chunks.add(0, b"{1}", ChunkPart::Next(2), 1, b"c"), None);
        assert_eq!(chunks.add(0, b"{1}", ChunkPart::First(3), 2, b"a"), None);
        assert_eq!(chunks.add(1, b"{1}", ChunkPart::Next(1), 3, b"x"), None);
        assert_eq!(chunks.add(0, b"{2}", ChunkPart::Next(1), 4, b"y"), None);
        assert_eq!(
            chunks.add(0, b"{1}", ChunkPart::First(3), 5, b"again"),
            None
        );
        let whole = JoinedMessage {
            origins: vec![2, 6, 1],
            bytes: b"abc".to_vec(),
        };
        assert_eq!(
            chunks.add(0, b"{1}", ChunkPart::Next(1), 6, b"b"),
            Some(whole)
        );
        assert_eq!(chunks.add(0, b"{1}", ChunkPart::Next(1), 7, b"b"), None);
        let single = chunks.add(0, b"{3}", ChunkPart::First(1), 8, b"z");
        assert_eq!(single.map(|whole| whole.bytes), Some(b"z".to_vec()));
    }

    #[test]
    fn memory_is_bounded() {
        let mut chunks = Chunks::default();
        for part in [
            ChunkPart::First(0),
            ChunkPart::First(MAX_PARTS + 1),
            ChunkPart::Next(0),
            ChunkPart::Next(MAX_PARTS),
        ] {
            assert_eq!(chunks.add(0, b"{1}", part, (), b"a"), None);
        }
        assert!(chunks.0.is_empty());
        for id in 0..100_u8 {
            chunks.add(0, &[id], ChunkPart::First(2), (), b"a");
        }
        assert_eq!(chunks.0.len(), MAX_OPEN);
        let big = vec![0; MAX_BYTES];
        chunks.add(0, &[99], ChunkPart::Next(1), (), &big);
        assert_eq!(chunks.0.len(), MAX_OPEN - 1);
    }
}
