//! Packets between two clients.

use crate::oicq::wire::other_frames::frame::FamilyPart;
use crate::oicq::wire::other_frames::p2p::*;
use crate::oicq::wire::other_frames::reference_frames::{G35, G36};
use crate::span::Span;

/// 12345678 to 10001: a file of 4 bytes, `a.txt`.
pub(crate) fn basic_info() -> Vec<u8> {
    let mut bytes = G36[..12].to_vec();
    bytes.extend(b"\0\0\x07\0\0\x01\0\0\0\x04\0\0\0\x01\0\0\x03\xe8");
    bytes.extend([0x11; 16]);
    bytes.extend([0x22; 16]);
    bytes.extend(b"\0\x05\0\0\0\0\0\0\0\0a.txt");
    bytes
}

#[test]
fn numbers_are_decoded_without_a_key() {
    let found = decode(G35, G35.len()).unwrap();
    assert_eq!(found.account.unwrap().value, 12_345_678);
    assert_eq!(found.account.unwrap().span, Span::new(4, 4));
    assert_eq!(found.receiver.unwrap().value, 10_001);
    assert_eq!(found.find(FamilyPart::Ciphertext), Some(Span::new(12, 72)));
}

#[test]
fn a_fragment_has_an_index_and_data() {
    let found = decode(G36, G36.len()).unwrap();
    assert_eq!(found.value(FamilyPart::PacketType, G36), Some(7));
    assert_eq!(found.value(FamilyPart::Operation, G36), Some(2));
    assert_eq!(found.value(FamilyPart::FragmentIndex, G36), Some(0));
    assert_eq!(found.value(FamilyPart::DataLength, G36), Some(4));
    assert_eq!(found.find(FamilyPart::Data).unwrap().of(G36), b"DATA");
}

#[test]
fn a_file_is_described_before_its_data() {
    let bytes = basic_info();
    let found = decode(&bytes, bytes.len()).unwrap();
    assert_eq!(found.value(FamilyPart::FileSize, &bytes), Some(4));
    assert_eq!(found.value(FamilyPart::FragmentLength, &bytes), Some(1000));
    assert_eq!(found.find(FamilyPart::Name).unwrap().of(&bytes), b"a.txt");
    assert_eq!(found.find(FamilyPart::FileMd5).unwrap().len, 16);
}

#[test]
fn an_operation_of_unknown_layout_is_short() {
    for (kind, operation, len, is_one) in [
        (7, 0, 0, true),
        (7, 3, 16, true),
        (7, 3, 17, false),
        (7, 4, 16, false),
        (8, 1, 16, true),
        (8, 1, 17, false),
    ] {
        let mut bytes = G36[..12].to_vec();
        bytes.extend([0, 0, kind, 0, 9, operation]);
        bytes.resize(18 + len, 0x11);
        let found = decode(&bytes, bytes.len());
        assert_eq!(found.is_some(), is_one, "{kind} {operation} {len}");
    }
}

#[test]
fn voice_names_the_protocol_that_it_carries() {
    let mut bytes = G36[..12].to_vec();
    bytes.extend(b"\0\0\x05\0\x09\x01\x80\0\0\x01\0\0\0\xa0\x12\x34\x56\x78voice");
    let found = decode(&bytes, bytes.len()).unwrap();
    assert_eq!(found.value(FamilyPart::PacketType, &bytes), Some(5));
    assert_eq!(found.value(FamilyPart::MediaType, &bytes), Some(1));
    assert_eq!(
        found.find(FamilyPart::RealTime),
        Some(Span::between(18, bytes.len()))
    );
    assert_eq!(MediaKind::of(1), Some(MediaKind::Rtp));
    assert_eq!(decode(&bytes[..18], 18).map(|m| m.parts.len()), None);
    bytes[17] = 5;
    assert!(decode(&bytes, bytes.len()).is_none());
}

#[test]
fn media_begin_with_a_packet_of_their_protocol() {
    let parts = [
        (MediaKind::Sip, &b"SIP/2.0 200 OK\r\n\r\n"[..]),
        (
            MediaKind::Rtp,
            b"\x80\0\0\x01\0\0\0\xa0\x12\x34\x56\x78voice",
        ),
        (MediaKind::Rtcp, b"\x80\xc9\0\x01\x12\x34\x56\x78"),
    ];
    for (kind, _) in parts {
        for (own, part) in parts {
            assert_eq!(kind.begins(part), kind == own, "{kind:?} {own:?}");
        }
        assert!(!kind.begins(b""), "{kind:?}");
    }
}

#[test]
fn a_control_packet_has_one_of_two_lengths() {
    for (len, is_one) in [
        (75, false),
        (76, true),
        (77, false),
        (84, true),
        (85, false),
    ] {
        let mut bytes = G35.to_vec();
        bytes.resize(len, 0);
        assert_eq!(decode(&bytes, len).is_some(), is_one, "{len}");
    }
    // Its body is encrypted, even if it looks like one in clear.
    let mut bytes = basic_info();
    bytes[0] = 0;
    assert!(decode(&bytes, bytes.len()).is_none());
}

#[test]
fn a_decrypted_control_packet_has_a_type_and_addresses() {
    let mut plain = vec![0x99; 16];
    plain.extend([0, 0x3d, 0, 7, 0x43, 0, 0, 0, 0, 0x1b]);
    plain.extend([0; 19]);
    plain.push(0x65);
    let mut hello = plain.clone();
    hello.extend([0, 1]);
    let parts = control(&hello);
    let of = |parts: &[(FamilyPart, Span)], what| {
        parts
            .iter()
            .find_map(|(kind, span)| (*kind == what).then_some(*span))
    };
    assert_eq!(of(&parts, FamilyPart::ControlType), Some(Span::new(16, 2)));
    assert_eq!(CONTROL_TYPES.name(0x3d), Some("Ping"));
    assert_eq!(of(&parts, FamilyPart::Transfer).unwrap().of(&hello), [0x65]);
    assert_eq!(of(&parts, FamilyPart::OuterAddress), None);
    plain.extend([0, 192, 0, 2, 7, 0x0f, 0xa0, 0, 0, 10, 0, 0, 7, 0x0f, 0xa1]);
    let parts = control(&plain);
    assert_eq!(
        of(&parts, FamilyPart::OuterAddress).unwrap().of(&plain),
        [192, 0, 2, 7]
    );
    assert_eq!(
        of(&parts, FamilyPart::InnerPort).unwrap().of(&plain),
        [0x0f, 0xa1]
    );
    for len in 0..plain.len() {
        let parts = control(&plain[..len]);
        assert_eq!(parts.iter().map(|(_, span)| span.len).sum::<usize>(), len);
    }
}

#[test]
fn invalid_numbers_are_refused() {
    let mut bytes = G36.to_vec();
    bytes[8..12].copy_from_slice(&(!0_u32 ^ 0x5a5a_5a5a).to_be_bytes());
    assert!(decode(&bytes, bytes.len()).is_none());
}
