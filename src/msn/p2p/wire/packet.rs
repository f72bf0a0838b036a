//! Packets of both versions: header, data, footer.
//!
//! Source: docs/protocol/msnp.md §5.7 and §5.8 (layout, footer), §5.13 (which version).

#[cfg(test)]
mod tests;

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
