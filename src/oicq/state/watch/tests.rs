//! Verdicts on frames, by those before them.

mod trust;

use super::*;
use crate::oicq::state::trace::tests::{FRAME, REPLY};
use crate::oicq::wire::era::SERVER_VERSION;
use ConversationOwner::{Open, Qq, Released};
use DatagramVerdict::{Agrees, Differs, Fits, Repeats};
use Grade::{Certain, Known, Shape};

const ACCOUNT: u32 = 10_001;
/// The last frame of the client, and the next one of its counter.
const LAST: FrameTrace = FRAME.of_account(ACCOUNT);
const NEXT: FrameTrace = LAST.after(1, 0);

/// A conversation that has seen these frames of its client and server.
fn watch(owner: ConversationOwner, trust: u8, seen: &[FrameTrace]) -> ConversationWatch {
    let mut watch = ConversationWatch {
        owner,
        trust,
        ..ConversationWatch::default()
    };
    for trace in seen {
        watch.add(*trace);
        watch.client.learn(trace);
    }
    watch
}

/// Two ciphertexts with this number of equal bytes, in two blocks.
const fn with_equal_bytes(count: usize) -> [[u8; 16]; 2] {
    let mut other = [1; 16];
    let mut done = 0;
    while done < count {
        other[done % 2 * 8 + done / 2] = 0;
        done += 1;
    }
    [[0; 16], other]
}

#[test]
fn a_frame_of_the_account_agrees_with_a_conversation_of_qq() {
    let other_version = NEXT.with_version(0x0f60);
    for (trace, grade, trust, verdict) in [
        (NEXT, Some(Known), 1, Agrees),
        (other_version, Some(Known), 1, Agrees),
        (NEXT, Some(Shape), 1, Agrees),
        (other_version, Some(Shape), MAX_TRUST, Differs),
        (NEXT, None, CERTAIN_TRUST - 1, Differs),
        (NEXT, None, CERTAIN_TRUST, Agrees),
        (other_version, None, MAX_TRUST, Differs),
        (NEXT.of_other_endpoint(), Some(Certain), MAX_TRUST, Differs),
        // One sequence for two commands, unless the frame proves itself.
        (LAST.after(0, 1), Some(Known), MAX_TRUST, Differs),
        (LAST.after(0, 1), Some(Certain), 1, Agrees),
        // Another account.
        (NEXT.of_account(10_002), Some(Known), MAX_TRUST, Differs),
        (NEXT.of_account(10_002), Some(Certain), 1, Agrees),
    ] {
        let found = watch(Qq, trust, &[LAST]).judge_owned(&trace, grade);
        assert_eq!(found, verdict, "{trace:?} {grade:?} {trust}");
    }
    // As long as no account is known, each may be the one.
    for (grade, verdict) in [(Known, Fits), (Shape, Differs)] {
        let found = watch(Qq, 1, &[FRAME]).judge_owned(&NEXT, Some(grade));
        assert_eq!(found, verdict);
    }
}

#[test]
fn a_frame_without_an_account_agrees_with_its_request() {
    let other = REPLY.with_command(0x0002).after(5, 0);
    let far = other.after(5000, 0);
    let old_server = REPLY.with_version(SERVER_VERSION);
    for (seen, trace, grade, trust, verdict) in [
        (&[LAST][..], REPLY, None, 1, Agrees),
        (&[LAST], old_server, None, 1, Agrees),
        (
            &[LAST],
            REPLY.with_version(0x0f60),
            Some(Known),
            MAX_TRUST,
            Differs,
        ),
        // The first of its side, then those of one counter.
        (&[LAST], other, Some(Known), 1, Fits),
        (&[LAST, REPLY], other, Some(Known), 1, Fits),
        (&[LAST, REPLY], far, Some(Known), CERTAIN_TRUST - 1, Differs),
        (
            &[LAST, REPLY],
            far.with_command(0x0080),
            Some(Known),
            1,
            Fits,
        ),
        // With trust the layout is enough, and nothing is not.
        (&[LAST, REPLY], far, Some(Shape), CERTAIN_TRUST, Fits),
        (&[LAST], other, Some(Shape), CERTAIN_TRUST - 1, Differs),
        (&[LAST], other, None, MAX_TRUST, Differs),
        // Pushes have sequences of the server.
        (
            &[LAST, REPLY],
            REPLY.with_command(0x0002),
            Some(Known),
            1,
            Differs,
        ),
        (
            &[LAST, REPLY],
            REPLY.with_command(0x0080),
            Some(Known),
            1,
            Fits,
        ),
    ] {
        let found = watch(Qq, trust, seen).judge_owned(&trace, grade);
        assert_eq!(found, verdict, "{trace:?} {grade:?} {trust}");
    }
}

