//! Requests that follow a reply to another server, and those that do not.

use super::*;
use crate::oicq::state::behaviour::tests::{event, MILLISECOND};
use Direction::{ToClient, ToServer};

fn key(frame: u32) -> PduKey {
    PduKey { frame, index: 0 }
}

const UIN: Option<u32> = Some(12_345_678);

#[test]
fn the_second_touch_follows_the_first_reply() {
    let mut redirects = Redirects::default();
    redirects.observe(&event(1, 0, ToServer, 0x0825, 7), "client", "first", UIN);
    redirects.observe(&event(2, 40, ToClient, 0x0825, 7), "client", "first", UIN);
    redirects.observe(&event(3, 60, ToServer, 0x0825, 8), "client", "second", UIN);
    redirects.observe(&event(4, 90, ToClient, 0x0825, 8), "client", "second", UIN);
    assert_eq!(redirects.redirect(key(2)).to, Some(3));
    assert_eq!(redirects.redirect(key(3)).from, Some(2));
    assert_eq!(redirects.redirect(key(1)), Redirect::default());
    assert_eq!(redirects.redirect(key(4)), Redirect::default());
}

#[test]
fn servers_asked_at_once_are_no_redirect() {
    let mut redirects = Redirects::default();
    redirects.observe(&event(1, 0, ToServer, 0x0825, 7), "client", "first", UIN);
    redirects.observe(&event(2, 1, ToServer, 0x0825, 8), "client", "second", UIN);
    redirects.observe(&event(3, 40, ToClient, 0x0825, 7), "client", "first", UIN);
    redirects.observe(&event(4, 45, ToClient, 0x0825, 8), "client", "second", UIN);
    for frame in 1..=4 {
        assert_eq!(redirects.redirect(key(frame)), Redirect::default());
    }
}

#[test]
fn other_accounts_commands_and_decrypted_replies_are_no_redirect() {
    let mut redirects = Redirects::default();
    redirects.observe(&event(1, 0, ToServer, 0x0825, 7), "client", "first", UIN);
    redirects.observe(&event(2, 40, ToClient, 0x0825, 7), "client", "first", UIN);
    let other = Some(10_001);
    redirects.observe(
        &event(3, 60, ToServer, 0x0825, 8),
        "client",
        "second",
        other,
    );
    redirects.observe(&event(4, 60, ToServer, 0x0836, 8), "client", "second", UIN);
    let reply = event(2, 40, ToClient, 0x0825, 7);
    redirects.no_redirect(&reply, "client", "first");
    redirects.observe(&event(5, 60, ToServer, 0x0825, 9), "client", "third", UIN);
    for frame in 1..=5 {
        assert_eq!(redirects.redirect(key(frame)), Redirect::default());
    }
}

#[test]
fn requests_without_an_answer_are_forgotten_when_there_are_many() {
    let mut redirects = Redirects::default();
    let command = 0x0825;
    let seconds = |frame: u32| u64::from(frame) * 1000;
    let frames = 10 * MANY as u32;
    for frame in 1..=frames {
        let request = event(frame, seconds(frame), ToServer, command, frame as u16);
        redirects.observe(&request, frame, 0, UIN);
        assert!(redirects.requests.len() <= 2 * MANY);
        assert!(redirects.accounts.len() <= 2 * MANY);
    }
    // The last one is still followed.
    let reply = event(
        frames + 1,
        seconds(frames),
        ToClient,
        command,
        frames as u16,
    );
    redirects.observe(&reply, frames, 0, UIN);
    let again = event(frames + 2, seconds(frames), ToServer, command, 1);
    redirects.observe(&again, frames, 1, UIN);
    assert_eq!(redirects.redirect(key(frames + 2)).from, Some(frames + 1));
}

#[test]
fn the_same_request_again_keeps_its_reply() {
    let mut redirects = Redirects::default();
    redirects.observe(&event(1, 0, ToServer, 0x0825, 7), "client", "first", UIN);
    redirects.observe(&event(2, 40, ToClient, 0x0825, 7), "client", "first", UIN);
    redirects.observe(&event(3, 50, ToServer, 0x0825, 7), "client", "first", UIN);
    // Of two replies the first one counts.
    redirects.observe(&event(4, 55, ToClient, 0x0825, 7), "client", "first", UIN);
    redirects.observe(&event(5, 60, ToServer, 0x0825, 8), "client", "second", UIN);
    assert_eq!(redirects.redirect(key(5)).from, Some(2));
}

