//! Parses a captured Ethernet frame.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::capture::Frame;

/// An address and a port.
pub type Endpoint = (IpAddr, u16);

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
const IPV6: usize = 40;
const UDP: usize = 8;

/// Parses a frame that was built by `Capture`.
pub fn packet(frame: &Frame) -> Captured<'_> {
    let ip = &frame.bytes[ETHERNET..];
    let number = |at: usize| u16::from_be_bytes([ip[at], ip[at + 1]]);
    let is_ipv6 = ip[0] >> 4 == 6;
    let header = if is_ipv6 {
        IPV6
    } else {
        4 * usize::from(ip[0] & 15)
    };
    let total = usize::from(number(if is_ipv6 { 4 } else { 2 })) + if is_ipv6 { IPV6 } else { 0 };
    let transport = &ip[header..];
    let port = |at| u16::from_be_bytes([transport[at], transport[at + 1]]);
    let address = |index: usize| match is_ipv6 {
        true => {
            let bytes: [u8; 16] = ip[8 + 16 * index..][..16].try_into().expect("16 bytes");
            IpAddr::V6(Ipv6Addr::from(bytes))
        }
        false => {
            let bytes: [u8; 4] = ip[12 + 4 * index..][..4].try_into().expect("4 bytes");
            IpAddr::V4(Ipv4Addr::from(bytes))
        }
    };
    let (carrier, own) = match ip[if is_ipv6 { 6 } else { 9 }] {
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
        from: (address(0), port(0)),
        to: (address(1), port(2)),
        time: i64::try_from(frame.time.as_nanos()).expect("a time of this age"),
        payload: &transport[own..],
        reported: total - header - own,
    }
}
