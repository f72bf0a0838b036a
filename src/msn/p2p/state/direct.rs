//! State of a direct connection.

#[cfg(test)]
mod tests;

use crate::first_bytes::FirstBytes;
use crate::first_pass::PduFacts;
use crate::msn::p2p::state::chunk::OpenChunk;
use crate::msn::p2p::wire::direct::{is_whole_packet, next_packet};
use crate::msn::p2p::wire::packet::Version;
use crate::msn::state::gaps::Gaps;
use crate::packet::{Packet, PduKey};

/// State of the handshake.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct DirectProgress {
    /// Whether a direction has sent its nonce or a packet, by [`Packet::side`].
    pub(crate) has_sent: [bool; 2],
    /// A handshake of version 2 was seen.
    pub(crate) v2: bool,
    /// A handshake of version 1 was seen.
    pub(crate) v1: bool,
}

impl DirectProgress {
    /// The version of the handshake, if one was seen.
    pub(crate) fn version(self) -> Option<Version> {
        match (self.v1, self.v2) {
            (true, false) => Some(Version::V1),
            (false, true) => Some(Version::V2),
            _ => None,
        }
    }
}

/// Result of checking a nonce.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum NonceCheck {
    /// No negotiated nonce is known.
    #[default]
    Unknown,
    /// The nonce was negotiated in this frame.
    Right(u32),
    /// Other nonces were negotiated.
    Wrong,
}

/// A packet that continues in the next segment of its direction.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct OpenPacket {
    /// Number of its bytes that are still to come; 0 if there is no such packet.
    pub(crate) left: usize,
    /// The frame in which it begins.
    pub(crate) start: u32,
    /// Its session, if its headers are known.
    pub(crate) session: u32,
    /// Its data.
    pub(crate) chunk: Option<OpenChunk>,
    /// Segments of it are missing, and the next packet was not found since.
    pub(crate) is_lost: bool,
}

/// How a call begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Beginning {
    /// Number of bytes of no use: they were received before, or those before them are lost.
    pub(crate) skip: u32,
    /// Number of bytes after these that continue a packet.
    pub(crate) left: u32,
    /// The frame in which that packet begins, and its session.
    pub(crate) start: u32,
    pub(crate) session: u32,
}

/// One direct connection.
#[derive(Debug, Default)]
pub struct DirectSession {
    /// The frame with the first packet.
    pub(crate) confirmed: Option<u32>,
    /// The frame that announced the connection, and its call.
    pub(crate) announced_in: Option<(u32, Option<usize>)>,
    /// Its nonce is not of that call: another one has announced the same endpoint.
    pub(crate) is_of_other_call: bool,
    /// The state of the handshake after each PDU that has changed it.
    progress: Vec<(PduKey, DirectProgress)>,
    pub(crate) checks: PduFacts<NonceCheck>,
    /// First pass only: the packet that the next segment continues, by direction.
    open: [OpenPacket; 2],
    /// First pass only: whether there was such a packet, by direction. From then on, segments
    /// that come again (Wireshark 3.4 passes them on) are no packets.
    has_long_packets: [bool; 2],
    /// How each call begins, if not with a packet.
    beginnings: PduFacts<Beginning>,
    gaps: Gaps,
    /// The bytes before the connection was recognised.
    pub first_bytes: FirstBytes,
}

impl DirectSession {
    /// The call that has announced the connection, unless its nonce is of another one.
    pub(crate) fn trusted_call(&self) -> Option<usize> {
        let (_, call) = self.announced_in?;
        call.filter(|_| !self.is_of_other_call)
    }

    /// Whether this packet or an earlier one confirms the connection as a direct one.
    pub(crate) fn is_confirmed(&self, packet: &Packet<'_>) -> bool {
        self.confirmed.is_some_and(|frame| frame <= packet.frame)
            || self.first_bytes.has_claimed(packet)
    }

    /// The state of the handshake before a PDU.
    pub(crate) fn progress(&self, key: PduKey) -> DirectProgress {
        let before = self.progress.partition_point(|(since, _)| *since < key);
        let last = before.checked_sub(1).and_then(|at| self.progress.get(at));
        last.map_or(DirectProgress::default(), |(_, progress)| *progress)
    }

    /// Records the state of the handshake after a PDU of the first pass.
    pub(crate) fn advance(&mut self, key: PduKey, progress: DirectProgress) {
        let last = self.progress.last();
        let is_new = last.is_none_or(|(since, last)| *since < key && *last != progress);
        if is_new {
            self.progress.push((key, progress));
        }
    }

    /// How this call begins.
    pub(crate) fn begin(&mut self, packet: &Packet<'_>) -> Beginning {
        let key = packet.key(0);
        let now = match packet.first_pass {
            true => self.beginning(packet),
            false => Beginning::default(),
        };
        self.beginnings.record_or_get(packet, key, || now)
    }

    fn beginning(&mut self, packet: &Packet<'_>) -> Beginning {
        let open = &mut self.open[packet.side()];
        let chunk = open.chunk.filter(|_| open.left > 0 || open.is_lost);
        let mut skip = match self.has_long_packets[packet.side()] {
            true => self.gaps.repeated(packet),
            false => 0,
        };
        if let Some(chunk) = chunk {
            self.gaps.begin(packet);
            let is_gap = skip == 0 && self.gaps.is_after_gap(packet, packet.key(0));
            if is_gap || open.is_lost {
                // The next packet begins here if just the rest of this one is lost, or if here
                // is a whole one; else it is searched for.
                let name = chunk.name;
                let is_rest = !open.is_lost && self.gaps.missing(packet) == Some(open.left);
                let next = match is_rest || is_whole_packet(packet.bytes, name.v2) {
                    true => Some(0),
                    false => next_packet(packet.bytes, name.session, name.number, name.v2),
                };
                open.left = 0;
                open.is_lost = next.is_none();
                skip = next.unwrap_or(packet.reported);
            }
        }
        if !open.is_lost {
            self.gaps.mark_in_sync(packet);
        }
        Beginning {
            skip: u32::try_from(skip).unwrap_or(u32::MAX),
            left: u32::try_from(open.left).unwrap_or(u32::MAX),
            start: open.start,
            session: open.session,
        }
    }

    /// Takes the packet that this call continues.
    pub(crate) fn take_open(&mut self, packet: &Packet<'_>) -> OpenPacket {
        core::mem::take(&mut self.open[packet.side()])
    }

    /// Leaves a packet for the next segment.
    pub(crate) fn leave(&mut self, packet: &Packet<'_>, open: OpenPacket) {
        if packet.first_pass {
            self.open[packet.side()] = open;
            self.has_long_packets[packet.side()] |= open.chunk.is_some();
        }
    }

    /// To be called at the end of a call that consumed `used` bytes.
    pub(crate) fn end(&mut self, packet: &Packet<'_>, used: usize) {
        if self.gaps.repeated(packet) < packet.reported {
            self.gaps.end(packet, used);
        }
    }
}
