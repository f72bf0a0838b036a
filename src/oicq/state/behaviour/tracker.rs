//! Replies and retransmissions in one conversation.
//!
//! Requests and replies have the same command, sequence and, with the long header, QQ
//! number, as do acknowledged pushes and their acknowledgements. Retransmissions of a
//! client are identical but for the retransmission count; those of a server are encrypted
//! anew. Source: docs/protocol/oicq.md §5.1 and §5.3, and §12.8.

#[cfg(test)]
pub(crate) mod tests;

use core::time::Duration;
use std::collections::{HashMap, VecDeque};

pub use crate::oicq::state::behaviour::links::FrameLinks;
use crate::oicq::state::behaviour::retransmissions::{PairingKey, Retransmissions, SentFrame};
use crate::oicq::state::behaviour::FrameEvent;
use crate::oicq::wire::commands::row::ReplyPattern;
use crate::oicq::wire::commands::table::RECEIVE_MESSAGE_OR_EVENT;
use crate::oicq::wire::direction::Direction;
use crate::packet::PduKey;

/// Time after which a request without a reply, while the server sends other frames,
/// counts as unanswered.
const REPLY_TIMEOUT: Duration = Duration::from_secs(15);
/// Maximum time of a reply. Later than this after the first frame of the client, an
/// unmatched frame is a push.
const MAX_REPLY_TIME: Duration = Duration::from_secs(2);
/// Maximum step in a sequence that counts as a gap; a larger one is a new counter.
const MAX_GAP: u16 = 64;
/// Sequences of clients with the long header stay below this.
const SERVER_SEQUENCES: u16 = 0x8000;

/// The relations between the frames of one conversation.
#[derive(Debug, Default)]
pub struct FrameTracker {
    relations: HashMap<PduKey, FrameLinks>,
    from_client: Retransmissions,
    from_server: Retransmissions,
    /// Requests without a reply, by their first transmission, and their times.
    pending: HashMap<PduKey, Duration>,
    /// Immediate copies of the last transmission of a request: duplicates in the capture,
    /// or further transmissions, which is shown by further replies.
    immediate_copies: HashMap<PairingKey, VecDeque<(PduKey, Duration)>>,
    /// The last keep-alive of every account.
    keep_alives: HashMap<u32, Duration>,
    /// The last sequence of every account and command.
    sequences: HashMap<(u32, u16), u16>,
    /// System messages without an acknowledgement, by sequence.
    system_messages: HashMap<u16, (PduKey, Duration)>,
    /// Time of the first frame of the client.
    client_since: Option<Duration>,
    /// Time of the last frame of the server.
    server_until: Option<Duration>,
}

impl FrameTracker {
    /// Processes the next frame of the capture.
    pub fn observe(&mut self, event: &FrameEvent) {
        let links = match event.direction {
            _ if self.is_duplicate(event) => return,
            Direction::ToServer => self.observe_client(event),
            Direction::ToClient => self.observe_server(event),
            Direction::Unknown => return,
        };
        if links != FrameLinks::default() {
            self.relations.insert(event.key, links);
        }
    }

    /// The relations of a frame known so far.
    pub fn links(&self, key: PduKey) -> FrameLinks {
        let mut links = self.relations.get(&key).copied().unwrap_or_default();
        links.unanswered = links.response_in.is_none()
            && match (self.pending.get(&key), self.server_until) {
                (Some(since), Some(until)) => until.saturating_sub(*since) > REPLY_TIMEOUT,
                _ => false,
            };
        links
    }

    /// Whether the frame is a duplicate in the capture. Records its relations if so.
    fn is_duplicate(&mut self, event: &FrameEvent) -> bool {
        let side = match event.direction {
            Direction::ToServer => &mut self.from_client,
            Direction::ToClient => &mut self.from_server,
            Direction::Unknown => return false,
        };
        // Some clients send commands without a reply several times at once.
        if event.meaning.reply_pattern == ReplyPattern::ClientOnly {
            return false;
        }
        let Some(sent) = side.find_duplicate(event) else {
            return false;
        };
        let first = self.relations.get(&sent.last).copied().unwrap_or_default();
        let mut links = first.of_duplicate(sent.last.frame);
        let is_request = event.meaning.reply_pattern != ReplyPattern::AcknowledgedPush
            && event.direction == Direction::ToServer;
        if is_request {
            links.may_be_answered = true;
            let immediate_copies = self
                .immediate_copies
                .entry(PairingKey::of(event))
                .or_default();
            immediate_copies.push_back((event.key, event.time));
        }
        self.relations.insert(event.key, links);
        true
    }

