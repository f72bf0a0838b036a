//! One conversation: who answers whom, and what is sent again.
//!
//! Requests and replies have the same command, sequence and, with the long header, QQ number. A
//! push that the client acknowledges has them in common with the acknowledgement. What a client
//! sends again is the same to the byte but for its repeat count; what a server sends again is
//! encrypted anew. Source: docs/protocol/oicq.md §5.1 and §5.3, and §12.8.

use core::time::Duration;
use std::collections::{HashMap, VecDeque};

pub use crate::oicq::state::behaviour::links::FrameLinks;
use crate::oicq::state::behaviour::retransmissions::{PairingKey, Retransmissions, SentFrame};
use crate::oicq::state::behaviour::Event;
use crate::oicq::wire::commands::row::ReplyPattern;
use crate::oicq::wire::commands::table::RECEIVE_MESSAGE_OR_EVENT;
use crate::oicq::wire::direction::Direction;
use crate::packet::PduKey;

/// A request that has no reply for so long, while the server sends other things, has none.
const PATIENCE: Duration = Duration::from_secs(15);
/// No reply takes longer: so long after the capture began, an unmatched frame is a push.
const SLOWEST_REPLY: Duration = Duration::from_secs(2);
/// A larger step in a sequence is a new count, not a gap.
const WIDEST_GAP: u16 = 64;
/// Sequences of clients with the long header stay below this.
const SERVER_SEQUENCES: u16 = 0x8000;

/// The relations between the frames of one conversation.
#[derive(Debug, Default)]
pub struct FrameTracker {
    relations: HashMap<PduKey, FrameLinks>,
    from_client: Retransmissions,
    from_server: Retransmissions,
    /// Requests that wait for a reply, with all their sendings: who they are, and since when.
    waiting: HashMap<PduKey, Duration>,
    /// Copies of the last sending of a request that came at once, by their pair: the capture
    /// has it twice, or it was sent twice, which a second answer soon shows.
    twins: HashMap<PairingKey, VecDeque<(PduKey, Duration)>>,
    /// The last keep-alive of every account.
    keep_alives: HashMap<u32, Duration>,
    /// The last sequence of every account and command.
    sequences: HashMap<(u32, u16), u16>,
    /// System messages that wait for an acknowledgement, by sequence.
    system_messages: HashMap<u16, (PduKey, Duration)>,
    /// When the first frame of the client came.
    client_since: Option<Duration>,
    /// When the last frame of the server came.
    server_until: Option<Duration>,
}

impl FrameTracker {
    /// Learns of the next frame of the capture.
    pub fn observe(&mut self, event: &Event) {
        let links = match event.direction {
            _ if self.is_captured_again(event) => return,
            Direction::ToServer => self.observe_client(event),
            Direction::ToClient => self.observe_server(event),
            Direction::Unknown => return,
        };
        if links != FrameLinks::default() {
            self.relations.insert(event.key, links);
        }
    }

    /// What is known of a frame by now.
    pub fn links(&self, key: PduKey) -> FrameLinks {
        let mut links = self.relations.get(&key).copied().unwrap_or_default();
        links.unanswered = links.response_in.is_none()
            && match (self.waiting.get(&key), self.server_until) {
                (Some(since), Some(until)) => until.saturating_sub(*since) > PATIENCE,
                _ => false,
            };
        links
    }

    /// Whether the capture has this very frame already.
    fn is_captured_again(&mut self, event: &Event) -> bool {
        let side = match event.direction {
            Direction::ToServer => &mut self.from_client,
            Direction::ToClient => &mut self.from_server,
            Direction::Unknown => return false,
        };
        // What is never answered some clients send several times at once.
        if event.meaning.exchange == ReplyPattern::ClientOnly {
            return false;
        }
        let Some(sent) = side.twice(event) else {
            return false;
        };
        let first = self.relations.get(&sent.last).copied().unwrap_or_default();
        let mut links = first.captured_again(sent.last.frame);
        let is_request = event.meaning.exchange != ReplyPattern::AcknowledgedPush
            && event.direction == Direction::ToServer;
        if is_request {
            links.may_be_answered = true;
            let twins = self.twins.entry(PairingKey::of(event)).or_default();
            twins.push_back((event.key, event.time));
        }
        self.relations.insert(event.key, links);
        true
    }

