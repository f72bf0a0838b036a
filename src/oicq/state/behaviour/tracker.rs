//! One conversation: who answers whom, and what is sent again.
//!
//! Requests and replies have the same command, sequence and, with the long header, QQ number. A
//! push that the client acknowledges has them in common with the acknowledgement. What a client
//! sends again is the same to the byte but for its repeat count; what a server sends again is
//! encrypted anew. Source: docs/protocol/oicq.md §5.1 and §5.3, and §12.8.

use core::time::Duration;
use std::collections::{HashMap, VecDeque};

pub use crate::oicq::state::behaviour::relation::Relation;
use crate::oicq::state::behaviour::sendings::{Pair, Sendings, Sent};
use crate::oicq::state::behaviour::Event;
use crate::oicq::wire::commands::row::Exchange;
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
pub struct Tracker {
    relations: HashMap<PduKey, Relation>,
    from_client: Sendings,
    from_server: Sendings,
    /// Requests that wait for a reply, with all their sendings: who they are, and since when.
    waiting: HashMap<PduKey, Duration>,
    /// Copies of the last sending of a request that came at once, by their pair: the capture
    /// has it twice, or it was sent twice, which a second answer soon shows.
    twins: HashMap<Pair, VecDeque<(PduKey, Duration)>>,
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

impl Tracker {
    /// Learns of the next frame of the capture.
    pub fn observe(&mut self, event: &Event) {
        let relation = match event.direction {
            _ if self.is_captured_again(event) => return,
            Direction::ToServer => self.observe_client(event),
            Direction::ToClient => self.observe_server(event),
            Direction::Unknown => return,
        };
        if relation != Relation::default() {
            self.relations.insert(event.key, relation);
        }
    }

    /// What is known of a frame by now.
    pub fn relation(&self, key: PduKey) -> Relation {
        let mut relation = self.relations.get(&key).copied().unwrap_or_default();
        relation.unanswered = relation.response_in.is_none()
            && match (self.waiting.get(&key), self.server_until) {
                (Some(since), Some(until)) => until.saturating_sub(*since) > PATIENCE,
                _ => false,
            };
        relation
    }

    /// Whether the capture has this very frame already.
    fn is_captured_again(&mut self, event: &Event) -> bool {
        let side = match event.direction {
            Direction::ToServer => &mut self.from_client,
            Direction::ToClient => &mut self.from_server,
            Direction::Unknown => return false,
        };
        // What is never answered some clients send several times at once.
        if event.meaning.exchange == Exchange::ClientOnly {
            return false;
        }
        let Some(sent) = side.twice(event) else {
            return false;
        };
        let first = self.relations.get(&sent.last).copied().unwrap_or_default();
        let mut relation = first.captured_again(sent.last.frame);
        let is_request = event.meaning.exchange != Exchange::AcknowledgedPush
            && event.direction == Direction::ToServer;
        if is_request {
            relation.may_be_answered = true;
            let twins = self.twins.entry(Pair::of(event)).or_default();
            twins.push_back((event.key, event.time));
        }
        self.relations.insert(event.key, relation);
        true
    }

    /// One more answer to a request that came several times at once: it was sent as often.
    /// `answered`: there was one to the last sending before.
    fn second_answer(&mut self, event: &Event, answered: bool) -> Option<Relation> {
        let pair = Pair::of(event);
        let twins = self.twins.get_mut(&pair).filter(|_| answered)?;
        twins.retain(|(_, since)| event.time.abs_diff(*since) <= SLOWEST_REPLY);
        let Some((twin, since)) = twins.pop_front() else {
            self.twins.remove(&pair);
            return None;
        };
        let answer = self.from_server.replace(event);
        if let (Some(answer), Some(now)) = (answer, self.from_server.get_mut(Pair::of(event))) {
            now.answered = answer.answered;
        }
        self.relations.insert(
            twin,
            Relation {
                response_in: Some(event.key.frame),
                ..Relation::default()
            },
        );
        Some(Relation {
            response_to: Some(twin.frame),
            delay: event.time.checked_sub(since),
            ..Relation::default()
        })
    }

