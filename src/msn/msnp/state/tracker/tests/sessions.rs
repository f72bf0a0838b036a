//! Session IDs that servers use again.

use super::*;

const BOARD: End = (3, 1863);
const OTHER_BOARD: End = (4, 1863);
/// Bob's end of the connection to his notification server.
const BOBS: End = (BOB, 1025);

/// The numbers of the conversations, which are the same in both passes.
fn numbers(segments: &Segments<'_>) -> Vec<String> {
    let [first, later] = values(segments, Field::Chat).map(|all| all.concat());
    assert_eq!(first, later);
    first
}

/// Alice calls Bob on her connection from `port`; Bob comes from the same port.
fn call(port: u16, lines: [&str; 6]) -> Vec<(End, End, &str)> {
    let (alice, bob) = ((ALICE, port), (BOB, port));
    let [user, call, ring, ringing, answer, join] = lines;
    vec![
        (alice, BOARD, user),
        (alice, BOARD, call),
        (SERVER, BOBS, ring),
        (BOARD, alice, ringing),
        (bob, BOARD, answer),
        (BOARD, alice, join),
    ]
}

#[test]
fn a_server_that_starts_again_counts_anew() {
    let login = (SERVER, BOBS, "USR 5 OK bob@example.net Bob 1 0\r\n");
    let first = call(
        2000,
        [
            "USR 1 alice@example.com 4.4\r\n",
            "CAL 2 bob@example.net\r\n",
            "RNG 77 192.0.2.3:1863 CKI 5.5 alice@example.com Alice\r\n",
            "CAL 2 RINGING 77\r\n",
            "ANS 1 bob@example.net 5.5 77\r\n",
            "JOI bob@example.net Bob\r\n",
        ],
    );
    let again = call(
        2001,
        [
            "USR 1 alice@example.com 6.6\r\n",
            "CAL 2 bob@example.net\r\n",
            "RNG 77 192.0.2.3:1863 CKI 7.7 alice@example.com Alice\r\n",
            "CAL 2 RINGING 77\r\n",
            "ANS 1 bob@example.net 7.7 77\r\n",
            "JOI bob@example.net Bob\r\n",
        ],
    );
    let mut late = again.clone();
    late.swap(2, 3);
    for again in [again, late] {
        let capture = [vec![login], first.clone(), again].concat();
        let expected = [["1"; 6], ["2"; 6]].concat();
        assert_eq!(numbers(&capture), expected);
    }
}

#[test]
fn an_invitation_belongs_to_the_last_call() {
    let (first, again) = ((ALICE, 2000), (ALICE, 2001));
    let capture = [
        (SERVER, BOBS, "USR 5 OK bob@example.net Bob 1 0\r\n"),
        (first, BOARD, "USR 1 alice@example.com 4.4\r\n"),
        (first, BOARD, "CAL 2 bob@example.net\r\n"),
        (BOARD, first, "217 2\r\n"),
        (again, BOARD, "USR 1 alice@example.com 6.6\r\n"),
        (again, BOARD, "CAL 2 bob@example.net\r\n"),
        (
            SERVER,
            BOBS,
            "RNG 77 192.0.2.3:1863 CKI 7.7 alice@example.com Alice\r\n",
        ),
        (BOARD, again, "CAL 2 RINGING 77\r\n"),
    ];
    let expected = ["1", "1", "1", "2", "2", "2", "2"];
    assert_eq!(numbers(&capture), expected);
}

#[test]
fn two_servers_have_sessions_with_the_same_id() {
    let (alice, carol) = ((ALICE, 2000), (CAROL, 2000));
    let (bob, dave) = ((BOB, 2001), (40, 2001));
    let capture = [
        (alice, BOARD, "USR 1 alice@example.com 4.4\r\n"),
        (carol, OTHER_BOARD, "USR 1 carol@example.org 5.5\r\n"),
        (alice, BOARD, "CAL 2 bob@example.net\r\n"),
        (carol, OTHER_BOARD, "CAL 2 dave@example.com\r\n"),
        (BOARD, alice, "CAL 2 RINGING 77\r\n"),
        (OTHER_BOARD, carol, "CAL 2 RINGING 77\r\n"),
        // Their invitations are not in the capture.
        (dave, OTHER_BOARD, "ANS 1 dave@example.com 8.8 77\r\n"),
        (bob, BOARD, "ANS 1 bob@example.net 9.9 77\r\n"),
        (BOARD, alice, "JOI bob@example.net Bob\r\n"),
    ];
    let expected = ["1", "2", "1", "2", "1", "2", "2", "1", "1"];
    assert_eq!(numbers(&capture), expected);
}

#[test]
fn invitations_to_two_servers_are_to_two_conversations() {
    let ring = |text| (SERVER, BOBS, text);
    let capture = [
        ring("RNG 77 192.0.2.3:1863 CKI 5.5 alice@example.com Alice\r\n"),
        ring("RNG 77 192.0.2.4:1863 CKI 5.6 alice@example.com Alice\r\n"),
        ring("RNG 77 192.0.2.3:1863 CKI 5.7 carol@example.org Carol\r\n"),
    ];
    assert_eq!(numbers(&capture), ["1", "2", "1"]);
}
