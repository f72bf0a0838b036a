//! Whether bytes are a frame of QQ at all.
//!
//! Source: protocol reference, OICQ §9.2, a rule measured on half a million foreign
//! datagrams and nearly a million TCP segments without one false match.

use super::command::find;
use super::command_table::UNNAMED;
use super::frame::{frame, Direction, Frame, Header, SERVER_VERSION, SISTERS};
use super::{FLAG, PORT, TRAILER};
use crate::context::{Packet, Transport};
use crate::span::Span;

/// The shortest frame: header, one byte, trailer.
const SHORTEST: usize = 9;
/// Frames longer than this are not believed; the largest real one has 1311 bytes.
pub const LONGEST: usize = 8 * 1024;
/// So many bytes of a frame tell it from anything else even before its trailer has come.
const TELLING: usize = 15;

/// The direction that the ports suggest.
pub fn hint(packet: &Packet<'_>) -> Direction {
    match (
        is_server_port(packet, packet.source_port),
        is_server_port(packet, packet.destination_port),
    ) {
        (true, false) => Direction::ToClient,
        (false, true) => Direction::ToServer,
        _ => Direction::Unknown,
    }
}

fn is_server_port(packet: &Packet<'_>, port: u16) -> bool {
    port == PORT || (packet.transport == Transport::Tcp && matches!(port, 80 | 443))
}

fn plausible_version(version: u16) -> bool {
    version == SERVER_VERSION || matches!(version, 0x0500..=0x3fff) || SISTERS.contains(&version)
}

/// Whether `span` of `data` is a frame, when the port or the conversation already says
/// that frames of QQ come here. Unknown versions and commands are welcome.
pub fn may_be_frame(data: &[u8], span: Span, hint: Direction) -> bool {
    let captured = span.of(data);
    if captured.first() != Some(&FLAG) || span.len < SHORTEST {
        return false;
    }
    let ended = captured.len() < span.len || captured.last() == Some(&TRAILER);
    frame(data, span, hint).is_ok_and(|frame| {
        // The client block is proof enough where the trailer is missing.
        frame.command.value != 0
            && (ended || frame.block.is_some())
            && (plausible_version(frame.version.value) || fits_long(&frame))
    })
}

fn fits_long(frame: &Frame) -> bool {
    frame.header == Header::Long && frame.fits
}

/// Whether `span` of `data` is a frame of QQ, wherever it comes from.
pub fn is_frame(data: &[u8], span: Span, hint: Direction) -> bool {
    if data.get(span.start) != Some(&FLAG) || span.len < SHORTEST || span.len > LONGEST {
        return false;
    }
    let Ok(frame) = frame(data, span, hint) else {
        return false;
    };
    let captured = span.of(data);
    let (ended, fits) = if captured.len() == span.len {
        (captured.last() == Some(&TRAILER), frame.fits)
    } else {
        (true, begins_long(captured, span.len))
    };
    ended
        && fits
        && plausible_version(frame.version.value)
        && matches!(frame.command.value, 1..=0x0fff)
        && number_is_plausible(&frame)
        && match frame.header {
            Header::Long => true,
            Header::Classic => is_known_command(&frame),
            Header::Sister => false,
        }
}

/// Whether the first bytes of a frame of `len` bytes have the long header: the block's
/// type and fixed bytes, as far as they have come, and the length modulo 8 that goes with
/// that type (§2.3).
fn begins_long(captured: &[u8], len: usize) -> bool {
    let Some(block) = captured.get(11..).filter(|_| captured.len() >= TELLING) else {
        return false;
    };
    let body = match block[0] {
        0 if block.iter().take(8).all(|b| *b == 0) && len % 8 == 20 % 8 => 19,
        0 => 14,
        2 => 22,
        3 => 26,
        4 => 30,
        _ => return false,
    };
    let fixed = |at: usize, value: u8| block.get(at).is_none_or(|b| *b == value);
    let is_client = block[0] != 0;
    let looks_right =
        !is_client || (block[1] <= 1 && block[2] <= 7 && fixed(3, 0) && fixed(4, 1) && fixed(6, 1));
    looks_right && len > body + 16 && (len - body - 1) % 8 == 0
}

/// Every real number is at least 10,000; a login by e-mail or by picture has none yet.
fn number_is_plausible(frame: &Frame) -> bool {
    match frame.uin {
        None => frame.header == Header::Classic,
        Some(uin) => {
            uin.value >= 10_000
                || (uin.value == 0 && matches!(frame.command.value, 0x0818 | 0x0819 | 0x0825))
        }
    }
}

/// The classic header has no block that could prove it, so the command must be one.
fn is_known_command(frame: &Frame) -> bool {
    let code = frame.command.value;
    find(code, frame.version.value).is_some()
        || UNNAMED.binary_search_by_key(&code, |row| row.0).is_ok()
}

/// Whether a datagram that came to another port than the servers' is a frame of QQ. That
/// the other end is a server's port is enough of a sign to welcome unknown versions.
pub fn is_oicq_udp(packet: &Packet<'_>) -> bool {
    let span = Span::new(0, packet.reported);
    match hint(packet) {
        Direction::Unknown => is_frame(packet.bytes, span, Direction::Unknown),
        hint => may_be_frame(packet.bytes, span, hint),
    }
}

/// Whether a segment from nowhere begins with a length and a frame of QQ.
pub fn is_oicq_tcp(packet: &Packet<'_>) -> bool {
    tcp_frame_at(packet.bytes, 0).is_some_and(|span| is_frame(packet.bytes, span, hint(packet)))
}

/// The frame that the 2-byte length at `start` announces, without that length.
pub fn tcp_frame_at(data: &[u8], start: usize) -> Option<Span> {
    let length: [u8; 2] = data.get(start..start + 2)?.try_into().ok()?;
    let length = usize::from(u16::from_be_bytes(length));
    (SHORTEST + 2..=LONGEST)
        .contains(&length)
        .then(|| Span::new(start + 2, length - 2))
}
