//! TCP segments within frames, and frames with a part of them.

use std::net::SocketAddr;

use etherparse::{
    EtherType, Ipv4Header, Ipv6Header, NetSlice, SlicedPacket, TcpHeader, TransportSlice,
};
use pcap_file::DataLink;

use super::Frame;

#[derive(Debug, Clone)]
enum Ip {
    V4(Ipv4Header),
    V6(Ipv6Header),
}

/// A TCP segment that was captured completely, directly in IPv4 or IPv6.
#[derive(Debug, Clone)]
pub struct Segment<'a> {
    frame: &'a Frame,
    /// Bytes before the IP header.
    before: usize,
    ip: Ip,
    tcp: TcpHeader,
    payload: &'a [u8],
}

impl<'a> Segment<'a> {
    /// Returns `None` for fragments, frames cut by a snap length, and tunnels.
    pub fn of(frame: &'a Frame) -> Option<Self> {
        if frame.original as usize != frame.bytes.len() {
            return None;
        }
        let before = ip_offset(frame)?;
        let sliced = SlicedPacket::from_ip(frame.bytes.get(before..)?).ok()?;
        let ip = match sliced.net? {
            NetSlice::Ipv4(ip) if ip.extensions().is_empty() => {
                (!ip.is_payload_fragmented()).then_some(())?;
                Ip::V4(ip.header().to_header())
            }
            NetSlice::Ipv6(ip) if ip.extensions().is_empty() => Ip::V6(ip.header().to_header()),
            _ => return None,
        };
        let TransportSlice::Tcp(tcp) = sliced.transport? else {
            return None;
        };
        Some(Self {
            frame,
            before,
            ip,
            tcp: tcp.to_header(),
            payload: tcp.payload(),
        })
    }

    pub fn tcp(&self) -> &TcpHeader {
        &self.tcp
    }

    pub fn payload(&self) -> &'a [u8] {
        self.payload
    }

    /// The sender and the receiver.
    pub fn ends(&self) -> (SocketAddr, SocketAddr) {
        let (from, to) = match &self.ip {
            Ip::V4(ip) => (ip.source.into(), ip.destination.into()),
            Ip::V6(ip) => (ip.source_addr().into(), ip.destination_addr().into()),
        };
        let port = |ip, port| SocketAddr::new(ip, port);
        (
            port(from, self.tcp.source_port),
            port(to, self.tcp.destination_port),
        )
    }

    /// Whether both checksums are valid.
    pub fn is_sound(&self) -> bool {
        let ip = match &self.ip {
            Ip::V4(ip) => ip.header_checksum == ip.calc_header_checksum(),
            Ip::V6(_) => true,
        };
        ip && self.tcp.checksum == self.checksum(&self.tcp, self.payload)
    }

    fn checksum(&self, tcp: &TcpHeader, payload: &[u8]) -> u16 {
        let sum = match &self.ip {
            Ip::V4(ip) => tcp.calc_checksum_ipv4(ip, payload),
            Ip::V6(ip) => tcp.calc_checksum_ipv6(ip, payload),
        };
        sum.expect("a payload that IP can carry")
    }

    /// Splits the segment into pieces of these sizes. The rest is the last piece, which
    /// alone keeps FIN and PSH. Every piece is a nanosecond later than the one before.
    pub fn pieces(&self, sizes: impl IntoIterator<Item = usize>) -> Vec<Frame> {
        let mut frames = Vec::new();
        let (mut at, mut sizes) = (0, sizes.into_iter());
        while at < self.payload.len() {
            let left = self.payload.len() - at;
            let size = sizes.next().unwrap_or(left).clamp(1, left);
            frames.push(self.piece(at, size, frames.len()));
            at += size;
        }
        frames
    }

    fn piece(&self, at: usize, size: usize, number: usize) -> Frame {
        let payload = &self.payload[at..at + size];
        let mut tcp = self.tcp.clone();
        tcp.sequence_number = tcp.sequence_number.wrapping_add(at as u32);
        let last = at + size == self.payload.len();
        tcp.fin &= last;
        tcp.psh &= last;
        tcp.checksum = self.checksum(&tcp, payload);
        let mut bytes = self.frame.bytes[..self.before].to_vec();
        let length = tcp.header_len() + size;
        match &self.ip {
            Ip::V4(ip) => {
                let mut ip = ip.clone();
                ip.set_payload_len(length).expect("less than before");
                ip.identification = ip.identification.wrapping_add(number as u16);
                ip.header_checksum = ip.calc_header_checksum();
                bytes.extend(ip.to_bytes());
            }
            Ip::V6(ip) => {
                let mut ip = ip.clone();
                ip.set_payload_length(length).expect("less than before");
                bytes.extend(ip.to_bytes());
            }
        }
        bytes.extend(tcp.to_bytes());
        bytes.extend(payload);
        Frame {
            time: self.frame.time + std::time::Duration::from_nanos(number as u64),
            link: self.frame.link,
            original: bytes.len() as u32,
            bytes,
        }
    }
}

/// Offset of the IP header in a frame of Ethernet with or without VLAN tags, raw IP,
/// loopback or Linux's cooked captures.
fn ip_offset(frame: &Frame) -> Option<usize> {
    let bytes = &frame.bytes;
    let ether_type = |at: usize| Some(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
    let after_type = |at: usize| {
        let found = EtherType(ether_type(at)?);
        [EtherType::IPV4, EtherType::IPV6]
            .contains(&found)
            .then_some(at + 2)
    };
    match frame.link {
        DataLink::ETHERNET => {
            let mut at = 12;
            while [0x8100, 0x88a8].contains(&ether_type(at)?) {
                at += 4;
            }
            after_type(at)
        }
        DataLink::LINUX_SLL => after_type(14),
        DataLink::NULL | DataLink::LOOP => Some(4),
        DataLink::RAW | DataLink::IPV4 | DataLink::IPV6 => Some(0),
        _ => None,
    }
}
