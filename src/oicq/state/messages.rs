//! Messages in fragments: which fragments belong together, and their content.

#[cfg(test)]
mod tests;

use crate::hash_map::HashMap;

use crate::first_pass::PduFacts;
use crate::oicq::body::fragment::{Content, Fragment, MessageName};
use crate::packet::{Packet, PduKey};
use crate::pieces::{Budget, Pieces};

/// Maximum time between two fragments of a message, in nanoseconds. Later, its ID is that of
/// another message.
const WITHIN: i64 = 60_000_000_000;
/// Maximum bytes kept of a message; clients send at most 255 fragments of at most 700 bytes
/// (docs/protocol/oicq.md §4.5).
const MAX_MESSAGE: u64 = 256 << 10;

/// Place of a frame among the fragments of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FragmentPlace {
    /// Index of the message in [`FragmentedMessages`].
    message: usize,
    /// The fragment has come before.
    pub(crate) is_repeated: bool,
}

/// A message.
#[derive(Debug)]
pub(crate) struct FragmentedMessage {
    /// The PDUs with its fragments, in the order of the capture, with their numbers.
    fragments: Vec<(u8, PduKey)>,
    /// The PDU that completes it.
    pub(crate) completed: Option<PduKey>,
    /// What it contains.
    pub(crate) content: Content,
    pieces: Pieces,
    /// Number of its bytes, those after a gap included.
    size: u64,
    /// When its last fragment came.
    last_at: i64,
}

impl FragmentedMessage {
    /// The PDU with the first fragment of the capture.
    pub(crate) fn first(&self) -> Option<PduKey> {
        self.fragments.first().map(|(_, pdu)| *pdu)
    }

    /// The content, if complete.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.pieces.bytes()
    }

    /// The PDUs with its fragments, in their order.
    pub(crate) fn in_order(&self) -> Vec<PduKey> {
        let mut fragments = self.fragments.clone();
        fragments.sort_by_key(|(number, _)| *number);
        fragments.into_iter().map(|(_, pdu)| pdu).collect()
    }

    /// Whether a fragment can be one of this message, new or repeated.
    fn takes(&self, fragment: &Fragment, data: &[u8], time: i64) -> bool {
        if time.abs_diff(self.last_at) > WITHIN.unsigned_abs() {
            return false;
        }
        let known = self.pieces.numbered(fragment.number.into());
        known.map_or(self.completed.is_none(), |known| known == data)
    }

    fn has(&self, fragment: &Fragment) -> bool {
        self.pieces.numbered(fragment.number.into()).is_some()
    }

    fn add(&mut self, pdu: PduKey, fragment: &Fragment, data: &[u8], budget: &Budget) {
        self.size = self.size.saturating_add(data.len() as u64);
        if self.size > MAX_MESSAGE {
            return;
        }
        let number = fragment.number.into();
        self.pieces.add_numbered(number, data, budget);
        self.fragments.push((fragment.number, pdu));
        if let Content::Text(Some(_)) = fragment.content {
            self.content = fragment.content;
        }
        if self.pieces.count() == u64::from(fragment.name.count) {
            self.completed = Some(pdu);
        }
    }
}

/// The messages in fragments of one conversation.
#[derive(Debug, Default)]
pub(crate) struct FragmentedMessages {
    messages: Vec<FragmentedMessage>,
    /// First pass only: the last message of each name and direction.
    current: HashMap<(usize, MessageName), usize>,
    by_pdu: PduFacts<Option<FragmentPlace>>,
}

impl FragmentedMessages {
    /// The message of a fragment.
    pub(crate) fn get(&self, place: FragmentPlace) -> Option<&FragmentedMessage> {
        self.messages.get(place.message)
    }

    /// The place of the fragment in a frame with this plaintext. A repeated frame adds nothing.
    pub(crate) fn learn(
        &mut self,
        (packet, pdu): (&Packet<'_>, PduKey),
        (fragment, plain): (Option<Fragment>, &[u8]),
        is_repeated: bool,
        budget: &Budget,
    ) -> Option<FragmentPlace> {
        let place = match fragment {
            Some(fragment) if packet.first_pass => {
                let data = fragment.span.of(plain);
                self.add((packet, pdu), &fragment, data, is_repeated, budget)
            }
            _ => None,
        };
        self.by_pdu.record_or_get(packet, pdu, || place)
    }

    fn add(
        &mut self,
        (packet, pdu): (&Packet<'_>, PduKey),
        fragment: &Fragment,
        data: &[u8],
        is_repeated: bool,
        budget: &Budget,
    ) -> Option<FragmentPlace> {
        let name = (packet.side(), fragment.name);
        let known = self.current.get(&name).copied();
        let known = known.filter(|index| {
            let message = self.messages.get(*index);
            message.is_some_and(|message| message.takes(fragment, data, packet.time))
        });
        if is_repeated && known.is_none() {
            return None;
        }
        let index = known.unwrap_or_else(|| {
            self.messages.push(FragmentedMessage {
                fragments: Vec::new(),
                completed: None,
                content: fragment.content,
                pieces: Pieces::default(),
                size: 0,
                last_at: packet.time,
            });
            self.current.insert(name, self.messages.len() - 1);
            self.messages.len() - 1
        });
        let message = self.messages.get_mut(index)?;
        message.last_at = packet.time;
        let is_repeated = is_repeated || message.has(fragment);
        if !is_repeated {
            message.add(pdu, fragment, data, budget);
        }
        Some(FragmentPlace {
            message: index,
            is_repeated,
        })
    }
}
