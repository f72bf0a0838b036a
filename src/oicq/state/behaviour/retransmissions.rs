//! What one side of a conversation has sent, and sent again.
//!
//! Source: docs/protocol/oicq.md §5.3.

use core::time::Duration;
use std::collections::HashMap;

use crate::oicq::state::behaviour::Event;
use crate::oicq::wire::commands::meaning::may_lack_number;
use crate::packet::PduKey;

/// A frame with the number of an earlier one is a repetition of it for so long.
const REPEATS_WITHIN: Duration = Duration::from_secs(60);

/// Nobody sends a frame again so soon: the capture has it twice.
const AT_ONCE: Duration = Duration::from_millis(10);

/// What pairs frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PairingKey {
    account: u32,
    command: u16,
    sequence: u16,
}

/// The last frame with its pair and direction.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SentFrame {
    /// The first sending.
    pub(crate) first: PduKey,
    /// When it was.
    pub(crate) since: Duration,
    /// The last sending.
    pub(crate) last: PduKey,
    /// When it was.
    pub(crate) at: Duration,
    /// A hash of the bytes of the last sending.
    pub(crate) print: u64,
    /// A hash of its plaintext, where it is known.
    pub(crate) text: Option<u64>,
    /// The client's own count in it.
    repeat: u8,
    len: usize,
    /// How often it was sent again.
    pub(crate) repeats: u8,
    /// The frame that answers or acknowledges it.
    pub(crate) answered: Option<u32>,
}

impl SentFrame {
    pub(crate) fn new(event: &Event) -> Self {
        Self {
            first: event.key,
            since: event.time,
            last: event.key,
            at: event.time,
            print: event.print,
            text: event.text,
            repeat: event.repeat,
            len: event.len,
            repeats: 0,
            answered: None,
        }
    }

    fn is_recent(&self, event: &Event) -> bool {
        event.time.abs_diff(self.at) <= REPEATS_WITHIN
    }

    /// Counts a repetition.
    fn again(&mut self, event: &Event) {
        self.repeats = self.repeats.saturating_add(1).max(event.repeat);
        self.last = event.key;
        self.at = event.time;
        self.print = event.print;
        self.text = event.text;
        self.repeat = event.repeat;
    }
}

impl PairingKey {
    /// That of a frame. Who logs in by e-mail or by picture asks without a number; the answer
    /// may have the one that he turned out to have.
    pub(crate) fn of(event: &Event) -> Self {
        let nameless = may_lack_number(event.command);
        Self {
            account: if nameless { 0 } else { event.account },
            command: event.command,
            sequence: event.sequence,
        }
    }
}

/// All that one side has sent.
#[derive(Debug, Default)]
pub(crate) struct Retransmissions {
    last: HashMap<PairingKey, SentFrame>,
    /// Repetitions of a frame, by the first sending.
    copies: HashMap<PduKey, Vec<PduKey>>,
}

impl Retransmissions {
    /// The last frame with this pair.
    pub(crate) fn get(&self, pair: PairingKey) -> Option<&SentFrame> {
        self.last.get(&pair)
    }

    /// As [`Retransmissions::get`].
    pub(crate) fn get_mut(&mut self, pair: PairingKey) -> Option<&mut SentFrame> {
        self.last.get_mut(&pair)
    }

    /// Learns of a frame that is new, and gives the one before with its pair.
    pub(crate) fn replace(&mut self, event: &Event) -> Option<SentFrame> {
        self.last
            .insert(PairingKey::of(event), SentFrame::new(event))
    }

    /// Learns of a frame. If it is the one before with its pair sent again, as `is_same`
    /// says of one with the same length, gives that.
    pub(crate) fn learn(
        &mut self,
        event: &Event,
        is_same: impl FnOnce(&SentFrame) -> bool,
    ) -> Option<SentFrame> {
        let before = self.last.get_mut(&PairingKey::of(event));
        let before =
            before.filter(|sent| sent.len == event.len && sent.is_recent(event) && is_same(sent));
        let Some(sent) = before else {
            self.replace(event);
            return None;
        };
        sent.again(event);
        self.copies.entry(sent.first).or_default().push(event.key);
        Some(*sent)
    }

    /// The frame before, if this is the very same, which the capture has twice.
    pub(crate) fn twice(&mut self, event: &Event) -> Option<SentFrame> {
        let sent = self.last.get(&PairingKey::of(event))?;
        let is_same = (sent.print, sent.len, sent.repeat) == (event.print, event.len, event.repeat)
            && event.time.abs_diff(sent.at) < AT_ONCE;
        if !is_same {
            return None;
        }
        self.copies.entry(sent.first).or_default().push(event.key);
        Some(*sent)
    }

    /// The first sending and all repetitions.
    pub(crate) fn copies(&self, first: PduKey) -> impl Iterator<Item = PduKey> + '_ {
        let copies = self.copies.get(&first).into_iter().flatten();
        core::iter::once(first).chain(copies.copied())
    }
}
