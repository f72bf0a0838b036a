//! What is kept of a frame as long as the capture is open: what it says, and its relations to
//! others of its conversation.

use core::num::NonZeroU32;

use crate::oicq::state::behaviour::FrameEvent;
use crate::oicq::wire::commands::meaning::may_lack_number;
use crate::oicq::wire::direction::Direction;
use crate::packet::PduKey;

/// Place of a record in its conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position(NonZeroU32);

impl Position {
    /// The position with this index.
    pub(super) fn of(index: usize) -> Option<Self> {
        let number = u32::try_from(index).ok()?.checked_add(1)?;
        NonZeroU32::new(number).map(Self)
    }

    /// The index at this position.
    pub(super) fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// Meaning of [`FrameRecord::before`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Before {
    /// None.
    Nothing,
    /// The keep-alive before this one.
    KeepAlive,
    /// The first transmission of this retransmission.
    FirstTransmission,
    /// The first transmission of the acknowledgement that this one repeats.
    Acknowledgement,
    /// The transmission of which this frame is a duplicate in the capture.
    Duplicated,
    /// As [`Before::Duplicated`], but a reply of its own shows that it was a transmission.
    Answered,
}

/// One frame.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FrameRecord {
    frame: u32,
    /// Nanoseconds since any fixed moment: two halves, so that a record needs no padding.
    time: [u32; 2],
    pub(super) account: u32,
    /// Hash of all bytes but the client's retransmission count.
    pub(crate) fingerprint: u32,
    /// Another record: see [`FrameRecord::before_is`].
    pub(crate) before: Option<Position>,
    /// The request or push that this frame answers.
    pub(crate) answers: Option<Position>,
    /// The reply or acknowledgement to this frame.
    pub(crate) answered_by: Option<Position>,
    /// The record before this one in a bucket of the index.
    pub(super) next: Option<Position>,
    /// Index of the PDU in its frame.
    index: u16,
    pub(crate) command: u16,
    pub(crate) sequence: u16,
    pub(crate) len: u16,
    /// Of the client: number of sequences that its command skipped before it. Of the server:
    /// hash of its plaintext, if known. Otherwise 0.
    gap_or_plaintext: u16,
    flags: u8,
    pub(crate) direction: Direction,
    pub(crate) before_is: Before,
    /// Retransmission count sent by the client.
    pub(crate) repeat: u8,
    /// Retransmission count; 0 for the first transmission.
    pub(crate) retransmission: u8,
}

// The bound on the memory of a frame: docs/ARCHITECTURE.md.
const _: () = assert!(size_of::<FrameRecord>() == 52);

impl FrameRecord {
    /// Sent by the server, and not as a reply.
    pub(crate) const PUSH: u8 = 1;
    /// A request that expects a reply.
    pub(crate) const AWAITS_REPLY: u8 = 1 << 1;
    /// A duplicate which a second reply may show to have been sent after all.
    pub(crate) const MAY_BE_ANSWERED: u8 = 1 << 2;
    /// The time since what it answers is shown.
    pub(crate) const HAS_DELAY: u8 = 1 << 3;
    /// A keep-alive from which the next interval counts.
    pub(crate) const KEEP_ALIVE: u8 = 1 << 4;
    /// A frame from whose sequence the next gap counts.
    pub(crate) const COUNTED: u8 = 1 << 5;
    /// The account is ignored in matching requests and replies.
    const ANY_ACCOUNT: u8 = 1 << 6;

    /// The record of a frame without relations. Returns `None` for a frame that follows so
    /// many in its packet that no capture has it.
    pub(crate) fn new(event: &FrameEvent) -> Option<Self> {
        let is_server = event.direction == Direction::ToClient;
        let plaintext = event.plaintext_fingerprint.filter(|_| is_server);
        let any_account = may_lack_number(event.command);
        Some(Self {
            frame: event.key.frame,
            time: [(event.time >> 32) as u32, event.time as u32],
            account: event.account,
            fingerprint: event.fingerprint,
            before: None,
            answers: None,
            answered_by: None,
            next: None,
            index: u16::try_from(event.key.index).ok()?,
            command: event.command,
            sequence: event.sequence,
            len: u16::try_from(event.len).unwrap_or(u16::MAX),
            gap_or_plaintext: plaintext.map_or(0, u16::from),
            flags: if any_account { Self::ANY_ACCOUNT } else { 0 },
            direction: event.direction,
            before_is: Before::Nothing,
            repeat: event.repeat,
            retransmission: 0,
        })
    }

    /// The PDU.
    pub(crate) fn key(&self) -> PduKey {
        PduKey {
            frame: self.frame,
            index: self.index.into(),
        }
    }

    /// Capture time, in nanoseconds.
    pub(crate) fn time(&self) -> u64 {
        u64::from(self.time[0]) << 32 | u64::from(self.time[1])
    }

    pub(crate) fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    pub(crate) fn set(&mut self, flag: u8) {
        self.flags |= flag;
    }

    pub(crate) fn set_before(&mut self, is: Before, before: Option<Position>) {
        (self.before_is, self.before) = (is, before);
    }

    /// Sets the number of sequences that were skipped before this frame of the client.
    pub(crate) fn set_gap(&mut self, gap: u16) {
        self.gap_or_plaintext = gap;
    }

    /// Of a frame of the client: number of sequences that were skipped before it.
    pub(crate) fn gap(&self) -> Option<u16> {
        let is_client = self.direction == Direction::ToServer;
        (is_client && self.gap_or_plaintext > 0).then_some(self.gap_or_plaintext)
    }

    /// Of a frame of the server: hash of its plaintext, if known.
    pub(crate) fn plaintext(&self) -> Option<u16> {
        let is_server = self.direction == Direction::ToClient;
        (is_server && self.gap_or_plaintext > 0).then_some(self.gap_or_plaintext)
    }

    /// What requests and their replies have in common.
    pub(super) fn pairing_key(&self) -> PairingKey {
        PairingKey {
            account: match self.has(Self::ANY_ACCOUNT) {
                true => 0,
                false => self.account,
            },
            command: self.command,
            sequence: self.sequence,
        }
    }
}

/// Key by which frames are matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PairingKey {
    pub(super) account: u32,
    pub(super) command: u16,
    pub(super) sequence: u16,
}

impl PairingKey {
    /// The key of a frame. Logins by e-mail or QR code are requested without a QQ number,
    /// but the reply may contain one, so the number is ignored for them.
    pub(crate) fn of(event: &FrameEvent) -> Self {
        Self::new(event, event.command, event.sequence)
    }

    /// The key of another frame of the account.
    pub(crate) fn new(event: &FrameEvent, command: u16, sequence: u16) -> Self {
        let account = match may_lack_number(command) {
            true => 0,
            false => event.account,
        };
        Self {
            account,
            command,
            sequence,
        }
    }
}
