//! Frames that are accepted, and the same with one thing wrong.

use super::*;
use crate::oicq::wire::frame::tests::{build, BLOCK};
use Direction::{ToServer, Unknown};

/// A classic header of a known client, without the body: 0x0f5f is QQ2006, 0x0002 its keep-alive.
const CLASSIC: [u8; 11] = [2, 0x0f, 0x5f, 0, 2, 0, 1, 0x00, 0xbc, 0x61, 0x4e];
/// The header of a message of TM2013 without its block.
const LONG: [u8; 11] = [2, 0x34, 0x20, 0, 0xcd, 0x1b, 0xdb, 0x00, 0xbc, 0x61, 0x4e];

/// The bytes with others at an offset.
fn with(bytes: &[u8], at: usize, other: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[at..at + other.len()].copy_from_slice(other);
    bytes
}

/// A frame of a client with the long header: a block of type 2 and 24 bytes of ciphertext.
fn long() -> Vec<u8> {
    build(&[&LONG[..], &BLOCK].concat(), 24)
}

fn may_be(bytes: &[u8], len: usize, is_confirmed: bool) -> bool {
    may_be_frame(bytes, Span::new(0, len), ToServer, is_confirmed)
}

/// Whether a frame of `len` bytes, of which these are captured, is one.
fn is_frame_of(bytes: &[u8], len: usize) -> bool {
    is_frame(bytes, Span::new(0, len), Unknown)
}

fn is(bytes: &[u8]) -> bool {
    is_frame_of(bytes, bytes.len())
}

#[test]
fn other_tencent_protocols_are_no_frames_even_on_the_port_of_qq() {
    let media = b"\x02\x02\0\x10\0\x02\0\x01\0\0\0\0\0\0\0\x03";
    let downloader = b"\x02\x03\x04\0\x02\0\x01\0\0\0\0\0\0\0\0\x03";
    let beacon = b"\x02\xdb\x08\0\x02\0\x01\0\0\0\0\0\0\0\0\x03";
    for bytes in [media, downloader, beacon] {
        let span = Span::new(0, bytes.len());
        assert!(!may_be_frame(bytes, span, Direction::ToServer, true));
        assert!(!is_frame(bytes, span, Direction::ToServer));
    }
}

#[test]
fn voice_and_video_say_the_length_of_their_datagram() {
    for (kind, len, expected) in [
        (2, 0x0100, true),
        (3, 0x0100, true),
        (2, 0x00ff, false),
        (2, 0x0101, false),
        (4, 0x0100, false),
    ] {
        let bytes = build(&[2, kind, 0x01, 0x00, 0x02, 0, 1], len - 8);
        let found = is_other_tencent_protocol(&bytes, len);
        assert_eq!(found, expected, "{kind} {len:#x}");
        // With this length the rest is a keep-alive to Wireshark's own dissector.
        assert_eq!(may_be(&bytes, len, false), !expected, "{kind} {len:#x}");
    }
}

#[test]
fn a_known_command_is_enough_on_the_port_of_qq() {
    let header = [2, 0x04, 0x00, 0x00, 0x02, 0, 1, 0x55];
    assert!(may_be(&header, 8, false));
    assert!(!may_be(&header[..7], 7, false), "no room for a trailer");
    assert!(!may_be(&with(&header, 0, &[1]), 8, false), "another flag");
}

#[test]
fn an_unknown_command_needs_more_than_the_port_of_qq() {
    let unknown = with(&CLASSIC, 3, &[0x0f, 0xfe]);
    let fits = build(&unknown, 16);
    let misfits = build(&unknown, 15);
    assert!(may_be(&fits, fits.len(), false));
    assert!(may_be(&misfits, misfits.len(), true));
    assert!(!may_be(&misfits, misfits.len(), false));
    // A client block stands for a last byte that is not 03.
    let block = with(&long(), 3, &[0x0f, 0xfe]);
    for (frame, expected) in [(&fits, false), (&block, true)] {
        let unended = with(frame, frame.len() - 1, &[0x55]);
        assert_eq!(may_be(&unended, unended.len(), true), expected);
        assert!(may_be(&unended[..24], unended.len(), true), "cut before it");
    }
    for command in [[0, 0], [0x10, 0x00]] {
        let frame = with(&fits, 3, &command);
        assert!(!may_be(&frame, frame.len(), true), "{command:x?}");
    }
    let last = with(&fits, 3, &[0x0f, 0xff]);
    assert!(may_be(&last, last.len(), true));
}

