//! Messages in parts: `Message-ID` and `Chunks` in the first, `Chunk` in the others.
//!
//! The first part has the headers of the message and `Chunks: n`; part `k` (from 1) has only
//! `Message-ID` and `Chunk: k`. Bodies joined in order are the body of the message.
//! Source: protocol reference, MSNP §5.1.

use std::collections::VecDeque;

/// A message in more parts than this is not put together.
pub const MAX_PARTS: u32 = 1_000;
/// Nor is one of more bytes.
pub const MAX_BYTES: usize = 1 << 20;
/// So many messages of one connection can be open at a time; the oldest is given up.
const MAX_OPEN: usize = 16;

/// Which part a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The first of so many.
    First(u32),
    /// A later one, from 1.
    Next(u32),
}

/// A message that is whole now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole<T> {
    /// What was kept with the first part.
    pub head: T,
    /// The joined bodies.
    pub body: Vec<u8>,
    /// How many parts it has.
    pub parts: u32,
}

#[derive(Debug)]
struct Open<T> {
    id: Vec<u8>,
    side: usize,
    head: Option<(T, u32)>,
    /// Bodies by number, in the order of their numbers.
    bodies: Vec<(u32, Vec<u8>)>,
    bytes: usize,
}

/// The open messages of a connection, oldest first.
#[derive(Debug)]
pub struct Chunks<T>(VecDeque<Open<T>>);

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Self(VecDeque::new())
    }
}

impl<T> Chunks<T> {
    /// Adds a part of the message `id` of one direction; gives the message when this
    /// completes it. `head` is kept of the first part. A part that came before, and one that
    /// no message can have, changes nothing.
    pub fn add(
        &mut self,
        side: usize,
        id: &[u8],
        part: Part,
        head: T,
        body: &[u8],
    ) -> Option<Whole<T>> {
        let number = match part {
            Part::First(count) if (1..=MAX_PARTS).contains(&count) => 0,
            Part::Next(number) if (1..MAX_PARTS).contains(&number) => number,
            _ => return None,
        };
        let index = self.index(side, id);
        let open = self.0.get_mut(index)?;
        let Err(place) = open.bodies.binary_search_by_key(&number, |(n, _)| *n) else {
            return None;
        };
        open.bytes += body.len();
        if open.bytes > MAX_BYTES {
            self.0.remove(index);
            return None;
        }
        open.bodies.insert(place, (number, body.to_vec()));
        if let Part::First(count) = part {
            open.head = Some((head, count));
        }
        let (_, count) = open.head.as_ref()?;
        let known = open.bodies.iter().take_while(|(n, _)| n < count).count();
        if known < *count as usize {
            return None;
        }
        let whole = self.0.remove(index)?;
        let (head, parts) = whole.head?;
        let bodies = whole.bodies.into_iter().filter(|(n, _)| *n < parts);
        let body = bodies.flat_map(|(_, body)| body).collect();
        Some(Whole { head, body, parts })
    }

    /// The place of the message, which is opened if it is not known.
    fn index(&mut self, side: usize, id: &[u8]) -> usize {
        let found = self
            .0
            .iter()
            .position(|open| open.side == side && open.id == id);
        found.unwrap_or_else(|| {
            if self.0.len() >= MAX_OPEN {
                self.0.pop_front();
            }
            self.0.push_back(Open {
                id: id.to_vec(),
                side,
                head: None,
                bodies: Vec::new(),
                bytes: 0,
            });
            self.0.len() - 1
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_make_a_message_in_any_order() {
        let mut chunks = Chunks::default();
        assert_eq!(chunks.add(0, b"{1}", Part::Next(2), 0, b"c"), None);
        assert_eq!(chunks.add(0, b"{1}", Part::First(3), 7, b"a"), None);
        assert_eq!(chunks.add(1, b"{1}", Part::Next(1), 0, b"x"), None);
        assert_eq!(chunks.add(0, b"{2}", Part::Next(1), 0, b"y"), None);
        assert_eq!(chunks.add(0, b"{1}", Part::First(3), 8, b"again"), None);
        let whole = chunks.add(0, b"{1}", Part::Next(1), 0, b"b");
        assert_eq!(
            whole,
            Some(Whole {
                head: 7,
                body: b"abc".to_vec(),
                parts: 3
            })
        );
        assert_eq!(chunks.add(0, b"{1}", Part::Next(1), 0, b"b"), None);
        let single = chunks.add(0, b"{3}", Part::First(1), 5, b"z");
        assert_eq!(single.map(|whole| whole.body), Some(b"z".to_vec()));
    }

    #[test]
    fn memory_is_bounded() {
        let mut chunks = Chunks::default();
        for part in [
            Part::First(0),
            Part::First(MAX_PARTS + 1),
            Part::Next(0),
            Part::Next(MAX_PARTS),
        ] {
            assert_eq!(chunks.add(0, b"{1}", part, (), b"a"), None);
        }
        assert!(chunks.0.is_empty());
        for id in 0..100_u8 {
            chunks.add(0, &[id], Part::First(2), (), b"a");
        }
        assert_eq!(chunks.0.len(), MAX_OPEN);
        let big = vec![0; MAX_BYTES];
        chunks.add(0, &[99], Part::Next(1), (), &big);
        assert_eq!(chunks.0.len(), MAX_OPEN - 1);
    }
}
