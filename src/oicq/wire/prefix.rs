//! Cleartext before the ciphertext of a frame.
//!
//! Source: docs/protocol/oicq.md §2.4. A QQ-TEA ciphertext is a multiple of 8 bytes, at
//! least 16, so the length of a frame verifies its layout.

#[cfg(test)]
mod tests;

use crate::input::Input;
use crate::oicq::wire::era::{contains, Versions, ALL};
use crate::span::Span;

/// Type of a byte range between header and trailer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyPart {
    /// Key of the ciphertext, in clear: anybody can decrypt the frame.
    Key,
    /// Tag and length before a token.
    TokenTag,
    /// Length of the token that follows.
    TokenLength,
    /// A token issued by the server earlier.
    Token,
    /// Version of the login body.
    BodyVersion,
    /// Version of the key exchange.
    KeyExchangeVersion,
    /// Length of the public key that follows.
    PublicKeyLength,
    /// A one-time public key.
    PublicKey,
    /// Length of the 16 bytes after the public key.
    SaltLength,
    /// The 16 bytes after the public key.
    Salt,
    /// 16 or 17 bytes before media.
    MediaId,
    /// Length of the media that follow.
    MediaLength,
    /// Media in clear: 3e, their length, ..., 68.
    Media,
    /// Encrypted body.
    Ciphertext,
    /// A body that is not encrypted.
    Plain,
    /// Body of unknown layout.
    Unknown,
}

/// The parts of a body, in order, each where the one before it ends.
#[derive(Debug, Clone, Copy)]
pub struct BodyParts {
    /// Offset of the first part.
    start: usize,
    /// Lengths of the parts. No packet is longer.
    lengths: [u32; MAX_PARTS],
    kinds: [BodyPart; MAX_PARTS],
    count: u8,
}

/// The parts of the longest prefix, a ciphertext among them.
const MAX_PARTS: usize = 8;

impl Default for BodyParts {
    fn default() -> Self {
        Self {
            start: 0,
            lengths: [0; MAX_PARTS],
            kinds: [BodyPart::Unknown; MAX_PARTS],
            count: 0,
        }
    }
}

impl BodyParts {
    /// A single part that covers the whole body.
    pub(crate) fn of(part: BodyPart, span: Span) -> Self {
        let mut parts = Self::default();
        parts.push(part, span);
        parts
    }

    fn push(&mut self, part: BodyPart, span: Span) {
        let at = usize::from(self.count);
        let (Some(length), Some(kind)) = (self.lengths.get_mut(at), self.kinds.get_mut(at)) else {
            return;
        };
        if at == 0 {
            self.start = span.start;
        }
        *length = u32::try_from(span.len).unwrap_or(u32::MAX);
        *kind = part;
        self.count += 1;
    }

    /// The parts and their bytes, in order.
    pub fn iter(&self) -> impl Iterator<Item = (BodyPart, Span)> + '_ {
        let parts = self.kinds.iter().zip(self.lengths);
        let mut at = self.start;
        parts.take(self.count.into()).map(move |(kind, length)| {
            let span = Span::new(at, length as usize);
            at = span.end();
            (*kind, span)
        })
    }

    /// Range of the first part of this type.
    pub fn find(&self, part: BodyPart) -> Option<Span> {
        self.iter().find(|(p, _)| *p == part).map(|(_, span)| span)
    }
}

/// Header of a frame, by its layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FrameHead {
    /// Classic header, client to server.
    ClassicClient,
    /// Classic header, server to client.
    ClassicServer,
    /// Long header with a client block of this type; `token`: a token follows it.
    Client { block: u8, token: bool },
    /// Long header with zeroes in place of the block.
    Probe,
    /// Long header, server to client.
    Server,
}

/// Layout of the cleartext before the ciphertext.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PrefixKind {
    /// The key of the ciphertext.
    Key,
    /// A length and a token.
    Token,
    /// Versions, a one-time public key, a salt.
    Ecdh,
    /// The server's public key, if the body starts with `0103 0019`.
    ServerKey,
    /// Nothing is encrypted.
    Plain,
    /// Nothing is encrypted: an id, a length and media.
    Media,
    /// A length and a token, then as `Media`.
    TokenAndMedia,
}

/// Headers to which a [`BodyPrefix`] applies.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PrefixHeads {
    /// Classic header, both ways.
    Classic,
    /// Classic header, client to server.
    ClassicClient,
    /// Long header with a client block of type 2.
    Block2,
    /// Long header with a client block of type 3.
    Block3,
    /// Long header, server to client.
    Server,
}

impl PrefixHeads {
    fn suits(self, head: FrameHead) -> bool {
        match self {
            Self::Classic => matches!(head, FrameHead::ClassicClient | FrameHead::ClassicServer),
            Self::ClassicClient => head == FrameHead::ClassicClient,
            Self::Block2 => matches!(head, FrameHead::Client { block: 2, .. }),
            Self::Block3 => matches!(head, FrameHead::Client { block: 3, .. }),
            Self::Server => head == FrameHead::Server,
        }
    }
}

/// Cleartext layout of a command under one type of header.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BodyPrefix {
    under: PrefixHeads,
    versions: Versions,
    prefix: PrefixKind,
}

/// A prefix for all client versions.
pub(crate) const fn clear(under: PrefixHeads, prefix: PrefixKind) -> BodyPrefix {
    BodyPrefix {
        under,
        versions: ALL,
        prefix,
    }
}

