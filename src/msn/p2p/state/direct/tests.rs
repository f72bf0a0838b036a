use super::*;
use crate::first_bytes::Recognition;
use crate::msn::p2p::wire::packet::{self, Carrier};

/// A packet of this session with 200 bytes of data, and its length.
fn bytes(session: u32) -> Vec<u8> {
    let mut bytes = 248_u32.to_le_bytes().to_vec();
    bytes.extend(
        [session, 7, 0, 0, 1000, 0, 200]
            .map(u32::to_le_bytes)
            .concat(),
    );
    bytes.extend([0; 20]);
    bytes.extend([1; 200]);
    bytes
}

fn segment(frame: u32, sequence: u32, bytes: &[u8]) -> Packet<'_> {
    Packet {
        bytes,
        reported: bytes.len(),
        frame,
        sequence: Some(sequence),
        first_pass: true,
        ..Packet::default()
    }
}

/// A connection after a segment with all of a packet but its last 100 bytes.
fn begun(first: &[u8]) -> DirectSession {
    let mut session = DirectSession::default();
    let p2p = packet::packet(&first[4..], Version::V1, Carrier::Direct).unwrap();
    let packet = segment(1, 0, first);
    session.begin(&packet);
    let open = OpenPacket {
        left: 100,
        start: 1,
        session: 9,
        chunk: OpenChunk::of(&p2p, None),
        is_lost: false,
    };
    assert!(open.chunk.is_some());
    session.leave(&packet, open);
    session.end(&packet, first.len());
    session
}

#[test]
fn a_segment_that_comes_again_is_no_packet() {
    let whole = bytes(9);
    let (first, rest) = whole.split_at(152);
    let mut session = begun(first);
    let packet = segment(2, 152, rest);
    let beginning = session.begin(&packet);
    assert_eq!((beginning.skip, beginning.left), (0, 100));
    session.take_open(&packet);
    session.leave(&packet, OpenPacket::default());
    session.end(&packet, rest.len());
    for again in [segment(3, 0, first), segment(4, 152, rest)] {
        let beginning = session.begin(&again);
        let all = again.bytes.len() as u32;
        assert_eq!((beginning.skip, beginning.left), (all, 0));
        session.end(&again, again.bytes.len());
    }
    let other = bytes(5);
    assert_eq!(session.begin(&segment(5, 252, &other)).skip, 0);
}

#[test]
fn after_a_gap_the_next_packet_begins_where_one_can() {
    let whole = bytes(9);
    let other = bytes(5);
    // Just the rest is lost; a packet more; and what follows is no beginning.
    for (sequence, data, skip) in [
        (252, &other[..100], 0),
        (504, &other[..], 0),
        (504, &other[8..], 244),
    ] {
        let beginning = begun(&whole[..152]).begin(&segment(2, sequence, data));
        assert_eq!((beginning.skip, beginning.left), (skip, 0), "{sequence}");
    }
}

#[test]
fn a_segment_without_bytes_changes_nothing() {
    let whole = bytes(9);
    let (first, rest) = whole.split_at(152);
    let mut session = begun(first);
    session.end(&segment(2, 151, b""), 0);
    let beginning = session.begin(&segment(3, 152, rest));
    assert_eq!((beginning.skip, beginning.left), (0, 100));
}

#[test]
fn after_a_packet_that_is_whole_none_is_searched_for() {
    let whole = bytes(9);
    let (first, rest) = whole.split_at(152);
    let mut session = begun(first);
    let packet = segment(2, 152, rest);
    session.begin(&packet);
    let open = session.take_open(&packet);
    session.leave(&packet, OpenPacket { left: 0, ..open });
    session.end(&packet, rest.len());
    let other = bytes(5);
    let beginning = session.begin(&segment(3, 504, &other[8..]));
    assert_eq!((beginning.skip, beginning.left), (0, 0));
}

#[test]
fn a_connection_is_confirmed_by_its_first_packet_or_by_its_first_bytes() {
    let confirmed = |session: &DirectSession| {
        [2, 3, 4].map(|frame| session.is_confirmed(&segment(frame, 0, b"")))
    };
    let mut session = DirectSession::default();
    assert_eq!(confirmed(&session), [false; 3]);
    session.confirmed = Some(3);
    assert_eq!(confirmed(&session), [false, true, true]);
    let mut session = DirectSession::default();
    let first = &mut session.first_bytes;
    first.check_segment(&segment(3, 0, b"foo"), |_, _| Recognition::Yes);
    assert_eq!(confirmed(&session), [false, true, true]);
}

#[test]
fn the_call_of_a_connection_is_trusted_unless_its_nonce_is_of_another() {
    let mut session = DirectSession::default();
    assert_eq!(session.trusted_call(), None);
    session.announced_in = Some((1, Some(7)));
    assert_eq!(session.trusted_call(), Some(7));
    session.is_of_other_call = true;
    assert_eq!(session.trusted_call(), None);
}

#[test]
fn the_handshake_advances_with_each_pdu_that_changes_it() {
    let mut session = DirectSession::default();
    let key = |frame| PduKey { frame, index: 0 };
    let [none, first, second] =
        [(false, false), (true, false), (true, true)].map(|(v1, v2)| DirectProgress {
            v1,
            v2,
            ..DirectProgress::default()
        });
    // The second state of a PDU comes too late: it was shown with the first.
    for (frame, state) in [(2, first), (2, second), (3, first), (5, second), (4, first)] {
        session.advance(key(frame), state);
    }
    let found = [2, 3, 4, 5, 6].map(|frame| session.progress(key(frame)));
    assert_eq!(found, [none, first, first, first, second]);
    assert_eq!(session.progress.len(), 2);
}
