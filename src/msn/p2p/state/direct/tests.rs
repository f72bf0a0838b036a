use super::*;
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
    let again = session.begin(&segment(3, 0, first));
    assert_eq!((again.skip, again.left), (152, 0));
    let other = bytes(5);
    assert_eq!(session.begin(&segment(4, 252, &other)).skip, 0);
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