impl BodyPrefix {
    /// Restricts the prefix to these client versions.
    pub(crate) const fn of(self, versions: Versions) -> Self {
        Self { versions, ..self }
    }
}

/// Whether the command with these rows is sent unencrypted, in both directions.
pub(crate) fn is_plain(rows: &[BodyPrefix]) -> bool {
    rows.iter()
        .any(|row| matches!(row.prefix, PrefixKind::Plain))
}

/// Lengths of the id before the media length: as captured, and as published.
const MEDIA_IDS: [usize; 2] = [16, 17];
/// The first and the last byte of media.
const MEDIA_ENDS: [u8; 2] = [0x3e, 0x68];
/// `0030 003A 0038`: tag, length and inner length of the token of later logins.
const TOKEN_TAG: [u8; 6] = [0x00, 0x30, 0x00, 0x3a, 0x00, 0x38];
/// `0103 0019`: the server's key of a 0x0836 reply.
const SERVER_KEY: [u8; 4] = [0x01, 0x03, 0x00, 0x19];

/// Splits the body at `span` into parts. `rows` are those of the command; `data` may end
/// before the span does. Returns `None` if the length does not match the layout for
/// header and command.
pub(crate) fn parts(
    head: FrameHead,
    version: u16,
    rows: &[BodyPrefix],
    data: &[u8],
    span: Span,
) -> Option<BodyParts> {
    let mut cutter = Cutter {
        input: Input::of(data, span),
        parts: BodyParts::default(),
    };
    let body = span.of(data);
    let mut rows = rows.iter();
    let row = rows.find(|row| row.under.suits(head) && contains(row.versions, version));
    match (head, row.map(|row| row.prefix)) {
        (_, Some(PrefixKind::Plain)) => return Some(BodyParts::of(BodyPart::Plain, span)),
        (_, Some(PrefixKind::Media)) => return cutter.media(),
        (_, Some(PrefixKind::TokenAndMedia)) => {
            cutter.cut_counted(BodyPart::TokenLength, BodyPart::Token)?;
            return cutter.media();
        }
        (FrameHead::Client { block: 2 | 3, .. }, _) if body.starts_with(&TOKEN_TAG) => {
            cutter.cut(BodyPart::TokenTag, 4)?;
            cutter.cut_counted(BodyPart::TokenLength, BodyPart::Token)?;
        }
        (FrameHead::Client { token: true, .. }, _) | (_, Some(PrefixKind::Token)) => {
            cutter.cut_counted(BodyPart::TokenLength, BodyPart::Token)?;
        }
        (_, Some(PrefixKind::Key)) => cutter.cut(BodyPart::Key, 16)?,
        (_, Some(PrefixKind::Ecdh)) => {
            cutter.cut(BodyPart::BodyVersion, 2)?;
            cutter.cut(BodyPart::KeyExchangeVersion, 2)?;
            cutter.cut_counted(BodyPart::PublicKeyLength, BodyPart::PublicKey)?;
            cutter.cut(BodyPart::SaltLength, 4)?;
            cutter.cut(BodyPart::Salt, 16)?;
        }
        (_, Some(PrefixKind::ServerKey)) if body.starts_with(&SERVER_KEY) => {
            cutter.cut(BodyPart::KeyExchangeVersion, 2)?;
            cutter.cut_counted(BodyPart::PublicKeyLength, BodyPart::PublicKey)?;
        }
        (_, Some(PrefixKind::ServerKey) | None) => {}
    }
    cutter.ciphertext()
}

/// Remainder of a body, and the parts read from it.
#[derive(Clone, Copy)]
struct Cutter<'a> {
    input: Input<'a>,
    parts: BodyParts,
}

impl Cutter<'_> {
    fn cut(&mut self, part: BodyPart, len: usize) -> Option<()> {
        let span = self.input.take(len)?;
        self.parts.push(part, span);
        Some(())
    }

    /// Reads a 2-byte length and that many bytes.
    fn cut_counted(&mut self, length: BodyPart, part: BodyPart) -> Option<()> {
        let len = self.input.be_u16()?;
        self.parts.push(length, len.span);
        self.cut(part, len.value.into())
    }

    /// Reads an id, a length and media of that length. Source:
    /// docs/protocol/oicq.md §12.4.
    fn media(self) -> Option<BodyParts> {
        let mut ids = MEDIA_IDS.iter();
        ids.find_map(|len| self.media_after(*len))
    }

    /// Reads media after an id of `id` bytes.
    fn media_after(mut self, id: usize) -> Option<BodyParts> {
        self.cut(BodyPart::MediaId, id)?;
        self.cut_counted(BodyPart::MediaLength, BodyPart::Media)?;
        let media = self.parts.find(BodyPart::Media)?;
        let bytes = self.input.bytes(media);
        // Bytes that were not captured count as matching.
        let is = |offset: usize, byte: u8| bytes.get(offset).is_none_or(|found| *found == byte);
        let [high, low] = u16::try_from(media.len).ok()?.to_be_bytes();
        let fits = self.input.left() == 0
            && media.len > 3
            && is(0, MEDIA_ENDS[0])
            && is(1, high)
            && is(2, low)
            && is(media.len - 1, MEDIA_ENDS[1]);
        fits.then_some(self.parts)
    }

    fn ciphertext(mut self) -> Option<BodyParts> {
        let len = self.input.left();
        if len < 16 || len % 8 != 0 {
            return None;
        }
        self.cut(BodyPart::Ciphertext, len)?;
        Some(self.parts)
    }
}
