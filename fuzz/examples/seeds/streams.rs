//! Streams between clients with all that a connection may have, short enough for an input.

use imshark_fuzz::play::Dissector;
use test_support::samples::p2p_packets::{framed, slp, V1};

use super::Seeds;

const NONCE: [u8; 16] = *b"an invited nonce";

/// The nonce of version 1, in a header.
fn handshake() -> Vec<u8> {
    let head = V1 {
        id: 7,
        flags: 0x100,
        ..V1::default()
    };
    [&head.bytes()[..32], &NONCE].concat()
}

fn message(kind: &str, body: &str) -> Vec<u8> {
    let start = "INVITE MSNMSGR:bob@example.net MSNSLP/1.0";
    slp(start, 1, 0, 1, kind, body)
}

/// Streams, each of what the sides say in turn.
pub(super) fn add(seeds: &mut Seeds) {
    let file = b"VER MSNFTP\r\nFIL 25\r\n";
    let user = b"VER MSNFTP\r\nUSR bob@example.net 2123456789\r\n";
    let blocks = b"\0\x0b\0hello again\0\x0e\0hello and a bye";
    let end = b"\x01\x04\0stop";
    let bye = b"BYE 16777989\r\n";
    let cancelled = [&blocks[..14], end].concat();
    for stream in [
        &[
            &user[..12],
            &file[..12],
            &user[12..],
            &file[12..],
            b"TFR\r\n",
            blocks,
        ][..],
        &[user, file, b"TFR\r\n", &cancelled],
        &[user, file, b"TFR\r\n", blocks, bye],
    ] {
        of(Dissector::Msnftp, stream, seeds);
    }
    let hello = framed(b"foo\0");
    let nonces = [framed(&handshake()), framed(&NONCE)];
    let body = "Bridge: TCPv1\r\nListening: true\r\n\
        Hashed-Nonce: {42424242-4242-4242-4242-424242424242}\r\n\
        Nonce: {24242424-2424-2424-2424-242424242424}\r\n\r\n";
    let relay = "ServerAddress: relay.example.com\r\nSessionUsername: alice\r\n\
        SessionPassword: twelve words\r\n\r\n";
    for nonce in nonces {
        let begins = [&hello, &nonce[..]].concat();
        for (kind, body) in [("transreqbody", body), ("transrespbody", relay)] {
            let data = message(kind, body);
            let packet = V1 {
                id: 8,
                data: &data,
                ..V1::default()
            };
            let packet = framed(&packet.bytes());
            of(Dissector::Direct, &[&begins, &nonce, &packet], seeds);
        }
        of(Dissector::Direct, &[&begins, &nonce], seeds);
    }
}

fn of(which: Dissector, stream: &[&[u8]], seeds: &mut Seeds) {
    let mut runs = Vec::new();
    for (index, run) in stream.iter().enumerate() {
        let [.., high, low] = run.len().to_be_bytes();
        runs.extend([u8::from(index % 2 == 0), high, low]);
        runs.extend(*run);
    }
    let which = which as u8;
    seeds.add("segments", &[&[which, 2, 3, 2], &runs]);
    seeds.add("secrets", &[&[7, which, 2, 9, 30], &runs]);
    for sent in [2, 9, 20, 30] {
        seeds.add("endings", &[&[which, sent << 3 | 2, 3, 2], &runs]);
    }
}
