//! Relations that the tracker finds in conversations.

use crate::oicq::state::behaviour::tests::{event, MILLISECOND};
use crate::oicq::state::behaviour::tracker::*;
use crate::oicq::state::behaviour::*;
use crate::oicq::wire::commands::meaning::meaning;
use Direction::{ToClient, ToServer};

pub(crate) fn watch(events: &[FrameEvent]) -> FrameTracker {
    let mut tracker = FrameTracker::default();
    for event in events {
        tracker.observe(event);
    }
    tracker
}

pub(crate) fn of(tracker: &FrameTracker, frame: u32) -> FrameLinks {
    tracker.links(PduKey { frame, index: 0 })
}

/// The same frame again, with another retransmission count.
pub(crate) fn again(event: FrameEvent, frame: u32, time: u64, repeat: u8) -> FrameEvent {
    FrameEvent {
        key: PduKey { frame, index: 0 },
        time: time * MILLISECOND,
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
    assert_eq!(reply.response_to.map(|it| it.frame), Some(1));
    assert_eq!(reply.delay, Some(40 * MILLISECOND));
    assert!(!reply.push);
    assert_eq!(of(&tracker, 2), FrameLinks::default());
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
    assert_eq!(ack.delay, Some(MILLISECOND));
    assert!(of(&tracker, 3).push);
    assert_eq!(of(&tracker, 3).ack_in, None);
}

/// Requests without a QQ number are matched without the number in the reply.
#[test]
fn a_poll_without_a_number_finds_its_reply() {
    let mut poll = event(1, 0, ToServer, 0x0819, 7);
    poll.account = 0;
    let tracker = watch(&[poll, event(2, 30, ToClient, 0x0819, 7)]);
    assert_eq!(of(&tracker, 2).response_to.map(|it| it.frame), Some(1));
}

#[test]
fn pushes_are_distinguished_from_replies() {
    let tracker = watch(&[
        event(1, 0, ToServer, 0x0002, 0x2182),
        // The request may have come before the capture began.
        event(2, 100, ToClient, 0x0002, 0x2100),
        // Clients have no such sequences.
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
    assert_eq!(interval, Some(60_050 * MILLISECOND));
    let mut old = event(1, 0, ToServer, 0x0002, 1);
    old.meaning = meaning(0x0002, 0x0f5f, ToServer);
    let next = FrameEvent {
        sequence: 2,
        fingerprint: 2,
        ..again(old, 2, 100_000, 0)
    };
    let tracker = watch(&[old, next]);
    let interval = of(&tracker, 2).interval;
    assert_eq!(interval, Some(100_000 * MILLISECOND));
    let tracker = watch(&[
        event(1, 0, ToClient, 0x0058, 1),
        event(2, 60_010, ToClient, 0x0058, 2),
    ]);
    let interval = of(&tracker, 2).interval;
    assert_eq!(interval, Some(60_010 * MILLISECOND));
}

#[test]
fn gaps_are_counted_per_command() {
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
fn only_requests_that_expect_a_reply_are_unanswered() {
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

#[test]
fn clocks_that_step_back_make_nothing_overdue_or_duplicate() {
    let request = event(2, 60_000, ToServer, 0x00cd, 7);
    let mut tracker = watch(&[event(1, 90_000, ToClient, 0x0058, 3), request]);
    assert!(!of(&tracker, 2).unanswered, "the reply may still come");
    tracker.observe(&again(request, 3, 55_000, 0));
    let copy = of(&tracker, 3);
    assert_eq!((copy.retransmission, copy.duplicate_of), (1, None));
    tracker.observe(&event(4, 60_040, ToClient, 0x00cd, 7));
    assert_eq!(of(&tracker, 2).response_in, Some(4));
}

#[test]
fn a_frame_is_observed_once() {
    let request = event(1, 0, ToServer, 0x00cd, 7);
    let tracker = watch(&[request, request, event(1, 5, ToServer, 0x00cd, 9)]);
    assert_eq!(of(&tracker, 1), FrameLinks::default());
    let next = tracker.records.next(PduKey { frame: 2, index: 0 });
    assert_eq!(next, Position::of(1));
}

#[test]
fn an_unmatched_frame_is_a_push_after_two_seconds() {
    for (time, is_push) in [(2_000, false), (2_001, true)] {
        let tracker = watch(&[
            event(1, 0, ToServer, 0x00cd, 7),
            event(2, time, ToClient, 0x0002, 0x2101),
        ]);
        assert_eq!(of(&tracker, 2).push, is_push, "{time}");
    }
}

#[test]
fn a_reply_is_overdue_after_fifteen_seconds() {
    for (time, is_unanswered) in [(15_000, false), (15_001, true)] {
        let tracker = watch(&[
            event(1, 0, ToServer, 0x00cd, 7),
            event(2, time, ToClient, 0x0081, 0x9000),
        ]);
        assert_eq!(of(&tracker, 1).unanswered, is_unanswered, "{time}");
    }
}

/// With more frames than are searched without an index.
#[test]
fn gaps_and_intervals_are_found_in_long_conversations() {
    let mut tracker = FrameTracker::default();
    for number in 1..=200 {
        let time = u64::from(number) * 1000;
        let sequence = number as u16;
        tracker.observe(&event(3 * number, time, ToServer, 0x0058, sequence));
        tracker.observe(&event(
            3 * number + 1,
            time + 40,
            ToClient,
            0x0058,
            sequence,
        ));
        tracker.observe(&event(
            3 * number + 2,
            time + 50,
            ToServer,
            0x00cd,
            3 * sequence,
        ));
        let alive = of(&tracker, 3 * number);
        let message = of(&tracker, 3 * number + 2);
        let is_first = number == 1;
        assert_eq!(alive.response_in, Some(3 * number + 1));
        assert_eq!(alive.interval, (!is_first).then_some(1000 * MILLISECOND));
        assert_eq!((alive.gap, message.gap), (None, (!is_first).then_some(2)));
    }
}
