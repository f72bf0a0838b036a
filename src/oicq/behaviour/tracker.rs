//! One conversation: who answers whom, and what is sent again.
//!
//! Requests and replies have the same command, sequence and, with the long header, QQ
//! number. A push that the client acknowledges has them in common with the
//! acknowledgement. What a client sends again is the same to the byte but for its repeat
//! count; what a server sends again is encrypted anew. Source: protocol reference, OICQ
//! §5.1 and §5.3.

use core::time::Duration;
use std::collections::HashMap;

use super::Event;
use crate::context::PduKey;
use crate::oicq::command_table::Exchange;
use crate::oicq::frame::Direction;

/// A frame with the number of an earlier one is a repetition of it for so long.
const REPEATS_WITHIN: Duration = Duration::from_secs(60);
/// A request that has no reply for so long, while the server sends other things, has none.
const PATIENCE: Duration = Duration::from_secs(15);
/// No reply takes longer: so long after the capture began, an unmatched frame is a push.
const SLOWEST_REPLY: Duration = Duration::from_secs(2);
/// A larger step in a sequence is a new count, not a gap.
const WIDEST_GAP: u16 = 64;
/// Sequences of clients with the long header stay below this.
const SERVER_SEQUENCES: u16 = 0x8000;

/// What is known of one frame. Frames are numbers of the capture.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Relation {
    /// Of a request: the frame with its reply.
    pub response_in: Option<u32>,
    /// Of a reply: the frame with its request.
    pub response_to: Option<u32>,
    /// Of a reply or acknowledgement: the time since the request or push.
    pub delay: Option<Duration>,
    /// The server's, and not a reply.
    pub push: bool,
    /// Of a push: the frame with its acknowledgement.
    pub ack_in: Option<u32>,
    /// Of an acknowledgement: the frame with the push.
    pub ack_to: Option<u32>,
    /// How often the frame was sent before; 0 for the first time.
    pub retransmission: u8,
    /// The frame that it repeats, if the capture has it.
    pub retransmission_of: Option<u32>,
    /// Of a keep-alive: the time since the one before.
    pub interval: Option<Duration>,
    /// Of a request: how many sequences of its command are missing before it.
    pub gap: Option<u16>,
    /// Of a request: no reply came, although the server's frames were captured.
    pub unanswered: bool,
}

/// What pairs frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Pair {
    account: u32,
    command: u16,
    sequence: u16,
}

/// The last frame with its pair and direction.
#[derive(Debug, Clone, Copy)]
struct Sent {
    /// The first sending.
    first: PduKey,
    /// When it was.
    since: Duration,
    /// The last sending.
    last: PduKey,
    /// When it was.
    at: Duration,
    print: u64,
    len: usize,
    /// How often it was sent again.
    repeats: u8,
    /// The frame that answers or acknowledges it.
    answered: Option<u32>,
}

impl Sent {
    fn new(event: &Event) -> Self {
        Self {
            first: event.key,
            since: event.time,
            last: event.key,
            at: event.time,
            print: event.print,
            len: event.len,
            repeats: 0,
            answered: None,
        }
    }

    fn is_recent(&self, event: &Event) -> bool {
        event.time.saturating_sub(self.at) <= REPEATS_WITHIN
    }

    /// Counts a repetition.
    fn again(&mut self, event: &Event) -> u8 {
        self.repeats = self.repeats.saturating_add(1).max(event.repeat);
        self.last = event.key;
        self.at = event.time;
        self.repeats
    }
}

/// The relations between the frames of one conversation.
#[derive(Debug, Default)]
pub struct Tracker {
    relations: HashMap<PduKey, Relation>,
    from_client: HashMap<Pair, Sent>,
    from_server: HashMap<Pair, Sent>,
    /// Requests that wait for a reply, with all their sendings: who they are, and since when.
    waiting: HashMap<PduKey, Duration>,
    /// Repetitions of a frame, by the first sending.
    copies: HashMap<PduKey, Vec<PduKey>>,
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

