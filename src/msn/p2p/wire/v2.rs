//! The header of version 2 (MSNP16 and later): big-endian, except the peer information.
//!
//! ```text
//! 0    1    length H of this header, including TLVs and padding
//! 1    1    operation: bit 0 SYN, bit 1 RAK
//! 2    2    length P of data header and data
//! 4    4    sequence number; the next packet has this + P
//! 8    H-8  TLVs: type 1, length 1, value; zeroes up to a multiple of 4
//! H    1    length D of the data header
//! H+1  1    TF: lowest bit first chunk, the others the type of data
//! H+2  2    package number
//! H+4  4    session id
//! H+8  D-8  TLVs
//! ```
//!
//! Source: docs/protocol/msnp.md §5.8.

#[cfg(test)]
mod tests;

use crate::error::{Decoded, Fault, Missing};
use crate::input::Input;
use crate::msn::p2p::wire::codes::FIRST_CHUNK;
use crate::span::{Span, Spanned};

/// Minimum length of a header, and of a data header, in bytes.
const LEAST: usize = 8;

/// A header of version 2, with the data header if there are data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderV2 {
    /// The whole header, including TLVs and padding, without the data header.
    pub span: Span,
    /// Its length in bytes.
    pub length: Spanned<u8>,
    /// SYN, RAK: [`crate::msn::p2p::wire::codes::OPERATIONS`].
    pub operation: Spanned<u8>,
    /// Length of data header and data in bytes.
    pub payload_length: Spanned<u16>,
    /// Sequence number, counted in bytes of payload.
    pub sequence: Spanned<u32>,
    /// The TLVs, in order.
    pub tlvs: Vec<Tlv>,
    /// Bytes after the TLVs: zeroes.
    pub padding: Option<Span>,
    /// The data header; `None` if the payload length is 0.
    pub data: Option<DataHeader>,
}

/// The header of the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataHeader {
    /// The whole data header.
    pub span: Span,
    /// Its length in bytes.
    pub length: Spanned<u8>,
    /// TF: [`crate::msn::p2p::wire::codes::DATA_TYPES`].
    pub kind: Spanned<u8>,
    /// The same for all chunks of one blob; 0 for session control.
    pub package: Spanned<u16>,
    /// The session id; 0 for session control.
    pub session: Spanned<u32>,
    /// The TLVs, in order.
    pub tlvs: Vec<Tlv>,
    /// Bytes after the TLVs: zeroes.
    pub padding: Option<Span>,
}

impl DataHeader {
    /// Whether this is the first chunk of its blob.
    pub fn is_first(&self) -> bool {
        self.kind.value & FIRST_CHUNK != 0
    }

    /// Number of bytes of the blob in later packets; 0 without the TLV.
    pub fn remaining(&self) -> u64 {
        let remaining = self.tlvs.iter().find_map(|tlv| match tlv.value {
            TlvValue::Remaining(remaining) => Some(remaining),
            _ => None,
        });
        remaining.unwrap_or(0)
    }
}

impl HeaderV2 {
    /// The sequence number with which this packet is acknowledged.
    pub fn acknowledged_by(&self) -> u32 {
        let payload = u32::from(self.payload_length.value);
        self.sequence.value.wrapping_add(payload)
    }

    /// The sequence number that the sender of this packet has not received.
    pub fn nak_number(&self) -> Option<u32> {
        self.tlvs.iter().find_map(|tlv| match tlv.value {
            TlvValue::Missing(number) => Some(number),
            _ => None,
        })
    }

    /// The sequence number that this packet acknowledges.
    pub fn acknowledges(&self) -> Option<u32> {
        self.tlvs.iter().find_map(|tlv| match tlv.value {
            TlvValue::Acknowledged(number) => Some(number),
            _ => None,
        })
    }
}

/// One TLV: type, length, value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tlv {
    /// Type, length and value.
    pub span: Span,
    /// The type.
    pub kind: Spanned<u8>,
    /// Length of the value in bytes.
    pub length: Spanned<u8>,
    /// Span of the value.
    pub value_span: Span,
    /// The value.
    pub value: TlvValue,
}

/// The value of a TLV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlvValue {
    /// Information about the sender.
    Peer(ClientInfo),
    /// Sequence number after the last byte received.
    Acknowledged(u32),
    /// Sequence number that was not received.
    Missing(u32),
    /// Number of bytes of the blob in later packets.
    Remaining(u64),
    /// Unknown type or length.
    Unknown,
}

/// Information about a client, little-endian.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientInfo {
    /// Version of the protocol: 0x0200.
    pub protocol: Spanned<u16>,
    /// Number of the implementation: 0.
    pub implementation: Spanned<u16>,
    /// Version of the implementation: 0x0e00.
    pub version: Spanned<u16>,
    /// Reserved: any.
    pub reserved: Spanned<u16>,
    /// Capabilities: 0x0000010f.
    pub capabilities: Spanned<u32>,
}