    /// One more answer to a request that came several times at once: it was sent as often.
    /// `answered`: there was one to the last sending before.
    fn second_answer(&mut self, event: &Event, answered: bool) -> Option<FrameLinks> {
        let pair = PairingKey::of(event);
        let twins = self.twins.get_mut(&pair).filter(|_| answered)?;
        twins.retain(|(_, since)| event.time.abs_diff(*since) <= SLOWEST_REPLY);
        let Some((twin, since)) = twins.pop_front() else {
            self.twins.remove(&pair);
            return None;
        };
        let answer = self.from_server.replace(event);
        if let (Some(answer), Some(now)) = (answer, self.from_server.get_mut(PairingKey::of(event)))
        {
            now.answered = answer.answered;
        }
        self.relations.insert(
            twin,
            FrameLinks {
                response_in: Some(event.key.frame),
                ..FrameLinks::default()
            },
        );
        Some(FrameLinks {
            response_to: Some(twin.frame),
            delay: event.time.checked_sub(since),
            ..FrameLinks::default()
        })
    }

    fn observe_client(&mut self, event: &Event) -> FrameLinks {
        self.client_since.get_or_insert(event.time);
        let mut links = FrameLinks {
            retransmission: event.repeat,
            ..FrameLinks::default()
        };
        if event.meaning.exchange == ReplyPattern::AcknowledgedPush {
            self.acknowledge(event, &mut links);
            return links;
        }
        // It is sent anew: what comes now answers this sending.
        self.twins.remove(&PairingKey::of(event));
        let is_same = |sent: &SentFrame| sent.print == event.print;
        if let Some(sent) = self.from_client.learn(event, is_same) {
            links.repeats(&sent);
            links.response_in = sent.answered;
            return links;
        }
        if event.meaning.exchange == ReplyPattern::Request && event.repeat == 0 {
            // Where clocks step back, a frame of the server from before the request must not
            // make it late: the reply is still to come.
            let until = self.server_until.unwrap_or_default();
            self.waiting.insert(event.key, event.time.max(until));
        }
        links.interval = self.interval(event);
        if event.meaning.counted && event.repeat == 0 {
            links.gap = self.gap(event);
        }
        links
    }

    /// The time since the last keep-alive, if this is one.
    fn interval(&mut self, event: &Event) -> Option<Duration> {
        if !event.meaning.keep_alive {
            return None;
        }
        let before = self.keep_alives.insert(event.account, event.time)?;
        event.time.checked_sub(before)
    }

    /// How many sequences of this command were skipped. They wrap at 8000 (§5.1).
    fn gap(&mut self, event: &Event) -> Option<u16> {
        let place = (event.account, event.command);
        let before = self.sequences.insert(place, event.sequence)?;
        let step = event.sequence.wrapping_sub(before) & (SERVER_SEQUENCES - 1);
        (2..=WIDEST_GAP).contains(&step).then(|| step - 1)
    }

    /// A client's frame of a command that only servers begin.
    fn acknowledge(&mut self, event: &Event, links: &mut FrameLinks) {
        let before = self.from_client.replace(event);
        let Some(push) = self.from_server.get_mut(PairingKey::of(event)) else {
            return;
        };
        links.ack_to = Some(push.last.frame);
        links.delay = event.time.checked_sub(push.at);
        let first = push.first;
        let unseen = push.answered.is_none();
        push.answered.get_or_insert(event.key.frame);
        let last = push.last;
        self.relation_mut(last)
            .ack_in
            .get_or_insert(event.key.frame);
        if unseen {
            // Until now nothing acknowledged the earlier sendings either.
            for key in self.from_server.copies(first) {
                let links = self.relations.entry(key).or_default();
                links.ack_in.get_or_insert(event.key.frame);
            }
        }
        if let Some(before) = before.filter(|before| before.print == event.print) {
            links.retransmission = before.repeats.saturating_add(1);
            links.retransmission_of = Some(before.first.frame);
        }
    }

