//! Turns a fuzzer's bytes into the calls that Wireshark makes for a capture.
//!
//! The bytes are a sequence of packets: a byte of flags, two bytes of length (big-endian)
//! and that many bytes of payload; a truncated packet at the end counts, too.
//!
//! | bits | meaning |
//! |---|---|
//! | 01 | sent by the lower endpoint |
//! | 02 | cut by the capture |
//! | 04 | TCP can reassemble |
//! | 08 | the conversation is recognised |
//! | 30 | TCP, UDP, an HTTP body, HTTP messages |
//! | c0 | index of the dissector, if there are several |

use imshark::packet::Detail;
use imshark::packet::{Address, Packet, Transport};
use imshark::plan::Plan;

#[path = "../../tests/support/samples/checks.rs"]
#[allow(dead_code)]
mod checks;

/// Maximum number of packets of a run.
const MAX_PACKETS: usize = 64;

/// The packets of a run, as in the first pass, and the index of the dissector for each.
fn packets(mut data: &[u8]) -> (Vec<Packet<'_>>, Vec<u8>) {
    let (mut packets, mut which) = (Vec::new(), Vec::new());
    while let [flags, high, low, rest @ ..] = data {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let (bytes, after) = rest.split_at(length.min(rest.len()));
        data = after;
        packets.push(packet(*flags, bytes, packets.len()));
        which.push(flags >> 6);
        if packets.len() == MAX_PACKETS {
            break;
        }
    }
    (packets, which)
}

fn packet(flags: u8, bytes: &[u8], index: usize) -> Packet<'_> {
    let is_set = |bit: u8| flags & bit != 0;
    let transport = match flags >> 4 & 3 {
        0 => Transport::Tcp,
        1 => Transport::Udp,
        2 => Transport::Http,
        _ => Transport::HttpMessages,
    };
    let (client, server) = (
        (Address::V4([192, 0, 2, 1]), 4000),
        (Address::V4([198, 51, 100, 1]), 8000),
    );
    let (from, to) = if is_set(1) {
        (client, server)
    } else {
        (server, client)
    };
    Packet {
        bytes,
        reported: bytes.len() + if is_set(2) { 100 } else { 0 },
        frame: index as u32 + 1,
        first_pass: true,
        can_reassemble: is_set(4) && transport == Transport::Tcp,
        transport,
        time: index as i64 * 1_000_000_000,
        source: from.0,
        source_port: from.1,
        destination: to.0,
        destination_port: to.1,
        from_lower: is_set(1),
        recognised: is_set(8),
        detail: Detail::Tree,
        ..Packet::default()
    }
}

/// Runs all passes over a capture: the first, then two later ones, forwards and
/// backwards, which must give the same results.
pub fn play(data: &[u8], mut dissect: impl FnMut(&Packet<'_>, u8) -> String) {
    let (mut packets, which) = packets(data);
    let mut dissect = |(packet, which): (&Packet<'_>, &u8)| dissect(packet, *which);
    for packet in packets.iter().zip(&which) {
        dissect(packet);
    }
    for packet in &mut packets {
        packet.first_pass = false;
    }
    let forwards: Vec<_> = packets.iter().zip(&which).map(&mut dissect).collect();
    let mut backwards: Vec<_> = packets.iter().zip(&which).rev().map(&mut dissect).collect();
    backwards.reverse();
    assert_eq!(forwards, backwards);
}

/// Checks a plan and returns it as text.
pub fn shown(plan: &Plan<'_>, packet: &Packet<'_>) -> String {
    checks::check(plan, packet);
    plan.to_string()
}
