//! The frames of a direct connection: a length, and a packet without footer.
//!
//! ```text
//! 0  4  length of the body, little-endian; 0 is a keep-alive
//! 4  n  body: foo\0, the nonce, or a packet
//! ```
//!
//! The connecting side sends `foo\0`; then both sides send a nonce: version 1 in a header
//! with flags 0x100 and no data, version 2 as bare 16 bytes. Source:
//! docs/protocol/msnp.md §5.10.

#[cfg(test)]
mod tests;

use crate::error::{Decoded, Fault, Missing};
use crate::input::Input;
use crate::msn::common::guid::Guid;
use crate::msn::p2p::wire::codes::HANDSHAKE;
use crate::msn::p2p::wire::packet::{beginning, packet, Carrier, Version};
use crate::msn::p2p::wire::v1;
use crate::span::{Span, Spanned};

/// Size of the length, in bytes.
pub const LENGTH_SIZE: usize = 4;
/// Offset of the flags of a version 1 packet in its frame.
const FLAGS: usize = LENGTH_SIZE + 28;
/// Maximum length of a body, in bytes: packets carry at most some kilobytes.
const MAX_FRAME: u32 = 1 << 20;
/// The first body sent by the connecting side.
const FOO: &[u8] = b"foo\0";

/// One frame of a direct connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DirectFrame {
    /// Length and body.
    pub span: Span,
    /// Length of the body in bytes.
    pub length: Spanned<u32>,
    /// The body.
    pub body: Span,
    /// The type of the body.
    pub body_type: DirectBodyType,
}

/// The type of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DirectBodyType {
    /// Empty: a keep-alive.
    Empty,
    /// `foo\0`.
    Foo,
    /// A bare nonce: the handshake of version 2.
    Nonce(Guid),
    /// A header with a nonce: the handshake of version 1.
    Handshake(Guid),
    /// A packet.
    Packet,
}

impl DirectBodyType {
    /// The version of a handshake. Returns `None` for other bodies.
    pub fn version(self) -> Option<Version> {
        match self {
            Self::Nonce(_) => Some(Version::V2),
            Self::Handshake(_) => Some(Version::V1),
            Self::Empty | Self::Foo | Self::Packet => None,
        }
    }

    /// The nonce of a handshake. Returns `None` for other bodies.
    pub fn nonce(self) -> Option<Guid> {
        match self {
            Self::Nonce(nonce) | Self::Handshake(nonce) => Some(nonce),
            Self::Empty | Self::Foo | Self::Packet => None,
        }
    }
}

/// Length of the body that begins `data`, if it is there and can be true.
pub fn body_length(data: &[u8]) -> Option<usize> {
    let length = Input::whole(data).le_u32()?.value;
    (length <= MAX_FRAME).then_some(length as usize)
}

/// Offset of the next frame with a packet of this session and blob, after bytes that are lost.
pub fn next_packet(data: &[u8], session: u32, number: u32, v2: bool) -> Option<usize> {
    let (mark, offsets) = match v2 {
        false => (
            [session.to_le_bytes(), number.to_le_bytes()].concat(),
            LENGTH_SIZE..=LENGTH_SIZE,
        ),
        // After the header, whose length varies, and two bytes of the data header.
        true => {
            let package = (number as u16).to_be_bytes();
            let mark = [&package[..], &session.to_be_bytes()].concat();
            (mark, LENGTH_SIZE + 10..=LENGTH_SIZE + 66)
        }
    };
    let starts = memchr::memmem::find_iter(data, &mark).flat_map(|at| {
        offsets
            .clone()
            .filter_map(move |offset| at.checked_sub(offset))
    });
    let version = if v2 { Version::V2 } else { Version::V1 };
    let mut starts = starts.filter(|start| {
        let bytes = data.get(*start..).unwrap_or_default();
        let body = bytes.get(LENGTH_SIZE..).unwrap_or_default();
        let Some(length) = body_length(bytes) else {
            return false;
        };
        let missing = length.saturating_sub(body.len());
        let body = body.get(..length).unwrap_or(body);
        matches!(beginning(body, version, missing), Ok(Some(packet)) if packet.surplus.is_none())
    });
    starts.next()
}

