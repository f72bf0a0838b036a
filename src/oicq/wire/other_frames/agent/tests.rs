//! Frames of the agent, in clear and decrypted.

use crate::oicq::wire::basic::TRAILER;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::other_frames::agent::{decode, decrypted_parts, may_begin, FLAG};
use crate::oicq::wire::other_frames::frame::{FamilyPart, AGENT_SERVER};
use crate::oicq::wire::other_frames::reference_frames::G37;
use crate::span::Span;

const REQUEST_AGENT: u16 = 0x0021;
const REQUEST_EMOTICON: u16 = 0x0022;
const TRANSFER: u16 = 0x0023;
const REQUEST_BEGIN: u16 = 0x0026;

fn frame(version: u16, command: u16, sequence: u16, body: &[u8]) -> Vec<u8> {
    let mut bytes = vec![FLAG];
    bytes.extend(version.to_be_bytes());
    bytes.extend((22 + body.len() as u16).to_be_bytes());
    bytes.extend(command.to_be_bytes());
    bytes.extend(sequence.to_be_bytes());
    bytes.extend(12_345_678_u32.to_be_bytes());
    bytes.extend([1, 0, 0, 0, 0, 0, 0, 0]);
    bytes.extend(body);
    bytes.push(TRAILER);
    bytes
}

pub(crate) fn file_info() -> Vec<u8> {
    let mut body = b"\x11\x22\x33\x44\0\0\0\0\0\x35\0\x35".to_vec();
    body.extend([0x44; 16]);
    body.extend([0x55; 16]);
    body.extend(b"\0\0\x08\0\0\x05a.gif\0\0\0\0\0\0\0\0");
    frame(0x0f5f, TRANSFER, 0, &body)
}

#[test]
fn the_header_of_the_reference() {
    let found = decode(G37, G37.len()).unwrap();
    assert_eq!(found.command.unwrap().value, REQUEST_AGENT);
    assert_eq!(found.sequence.unwrap().value, 1);
    assert_eq!(found.value(FamilyPart::Length, G37), Some(22));
    assert_eq!(found.find(FamilyPart::Unknown), Some(Span::new(13, 8)));
    assert_eq!(found.trailer, Some(Span::new(21, 1)));
}

#[test]
fn fewer_bytes_than_the_prefix_can_begin_a_frame() {
    for (data, expected) in [
        (&G37[..0], true),
        (&G37[..1], true),
        (&G37[..2], true),
        (&G37[..3], true),
        (&G37[..6], true),
        (&G37[..7], false),
        (b"\x05\x04\xd1", true),
        (b"\x04", false),
        (b"\x04\x0f\x5f", false),
        (b"\x05\x03", false),
        (b"\x05\x04", true),
        (b"\x05\x1f", true),
        (b"\x05\x20", false),
        (b"\x05\x0f\x5e", false),
    ] {
        assert_eq!(may_begin(data), expected, "{data:x?}");
    }
}

#[test]
fn a_request_carries_its_token_in_clear() {
    let mut body = b"\0\0\0\0\0\x04TOKN".to_vec();
    body.extend([0x66; 56]);
    let bytes = frame(0x0f5f, REQUEST_AGENT, 1, &body);
    let found = decode(&bytes, bytes.len()).unwrap();
    assert_eq!(found.find(FamilyPart::Token).unwrap().of(&bytes), b"TOKN");
    assert_eq!(found.find(FamilyPart::Ciphertext), Some(Span::new(31, 56)));
    let bytes = frame(AGENT_SERVER, REQUEST_AGENT, 1, &[0x66; 40]);
    let found = decode(&bytes, bytes.len()).unwrap();
    assert_eq!(found.direction, Direction::ToClient);
    assert_eq!(found.find(FamilyPart::Ciphertext), Some(Span::new(21, 40)));
}

#[test]
fn a_picture_is_described_and_then_sent() {
    let bytes = file_info();
    let found = decode(&bytes, bytes.len()).unwrap();
    assert_eq!(found.value(FamilyPart::Session, &bytes), Some(0x1122_3344));
    assert_eq!(found.value(FamilyPart::FileSize, &bytes), Some(0x800));
    assert_eq!(found.find(FamilyPart::Name).unwrap().of(&bytes), b"a.gif");
    let bytes = frame(
        AGENT_SERVER,
        TRANSFER,
        1,
        b"\x11\x22\x33\x44\0\0\0\0\0\x03GIF",
    );
    let found = decode(&bytes, bytes.len()).unwrap();
    assert_eq!(found.find(FamilyPart::Data).unwrap().of(&bytes), b"GIF");
    let bytes = frame(0x0f5f, TRANSFER, 1, b"\x11\x22\x33\x44\0\0\0\0\0\x01\x02");
    let found = decode(&bytes, bytes.len()).unwrap();
    assert_eq!(found.value(FamilyPart::Received, &bytes), Some(2));
}

#[test]
fn a_decrypted_reply_names_the_agent() {
    let plain = b"\0\x01\x05\x71\0\xcb\x01\xbb\x11\x22\x33\x44\x06\x71\0\xcb\x01\xbb\0\x02hi";
    let parts = decrypted_parts(REQUEST_AGENT, Direction::ToClient, plain);
    let of = |what| {
        parts
            .iter()
            .find(|(kind, _)| *kind == what)
            .map(|row| row.1.of(plain))
    };
    assert_eq!(of(FamilyPart::Result), Some(&[0, 1][..]));
    // 203.0.113.5, little-endian.
    assert_eq!(of(FamilyPart::AgentAddress), Some(&[5, 0x71, 0, 0xcb][..]));
    assert_eq!(of(FamilyPart::Session), Some(&[0x11, 0x22, 0x33, 0x44][..]));
    assert_eq!(of(FamilyPart::Text), Some(&b"hi"[..]));
    for command in [REQUEST_AGENT, REQUEST_EMOTICON, TRANSFER, REQUEST_BEGIN] {
        for direction in [Direction::ToServer, Direction::ToClient] {
            for len in 0..plain.len() {
                let parts = decrypted_parts(command, direction, &plain[..len]);
                let sum: usize = parts.iter().map(|(_, span)| span.len).sum();
                assert_eq!(sum, len);
            }
        }
    }
}

#[test]
fn a_truncated_frame_keeps_its_length() {
    let bytes = file_info();
    let found = decode(&bytes[..30], bytes.len()).unwrap();
    assert_eq!(found.span.len, bytes.len());
}
