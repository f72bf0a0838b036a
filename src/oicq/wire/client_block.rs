//! The block by which clients describe themselves in a long header.
//!
//! ```text
//!  0  1  type: 2, 3 or 4
//!  1  1  1 when a token follows
//!  2  1  how often this frame was sent before
//!  3  4  client type
//!  7  4  build
//! 11  n  padding: nothing, 4 or 8 bytes, by type
//! ```
//!
//! Source: docs/protocol/oicq.md §2.3.

use nom::number::complete::{be_u32, u8 as byte};
use nom::{IResult, Parser};

use crate::span::{Span, Spanned};

/// The client block of a long header: 11 bytes, and 4 or 8 of padding by type.
#[derive(Debug, Clone, Copy)]
pub struct Block {
    /// All of it.
    pub span: Span,
    /// 2, 3 or 4: how long the block is and where the body starts.
    pub kind: Spanned<u8>,
    /// 1 when a token follows.
    pub flag: Spanned<u8>,
    /// How often the client has sent this frame before.
    pub repeat: Spanned<u8>,
    /// QQ or TIM.
    pub client_type: Spanned<u32>,
    /// The build, called "public number".
    pub build: Spanned<u32>,
    /// Padding of types 3 and 4.
    pub padding: Option<Span>,
}

/// The client block at the start of `head`, which stands at offset `at` of the packet.
pub(crate) fn block(head: &[u8], at: usize) -> Option<Block> {
    let parsed: IResult<&[u8], (u8, u8, u8, u32, u32)> =
        (byte, byte, byte, be_u32, be_u32).parse(head);
    let (_, (kind, flag, repeat, client_type, build)) = parsed.ok()?;
    let padding = match kind {
        2 => 0,
        3 => 4,
        4 => 8,
        _ => return None,
    };
    // 00 01 01 01 is QQ, 00 01 2e 01 is TIM.
    if !matches!(client_type.to_be_bytes(), [0, 1, _, 1]) || flag > 1 {
        return None;
    }
    let spot = |offset, len| Span::new(at + offset, len);
    Some(Block {
        span: spot(0, 11 + padding),
        kind: Spanned::new(kind, spot(0, 1)),
        flag: Spanned::new(flag, spot(1, 1)),
        repeat: Spanned::new(repeat, spot(2, 1)),
        client_type: Spanned::new(client_type, spot(3, 4)),
        build: Spanned::new(build, spot(7, 4)),
        padding: (padding > 0).then(|| spot(11, padding)),
    })
}
