//! Converts the shim's packets to those of the dissectors.

use crate::epan::sys;
use crate::packet::{Address, Detail, Packet, Transport};

/// Returns the packet as the dissectors see it.
///
/// # Safety
///
/// `packet.bytes` must point to `packet.captured` bytes, and `packet.heading` to
/// `packet.heading_length`, that do not change during the call from C; or the length is
/// 0.
pub(super) unsafe fn view(packet: &sys::imshark_packet) -> Packet<'_> {
    // SAFETY: the caller's promise; the tvbuffs hold the bytes for the whole call.
    let (bytes, heading) = unsafe {
        (
            slice(packet.bytes, packet.captured),
            slice(packet.heading, packet.heading_length),
        )
    };
    Packet {
        bytes,
        reported: (packet.reported as usize).max(bytes.len()),
        frame: packet.frame,
        first_pdu: packet.first_pdu,
        first_pass: packet.first_pass != 0,
        can_reassemble: packet.can_reassemble != 0,
        transport: match u32::from(packet.transport) {
            sys::IMSHARK_TCP => Transport::Tcp,
            sys::IMSHARK_UDP => Transport::Udp,
            sys::IMSHARK_HTTP => Transport::Http,
            sys::IMSHARK_HTTP_MESSAGES => Transport::HttpMessages,
            _ => Transport::Other,
        },
        heading,
        time: packet.time,
        source: address(&packet.source),
        destination: address(&packet.destination),
        source_port: packet.source_port,
        destination_port: packet.destination_port,
        from_lower: packet.from_lower != 0,
        recognised: packet.recognised != 0,
        is_stream_start: packet.is_stream_start != 0,
        tunnelled: packet.tunnelled != 0,
        sequence: (packet.has_sequence != 0).then_some(packet.sequence),
        detail: match u32::from(packet.detail) {
            sys::IMSHARK_TREE => Detail::Tree,
            sys::IMSHARK_FIELDS => Detail::Fields,
            sys::IMSHARK_LEADING_FIELDS => Detail::LeadingFields,
            _ => Detail::Columns,
        },
        has_listeners: packet.has_listeners != 0,
        shows_parties: packet.shows_parties != 0,
        hides_info: packet.hides_info != 0,
        stream: (packet.has_stream != 0).then_some(packet.stream),
    }
}

/// # Safety
///
/// `start` must point to `length` values that do not change for `'a`, or `length` is 0.
pub(super) unsafe fn slice<'a, T>(start: *const T, length: u32) -> &'a [T] {
    if length == 0 || start.is_null() {
        return &[];
    }
    // SAFETY: the caller's promise.
    unsafe { core::slice::from_raw_parts(start, length as usize) }
}

fn address(address: &sys::imshark_address) -> Address {
    let [a, b, c, d, ..] = address.bytes;
    match address.length {
        4 => Address::V4([a, b, c, d]),
        16 => Address::V6(address.bytes),
        _ => Address::Unknown,
    }
}