    fn observe_client(&mut self, event: &Event) -> Relation {
        self.client_since.get_or_insert(event.time);
        let mut relation = Relation {
            retransmission: event.repeat,
            ..Relation::default()
        };
        if event.meaning.exchange == Exchange::AcknowledgedPush {
            self.acknowledge(event, &mut relation);
            return relation;
        }
        // It is sent anew: what comes now answers this sending.
        self.twins.remove(&Pair::of(event));
        let is_same = |sent: &Sent| sent.print == event.print;
        if let Some(sent) = self.from_client.learn(event, is_same) {
            relation.repeats(&sent);
            relation.response_in = sent.answered;
            return relation;
        }
        if event.meaning.exchange == Exchange::Request && event.repeat == 0 {
            // Where clocks step back, a frame of the server from before the request must not
            // make it late: the reply is still to come.
            let until = self.server_until.unwrap_or_default();
            self.waiting.insert(event.key, event.time.max(until));
        }
        relation.interval = self.interval(event);
        if event.meaning.counted && event.repeat == 0 {
            relation.gap = self.gap(event);
        }
        relation
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
    fn acknowledge(&mut self, event: &Event, relation: &mut Relation) {
        let before = self.from_client.replace(event);
        let Some(push) = self.from_server.get_mut(Pair::of(event)) else {
            return;
        };
        relation.ack_to = Some(push.last.frame);
        relation.delay = event.time.checked_sub(push.at);
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
                let relation = self.relations.entry(key).or_default();
                relation.ack_in.get_or_insert(event.key.frame);
            }
        }
        if let Some(before) = before.filter(|before| before.print == event.print) {
            relation.retransmission = before.repeats.saturating_add(1);
            relation.retransmission_of = Some(before.first.frame);
        }
    }

    fn observe_server(&mut self, event: &Event) -> Relation {
        let mut relation = Relation::default();
        self.server_until = Some(self.server_until.unwrap_or_default().max(event.time));
        let request = self.from_client.get(Pair::of(event)).copied().filter(|_| {
            // What a client only acknowledges was no question.
            event.meaning.exchange != Exchange::AcknowledgedPush
        });
        let answer = self.from_server.get(Pair::of(event));
        let answered = request.is_some_and(|request| {
            request.answered.is_some() && answer.is_some_and(|answer| request.last < answer.last)
        });
        if let Some(relation) = self.second_answer(event, answered) {
            return relation;
        }
        let is_same = |sent: &Sent| {
            says_the_same(event, sent) && request.is_none_or(|request| request.first <= sent.last)
        };
        if let Some(sent) = self.from_server.learn(event, is_same) {
            relation.repeats(&sent);
            let original = self.relations.get(&sent.first);
            let original = original.copied().unwrap_or_default();
            relation.push = original.push;
            relation.response_to = original.response_to;
            return relation;
        }
        if self.client_since.is_none() {
            // Of a capture of this side alone, replies tell when the client was there.
            relation.interval = self.interval(event);
        }
        match request {
            Some(sent) if sent.answered.is_none() => {
                relation.response_to = Some(sent.first.frame);
                relation.delay = event.time.checked_sub(sent.since);
                self.answer(event, sent.first);
            }
            _ => relation.push = self.is_push(event),
        }
        if relation.push && event.meaning.acknowledged_by_text {
            self.system_messages
                .insert(event.sequence, (event.key, event.time));
        }
        relation
    }

    /// The frame is the reply to this request.
    fn answer(&mut self, event: &Event, first: PduKey) {
        let reply = Some(event.key.frame);
        if let Some(sent) = self.from_client.get_mut(Pair::of(event)) {
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
            Exchange::Push | Exchange::AcknowledgedPush => true,
            // No client of this era counts so far: nobody asked.
            _ if event.long && event.sequence >= SERVER_SEQUENCES => true,
            // Its request may have been lost.
            Exchange::Request | Exchange::ClientOnly => false,
            Exchange::RequestAndPush | Exchange::Unknown => self
                .client_since
                .is_some_and(|since| event.time.saturating_sub(since) > SLOWEST_REPLY),
        }
    }

    /// The client has acknowledged the system message of this sequence, in a body that is
    /// in clear or was opened (0x0012). Call it behind [`Tracker::observe`].
    pub fn acknowledge_system_message(&mut self, event: &Event, sequence: u16) {
        let Some((push, since)) = self.system_messages.get(&sequence).copied() else {
            return;
        };
        self.relation_mut(push)
            .ack_in
            .get_or_insert(event.key.frame);
        let relation = self.relation_mut(event.key);
        relation.ack_to = Some(push.frame);
        relation.delay = event.time.checked_sub(since);
    }

    fn relation_mut(&mut self, key: PduKey) -> &mut Relation {
        self.relations.entry(key).or_default()
    }
}

/// Whether what a server sends is what it sent before, in as many bytes.
fn says_the_same(event: &Event, sent: &Sent) -> bool {
    let is_push = event.meaning.exchange == Exchange::AcknowledgedPush;
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
