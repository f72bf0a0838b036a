//! The packet as a dissector gets it: bytes and metadata.

use core::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::span::Span;

/// What carries the bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Transport {
    /// A TCP stream, also inside a tunnel or HTTP: PDUs may begin and end anywhere.
    Tcp,
    /// UDP: one datagram, one PDU.
    Udp,
    /// The body of an HTTP message: see [`Packet::heading`].
    Http,
    /// HTTP messages, starting with a header, after the HTTP dissector has shown them.
    HttpMessages,
    /// Another carrier that delivers whole messages.
    #[default]
    Other,
}

/// The address of an endpoint, without its port.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Address {
    /// None, or of an unsupported type.
    #[default]
    Unknown,
    /// IPv4, in network byte order.
    V4([u8; 4]),
    /// IPv6, in network byte order.
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

/// Whether an unclaimed packet belongs to a protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// It does not belong to it.
    No,
    /// Undecided: its bytes are kept until a later packet decides.
    Remember,
    /// It belongs to it.
    Yes,
}

/// One call of a dissector.
#[derive(Debug, Clone, Copy, Default)]
pub struct Packet<'a> {
    /// The captured bytes.
    pub bytes: &'a [u8],
    /// Number of bytes on the wire; more than `bytes.len()` if the packet is cut.
    pub reported: usize,
    /// Frame number, from 1.
    pub frame: u32,
    /// Number of PDUs shown by earlier calls in this frame.
    pub first_pdu: u32,
    /// The frame is dissected for the first time: the only time to change state.
    pub first_pass: bool,
    /// More bytes of the stream can be requested.
    pub can_reassemble: bool,
    /// What carries the bytes.
    pub transport: Transport,
    /// For the body of an HTTP message: the bytes before it, starting with its header or
    /// within it. Otherwise empty.
    pub heading: &'a [u8],
    /// Capture time, in nanoseconds since 1970, UTC.
    pub time: i64,
    /// Address of the sender.
    pub source: Address,
    /// Address of the receiver.
    pub destination: Address,
    /// Source port, 0 if there is none.
    pub source_port: u16,
    /// Destination port, 0 if there is none.
    pub destination_port: u16,
    /// Sent by the endpoint that sorts first. Without meaning of its own, but the same
    /// for all packets of one direction of a conversation.
    pub from_lower: bool,
    /// The bytes are tunnelled through an HTTP or SOCKS proxy: the addresses are the
    /// proxy's, the ports those of the target server. Set in the first pass only.
    pub tunnelled: bool,
    /// The conversation already belongs to the protocol: recognised earlier, chosen by
    /// the user, or announced by another message.
    pub recognised: bool,
    /// The bytes are the first of their direction of a TCP connection, which the capture
    /// has from its start. Set only for segments of at most 4 bytes, to recognise them.
    pub is_stream_start: bool,
    /// TCP sequence number of the first byte, if known.
    pub sequence: Option<u32>,
    /// The number of the TCP or UDP stream, from 0. Known only if somebody listens.
    pub stream: Option<u32>,
    /// The level of detail that is requested.
    pub detail: Detail,
    /// Reports listen to the events of the packet. Set only at [`Detail::Fields`] and above.
    pub has_listeners: bool,
    /// Somebody sees who takes part in the packet: the tree is shown, or a filter asks. Set
    /// only at [`Detail::Fields`] and above.
    pub shows_parties: bool,
    /// The columns are not shown, so that nobody sees the text for the Info column.
    pub hides_info: bool,
}

impl Packet<'_> {
    /// Whether the capture has fewer bytes than were on the wire.
    pub fn is_cut(&self) -> bool {
        self.bytes.len() < self.reported
    }

    /// Whether events are made of the packet.
    pub fn wants_events(&self) -> bool {
        self.has_listeners || self.shows_parties
    }

    /// Whether more bytes of the stream can be waited for: not if the packet is cut.
    pub fn can_wait(&self) -> bool {
        self.can_reassemble && !self.is_cut()
    }

    /// The bytes that were on the wire but not captured. Reading them makes Wireshark
    /// mark the packet as cut.
    pub fn uncaptured(&self) -> Option<Span> {
        self.is_cut()
            .then(|| Span::between(self.bytes.len(), self.reported))
    }

    /// The key of the PDU that this call shows after `shown` others.
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

/// Key of a PDU in the capture: the frame in which it ends, and its index in that frame.
///
/// A frame can hold several PDUs and a PDU can span several frames, but it ends in
/// exactly one, and every pass over the capture counts the same. So the key is stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PduKey {
    /// Frame number.
    pub frame: u32,
    /// Index in the frame, from 0.
    pub index: u32,
}

/// The level of detail that is requested of the tree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// No field or note: columns, hand-offs and requests only.
    #[default]
    Columns,
    /// Only the fields that begin a PDU, for filters and taps: see
    /// [`crate::field::Protocol::leading_fields`].
    LeadingFields,
    /// All fields, for a filter or a tap; labels are not used.
    Fields,
    /// The tree is shown.
    Tree,
}
