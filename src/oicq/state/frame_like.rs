//! Checks whether bytes can be, or are, a QQ frame.
//!
//! Source: docs/protocol/oicq.md §9.2. Its rule for complete frames was measured on half
//! a million foreign datagrams and nearly a million TCP segments without a false match.
//! The rules for the first bytes of a frame have no published source.

#[cfg(test)]
mod tests;

use crate::input::Input;
use crate::oicq::crypto::tea::is_ciphertext_len;
use crate::oicq::wire::basic::{PORT, TRAILER};
use crate::oicq::wire::client_table::is_client;
use crate::oicq::wire::commands::meaning::{find, may_lack_number, rows};
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::era::{FIRST_LONG, SERVER_VERSION};
use crate::oicq::wire::frame::{frame, version_and_command, Frame, OicqHeader, QQ_SPEED_VERSIONS};
use crate::packet::{Packet, Transport};
use crate::span::Span;

/// Minimum length of a frame: header and trailer.
pub(crate) const MIN_FRAME_LEN: usize = 8;
/// Maximum length of a frame to accept; the longest observed has 1311 bytes.
pub(crate) const MAX_FRAME_LEN: usize = 8 * 1024;
/// Number of bytes of a long frame that include the start of its client block.
pub(crate) const LONG_PREFIX_LEN: usize = 15;

/// Direction by the ports.
pub(crate) fn direction_by_ports(packet: &Packet<'_>) -> Direction {
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

pub(crate) fn is_plausible_version(version: u16) -> bool {
    version == SERVER_VERSION
        || matches!(version, 0x0500..=0x3fff)
        || QQ_SPEED_VERSIONS.contains(&version)
}

/// Whether `span` of `data` is a frame, on a QQ port or in a conversation with earlier QQ
/// frames (`confirmed`).
///
/// A known command is enough, as in Wireshark's own dissector. Unknown commands and
/// versions are accepted if the rest matches. Text between 02 and 03, as other devices
/// send it, never matches, because its letters are not a valid command number.
pub(crate) fn may_be_frame(data: &[u8], span: Span, hint: Direction, confirmed: bool) -> bool {
    let captured = span.of(data);
    if span.len < MIN_FRAME_LEN || is_other_tencent_protocol(captured, span.len) {
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

/// Whether bytes that begin with 02 belong to another Tencent protocol: voice and video
/// (02 or 03 and the length of the datagram), the downloader (03 04, 03 05), the beacon
/// (db 08 00). Source: docs/protocol/oicq.md §2.1, §2.10 and §9.3.
pub(crate) fn is_other_tencent_protocol(captured: &[u8], len: usize) -> bool {
    match captured.get(1..4) {
        Some(&[0x03, 0x04 | 0x05, _] | &[0xdb, 0x08, 0x00]) => true,
        Some(&[0x02 | 0x03, high, low]) => usize::from(u16::from_be_bytes([high, low])) == len,
        _ => false,
    }
}

/// Whether the number is a command in any era.
pub(crate) fn is_command(code: u16) -> bool {
    !rows(code).is_empty()
}

/// Whether `span` of `data` is a QQ frame, without evidence by port or conversation.
pub(crate) fn is_frame(data: &[u8], span: Span, hint: Direction) -> bool {
    let captured = span.of(data);
    if !(MIN_FRAME_LEN..=MAX_FRAME_LEN).contains(&span.len)
        || is_other_tencent_protocol(captured, span.len)
    {
        return false;
    }
    if captured.len() < span.len {
        return begins_long(captured, span.len) || begins_known(captured);
    }
    captured.last() == Some(&TRAILER)
        && frame(data, span, hint).is_ok_and(|frame| {
            frame.fits
                && is_plausible_version(frame.version.value)
                && matches!(frame.command.value, 1..=0x0fff)
                && number_is_plausible(&frame)
                && match frame.header {
                    OicqHeader::Long => true,
                    // The classic header has no client block as evidence.
                    OicqHeader::Classic => is_known(frame.version.value, frame.command.value),
                    OicqHeader::QqSpeed => false,
                }
        })
}

/// Whether the command has a meaning for clients of this version.
fn is_known(version: u16, command: u16) -> bool {
    find(command, version).is_some()
}

/// Whether the first bytes of a frame are the version of a known client and a command of
/// its era: with flag and length, about 30 matching bits.
fn begins_known(captured: &[u8]) -> bool {
    let head = version_and_command(&mut Input::whole(captured));
    head.is_some_and(|[version, command]| {
        let (version, command) = (version.value, command.value);
        !QQ_SPEED_VERSIONS.contains(&version) && is_client(version) && is_known(version, command)
    })
}

/// Whether the first bytes of a frame of `len` bytes are a long header: version, command
/// and QQ number are plausible, as are type and fixed bytes of the block, as far as
/// captured, and the length modulo 8 for that type (§2.3).
fn begins_long(captured: &[u8], len: usize) -> bool {
    let Some(block) = captured
        .get(11..)
        .filter(|_| captured.len() >= LONG_PREFIX_LEN)
    else {
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
    let mut input = Input::whole(captured);
    let mut common = || {
        let [version, command] = version_and_command(&mut input)?.map(|number| number.value);
        input.take(2)?;
        let number = input.be_u32()?.value;
        let fits = matches!(version, FIRST_LONG..=0x3fff)
            && matches!(command, 1..=0x0fff)
            && is_number(number, command);
        fits.then_some(())
    };
    let fixed = |at: usize, value: u8| block.get(at).is_none_or(|b| *b == value);
    let is_server = block[0] == 0;
    let looks_right =
        is_server || (block[1] <= 1 && block[2] <= 7 && fixed(3, 0) && fixed(4, 1) && fixed(6, 1));
    let ciphertext = len.checked_sub(body + 1);
    common().is_some() && looks_right && ciphertext.is_some_and(is_ciphertext_len)
}

/// Frames of classic servers have no QQ number.
fn number_is_plausible(frame: &Frame) -> bool {
    let command = frame.command.value;
    frame.uin.is_none_or(|uin| is_number(uin.value, command))
}

/// QQ numbers are at least 10,000; a login by e-mail or QR code has 0.
fn is_number(number: u32, command: u16) -> bool {
    number >= 10_000 || (number == 0 && may_lack_number(command))
}
