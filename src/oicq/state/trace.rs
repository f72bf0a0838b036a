//! Features shared by the frames of one conversation: client, server and their counters.
//!
//! Source: docs/protocol/oicq.md §2.2, §2.3 and §5.1.

#[cfg(test)]
pub(crate) mod tests;

use crate::oicq::state::evidence::{fingerprint, Grade, SAMPLE_LEN};
use crate::oicq::wire::commands::meaning::reply_pattern_of;
use crate::oicq::wire::commands::row::ReplyPattern;
use crate::oicq::wire::commands::table::BUILD_FOR_VERSION;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::era::SERVER_VERSION;
use crate::oicq::wire::frame::{Frame, OicqHeader};
use crate::oicq::wire::prefix::BodyPart;
use crate::packet::Packet;

/// Maximum accounts kept per conversation.
const ACCOUNTS: usize = 4;
/// Maximum difference between two sequences of one counter.
const NEAR: u16 = 256;

/// Features of one frame, to compare with others. Conversations keep the last of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FrameTrace {
    from_lower: bool,
    pub(crate) direction: Direction,
    header: OicqHeader,
    version: u16,
    command: u16,
    sequence: u16,
    /// 0 if it is not known.
    account: u32,
    fingerprint: u32,
    /// The first bytes of the ciphertext.
    cipher: Option<[u8; SAMPLE_LEN]>,
    /// Whether the grade is [`Grade::Known`] or higher.
    is_known: bool,
}

const _: () = assert!(size_of::<FrameTrace>() <= 36);

impl FrameTrace {
    pub(crate) fn of(packet: &Packet<'_>, frame: &Frame, grade: Option<Grade>) -> Self {
        let cipher = frame.body.find(BodyPart::Ciphertext);
        Self {
            from_lower: packet.from_lower,
            direction: frame.direction,
            header: frame.header,
            version: frame.version.value,
            command: frame.command.value,
            sequence: frame.sequence.value,
            account: frame.uin.map_or(0, |uin| uin.value),
            fingerprint: fingerprint(frame, packet.bytes),
            cipher: cipher.and_then(|span| span.of(packet.bytes).first_chunk().copied()),
            is_known: grade >= Some(Grade::Known),
        }
    }

    pub(crate) fn account(&self) -> Option<u32> {
        (self.account != 0).then_some(self.account)
    }

    /// Whether its version is not that of a client: from servers until 2006, and in the
    /// reply with a build in its place.
    fn is_unversioned(&self) -> bool {
        self.direction == Direction::ToClient
            && (self.version == SERVER_VERSION || self.command == BUILD_FOR_VERSION)
    }

    /// Whether one frame is the reply to the other, by command and sequence.
    pub(crate) fn pairs(&self, other: &Self) -> bool {
        self.direction != other.direction
            && self.from_lower != other.from_lower
            && (self.command, self.sequence) == (other.command, other.sequence)
    }

