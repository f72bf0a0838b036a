//! What is remembered of a direct connection.

use crate::first_bytes::FirstBytes;
use crate::first_pass::{PduFacts, Unfinished};
use crate::packet::Packet;

/// How far a connection has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct DirectProgress {
    /// The directions that have said their nonce.
    pub(crate) said: [bool; 2],
    /// The handshake was one of version 2.
    pub(crate) v2: bool,
    /// The handshake was one of version 1.
    pub(crate) v1: bool,
}

/// What a nonce was worth.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum NonceCheck {
    /// Nothing to compare it with.
    #[default]
    Unknown,
    /// Told in this frame.
    Right(u32),
    /// Others were told.
    Wrong,
}

/// One direct connection.
#[derive(Debug, Default)]
pub struct DirectSession {
    /// The frame with the first packet.
    pub(crate) confirmed: Option<u32>,
    /// The frame that announced the connection, and the call it belongs to.
    pub(crate) set_up: Option<(u32, Option<usize>)>,
    pub(crate) now: DirectProgress,
    pub(crate) stages: PduFacts<DirectProgress>,
    pub(crate) checks: PduFacts<NonceCheck>,
    /// Bytes of a packet that an earlier segment began.
    pub(crate) ends: Unfinished<usize>,
    /// What came before the connection was recognised.
    pub first: FirstBytes,
}

impl DirectSession {
    /// Whether this packet or an earlier one has shown that the connection is a direct one.
    pub(crate) fn is_confirmed(&self, packet: &Packet<'_>) -> bool {
        self.confirmed.is_some_and(|frame| frame <= packet.frame) || self.first.has_claimed(packet)
    }
}
