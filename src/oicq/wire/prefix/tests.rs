//! Frames with what stands in clear before a ciphertext.

use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::frame::frame;
use crate::oicq::wire::frame::tests::{build, read, BLOCK};
use crate::oicq::wire::prefix::BodyPart;
use crate::span::Span;

/// A frame of the client, with everything in clear before the ciphertext after its head.
fn sent(version: u16, command: u16, block: &[u8], clear: &[u8]) -> Vec<u8> {
    let [version, command] = [version, command].map(u16::to_be_bytes);
    let number = [0x1b, 0xdb, 0x00, 0xbc, 0x61, 0x4e];
    [&[2], &version[..], &command, &number, block, clear].concat()
}

/// The table of docs/protocol/oicq.md §2.4: what a client has in clear.
#[test]
fn ciphertexts_begin_where_the_reference_says() {
    let flagged = [2, 1, 0, 0, 1, 1, 1, 0, 0, 0x66, 0xa7];
    let of_login = [&[3], &BLOCK[1..], &[0; 4]].concat();
    let of_protobuf = [&[4], &BLOCK[1..], &[0; 8]].concat();
    let token = [&[0, 0x20][..], &[0x77; 32]].concat();
    let later_token = [&[0, 0x30, 0, 0x3a, 0, 0x38][..], &[0x77; 56]].concat();
    let exchange = [
        &[0, 2, 1, 3, 0, 0x19][..],
        &[0x22; 25],
        &[0, 0, 0, 0x10],
        &[0x33; 16],
    ];
    let exchange = exchange.concat();
    let key = [0x11; 16];
    let none: &[u8] = &[];
    for (version, command, block, clear, at) in [
        (0x0f5f, 0x0016, none, none, 11),
        (0x0f5f, 0x0022, none, &key[..], 27),
        (0x115b, 0x0091, none, &key, 27),
        (0x0f5f, 0x00ba, none, &key, 27),
        (0x115b, 0x00dd, none, &key, 27),
        (0x0f4b, 0x0018, none, &key, 27),
        (0x0f5f, 0x00b2, none, &key, 27),
        (0x115b, 0x0022, none, &token, 45),
        (0x3420, 0x00cd, &BLOCK[..], none, 22),
        (0x1e0d, 0x0091, &BLOCK, &key, 38),
        (0x1e0d, 0x00ba, &BLOCK, &key, 38),
        (0x2227, 0x00dd, &BLOCK, &key, 38),
        (0x1e0d, 0x00de, &BLOCK, &token, 56),
        (0x1e0d, 0x00e3, &BLOCK, &token, 56),
        (0x1e0d, 0x00e5, &BLOCK, &token, 56),
        (0x1e0d, 0x0030, &BLOCK, &token, 56),
        (0x3420, 0x00ec, &flagged, &token, 56),
        (0x3420, 0x0825, &of_login, &key, 42),
        (0x3241, 0x0826, &of_login, &key, 42),
        (0x3420, 0x0818, &of_login, &key, 42),
        (0x3420, 0x00ba, &of_login, &key, 42),
        (0x3420, 0x0836, &of_login, &exchange, 77),
        (0x3420, 0x0828, &BLOCK, &later_token, 84),
        (0x3420, 0x0819, &of_login, &later_token, 88),
        (0x3420, 0x0827, &of_login, &later_token, 88),
        (0x3420, 0x0839, &of_login, &later_token, 88),
        (0x3420, 0x03e3, &of_protobuf, none, 30),
    ] {
        let frame = read(&build(&sent(version, command, block, clear), 32));
        let ciphertext = frame.body.find(BodyPart::Ciphertext);
        assert_eq!(
            ciphertext,
            Some(Span::new(at, 32)),
            "{version:04x} {command:04x}"
        );
    }
    let token = sent(0x0f5f, 0x0062, none, none);
    let token = read(&build(&token, 1)).body;
    assert_eq!(token.find(BodyPart::Plain), Some(Span::new(11, 1)));
    let answer = sent(
        0x3420,
        0x0836,
        &[0, 4, 0],
        &[&[1, 3, 0, 0x19][..], &[0x22; 25]].concat(),
    );
    let answer = frame(
        &build(&answer, 32),
        Span::new(0, answer.len() + 33),
        Direction::ToClient,
    );
    let ciphertext = answer.unwrap().body.find(BodyPart::Ciphertext);
    assert_eq!(ciphertext, Some(Span::new(43, 32)));
}

/// Media with a wrong mark, length or end are not recognised.
#[test]
fn media_have_marks_and_a_length() {
    for (media, is_one) in [
        (&[0, 6, 0x3e, 0, 6, 1, 2, 0x68][..], true),
        (&[0, 4, 0x3e, 0, 4, 0x68], true),
        (&[0, 3, 0x3e, 0, 0x68], false),
        (&[0, 6, 0x3f, 0, 6, 1, 2, 0x68], false),
        (&[0, 6, 0x3e, 1, 6, 1, 2, 0x68], false),
        (&[0, 6, 0x3e, 0, 7, 1, 2, 0x68], false),
        (&[0, 6, 0x3e, 0, 6, 1, 2, 0x69], false),
        (&[0, 6, 0x3e, 0, 6, 1, 2, 0x68, 0], false),
        (&[0, 7, 0x3e, 0, 7, 1, 2, 0x68], false),
    ] {
        for id in [16, 17] {
            let clear = [&vec![0x55; id][..], media].concat();
            let answer = build(&sent(0x3420, 0x0800, &[0, 4, 0], &clear), 0);
            let span = Span::new(0, answer.len());
            let answer = frame(&answer, span, Direction::ToClient).unwrap();
            let found = answer.body.find(BodyPart::Media);
            let expected = Span::new(14 + id + 2, media.len() - 2);
            assert_eq!(found, is_one.then_some(expected), "{media:?} {id}");
        }
    }
}

/// docs/protocol/oicq.md §12.4.
#[test]
fn media_stand_in_clear() {
    let of_login = [&[3], &BLOCK[1..], &[0; 4]].concat();
    let token = [&[0, 0x38][..], &[0x77; 56]].concat();
    let media = |id: &[u8]| [id, &[0, 6, 0x3e, 0, 6, 1, 2, 0x68]].concat();
    let clear = [&token[..], &media(&[0x44; 16])].concat();
    let request = read(&build(&sent(0x3420, 0x0800, &of_login, &clear), 0));
    assert_eq!(request.body.find(BodyPart::Token), Some(Span::new(28, 56)));
    assert_eq!(request.body.find(BodyPart::Media), Some(Span::new(102, 6)));
    let answer = sent(0x3420, 0x0800, &[0, 4, 0], &media(&[0x55; 16]));
    let answer = frame(
        &build(&answer, 0),
        Span::new(0, answer.len() + 1),
        Direction::ToClient,
    );
    let answer = answer.unwrap().body;
    assert_eq!(answer.find(BodyPart::Media), Some(Span::new(32, 6)));
    assert_eq!(answer.find(BodyPart::Ciphertext), None);
}
