use super::*;
use crate::msn::p2p::wire::packet::{self, Carrier, Version};

const ALICE: &str = "alice@example.com";
const BOB: &str = "bob@example.net";

fn packet(frame: u32, first_pass: bool) -> Packet<'static> {
    Packet {
        frame,
        first_pass,
        ..Packet::default()
    }
}

fn key(packet: &Packet<'_>) -> PacketKey {
    PacketKey {
        pdu: packet.key(0),
        carrier: Carrier::Direct,
        part: 0,
    }
}

/// A packet of session 9 with the first of ten bytes.
fn bytes() -> Vec<u8> {
    let mut bytes = [9_u32, 7, 0, 0, 10, 0, 10, 0]
        .map(u32::to_le_bytes)
        .concat();
    bytes.resize(48, 0);
    bytes.extend(b"abcd");
    bytes
}

#[test]
fn a_packet_goes_between_the_accounts_that_are_known() {
    let mut shared = P2pShared::default();
    let packet = packet(1, true);
    let (alice, bob) = (ALICE.as_bytes(), BOB.as_bytes());
    let there = shared.route(&packet, None, (Some(alice), Some(bob)));
    let back = shared.route(&packet, None, (Some(bob), Some(alice)));
    assert!(there.from.is_some() && back.from.is_some());
    assert!(there.pair.is_some() && there.pair == back.pair);
    assert_ne!(there.from, back.from);
    let half = shared.route(&packet, None, (Some(alice), None));
    assert_eq!((half.from, half.pair), (there.from, None));
}

#[test]
fn a_direct_connection_goes_between_the_accounts_of_its_call() {
    let mut shared = P2pShared::default();
    let packet = packet(1, true);
    let unknown = Route::of(&packet, None);
    let named = (Some(ALICE), Some(BOB));
    let message = shared.route_of_message(&unknown, Some(3), named);
    assert!(message.pair.is_some());
    assert_eq!(shared.direct_route(&packet, Some(3)).pair, message.pair);
    assert_eq!(shared.direct_route(&packet, Some(4)).pair, None);
    assert_eq!(shared.direct_route(&packet, None).pair, None);
    // A message that names nobody goes between those that are known otherwise.
    let again = shared.route_of_message(&message, Some(5), (None, None));
    assert_eq!(again.pair, message.pair);
}

#[test]
fn a_packet_is_recorded_once_in_the_first_pass() {
    let mut shared = P2pShared::default();
    let route = Route::of(&packet(1, true), None);
    let bytes = bytes();
    let p2p = packet::packet(&bytes, Version::V1, Carrier::Direct).unwrap();
    let mut learn = |frame, first_pass| {
        let packet = packet(frame, first_pass);
        shared.learn(&packet, key(&packet), &route, (&p2p, &bytes), false)
    };
    let found = [(1, false), (1, true), (1, true), (2, false)];
    assert_eq!(
        found.map(|(frame, first_pass)| learn(frame, first_pass)),
        [false, true, false, false]
    );
    let mut outside = |frame, first_pass| {
        let packet = packet(frame, first_pass);
        shared.learn_outside_p2p(&packet, key(&packet))
    };
    let found = [(3, false), (3, true), (3, true), (4, false)];
    assert_eq!(
        found.map(|(frame, first_pass)| outside(frame, first_pass)),
        [false, true, false, false]
    );
}

#[test]
fn the_rest_of_a_packet_belongs_to_its_session() {
    let mut shared = P2pShared::default();
    let route = Route::of(&packet(1, true), None);
    shared.begin_session(
        &route,
        P2pSession {
            number: 9,
            ..P2pSession::default()
        },
    );
    let bytes = bytes();
    let p2p = packet::packet(&bytes, Version::V1, Carrier::Direct).unwrap();
    let first = packet(1, true);
    shared.learn(&first, key(&first), &route, (&p2p, &bytes), true);
    let session = shared.facts(key(&first)).session;
    assert_eq!(session, Some(P2pSessionId(0)));
    let mut open = OpenChunk::of(&p2p, session).unwrap();
    open.part(&route, b"abcd", 1);
    let mut rest = |frame, first_pass, data: &[u8]| {
        let (packet, mut open) = (packet(frame, first_pass), open);
        shared.learn_rest(&packet, key(&packet), &route, &mut open, data);
        let facts = shared.facts(key(&packet));
        (facts.session, facts.chunk_outcome)
    };
    let part = (session, Some(ChunkOutcome::Part));
    assert_eq!(rest(2, false, b"efghij"), (None, None));
    assert_eq!(rest(3, true, b"ef"), part);
    // What a PDU has is recorded once.
    assert_eq!(rest(3, true, b"efghij"), part);
    assert_eq!(shared.session(P2pSessionId(0)).unwrap().completed, None);
}