#[test]
fn a_server_may_have_the_sequence_of_the_one_before() {
    let mut redirects = Redirects::default();
    redirects.observe(&event(1, 0, ToServer, 0x0825, 7), "client", "first", UIN);
    redirects.observe(&event(2, 40, ToClient, 0x0825, 7), "client", "first", UIN);
    redirects.observe(&event(3, 60, ToServer, 0x0825, 7), "client", "second", UIN);
    assert_eq!(redirects.redirect(key(3)).from, Some(2));
}

#[test]
fn a_new_request_to_the_same_server_forgets_the_one_before() {
    let mut redirects = Redirects::default();
    for sequence in 1..=9 {
        let request = event(1, 0, ToServer, 0x0825, sequence);
        redirects.observe(&request, "client", "first", UIN);
        assert_eq!(redirects.accounts.len(), 1);
    }
    // Replies to an earlier one are of nobody.
    redirects.observe(&event(2, 40, ToClient, 0x0825, 8), "client", "first", UIN);
    redirects.observe(&event(3, 60, ToServer, 0x0825, 10), "client", "second", UIN);
    assert_eq!(redirects.redirect(key(3)), Redirect::default());
}

#[test]
fn of_accounts_with_the_same_request_the_last_has_the_reply() {
    let mut redirects = Redirects::default();
    let other = Some(10_001);
    redirects.observe(&event(1, 0, ToServer, 0x0825, 7), "client", "first", UIN);
    redirects.observe(&event(2, 1, ToServer, 0x0825, 7), "client", "first", other);
    redirects.observe(&event(3, 5, ToServer, 0x0825, 8), "client", "first", UIN);
    redirects.observe(&event(4, 40, ToClient, 0x0825, 7), "client", "first", other);
    redirects.observe(
        &event(5, 60, ToServer, 0x0825, 9),
        "client",
        "second",
        other,
    );
    redirects.observe(&event(6, 60, ToServer, 0x0825, 9), "client", "second", UIN);
    assert_eq!(redirects.redirect(key(5)).from, Some(4));
    assert_eq!(redirects.redirect(key(6)), Redirect::default());
}

#[test]
fn a_redirect_is_followed_within_a_minute() {
    for (late, from) in [(0, Some(2)), (1, None)] {
        let mut redirects = Redirects::default();
        redirects.observe(&event(1, 0, ToServer, 0x0825, 7), "client", "first", UIN);
        redirects.observe(&event(2, 40, ToClient, 0x0825, 7), "client", "first", UIN);
        let next = event(3, 60_040 + late, ToServer, 0x0825, 8);
        redirects.observe(&next, "client", "second", UIN);
        assert_eq!(redirects.redirect(key(3)).from, from);
    }
}

/// Number of requests that are left of `count` of other clients, when one comes this many
/// milliseconds later.
fn left(count: usize, later: u64) -> Redirects<usize> {
    let mut redirects = Redirects::default();
    for client in 1..=count {
        let request = event(1, 0, ToServer, 0x0825, 7);
        redirects.observe(&request, client, 0, UIN);
    }
    redirects.observe(&event(2, later, ToServer, 0x0825, 7), 0, 0, UIN);
    assert_eq!(redirects.accounts.len(), redirects.requests.len());
    redirects
}

#[test]
fn many_requests_are_dropped_when_they_are_old() {
    let old = DROPPED_AFTER / MILLISECOND + 1;
    assert_eq!(left(MANY - 1, old).requests.len(), MANY, "not many");
    assert_eq!(left(MANY, old).requests.len(), 1);
    assert_eq!(left(MANY, old - 1).requests.len(), MANY + 1, "not old");
    // If they are not old, the next time is when they are twice as many.
    assert_eq!(left(MANY, 0).many, 2 * MANY);
    assert_eq!(left(MANY, old).many, MANY);
}

#[test]
fn a_classic_reply_has_no_number() {
    let mut redirects = Redirects::default();
    redirects.observe(&event(1, 0, ToServer, 0x0022, 7), "client", "first", UIN);
    redirects.observe(&event(2, 40, ToClient, 0x0022, 7), "client", "first", None);
    redirects.observe(&event(3, 60, ToServer, 0x0022, 8), "client", "second", UIN);
    assert_eq!(redirects.redirect(key(3)).from, Some(2));
}
