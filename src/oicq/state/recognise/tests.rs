//! First segments of streams.

use super::*;
use crate::oicq::wire::basic::PORT;
use crate::oicq::wire::frame::tests::{build, BLOCK};
use crate::oicq::wire::other_frames::reference_frames::G37;
use Direction::{ToClient, ToServer, Unknown};

/// A segment to this port.
fn segment(bytes: &[u8], port: u16) -> Packet<'_> {
    Packet {
        bytes,
        reported: bytes.len(),
        transport: Transport::Tcp,
        first_pass: true,
        sequence: Some(1),
        source_port: 50_000,
        destination_port: port,
        ..Packet::default()
    }
}

/// The bytes with others at an offset.
fn with(bytes: &[u8], at: usize, other: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[at..at + other.len()].copy_from_slice(other);
    bytes
}

/// A frame of TM2013 after its length, 49 bytes.
fn frame_of_client() -> Vec<u8> {
    let header = [0, 49, FLAG, 0x34, 0x20, 0, 0x58, 7, 8, 0, 0xbc, 0x61, 0x4e];
    build(&[&header[..], &BLOCK].concat(), 24)
}

#[test]
fn a_frame_of_the_agent_is_complete_and_on_the_ports_of_qq() {
    let is = |bytes: &[u8], port| is_oicq_tcp(&segment(bytes, port));
    assert!(is(G37, 443) && is(G37, PORT));
    assert!(!is(G37, 1863), "another port");
    assert!(!is(&G37[..G37.len() - 1], 443), "incomplete");
    assert!(
        !is(&with(G37, G37.len() - 1, &[0x55]), 443),
        "another last byte"
    );
    let whole = frame_of_client();
    assert!(is(&whole, 443) && is(&whole, 1863));
}

#[test]
fn the_game_is_recognised_by_its_version_and_the_ends_of_a_frame() {
    let is = |bytes: &[u8]| is_qq_speed_tcp(&segment(bytes, 443));
    let game = with(&frame_of_client(), 3, &[0x50, 0x05]);
    assert!(is(&game));
    assert!(!is(&frame_of_client()), "another version");
    assert!(!is(&game[..48]), "incomplete");
    assert!(!is(&with(&game, 48, &[0x55])), "another last byte");
    // The trailer is the last byte of the frame, not of the segment.
    assert!(is(&[&game[..], &[0x55]].concat()));
    let cut_at_03 = with(&game[..40], 39, &[TRAILER]);
    assert!(!is(&cut_at_03));
}

#[test]
fn the_first_bytes_may_become_a_frame() {
    let whole = frame_of_client();
    let ports = [Unknown, ToServer, ToClient];
    for (hint, is_first, least) in ports.iter().flat_map(|hint| {
        [
            (hint, true, 1),
            (hint, false, if *hint == Unknown { 5 } else { 2 }),
        ]
    }) {
        for len in 0..=20 {
            let expected = (least..2 + LONG_PREFIX_LEN).contains(&len);
            let found = may_become_frame(&whole[..len], *hint, is_first);
            assert_eq!(found, expected, "{hint:?} {is_first} {len}");
        }
    }
}

#[test]
fn first_bytes_that_are_of_no_frame_become_none() {
    let may = |bytes: &[u8]| may_become_frame(bytes, ToServer, true);
    let start = &frame_of_client()[..12];
    assert!(may(start));
    for (at, other, what) in [
        (0, &[0, 12][..], "all is there"),
        (0, &[0x05, 0x79], "a length that was not observed"),
        (2, &[1], "another flag"),
        (3, &[0x40, 0x00], "the version of no client"),
        (5, &[0, 0], "command 0"),
        (5, &[0x10, 0x00], "a command above the last"),
    ] {
        assert!(!may(&with(start, at, other)), "{what}");
    }
    assert!(may(&with(start, 0, &[0, 13])) && may(&with(start, 0, &[0x05, 0x78])));
    assert!(may(&with(&start[..9], 0, &[0, MIN_FRAME_LEN as u8 + 2])));
    assert!(!may(&with(&start[..5], 0, &[0, MIN_FRAME_LEN as u8 + 1])));
    // A single byte is the high one of the length.
    assert!(may(&[0]) && may(&[0x05]) && !may(&[0x06]));
}

#[test]
fn the_response_of_a_proxy_is_remembered_after_connect() {
    let shared = OicqShared::default();
    let request = b"CONNECT 203.0.113.8:443 HTTP/1.1\r\n\r\n";
    let response = b"HTTP/1.1 200 Connection established\r\n\r\n";
    let mut session = OicqSession::default();
    let mut offer = |bytes: &[u8]| {
        let known = Some((&mut session, &shared));
        recognise(&segment(bytes, 8080), known)
    };
    assert_eq!(offer(response), Answer::No);
    assert_eq!(offer(request), Answer::Remember);
    assert_eq!(offer(response), Answer::Remember);
    assert_eq!(offer(b"something else"), Answer::No);
}
