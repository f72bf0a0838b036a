use super::*;
use crate::error::Missing;
use test_support::random::{rounds, SplitMix64};

fn v1(session: u32, flags: u32, data: &[u8], footer: Option<u32>) -> Vec<u8> {
    let mut bytes = session.to_le_bytes().to_vec();
    bytes.extend(7_u32.to_le_bytes());
    bytes.extend(0_u64.to_le_bytes());
    bytes.extend((data.len() as u64).to_le_bytes());
    bytes.extend((data.len() as u32).to_le_bytes());
    bytes.extend(flags.to_le_bytes());
    bytes.extend([0; 16]);
    bytes.extend(data);
    bytes.extend(footer.map(u32::to_be_bytes).into_iter().flatten());
    bytes
}

#[test]
fn data_and_footer_of_version_1() {
    let bytes = v1(9, 0, &[0; 4], Some(12));
    let packet = packet(&bytes, Version::V1, Carrier::Relayed).unwrap();
    assert_eq!(packet.data, Span::new(48, 4));
    assert_eq!(packet.footer, Some(Spanned::new(12, Span::new(52, 4))));
    assert_eq!((packet.missing, packet.surplus), (0, None));
    assert_eq!(packet.session(), 9);
    assert!(packet.is_data_preparation(&bytes));
    assert_eq!(guess_version(&bytes, Carrier::Relayed), Version::V1);
    assert_eq!(guess_version(&bytes[..52], Carrier::Direct), Version::V1);
}

#[test]
fn data_and_footer_of_version_2() {
    let mut bytes = b"\x08\x00\x00\x0c\0\0\0\x05\x08\x01\0\0\0\0\0\x09".to_vec();
    bytes.extend([0, 0, 0, 0, 0, 0, 0, 2]);
    let packet = packet(&bytes, Version::V2, Carrier::Relayed).unwrap();
    assert_eq!(packet.headers(), Span::new(0, 16));
    assert_eq!(packet.data, Span::new(16, 4));
    assert_eq!(packet.footer.map(|f| f.value), Some(2));
    assert!(packet.is_data_preparation(&bytes));
    assert_eq!(guess_version(&bytes, Carrier::Relayed), Version::V2);
}

#[test]
fn a_length_that_no_packet_has_is_malformed() {
    for (length, is_one) in [
        (MAX_DATA, true),
        (MAX_DATA + 1, false),
        (u32::MAX - 1, false),
    ] {
        let mut bytes = v1(9, 0, &[0; 4], None);
        bytes[24..28].copy_from_slice(&length.to_le_bytes());
        for carrier in [Carrier::Relayed, Carrier::Direct] {
            let found = packet(&bytes, Version::V1, carrier);
            assert_eq!(found.is_ok(), is_one, "{length} {carrier:?}");
        }
    }
}

#[test]
fn a_data_preparation_is_four_zeroes_of_a_session() {
    for (session, flags, data, is_one) in [
        (9, 0, &[0; 4][..], true),
        (9, WLM_2009, &[0; 4], true),
        (9, 0x20, &[0; 4], false),
        (0, 0, &[0; 4], false),
        (9, 0, &[0; 3], false),
        (9, 0, &[0; 5], false),
        (9, 0, &[0, 0, 0, 1], false),
    ] {
        let bytes = v1(session, flags, data, None);
        let packet = packet(&bytes, Version::V1, Carrier::Direct).unwrap();
        let found = packet.is_data_preparation(&bytes);
        assert_eq!(found, is_one, "{session} {flags:x} {data:?}");
    }
    let bytes = v1(9, 0, &[0; 5], None);
    let cut = packet(&bytes[..52], Version::V1, Carrier::Direct).unwrap();
    assert!(!cut.is_data_preparation(&bytes));
}

#[test]
fn the_beginning_of_a_packet_lacks_what_comes_later() {
    for (session, missing, is_beginning) in [(9, 4, true), (0, 4, false), (9, 5, false)] {
        let bytes = v1(session, 0, b"abcdef", None);
        let found = beginning(&bytes[..50], Version::V1, missing).unwrap();
        assert_eq!(found.is_some(), is_beginning, "{session} {missing}");
    }
    let bytes = v1(9, 0, b"abcdef", None);
    let missing = Fault::Incomplete(Missing::Bytes(1));
    assert_eq!(beginning(&bytes[..47], Version::V1, 6), Err(missing));
}

#[test]
fn missing_and_surplus_bytes_are_counted() {
    let bytes = v1(0, 0, b"abcdef", Some(0));
    let cut = packet(&bytes[..50], Version::V1, Carrier::Relayed).unwrap();
    assert_eq!((cut.data, cut.missing), (Span::new(48, 2), 4));
    assert_eq!(cut.footer, None);
    let direct = packet(&bytes, Version::V1, Carrier::Direct).unwrap();
    assert_eq!(direct.surplus, Some(Span::new(54, 4)));
    let short = packet(&bytes[..56], Version::V1, Carrier::Relayed).unwrap();
    assert_eq!(
        (short.footer, short.surplus),
        (None, Some(Span::new(54, 2)))
    );
}

#[test]
fn requests_of_version_2_are_guessed_from_their_layout() {
    let request = b"\x08\x02\x00\x00[\xc8\x00\xf7\0\0\0\0";
    assert_eq!(guess_version(request, Carrier::Relayed), Version::V2);
    assert_eq!(guess_version(b"", Carrier::Relayed), Version::V1);
    // As version 1 it would have a footer, and bytes after it.
    let mut zeroes = b"\x08\x00\x00\x44\0\0\0\x05\x08\x01\0\0\0\0\0\x09".to_vec();
    zeroes.resize(16 + 60 + 4, 0);
    assert_eq!(guess_version(&zeroes, Carrier::Relayed), Version::V2);
    let cut = b"\x08\x02\0\x0c\0\0\0\x05\x08\x01\0\0\0\0\0\x09\0";
    assert_eq!(guess_version(cut, Carrier::Relayed), Version::V2);
    for (at, byte) in [(0, 4), (0, 10), (1, 4), (8, 7)] {
        let mut other = *cut;
        other[at] = byte;
        let found = guess_version(&other, Carrier::Relayed);
        assert_eq!(found, Version::V1, "{at} {byte}");
    }
}

#[test]
fn mutated_packets_are_decoded_or_rejected() {
    let mut bytes = v1(0, 0x100, b"some data", Some(0));
    let mut random = SplitMix64::new(0x1863);
    for _ in 0..rounds(20_000) {
        let at = random.below(bytes.len());
        bytes[at] = random.below(256) as u8;
        let cut = &bytes[..random.below(bytes.len() + 1)];
        for version in [Version::V1, Version::V2] {
            for carrier in [Carrier::Relayed, Carrier::Direct] {
                if let Ok(packet) = packet(cut, version, carrier) {
                    assert!(packet.data.end() <= cut.len());
                    assert!(packet.headers().end() <= cut.len());
                }
                guess_version(cut, carrier);
            }
        }
    }
}
