//! State of transfers: the direction of the blocks, the file so far, and the transfers
//! announced by invitations.
//!
//! Source: docs/protocol/msnp.md §5.11 and §5.3.

use std::collections::HashMap;

use crate::first_bytes::FirstBytes;
use crate::first_pass::{PduFacts, Unfinished};
use crate::msn::state::announced_endpoints::AnnouncedEndpoints;
use crate::msn::state::gaps::Gaps;
use crate::packet::{Packet, PduKey};
use crate::pieces::{Budget, Completeness, Pieces, MAX_OBJECT};

/// Where an Invitation-Cookie has its meaning: clients count them from a small number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum InvitationScope {
    /// A conversation, by its number.
    Chat(u64),
    /// The two parties, in order, where the conversation is unknown.
    Parties([Option<String>; 2]),
}

/// The invitation to receive a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileInvitation {
    /// The Invitation-Cookie.
    pub number: u32,
    /// Name of the file.
    pub name: String,
    /// Its size in bytes.
    pub size: Option<u64>,
    /// The account that offers it.
    pub from: Option<String>,
    /// The account to which it is offered.
    pub to: Option<String>,
    /// The number of the conversation.
    pub chat: Option<u64>,
}

/// The data in an invitation about the transfer that it announces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offer {
    /// The AuthCookie.
    pub cookie: Option<u32>,
    /// The invitation.
    pub invitation: Option<FileInvitation>,
}

/// Transfers announced by the invitations of a capture.
#[derive(Debug, Default)]
pub struct Transfers {
    /// The announced transfers and their endpoints.
    pub(crate) endpoints: AnnouncedEndpoints<PduKey, Offer>,
    invitations: Vec<FileInvitation>,
    /// Indices of the last invitations, by scope and Invitation-Cookie.
    by_number: HashMap<(InvitationScope, u32), usize>,
    /// Indices of the invitations that the messages of PDUs are about.
    meant: PduFacts<Option<usize>>,
    /// The memory for the bytes of files.
    pub(crate) budget: Budget,
}

impl Transfers {
    /// Records an invitation.
    pub(crate) fn remember(
        &mut self,
        packet: &Packet<'_>,
        scope: InvitationScope,
        invitation: FileInvitation,
    ) {
        if packet.first_pass {
            self.by_number
                .insert((scope, invitation.number), self.invitations.len());
            self.invitations.push(invitation);
        }
    }

    /// The invitation that the message of a PDU, which has this Invitation-Cookie, is about.
    pub(crate) fn invitation(
        &mut self,
        packet: &Packet<'_>,
        pdu: PduKey,
        scope: InvitationScope,
        number: Option<u32>,
    ) -> Option<&FileInvitation> {
        let last = number
            .and_then(|number| self.by_number.get(&(scope, number)))
            .copied();
        let index = self.meant.record_or_get(packet, pdu, || last)?;
        self.invitations.get(index)
    }

    /// Records that a connection begins with this packet. Returns the frame and the data
    /// of the invitation that announced it, if any.
    pub(crate) fn begin_connection(&mut self, packet: &Packet<'_>) -> Option<(u32, Offer)> {
        let id = self.endpoints.for_packet(packet)?;
        self.endpoints.begin_connection(packet, id);
        let announced = self.endpoints.get(id)?;
        Some((
            announced.announced_by.first()?.frame,
            announced.data.clone(),
        ))
    }
}

/// The state of the transfer at the beginning of a PDU.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct FtpProgress {
    /// This direction sends blocks, not lines.
    pub(crate) blocks: bool,
    /// Bytes of the file received before the PDU.
    pub(crate) received: u64,
    /// The data are encrypted.
    pub(crate) encrypted: bool,
    /// The capture lacks bytes of the file before the PDU; their number is unknown.
    pub(crate) has_holes: bool,
}

/// One transfer.
#[derive(Debug, Default)]
pub struct FtpSession {
    /// The frame with the first line or block.
    pub(crate) confirmed: Option<u32>,
    /// The frame of the invitation.
    pub(crate) announced_in: Option<u32>,
    /// Its data.
    pub(crate) offer: Offer,
    /// The account with which the receiver signs in, and the PDU that has it.
    pub(crate) receiver: Option<(PduKey, String)>,
    /// Whether a direction sends blocks, by [`Packet::side`].
    pub(crate) blocks: [bool; 2],
    /// The state at the beginning of each PDU.
    pub(crate) progress_by_pdu: PduFacts<FtpProgress>,
    /// Number of missing bytes of a block that began in an earlier segment.
    pub(crate) unfinished: Unfinished<usize>,
    /// The data are encrypted.
    pub(crate) encrypted: bool,
    /// The file.
    pub(crate) file: File,
    /// Segments missing from the capture.
    pub(crate) gaps: Gaps,
    /// The bytes before the connection was recognised.
    pub first_bytes: FirstBytes,
}

impl FtpSession {
    /// Whether this packet or an earlier one confirms the connection as a transfer.
    pub(crate) fn is_confirmed(&self, packet: &Packet<'_>) -> bool {
        self.confirmed.is_some_and(|frame| frame <= packet.frame)
            || self.first_bytes.has_claimed(packet)
    }
}