    /// Whether two frames are of one client and its server, and this is not by chance.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        let versions = self.version == other.version
            || ((self.is_unversioned() || other.is_unversioned()) && self.pairs(other));
        let accounts = match (self.account(), other.account()) {
            (Some(one), Some(other)) => one == other,
            _ => self.pairs(other),
        };
        let ends = (self.from_lower == other.from_lower) == (self.direction == other.direction);
        let one_side = self.direction == other.direction;
        // One counter for all commands, or one for each (§5.1).
        let counted_apart = self.header == OicqHeader::Long && self.command != other.command;
        let follows = !one_side || counted_apart || self.is_near(other);
        // Ciphertexts that begin with random bytes are never equal.
        versions && accounts && ends && follows && self.fingerprint != other.fingerprint
    }

    /// Whether `other` confirms this frame. If neither is of a known client, they must be
    /// a request and its reply, because other devices send counters and identifiers, too.
    pub(crate) fn is_confirmed_by(&self, other: &Self) -> bool {
        self.agrees(other) && (self.is_known || other.is_known || self.pairs(other))
    }

    /// Number of equal bytes at the same offsets of two ciphertexts. Equal blocks do not
    /// count: without random padding, equal texts have equal blocks.
    pub(crate) fn equal_bytes(&self, other: &Self) -> usize {
        const BLOCK: usize = 8;
        let (Some(one), Some(other)) = (self.cipher, other.cipher) else {
            return 0;
        };
        let blocks = one.chunks(BLOCK).zip(other.chunks(BLOCK));
        let same = |(one, other): (&[u8], &[u8])| {
            let pairs = one.iter().zip(other);
            pairs.filter(|(one, other)| one == other).count()
        };
        blocks.map(same).filter(|same| *same < BLOCK).sum()
    }

    /// Whether the sequences differ by 1 to [`NEAR`] steps of one counter.
    pub(crate) fn is_near(&self, other: &Self) -> bool {
        let step = self.sequence.wrapping_sub(other.sequence);
        (1..=NEAR).contains(&step.min(step.wrapping_neg()))
    }

    /// Whether one side has sent two commands with one sequence, although classic clients
    /// have one counter for all commands (§5.1).
    pub(crate) fn clashes(&self, other: &Self) -> bool {
        self.header == OicqHeader::Classic
            && self.direction == other.direction
            && self.command != other.command
            && self.sequence == other.sequence
    }

    /// Whether both have the same bytes after the header.
    fn has_same_bytes(&self, other: &Self) -> bool {
        self.fingerprint != 0 && self.fingerprint == other.fingerprint
    }

    /// Whether the other frame has the same bytes with another command.
    pub(crate) fn echoes(&self, other: &Self) -> bool {
        self.command != other.command && self.has_same_bytes(other)
    }

    /// Whether the command is a counter, by two earlier frames: its steps are those of
    /// the sequences, or they are equal and so are those of the sequences, or the
    /// sequences are unrelated, or all three frames have the same bytes.
    pub(crate) fn continues(&self, last: &Self, earlier: &Self) -> bool {
        let command = (
            self.command.wrapping_sub(last.command),
            last.command.wrapping_sub(earlier.command),
        );
        let sequence = (
            self.sequence.wrapping_sub(last.sequence),
            last.sequence.wrapping_sub(earlier.sequence),
        );
        let have_same_bytes = self.has_same_bytes(last) && self.has_same_bytes(earlier);
        let are_unrelated = !self.is_near(last) && !last.is_near(earlier);
        let is_steady = command.0 == command.1
            && (sequence.0 == sequence.1 || have_same_bytes || are_unrelated);
        command.0 != 0 && command.1 != 0 && (command == sequence || is_steady)
    }

    /// Whether it is a push, with a sequence of the server.
    pub(crate) fn is_push(&self) -> bool {
        self.direction == Direction::ToClient
            && matches!(
                reply_pattern_of(self.command, self.version),
                Some(ReplyPattern::Push | ReplyPattern::AcknowledgedPush)
            )
    }
}

/// Features of the client of a conversation.
#[derive(Debug, Default)]
pub(crate) struct ClientTrace {
    /// Whether it is the lower of the two endpoints.
    is_lower: Option<bool>,
    /// Its version, if it is known.
    version: Option<u16>,
    /// Its accounts.
    accounts: [u32; ACCOUNTS],
}

impl ClientTrace {
    pub(crate) fn learn(&mut self, trace: &FrameTrace) {
        if !trace.is_unversioned() {
            self.version = Some(trace.version);
        }
        if trace.direction != Direction::Unknown {
            let from_client = trace.direction == Direction::ToServer;
            self.is_lower = Some(trace.from_lower == from_client);
        }
        if let Some(account) = trace.account().filter(|account| !self.has(*account)) {
            self.accounts.rotate_right(1);
            self.accounts[0] = account;
        }
    }

    pub(crate) fn has(&self, account: u32) -> bool {
        self.accounts.contains(&account)
    }

    pub(crate) fn has_no_account(&self) -> bool {
        self.accounts == [0; ACCOUNTS]
    }

    /// Whether the frame comes from the endpoint that sends in its direction.
    pub(crate) fn matches_direction(&self, trace: &FrameTrace) -> bool {
        trace.direction == Direction::Unknown
            || self.is_lower.is_none_or(|lower| {
                (trace.from_lower == lower) == (trace.direction == Direction::ToServer)
            })
    }

    pub(crate) fn has_version(&self, trace: &FrameTrace) -> bool {
        trace.is_unversioned() || self.version.is_none_or(|version| version == trace.version)
    }
}
