use super::*;
use crate::msn::p2p::state::chunk::ChunkPosition;
use crate::msn::p2p::state::route::{Accounts, Route};
use crate::packet::{Address, Packet};
use crate::pieces::{Completeness, MAX_OBJECT};

const NAME: BlobName = BlobName {
    session: 9,
    number: 7,
    v2: false,
    size: None,
};
const SESSION: P2pSessionId = P2pSessionId(0);

/// The way on a connection from this port.
fn route(port: u16) -> Route {
    let packet = Packet {
        source: Address::V4([192, 0, 2, 1]),
        source_port: port,
        destination: Address::V4([198, 51, 100, 1]),
        destination_port: 1863,
        ..Packet::default()
    };
    Route::of(&packet, None)
}

#[derive(Default)]
struct Run {
    blobs: Blobs,
    frame: u32,
}

impl Run {
    fn add(
        &mut self,
        (route, session, name): (Route, Option<P2pSessionId>, BlobName),
        place: ChunkPosition,
        data: &[u8],
    ) -> (ChunkOutcome, Option<BlobId>) {
        self.frame += 1;
        let chunk = Chunk {
            route: &route,
            session,
            name,
            place,
            data,
            frame: self.frame,
            begins: true,
        };
        self.blobs.add(&chunk, &Budget::default())
    }

    /// Adds a chunk of the usual blob on a connection.
    fn on(&mut self, port: u16, place: ChunkPosition, data: &[u8]) -> ChunkOutcome {
        self.add((route(port), Some(SESSION), NAME), place, data).0
    }

    fn chunk(&mut self, place: ChunkPosition, data: &[u8]) -> ChunkOutcome {
        self.on(1, place, data)
    }

    fn found(&self, index: usize) -> (&[u8], Completeness) {
        let blob = &self.blobs.blobs[index];
        (blob.bytes(), blob.state())
    }
}

use ChunkOutcome::{Alone, Completes, Orphan, Part, Repeated, TooLong};
use ChunkPosition::{At, Before, First};

#[test]
fn chunks_by_offset() {
    let mut run = Run::default();
    assert_eq!(run.chunk(At(0, 6), b"abc"), Part);
    assert_eq!(run.chunk(At(0, 6), b"abc"), Repeated);
    assert_eq!(run.chunk(At(3, 6), b"def"), Completes);
    assert_eq!(run.found(0), (&b"abcdef"[..], Completeness::Whole));
    let blob = &run.blobs.blobs[0];
    assert_eq!((blob.first, blob.last, blob.packets), (1, 3, 2));
    assert_eq!(run.chunk(At(3, 6), b"def"), Repeated);
    assert_eq!(run.chunk(At(0, 6), b"xyz"), Part);
    assert_eq!(run.found(1), (&b"xyz"[..], Completeness::Incomplete));
}

#[test]
fn chunks_by_remaining_bytes() {
    let mut run = Run::default();
    assert_eq!(run.chunk(First(5), b"abc"), Part);
    assert_eq!(run.chunk(Before(2), b"def"), Part);
    assert_eq!(run.chunk(Before(0), b"gh"), Completes);
    assert_eq!(run.found(0), (&b"abcdefgh"[..], Completeness::Whole));
    assert_eq!(run.chunk(First(0), b"alone"), Alone);
}

#[test]
fn chunks_come_in_any_order() {
    let mut run = Run::default();
    assert_eq!(run.chunk(At(4, 8), b"ef"), Orphan);
    assert_eq!(run.chunk(At(0, 8), b"ab"), Part);
    assert_eq!(run.chunk(At(6, 8), b"gh"), Part);
    assert_eq!(run.chunk(At(4, 8), b"ef"), Repeated);
    assert_eq!(run.chunk(At(2, 8), b"cd"), Completes);
    assert_eq!(run.found(0), (&b"abcdefgh"[..], Completeness::Whole));
    let mut run = Run::default();
    assert_eq!(run.chunk(Before(0), b"gh"), Orphan);
    assert_eq!(run.chunk(Before(3), b"de"), Orphan);
    assert_eq!(run.found(0), (&b""[..], Completeness::Incomplete));
    assert_eq!(run.chunk(First(5), b"abc"), Part);
    assert_eq!(run.chunk(Before(2), b"f"), Completes);
    assert_eq!(run.found(0), (&b"abcdefgh"[..], Completeness::Whole));
}

#[test]
fn a_chunk_that_is_repeated_adds_nothing() {
    let mut run = Run::default();
    for place in [At(0, 3), At(0, 3)] {
        let (outcome, id) = run.add((route(1), None, NAME), place, b"abc");
        assert!(matches!(outcome, Alone | Repeated));
        assert_eq!(id, Some(BlobId(0)));
    }
    assert_eq!(run.chunk(At(0, 3), b"xyz"), Alone);
    assert_eq!(run.blobs.blobs.len(), 2);
}

