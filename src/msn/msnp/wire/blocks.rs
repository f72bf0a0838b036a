//! The payloads of MSNP21 (SDG, NFY, PUT, DEL): blocks of header lines, then a body.
//!
//! ```text
//! Routing: 1.0          To, From, Options, Service-Channel
//!
//! Reliability: 1.0      Stream, Segment, Flags
//!
//! Messaging: 2.0        or Notification or Publication, with Content-Length of the body
//!
//! body
//! ```
//!
//! Source: docs/protocol/msnp.md §5.13.

use memchr::{memchr, memmem};

use crate::error::{Decoded, Fault};
use crate::msn::common::mime::{headers, Headers};
use crate::msn::common::number::decimal;
use crate::span::{Span, Spanned};

/// Type of a block, named by its first line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// Sender and recipient.
    Routing,
    /// Place in a stream of datagrams.
    Reliability,
    /// A message.
    Messaging,
    /// A publication of which others are notified.
    Notification,
    /// A publication.
    Publication,
}

impl BlockKind {
    /// The word at the beginning of the block.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Routing => "Routing",
            Self::Reliability => "Reliability",
            Self::Messaging => "Messaging",
            Self::Notification => "Notification",
            Self::Publication => "Publication",
        }
    }

    /// Whether the body follows this block.
    pub const fn is_last(self) -> bool {
        matches!(
            self,
            Self::Messaging | Self::Notification | Self::Publication
        )
    }

    fn of(name: &[u8]) -> Option<Self> {
        let kinds = [
            Self::Routing,
            Self::Reliability,
            Self::Messaging,
            Self::Notification,
            Self::Publication,
        ];
        let named = |kind: &Self| name.eq_ignore_ascii_case(kind.name().as_bytes());
        kinds.into_iter().find(named)
    }
}

/// One block, whose first line has the type and the version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageBlock {
    /// Its type.
    pub kind: BlockKind,
    /// All its lines, including the first.
    pub headers: Headers,
}

/// A whole payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The blocks, in order.
    pub blocks: Vec<MessageBlock>,
    /// The `Content-Length` of the last block.
    pub length: Option<Spanned<u32>>,
    /// The available part of the body: at most `length` bytes, or all that follow.
    pub body: Span,
    /// Bytes after the body.
    pub surplus: Span,
}

impl Envelope {
    /// Number of missing bytes of the body.
    pub fn missing(&self) -> usize {
        let length = self.length.map_or(0, |length| length.value as usize);
        length.saturating_sub(self.body.len)
    }

    /// The block of this type.
    pub fn block(&self, kind: BlockKind) -> Option<&MessageBlock> {
        self.blocks.iter().find(|block| block.kind == kind)
    }
}

/// Decodes a payload.
///
/// # Errors
///
/// `Malformed` if it does not begin with one of the blocks.
pub fn decode(data: &[u8]) -> Decoded<Envelope> {
    let mut blocks: Vec<MessageBlock> = Vec::new();
    let mut at = 0;
    // No type is repeated, which bounds the number of blocks.
    while let Some(block) = block(data, at) {
        if blocks.iter().any(|b| b.kind == block.kind) {
            break;
        }
        at = after_empty_lines(data, block.headers.span.end(), block.kind);
        let is_end = block.kind.is_last() || block.headers.fault.is_some();
        blocks.push(block);
        if is_end {
            break;
        }
    }
    let Some(last) = blocks.last() else {
        return Err(Fault::Malformed {
            what: "The payload begins with no block of headers",
            at: Span::new(0, data.len()),
        });
    };
    let length = last.headers.find(data, "Content-Length");
    let length = length.and_then(|h| Some(Spanned::new(decimal(h.value.of(data))?, h.value)));
    let rest = data.len().saturating_sub(at);
    let len = length.map_or(rest, |length| rest.min(length.value as usize));
    Ok(Envelope {
        blocks,
        length,
        body: Span::new(at, len),
        surplus: Span::between(at + len, data.len()),
    })
}

/// Offset of the next block if only empty lines precede it, else `at`: empty lines after
/// the last block belong to the body.
fn after_empty_lines(data: &[u8], at: usize, kind: BlockKind) -> usize {
    let rest = data.get(at..).unwrap_or_default();
    let empty = rest.iter().take_while(|b| matches!(b, b'\r' | b'\n'));
    let next = at + empty.count();
    if !kind.is_last() && block(data, next).is_some() {
        next
    } else {
        at
    }
}

