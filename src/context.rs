//! What a dissector is told of the packet besides its bytes, and how its state is kept.

use core::fmt;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::plan::Detail;
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

/// What is known of PDUs, to which any later PDU of the first pass may add: a response to
/// its request, for instance.
///
/// The first pass brings PDUs in order, so nearly all entries are added at the end of a list.
/// Those of PDUs that turn out to matter only later stand aside. Bytes that were made for it
/// can make neither adding nor looking up slow.
#[derive(Debug)]
pub struct Ledger<T> {
    in_order: Vec<(PduKey, T)>,
    late: BTreeMap<PduKey, T>,
}

impl<T> Default for Ledger<T> {
    fn default() -> Self {
        Self {
            in_order: Vec::new(),
            late: BTreeMap::new(),
        }
    }
}

impl<T: Default> Ledger<T> {
    /// The entry of `key`, to add to: in the first pass only.
    pub fn learn(&mut self, packet: &Packet<'_>, key: PduKey) -> Option<&mut T> {
        if !packet.first_pass {
            return None;
        }
        match self.place(key) {
            Place::At(place) => self.in_order.get_mut(place).map(|(_, entry)| entry),
            Place::End => {
                self.in_order.push((key, T::default()));
                self.in_order.last_mut().map(|(_, entry)| entry)
            }
            Place::Late => Some(self.late.entry(key).or_default()),
        }
    }
}

/// Where the entry of a PDU is, or would be.
enum Place {
    At(usize),
    End,
    Late,
}

impl<T> Ledger<T> {
    fn place(&self, key: PduKey) -> Place {
        let list = &self.in_order;
        match list.last() {
            Some((last, _)) if *last == key => Place::At(list.len() - 1),
            Some((last, _)) if *last > key => list
                .binary_search_by_key(&key, |(k, _)| *k)
                .map_or(Place::Late, Place::At),
            _ => Place::End,
        }
    }

    /// What is known of `key`.
    pub fn get(&self, key: PduKey) -> Option<&T> {
        match self.place(key) {
            Place::At(place) => self.in_order.get(place).map(|(_, entry)| entry),
            Place::End => None,
            Place::Late => self.late.get(&key),
        }
    }
}

/// Facts about PDUs, learnt in the first pass and looked up in every later one.
#[derive(Debug)]
pub struct Facts<T>(Ledger<T>);

impl<T> Default for Facts<T> {
    fn default() -> Self {
        Self(Ledger::default())
    }
}

impl<T: Copy + Default + PartialEq> Facts<T> {
    /// In the first pass keeps `now` for `key` and gives it back; later gives what was
    /// kept. Default values take no memory.
    pub fn settle(&mut self, packet: &Packet<'_>, key: PduKey, now: impl FnOnce() -> T) -> T {
        if !packet.first_pass {
            return self.0.get(key).copied().unwrap_or_default();
        }
        let fact = now();
        if fact != T::default() || self.0.get(key).is_some() {
            if let Some(entry) = self.0.learn(packet, key) {
                *entry = fact;
            }
        }
        fact
    }
}

/// What a segment leaves open for the next one of its direction, when segments are not put
/// together: the rest of a payload, for instance.
#[derive(Debug, Default)]
pub struct OpenEnds<T> {
    /// In the first pass: what is open now, by direction.
    open: [T; 2],
    /// What was open when a call began, by the first PDU of the call.
    opened: Facts<T>,
}

impl<T: Copy + Default + PartialEq> OpenEnds<T> {
    /// What is open at the beginning of this call. In the first pass it is taken: the call
    /// says with [`OpenEnds::leave`] what it leaves.
    pub fn take(&mut self, packet: &Packet<'_>) -> T {
        let key = packet.key(0);
        let open = if packet.first_pass {
            core::mem::take(&mut self.open[packet.side()])
        } else {
            T::default()
        };
        self.opened.settle(packet, key, || open)
    }

    /// What the next segment of this direction begins with.
    pub fn leave(&mut self, packet: &Packet<'_>, open: T) {
        if packet.first_pass {
            self.open[packet.side()] = open;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(frame: u32, first_pass: bool) -> Packet<'static> {
        Packet {
            frame,
            first_pass,
            transport: Transport::Tcp,
            ..Packet::default()
        }
    }

    #[test]
    fn entries_may_come_in_any_order_without_moving_others() {
        const PDUS: u32 = 300_000;
        let mut ledger = Ledger::<u32>::default();
        let key = |frame| PduKey { frame, index: 0 };
        let last = packet(2 * PDUS, true);
        for frame in (0..PDUS).map(|n| 2 * n + 1) {
            *ledger.learn(&last, key(frame)).unwrap() = frame;
        }
        let begin = std::time::Instant::now();
        for frame in (0..PDUS).rev().map(|n| 2 * n) {
            *ledger.learn(&last, key(frame)).unwrap() = frame;
        }
        // Moving the list for each entry takes minutes.
        assert!(begin.elapsed().as_secs() < 10, "{:?}", begin.elapsed());
        for frame in 0..2 * PDUS {
            assert_eq!(ledger.get(key(frame)), Some(&frame));
        }
        assert_eq!(ledger.get(key(2 * PDUS)), None);
        *ledger.learn(&last, key(4)).unwrap() += 1;
        assert_eq!(ledger.get(key(4)), Some(&5));
        assert!(ledger.learn(&packet(1, false), key(1)).is_none());
    }

    #[test]
    fn later_passes_see_what_the_first_saw_in_any_order() {
        let mut ends = OpenEnds::<usize>::default();
        assert_eq!(ends.take(&packet(1, true)), 0);
        ends.leave(&packet(1, true), 7);
        assert_eq!(ends.take(&packet(2, true)), 7);
        assert_eq!(ends.take(&packet(3, true)), 0);
        for (frame, open) in [(3, 0), (2, 7), (1, 0), (2, 7)] {
            assert_eq!(ends.take(&packet(frame, false)), open, "frame {frame}");
            ends.leave(&packet(frame, false), 99);
        }
        assert_eq!(ends.take(&packet(4, true)), 0);
    }
}