/// Decodes the header at the beginning of `data`.
///
/// Returns `Incomplete` if the bytes end within the header or data header, `Malformed` if
/// one of them is shorter than 8 bytes or the data header longer than the payload.
pub fn header(data: &[u8]) -> Decoded<HeaderV2> {
    let mut input = Input::whole(data);
    let Some((length, operation, payload_length, sequence)) = first_fields(&mut input) else {
        return Err(missing(data.len(), LEAST));
    };
    let span = Span::new(0, length.value.into());
    if span.len < LEAST {
        return Err(Fault::Malformed {
            what: "The header is shorter than its fixed fields",
            at: length.span,
        });
    }
    if data.len() < span.len {
        return Err(missing(data.len(), span.len));
    }
    let (tlvs, padding) = tlvs(data, Span::between(LEAST, span.end()), transport_value);
    Ok(HeaderV2 {
        span,
        length,
        operation,
        payload_length,
        sequence,
        tlvs,
        padding,
        data: match payload_length.value {
            0 => None,
            payload => Some(data_header(data, span.end(), payload.into())?),
        },
    })
}

type FirstFields = (Spanned<u8>, Spanned<u8>, Spanned<u16>, Spanned<u32>);

fn first_fields(input: &mut Input<'_>) -> Option<FirstFields> {
    Some((input.u8()?, input.u8()?, input.be_u16()?, input.be_u32()?))
}

fn data_header(data: &[u8], at: usize, payload: usize) -> Decoded<DataHeader> {
    let mut input = Input::from(data, at);
    let Some((length, kind, package, session)) = first_fields(&mut input) else {
        return Err(missing(data.len(), at.saturating_add(LEAST)));
    };
    let span = Span::new(at, length.value.into());
    if span.len < LEAST || span.len > payload {
        return Err(Fault::Malformed {
            what: "The length of the data header does not fit",
            at: length.span,
        });
    }
    if data.len() < span.end() {
        return Err(missing(data.len(), span.end()));
    }
    let (tlvs, padding) = tlvs(data, Span::between(at + LEAST, span.end()), data_value);
    Ok(DataHeader {
        span,
        length,
        kind,
        package,
        session,
        tlvs,
        padding,
    })
}

fn missing(have: usize, need: usize) -> Fault {
    Fault::Incomplete(Missing::Bytes(need.saturating_sub(have)))
}

/// Decodes the value of a TLV of the given type. Returns `None` for unknown ones.
type ReadValue = fn(u8, Input<'_>) -> Option<TlvValue>;

/// The TLVs in `span`, and the span of the bytes after them. Type 0 is padding.
fn tlvs(data: &[u8], span: Span, value: ReadValue) -> (Vec<Tlv>, Option<Span>) {
    let mut input = Input::of(data, span);
    let mut found = Vec::new();
    let mut after = input;
    while let Some(tlv) = tlv(&mut input, value) {
        found.push(tlv);
        after = input;
    }
    let rest = after.rest();
    (found, (rest.len > 0).then_some(rest))
}

fn tlv(input: &mut Input<'_>, value: ReadValue) -> Option<Tlv> {
    let kind = input.u8().filter(|kind| kind.value != 0)?;
    let length = input.u8()?;
    let part = input.part(length.value.into())?;
    let value_span = Span::new(part.at(), part.left());
    Some(Tlv {
        span: Span::between(kind.span.start, value_span.end()),
        kind,
        length,
        value_span,
        value: value(kind.value, part).unwrap_or(TlvValue::Unknown),
    })
}

fn transport_value(kind: u8, mut input: Input<'_>) -> Option<TlvValue> {
    match (kind, input.left()) {
        (1, 12) => peer(&mut input).map(TlvValue::Peer),
        (2, 4) => Some(TlvValue::Acknowledged(input.be_u32()?.value)),
        (3, 4) => Some(TlvValue::Missing(input.be_u32()?.value)),
        _ => None,
    }
}

fn data_value(kind: u8, mut input: Input<'_>) -> Option<TlvValue> {
    match (kind, input.left()) {
        (1, 8) => Some(TlvValue::Remaining(input.be_u64()?.value)),
        _ => None,
    }
}

fn peer(input: &mut Input<'_>) -> Option<ClientInfo> {
    Some(ClientInfo {
        protocol: input.le_u16()?,
        implementation: input.le_u16()?,
        version: input.le_u16()?,
        reserved: input.le_u16()?,
        capabilities: input.le_u32()?,
    })
}
