use super::*;
use crate::msn::p2p::dissect::dissect;
use crate::msn::p2p::state::learn::learn;
use crate::msn::p2p::state::packets::PacketKey;
use crate::msn::p2p::state::route::Route;
use crate::msn::p2p::wire::packet::Carrier;
use crate::msn::slp::wire::message::message;
use crate::msn::state::announced_endpoints::begin;
use crate::packet::Address;
use crate::plan::Verdict;

const END: (Address, u16) = (Address::V4([192, 0, 2, 30]), 3306);

fn packet(frame: u32, bytes: &[u8]) -> Packet<'_> {
    begin(frame, END, bytes)
}

/// The packet that announces a connection.
fn key() -> PacketKey {
    PacketKey {
        carrier: Carrier::Relayed,
        pdu: packet(1, b"").key(0),
        part: 0,
    }
}

/// Connections of which one is announced, to [`END`].
fn announced() -> P2pShared {
    let mut shared = P2pShared::default();
    let ends = &mut shared.endpoints;
    ends.announce(&packet(1, b""), key(), Some(END), None);
    shared
}

/// A handshake of version 1.
fn handshake() -> Vec<u8> {
    let mut bytes = b"\x30\0\0\0".to_vec();
    bytes.resize(52, 0);
    bytes[33] = 1;
    bytes[36..].fill(0xab);
    bytes
}

#[test]
fn a_segment_begins_a_direct_connection_with_foo() {
    use Recognition::{No, Unfinished, Yes};
    for (data, elsewhere, at_start) in [
        (&b"\x04\0\0\0foo\0"[..], Yes, Yes),
        (b"\x04\0\0\0foo", Unfinished, Unfinished),
        (b"\x04\0\0\0", Unfinished, Unfinished),
        (b"\x04\0\0", No, Unfinished),
        (b"\x04", No, Unfinished),
        (b"", No, No),
        (b"\x04\0\0\0bar\0", No, No),
        (b"GET /", No, No),
    ] {
        let found = [false, true].map(|is_first| classify(data, is_first));
        assert_eq!(found, [elsewhere, at_start], "{}", data.escape_ascii());
    }
}

#[test]
fn an_announced_connection_begins_with_a_handshake_which_may_be_cut() {
    use Recognition::{No, Unfinished, Yes};
    let (shared, handshake) = (announced(), handshake());
    for (data, lacks, expected) in [
        (&handshake[..], 0, Yes),
        (&handshake[..40], 0, Unfinished),
        (&handshake[..36], 16, Yes),
        (&handshake[..35], 17, No),
        (b"\x04\0\0\0foo\0", 0, Yes),
        (b"\x04\0\0\0f", 0, Unfinished),
        (b"\x04\0\0\0f", 3, No),
        (b"\x4a\0\0\0\x0a8.0.30", 0, No),
        (b"\0\0\0\0", 0, No),
    ] {
        let packet = Packet {
            reported: data.len() + lacks,
            ..packet(2, data)
        };
        let found = classify_announced(&packet, data, &shared);
        assert_eq!(found, expected, "{}", data.escape_ascii());
    }
}

#[test]
fn a_bare_nonce_must_be_that_of_the_call() {
    let text = b"MSNSLP/1.0 200 OK\r\nCall-ID: {00000000-0000-0000-0000-000000000009}\r\n\r\n\
        IPv4Internal-Addrs: 192.0.2.30\r\nIPv4Internal-Port: 3306\r\n\
        Nonce: {CDCDCDCD-CDCD-CDCD-CDCD-CDCDCDCDCDCD}\r\n\0";
    let message = message(text).unwrap();
    let (mut shared, sent) = (P2pShared::default(), packet(1, b""));
    let way = (key(), &Route::of(&sent, None));
    learn(&sent, &mut shared, way, &message, text, None);
    for (nonce, expected) in [(0xcd, Recognition::Yes), (0xce, Recognition::No)] {
        let data = [&b"\x10\0\0\0"[..], &[nonce; 16]].concat();
        let found = classify_announced(&packet(2, &data), &data, &shared);
        assert_eq!(found, expected, "{nonce}");
    }
}

#[test]
fn only_where_a_connection_is_announced_a_handshake_is_enough() {
    let (shared, handshake) = (announced(), handshake());
    let here = packet(2, &handshake);
    let mut session = DirectSession::default();
    let found = recognise(&here, Some((&mut session, &shared)));
    assert_eq!(found, Answer::Yes);
    let elsewhere = Packet {
        destination_port: 3307,
        ..here
    };
    let mut session = DirectSession::default();
    let found = recognise(&elsewhere, Some((&mut session, &shared)));
    assert_eq!(found, Answer::No);
    assert_eq!(recognise(&here, None), Answer::No);
}

#[test]
fn bytes_are_kept_where_a_connection_is_announced_only() {
    let shared = announced();
    for (port, first_pass, expected) in [
        (END.1, true, true),
        (3307, true, false),
        (END.1, false, false),
    ] {
        let mut session = DirectSession::default();
        let segment = Packet {
            destination_port: port,
            first_pass,
            ..packet(2, b"\x04\0\0\0foo\0")
        };
        remember(&segment, &mut session, &shared);
        let found = session.first_bytes.has_claimed(&segment);
        assert_eq!(found, expected, "{port}, {first_pass}");
    }
}

#[test]
fn where_the_user_chose_the_protocol_bytes_need_only_be_possible() {
    let (session, shared) = (DirectSession::default(), P2pShared::default());
    for (data, expected) in [
        (&b"\x04\0\0\0foo\0"[..], true),
        (b"\x05\0\0\0hello", true),
        (b"\x05\0\0\0hell", true),
        (b"\0\0\0\0", false),
        (b"GET / HTTP/1.1", false),
    ] {
        let found = is_ours(&packet(2, data), &session, &shared);
        assert_eq!(found, expected, "{}", data.escape_ascii());
    }
}

#[test]
fn an_announced_connection_must_prove_to_be_direct() {
    let (mut shared, by) = (announced(), key());
    let greeting = [&b"\x4a\0\0\0\x0a8.0.30"[..], &[0x55; 0x4a - 7]].concat();
    for other in [
        &greeting[..],
        &greeting[..3],
        &greeting[..20],
        b"\x10\0\0\0a nonce of nobody",
        b"GET",
    ] {
        let mut session = DirectSession::default();
        let plan = dissect(&packet(2, other), &mut session, &mut shared);
        assert_eq!(plan.verdict, Verdict::Reject, "{}", other.escape_ascii());
    }
    assert_eq!(shared.endpoints.connection_of(by), None);
    let mut session = DirectSession::default();
    let plan = dissect(&packet(3, b"\x04\0\0\0f"), &mut session, &mut shared);
    assert_eq!(plan.verdict, Verdict::Reject);
    assert_eq!(session.confirmed, None);
    let plan = dissect(&packet(4, b"\x04\0\0\0foo\0"), &mut session, &mut shared);
    assert_eq!(plan.verdict, Verdict::Accept);
    assert_eq!(shared.endpoints.connection_of(by), Some(4));
}
