//! Grades of frames, and of the same with one thing wrong.

use super::*;
use crate::oicq::wire::frame::frame;
use crate::oicq::wire::frame::tests::BLOCK;
use crate::span::Span;
use Direction::{ToClient, ToServer, Unknown};
use Grade::{Certain, Known, Shape};

/// The header of QQ2006's keep-alive.
const CLASSIC: [u8; 11] = [2, 0x0f, 0x5f, 0, 2, 2, 0x1a, 0x00, 0xbc, 0x61, 0x4e];
/// The header of a message of TM2013, without its block.
const LONG: [u8; 11] = [2, 0x34, 0x20, 0, 0xcd, 0x1b, 0xdb, 0x00, 0xbc, 0x61, 0x4e];
/// The rest of a header of the server.
const SERVER: [u8; 3] = [0, 4, 0];
/// The header of a login of the game QQ Speed.
const GAME: [u8; 7] = [2, 0x50, 0x05, 0x08, 0x25, 0, 1];
/// Ciphertext of the keep-alive (docs/protocol/oicq.md §10.2, G06).
const CIPHERTEXT: [u8; 24] = [
    0xd6, 0xe5, 0xfc, 0xee, 0x8b, 0xe2, 0xb7, 0x9d, 0x2a, 0xa7, 0x22, 0x70, 0xcb, 0x65, 0x7d, 0x70,
    0x9f, 0xb4, 0xd2, 0x64, 0xf2, 0x60, 0xce, 0x5f,
];

fn build(parts: &[&[u8]]) -> Vec<u8> {
    [&parts.concat()[..], &[TRAILER]].concat()
}

fn classic() -> Vec<u8> {
    build(&[&CLASSIC, &CIPHERTEXT])
}

/// A classic frame of the server.
fn classic_server() -> Vec<u8> {
    build(&[&CLASSIC[..7], &CIPHERTEXT])
}

fn long() -> Vec<u8> {
    build(&[&LONG, &BLOCK, &CIPHERTEXT])
}

fn long_server() -> Vec<u8> {
    build(&[&LONG, &SERVER, &CIPHERTEXT])
}

/// The bytes with others at an offset.
fn with(bytes: &[u8], at: usize, other: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[at..at + other.len()].copy_from_slice(other);
    bytes
}

fn packet(bytes: &[u8], reported: usize) -> Packet<'_> {
    Packet {
        bytes,
        reported,
        ..Packet::default()
    }
}

/// The grade of a frame of `len` bytes, of which these are captured.
fn grade_of(bytes: &[u8], len: usize, hint: Direction) -> Option<Grade> {
    let frame = frame(bytes, Span::new(0, len), hint).ok()?;
    grade(&packet(bytes, len), &frame, hint)
}

fn anywhere(bytes: &[u8]) -> Option<Grade> {
    grade_of(bytes, bytes.len(), Unknown)
}

#[test]
fn a_known_client_sends_what_its_side_sends() {
    let number = |frame: &[u8], version: u16, command: u16| {
        let head = [version.to_be_bytes(), command.to_be_bytes()].concat();
        anywhere(&with(frame, 1, &head))
    };
    let (up, down) = (&classic()[..], &classic_server()[..]);
    for (frame, version, command, grade) in [
        (up, 0x0f5f, 0x0002, Some(Known)),
        (down, 0x0f5f, 0x0002, Some(Known)),
        (down, SERVER_VERSION, 0x0002, Some(Known)),
        // Clients that are not known.
        (up, 0x100b, 0x0002, Some(Shape)),
        (up, 0x0500, 0x0002, Some(Shape)),
        (up, 0x04ff, 0x0002, None),
        // What only one side sends.
        (up, 0x0f5f, 0x0012, Some(Known)),
        (down, 0x0f5f, 0x0012, Some(Shape)),
        (up, 0x0f5f, 0x0080, Some(Shape)),
        (down, 0x0f5f, 0x0080, Some(Known)),
        // Commands without a name have the long header, those without a row nobody.
        (up, 0x0f5f, 0x00b9, Some(Shape)),
        (&long_server(), 0x3420, 0x00b9, Some(Known)),
        (&long_server(), 0x3420, 0x0ffe, Some(Shape)),
        (&long_server(), 0x3fff, 0x00cd, Some(Shape)),
        (&long_server(), 0x4000, 0x00cd, None),
    ] {
        let found = number(frame, version, command);
        assert_eq!(found, grade, "{version:#06x} {command:#06x}");
    }
}

#[test]
fn a_build_is_the_version_of_one_reply() {
    let reply = with(&long_server(), 1, &[0x67, 0x92, 0x00, 0xb9]);
    assert_eq!(anywhere(&reply), Some(Known));
    assert_eq!(anywhere(&with(&reply, 1, &[0x67, 0x93])), None, "no build");
    assert_eq!(
        anywhere(&with(&reply, 3, &[0, 0xcd])),
        None,
        "no such reply"
    );
    // Zeroes in place of a block are of a client.
    let client = build(&[&reply[..11], &[0; 8], &CIPHERTEXT]);
    assert_eq!(anywhere(&client), None);
}