/// Whether the bytes are one whole packet with its length, exactly.
pub fn is_whole_packet(data: &[u8], v2: bool) -> bool {
    let version = if v2 { Version::V2 } else { Version::V1 };
    let body = data.get(LENGTH_SIZE..).unwrap_or_default();
    body_length(data) == Some(body.len())
        && packet(body, version, Carrier::Direct)
            .is_ok_and(|packet| packet.missing == 0 && packet.surplus.is_none())
}

/// Decodes the frame at `start`. `handshake`: the nonces have not been exchanged yet, so
/// 16 bytes are one; later they could be a packet of version 2.
///
/// Returns `Incomplete` if bytes are missing, `Malformed` if the body exceeds 1 MiB.
pub fn frame(data: &[u8], start: usize, handshake: bool) -> Decoded<DirectFrame> {
    let mut input = Input::from(data, start);
    let Some(length) = input.le_u32() else {
        // Without the length, the number of missing bytes of the frame is unknown.
        return Err(Fault::Incomplete(Missing::Unknown));
    };
    if length.value > MAX_FRAME {
        return Err(Fault::Malformed {
            what: "The length of the frame is too long to be true",
            at: length.span,
        });
    }
    let len = length.value as usize;
    let Some(body) = input.take(len) else {
        return Err(Fault::Incomplete(Missing::Bytes(len - input.left())));
    };
    Ok(DirectFrame {
        span: Span::between(start, body.end()),
        length,
        body,
        body_type: kind(input.bytes(body), handshake),
    })
}

fn kind(body: &[u8], handshake: bool) -> DirectBodyType {
    if body.is_empty() {
        return DirectBodyType::Empty;
    }
    if body == FOO {
        return DirectBodyType::Foo;
    }
    if let (true, Some(nonce)) = (handshake, Guid::from_wire(body)) {
        return DirectBodyType::Nonce(nonce);
    }
    if body.len() == v1::HEADER_LENGTH {
        let header = v1::header(body).ok();
        let header = header.filter(|header| header.flags.value == HANDSHAKE);
        if let Some(nonce) = header.and_then(|header| header.nonce(body)) {
            return DirectBodyType::Handshake(nonce.value);
        }
    }
    DirectBodyType::Packet
}

/// Whether an unclaimed segment begins a direct connection: `foo\0`, followed by nothing
/// or the length of a handshake, which may be incomplete.
pub fn is_direct(data: &[u8]) -> bool {
    let Ok(first) = frame(data, 0, true) else {
        return false;
    };
    if first.body_type != DirectBodyType::Foo {
        return false;
    }
    let rest = data.get(first.span.end()..).unwrap_or_default();
    matches!(
        rest,
        [] | [0x10 | 0x30] | [0x10 | 0x30, 0] | [0x10 | 0x30, 0, 0]
    ) || matches!(rest, [0x10 | 0x30, 0, 0, 0, ..])
}

/// Whether the bytes of an incomplete frame may begin a direct connection: `foo\0`, or a
/// nonce of either version.
pub fn may_begin_direct(data: &[u8]) -> bool {
    let agree = |data: &[u8], mark: &[u8]| data.iter().zip(mark).all(|(a, b)| a == b);
    let flags = data.get(FLAGS..).unwrap_or_default();
    agree(data, b"\x04\0\0\0foo\0")
        || agree(data, b"\x10\0\0\0")
        || (agree(data, b"\x30\0\0\0") && agree(flags, &HANDSHAKE.to_le_bytes()))
}

/// Whether the bytes begin with a handshake of version 1, at least up to its flags.
pub fn shows_handshake(data: &[u8]) -> bool {
    data.starts_with(b"\x30\0\0\0")
        && data
            .get(FLAGS..)
            .is_some_and(|flags| flags.starts_with(&HANDSHAKE.to_le_bytes()))
}
