//! What is remembered of transfers: who sends blocks, the file so far, and what invitations
//! have announced.
//!
//! Source: docs/protocol/msnp.md §5.11 and §5.3.

use std::collections::HashMap;

use crate::first_bytes::FirstBytes;
use crate::first_pass::{PduFacts, Unfinished};
use crate::msn::p2p::state::blobs::MAX_BLOB;
use crate::msn::state::announced_endpoints::AnnouncedEndpoints;
use crate::msn::state::gaps::Gaps;
use crate::packet::{Packet, PduKey};

/// What an invitation says of the transfer that it announces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offer {
    /// AuthCookie.
    pub cookie: Option<u32>,
    /// Name of the file.
    pub name: Option<String>,
}

/// Transfers that invitations of a capture have announced.
#[derive(Debug, Default)]
pub struct Transfers {
    /// Them, and where they take place.
    pub(crate) ends: AnnouncedEndpoints<PduKey, Offer>,
    /// Names of files that were offered, by the number of the invitation.
    names: HashMap<u32, String>,
}

impl Transfers {
    /// An invitation has offered a file.
    pub(crate) fn remember(&mut self, packet: &Packet<'_>, invitation: u32, name: String) {
        if packet.first_pass {
            self.names.insert(invitation, name);
        }
    }

    /// The name of the file that an invitation has offered.
    pub(crate) fn name_of(&self, invitation: u32) -> Option<String> {
        self.names.get(&invitation).cloned()
    }

    /// The invitation that has announced the connection which begins with this packet, and
    /// its frame.
    pub(crate) fn begins(&mut self, packet: &Packet<'_>) -> Option<(u32, Offer)> {
        let id = self.ends.of(packet)?;
        self.ends.begins(packet, id);
        let announced = self.ends.get(id)?;
        Some((announced.by.first()?.frame, announced.what.clone()))
    }
}

/// What a segment begins with, in a direction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct FtpProgress {
    /// The direction sends blocks, not lines.
    pub(crate) blocks: bool,
    /// Bytes of the file that have come before.
    pub(crate) received: u64,
    /// The data are encrypted.
    pub(crate) encrypted: bool,
    /// The capture lacks bytes of the file that came before, so that their number is not known.
    pub(crate) has_holes: bool,
}

/// One transfer.
#[derive(Debug, Default)]
pub struct FtpSession {
    /// The frame with the first line or block.
    pub(crate) confirmed: Option<u32>,
    /// The frame of the invitation.
    pub(crate) set_up: Option<u32>,
    /// What it says.
    pub(crate) offer: Offer,
    /// The directions in which blocks are sent.
    pub(crate) blocks: [bool; 2],
    /// What holds where a PDU begins.
    pub(crate) stages: PduFacts<FtpProgress>,
    /// Bytes of a block that an earlier segment has left open.
    pub(crate) ends: Unfinished<usize>,
    /// The data are encrypted.
    pub(crate) encrypted: bool,
    /// The file.
    pub(crate) file: File,
    /// Segments that are not in the capture.
    pub(crate) gaps: Gaps,
    /// What came before the connection was recognised.
    pub first: FirstBytes,
}

impl FtpSession {
    /// Whether this packet or an earlier one has shown that the connection is a transfer.
    pub(crate) fn is_confirmed(&self, packet: &Packet<'_>) -> bool {
        self.confirmed.is_some_and(|frame| frame <= packet.frame) || self.first.has_claimed(packet)
    }
}

/// The file that a connection carries.
#[derive(Debug, Default)]
pub(crate) struct File {
    /// The size that FIL has announced.
    pub(crate) announced: Option<u64>,
    /// Bytes that blocks have brought.
    pub(crate) received: u64,
    /// How many data blocks there were.
    pub(crate) blocks: u32,
    /// The first frame with a block.
    pub(crate) first: Option<u32>,
    /// The PDU that ends the file.
    pub(crate) ended: Option<PduKey>,
    /// The capture lacks segments of it.
    pub(crate) has_holes: bool,
    /// The PDU that ends it says that it is not whole.
    pub(crate) is_cancelled: bool,
    /// The bytes.
    pub(crate) bytes: Vec<u8>,
}

impl File {
    /// The file is too long to be put together.
    pub(crate) fn is_too_long(&self) -> bool {
        self.announced.is_some_and(|size| size > MAX_BLOB) || self.received > MAX_BLOB
    }

    /// As many bytes have come as were announced.
    pub(crate) fn is_complete(&self) -> bool {
        self.announced == Some(self.received) && !self.has_holes
    }

    /// Adds data to the file: in the first pass only.
    pub(crate) fn add(&mut self, frame: u32, data: &[u8], is_block: bool) {
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
