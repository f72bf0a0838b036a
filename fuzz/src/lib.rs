//! From a fuzzer's bytes to the calls that Wireshark makes for a capture.
//!
//! The bytes are packets, one behind the other: a byte of circumstances, two bytes of length
//! (big-endian) and so many bytes of payload; what is left at the end is a packet, too.
//!
//! | bits | circumstances |
//! |---|---|
//! | 01 | sent by the lower end |
//! | 02 | cut by the capture |
//! | 04 | more bytes can be asked for |
//! | 08 | the conversation is recognised |
//! | 30 | TCP, UDP, an HTTP body, HTTP messages |
//! | c0 | for a dissector of several: which of them |

use imshark::packet::Detail;
use imshark::packet::{Address, Packet, Transport};
use imshark::plan::Plan;

#[path = "../../tests/support/samples/checks.rs"]
#[allow(dead_code)]
mod checks;

/// No run has more packets.
const MAX_PACKETS: usize = 64;

/// The packets of a run, as the first pass shows them, and which dissector each is for.
fn packets(mut data: &[u8]) -> (Vec<Packet<'_>>, Vec<u8>) {
    let (mut packets, mut which) = (Vec::new(), Vec::new());
    while let [circumstances, high, low, rest @ ..] = data {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let (bytes, behind) = rest.split_at(length.min(rest.len()));
        data = behind;
        packets.push(packet(*circumstances, bytes, packets.len()));
        which.push(circumstances >> 6);
        if packets.len() == MAX_PACKETS {
            break;
        }
    }
    (packets, which)
}

fn packet(circumstances: u8, bytes: &[u8], index: usize) -> Packet<'_> {
    let is_set = |bit: u8| circumstances & bit != 0;
    let transport = match circumstances >> 4 & 3 {
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

/// All passes over a capture: the first, then two later ones, forwards and backwards, which
/// must not depend on the order.
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

/// What a plan shows, once it is known to be sound.
pub fn shown(plan: &Plan<'_>, packet: &Packet<'_>) -> String {
    checks::check(plan, packet);
    plan.to_string()
}
