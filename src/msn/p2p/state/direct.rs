//! State of a direct connection.

use crate::first_bytes::FirstBytes;
use crate::first_pass::{PduFacts, Unfinished};
use crate::packet::Packet;

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

/// One direct connection.
#[derive(Debug, Default)]
pub struct DirectSession {
    /// The frame with the first packet.
    pub(crate) confirmed: Option<u32>,
    /// The frame that announced the connection, and its call.
    pub(crate) announced_in: Option<(u32, Option<usize>)>,
    /// Its nonce is not of that call: another one has announced the same endpoint.
    pub(crate) is_of_other_call: bool,
    pub(crate) progress: DirectProgress,
    pub(crate) progress_by_pdu: PduFacts<DirectProgress>,
    pub(crate) checks: PduFacts<NonceCheck>,
    /// Number of missing bytes of a frame that began in an earlier segment.
    pub(crate) unfinished: Unfinished<usize>,
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
}