#[test]
fn ciphertexts_with_equal_bytes_are_of_another_device() {
    for (equal, is_similar) in [(5, false), (6, true)] {
        let [one, other] = with_equal_bytes(equal);
        let (seen, trace) = (LAST.with_cipher(one), NEXT.with_cipher(other));
        let mut owned = watch(Qq, 1, &[seen]);
        assert_eq!(owned.is_too_similar(&trace), is_similar, "{equal}");
        for (grade, verdict) in [(Known, Differs), (Certain, Agrees)] {
            let expected = if is_similar { verdict } else { Agrees };
            assert_eq!(owned.judge_owned(&trace, Some(grade)), expected);
            owned.owner = Open;
            let found = owned.judge_unowned(&trace, Some(grade));
            let expected = match grade {
                Known if !is_similar => Fits,
                _ => expected,
            };
            assert_eq!(found, expected);
            owned.owner = Qq;
        }
    }
}

#[test]
fn an_undecided_conversation_is_qq_by_one_frame_of_a_known_client() {
    let with = |lookalikes, counters, owner| ConversationWatch {
        lookalikes,
        counters,
        owner,
        ..ConversationWatch::default()
    };
    for (mut watch, grade, verdict) in [
        (with(0, 0, Open), None, Differs),
        (with(0, 0, Open), Some(Shape), Differs),
        (with(MAX_LOOKALIKES, 0, Open), Some(Known), Fits),
        (with(MAX_LOOKALIKES + 1, 0, Open), Some(Known), Differs),
        (with(0, 0, Released), Some(Known), Differs),
        (with(0, MAX_COUNTERS - 1, Open), Some(Known), Fits),
        (with(0, MAX_COUNTERS, Open), Some(Known), Differs),
        (with(9, MAX_COUNTERS, Released), Some(Certain), Agrees),
    ] {
        let found = watch.judge_unowned(&LAST, grade);
        assert_eq!(found, verdict, "{watch:?} {grade:?}");
    }
}

#[test]
fn a_released_conversation_is_claimed_by_its_account() {
    let echo = LAST.with_command(0x0018).after(1, 0).with_fingerprint(1);
    for (trace, grade, verdict) in [
        (NEXT.after(5000, 0), Known, Agrees),
        (NEXT.after(5000, 0), Shape, Differs),
        (NEXT.after(5000, 0).of_account(10_002), Known, Differs),
        (NEXT.after(5000, 0).of_other_endpoint(), Known, Differs),
        (LAST.after(0, 1), Known, Differs),
        (echo, Known, Differs),
    ] {
        let found = watch(Released, 0, &[LAST]).judge_unowned(&trace, Some(grade));
        assert_eq!(found, verdict, "{trace:?} {grade:?}");
    }
    // An undecided one is not, after look-alikes.
    let mut open = watch(Open, 0, &[LAST]);
    open.lookalikes = MAX_LOOKALIKES + 1;
    let found = open.judge_unowned(&NEXT.after(5000, 0), Some(Known));
    assert_eq!(found, Differs);
}

#[test]
fn frames_that_agree_with_earlier_ones_claim_a_conversation() {
    for (owner, lookalikes, enough) in [
        (Open, MAX_LOOKALIKES + 1, 1),
        (Open, MAX_LOOKALIKES + 2, 2),
        (Released, 0, 2),
    ] {
        let mut watch = watch(owner, 0, &[LAST]);
        watch.lookalikes = lookalikes;
        let found = [NEXT, NEXT.after(1, 0)].map(|it| watch.judge_unowned(&it, Some(Shape)));
        let expected = if enough == 1 { Agrees } else { Repeats };
        assert_eq!(found, [expected, Agrees], "{owner:?} {lookalikes}");
    }
    // Not one that clashes with another, or comes from the other endpoint.
    let mut seen = watch(Released, 0, &[LAST, NEXT.with_command(0x0018)]);
    assert_eq!(seen.judge_unowned(&NEXT, Some(Shape)), Differs);
    let mut seen = watch(Released, 0, &[LAST]);
    seen.client = ClientTrace::default();
    seen.client.learn(&REPLY.of_other_endpoint());
    assert_eq!(seen.judge_unowned(&NEXT, Some(Shape)), Differs);
}

#[test]
fn the_same_frame_again_says_nothing() {
    let unknown = LAST.of_unknown_client();
    let mut seen = watch(Open, 0, &[unknown]);
    assert_eq!(seen.judge_unowned(&unknown, Some(Shape)), Repeats);
    let other = unknown.after(1, 0);
    assert_eq!(seen.judge_unowned(&other, Some(Shape)), Differs);
}
