//! What verdicts do to a conversation.

use super::*;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::frame::frame;
use crate::span::Span;
use test_support::random::SplitMix64;

#[test]
fn trust_grows_with_each_frame() {
    for (owner, trust, grade, verdict, expected) in [
        (Open, 0, Known, Fits, 1),
        (Open, 0, Shape, Agrees, 2),
        (Released, 0, Known, Agrees, 2),
        (Open, 0, Certain, Agrees, CERTAIN_TRUST),
        (Qq, 1, Known, Fits, 2),
        (Qq, 2, Known, Fits, 3),
        (Qq, CERTAIN_TRUST - 1, Known, Fits, CERTAIN_TRUST - 1),
        (Qq, MAX_TRUST, Known, Fits, MAX_TRUST),
        (Qq, 1, Known, Agrees, 2),
        (Qq, MAX_TRUST, Certain, Agrees, MAX_TRUST),
    ] {
        let mut watch = watch(owner, trust, &[]);
        watch.accept(&LAST, Some(grade), verdict);
        let found = (watch.owner, watch.trust);
        assert_eq!(found, (Qq, expected), "{owner:?} {trust} {grade:?}");
    }
}

#[test]
fn frames_that_agree_with_the_first_of_qq_are_of_its_client() {
    let mut open = ConversationWatch::default();
    open.add(LAST);
    open.add(LAST.of_account(10_002).of_other_endpoint());
    open.accept(&REPLY, Some(Known), Agrees);
    assert!(open.client.has(ACCOUNT) && !open.client.has(10_002));
    // In a conversation that is QQ they were judged before.
    let mut owned = watch(Qq, 1, &[]);
    owned.add(LAST);
    owned.accept(&REPLY, Some(Known), Agrees);
    assert!(!owned.client.has(ACCOUNT));
}

#[test]
fn look_alikes_use_up_the_trust() {
    for (trust, grade, expected) in [
        (3, Some(Known), (Qq, 2)),
        (3, Some(Shape), (Qq, 1)),
        (3, None, (Qq, 1)),
        (1, Some(Known), (Released, 0)),
        (1, Some(Shape), (Released, 0)),
    ] {
        let mut watch = watch(Qq, trust, &[]);
        watch.refuse(grade);
        assert_eq!((watch.owner, watch.trust), expected, "{trust} {grade:?}");
        assert_eq!(watch.lookalikes, 0);
    }
    let mut open = watch(Open, 0, &[]);
    open.agreed = 1;
    open.refuse(Some(Known));
    assert_eq!((open.owner, open.lookalikes, open.agreed), (Open, 1, 0));
}

/// A datagram that does not begin like a frame.
fn stray(watch: &mut ConversationWatch, len: usize) {
    let packet = Packet {
        bytes: &[0x55; 9][..len],
        reported: len,
        ..Packet::default()
    };
    assert!(!watch.decide(&packet, None));
}

#[test]
fn other_datagrams_release_a_conversation_of_qq() {
    let mut owned = watch(Qq, MAX_TRUST, &[]);
    for _ in 0..MAX_TRUST {
        stray(&mut owned, 0);
    }
    for _ in 1..MAX_TRUST {
        stray(&mut owned, 9);
    }
    assert_eq!(owned.owner, Qq, "empty ones do not count");
    stray(&mut owned, 1);
    assert_eq!(owned.owner, Released);
    let mut open = watch(Open, 0, &[]);
    for _ in 0..=MAX_TRUST {
        stray(&mut open, 9);
    }
    assert_eq!(open.owner, Open);
}

/// Judges a keep-alive of QQ2006 with this command and sequence as of this grade.
fn offer(
    watch: &mut ConversationWatch,
    (command, sequence): (u8, u8),
    grade: Option<Grade>,
) -> bool {
    let header = [2, 0x0f, 0x5f, 0, command, 0, sequence, 0, 0, 0x27, 0x11];
    let text = SplitMix64::new(command.into()).bytes(24);
    let bytes = [&header[..], &text, &[3]].concat();
    let packet = Packet {
        bytes: &bytes,
        reported: bytes.len(),
        from_lower: true,
        ..Packet::default()
    };
    let frame = frame(&bytes, Span::new(0, bytes.len()), Direction::Unknown).unwrap();
    let frame = &frame;
    watch.decide(&packet, Some(Datagram { frame, grade }))
}

#[test]
fn a_counter_in_place_of_the_command_is_doubted_while_evidence_is_weak() {
    for (owner, trust, grade, command, taken) in [
        (Qq, CERTAIN_TRUST - 1, Known, 6, false),
        (Qq, CERTAIN_TRUST, Known, 6, true),
        (Qq, 1, Certain, 6, true),
        (Qq, 1, Known, 9, true),
        (Open, MAX_TRUST, Known, 6, false),
        (Open, 0, Known, 9, true),
    ] {
        let mut watch = ConversationWatch::default();
        assert!(offer(&mut watch, (4, 1), Some(Certain)));
        assert!(offer(&mut watch, (5, 2), Some(Certain)));
        (watch.owner, watch.trust) = (owner, trust);
        let found = offer(&mut watch, (command, 3), Some(grade));
        assert_eq!(found, taken, "{owner:?} {trust} {grade:?} {command}");
        assert_eq!(watch.counters, u8::from(!taken));
    }
}

#[test]
fn what_was_taken_or_refused_is_kept_to_compare_with() {
    let mut watch = ConversationWatch::default();
    assert!(!offer(&mut watch, (4, 1), None));
    assert_eq!(watch.added, 0, "not even the layout of a frame");
    assert!(!offer(&mut watch, (4, 1), Some(Shape)));
    assert_eq!(watch.added, 1);
    assert!(!offer(&mut watch, (4, 1), Some(Shape)));
    assert_eq!(watch.added, 1, "a repetition");
    assert!(offer(&mut watch, (9, 7), Some(Certain)));
    assert_eq!(watch.added, 2);
    assert!(offer(&mut watch, (9, 8), None), "of its account");
    assert_eq!(watch.added, 3);
}

#[test]
fn the_last_frames_are_kept() {
    let mut watch = ConversationWatch::default();
    for number in 0..40 {
        watch.add(LAST.after(number, 0));
        if number < 2 {
            assert_eq!(watch.traces.capacity(), 2, "most conversations are short");
        }
    }
    assert_eq!(watch.traces.len(), TRACES);
    for number in 24..40 {
        let trace = LAST.after(number, 0);
        assert!(watch.traces().any(|kept| *kept == trace), "{number}");
    }
}

#[test]
fn keys_are_tried_on_the_first_frames_of_an_undecided_conversation() {
    for (owner, added, expected) in [
        (Open, 0, true),
        (Open, MAX_PROOFS - 1, true),
        (Open, MAX_PROOFS, false),
        (Released, 0, true),
        (Qq, 0, false),
    ] {
        let watch = ConversationWatch {
            owner,
            added,
            ..ConversationWatch::default()
        };
        assert_eq!(watch.wants_proof(), expected, "{owner:?} {added}");
    }
}