    fn observe_server(&mut self, event: &Event) -> FrameLinks {
        let mut links = FrameLinks::default();
        self.server_until = Some(self.server_until.unwrap_or_default().max(event.time));
        let request = self
            .from_client
            .get(PairingKey::of(event))
            .copied()
            .filter(|_| {
                // What a client only acknowledges was no question.
                event.meaning.exchange != ReplyPattern::AcknowledgedPush
            });
        let answer = self.from_server.get(PairingKey::of(event));
        let answered = request.is_some_and(|request| {
            request.answered.is_some() && answer.is_some_and(|answer| request.last < answer.last)
        });
        if let Some(links) = self.second_answer(event, answered) {
            return links;
        }
        let is_same = |sent: &SentFrame| {
            says_the_same(event, sent) && request.is_none_or(|request| request.first <= sent.last)
        };
        if let Some(sent) = self.from_server.learn(event, is_same) {
            links.repeats(&sent);
            let original = self.relations.get(&sent.first);
            let original = original.copied().unwrap_or_default();
            links.push = original.push;
            links.response_to = original.response_to;
            return links;
        }
        if self.client_since.is_none() {
            // Of a capture of this side alone, replies tell when the client was there.
            links.interval = self.interval(event);
        }
        match request {
            Some(sent) if sent.answered.is_none() => {
                links.response_to = Some(sent.first.frame);
                links.delay = event.time.checked_sub(sent.since);
                self.answer(event, sent.first);
            }
            _ => links.push = self.is_push(event),
        }
        if links.push && event.meaning.acknowledged_by_text {
            self.system_messages
                .insert(event.sequence, (event.key, event.time));
        }
        links
    }

    /// The frame is the reply to this request.
    fn answer(&mut self, event: &Event, first: PduKey) {
        let reply = Some(event.key.frame);
        if let Some(sent) = self.from_client.get_mut(PairingKey::of(event)) {
            sent.answered = reply;
        }
        self.waiting.remove(&first);
        for key in self.from_client.copies(first) {
            self.relations.entry(key).or_default().response_in = reply;
        }
    }

    /// Whether an unmatched frame of the server is a push for certain.
    fn is_push(&self, event: &Event) -> bool {
        match event.meaning.exchange {
            ReplyPattern::Push | ReplyPattern::AcknowledgedPush => true,
            // No client of this era counts so far: nobody asked.
            _ if event.long && event.sequence >= SERVER_SEQUENCES => true,
            // Its request may have been lost.
            ReplyPattern::Request | ReplyPattern::ClientOnly => false,
            ReplyPattern::RequestAndPush | ReplyPattern::Unknown => self
                .client_since
                .is_some_and(|since| event.time.saturating_sub(since) > SLOWEST_REPLY),
        }
    }

    /// The client has acknowledged the system message of this sequence, in a body that is
    /// in clear or was opened (0x0012). Call it behind [`FrameTracker::observe`].
    pub fn acknowledge_system_message(&mut self, event: &Event, sequence: u16) {
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

/// Whether what a server sends is what it sent before, in as many bytes.
fn says_the_same(event: &Event, sent: &SentFrame) -> bool {
    let is_push = event.meaning.exchange == ReplyPattern::AcknowledgedPush;
    match (event.text, sent.text) {
        _ if event.print == sent.print => true,
        _ if event.clear => false,
        (Some(now), Some(before)) if is_push => now == before,
        // Else it encrypts anew; but the sequence of a message may be that of another.
        _ => event.command != RECEIVE_MESSAGE_OR_EVENT,
    }
}

/// The sequence in an opened 0x0012: `code, 1e, from, 1e, decimal sequence`.
/// Source: docs/protocol/oicq.md §4.1 and §5.1.
pub fn acknowledged_sequence(plain: &[u8]) -> Option<u16> {
    let mut words = plain.split(|byte| *byte == 0x1e).skip(2);
    let digits = core::str::from_utf8(words.next()?).ok()?;
    digits.trim_end_matches('\0').parse().ok()
}
