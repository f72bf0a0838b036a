//! Frames with each header, complete and truncated.

use crate::error::Fault;
use crate::oicq::wire::basic::TRAILER;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::frame::*;
use crate::oicq::wire::prefix::BodyPart;
use crate::span::Span;

/// A frame with a body of `body` bytes after `head`.
pub(crate) fn build(head: &[u8], body: usize) -> Vec<u8> {
    let mut bytes = head.to_vec();
    bytes.extend((0..body).map(|i| 0x80 | i as u8));
    bytes.push(TRAILER);
    bytes
}

pub(crate) fn read(bytes: &[u8]) -> Frame {
    frame(bytes, Span::new(0, bytes.len()), Direction::Unknown).unwrap()
}

const LONG: [u8; 11] = [2, 0x34, 0x20, 0, 0xcd, 0x1b, 0xdb, 0x00, 0xbc, 0x61, 0x4e];
/// The client block of a command of the session.
pub(crate) const BLOCK: [u8; 11] = [2, 0, 0, 0, 1, 1, 1, 0, 0, 0x66, 0xa7];

#[test]
fn long_client_frame() {
    let mut bytes = LONG.to_vec();
    bytes.extend(BLOCK);
    let bytes = build(&bytes, 24);
    let frame = read(&bytes);
    assert_eq!(frame.direction, Direction::ToServer);
    assert_eq!(frame.uin.unwrap().value, 12_345_678);
    assert_eq!(frame.block.unwrap().build.value, 0x66a7);
    assert_eq!(
        frame.body.find(BodyPart::Ciphertext),
        Some(Span::new(22, 24))
    );
    assert!(frame.fits && frame.trailer.is_some());
}

#[test]
fn a_header_alone_has_an_empty_body_inside_it() {
    for version in [[0x0f, 0x5f], [0x34, 0x20], [0x50, 0x05]] {
        let header = [&[2][..], &version, &LONG[3..7]].concat();
        for hint in [Direction::ToServer, Direction::ToClient] {
            let frame = frame(&header, Span::new(0, 7), hint).unwrap();
            let parts: Vec<Span> = frame.body.iter().map(|(_, span)| span).collect();
            assert_eq!(parts, [Span::new(7, 0)]);
        }
    }
}

/// All that a frame consists of, in the order of its bytes.
fn pieces(frame: &Frame) -> Vec<Span> {
    let mut pieces = vec![Span::new(0, 7)];
    pieces.extend(frame.uin.map(|uin| uin.span));
    pieces.extend(frame.body.iter().map(|(_, span)| span));
    pieces.extend(frame.trailer);
    pieces
}

#[test]
fn a_frame_too_short_for_its_header_is_explained_in_full() {
    let versions = [[0x0f, 0x5f], [0x34, 0x20], [0x50, 0x05]];
    let hints = [Direction::Unknown, Direction::ToServer, Direction::ToClient];
    for (version, hint, len) in versions
        .iter()
        .flat_map(|version| hints.map(|hint| (version, hint)))
        .flat_map(|(version, hint)| (7..=12).map(move |len| (version, hint, len)))
    {
        let mut bytes = [&[2][..], version, &LONG[3..], &[0x55]].concat();
        bytes.truncate(len);
        for last in [0x55, TRAILER] {
            if len > 7 {
                bytes[len - 1] = last;
            }
            let frame = frame(&bytes, Span::new(0, len), hint).unwrap();
            assert_eq!(frame.trailer.is_some(), len > 7 && last == TRAILER);
            let mut end = 0;
            for piece in pieces(&frame) {
                assert_eq!(piece.start, end, "{frame:?}");
                end = piece.end();
            }
            assert_eq!(end, len, "{frame:?}");
        }
    }
}

#[test]
fn a_block_ends_with_its_frame() {
    for len in 22..=26 {
        let mut bytes = [&LONG[..], &[3], &BLOCK[1..], &[0; 4]].concat();
        bytes.truncate(len);
        let block = read(&bytes).block.unwrap();
        assert_eq!(block.span, Span::new(11, len - 11));
        let padding = block.padding.unwrap_or_default();
        assert_eq!(padding.len, len - 22);
    }
}