#[test]
fn a_complete_frame_is_one_by_each_of_its_parts() {
    let client = build(&CLASSIC, 16);
    let server = build(&CLASSIC[..7], 16);
    assert!(is(&client) && is(&server) && is(&long()));
    for (frame, at, other, what) in [
        (&client, 0, &[1][..], "another flag"),
        (&client, 27, &[4], "another last byte"),
        (&client, 1, &[0x04, 0xff], "the version of no client"),
        (&client, 3, &[0x0f, 0xfe], "an unknown command"),
        (&client, 7, &[0, 0, 0x27, 0x0f], "a number below the first"),
        (&client, 7, &[0; 4], "no number in a keep-alive"),
        (&long(), 1, &[0x40, 0x00], "the version of no client"),
        (&long(), 3, &[0, 0], "command 0"),
        (&long(), 3, &[0x10, 0x00], "a command above the last"),
        (&long(), 1, &[0x50, 0x05], "the game"),
    ] {
        assert!(!is(&with(frame, at, other)), "{what}");
    }
    assert!(!is(&build(&CLASSIC, 17)), "a length that does not fit");
    // With a long header neither client nor command need be known.
    for (at, other) in [(1, [0x3f, 0xff]), (3, [0x0f, 0xfe]), (3, [0x0f, 0xff])] {
        assert!(is(&with(&long(), at, &other)), "{other:x?}");
    }
    assert!(is(&with(&client, 7, &[0, 0, 0x27, 0x10])));
    assert!(is(&with(&client, 1, &[0x0f, 0x60])), "an unknown client");
}

#[test]
fn a_login_may_lack_the_number() {
    let poll = with(&with(&long(), 3, &[0x08, 0x19]), 7, &[0; 4]);
    let frame = frame(&poll, Span::new(0, poll.len()), Unknown).unwrap();
    assert!(number_is_plausible(&frame));
    for number in [[0, 0, 0, 1], [0, 0, 0x27, 0x0f]] {
        let bytes = with(&poll, 7, &number);
        let frame = super::frame(&bytes, Span::new(0, poll.len()), Unknown).unwrap();
        assert!(!number_is_plausible(&frame), "{number:x?}");
    }
    // Of an unknown client the number tells.
    let start = &with(&poll, 1, &[0x3f, 0xff])[..15];
    assert!(is_frame_of(start, poll.len()));
    assert!(!is_frame_of(&with(start, 7, &[0, 0, 0, 1]), poll.len()));
}

/// The first bytes decide in a packet that is cut, and where a frame is not complete.
#[test]
fn a_frame_begins_with_a_known_client_and_its_command() {
    let begins = |start: &[u8], len| is_frame_of(start, len);
    assert!(begins(&CLASSIC[..5], 28));
    assert!(begins(&CLASSIC[..5], MIN_FRAME_LEN) && begins(&CLASSIC[..5], MAX_FRAME_LEN));
    assert!(!begins(&CLASSIC[..5], MIN_FRAME_LEN - 1) && !begins(&CLASSIC[..5], MAX_FRAME_LEN + 1));
    assert!(!begins(&CLASSIC[..4], 28), "no command");
    for (at, other, what) in [
        (0, &[1][..], "another flag"),
        (1, &[0x0f, 0x60], "an unknown client"),
        (1, &[0x50, 0x05], "the game"),
        (1, &[0x07, 0xda], "the game"),
        (3, &[0x0f, 0xfe], "an unknown command"),
    ] {
        assert!(!begins(&with(&CLASSIC[..5], at, other), 28), "{what}");
    }
    // A complete frame is judged by all its bytes.
    let unended = with(&build(&CLASSIC, 16), 27, &[0x55]);
    assert!(!is(&unended));
}

