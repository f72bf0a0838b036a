//! Replies and retransmissions in one conversation.
//!
//! Requests and replies have the same command, sequence and, with the long header, QQ
//! number, as do acknowledged pushes and their acknowledgements. Retransmissions of a
//! client are identical but for the retransmission count; those of a server are encrypted
//! anew. Source: docs/protocol/oicq.md §5.1 and §5.3, and §12.8.

#[cfg(test)]
pub(crate) mod tests;

pub use crate::oicq::state::behaviour::links::FrameLinks;
use crate::oicq::state::behaviour::record::{Before, FrameRecord, PairingKey, Position};
use crate::oicq::state::behaviour::records::Records;
use crate::oicq::state::behaviour::retransmissions::Transmissions;
use crate::oicq::state::behaviour::FrameEvent;
use crate::oicq::wire::commands::row::ReplyPattern;
use crate::oicq::wire::commands::table::{RECEIVE_MESSAGE_OR_EVENT, SYSTEM_MESSAGE};
use crate::oicq::wire::direction::Direction;
use crate::packet::PduKey;

/// Time after which a request without a reply, while the server sends other frames,
/// counts as unanswered, in nanoseconds.
const REPLY_TIMEOUT: u64 = 15_000_000_000;
/// Maximum time of a reply, in nanoseconds. Later than this after the first frame of the
/// client, an unmatched frame is a push.
const MAX_REPLY_TIME: u64 = 2_000_000_000;
/// Maximum step in a sequence that counts as a gap; a larger one is a new counter.
const MAX_GAP: u16 = 64;
/// Sequences of clients with the long header stay below this.
const SERVER_SEQUENCES: u16 = 0x8000;

/// The relations between the frames of one conversation.
#[derive(Debug, Default)]
pub struct FrameTracker {
    records: Records,
    /// The first frame of the client.
    client_since: Option<Position>,
    /// The latest frame of the server, by time.
    server_until: Option<Position>,
}

/// The next frame of the capture.
#[derive(Debug)]
struct NextFrame<'a> {
    event: &'a FrameEvent,
    pair: PairingKey,
    position: Position,
    record: FrameRecord,
}

impl FrameTracker {
    /// Processes the next frame of the capture.
    pub fn observe(&mut self, event: &FrameEvent) {
        let next = self.records.next(event.key).zip(FrameRecord::new(event));
        let Some((position, record)) = next else {
            return;
        };
        let mut next = NextFrame {
            event,
            pair: record.pairing_key(),
            position,
            record,
        };
        let direction = event.direction;
        if direction != Direction::Unknown {
            let sent = self.records.transmissions(next.pair, direction);
            match direction {
                _ if self.find_duplicate(&mut next, sent) => {}
                Direction::ToServer => self.observe_client(&mut next, sent),
                _ => self.observe_server(&mut next, sent),
            }
        }
        self.records.push(next.record);
    }

    /// Whether the frame was observed.
    pub(crate) fn has(&self, key: PduKey) -> bool {
        self.records.find(key).is_some()
    }

    /// The relations of a frame known so far.
    pub fn links(&self, key: PduKey) -> FrameLinks {
        let Some(position) = self.records.find(key) else {
            return FrameLinks::default();
        };
        let until = self
            .server_until
            .map_or(0, |until| self.records[until].time());
        let waited = until.saturating_sub(self.records[position].time());
        self.records.links(position, waited > REPLY_TIMEOUT)
    }

    /// Whether the frame is a duplicate in the capture. Records its relations if so.
    fn find_duplicate(&mut self, next: &mut NextFrame<'_>, sent: Option<Transmissions>) -> bool {
        let (event, pattern) = (next.event, next.event.meaning.reply_pattern);
        // Some clients send commands without a reply several times at once.
        let sent = sent.filter(|sent| {
            pattern != ReplyPattern::ClientOnly && self.records.is_duplicate(event, *sent)
        });
        let Some(sent) = sent else {
            return false;
        };
        let (original, record) = (&self.records[sent.last], &mut next.record);
        record.set_before(Before::Duplicated, Some(sent.last));
        record.answers = original.answers;
        if original.has(FrameRecord::PUSH) {
            record.set(FrameRecord::PUSH);
        }
        if event.direction == Direction::ToClient {
            record.answered_by = self.records.answer(sent.last);
        } else if pattern != ReplyPattern::AcknowledgedPush {
            record.set(FrameRecord::MAY_BE_ANSWERED);
        }
        true
    }

