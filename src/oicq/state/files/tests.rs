use super::*;
use crate::span::Span;

fn description(size: u64, name: &[u8]) -> FileDescription {
    FileDescription {
        size,
        md5: None,
        name: Some(name.to_vec()),
    }
}

/// A frame: a description, or a piece at a place.
type Frame = (Option<FileDescription>, Option<(PiecePlace, &'static [u8])>);

fn about(name: &[u8], size: u64) -> Frame {
    (Some(description(size, name)), None)
}

fn at(offset: u64, bytes: &'static [u8]) -> Frame {
    (None, Some((PiecePlace::Offset(offset), bytes)))
}

fn run(frames: &[Frame]) -> FileTransfers {
    let at_once: Vec<_> = frames.iter().map(|frame| (0, frame.clone())).collect();
    run_at(&at_once)
}

/// As [`run`], with the time of each frame in nanoseconds.
fn run_at(frames: &[(i64, Frame)]) -> FileTransfers {
    let mut files = FileTransfers::default();
    for (number, (time, (description, piece))) in (1..).zip(frames) {
        let bytes = piece.map_or(&b""[..], |(_, bytes)| bytes);
        let packet = Packet {
            bytes,
            frame: number,
            time: *time,
            first_pass: true,
            ..Packet::default()
        };
        let part = FilePart {
            source: FileSource::Peers(10_001, 10_002),
            description: description.clone(),
            piece: piece.map(|(place, bytes)| (place, Span::new(0, bytes.len()))),
        };
        let at = (&packet, packet.key(0));
        let index = files.learn(at, (Some(part), bytes), false, &Budget::default());
        let later = Packet {
            first_pass: false,
            ..packet
        };
        let again = files.learn(
            (&later, packet.key(0)),
            (None, bytes),
            false,
            &Budget::default(),
        );
        assert_eq!(again, index);
    }
    files
}

#[test]
fn pieces_with_an_offset_come_in_any_order() {
    let about = || about(b"a", 6);
    let files = run(&[
        about(),
        at(3, b"def"),
        about(),
        at(0, b"abc"),
        at(0, b"abc"),
    ]);
    assert_eq!(files.files.len(), 1);
    let file = &files.files[0];
    assert_eq!(file.pieces.bytes().as_slice(), b"abcdef");
    assert_eq!(file.completed.map(|pdu| pdu.frame), Some(4));
    assert_eq!((file.begin.frame, file.last), (1, 4));
    // Data beyond the size are no part of it.
    let files = run(&[about(), at(5, b"fg"), at(u64::MAX, b"x")]);
    assert_eq!(files.files[0].pieces.extent(), 0);
}

#[test]
fn the_same_file_can_be_sent_again() {
    let about = |name| about(name, 3);
    let frames = [
        about(b"a"),
        at(0, b"abc"),
        about(b"a"),
        at(0, b"abc"),
        about(b"b"),
    ];
    let files = run(&frames);
    let done: Vec<_> = files
        .files
        .iter()
        .map(|it| it.completed.is_some())
        .collect();
    assert_eq!(done, [true, true, false]);
}

#[test]
fn pieces_before_the_description_are_of_another_file() {
    let frames = [
        at(2, b"xy"),
        about(b"b", 4),
        at(0, b"ab"),
        at(2, b"cd"),
        at(2, b"cd"),
    ];
    let files = run(&frames);
    assert_eq!(files.files.len(), 2);
    let file = &files.files[1];
    assert_eq!(file.pieces.bytes().as_slice(), b"abcd");
    assert_eq!(file.completed.map(|pdu| pdu.frame), Some(4));
    assert_eq!((file.begin.frame, file.last), (2, 4));
    assert_eq!(file.description_at(file.begin), Some(&description(4, b"b")));
    assert_eq!(file.state(), Completeness::Whole);
    // There are more of them than the described file has bytes.
    let files = run(&[at(3, b"xy"), about(b"b", 4)]);
    assert_eq!(files.files.len(), 2);
}

/// MD5 of `abcd`.
const MD5: [u8; 16] = [
    0xe2, 0xfc, 0x71, 0x4c, 0x47, 0x27, 0xee, 0x93, 0x95, 0xf3, 0x24, 0xcd, 0x2e, 0x7f, 0x33, 0x1f,
];

#[test]
fn the_md5_tells_whether_pieces_before_the_description_are_of_the_file() {
    for (md5, state) in [
        (Some(MD5), Completeness::Whole),
        (Some([0; 16]), Completeness::Incomplete),
        (None, Completeness::Incomplete),
    ] {
        let about = FileDescription {
            md5,
            ..description(4, b"b")
        };
        let files = run(&[at(0, b"abcd"), (Some(about), None)]);
        assert_eq!(files.files.len(), 1);
        assert_eq!(files.files[0].state(), state, "{md5:?}");
    }
}

#[test]
fn later_passes_add_no_file() {
    let mut files = FileTransfers::default();
    let packet = Packet {
        frame: 1,
        ..Packet::default()
    };
    let part = FilePart {
        source: FileSource::Peers(10_001, 10_002),
        description: Some(description(4, b"b")),
        piece: None,
    };
    let pdu = packet.key(0);
    let index = files.learn((&packet, pdu), (Some(part), b""), false, &Budget::default());
    assert_eq!((index, files.files.len()), (None, 0));
}

#[test]
fn numbered_pieces_end_at_a_gap() {
    let piece = |number, bytes: &'static [u8]| (None, Some((PiecePlace::Number(number), bytes)));
    let about = || about(b"a", 6);
    let files = run(&[
        about(),
        piece(1, b"ab"),
        piece(1, b"ab"),
        piece(2, b"cd"),
        piece(4, b"gh"),
        // They count from 1.
        piece(0, b"zz"),
    ]);
    assert_eq!(files.files[0].pieces.bytes().as_slice(), b"abcd");
    assert_eq!(files.files[0].completed, None);
}

#[test]
fn parts_end_with_the_last() {
    let part = |number, is_last, bytes: &'static [u8]| {
        (None, Some((PiecePlace::Part { number, is_last }, bytes)))
    };
    let files = run(&[
        part(0, false, b"ab"),
        part(2, true, b"ef"),
        part(0, false, b"ab"),
        part(1, false, b"cd"),
        part(1, false, b"cd"),
        part(0, false, b"xy"),
        part(0, true, b"other"),
        part(0, true, b"third"),
    ]);
    let found = files.files.iter().map(|file| {
        let completed = file.completed.map(|pdu| pdu.frame);
        (completed, file.pieces.bytes().as_slice())
    });
    let expected: [(_, &[u8]); 4] = [
        (Some(4), b"abcdef"),
        (None, b"xy"),
        (Some(7), b"other"),
        (Some(8), b"third"),
    ];
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

#[test]
fn parts_of_one_captcha_come_within_a_minute() {
    let part = |number, is_last| {
        let place = PiecePlace::Part { number, is_last };
        (None, Some((place, &b"ab"[..])))
    };
    for (time, count) in [(WITHIN, 1), (WITHIN + 1, 2)] {
        let files = run_at(&[(0, part(0, false)), (time, part(1, true))]);
        assert_eq!(files.files.len(), count, "{time}");
    }
    // A description is not followed in time.
    let files = run_at(&[(0, about(b"a", 4)), (2 * WITHIN, part(0, false))]);
    assert_eq!(files.files.len(), 1);
}