    /// A further reply to a request with immediate copies: one of these was a
    /// transmission. `answered`: the last transmission before already has a reply.
    fn further_reply(&mut self, event: &FrameEvent, answered: bool) -> Option<FrameLinks> {
        let pair = PairingKey::of(event);
        let immediate_copies = self.immediate_copies.get_mut(&pair).filter(|_| answered)?;
        immediate_copies.retain(|(_, since)| event.time.abs_diff(*since) <= MAX_REPLY_TIME);
        let Some((copy, since)) = immediate_copies.pop_front() else {
            self.immediate_copies.remove(&pair);
            return None;
        };
        let answer = self.from_server.replace(event);
        if let (Some(answer), Some(now)) = (answer, self.from_server.get_mut(PairingKey::of(event)))
        {
            now.answered = answer.answered;
        }
        self.relations.insert(
            copy,
            FrameLinks {
                response_in: Some(event.key.frame),
                repeated: true,
                ..FrameLinks::default()
            },
        );
        Some(FrameLinks {
            response_to: Some(copy),
            delay: event.time.checked_sub(since),
            ..FrameLinks::default()
        })
    }

    fn observe_client(&mut self, event: &FrameEvent) -> FrameLinks {
        self.client_since.get_or_insert(event.time);
        let mut links = FrameLinks {
            retransmission: event.repeat,
            ..FrameLinks::default()
        };
        if event.meaning.reply_pattern == ReplyPattern::AcknowledgedPush {
            self.acknowledge(event, &mut links);
            return links;
        }
        // A new transmission: replies from now on are to this one.
        self.immediate_copies.remove(&PairingKey::of(event));
        let is_same = |sent: &SentFrame| sent.fingerprint == event.fingerprint;
        if let Some(sent) = self.from_client.learn(event, is_same) {
            links.mark_retransmission(&sent);
            links.response_in = sent.answered;
            return links;
        }
        if event.meaning.reply_pattern == ReplyPattern::Request && event.repeat == 0 {
            // If the clock steps back, an earlier frame of the server must not make the
            // request overdue: the reply is still to come.
            let until = self.server_until.unwrap_or_default();
            self.pending.insert(event.key, event.time.max(until));
        }
        links.interval = self.interval(event);
        if event.meaning.counted && event.repeat == 0 {
            links.gap = self.gap(event);
        }
        links
    }

    /// The time since the last keep-alive, if this is one.
    fn interval(&mut self, event: &FrameEvent) -> Option<Duration> {
        if !event.meaning.keep_alive {
            return None;
        }
        let before = self.keep_alives.insert(event.account, event.time)?;
        event.time.checked_sub(before)
    }

    /// Number of sequences of this command that were skipped. They wrap at 0x8000 (§5.1).
    fn gap(&mut self, event: &FrameEvent) -> Option<u16> {
        let place = (event.account, event.command);
        let before = self.sequences.insert(place, event.sequence)?;
        let step = event.sequence.wrapping_sub(before) & (SERVER_SEQUENCES - 1);
        (2..=MAX_GAP).contains(&step).then(|| step - 1)
    }

    /// Matches an acknowledgement of the client with its push.
    fn acknowledge(&mut self, event: &FrameEvent, links: &mut FrameLinks) {
        let before = self.from_client.replace(event);
        let Some(push) = self.from_server.get_mut(PairingKey::of(event)) else {
            return;
        };
        links.ack_to = Some(push.last.frame);
        links.delay = event.time.checked_sub(push.last_at);
        let first = push.first;
        let is_first = push.answered.is_none();
        push.answered.get_or_insert(event.key.frame);
        let last = push.last;
        self.relation_mut(last)
            .ack_in
            .get_or_insert(event.key.frame);
        if is_first {
            // The earlier transmissions have no acknowledgement yet either.
            for key in self.from_server.copies(first) {
                let links = self.relations.entry(key).or_default();
                links.ack_in.get_or_insert(event.key.frame);
            }
        }
        if let Some(before) = before.filter(|before| before.fingerprint == event.fingerprint) {
            links.retransmission = before.retransmissions.saturating_add(1);
            links.retransmission_of = Some(before.first.frame);
        }
    }

