//! Parses a captured Ethernet frame.

use std::net::Ipv4Addr;

use crate::support::capture::{Endpoint, Frame};

/// The transport protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// A segment that begins with this sequence number, and whether it is a SYN.
    Tcp(u32, bool),
    Udp,
}

/// The payload of a frame, and its transport.
#[derive(Debug, Clone, Copy)]
pub struct Captured<'a> {
    pub carrier: Carrier,
    pub from: Endpoint,
    pub to: Endpoint,
    /// Nanoseconds since 1970.
    pub time: i64,
    /// The captured part of the payload.
    pub payload: &'a [u8],
    /// Its length on the wire.
    pub reported: usize,
}

const ETHERNET: usize = 14;
const UDP: usize = 8;

/// Parses a frame that was built by `Capture`.
pub fn packet(frame: &Frame) -> Captured<'_> {
    let ip = &frame.bytes[ETHERNET..];
    let header = 4 * usize::from(ip[0] & 15);
    let total = usize::from(u16::from_be_bytes([ip[2], ip[3]]));
    let transport = &ip[header..];
    let port = |at| u16::from_be_bytes([transport[at], transport[at + 1]]);
    let address = |at: usize| Ipv4Addr::new(ip[at], ip[at + 1], ip[at + 2], ip[at + 3]);
    let (carrier, own) = match ip[9] {
        6 => {
            let sequence = transport[4..8].try_into().expect("four bytes");
            let own = 4 * usize::from(transport[12] >> 4);
            let is_syn = transport[13] & 2 != 0;
            (Carrier::Tcp(u32::from_be_bytes(sequence), is_syn), own)
        }
        _ => (Carrier::Udp, UDP),
    };
    Captured {
        carrier,
        from: (address(12), port(0)),
        to: (address(16), port(2)),
        time: i64::try_from(frame.time.as_nanos()).expect("a time of this age"),
        payload: &transport[own..],
        reported: total - header - own,
    }
}