    fn observe_client(&mut self, next: &mut NextFrame<'_>, sent: Option<Transmissions>) {
        let (event, record) = (next.event, &mut next.record);
        self.client_since.get_or_insert(next.position);
        record.retransmission = event.repeat;
        if event.meaning.reply_pattern == ReplyPattern::AcknowledgedPush {
            self.acknowledge(next, sent);
            return;
        }
        let is_same = |sent: &Transmissions| {
            self.records[sent.last].fingerprint == event.fingerprint
                && self.records.may_repeat(event, *sent)
        };
        if let Some(sent) = sent.filter(is_same) {
            self.retransmit(next, sent);
            return;
        }
        // A clock that has stepped back does not tell how long a request waits.
        let until = self.server_until.map(|until| self.records[until].time());
        let is_late = until.is_none_or(|until| until <= event.time);
        if event.meaning.reply_pattern == ReplyPattern::Request && event.repeat == 0 && is_late {
            record.set(FrameRecord::AWAITS_REPLY);
        }
        self.find_interval(next);
        if event.meaning.counted && event.repeat == 0 {
            self.find_gap(next);
        }
    }

    /// Records that the frame is a retransmission.
    fn retransmit(&self, next: &mut NextFrame<'_>, sent: Transmissions) {
        let count = self.records.retransmissions(sent).saturating_add(1);
        next.record.retransmission = count.max(next.event.repeat);
        next.record
            .set_before(Before::FirstTransmission, Some(sent.first));
    }

    /// Finds the last keep-alive, if this is one.
    fn find_interval(&self, next: &mut NextFrame<'_>) {
        if next.event.meaning.keep_alive {
            let before = self.records.last_keep_alive(next.event.account);
            next.record.set_before(Before::KeepAlive, before);
            next.record.set(FrameRecord::KEEP_ALIVE);
        }
    }

    /// Finds the number of sequences of this command that were skipped. They wrap at 0x8000
    /// (§5.1).
    fn find_gap(&self, next: &mut NextFrame<'_>) {
        let event = next.event;
        next.record.set(FrameRecord::COUNTED);
        if let Some(before) = self.records.last_counted(event.account, event.command) {
            let before = self.records[before].sequence;
            let step = event.sequence.wrapping_sub(before) & (SERVER_SEQUENCES - 1);
            if (2..=MAX_GAP).contains(&step) {
                next.record.set_gap(step - 1);
            }
        }
    }

    /// Matches an acknowledgement of the client with its push.
    fn acknowledge(&mut self, next: &mut NextFrame<'_>, before: Option<Transmissions>) {
        let push = self.records.transmissions(next.pair, Direction::ToClient);
        let Some(push) = push else {
            return;
        };
        next.record.answers = Some(push.last);
        next.record.set(FrameRecord::HAS_DELAY);
        if self.records.answer(push.last).is_none() {
            self.records[push.last].answered_by = Some(next.position);
        }
        // The earlier transmissions have no acknowledgement yet either.
        self.records[push.first]
            .answered_by
            .get_or_insert(next.position);
        let is_same =
            |it: &Transmissions| self.records[it.last].fingerprint == next.event.fingerprint;
        if let Some(before) = before.filter(is_same) {
            let count = self.records.retransmissions(before);
            next.record.retransmission = count.saturating_add(1);
            next.record
                .set_before(Before::Acknowledgement, Some(before.first));
        }
    }