    fn observe_server(&mut self, event: &FrameEvent) -> FrameLinks {
        let mut links = FrameLinks::default();
        self.server_until = Some(self.server_until.unwrap_or_default().max(event.time));
        let request = self
            .from_client
            .get(PairingKey::of(event))
            .copied()
            .filter(|_| {
                // An acknowledgement of the client is not a request.
                event.meaning.reply_pattern != ReplyPattern::AcknowledgedPush
            });
        let answer = self.from_server.get(PairingKey::of(event));
        let answered = request.is_some_and(|request| {
            request.answered.is_some() && answer.is_some_and(|answer| request.last < answer.last)
        });
        if let Some(links) = self.further_reply(event, answered) {
            return links;
        }
        let is_same = |sent: &SentFrame| {
            is_same_content(event, sent) && request.is_none_or(|request| request.first <= sent.last)
        };
        if let Some(sent) = self.from_server.learn(event, is_same) {
            links.mark_retransmission(&sent);
            let original = self.relations.get(&sent.first);
            let original = original.copied().unwrap_or_default();
            links.push = original.push;
            links.response_to = original.response_to;
            return links;
        }
        if self.client_since.is_none() {
            // In a capture of this side only, replies stand for the keep-alives of the
            // client.
            links.interval = self.interval(event);
        }
        match request {
            Some(sent) if sent.answered.is_none() => {
                links.response_to = Some(sent.first);
                links.delay = event.time.checked_sub(sent.first_at);
                self.answer(event, sent.first);
            }
            _ => links.push = self.is_push(event),
        }
        if links.push && event.meaning.acknowledged_in_body {
            self.system_messages
                .insert(event.sequence, (event.key, event.time));
        }
        links
    }

    /// Records the frame as the reply to this request.
    fn answer(&mut self, event: &FrameEvent, first: PduKey) {
        let reply = Some(event.key.frame);
        if let Some(sent) = self.from_client.get_mut(PairingKey::of(event)) {
            sent.answered = reply;
        }
        self.pending.remove(&first);
        for key in self.from_client.copies(first) {
            self.relations.entry(key).or_default().response_in = reply;
        }
    }

    /// Whether an unmatched frame of the server is certainly a push.
    fn is_push(&self, event: &FrameEvent) -> bool {
        match event.meaning.reply_pattern {
            ReplyPattern::Push | ReplyPattern::AcknowledgedPush => true,
            // Clients of this era have no such sequences, so there was no request.
            _ if event.has_long_header && event.sequence >= SERVER_SEQUENCES => true,
            // The request may not have been captured.
            ReplyPattern::Request | ReplyPattern::ClientOnly => false,
            ReplyPattern::RequestAndPush | ReplyPattern::Unknown => self
                .client_since
                .is_some_and(|since| event.time.saturating_sub(since) > MAX_REPLY_TIME),
        }
    }

    /// Records that the client has acknowledged the system message of this sequence, in a
    /// cleartext or decrypted body (0x0012). Call it after [`FrameTracker::observe`].
    pub fn acknowledge_system_message(&mut self, event: &FrameEvent, sequence: u16) {
        let Some((push, since)) = self.system_messages.get(&sequence).copied() else {
            return;
        };
        self.relation_mut(push)
            .ack_in
            .get_or_insert(event.key.frame);
        let links = self.relation_mut(event.key);
        links.ack_to = Some(push.frame);
        links.delay = event.time.checked_sub(since);
    }

    fn relation_mut(&mut self, key: PduKey) -> &mut FrameLinks {
        self.relations.entry(key).or_default()
    }
}

/// Whether a frame of the server has the content of an earlier one of the same length.
fn is_same_content(event: &FrameEvent, sent: &SentFrame) -> bool {
    let is_push = event.meaning.reply_pattern == ReplyPattern::AcknowledgedPush;
    match (event.plaintext_fingerprint, sent.plaintext_fingerprint) {
        _ if event.fingerprint == sent.fingerprint => true,
        _ if event.is_unencrypted => false,
        (Some(now), Some(before)) if is_push => now == before,
        // Otherwise retransmissions are encrypted anew; but 0x0017 reuses sequences for
        // other messages.
        _ => event.command != RECEIVE_MESSAGE_OR_EVENT,
    }
}

/// The sequence in a decrypted 0x0012: `code, 1e, from, 1e, decimal sequence`. Returns
/// `None` if the plaintext is malformed. Source: docs/protocol/oicq.md §4.1 and §5.1.
pub fn acknowledged_sequence(plain: &[u8]) -> Option<u16> {
    let mut words = plain.split(|byte| *byte == 0x1e).skip(2);
    let digits = core::str::from_utf8(words.next()?).ok()?;
    digits.trim_end_matches('\0').parse().ok()
}
