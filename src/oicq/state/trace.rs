//! What frames of one conversation have in common: one client, one server, their counters.
//!
//! Source: docs/protocol/oicq.md §2.2, §2.3 and §5.1.

use crate::oicq::state::evidence::{print_of, Grade, LOOK};
use crate::oicq::wire::commands::meaning::exchange_of;
use crate::oicq::wire::commands::row::ReplyPattern;
use crate::oicq::wire::commands::table::BUILD_FOR_VERSION;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::era::SERVER_VERSION;
use crate::oicq::wire::frame::{Frame, OicqHeader};
use crate::oicq::wire::prefix::BodyPart;
use crate::packet::Packet;

/// Accounts of one conversation.
const ACCOUNTS: usize = 4;
/// A step between two sequences of one command is no larger.
const NEAR: u16 = 256;

/// One frame, as far as others can agree with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FrameTrace {
    from_lower: bool,
    pub(crate) direction: Direction,
    header: OicqHeader,
    version: u16,
    command: u16,
    sequence: u16,
    pub(crate) account: Option<u32>,
    print: u64,
    /// The first bytes of the ciphertext.
    cipher: Option<[u8; LOOK]>,
    /// A client of this version is known, or the frame proves itself.
    is_known: bool,
}

impl FrameTrace {
    pub(crate) fn of(packet: &Packet<'_>, frame: &Frame, grade: Option<Grade>) -> Self {
        let uin = frame.uin.map(|uin| uin.value).filter(|uin| *uin != 0);
        let cipher = frame.body.find(BodyPart::Ciphertext);
        Self {
            from_lower: packet.from_lower,
            direction: frame.direction,
            header: frame.header,
            version: frame.version.value,
            command: frame.command.value,
            sequence: frame.sequence.value,
            account: uin,
            print: print_of(frame, packet.bytes),
            cipher: cipher.and_then(|span| span.of(packet.bytes).first_chunk().copied()),
            is_known: grade >= Some(Grade::Known),
        }
    }

    /// Whether its version is none of a client's: servers until 2006, and the reply that has
    /// a build there.
    fn is_unversioned(&self) -> bool {
        self.direction == Direction::ToClient
            && (self.version == SERVER_VERSION || self.command == BUILD_FOR_VERSION)
    }

    /// Whether one frame answers the other, by command and sequence.
    pub(crate) fn pairs(&self, other: &Self) -> bool {
        self.direction != other.direction
            && self.from_lower != other.from_lower
            && (self.command, self.sequence) == (other.command, other.sequence)
    }

    /// Whether two frames are of one client and its server, and chance did not make them so.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        let versions = self.version == other.version
            || ((self.is_unversioned() || other.is_unversioned()) && self.pairs(other));
        let accounts = match (self.account, other.account) {
            (Some(one), Some(other)) => one == other,
            _ => self.pairs(other),
        };
        let ends = (self.from_lower == other.from_lower) == (self.direction == other.direction);
        let one_side = self.direction == other.direction;
        // One counter for all commands, or one for each (§5.1).
        let counted_apart = self.header == OicqHeader::Long && self.command != other.command;
        let follows = !one_side || counted_apart || self.is_near(other);
        // A cipher that begins with random bytes never says the same twice.
        versions && accounts && ends && follows && self.print != other.print
    }

    /// Whether `other` confirms a frame that agrees with it. Clients that are known do; what has
    /// the version of no client must be a request and its reply, as devices number what they
    /// send, too, and say who they are.
    pub(crate) fn is_confirmed_by(&self, other: &Self) -> bool {
        self.agrees(other) && (self.is_known || other.is_known || self.pairs(other))
    }

    /// How many bytes of two ciphertexts are the same at the same place. Whole blocks do not
    /// count: ciphers whose filling is no random have the same block for the same text.
    pub(crate) fn alike(&self, other: &Self) -> usize {
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

    /// Whether the sequences are some steps of one counter apart.
    pub(crate) fn is_near(&self, other: &Self) -> bool {
        let step = self.sequence.wrapping_sub(other.sequence);
        (1..=NEAR).contains(&step.min(step.wrapping_neg()))
    }

    /// Whether one side has two commands with one sequence, which classic clients count
    /// together (§5.1).
    pub(crate) fn clashes(&self, other: &Self) -> bool {
        self.header == OicqHeader::Classic
            && self.direction == other.direction
            && self.command != other.command
            && self.sequence == other.sequence
    }

    /// Whether both have the same bytes behind the header.
    fn says_the_same(&self, other: &Self) -> bool {
        self.print != 0 && self.print == other.print
    }

    /// Whether another command has said the same.
    pub(crate) fn echoes(&self, other: &Self) -> bool {
        self.command != other.command && self.says_the_same(other)
    }

    /// Whether the commands of two earlier frames lead to this one as counters do: in the steps
    /// of the sequences, or in even steps while the sequences do as well, or have nothing to do
    /// with each other, or all say the same.
    pub(crate) fn continues(&self, last: &Self, earlier: &Self) -> bool {
        let command = (
            self.command.wrapping_sub(last.command),
            last.command.wrapping_sub(earlier.command),
        );
        let sequence = (
            self.sequence.wrapping_sub(last.sequence),
            last.sequence.wrapping_sub(earlier.sequence),
        );
        let all_the_same = self.says_the_same(last) && self.says_the_same(earlier);
        let astray = !self.is_near(last) && !last.is_near(earlier);
        let is_even =
            command.0 == command.1 && (sequence.0 == sequence.1 || all_the_same || astray);
        command.0 != 0 && command.1 != 0 && (command == sequence || is_even)
    }

    /// Whether servers send it unasked, with sequences of their own.
    pub(crate) fn is_push(&self) -> bool {
        self.direction == Direction::ToClient
            && matches!(
                exchange_of(self.command, self.version),
                Some(ReplyPattern::Push | ReplyPattern::AcknowledgedPush)
            )
    }
}

/// What is known of the client of a conversation.
#[derive(Debug, Default)]
pub(crate) struct ClientTrace {
    /// Whether it sorts first, of the two ends.
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
        if let Some(account) = trace.account.filter(|account| !self.has(*account)) {
            self.accounts.rotate_right(1);
            self.accounts[0] = account;
        }
    }

    pub(crate) fn has(&self, account: u32) -> bool {
        self.accounts.contains(&account)
    }

    pub(crate) fn is_nameless(&self) -> bool {
        self.accounts == [0; ACCOUNTS]
    }

    /// Whether the frame comes from the end that sends in its direction.
    pub(crate) fn is_at_its_end(&self, trace: &FrameTrace) -> bool {
        trace.direction == Direction::Unknown
            || self.is_lower.is_none_or(|lower| {
                (trace.from_lower == lower) == (trace.direction == Direction::ToServer)
            })
    }

    pub(crate) fn has_version(&self, trace: &FrameTrace) -> bool {
        trace.is_unversioned() || self.version.is_none_or(|version| version == trace.version)
    }
}
