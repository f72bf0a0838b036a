//! Transmissions of one side of a conversation.
//!
//! Source: docs/protocol/oicq.md §5.3.

#[cfg(test)]
mod tests;

use core::time::Duration;
use std::collections::HashMap;

use crate::oicq::state::behaviour::FrameEvent;
use crate::oicq::wire::commands::meaning::may_lack_number;
use crate::packet::PduKey;

/// Maximum time between two transmissions of a frame.
const REPEATS_WITHIN: Duration = Duration::from_secs(60);

/// Time within which an identical frame is a duplicate in the capture, not a
/// retransmission.
const DUPLICATE_WITHIN: Duration = Duration::from_millis(10);

/// Key by which frames are matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PairingKey {
    account: u32,
    command: u16,
    sequence: u16,
}

/// The last frame of one direction with a pairing key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SentFrame {
    /// The first transmission.
    pub(crate) first: PduKey,
    /// Its time.
    pub(crate) first_at: Duration,
    /// The last transmission.
    pub(crate) last: PduKey,
    /// Its time.
    pub(crate) last_at: Duration,
    /// Hash of the bytes of the last transmission.
    pub(crate) fingerprint: u64,
    /// Hash of its plaintext, if known.
    pub(crate) plaintext_fingerprint: Option<u64>,
    /// Retransmission count sent by the client.
    repeat: u8,
    len: usize,
    /// Number of retransmissions.
    pub(crate) retransmissions: u8,
    /// The frame with its reply or acknowledgement.
    pub(crate) answered: Option<u32>,
}

impl SentFrame {
    pub(crate) fn new(event: &FrameEvent) -> Self {
        Self {
            first: event.key,
            first_at: event.time,
            last: event.key,
            last_at: event.time,
            fingerprint: event.fingerprint,
            plaintext_fingerprint: event.plaintext_fingerprint,
            repeat: event.repeat,
            len: event.len,
            retransmissions: 0,
            answered: None,
        }
    }

    fn is_recent(&self, event: &FrameEvent) -> bool {
        event.time.abs_diff(self.last_at) <= REPEATS_WITHIN
    }

    /// Records a retransmission.
    fn retransmit(&mut self, event: &FrameEvent) {
        self.retransmissions = self.retransmissions.saturating_add(1).max(event.repeat);
        self.last = event.key;
        self.last_at = event.time;
        self.fingerprint = event.fingerprint;
        self.plaintext_fingerprint = event.plaintext_fingerprint;
        self.repeat = event.repeat;
    }
}

impl PairingKey {
    /// The key of a frame. Logins by e-mail or QR code are requested without a QQ number,
    /// but the reply may contain one, so the number is ignored for them.
    pub(crate) fn of(event: &FrameEvent) -> Self {
        let ignores_account = may_lack_number(event.command);
        Self {
            account: if ignores_account { 0 } else { event.account },
            command: event.command,
            sequence: event.sequence,
        }
    }
}

/// All frames sent by one side.
#[derive(Debug, Default)]
pub(crate) struct Retransmissions {
    last: HashMap<PairingKey, SentFrame>,
    /// Retransmissions and duplicates of a frame, by its first transmission.
    copies: HashMap<PduKey, Vec<PduKey>>,
}

impl Retransmissions {
    /// The last frame with this pairing key.
    pub(crate) fn get(&self, pair: PairingKey) -> Option<&SentFrame> {
        self.last.get(&pair)
    }

    /// As [`Retransmissions::get`].
    pub(crate) fn get_mut(&mut self, pair: PairingKey) -> Option<&mut SentFrame> {
        self.last.get_mut(&pair)
    }

    /// Records a new frame. Returns the previous one with its pairing key.
    pub(crate) fn replace(&mut self, event: &FrameEvent) -> Option<SentFrame> {
        self.last
            .insert(PairingKey::of(event), SentFrame::new(event))
    }

    /// Records a frame. Returns the previous one with its pairing key if this is a
    /// retransmission of it: recent, of the same length, and accepted by `is_same`.
    pub(crate) fn learn(
        &mut self,
        event: &FrameEvent,
        is_same: impl FnOnce(&SentFrame) -> bool,
    ) -> Option<SentFrame> {
        let before = self.last.get_mut(&PairingKey::of(event));
        let before =
            before.filter(|sent| sent.len == event.len && sent.is_recent(event) && is_same(sent));
        let Some(sent) = before else {
            self.replace(event);
            return None;
        };
        sent.retransmit(event);
        self.copies.entry(sent.first).or_default().push(event.key);
        Some(*sent)
    }

    /// Returns the previous frame with its pairing key if this is a duplicate of it in
    /// the capture.
    pub(crate) fn find_duplicate(&mut self, event: &FrameEvent) -> Option<SentFrame> {
        let sent = self.last.get(&PairingKey::of(event))?;
        let is_same = (sent.fingerprint, sent.len, sent.repeat)
            == (event.fingerprint, event.len, event.repeat)
            && event.time.abs_diff(sent.last_at) < DUPLICATE_WITHIN;
        if !is_same {
            return None;
        }
        self.copies.entry(sent.first).or_default().push(event.key);
        Some(*sent)
    }

    /// The first transmission and all copies.
    pub(crate) fn copies(&self, first: PduKey) -> impl Iterator<Item = PduKey> + '_ {
        let copies = self.copies.get(&first).into_iter().flatten();
        core::iter::once(first).chain(copies.copied())
    }
}