#[test]
fn data_that_differ_are_a_contradiction_but_messages_begin_anew() {
    let mut run = Run::default();
    for (place, data) in [(At(0, 6), b"abc"), (At(0, 6), b"xbc"), (At(3, 6), b"def")] {
        assert_eq!(run.chunk(place, data), Part);
    }
    assert_eq!(run.found(0), (&b"abcdef"[..], Completeness::Contradictory));
    let message = (route(1), None, BlobName { session: 0, ..NAME });
    for (place, data) in [(At(0, 6), b"abc"), (At(0, 6), b"xbc"), (At(3, 6), b"def")] {
        run.add(message, place, data);
    }
    assert_eq!(run.found(1), (&b"abc"[..], Completeness::Incomplete));
    assert_eq!(run.found(2), (&b"xbcdef"[..], Completeness::Whole));
}

#[test]
fn a_session_may_change_its_connection() {
    let mut run = Run::default();
    assert_eq!(run.on(1, At(0, 6), b"abc"), Part);
    assert_eq!(run.on(2, At(5, 6), b"f"), Part);
    assert_eq!(run.on(2, At(3, 6), b"de"), Completes);
    assert_eq!(run.on(1, At(3, 6), b"de"), Repeated);
    assert_eq!(run.found(0), (&b"abcdef"[..], Completeness::Whole));
}

#[test]
fn the_same_numbers_on_other_connections_are_other_blobs() {
    let mut run = Run::default();
    for (place, data) in [(At(0, 4), [b"ab", b"wx"]), (At(2, 4), [b"cd", b"yz"])] {
        for port in [1, 2] {
            let session = Some(P2pSessionId(port));
            let at = (route(port as u16), session, NAME);
            run.add(at, place, data[port - 1]);
        }
    }
    assert_eq!(run.found(0), (&b"abcd"[..], Completeness::Whole));
    assert_eq!(run.found(1), (&b"wxyz"[..], Completeness::Whole));
    // Nothing tells that a session without an invitation is the same.
    let unknown = (route(3), None, NAME);
    run.add(unknown, At(0, 4), b"ab");
    run.add((route(4), None, NAME), At(2, 4), b"cd");
    assert_eq!(run.found(2), (&b"ab"[..], Completeness::Incomplete));
}

#[test]
fn both_ways_over_a_server_are_two_blobs() {
    let mut run = Run::default();
    for (offset, data) in [(0, b"abc"), (3, b"def")] {
        for port in [1_u16, 2] {
            let way = Route {
                circuit: Circuit::Chat(5),
                ..route(port)
            };
            let found = run.add((way, Some(SESSION), NAME), At(offset, 6), data);
            let outcome = if offset == 0 { Part } else { Completes };
            assert_eq!(found, (outcome, Some(BlobId(usize::from(port) - 1))));
        }
    }
}

#[test]
fn a_conversation_may_use_several_connections_to_a_gateway() {
    let mut run = Run::default();
    for (port, offset, data) in [(1, 0, b"ab"), (2, 2, b"cd"), (3, 4, b"ef")] {
        let way = Route {
            circuit: Circuit::Chat(5),
            ..route(port)
        };
        run.add((way, None, NAME), At(offset, 6), data);
    }
    assert_eq!(run.found(0), (&b"abcdef"[..], Completeness::Whole));
}

#[test]
fn sizes_in_headers_take_no_memory() {
    let mut run = Run::default();
    assert_eq!(run.chunk(At(0, MAX_OBJECT + 1), b"abc"), TooLong);
    assert_eq!(run.found(0).0, b"abc");
    assert_eq!(run.chunk(First(u64::MAX - 3), b"abc"), TooLong);
    assert_eq!(run.chunk(First(u64::MAX), b"abc"), Orphan);
    assert_eq!(run.chunk(At(u64::MAX, 5), b"abc"), Orphan);
    assert_eq!(run.blobs.blobs.len(), 2);
}

#[test]
fn what_another_account_sends_is_another_blob() {
    let mut accounts = Accounts::default();
    let [alice, bob] = [b"alice", &b"bob"[..]].map(|it| accounts.sender(Some(it)));
    for (from, expected) in [(alice, 0), (None, 0), (bob, 1)] {
        let mut run = Run::default();
        for (port, from, offset, data) in [(1, alice, 0, b"abc"), (2, from, 3, b"def")] {
            let way = Route {
                from,
                ..route(port)
            };
            let (_, id) = run.add((way, Some(SESSION), NAME), At(offset, 6), data);
            assert_eq!(id, Some(BlobId(if offset == 0 { 0 } else { expected })));
        }
    }
}

/// One with a gap at its beginning may be on its way to the server, and the other from it.
#[test]
fn the_beginning_of_a_blob_continues_none_of_its_conversation() {
    let mut run = Run::default();
    for (port, offset, data) in [(1, 4, &b"ef"[..]), (2, 0, b"abcd")] {
        let way = Route {
            circuit: Circuit::Chat(5),
            ..route(port)
        };
        run.add((way, Some(SESSION), NAME), At(offset, 6), data);
    }
    assert_eq!(run.found(1), (&b"abcd"[..], Completeness::Incomplete));
}