    fn observe_client(&mut self, event: &Event) -> Relation {
        self.client_since.get_or_insert(event.time);
        let mut relation = Relation {
            retransmission: event.repeat,
            ..Relation::default()
        };
        let pair = pair(event);
        if event.meaning.exchange == Exchange::AcknowledgedPush {
            self.acknowledge(event, &mut relation);
            return relation;
        }
        if let Some(sent) = self.from_client.get_mut(&pair) {
            if sent.print == event.print && sent.len == event.len && sent.is_recent(event) {
                relation.retransmission = sent.again(event);
                relation.retransmission_of = Some(sent.first.frame);
                relation.response_in = sent.answered;
                let first = sent.first;
                self.copies.entry(first).or_default().push(event.key);
                return relation;
            }
        }
        self.from_client.insert(pair, Sent::new(event));
        if event.meaning.exchange == Exchange::Request && event.repeat == 0 {
            self.waiting.insert(event.key, event.time);
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
        let pair = pair(event);
        let before = self.from_client.insert(pair, Sent::new(event));
        let Some(push) = self.from_server.get_mut(&pair) else {
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
            self.for_copies(first, |relation| {
                relation.ack_in.get_or_insert(event.key.frame);
            });
        }
        if let Some(before) = before.filter(|before| before.print == event.print) {
            relation.retransmission = before.repeats.saturating_add(1);
            relation.retransmission_of = Some(before.first.frame);
        }
    }

    fn observe_server(&mut self, event: &Event) -> Relation {
        let mut relation = Relation::default();
        self.server_until = Some(self.server_until.unwrap_or_default().max(event.time));
        let pair = pair(event);
        let request = self.from_client.get(&pair).copied().filter(|_| {
            // What a client only acknowledges was no question.
            event.meaning.exchange != Exchange::AcknowledgedPush
        });
        if let Some(sent) = self.from_server.get_mut(&pair) {
            // A server encrypts anew, but what it says has the same length.
            let newer_request = request.is_some_and(|request| request.first > sent.last);
            if sent.len == event.len && sent.is_recent(event) && !newer_request {
                relation.retransmission = sent.again(event);
                relation.retransmission_of = Some(sent.first.frame);
                let first = sent.first;
                self.copies.entry(first).or_default().push(event.key);
                let original = self.relations.get(&first).copied().unwrap_or_default();
                relation.push = original.push;
                relation.response_to = original.response_to;
                return relation;
            }
        }
        self.from_server.insert(pair, Sent::new(event));
        if self.client_since.is_none() {
            // Of a capture of this side alone, replies tell when the client was there.
            relation.interval = self.interval(event);
        }
        match request {
            Some(sent) if sent.answered.is_none() => {
                relation.response_to = Some(sent.first.frame);
                relation.delay = event.time.checked_sub(sent.since);
                self.answer(pair, sent.first, event.key.frame);
            }
            _ => relation.push = self.is_push(event),
        }
        if relation.push && event.meaning.acknowledged_by_text {
            self.system_messages
                .insert(event.sequence, (event.key, event.time));
        }
        relation
    }

    fn answer(&mut self, pair: Pair, first: PduKey, frame: u32) {
        if let Some(sent) = self.from_client.get_mut(&pair) {
            sent.answered = Some(frame);
        }
        self.waiting.remove(&first);
        self.for_copies(first, |relation| relation.response_in = Some(frame));
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

    /// The first sending and all repetitions.
    fn for_copies(&mut self, first: PduKey, mut change: impl FnMut(&mut Relation)) {
        change(self.relations.entry(first).or_default());
        for key in self.copies.get(&first).into_iter().flatten() {
            change(self.relations.entry(*key).or_default());
        }
    }
}

fn pair(event: &Event) -> Pair {
    Pair {
        account: event.account,
        command: event.command,
        sequence: event.sequence,
    }
}

/// The sequence in an opened 0x0012: `code, 1e, from, 1e, decimal sequence`.
/// Source: protocol reference, OICQ §4.1 and §5.1.
pub fn acknowledged_sequence(plain: &[u8]) -> Option<u16> {
    let mut words = plain.split(|byte| *byte == 0x1e).skip(2);
    let digits = core::str::from_utf8(words.next()?).ok()?;
    digits.trim_end_matches('\0').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::tests::event;
    use super::*;
    use crate::oicq::command::meaning;
    use Direction::{ToClient, ToServer};

    fn watch(events: &[Event]) -> Tracker {
        let mut tracker = Tracker::default();
        for event in events {
            tracker.observe(event);
        }
        tracker
    }

    fn of(tracker: &Tracker, frame: u32) -> Relation {
        tracker.relation(PduKey { frame, index: 0 })
    }

    /// The same frame again, with another repeat count.
    fn again(event: Event, frame: u32, time: u64, repeat: u8) -> Event {
        Event {
            key: PduKey { frame, index: 0 },
            time: Duration::from_millis(time),
            repeat,
            ..event
        }
    }

    #[test]
    fn a_reply_finds_its_request() {
        let tracker = watch(&[
            event(1, 0, ToServer, 0x00cd, 0x1bdb),
            event(2, 5, ToServer, 0x0002, 0x1bdb),
            event(3, 40, ToClient, 0x00cd, 0x1bdb),
        ]);
        assert_eq!(of(&tracker, 1).response_in, Some(3));
        let reply = of(&tracker, 3);
        assert_eq!(reply.response_to, Some(1));
        assert_eq!(reply.delay, Some(Duration::from_millis(40)));
        assert!(!reply.push);
        assert_eq!(of(&tracker, 2), Relation::default());
    }

    #[test]
    fn accounts_on_one_address_are_kept_apart() {
        let mut other = event(2, 5, ToClient, 0x00cd, 7);
        other.account = 10_001;
        let tracker = watch(&[event(1, 0, ToServer, 0x00cd, 7), other]);
        assert_eq!(of(&tracker, 1).response_in, None);
        assert_eq!(of(&tracker, 2).response_to, None);
    }

    #[test]
    fn a_push_finds_its_acknowledgement() {
        let tracker = watch(&[
            event(1, 0, ToClient, 0x00ce, 0xddbc),
            event(2, 1, ToServer, 0x00ce, 0xddbc),
            event(3, 9, ToClient, 0x0081, 0x9c44),
        ]);
        let push = of(&tracker, 1);
        assert!(push.push);
        assert_eq!(push.ack_in, Some(2));
        let ack = of(&tracker, 2);
        assert_eq!((ack.ack_to, ack.push), (Some(1), false));
        assert_eq!(ack.delay, Some(Duration::from_millis(1)));
        assert!(of(&tracker, 3).push);
        assert_eq!(of(&tracker, 3).ack_in, None);
    }

    #[test]
    fn what_a_server_pushes_again_is_encrypted_anew() {
        let tracker = watch(&[
            event(1, 0, ToClient, 0x00ce, 0xddbc),
            event(2, 300, ToClient, 0x00ce, 0xddbc),
            event(3, 310, ToServer, 0x00ce, 0xddbc),
            event(4, 700, ToClient, 0x00ce, 0xddbc),
            event(5, 710, ToServer, 0x00ce, 0xddbc),
        ]);
        assert_eq!(of(&tracker, 1).retransmission, 0);
        for (frame, count, ack) in [(2, 1, 3), (4, 2, 5)] {
            let push = of(&tracker, frame);
            assert!(push.push);
            assert_eq!(push.retransmission, count);
            assert_eq!(push.retransmission_of, Some(1));
            assert_eq!(push.ack_in, Some(ack));
        }
        assert_eq!(of(&tracker, 1).ack_in, Some(3));
        assert_eq!(of(&tracker, 3).ack_to, Some(2));
        assert_eq!(of(&tracker, 5).ack_to, Some(4));
    }

    #[test]
    fn what_a_client_sends_again_is_counted() {
        let first = event(1, 0, ToServer, 0x0002, 0x2182);
        let tracker = watch(&[
            first,
            again(first, 2, 2_000, 1),
            again(first, 3, 6_000, 2),
            event(4, 6_100, ToClient, 0x0002, 0x2182),
            again(first, 5, 14_000, 3),
        ]);
        for (frame, count) in [(2, 1), (3, 2), (5, 3)] {
            let copy = of(&tracker, frame);
            assert_eq!(copy.retransmission, count);
            assert_eq!(copy.retransmission_of, Some(1));
            assert_eq!(copy.response_in, Some(4));
        }
        let reply = of(&tracker, 4);
        assert_eq!(reply.response_to, Some(1));
        assert_eq!(reply.delay, Some(Duration::from_millis(6_100)));
    }

    #[test]
    fn a_repetition_without_its_first_sending_is_still_one() {
        let late = again(event(0, 0, ToServer, 0x0058, 0x5994), 9, 0, 3);
        let tracker = watch(&[late, event(10, 50, ToClient, 0x0058, 0x5994)]);
        assert_eq!(of(&tracker, 9).retransmission, 3);
        assert_eq!(of(&tracker, 9).retransmission_of, None);
        assert_eq!(of(&tracker, 9).response_in, Some(10));
    }

    #[test]
    fn other_bytes_with_an_old_sequence_are_a_new_request() {
        let tracker = watch(&[
            event(1, 0, ToServer, 0x0058, 7),
            event(2, 30, ToClient, 0x0058, 7),
            event(3, 90_000, ToServer, 0x0058, 7),
            event(4, 90_030, ToClient, 0x0058, 7),
        ]);
        assert_eq!(of(&tracker, 3).retransmission, 0);
        assert_eq!(of(&tracker, 4).response_to, Some(3));
        assert_eq!(of(&tracker, 4).retransmission, 0);
    }

    #[test]
    fn pushes_are_told_from_replies() {
        let tracker = watch(&[
            event(1, 0, ToServer, 0x0002, 0x2182),
            // The request may have come before the capture began.
            event(2, 100, ToClient, 0x0002, 0x2100),
            // No client counts so far.
            event(3, 200, ToClient, 0x0002, 0xa100),
            event(4, 5_000, ToClient, 0x0002, 0x2101),
            event(5, 5_100, ToClient, 0x00cd, 0x2101),
        ]);
        let pushes: Vec<bool> = (2..=5).map(|frame| of(&tracker, frame).push).collect();
        assert_eq!(pushes, [false, true, true, false]);
    }

    #[test]
    fn keep_alives_have_an_interval() {
        let first = event(1, 0, ToServer, 0x0058, 1);
        let tracker = watch(&[
            first,
            again(first, 2, 2_000, 1),
            event(3, 60_050, ToServer, 0x0058, 2),
        ]);
        assert_eq!(of(&tracker, 2).interval, None);
        let interval = of(&tracker, 3).interval;
        assert_eq!(interval, Some(Duration::from_millis(60_050)));
        let mut old = event(1, 0, ToServer, 0x0002, 1);
        old.meaning = meaning(0x0002, 0x0f5f, ToServer);
        let next = Event {
            sequence: 2,
            print: 2,
            ..again(old, 2, 100_000, 0)
        };
        let tracker = watch(&[old, next]);
        let interval = of(&tracker, 2).interval;
        assert_eq!(interval, Some(Duration::from_secs(100)));
        let tracker = watch(&[
            event(1, 0, ToClient, 0x0058, 1),
            event(2, 60_010, ToClient, 0x0058, 2),
        ]);
        let interval = of(&tracker, 2).interval;
        assert_eq!(interval, Some(Duration::from_millis(60_010)));
    }

    #[test]
    fn gaps_are_seen_within_one_command() {
        let tracker = watch(&[
            event(1, 0, ToServer, 0x00cd, 0x7ffe),
            event(2, 1, ToServer, 0x0002, 0x1000),
            event(3, 2, ToServer, 0x00cd, 0x7fff),
            event(4, 3, ToServer, 0x00cd, 0x0002),
            event(5, 4, ToServer, 0x00cd, 0x4000),
        ]);
        assert_eq!(of(&tracker, 3).gap, None);
        assert_eq!(of(&tracker, 4).gap, Some(2));
        assert_eq!(of(&tracker, 5).gap, None);
    }

    #[test]
    fn only_what_should_have_a_reply_is_called_unanswered() {
        let client = [
            event(1, 0, ToServer, 0x00cd, 1),
            event(2, 10, ToServer, 0x0062, 2),
            event(3, 20, ToServer, 0x0424, 3),
            event(4, 30, ToServer, 0x0017, 0xa000),
        ];
        let tracker = watch(&client);
        for frame in 1..=4 {
            assert!(!of(&tracker, frame).unanswered, "one side alone");
        }
        let mut tracker = watch(&client);
        tracker.observe(&event(5, 10_000, ToClient, 0x0081, 0x9000));
        assert!(!of(&tracker, 1).unanswered, "too early to say");
        tracker.observe(&event(6, 20_000, ToClient, 0x0081, 0x9001));
        assert!(of(&tracker, 1).unanswered);
        for frame in 2..=4 {
            assert!(!of(&tracker, frame).unanswered, "{frame}");
        }
    }

    #[test]
    fn system_messages_are_acknowledged_by_text() {
        let message = event(1, 0, ToClient, 0x0080, 0x2b02);
        let ack = event(2, 30, ToServer, 0x0012, 0);
        let mut tracker = watch(&[message, ack]);
        let sequence = acknowledged_sequence(b"41\x1e10001\x1e11010").unwrap();
        tracker.acknowledge_system_message(&ack, sequence);
        assert_eq!(of(&tracker, 1).ack_in, Some(2));
        assert_eq!(of(&tracker, 2).ack_to, Some(1));
        assert_eq!(acknowledged_sequence(b"41\x1e10001"), None);
        assert_eq!(acknowledged_sequence(b"41\x1e1\x1e99999"), None);
    }
}
