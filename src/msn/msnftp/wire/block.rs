//! Blocks of a file: type, length and data.
//!
//! ```text
//! 0  1  0 data, 1 end or cancel
//! 1  2  length of the data, little-endian; at most 2045
//! 3  n  data
//! ```
//!
//! Source: docs/protocol/msnp.md §5.11; the last data block may be empty (§11, item 21).

use crate::error::{Decoded, Fault, Missing};
use crate::input::Input;
use crate::msn::msnftp::wire::codes::{DATA, END};
use crate::span::{Span, Spanned};

/// Length of the header, in bytes.
pub const HEADER_LENGTH: usize = 3;
/// Bytes of data in a full block, as sent by clients.
pub const FULL_DATA_LENGTH: u16 = 2045;

/// Header of a full block: all but the last one are full.
pub const FULL_BLOCK_HEADER: [u8; HEADER_LENGTH] = {
    let [low, high] = FULL_DATA_LENGTH.to_le_bytes();
    [DATA, low, high]
};

/// One block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileBlock {
    /// Header and data.
    pub span: Span,
    /// Type of the block: [`crate::msn::msnftp::wire::codes::BLOCKS`].
    pub block_type: Spanned<u8>,
    /// Length of the data in bytes.
    pub length: Spanned<u16>,
    /// The data.
    pub data: Span,
}

/// Decodes the header of the block at `start`. Its data may be incomplete: see
/// [`FileBlock::missing`].
///
/// Returns `Incomplete` if the header is, `Malformed` if the type is unknown.
pub fn block(data: &[u8], start: usize) -> Decoded<FileBlock> {
    let mut input = Input::from(data, start);
    let whole = Span::new(start, input.left());
    let kind = input.u8();
    if kind.is_some_and(|kind| !matches!(kind.value, DATA | END)) {
        return Err(Fault::Malformed {
            what: "Not a block of a file",
            at: whole,
        });
    }
    let (Some(kind), Some(length)) = (kind, input.le_u16()) else {
        return Err(Fault::Incomplete(Missing::Unknown));
    };
    let content = Span::new(input.at(), length.value.into());
    Ok(FileBlock {
        span: Span::between(start, content.end()),
        block_type: kind,
        length,
        data: content,
    })
}

impl FileBlock {
    /// Number of bytes of the block that are missing from `data`.
    pub fn missing(&self, data: &[u8]) -> usize {
        self.span.end().saturating_sub(data.len())
    }
}

/// Whether all bytes are complete, nonempty data blocks of at most [`FULL_DATA_LENGTH`]
/// bytes, which other bytes hardly ever are by chance.
pub fn are_blocks(data: &[u8]) -> bool {
    let mut at = 0;
    while at < data.len() {
        let usual = |block: &FileBlock| {
            block.block_type.value == DATA && (1..=FULL_DATA_LENGTH).contains(&block.length.value)
        };
        match block(data, at) {
            Ok(block) if usual(&block) && block.missing(data) == 0 => at = block.span.end(),
            _ => return false,
        }
    }
    at > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_and_end() {
        let data = b"\x00\x0b\x00hello world\x01\x00\x00";
        let first = block(data, 0).unwrap();
        assert_eq!(first.block_type, Spanned::new(DATA, Span::new(0, 1)));
        assert_eq!(first.length, Spanned::new(11, Span::new(1, 2)));
        assert_eq!(first.data.of(data), b"hello world");
        let end = block(data, first.span.end()).unwrap();
        assert_eq!((end.block_type.value, end.data.len), (END, 0));
        assert_eq!(end.span.end(), data.len());
    }

    #[test]
    fn complete_data_blocks_are_detected() {
        assert!(are_blocks(b"\0\x02\0hi"));
        assert!(are_blocks(b"\0\x02\0hi\0\x01\0!"));
        for data in [
            &b""[..],
            b"\0\x02\0h",
            b"\0\x02\0hi\0",
            b"\0\0\0",
            b"\x01\0\0",
            b"\0\0\0\x05\xffSMBr",
        ] {
            assert!(!are_blocks(data), "{}", data.escape_ascii());
        }
    }

    #[test]
    fn missing_bytes_are_counted() {
        let data = b"\x00\xfd\x07hello";
        assert_eq!(block(data, 0).unwrap().missing(data), 2040);
        for cut in 0..3 {
            let fault = Fault::Incomplete(Missing::Unknown);
            assert_eq!(block(&data[..cut], 0), Err(fault));
        }
        assert!(matches!(
            block(b"BYE 16777989\r\n", 0),
            Err(Fault::Malformed { .. })
        ));
    }
}
