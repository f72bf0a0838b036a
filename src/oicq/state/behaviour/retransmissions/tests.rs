//! Frames seen again: retransmissions, and duplicates in the capture.

use crate::oicq::state::behaviour::tests::{event, MILLISECOND};
use crate::oicq::state::behaviour::tracker::tests::{again, of, watch};
use crate::oicq::state::behaviour::*;
use Direction::{ToClient, ToServer};

#[test]
fn retransmitted_pushes_are_encrypted_anew() {
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
fn retransmissions_of_a_client_are_counted() {
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
    assert_eq!(reply.response_to.map(|it| it.frame), Some(1));
    assert_eq!(reply.delay, Some(6_100 * MILLISECOND));
}

#[test]
fn duplicates_in_the_capture_are_no_retransmissions() {
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
fn copies_with_a_reply_each_are_transmissions() {
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
    // Duplicate or transmission, its content is not new.
    assert!(of(&tracker, 3).so_far().repeated);
    tracker.observe(&event(6, 33, ToClient, 0x00b9, 7));
    for (frame, reply) in [(1, 4), (2, 5), (3, 6)] {
        let sent = of(&tracker, frame);
        assert_eq!((sent.response_in, sent.duplicate_of), (Some(reply), None));
        assert_eq!(sent.repeated, frame > 1);
        let answer = of(&tracker, reply);
        assert_eq!(
            (answer.response_to.map(|it| it.frame), answer.retransmission),
            (Some(frame), 0)
        );
    }
}

#[test]
fn late_replies_do_not_match_copies() {
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
    let answered = anew.response_to.map(|it| it.frame);
    assert_eq!((answered, anew.delay), (Some(1), None));
    assert_eq!((anew.retransmission, anew.retransmission_of), (1, Some(3)));
    // A further reply: the sixth frame was a transmission of its own.
    tracker.observe(&event(8, 3_050, ToClient, 0x00b9, 7));
    assert_eq!(of(&tracker, 8).response_to.map(|it| it.frame), Some(6));
    assert_eq!(of(&tracker, 6).duplicate_of, None);
    // Too late.
    let mut tracker = watch(&[request, again(request, 2, 0, 0), reply]);
    tracker.observe(&event(4, 3_040, ToClient, 0x00b9, 7));
    assert_eq!(of(&tracker, 4).retransmission, 1);
    assert_eq!(of(&tracker, 2).duplicate_of, Some(1));
}

#[test]
fn other_content_is_no_retransmission() {
    let media = FrameEvent {
        is_unencrypted: true,
        ..event(1, 0, ToClient, 0x0800, 7)
    };
    let other = FrameEvent {
        fingerprint: 99,
        ..again(media, 2, 10, 0)
    };
    let tracker = watch(&[media, other, again(other, 3, 400, 0)]);
    assert_eq!(of(&tracker, 2).retransmission, 0);
    assert_eq!(of(&tracker, 3).retransmission, 1);
    // Sequences of messages are reused; with a key the plaintext decides.
    let tracker = watch(&[
        event(1, 0, ToClient, 0x0017, 0xddbc),
        event(2, 300, ToClient, 0x0017, 0xddbc),
        event(3, 600, ToClient, 0x0017, 0xddbd).with_plaintext(Some(b"hello")),
        event(4, 900, ToClient, 0x0017, 0xddbd).with_plaintext(Some(b"hello")),
        event(5, 1200, ToClient, 0x00ce, 0xddbe).with_plaintext(Some(b"hello")),
        event(6, 1500, ToClient, 0x00ce, 0xddbe).with_plaintext(Some(b"HELLO")),
    ]);
    let repeats: Vec<u8> = (1..=6)
        .map(|frame| of(&tracker, frame).retransmission)
        .collect();
    assert_eq!(repeats, [0, 0, 0, 1, 0, 0]);
}

#[test]
fn a_retransmission_counts_without_its_first_transmission() {
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
    assert_eq!(of(&tracker, 4).response_to.map(|it| it.frame), Some(3));
    assert_eq!(of(&tracker, 4).retransmission, 0);
}

#[test]
fn retransmissions_have_the_same_length_and_come_within_a_minute() {
    let request = event(1, 0, ToServer, 0x0002, 7);
    let reply = event(1, 0, ToClient, 0x00ce, 7);
    for first in [request, reply] {
        for (later, len, count) in [
            (60_000, first.len, 1),
            (60_001, first.len, 0),
            (300, first.len + 1, 0),
        ] {
            let next = FrameEvent {
                len,
                ..again(first, 2, later, 0)
            };
            let found = of(&watch(&[first, next]), 2).retransmission;
            assert_eq!(found, count, "{:?} {later} {len}", first.direction);
        }
    }
}

#[test]
fn a_duplicate_comes_within_ten_milliseconds() {
    let request = event(1, 0, ToServer, 0x0002, 7);
    for (later, duplicate, count) in [(9, Some(1), 0), (10, None, 1)] {
        let tracker = watch(&[request, again(request, 2, later, 0)]);
        let copy = of(&tracker, 2);
        assert_eq!((copy.duplicate_of, copy.retransmission), (duplicate, count));
    }
}

#[test]
fn plaintexts_decide_if_both_are_known_and_of_a_push() {
    let plain = |event: FrameEvent, text: &'static [u8]| event.with_plaintext(Some(text));
    let push = |frame| event(frame, u64::from(frame) * 300, ToClient, 0x00ce, 7);
    let reply = |frame| event(frame, u64::from(frame) * 300, ToClient, 0x00cd, 7);
    for (first, next, count) in [
        (plain(push(1), b"a"), plain(push(2), b"b"), 0),
        (push(1), plain(push(2), b"b"), 1),
        (plain(push(1), b"a"), push(2), 1),
        // Replies hold times.
        (plain(reply(1), b"a"), plain(reply(2), b"b"), 1),
    ] {
        let tracker = watch(&[first, next]);
        assert_eq!(of(&tracker, 2).retransmission, count);
    }
}
