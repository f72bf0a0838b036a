//! Packets of both versions: header, data, footer.
//!
//! Source: docs/protocol/msnp.md §5.7 and §5.8 (layout, footer), §5.13 (which version).

use crate::error::{Decoded, Fault};
use crate::input::Input;
use crate::msn::p2p::wire::codes::WLM_2009;
use crate::msn::p2p::wire::{v1, v2};
use crate::span::{Span, Spanned};

/// Maximum data length of a packet of version 1, in bytes; clients send at most 1202, or
/// 1352 on direct connections.
const MAX_DATA: u32 = 1 << 16;

/// The version of a packet's header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// 48 bytes, little-endian.
    V1,
    /// Variable length, big-endian.
    V2,
}

/// The carrier of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Carrier {
    /// A server relays it; a footer has the application id.
    Relayed,
    /// A direct connection, without a footer.
    Direct,
}

/// A header of either version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum P2pHeader {
    /// Version 1.
    V1(v1::HeaderV1),
    /// Version 2.
    V2(v2::HeaderV2),
}

/// One packet. All spans are within the decoded bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct P2pPacket {
    /// The header, and the data header of version 2.
    pub header: P2pHeader,
    /// The data.
    pub data: Span,
    /// Number of announced bytes of data that the packet lacks.
    pub missing: u64,
    /// The application id, big-endian: [`crate::msn::p2p::wire::codes::APPLICATIONS`].
    pub footer: Option<Spanned<u32>>,
    /// Bytes after the end of the packet.
    pub surplus: Option<Span>,
}

impl P2pPacket {
    /// The session id; 0 for session control.
    pub fn session(&self) -> u32 {
        match &self.header {
            P2pHeader::V1(header) => header.session.value,
            P2pHeader::V2(header) => header.data.as_ref().map_or(0, |data| data.session.value),
        }
    }

    /// Span of the header and the data header.
    pub fn headers(&self) -> Span {
        match &self.header {
            P2pHeader::V1(header) => header.span,
            P2pHeader::V2(header) => header.data.as_ref().map_or(header.span, |data| {
                Span::between(header.span.start, data.span.end())
            }),
        }
    }

    /// Whether this is a data preparation: four zero bytes that a sender sends before the
    /// data of a session.
    pub fn is_data_preparation(&self, bytes: &[u8]) -> bool {
        let plain = match &self.header {
            P2pHeader::V1(header) => header.flags.value & !WLM_2009 == 0,
            P2pHeader::V2(header) => header
                .data
                .as_ref()
                .is_some_and(|data| data.kind.value >> 1 == 0),
        };
        let is_whole = plain && self.missing == 0;
        is_whole && self.session() != 0 && self.data.len == 4 && self.data.of(bytes) == [0; 4]
    }
}

/// Decodes the packet in `bytes`.
///
/// Returns the errors of the header, and `Malformed` if version 1 announces more than
/// `MAX_DATA` bytes. Data that are shorter than announced are not an error, since no more
/// can be waited for: see [`P2pPacket::missing`].
pub fn packet(bytes: &[u8], version: Version, carrier: Carrier) -> Decoded<P2pPacket> {
    let (header, start, announced) = match version {
        Version::V1 => {
            let header = v1::header(bytes)?;
            if header.length.value > MAX_DATA {
                return Err(Fault::Malformed {
                    what: "No packet has so many bytes",
                    at: header.length.span,
                });
            }
            let announced = header.length.value as usize;
            (P2pHeader::V1(header), v1::HEADER_LENGTH, announced)
        }
        Version::V2 => {
            let header = v2::header(bytes)?;
            let payload = usize::from(header.payload_length.value);
            let head = header.data.as_ref().map_or(0, |data| data.span.len);
            let start = header.span.end() + head;
            (P2pHeader::V2(header), start, payload.saturating_sub(head))
        }
    };
    let have = bytes.len().saturating_sub(start);
    let data = Span::new(start, announced.min(have));
    let mut after = Input::from(bytes, data.end());
    let footer = match carrier {
        Carrier::Relayed if announced <= have => after.be_u32(),
        Carrier::Relayed | Carrier::Direct => None,
    };
    let surplus = after.rest();
    Ok(P2pPacket {
        header,
        data,
        missing: announced.saturating_sub(have) as u64,
        footer,
        surplus: (surplus.len > 0).then_some(surplus),
    })
}

/// Decodes the beginning of a packet of a session over a direct connection, of which `missing`
/// bytes of data come in later segments. Returns `Incomplete` if its headers are, and `None`
/// if it is no such packet.
pub fn beginning(bytes: &[u8], version: Version, missing: usize) -> Decoded<Option<P2pPacket>> {
    let packet = packet(bytes, version, Carrier::Direct)?;
    let is_beginning = packet.session() != 0 && packet.missing == missing as u64;
    Ok(is_beginning.then_some(packet))
}

/// Guesses the version of a packet from its layout.
pub fn guess_version(bytes: &[u8], carrier: Carrier) -> Version {
    let fits = |version| {
        let footer = usize::from(carrier == Carrier::Relayed);
        packet(bytes, version, carrier).is_ok_and(|packet| {
            packet.missing == 0
                && packet.surplus.is_none()
                && usize::from(packet.footer.is_some()) == footer
        })
    };
    if fits(Version::V1) {
        Version::V1
    } else if fits(Version::V2) || is_shaped_v2(bytes) {
        Version::V2
    } else {
        Version::V1
    }
}

/// Whether the first two bytes are a valid length and operation of a version 2 header.
fn is_shaped_v2(bytes: &[u8]) -> bool {
    matches!(bytes, [length, 0..=3, ..] if *length >= 8 && length % 4 == 0)
        && v2::header(bytes).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Missing;
    use test_support::random::SplitMix64;

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
        for _ in 0..20_000 {
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
}
