//! Conversations, and what the tracker makes of them.

use crate::oicq::state::behaviour::tests::event;
use crate::oicq::state::behaviour::tracker::*;
use crate::oicq::state::behaviour::*;
use crate::oicq::wire::commands::meaning::meaning;
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
fn what_the_capture_has_twice_was_sent_once() {
    let push = event(1, 0, ToClient, 0x00ce, 0xddbc);
    let anew = event(3, 3_000, ToClient, 0x00ce, 0xddbc);
    let request = event(6, 4_000, ToServer, 0x00cd, 7);
    let tracker = watch(&[
        push,
        again(push, 2, 1, 0),
        anew,
        again(anew, 4, 3_001, 0),
        event(5, 3_500, ToServer, 0x00ce, 0xddbc),
        request,
        again(request, 7, 4_001, 0),
        event(8, 4_040, ToClient, 0x00cd, 7),
    ]);
    for (frame, first) in [(2, 1), (4, 3), (7, 6)] {
        let copy = of(&tracker, frame);
        assert_eq!(copy.duplicate_of, Some(first));
        assert_eq!((copy.retransmission, copy.delay), (0, None));
    }
    assert_eq!(of(&tracker, 3).retransmission, 1);
    assert_eq!(of(&tracker, 2).ack_in, Some(5));
    assert_eq!(of(&tracker, 5).ack_to, Some(3));
    assert_eq!(of(&tracker, 7).response_in, Some(8));
    assert!(of(&tracker, 4).push && !of(&tracker, 7).push);
}

#[test]
fn what_is_answered_as_often_was_sent_as_often() {
    let request = event(1, 0, ToServer, 0x00b9, 7);
    let mut tracker = watch(&[
        request,
        again(request, 2, 0, 0),
        again(request, 3, 1, 0),
        event(4, 30, ToClient, 0x00b9, 7),
        event(5, 31, ToClient, 0x00b9, 7),
    ]);
    assert_eq!(of(&tracker, 3).duplicate_of, Some(1));
    assert_eq!(of(&tracker, 3).so_far().duplicate_of, None);
    tracker.observe(&event(6, 33, ToClient, 0x00b9, 7));
    for (frame, reply) in [(1, 4), (2, 5), (3, 6)] {
        let sent = of(&tracker, frame);
        assert_eq!((sent.response_in, sent.duplicate_of), (Some(reply), None));
        let answer = of(&tracker, reply);
        assert_eq!(
            (answer.response_to, answer.retransmission),
            (Some(frame), 0)
        );
    }
}

/// An answer to what is sent again later is none to an early copy.
#[test]
fn a_copy_is_answered_soon_or_never() {
    let request = event(1, 0, ToServer, 0x00b9, 7);
    let reply = event(3, 40, ToClient, 0x00b9, 7);
    let later = again(request, 5, 3_000, 0);
    let mut tracker = watch(&[
        request,
        again(request, 2, 0, 0),
        reply,
        again(reply, 4, 41, 0),
        later,
        again(later, 6, 3_001, 0),
        event(7, 3_040, ToClient, 0x00b9, 7),
    ]);
    for (frame, first) in [(2, 1), (6, 5)] {
        let copy = of(&tracker, frame);
        assert_eq!(copy.duplicate_of, Some(first), "{frame}");
        assert_eq!(copy.response_in, Some(3), "{frame}");
    }
    let anew = of(&tracker, 7);
    assert_eq!((anew.response_to, anew.delay), (Some(1), None));
    assert_eq!((anew.retransmission, anew.retransmission_of), (1, Some(3)));
    // One more answer: the sixth was a sending of its own.
    tracker.observe(&event(8, 3_050, ToClient, 0x00b9, 7));
    assert_eq!(of(&tracker, 8).response_to, Some(6));
    assert_eq!(of(&tracker, 6).duplicate_of, None);
    // Too late.
    let mut tracker = watch(&[request, again(request, 2, 0, 0), reply]);
    tracker.observe(&event(4, 3_040, ToClient, 0x00b9, 7));
    assert_eq!(of(&tracker, 4).retransmission, 1);
    assert_eq!(of(&tracker, 2).duplicate_of, Some(1));
}

#[test]
fn other_words_are_no_repetition() {
    let media = Event {
        clear: true,
        ..event(1, 0, ToClient, 0x0800, 7)
    };
    let other = Event {
        print: 99,
        ..again(media, 2, 10, 0)
    };
    let tracker = watch(&[media, other, again(other, 3, 400, 0)]);
    assert_eq!(of(&tracker, 2).retransmission, 0);
    assert_eq!(of(&tracker, 3).retransmission, 1);
    // A message's sequence is used again; with a key its text tells.
    let tracker = watch(&[
        event(1, 0, ToClient, 0x0017, 0xddbc),
        event(2, 300, ToClient, 0x0017, 0xddbc),
        event(3, 600, ToClient, 0x0017, 0xddbd).opened(Some(b"hello")),
        event(4, 900, ToClient, 0x0017, 0xddbd).opened(Some(b"hello")),
        event(5, 1200, ToClient, 0x00ce, 0xddbe).opened(Some(b"hello")),
        event(6, 1500, ToClient, 0x00ce, 0xddbe).opened(Some(b"HELLO")),
    ]);
    let repeats: Vec<u8> = (1..=6)
        .map(|frame| of(&tracker, frame).retransmission)
        .collect();
    assert_eq!(repeats, [0, 0, 0, 1, 0, 0]);
}

#[test]
fn a_poll_without_a_number_is_answered_to_the_one_that_scanned() {
    let mut poll = event(1, 0, ToServer, 0x0819, 7);
    poll.account = 0;
    let tracker = watch(&[poll, event(2, 30, ToClient, 0x0819, 7)]);
    assert_eq!(of(&tracker, 2).response_to, Some(1));
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

#[test]
fn clocks_that_step_back_make_nothing_late_or_double() {
    let request = event(2, 60_000, ToServer, 0x00cd, 7);
    let mut tracker = watch(&[event(1, 90_000, ToClient, 0x0058, 3), request]);
    assert!(!of(&tracker, 2).unanswered, "the reply may still come");
    tracker.observe(&again(request, 3, 55_000, 0));
    let copy = of(&tracker, 3);
    assert_eq!((copy.retransmission, copy.duplicate_of), (1, None));
    tracker.observe(&event(4, 60_040, ToClient, 0x00cd, 7));
    assert_eq!(of(&tracker, 2).response_in, Some(4));
}