#[test]
fn a_block_or_a_probe_is_not_by_chance() {
    assert_eq!(anywhere(&long()), Some(Certain));
    // A retransmission count that no client sends, and builds of more than two bytes.
    for (at, other, grade) in [
        (13, &[MAX_REPEATS][..], Certain),
        (13, &[MAX_REPEATS + 1], Known),
        (18, &[0, 0, 0xff, 0xff], Certain),
        (18, &[0, 1, 0, 0], Known),
    ] {
        assert_eq!(
            anywhere(&with(&long(), at, other)),
            Some(grade),
            "{other:?}"
        );
    }
    let probe = build(&[&with(&LONG, 3, &[0, 1]), &[0; 8], &CIPHERTEXT]);
    assert_eq!(anywhere(&probe), Some(Certain));
}

#[test]
fn the_token_request_is_that_of_any_client() {
    let token = [2, 0x10, 0x0b, 0, 0x62, 0x1a, 1, 0, 0xbc, 0x61, 0x4e, 0, 3];
    assert_eq!(anywhere(&token), Some(Known));
    let reply = build(&[&token[..7], b"\0\x05abcde"]);
    assert_eq!(anywhere(&reply), Some(Shape));
    assert_eq!(anywhere(&reply[..reply.len() - 1]), None, "without an end");
    // Others of its length are too short for ciphertext.
    assert_eq!(anywhere(&with(&token, 3, &[0, 2])), None);
}

#[test]
fn frames_with_one_thing_wrong_have_no_grade() {
    for (at, other, what) in [
        (1, &[0xdb, 0x08, 0x00][..], "the beacon"),
        (3, &[0, 0], "command 0"),
        (3, &[0x10, 0x00], "a command above the last"),
        (7, &[0, 0, 0x27, 0x0f], "a number below the first"),
        (7, &[0; 4], "no number in a message"),
    ] {
        assert_eq!(anywhere(&with(&long(), at, other)), None, "{what}");
    }
    for (at, other) in [(3, &[0x0f, 0xff][..]), (7, &[0, 0, 0x27, 0x10])] {
        assert_eq!(anywhere(&with(&long(), at, other)), Some(Certain));
    }
    for (hint, grade) in [(ToServer, Some(Certain)), (ToClient, None)] {
        assert_eq!(grade_of(&long(), long().len(), hint), grade);
    }
    let misfit = build(&[&CLASSIC, &CIPHERTEXT[..15]]);
    assert_eq!(grade_of(&misfit, misfit.len(), ToServer), None);
}

#[test]
fn few_commands_may_lack_the_number() {
    let poll = with(&long(), 3, &[0x08, 0x19]);
    // A query of the number of a mail address has a key before the ciphertext.
    let mail = build(&[
        &with(&CLASSIC, 3, &[0, 0xb2]),
        &CIPHERTEXT[..16],
        &CIPHERTEXT,
    ]);
    for (frame, grade) in [(poll, Certain), (mail, Known)] {
        assert_eq!(anywhere(&frame), Some(grade));
        assert_eq!(anywhere(&with(&frame, 7, &[0; 4])), Some(grade));
        assert_eq!(anywhere(&with(&frame, 7, &[0, 0, 0, 1])), None);
    }
}

#[test]
fn the_game_is_recognised_on_the_ports_of_qq() {
    let whole = build(&[&GAME, &LONG[7..], &CIPHERTEXT]);
    for (hint, grade) in [
        (Unknown, None),
        (ToServer, Some(Known)),
        (ToClient, Some(Known)),
    ] {
        assert_eq!(grade_of(&whole, whole.len(), hint), grade, "{hint:?}");
    }
    let there = |bytes: &[u8], len| grade_of(bytes, len, ToServer);
    assert_eq!(there(&with(&whole, 3, &[0x0f, 0xfe]), whole.len()), None);
    let unended = &whole[..whole.len() - 1];
    assert_eq!(there(unended, unended.len()), None);
    assert_eq!(there(unended, whole.len()), Some(Known), "cut");
    // The least and the greatest length.
    let shortest = build(&[&GAME]);
    assert_eq!(there(&shortest, MIN_FRAME_LEN), Some(Known));
    let shorter = with(&shortest, 6, &[TRAILER]);
    assert_eq!(there(&shorter[..7], MIN_FRAME_LEN - 1), None);
    assert_eq!(there(&whole, MAX_FRAME_LEN), Some(Known));
    assert_eq!(there(&whole, MAX_FRAME_LEN + 1), None);
}