    fn observe_server(&mut self, next: &mut NextFrame<'_>, sent: Option<Transmissions>) {
        let event = next.event;
        let until = self.server_until.map(|until| self.records[until].time());
        if until.is_none_or(|until| until <= event.time) {
            self.server_until = Some(next.position);
        }
        let request = self.records.transmissions(next.pair, Direction::ToServer);
        // An acknowledgement of the client is not a request.
        let request =
            request.filter(|_| event.meaning.reply_pattern != ReplyPattern::AcknowledgedPush);
        let is_answered =
            |request: Transmissions| self.records[request.first].answered_by.is_some();
        let has_reply = request.is_some_and(|request| {
            is_answered(request) && sent.is_some_and(|sent| request.last < sent.last)
        });
        let new_request = request.filter(|request| !is_answered(*request));
        if has_reply && self.find_further_request(next) {
            return;
        }
        let is_same = |sent: &Transmissions| {
            is_same_content(event, &self.records[sent.last])
                && self.records.may_repeat(event, *sent)
                && request.is_none_or(|request| request.first <= sent.last)
        };
        if let Some(sent) = sent.filter(is_same) {
            self.retransmit(next, sent);
            let original = &self.records[sent.first];
            next.record.answers = original.answers;
            if original.has(FrameRecord::PUSH) {
                next.record.set(FrameRecord::PUSH);
            }
            return;
        }
        if self.client_since.is_none() {
            // In a capture of this side only, replies stand for the keep-alives of the
            // client.
            self.find_interval(next);
        }
        if let Some(request) = new_request {
            next.record.answers = Some(request.first);
            next.record.set(FrameRecord::HAS_DELAY);
            self.records[request.first].answered_by = Some(next.position);
        } else if self.is_push(event) {
            next.record.set(FrameRecord::PUSH);
        }
    }

    /// Whether this further reply is that to a duplicate of the request, which was a
    /// transmission then. Records it if so.
    fn find_further_request(&mut self, next: &mut NextFrame<'_>) -> bool {
        let copy = self.records.oldest_duplicate(next.event, MAX_REPLY_TIME);
        let Some(copy) = copy else {
            return false;
        };
        let record = &mut self.records[copy];
        record.set_before(Before::Answered, record.before);
        record.answered_by = Some(next.position);
        next.record.answers = Some(copy);
        next.record.set(FrameRecord::HAS_DELAY);
        true
    }

    /// Whether an unmatched frame of the server is certainly a push.
    fn is_push(&self, event: &FrameEvent) -> bool {
        match event.meaning.reply_pattern {
            ReplyPattern::Push | ReplyPattern::AcknowledgedPush => true,
            // Clients of this era have no such sequences, so there was no request.
            _ if event.has_long_header && event.sequence >= SERVER_SEQUENCES => true,
            // The request may not have been captured.
            ReplyPattern::Request | ReplyPattern::ClientOnly => false,
            ReplyPattern::RequestAndPush | ReplyPattern::Unknown => {
                let since = self.client_since.map(|since| self.records[since].time());
                since.is_some_and(|since| event.time.saturating_sub(since) > MAX_REPLY_TIME)
            }
        }
    }

    /// Records that the client has acknowledged the system message of this sequence, in a
    /// cleartext or decrypted body (0x0012). Call it after [`FrameTracker::observe`].
    pub fn acknowledge_system_message(&mut self, event: &FrameEvent, sequence: u16) {
        let pair = PairingKey::new(event, SYSTEM_MESSAGE, sequence);
        let push = self.records.transmissions(pair, Direction::ToClient);
        let push = push.map(|push| push.first);
        let push = push.filter(|push| self.records[*push].has(FrameRecord::PUSH));
        let Some((push, own)) = push.zip(self.records.find(event.key)) else {
            return;
        };
        self.records[push].answered_by.get_or_insert(own);
        self.records[own].answers = Some(push);
        self.records[own].set(FrameRecord::HAS_DELAY);
    }
}

/// Whether a frame of the server has the content of an earlier one of the same length.
fn is_same_content(event: &FrameEvent, sent: &FrameRecord) -> bool {
    let is_push = event.meaning.reply_pattern == ReplyPattern::AcknowledgedPush;
    match (event.plaintext_fingerprint, sent.plaintext()) {
        _ if event.fingerprint == sent.fingerprint => true,
        _ if event.is_unencrypted => false,
        (Some(now), Some(before)) if is_push => now.get() == before,
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
