//! The frames of a capture, from bytes.

use arbitrary::{Result, Unstructured};
use imshark::packet::{Detail, Packet, Transport};

use super::address;
use crate::play::Dissector;

/// Frames of a capture.
pub const MAX_FRAMES: usize = 48;

/// Seconds that may pass before a frame, also backwards.
const PAUSES: [i64; 8] = [0, 0, 1, 30, 600, 86_400, -5, 40_000_000];
/// Ports of both ends, by a number.
const PORTS: [(u16, u16); 6] = [
    (4000, 8000),
    (50_000, 1863),
    (50_000, 80),
    (50_000, 443),
    (50_000, 6891),
    (4001, 4000),
];

/// A frame with a payload.
///
/// | byte | bits | meaning |
/// |---|---|---|
/// | 0 | 01 | sent by the lower endpoint |
/// | | 02 | cut by the capture |
/// | | 04 | TCP can reassemble |
/// | | 08 | the conversation is recognised |
/// | | 30 | TCP, UDP, an HTTP body, HTTP messages |
/// | | 40 | IPv6 |
/// | | 80 | in the frame of the one before |
/// | 1 | 03 | the conversation |
/// | | 0c | the dissector |
/// | | 30 | the detail of the first pass |
/// | | c0 | the detail of a later pass |
/// | 2 | 07 | the pause before it |
/// | | 38 | the ports; 6 and 7: any, in two bytes after this one |
/// | | 40 | the sequence number is unknown |
/// | | 80 | a segment was lost before it |
///
/// Then a length of two bytes (big-endian), for an HTTP body another of its heading, the
/// heading, and the payload.
#[derive(Debug)]
pub struct Frame<'a> {
    pub packet: Packet<'a>,
    pub which: Dissector,
    pub conversation: usize,
    /// The detail of a later pass.
    pub later: Detail,
}

/// The frames, as far as the bytes reach: what the last of them lacks is zeroes.
pub fn frames<'a>(bytes: &mut Unstructured<'a>) -> Vec<Frame<'a>> {
    let mut before = Before {
        frame: 0,
        time: 1_100_000_000,
        sequences: [[1; 2]; 4],
    };
    let next = || match bytes.is_empty() {
        true => None,
        false => frame(bytes, &mut before).ok(),
    };
    std::iter::from_fn(next).take(MAX_FRAMES).collect()
}

/// What the frames so far have used.
struct Before {
    frame: u32,
    /// In seconds.
    time: i64,
    sequences: [[u32; 2]; 4],
}

fn frame<'a>(bytes: &mut Unstructured<'a>, before: &mut Before) -> Result<Frame<'a>> {
    let [flags, kind, place]: [u8; 3] = bytes.arbitrary()?;
    let is_set = |bit: u8| flags & bit != 0;
    let transport = match flags >> 4 & 3 {
        0 => Transport::Tcp,
        1 => Transport::Udp,
        2 => Transport::Http,
        _ => Transport::HttpMessages,
    };
    let ports = match PORTS.get(usize::from(place >> 3 & 7)) {
        Some(ports) => *ports,
        None => (50_000, u16::from_be_bytes(bytes.arbitrary()?)),
    };
    let heading = match transport {
        Transport::Http => payload(bytes)?,
        _ => b"",
    };
    let bytes = payload(bytes)?;
    if before.frame == 0 || !is_set(0x80) {
        before.frame += 1;
        before.time += PAUSES[usize::from(place & 7)];
    }
    let conversation = usize::from(kind & 3);
    let sequence = &mut before.sequences[conversation][usize::from(is_set(1))];
    if place & 0x80 != 0 {
        *sequence += 1000;
    }
    let is_tcp = transport == Transport::Tcp;
    let known = (is_tcp && place & 0x40 == 0).then_some(*sequence);
    let is_first = *sequence == 1;
    *sequence += bytes.len() as u32;
    let ends = [1, 2].map(|host| address(is_set(0x40), 2 * (kind & 3) + host));
    let (from, to) = match is_set(1) {
        true => ((ends[0], ports.0), (ends[1], ports.1)),
        false => ((ends[1], ports.1), (ends[0], ports.0)),
    };
    let detail = detail(kind >> 4);
    let wants_events = detail >= Detail::Fields;
    let packet = Packet {
        bytes,
        reported: bytes.len() + if is_set(2) { 100 } else { 0 },
        frame: before.frame,
        first_pass: true,
        can_reassemble: is_set(4) && is_tcp && !is_set(2),
        transport,
        heading,
        time: before.time * 1_000_000_000,
        source: from.0,
        source_port: from.1,
        destination: to.0,
        destination_port: to.1,
        from_lower: is_set(1),
        recognised: is_set(8),
        is_stream_start: is_tcp && is_first && bytes.len() <= 4,
        sequence: known,
        stream: Some(u32::from(kind & 3)),
        detail,
        has_listeners: wants_events && kind & 0x80 != 0,
        shows_parties: wants_events,
        hides_info: kind & 0x40 != 0,
        ..Packet::default()
    };
    Ok(Frame {
        packet,
        which: Dissector::of(kind >> 2),
        conversation,
        later: self::detail(kind >> 6),
    })
}

fn payload<'a>(bytes: &mut Unstructured<'a>) -> Result<&'a [u8]> {
    let length = usize::from(u16::from_be_bytes(bytes.arbitrary()?));
    bytes.bytes(length.min(bytes.len()))
}

fn detail(number: u8) -> Detail {
    match number & 3 {
        0 => Detail::Columns,
        1 => Detail::LeadingFields,
        2 => Detail::Fields,
        _ => Detail::Tree,
    }
}