#[test]
fn what_a_cut_packet_lacks_counts_as_fitting() {
    let whole = build(&[&CLASSIC, &CIPHERTEXT]);
    let cut = |captured: usize, len, hint| grade_of(&whole[..captured], len, hint);
    for captured in [7, 10, 11, 20, 26, 30] {
        assert_eq!(
            cut(captured, whole.len(), Unknown),
            Some(Known),
            "{captured}"
        );
    }
    // A token before the ciphertext, of which not all is captured, could have this length.
    let odd = whole.len() - 1;
    assert_eq!(cut(HEADER - 1, odd, ToServer), Some(Known));
    assert_eq!(cut(HEADER, odd, ToServer), None);
    // Then the side is not known either: if it is the client, the number must be there.
    assert_eq!(cut(10, odd, Unknown), Some(Known));
    assert_eq!(cut(11, odd, Unknown), None);
}

#[test]
fn ciphertexts_look_random() {
    let is_graded = |sample: [u8; 16]| {
        let frame = build(&[&CLASSIC, &sample]);
        anywhere(&frame).is_some()
    };
    let repeating = |distinct: usize| core::array::from_fn(|at| (at % distinct * 16) as u8);
    assert!(
        is_graded(repeating(10)) && !is_graded(repeating(9)),
        "values"
    );
    let text: [u8; 16] = core::array::from_fn(|at| 0x7f - 7 * at as u8);
    assert!(!is_graded(text), "as text");
    assert!(is_graded(
        [&[0x80][..], &text[1..]].concat().try_into().unwrap()
    ));
    let stepping = |steps: usize, step: u8| {
        core::array::from_fn(|at| match at % 2 == 1 && at / 2 < steps {
            true => (at as u8 - 1) * 16 + step,
            false => at as u8 * 16,
        })
    };
    for step in [0, 1] {
        assert!(
            is_graded(stepping(5, step)) && !is_graded(stepping(6, step)),
            "{step}"
        );
    }
    assert!(is_graded(stepping(6, 2)), "larger steps");
}

#[test]
fn what_may_be_a_frame_is_remembered() {
    let is = |bytes: &[u8], len| is_worth_remembering(&packet(bytes, len));
    let frame = classic();
    let whole = |bytes: &[u8]| is(bytes, bytes.len());
    assert!(whole(&frame));
    for (at, other, what) in [
        (0, &[1][..], "another flag"),
        (1, &[0x04, 0xff], "a version below the first"),
        (1, &[0x40, 0x00], "a version above the last"),
        (3, &[0, 0], "command 0"),
        (3, &[0x10, 0x00], "a command above the last"),
        (frame.len() - 1, &[0x55], "another last byte"),
    ] {
        assert!(!whole(&with(&frame, at, other)), "{what}");
    }
    for version in [[1, 0], [5, 0], [0x3f, 0xff]] {
        assert!(whole(&with(&frame, 1, &version)), "{version:x?}");
    }
    assert!(!is(&frame[..4], 36), "no command");
    let cut = &frame[..20];
    assert!(is(cut, MAX_FRAME_LEN) && !is(cut, MAX_FRAME_LEN + 1));
    assert!(is(&frame[..7], MIN_FRAME_LEN) && !is(&frame[..6], MIN_FRAME_LEN - 1));
    // Any version with a client block, or in the one reply with a build.
    let build = with(&frame, 1, &[0x67, 0x92]);
    assert!(whole(&with(&build, 14, &[0, 1])) && !whole(&with(&build, 14, &[0, 2])));
    assert!(whole(&with(&build, 3, &[0, 0xb9])));
    assert!(!whole(&with(&long(), 1, &[0xdb, 0x08, 0x00])), "the beacon");
}

#[test]
fn fingerprints_are_of_the_bytes_after_the_header() {
    let print = |bytes: &[u8]| {
        let frame = frame(bytes, Span::new(0, bytes.len()), Unknown).unwrap();
        fingerprint(&frame, bytes)
    };
    // 0xff and 0 show that both halves count.
    let body = [&[0x11; 8][..], &[0xff; 4], &[0; 4], &CIPHERTEXT[..8]].concat();
    for (header, start) in [
        (&CLASSIC[..], 11),
        (&CLASSIC[..7], 7),
        (&[&LONG[..], &BLOCK].concat(), 22),
        (&[&LONG[..], &SERVER].concat(), 14),
    ] {
        let bytes = build(&[header, &body]);
        let known = print(&bytes);
        for at in 0..bytes.len() - 1 {
            let changed = with(&bytes, at, &[bytes[at] ^ 1]);
            // Other bytes of the header can make another frame of it.
            if at == 6 || at >= start {
                let is_in = (start..start + SAMPLE_LEN).contains(&at);
                assert_eq!(print(&changed) != known, is_in, "{start} {at}");
            }
        }
        let number = 7..start.min(11);
        if !number.is_empty() {
            assert_eq!(print(&with(&bytes, 7, &[0, 0, 0x27, 0x11])), known);
        }
    }
    let cut = &classic()[..26];
    let frame = frame(cut, Span::new(0, 36), Unknown).unwrap();
    assert_eq!(fingerprint(&frame, cut), 0);
}
