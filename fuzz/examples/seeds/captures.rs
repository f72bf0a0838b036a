//! Inputs of several frames: conversations, their streams, and captures.

use imshark::packet::{Detail, Packet, Transport};

use super::Seeds;
use test_support::samples::host::{DissectorId, Host};

/// An input ends after so many bytes: each thing of it that is compared takes time.
const LENGTH: usize = 600;

/// Each conversation, and its streams.
pub(super) fn conversations(host: &Host, seeds: &mut Seeds) {
    let last = host.calls.iter().map(|call| call.conversation).max();
    for number in 0..=last.unwrap_or(0) {
        let calls = host.calls.iter().filter(|call| call.conversation == number);
        // Each thing that is compared takes longer: not all of them at once.
        let wishes = [1, 2, 4][host.calls.len() % 3];
        let mut whole = vec![wishes, 3];
        let mut stream: Vec<u8> = Vec::new();
        for call in calls {
            let packet = call.packet(true, Detail::Tree);
            whole.extend(frame(&packet, call.which as u8, number));
            if whole.len() > LENGTH {
                seeds.add("whole", &[&whole]);
                whole.truncate(2);
            }
            if packet.transport == Transport::Tcp {
                // An input that ends inside a PDU is no stream of whole ones.
                if stream.len() + packet.bytes.len() > 1000 {
                    stream.clear();
                }
                stream.push(packet.from_lower.into());
                stream.extend(length(packet.bytes));
                stream.extend(packet.bytes);
                let which = call.which as u8;
                seeds.add("segments", &[&[which, 2, 6, 200], &stream]);
                if matches!(call.which, DissectorId::P2pDirect | DissectorId::Msnftp) {
                    seeds.add("secrets", &[&[7, which, 2, 6, 200], &stream]);
                }
                for sent in [8, 20, 25, 30] {
                    seeds.add("endings", &[&[which, sent << 3 | 2, 6, 200], &stream]);
                }
                if stream.len() > LENGTH {
                    stream.clear();
                }
            }
        }
        seeds.add("whole", &[&whole]);
    }
}

/// The calls of all conversations as they came, whose details, addresses and ports the index of
/// the call decides.
pub(super) fn interleaved(host: &Host, seeds: &mut Seeds) {
    let mut whole = Vec::new();
    let mut last = 0;
    for (index, call) in host.calls.iter().enumerate() {
        let packet = call.packet(true, Detail::Tree);
        let mut bytes = frame(&packet, call.which as u8, call.conversation);
        vary(&mut bytes, index, &packet);
        if packet.frame == last && !whole.is_empty() {
            bytes[0] |= 0x80;
        }
        last = packet.frame;
        whole.extend(bytes);
        if whole.len() > LENGTH || index + 1 == host.calls.len() {
            let [order, ..] = index.to_le_bytes();
            for wishes in [1, 2, 4] {
                seeds.add("whole", &[&[wishes, order], &whole]);
            }
            whole.clear();
        }
    }
}

/// Changes the header of a frame as `whole` reads it.
fn vary(frame: &mut Vec<u8>, index: usize, packet: &Packet<'_>) {
    // HTTP calls what it knows by port or type, and asks nobody.
    if !packet.recognised && matches!(packet.transport, Transport::Tcp | Transport::Udp) {
        frame[0] &= !8;
    }
    if index & 16 != 0 {
        frame[0] |= 0x40;
    }
    let [index, ..] = index.to_le_bytes();
    frame[1] = frame[1] & 0x0f | index << 4;
    if index & 3 == 3 {
        let ports = index >> 2 & 7;
        frame[2] = frame[2] & !0x38 | ports << 3;
        if ports >= 6 {
            let port = match packet.from_lower {
                true => packet.destination_port,
                false => packet.source_port,
            };
            frame.splice(3..3, port.to_be_bytes());
        }
    }
}

/// The length of a part that fits in an input.
fn length(part: &[u8]) -> [u8; 2] {
    u16::try_from(part.len()).unwrap_or(u16::MAX).to_be_bytes()
}

/// A frame as `whole` reads it.
fn frame(packet: &Packet<'_>, which: u8, conversation: usize) -> Vec<u8> {
    let transport = match packet.transport {
        Transport::Udp => 0x10,
        Transport::Http => 0x20,
        Transport::HttpMessages => 0x30,
        Transport::Tcp | Transport::Other => 0,
    };
    let reassembles = if packet.can_reassemble { 4 } else { 0 };
    let flags = u8::from(packet.from_lower) | reassembles | 8 | transport;
    let kind = (conversation & 3) as u8 | which << 2 | 0xf0;
    let ports = match packet.transport {
        _ if which == 1 => 0,
        Transport::Tcp => 1,
        _ => 2,
    };
    let mut bytes = vec![flags, kind, ports << 3 | 2];
    let mut payload = |part: &[u8]| {
        bytes.extend(length(part));
        bytes.extend(part);
    };
    if packet.transport == Transport::Http {
        payload(packet.heading);
    }
    payload(packet.bytes);
    bytes
}