/// The file transferred over a connection.
#[derive(Debug, Default)]
pub(crate) struct File {
    /// The size announced by FIL, in bytes.
    pub(crate) announced: Option<u64>,
    /// Bytes received in blocks until the file ended.
    pub(crate) received: u64,
    /// Bytes received in blocks, also after that.
    pub(crate) offset: u64,
    /// Number of data blocks.
    pub(crate) blocks: u32,
    /// The PDU that announces its size, or else has its first data.
    pub(crate) begun: Option<PduKey>,
    /// The first frame with data.
    pub(crate) first: Option<u32>,
    /// The last frame with data so far.
    pub(crate) last: Option<u32>,
    /// The PDU that ends the file.
    pub(crate) ended: Option<PduKey>,
    /// The capture lacks segments before the end of the file.
    pub(crate) has_holes: bool,
    /// The capture lacks segments, maybe after the end only.
    pub(crate) has_lost: bool,
    /// The PDU that ends it reports a failure.
    pub(crate) is_cancelled: bool,
    /// The bytes up to the first gap, or as far as they are kept.
    pub(crate) pieces: Pieces,
}

impl File {
    /// Whether the file is too long to be reassembled.
    pub(crate) fn is_too_long(&self) -> bool {
        self.announced.is_some_and(|size| size > MAX_OBJECT) || self.received > MAX_OBJECT
    }

    /// Whether the announced number of bytes was received.
    pub(crate) fn is_complete(&self) -> bool {
        self.announced == Some(self.received) && !self.has_holes
    }

    /// How much of it is kept.
    pub(crate) fn state(&self) -> Completeness {
        match self.pieces.completeness(self.announced) {
            Completeness::Whole if !self.is_complete() => Completeness::Incomplete,
            state => state,
        }
    }

    /// Takes the size that FIL announces. To be called in the first pass only.
    pub(crate) fn announce(&mut self, pdu: PduKey, size: u64) {
        self.begun.get_or_insert(pdu);
        self.announced.get_or_insert(size);
    }

    /// Records that segments are missing before what follows. To be called in the first pass
    /// only.
    pub(crate) fn lose(&mut self) {
        self.has_lost = true;
        self.has_holes |= self.ended.is_none();
    }

    /// Adds data to the file. To be called in the first pass only.
    pub(crate) fn add(&mut self, pdu: PduKey, data: &[u8], is_block: bool, budget: &Budget) {
        let before = self.offset;
        self.begun.get_or_insert(pdu);
        self.first.get_or_insert(pdu.frame);
        self.offset = self.offset.saturating_add(data.len() as u64);
        if self.ended.is_some() {
            return;
        }
        self.received = self.offset;
        self.blocks = self.blocks.saturating_add(u32::from(is_block));
        self.last = Some(pdu.frame);
        if !self.has_holes {
            self.pieces.add(before, data, budget);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversations_count_cookies_of_their_own() {
        let packet = Packet {
            frame: 1,
            first_pass: true,
            ..Packet::default()
        };
        let mut transfers = Transfers::default();
        for (chat, name) in [(1, "one.txt"), (2, "two.txt")] {
            let invitation = FileInvitation {
                number: 33267,
                name: name.to_owned(),
                ..FileInvitation::default()
            };
            transfers.remember(&packet, InvitationScope::Chat(chat), invitation);
        }
        let mut name = |index, chat| {
            let pdu = PduKey { frame: 1, index };
            let scope = InvitationScope::Chat(chat);
            let found = transfers.invitation(&packet, pdu, scope, Some(33267));
            found.map(|invitation| invitation.name.clone())
        };
        assert_eq!(name(0, 1).as_deref(), Some("one.txt"));
        assert_eq!(name(1, 2).as_deref(), Some("two.txt"));
        assert_eq!(name(2, 3), None);
    }

    const PDU: PduKey = PduKey { frame: 1, index: 0 };

    fn file(announced: u64, blocks: &[&[u8]]) -> File {
        let mut file = File::default();
        file.announce(PDU, announced);
        for data in blocks {
            file.add(PDU, data, true, &Budget::default());
        }
        file
    }

    #[test]
    fn what_comes_after_the_end_of_a_file_changes_nothing() {
        let mut file = file(3, &[b"abc"]);
        assert_eq!(file.state(), Completeness::Whole);
        file.ended = Some(PDU);
        file.lose();
        file.add(
            PduKey { frame: 2, index: 0 },
            b"de",
            true,
            &Budget::default(),
        );
        assert!(file.state().is_whole() && file.has_lost);
        assert_eq!((file.received, file.offset, file.last), (3, 5, Some(1)));
    }

    #[test]
    fn a_file_without_bytes_is_whole() {
        assert_eq!(file(0, &[]).state(), Completeness::Whole);
        assert_eq!(file(0, &[b"a"]).state(), Completeness::Incomplete);
        assert_eq!(file(1, &[]).state(), Completeness::Incomplete);
    }

    #[test]
    fn a_file_that_is_too_long_is_kept_in_part() {
        let part = vec![0; MAX_OBJECT as usize / 2];
        let file = file(MAX_OBJECT + 1, &[&part, &part, b"x"]);
        assert!(file.is_complete());
        assert_eq!(file.state(), Completeness::OverLimit);
        assert_eq!(file.pieces.received(), MAX_OBJECT);
    }

    #[test]
    fn bytes_after_a_gap_are_not_kept() {
        let mut file = file(6, &[b"ab"]);
        file.lose();
        file.add(PDU, b"ef", true, &Budget::default());
        assert_eq!(file.pieces.bytes().as_slice(), b"ab");
        assert_eq!(file.state(), Completeness::Incomplete);
    }
}
