//! What is remembered of transfers: who sends blocks, the file so far, and what invitations
//! have announced.
//!
//! Source: protocol reference, MSNP §5.11 and §5.3.

use std::collections::HashMap;

use crate::context::{Address, Facts, OpenEnds, Packet, PduKey};
use crate::msn::p2p::blobs::MAX_BLOB;

/// So many times is an invitation remembered that announces one transfer.
const MAX_LEGS: usize = 8;

/// What an invitation says of the transfer that it announces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offer {
    /// The PDUs of the invitation: a capture may see it go to the server and come from it.
    pub pdus: Vec<PduKey>,
    /// AuthCookie.
    pub cookie: Option<u32>,
    /// Name of the file.
    pub name: Option<String>,
}

/// Transfers that invitations of a capture have announced.
#[derive(Debug, Default)]
pub struct Shared {
    offers: HashMap<(Address, u16), Offer>,
    /// The first frame of the connection that an invitation has announced.
    connections: HashMap<PduKey, u32>,
    /// Names of files that were offered, by the number of the invitation.
    names: HashMap<u32, String>,
}

impl Shared {
    /// An invitation has offered a file.
    pub(super) fn remember(&mut self, packet: &Packet<'_>, invitation: u32, name: String) {
        if packet.first_pass {
            self.names.insert(invitation, name);
        }
    }

    /// The name of the file that an invitation has offered.
    pub(super) fn name_of(&self, invitation: u32) -> Option<String> {
        self.names.get(&invitation).cloned()
    }

    /// An invitation has announced a transfer from this end.
    pub(super) fn announce(&mut self, packet: &Packet<'_>, end: (Address, u16), offer: Offer) {
        if !packet.first_pass {
            return;
        }
        match self.offers.get_mut(&end) {
            Some(known) if known.cookie == offer.cookie && known.pdus.len() < MAX_LEGS => {
                known.pdus.extend(offer.pdus);
            }
            _ => {
                self.offers.insert(end, offer);
            }
        }
    }

    /// The first frame of the connection that the invitation in `pdu` has announced.
    pub(super) fn connection_of(&self, pdu: PduKey) -> Option<u32> {
        self.connections.get(&pdu).copied()
    }

    /// The invitation that has announced the connection of a packet.
    pub(super) fn connected(&mut self, packet: &Packet<'_>) -> Option<Offer> {
        let to = (packet.destination, packet.destination_port);
        let from = (packet.source, packet.source_port);
        let offer = self.offers.get(&to).or_else(|| self.offers.get(&from))?;
        for pdu in &offer.pdus {
            self.connections.entry(*pdu).or_insert(packet.frame);
        }
        Some(offer.clone())
    }
}

/// What a segment begins with, in a direction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Stage {
    /// The direction sends blocks, not lines.
    pub(super) blocks: bool,
    /// Bytes of the file that have come before.
    pub(super) received: u64,
}

/// One transfer.
#[derive(Debug, Default)]
pub struct Session {
    /// The frame with the first line or block.
    pub(super) confirmed: Option<u32>,
    /// The invitation.
    pub(super) offer: Offer,
    /// The directions in which blocks are sent.
    pub(super) blocks: [bool; 2],
    /// What holds where a PDU begins.
    pub(super) stages: Facts<Stage>,
    /// Bytes of a block that an earlier segment has left open.
    pub(super) ends: OpenEnds<usize>,
    /// The data are encrypted.
    pub(super) encrypted: bool,
    /// The file.
    pub(super) file: File,
}

/// The file that a connection carries.
#[derive(Debug, Default)]
pub(super) struct File {
    /// The size that FIL has announced.
    pub(super) announced: Option<u64>,
    /// Bytes that blocks have brought.
    pub(super) received: u64,
    /// How many data blocks there were.
    pub(super) blocks: u32,
    /// The first frame with a block.
    pub(super) first: Option<u32>,
    /// The PDU that ends the file.
    pub(super) ended: Option<PduKey>,
    /// The bytes.
    pub(super) bytes: Vec<u8>,
}

impl File {
    /// The file is too long to be put together.
    pub(super) fn is_too_long(&self) -> bool {
        self.announced.is_some_and(|size| size > MAX_BLOB) || self.received > MAX_BLOB
    }

    /// As many bytes have come as were announced.
    pub(super) fn is_complete(&self) -> bool {
        self.announced == Some(self.received)
    }

    /// Adds data to the file: in the first pass only.
    pub(super) fn add(&mut self, frame: u32, data: &[u8], is_block: bool) {
        self.first.get_or_insert(frame);
        self.received = self.received.saturating_add(data.len() as u64);
        if self.ended.is_some() {
            return;
        }
        self.blocks = self.blocks.saturating_add(u32::from(is_block));
        if self.is_too_long() {
            self.bytes = Vec::new();
        } else {
            self.bytes.extend_from_slice(data);
        }
    }
}