/// A client that is not known, with a command without a row.
fn unknown_long(block: &[u8]) -> Vec<u8> {
    let header = with(&with(&LONG, 1, &[0x3f, 0xff]), 3, &[0x0f, 0xfe]);
    [&header[..], block].concat()
}

/// Length of a frame with this many bytes up to its ciphertext, which has 16 and `more`.
const fn len_of(header: usize, more: usize) -> usize {
    header + 16 + more + 1
}

#[test]
fn a_long_header_begins_with_a_block_or_that_of_a_server() {
    let headers = [
        (22, &[2, 0, 0, 0, 1, 1, 1][..]),
        (22, &[2, 1, 7, 0, 1, 0x2e, 1]),
        (26, &[3, 0, 0, 0, 1, 1, 1]),
        (30, &[4, 0, 0, 0, 1, 1, 1]),
        (14, &[0, 0x20, 0x55, 1]),
        (14, &[0, 0, 0, 0]),
        (19, &[0; 8]),
    ];
    for (header, block) in headers {
        let start = unknown_long(block);
        for captured in 15..=start.len() {
            let begins = |len| is_frame_of(&start[..captured], len);
            let note = format!("{block:x?} {captured}");
            assert!(begins(len_of(header, 0)), "{note}");
            assert!(
                begins(len_of(header, 8)) && begins(len_of(header, 800)),
                "{note}"
            );
        }
        let begins = |len| is_frame_of(&start, len);
        assert!(!begins(len_of(header, 0) - 8), "{block:x?}: too short");
        // Zeroes can be of a server and of a probe.
        let other = match (header, block) {
            (14, [0, 0, 0, 0]) => Some(5),
            (19, _) => Some(3),
            _ => None,
        };
        for more in 1..8 {
            let expected = Some(more) == other;
            assert_eq!(begins(len_of(header, more)), expected, "{block:x?} {more}");
        }
        assert!(!is_frame_of(&start[..14], len_of(header, 0)), "too early");
    }
}

#[test]
fn the_first_bytes_of_a_long_header_are_checked_each() {
    let start = unknown_long(&[2, 0, 0, 0, 1, 1, 1]);
    let len = len_of(22, 8);
    assert!(is_frame_of(&start, len));
    for (at, other, what) in [
        (0, &[1][..], "another flag"),
        (1, &[0x19, 0x56], "the last version with a classic header"),
        (1, &[0x40, 0x00], "a version above the last"),
        (1, &[0x50, 0x05], "the game"),
        (3, &[0, 0], "command 0"),
        (3, &[0x10, 0x00], "a command above the last"),
        (7, &[0, 0, 0x27, 0x0f], "a number below the first"),
        (7, &[0; 4], "no number"),
        (11, &[1], "no type of a block"),
        (11, &[5], "no type of a block"),
        (12, &[2], "no flag"),
        (13, &[8], "more repetitions than any client sends"),
        (14, &[1], "another client type"),
        (15, &[0], "another client type"),
        (17, &[2], "another client type"),
    ] {
        assert!(!is_frame_of(&with(&start, at, other), len), "{what}");
    }
    for (at, other) in [
        (1, &[0x19, 0x57][..]),
        (3, &[0, 1]),
        (3, &[0x0f, 0xff]),
        (7, &[0, 0, 0x27, 0x10]),
    ] {
        assert!(is_frame_of(&with(&start, at, other), len), "{other:x?}");
    }
    // Of a server only the length tells more, and of a probe the zeroes.
    let server = unknown_long(&[0, 9, 9, 9, 9, 9, 9, 9]);
    assert!(is_frame_of(&server, len_of(14, 8)));
    assert!(!is_frame_of(&server, len_of(19, 8)));
}
