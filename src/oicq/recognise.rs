//! Whether bytes are a frame of QQ at all.
//!
//! Source: protocol reference, OICQ §9.2: its rule for whole frames was measured on half a
//! million foreign datagrams and nearly a million TCP segments without one false match. The
//! rules for the first bytes of a frame are our own.

use super::client_table::CLIENTS;
use super::command::find;
use super::command_table::{ROWS, UNNAMED};
use super::frame::{frame, Direction, Frame, Header, SERVER_VERSION, SISTERS};
use super::{FLAG, PORT, TRAILER};
use crate::context::{Packet, Transport};
use crate::span::Span;

/// The shortest frame: header and trailer.
const SHORTEST: usize = 8;
/// Frames longer than this are not believed; the largest real one has 1311 bytes.
pub const LONGEST: usize = 8 * 1024;
/// So many bytes of a long frame show the beginning of its client block.
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

/// Whether `span` of `data` is a frame, when the port says that frames of QQ come here, or
/// the conversation has shown some before (`confirmed`).
///
/// A known command is enough, as for Wireshark's own dissector. Unknown commands and
/// versions are welcome too, if the rest is as it should be; text between 02 and 03, which
/// other devices send, never is, as its letters make no command number.
pub fn may_be_frame(data: &[u8], span: Span, hint: Direction, confirmed: bool) -> bool {
    let captured = span.of(data);
    if captured.first() != Some(&FLAG) || span.len < SHORTEST {
        return false;
    }
    let ended = captured.len() < span.len || captured.last() == Some(&TRAILER);
    frame(data, span, hint).is_ok_and(|frame| {
        let command = frame.command.value;
        is_command(command)
            || ((ended || frame.block.is_some())
                && matches!(command, 1..=0x0fff)
                && (confirmed || frame.fits))
    })
}

/// Whether any client knows the number as a command.
fn is_command(code: u16) -> bool {
    ROWS.binary_search_by_key(&code, |row| row.code).is_ok() || is_unnamed(code)
}

fn is_unnamed(code: u16) -> bool {
    UNNAMED.binary_search_by_key(&code, |row| row.0).is_ok()
}

/// Whether `span` of `data` is a frame of QQ, wherever it comes from.
pub fn is_frame(data: &[u8], span: Span, hint: Direction) -> bool {
    let captured = span.of(data);
    if captured.first() != Some(&FLAG) || span.len < SHORTEST || span.len > LONGEST {
        return false;
    }
    if captured.len() < span.len {
        return begins_long(captured, span.len) || begins_known(captured);
    }
    captured.last() == Some(&TRAILER)
        && frame(data, span, hint).is_ok_and(|frame| {
            frame.fits
                && plausible_version(frame.version.value)
                && matches!(frame.command.value, 1..=0x0fff)
                && number_is_plausible(&frame)
                && match frame.header {
                    Header::Long => true,
                    // The classic header has no block that could prove it.
                    Header::Classic => is_known(frame.version.value, frame.command.value),
                    Header::Sister => false,
                }
        })
}

/// Whether the command has a meaning for clients of this version.
fn is_known(version: u16, command: u16) -> bool {
    find(command, version).is_some() || is_unnamed(command)
}

/// Whether the first bytes of a frame are the version of a client that is known and a
/// command of its era: with flag and length some 30 bits that agree.
fn begins_known(captured: &[u8]) -> bool {
    let Some(&[version_high, version_low, command_high, command_low]) = captured.get(1..5) else {
        return false;
    };
    let version = u16::from_be_bytes([version_high, version_low]);
    let command = u16::from_be_bytes([command_high, command_low]);
    !SISTERS.contains(&version)
        && version != SERVER_VERSION
        && CLIENTS.name(u32::from(version)).is_some()
        && is_known(version, command)
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

/// Whether a datagram that came to another port than the servers' is a frame of QQ. That
/// the other end is a server's port is enough of a sign to welcome unknown versions.
pub fn is_oicq_udp(packet: &Packet<'_>) -> bool {
    let span = Span::new(0, packet.reported);
    match hint(packet) {
        Direction::Unknown => is_frame(packet.bytes, span, Direction::Unknown),
        hint => {
            packet.bytes.last() == Some(&TRAILER) && may_be_frame(packet.bytes, span, hint, false)
        }
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
