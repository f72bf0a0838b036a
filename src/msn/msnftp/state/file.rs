//! The file transferred over a connection.
//!
//! Source: docs/protocol/msnp.md §5.11.

use crate::packet::PduKey;
use crate::pieces::{Budget, Completeness, Pieces, MAX_OBJECT};

/// Which part of a block a segment has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BlockPart {
    /// Its beginning.
    pub(crate) begins: bool,
    /// Its end.
    pub(crate) ends: bool,
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
    /// Its last block is not received up to its end.
    is_within_block: bool,
    /// The bytes up to the first gap, or as far as they are kept.
    pub(crate) pieces: Pieces,
}

impl File {
    /// Whether the file is too long to be reassembled.
    pub(crate) fn is_too_long(&self) -> bool {
        self.announced.is_some_and(|size| size > MAX_OBJECT) || self.received > MAX_OBJECT
    }

    /// Whether the announced number of bytes was received, in whole blocks.
    pub(crate) fn is_complete(&self) -> bool {
        self.announced == Some(self.received) && !self.has_holes && !self.is_within_block
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

    /// Adds data of a block to the file. To be called in the first pass only.
    pub(crate) fn add(&mut self, pdu: PduKey, data: &[u8], part: BlockPart, budget: &Budget) {
        let before = self.offset;
        self.begun.get_or_insert(pdu);
        self.first.get_or_insert(pdu.frame);
        self.offset = self.offset.saturating_add(data.len() as u64);
        if self.ended.is_some() {
            return;
        }
        self.received = self.offset;
        self.blocks = self.blocks.saturating_add(u32::from(part.begins));
        self.is_within_block = !part.ends;
        self.last = Some(pdu.frame);
        if !self.has_holes {
            self.pieces.add(before, data, budget);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: BlockPart = BlockPart {
        begins: true,
        ends: true,
    };

    const PDU: PduKey = PduKey { frame: 1, index: 0 };

    fn file(announced: u64, blocks: &[&[u8]]) -> File {
        let mut file = File::default();
        file.announce(PDU, announced);
        for data in blocks {
            file.add(PDU, data, WHOLE, &Budget::default());
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
            WHOLE,
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
    fn a_file_of_just_the_limit_is_not_too_long() {
        for (size, expected) in [(MAX_OBJECT, false), (MAX_OBJECT + 1, true)] {
            assert_eq!(file(size, &[]).is_too_long(), expected);
            let file = File {
                received: size,
                ..File::default()
            };
            assert_eq!(file.is_too_long(), expected);
        }
    }

    #[test]
    fn bytes_after_a_gap_are_not_kept() {
        let mut file = file(6, &[b"ab"]);
        file.lose();
        file.add(PDU, b"ef", WHOLE, &Budget::default());
        assert_eq!(file.pieces.bytes().as_slice(), b"ab");
        assert_eq!(file.state(), Completeness::Incomplete);
    }

    #[test]
    fn a_file_ends_with_a_block() {
        let mut file = file(3, &[]);
        let first = BlockPart {
            begins: true,
            ends: false,
        };
        file.add(PDU, b"abc", first, &Budget::default());
        assert_eq!(file.state(), Completeness::Incomplete);
        let last = BlockPart {
            begins: false,
            ends: true,
        };
        file.add(PDU, b"", last, &Budget::default());
        assert_eq!(file.state(), Completeness::Whole);
        assert_eq!(file.blocks, 1);
    }
}
