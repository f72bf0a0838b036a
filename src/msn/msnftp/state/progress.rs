//! The state of a transfer at the beginning of a call, in 12 bytes.

/// A block that continues in the next segment of its direction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct OpenBlock {
    /// Number of its bytes that are still to come; 0 if there is no such block.
    pub(crate) left: u16,
    /// The frame in which it begins.
    pub(crate) start: u32,
    /// It ends the file: its data is not part of it.
    pub(crate) is_end: bool,
}

/// The state of a transfer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct FtpProgress {
    /// This direction sends blocks, not lines.
    pub(crate) blocks: bool,
    /// Bytes of the file received so far.
    pub(crate) received: u64,
    /// The data are encrypted.
    pub(crate) encrypted: bool,
    /// The capture lacks bytes of the file; their number is unknown.
    pub(crate) has_holes: bool,
    /// The block that this direction continues.
    pub(crate) open: OpenBlock,
}

const BLOCKS: u8 = 1;
const ENCRYPTED: u8 = 1 << 1;
const HAS_HOLES: u8 = 1 << 2;
const IS_END: u8 = 1 << 3;
/// Maximum number of received bytes that is kept, in 5 bytes: more are not counted.
const MAX_RECEIVED: u64 = (1 << 40) - 1;

/// A state as it is kept: there is one for each segment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct PackedProgress {
    received: [u8; 5],
    flags: u8,
    left: u16,
    start: u32,
}

impl PackedProgress {
    pub(crate) fn of(progress: &FtpProgress) -> Self {
        let received = progress.received.min(MAX_RECEIVED).to_le_bytes();
        let [a, b, c, d, e, ..] = received;
        let flags = [
            (progress.blocks, BLOCKS),
            (progress.encrypted, ENCRYPTED),
            (progress.has_holes, HAS_HOLES),
            (progress.open.is_end, IS_END),
        ];
        let flags = flags.into_iter().filter(|(is_set, _)| *is_set);
        Self {
            received: [a, b, c, d, e],
            flags: flags.map(|(_, flag)| flag).sum(),
            left: progress.open.left,
            start: progress.open.start,
        }
    }

    pub(crate) fn progress(self) -> FtpProgress {
        let has = |flag: u8| self.flags & flag != 0;
        let [a, b, c, d, e] = self.received;
        FtpProgress {
            blocks: has(BLOCKS),
            received: u64::from_le_bytes([a, b, c, d, e, 0, 0, 0]),
            encrypted: has(ENCRYPTED),
            has_holes: has(HAS_HOLES),
            open: OpenBlock {
                left: self.left,
                start: self.start,
                is_end: has(IS_END),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_state_is_the_same_again() {
        let all = FtpProgress {
            blocks: true,
            received: MAX_RECEIVED,
            encrypted: true,
            has_holes: true,
            open: OpenBlock {
                left: u16::MAX,
                start: u32::MAX,
                is_end: true,
            },
        };
        let none = FtpProgress::default();
        let some = FtpProgress {
            received: 5 << 32 | 7,
            has_holes: true,
            open: OpenBlock {
                left: 588,
                start: 17,
                is_end: false,
            },
            ..none
        };
        for progress in [all, none, some] {
            assert_eq!(PackedProgress::of(&progress).progress(), progress);
        }
        assert_eq!(PackedProgress::of(&none), PackedProgress::default());
        let more = FtpProgress {
            received: MAX_RECEIVED + 1,
            ..all
        };
        assert_eq!(PackedProgress::of(&more).progress(), all);
    }

    #[test]
    fn a_segment_takes_few_bytes() {
        assert_eq!(size_of::<(crate::packet::PduKey, PackedProgress)>(), 20);
    }
}
