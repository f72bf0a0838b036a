//! What a dissector is told of the packet besides its bytes.

use core::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::span::Span;

/// What carries the bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Transport {
    /// A TCP stream, or what a tunnel or HTTP carries of one: PDUs may begin and end anywhere.
    Tcp,
    /// UDP: one datagram, one PDU.
    Udp,
    /// The body of an HTTP message: see [`Packet::heading`].
    Http,
    /// HTTP messages, from a head on, after HTTP has shown them.
    HttpMessages,
    /// Something else that hands over whole messages.
    #[default]
    Other,
}

/// An end of a conversation, without its port.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Address {
    /// None, or of a kind that we do not know.
    #[default]
    Unknown,
    /// IPv4, in network order.
    V4([u8; 4]),
    /// IPv6, in network order.
    V6([u8; 16]),
}

impl From<IpAddr> for Address {
    fn from(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(address) => Self::V4(address.octets()),
            IpAddr::V6(address) => Self::V6(address.octets()),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("an unknown address"),
            Self::V4(bytes) => Ipv4Addr::from(*bytes).fmt(f),
            Self::V6(bytes) => Ipv6Addr::from(*bytes).fmt(f),
        }
    }
}

/// Whether a packet that nobody has claimed belongs to a protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// It does not.
    No,
    /// It may: what it has brought is remembered, and a later packet will tell.
    Remember,
    /// It does.
    Yes,
}

/// One call of a dissector.
#[derive(Debug, Clone, Copy, Default)]
pub struct Packet<'a> {
    /// The bytes in the capture.
    pub bytes: &'a [u8],
    /// How many bytes there were on the wire; more than `bytes.len()` when the capture cut them.
    pub reported: usize,
    /// The frame's number, from 1.
    pub frame: u32,
    /// How many PDUs earlier calls have shown in this frame.
    pub first_pdu: u32,
    /// The frame is seen for the first time: the only time to change state.
    pub first_pass: bool,
    /// More bytes of the stream can be asked for.
    pub can_reassemble: bool,
    /// What carries the bytes.
    pub transport: Transport,
    /// For the body of an HTTP message: what stands before it, beginning with or in its
    /// header. Else empty.
    pub heading: &'a [u8],
    /// When the frame was captured, in nanoseconds since 1970, UTC.
    pub time: i64,
    /// Who sent it.
    pub source: Address,
    /// To whom it was sent.
    pub destination: Address,
    /// Source port, 0 where there is none.
    pub source_port: u16,
    /// Destination port, 0 where there is none.
    pub destination_port: u16,
    /// Sent by the endpoint that sorts first. Says nothing by itself, but is the same for
    /// all packets of one direction of a conversation.
    pub from_lower: bool,
    /// A tunnel through HTTP or SOCKS carries the bytes: the addresses are the proxy's, the
    /// ports those of the server behind it. Told in the first pass alone.
    pub tunnelled: bool,
    /// The conversation already belongs to the protocol: it was recognised, or the user
    /// or another message said so.
    pub recognised: bool,
    /// The bytes are the first of their direction of a TCP connection, which the capture
    /// has from its beginning on. Told only of segments of at most 4 bytes, for recognising them.
    pub opens: bool,
    /// TCP's sequence number of the first byte, where it is known.
    pub sequence: Option<u32>,
    /// How much of the tree anybody will look at.
    pub detail: Detail,
}

impl Packet<'_> {
    /// The capture has fewer bytes than the wire had.
    pub fn is_cut(&self) -> bool {
        self.bytes.len() < self.reported
    }

    /// More of the stream can be waited for.
    pub fn can_wait(&self) -> bool {
        self.can_reassemble && !self.is_cut()
    }

    /// The bytes that the wire had and the capture has not. To touch them makes Wireshark say
    /// so.
    pub fn uncaptured(&self) -> Option<Span> {
        self.is_cut()
            .then(|| Span::between(self.bytes.len(), self.reported))
    }

    /// The PDU that this call shows after `shown` others.
    pub fn key(&self, shown: u32) -> PduKey {
        PduKey {
            frame: self.frame,
            index: self.first_pdu.saturating_add(shown),
        }
    }

    /// Index of this direction in a pair of per-direction states.
    pub fn side(&self) -> usize {
        usize::from(self.from_lower)
    }
}

/// A PDU of the capture: the frame in which it ends, and its place among the PDUs there.
///
/// A frame can hold several PDUs and a PDU can need several frames, but it ends in
/// exactly one, and every pass over the capture counts alike. So this names a PDU for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PduKey {
    /// Frame number.
    pub frame: u32,
    /// Place in the frame, from 0.
    pub index: u32,
}

/// How much of the tree anybody will look at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// Nobody asks for a field or a note: columns, hand-offs and requests only.
    #[default]
    Columns,
    /// Filters and taps ask for nothing but what begins a PDU: see [`crate::field::Protocol::heads`].
    Heads,
    /// A filter or a tap asks for fields; no label will be read.
    Fields,
    /// The tree is shown.
    Tree,
}
