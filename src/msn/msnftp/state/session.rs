//! State of transfers: the direction of the blocks, and the transfers announced by invitations.
//!
//! Source: docs/protocol/msnp.md §5.11 and §5.3.

use crate::hash_map::HashMap;

use crate::first_bytes::FirstBytes;
use crate::first_pass::PduFacts;
use crate::msn::msnftp::state::file::File;
use crate::msn::msnftp::state::progress::{FtpProgress, OpenBlock, PackedProgress};
use crate::msn::state::announced_endpoints::AnnouncedEndpoints;
use crate::msn::state::gaps::Gaps;
use crate::packet::{Packet, PduKey};
use crate::pieces::Budget;

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
            announced.announced_by().first()?.frame,
            announced.data.clone(),
        ))
    }
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
    /// First pass only: the block that the next segment continues, by direction.
    pub(crate) open: [OpenBlock; 2],
    /// The state at the beginning of each call.
    progress: PduFacts<PackedProgress>,
    /// How many bytes at the beginning of a call were received before.
    repeated: PduFacts<u32>,
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

    /// How many bytes at the beginning of this call were received before, in a direction of
    /// blocks.
    pub(crate) fn repeated(&mut self, packet: &Packet<'_>) -> usize {
        let blocks = self.blocks.get(packet.side()).copied();
        let gaps = &self.gaps;
        let now = || match blocks {
            Some(true) => u32::try_from(gaps.repeated(packet)).unwrap_or_default(),
            _ => 0,
        };
        self.repeated.record_or_get(packet, packet.key(0), now) as usize
    }

    /// The state of the transfer at the beginning of this call.
    pub(crate) fn progress(&mut self, packet: &Packet<'_>) -> FtpProgress {
        let side = packet.side();
        let now = FtpProgress {
            blocks: self.blocks.get(side).copied().unwrap_or_default(),
            received: self.file.offset,
            encrypted: self.encrypted,
            has_holes: self.file.has_lost,
            open: self.open.get(side).copied().unwrap_or_default(),
        };
        let now = || PackedProgress::of(&now);
        let then = self.progress.record_or_get(packet, packet.key(0), now);
        then.progress()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::first_bytes::Recognition;

    fn segment(frame: u32, sequence: u32, bytes: &[u8]) -> Packet<'_> {
        Packet {
            bytes,
            reported: bytes.len(),
            frame,
            first_pass: true,
            sequence: Some(sequence),
            ..Packet::default()
        }
    }

    #[test]
    fn a_transfer_is_confirmed_by_its_first_line_or_by_its_first_bytes() {
        let confirmed = |session: &FtpSession| {
            [2, 3, 4].map(|frame| session.is_confirmed(&segment(frame, 0, b"")))
        };
        let mut session = FtpSession::default();
        assert_eq!(confirmed(&session), [false; 3]);
        session.confirmed = Some(3);
        assert_eq!(confirmed(&session), [false, true, true]);
        let mut session = FtpSession::default();
        let first = &mut session.first_bytes;
        first.check_segment(&segment(3, 0, b"VER"), |_, _| Recognition::Yes);
        assert_eq!(confirmed(&session), [false, true, true]);
    }

    #[test]
    fn in_a_direction_of_blocks_bytes_that_come_again_are_counted() {
        for (has_blocks, expected) in [(false, 0), (true, 2)] {
            let mut session = FtpSession::default();
            session.blocks[0] = has_blocks;
            session.gaps.end(&segment(1, 0, b"abcd"), 4);
            let again = segment(2, 2, b"cdef");
            assert_eq!(session.repeated(&again), expected);
            let later = Packet {
                first_pass: false,
                ..again
            };
            assert_eq!(session.repeated(&later), expected);
        }
    }

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
}