fn block(data: &[u8], at: usize) -> Option<MessageBlock> {
    let headers = headers(data, at);
    let first = headers.lines.first()?;
    let kind = BlockKind::of(first.name.of(data))?;
    Some(MessageBlock { kind, headers })
}

/// The span of the user in a publication's `Uri`:
/// `/circle/roster(IM)/user(1:alice@example.com)`.
pub fn user_in_uri(data: &[u8], uri: Span) -> Option<Span> {
    const OPEN: &[u8] = b"/user(";
    let text = uri.of(data);
    let start = memmem::find(text, OPEN)? + OPEN.len();
    let len = memchr(b')', text.get(start..)?)?;
    Some(Span::new(uri.start + start, len))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::common::mime::MAX_LINES;

    const MESSAGE: &[u8] = b"Routing: 1.0\r\n\
        To: 13:1065663773;via=14:fb\r\n\
        From: 1:alice@example.com;epid={03c49942-1aea-4cda-8d9a-2c0a403b6782}\r\n\r\n\
        Reliability: 1.0\r\n\r\n\
        Messaging: 2.0\r\nMessage-Type: Text\r\nContent-Length: 5\r\n\r\nhello";

    #[test]
    fn blocks_end_with_empty_lines_and_the_body_follows() {
        let envelope = decode(MESSAGE).unwrap();
        let kinds: Vec<_> = envelope.blocks.iter().map(|b| b.kind).collect();
        assert_eq!(
            kinds,
            [
                BlockKind::Routing,
                BlockKind::Reliability,
                BlockKind::Messaging
            ]
        );
        assert_eq!(envelope.body.of(MESSAGE), b"hello");
        assert_eq!((envelope.missing(), envelope.surplus.len), (0, 0));
        let routing = envelope.block(BlockKind::Routing).unwrap();
        assert_eq!(
            routing.headers.value(MESSAGE, "to"),
            Some(&b"13:1065663773;via=14:fb"[..])
        );
        let short = decode(&MESSAGE[..MESSAGE.len() - 2]).unwrap();
        assert_eq!((short.body.len, short.missing()), (3, 2));
    }

    /// The reply to PUT has no third block.
    #[test]
    fn blocks_can_be_missing() {
        let data = b"Routing: 1.0\r\nTo: 1:a@b\r\n\r\nReliability: 1.0\r\n\r\n";
        let envelope = decode(data).unwrap();
        assert_eq!((envelope.blocks.len(), envelope.body.len), (2, 0));
        assert!(decode(b"").is_err());
        assert!(decode(b"MIME-Version: 1.0\r\n\r\n").is_err());
        let twice = b"Routing: 1.0\r\n\r\nRouting: 1.0\r\n\r\n";
        assert_eq!(decode(twice).unwrap().blocks.len(), 1);
    }

    /// The body and the rest of a block that is no header may look like a block.
    #[test]
    fn no_block_follows_the_last_or_a_broken_one() {
        let last = b"Messaging: 2.0\r\nContent-Length: 14\r\n\r\nRouting: 1.0\r\n";
        let envelope = decode(last).unwrap();
        assert_eq!(envelope.blocks.len(), 1);
        assert_eq!(envelope.body.of(last), b"Routing: 1.0\r\n");
        let broken = [
            b"Routing: 1.0\r\n".as_slice(),
            &b"To: x\r\n".repeat(MAX_LINES),
            b"Messaging: 2.0\r\n\r\n",
        ];
        let envelope = decode(&broken.concat()).unwrap();
        assert_eq!(envelope.blocks.len(), 1);
        assert_eq!(envelope.blocks[0].headers.lines.len(), MAX_LINES);
    }

    #[test]
    fn empty_lines_between_blocks_are_skipped() {
        let text = core::str::from_utf8(MESSAGE).unwrap();
        let loose = text.replace("Reliability", "\r\n\r\nReliability");
        let loose = loose.replace("\r\n\r\nhello", "\r\n\r\n\r\nhe");
        let envelope = decode(loose.as_bytes()).unwrap();
        assert_eq!(envelope.blocks.len(), 3);
        let body = envelope.body.of(loose.as_bytes());
        assert_eq!(body, b"\r\nhe");
    }

    #[test]
    fn the_uri_can_name_a_user() {
        let uri = b"/circle/roster(IM)/user(1:alice@example.com)";
        let user = user_in_uri(uri, Span::new(0, uri.len())).unwrap();
        assert_eq!(user.of(uri), b"1:alice@example.com");
        assert_eq!(user_in_uri(b"/user", Span::new(0, 5)), None);
    }
}