#[test]
fn long_server_frame_and_probe() {
    let mut bytes = LONG.to_vec();
    bytes.extend([0, 4, 0]);
    let frame = read(&build(&bytes, 16));
    assert_eq!(frame.direction, Direction::ToClient);
    assert_eq!(
        frame.body.find(BodyPart::Ciphertext),
        Some(Span::new(14, 16))
    );
    let mut bytes = LONG.to_vec();
    bytes.extend([0; 8]);
    let frame = read(&build(&bytes, 24));
    assert_eq!(frame.direction, Direction::ToServer);
    assert_eq!(
        frame.body.find(BodyPart::Ciphertext),
        Some(Span::new(19, 24))
    );
}

/// A client's version is never 0x0100: such a frame is of a server, even if its length does not
/// fit.
#[test]
fn the_version_of_old_servers_is_of_servers_only() {
    let bytes = build(&[2, 1, 0, 0, 2, 0, 1, 0x00, 0xbc, 0x61, 0x4e], 16);
    for hint in [Direction::Unknown, Direction::ToServer, Direction::ToClient] {
        let frame = frame(&bytes, Span::new(0, bytes.len()), hint).unwrap();
        let found = (frame.direction, frame.fits, frame.uin);
        assert_eq!(found, (Direction::ToClient, false, None), "{hint:?}");
    }
}

#[test]
fn only_the_client_has_a_number_in_the_classic_header() {
    let client = read(&build(
        &[2, 0x0f, 0x5f, 0, 2, 0, 1, 0x00, 0xbc, 0x61, 0x4e],
        16,
    ));
    assert_eq!(client.uin.unwrap().value, 12_345_678);
    assert_eq!(client.direction, Direction::ToServer);
    let server = read(&build(&[2, 0x0f, 0x5f, 0, 2, 0, 1], 16));
    assert_eq!(server.uin, None);
    assert_eq!(server.direction, Direction::ToClient);
    assert_eq!(
        server.body.find(BodyPart::Ciphertext),
        Some(Span::new(7, 16))
    );
}

#[test]
fn the_first_of_2009_have_tokens_after_the_classic_header() {
    let mut head = vec![
        2, 0x16, 0x63, 0, 0x30, 0, 1, 0x00, 0xbc, 0x61, 0x4e, 0, 0x38,
    ];
    head.extend([0x77; 0x38]);
    let login = read(&build(&head, 48));
    assert_eq!(login.body.find(BodyPart::Token), Some(Span::new(13, 0x38)));
    assert_eq!(
        login.body.find(BodyPart::Ciphertext),
        Some(Span::new(69, 48))
    );
    head[1..3].copy_from_slice(&[0x0f, 0x5f]);
    assert_eq!(read(&build(&head, 48)).body.find(BodyPart::Token), None);
}

#[test]
fn the_cleartext_key_of_a_touch_is_found() {
    let mut bytes = LONG.to_vec();
    bytes[3..5].copy_from_slice(&[0x08, 0x25]);
    bytes.extend([3, 0, 0, 0, 1, 1, 1, 0, 0, 0x66, 0xa7, 0, 0, 0, 0]);
    bytes.extend([0x11; 16]);
    let frame = read(&build(&bytes, 104));
    assert_eq!(frame.body.find(BodyPart::Key), Some(Span::new(26, 16)));
    assert_eq!(
        frame.body.find(BodyPart::Ciphertext),
        Some(Span::new(42, 104))
    );
    assert_eq!(frame.span.len, 147);
}

#[test]
fn a_length_that_fits_no_layout_makes_the_body_unknown() {
    let mut bytes = LONG.to_vec();
    bytes.extend(BLOCK);
    let frame = read(&build(&bytes, 23));
    assert!(!frame.fits);
    assert_eq!(frame.body.find(BodyPart::Ciphertext), None);
    assert_eq!(frame.body.find(BodyPart::Unknown), Some(Span::new(22, 23)));
}

#[test]
fn a_truncated_frame_keeps_its_length() {
    let mut bytes = LONG.to_vec();
    bytes.extend(BLOCK);
    let whole = build(&bytes, 80);
    let span = Span::new(0, whole.len());
    for cut in 0..whole.len() {
        match frame(&whole[..cut], span, Direction::Unknown) {
            Ok(frame) => assert_eq!(frame.end(), whole.len()),
            Err(fault) => {
                assert!(cut < 7, "{cut}");
                assert!(matches!(fault, Fault::Incomplete(_)), "{cut}");
            }
        }
    }
}

#[test]
fn other_first_bytes_are_malformed() {
    let fault = frame(b"\x03\x34\x20", Span::new(0, 3), Direction::Unknown).unwrap_err();
    assert!(matches!(fault, Fault::Malformed { .. }));
}
