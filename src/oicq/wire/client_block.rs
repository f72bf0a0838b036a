//! The client block of a long header.
//!
//! ```text
//!  0  1  type: 2, 3 or 4
//!  1  1  1 when a token follows
//!  2  1  retransmission count, 0 in the first transmission
//!  3  4  client type
//!  7  4  build
//! 11  n  padding: nothing, 4 or 8 bytes, by type
//! ```
//!
//! Source: docs/protocol/oicq.md §2.3.

use crate::input::Input;
use crate::span::{Span, Spanned};

/// The client block of a long header: 11 bytes, and 4 or 8 of padding by type.
#[derive(Debug, Clone, Copy)]
pub struct ClientBlock {
    /// The whole block.
    pub span: Span,
    /// Type 2, 3 or 4, which determines the length of the block.
    pub kind: Spanned<u8>,
    /// 1 when a token follows.
    pub flag: Spanned<u8>,
    /// Retransmission count, 0 in the first transmission.
    pub repeat: Spanned<u8>,
    /// Client type: QQ or TIM.
    pub client_type: Spanned<u32>,
    /// The build, called "public number".
    pub build: Spanned<u32>,
    /// Padding of types 3 and 4.
    pub padding: Option<Span>,
}

/// Decodes the client block at the start of `input`, which may end in the padding. Returns
/// `None` if it is not a client block.
pub(crate) fn block(mut input: Input<'_>) -> Option<ClientBlock> {
    let start = input.at();
    let kind = input.u8()?;
    let flag = input.u8()?;
    let repeat = input.u8()?;
    let client_type = input.be_u32()?;
    let build = input.be_u32()?;
    let padding = match kind.value {
        2 => 0,
        3 => 4,
        4 => 8,
        _ => return None,
    };
    // 00 01 01 01 is QQ, 00 01 2e 01 is TIM.
    if !matches!(client_type.value.to_be_bytes(), [0, 1, _, 1]) || flag.value > 1 {
        return None;
    }
    let padding = input.take(padding.min(input.left()))?;
    Some(ClientBlock {
        span: Span::between(start, padding.end()),
        kind,
        flag,
        repeat,
        client_type,
        build,
        padding: (padding.len > 0).then_some(padding),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_has_a_type_a_flag_and_a_client() {
        let bytes = |kind, flag, client: [u8; 4]| {
            [&[kind, flag, 0][..], &client, &[0, 0, 0x66, 0xa7], &[0; 8]].concat()
        };
        let (qq, tim) = ([0, 1, 1, 1], [0, 1, 0x2e, 1]);
        for (kind, flag, client, len) in [
            (2, 0, qq, Some(11)),
            (2, 1, qq, Some(11)),
            (3, 0, tim, Some(15)),
            (4, 0, qq, Some(19)),
            (1, 0, qq, None),
            (5, 0, qq, None),
            (2, 2, qq, None),
            (2, 0, [0, 1, 1, 2], None),
            (2, 0, [1, 1, 1, 1], None),
            (2, 0, [0, 2, 1, 1], None),
        ] {
            let bytes = bytes(kind, flag, client);
            let found = block(Input::whole(&bytes));
            let found_len = found.map(|block| block.span.len);
            assert_eq!(found_len, len, "{kind} {flag} {client:?}");
        }
    }
}
