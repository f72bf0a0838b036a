//! Where the ciphertext of a frame starts: what stands in clear before it.
//!
//! Source: docs/protocol/oicq.md §2.4. The ciphertext is QQ-TEA and so a multiple of 8
//! bytes, at least 16; that makes the length of a frame a test of its shape.

use crate::input::Input;
use crate::oicq::wire::era::{contains, Versions, ALL};
use crate::span::Span;

/// What a run of bytes between header and trailer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The key that opens the ciphertext: anybody can read such a frame.
    Key,
    /// Tag and length before a token.
    TokenTag,
    /// Length of the token that follows.
    TokenLength,
    /// A token that the server gave earlier.
    Token,
    /// Version of the login body.
    BodyVersion,
    /// Version of the key exchange.
    KeyExchangeVersion,
    /// Length of the public key that follows.
    PublicKeyLength,
    /// A one-time public key.
    PublicKey,
    /// Length of the 16 bytes behind the public key.
    SaltLength,
    /// The 16 bytes behind the public key.
    Salt,
    /// 16 bytes before media.
    MediaId,
    /// Length of the media that follow.
    MediaLength,
    /// Media in clear: 3e, their length, ..., 68.
    Media,
    /// Encrypted body.
    Ciphertext,
    /// A body that is not encrypted.
    Plain,
    /// A body in no known shape.
    Unknown,
}

/// The parts of a body, in order.
#[derive(Debug, Clone, Copy, Default)]
pub struct Parts {
    list: [Option<(Part, Span)>; 8],
    len: usize,
}

impl Parts {
    /// One part that is the whole body.
    pub(crate) fn of(part: Part, span: Span) -> Self {
        let mut parts = Self::default();
        parts.push(part, span);
        parts
    }

    fn push(&mut self, part: Part, span: Span) {
        if let Some(place) = self.list.get_mut(self.len) {
            *place = Some((part, span));
            self.len += 1;
        }
    }

    /// The parts and their bytes, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Part, Span)> + '_ {
        self.list.iter().flatten().copied()
    }

    /// The bytes of the first part of this kind.
    pub fn find(&self, part: Part) -> Option<Span> {
        self.iter().find(|(p, _)| *p == part).map(|(_, span)| span)
    }
}

/// The header that stands before a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Head {
    /// Classic header, client to server.
    ClassicClient,
    /// Classic header, server to client.
    ClassicServer,
    /// Long header with a client block of this type, and the flag of a token behind it.
    Client { block: u8, token: bool },
    /// Long header with zeroes for a block.
    Probe,
    /// Long header, server to client.
    Server,
}

/// What stands in clear before the ciphertext.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Prefix {
    /// The key that opens it.
    Key,
    /// A length and a token.
    Token,
    /// Versions, a one-time public key, a salt.
    Ecdh,
    /// The server's public key, if the body begins as it does.
    ServerKey,
    /// Nothing is encrypted.
    Plain,
    /// Nothing is encrypted: an id, a length and media.
    Media,
    /// As `Media`, behind a length and a token.
    TokenAndMedia,
}

/// The headers under which something stands in clear.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Under {
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

impl Under {
    fn suits(self, head: Head) -> bool {
        match self {
            Self::Classic => matches!(head, Head::ClassicClient | Head::ClassicServer),
            Self::ClassicClient => head == Head::ClassicClient,
            Self::Block2 => matches!(head, Head::Client { block: 2, .. }),
            Self::Block3 => matches!(head, Head::Client { block: 3, .. }),
            Self::Server => head == Head::Server,
        }
    }
}

/// What a command has in clear under one header.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clear {
    under: Under,
    versions: Versions,
    prefix: Prefix,
}

/// For all clients with this header.
pub(crate) const fn clear(under: Under, prefix: Prefix) -> Clear {
    Clear {
        under,
        versions: ALL,
        prefix,
    }
}

impl Clear {
    /// Of these clients only.
    pub(crate) const fn of(self, versions: Versions) -> Self {
        Self { versions, ..self }
    }
}

/// Whether the command of these rows is not encrypted, in both directions.
pub(crate) fn is_plain(rows: &[Clear]) -> bool {
    rows.iter().any(|row| matches!(row.prefix, Prefix::Plain))
}

/// Lengths of what stands before the length of media: of packets, and as it is published.
const MEDIA_IDS: [usize; 2] = [16, 17];
/// The first and the last byte of media.
const MEDIA_ENDS: [u8; 2] = [0x3e, 0x68];
/// `0030 003A 0038`: tag, length and inner length of the token of later logins.
const TOKEN_TAG: [u8; 6] = [0x00, 0x30, 0x00, 0x3a, 0x00, 0x38];
/// `0103 0019`: the server's key of a 0x0836 reply.
const SERVER_KEY: [u8; 4] = [0x01, 0x03, 0x00, 0x19];

/// The parts of the body at `span`, or nothing when its length does not fit the shape that
/// header and command demand. `rows` are those of the command. `data` may end before the span
/// does.
pub(crate) fn parts(
    head: Head,
    version: u16,
    rows: &[Clear],
    data: &[u8],
    span: Span,
) -> Option<Parts> {
    let mut cutter = Cutter {
        input: Input::of(data, span),
        parts: Parts::default(),
    };
    let body = span.of(data);
    let mut rows = rows.iter();
    let row = rows.find(|row| row.under.suits(head) && contains(row.versions, version));
    match (head, row.map(|row| row.prefix)) {
        (_, Some(Prefix::Plain)) => return Some(Parts::of(Part::Plain, span)),
        (_, Some(Prefix::Media)) => return cutter.media(),
        (_, Some(Prefix::TokenAndMedia)) => {
            cutter.cut_counted(Part::TokenLength, Part::Token)?;
            return cutter.media();
        }
        (Head::Client { block: 2 | 3, .. }, _) if body.starts_with(&TOKEN_TAG) => {
            cutter.cut(Part::TokenTag, 4)?;
            cutter.cut_counted(Part::TokenLength, Part::Token)?;
        }
        (Head::Client { token: true, .. }, _) | (_, Some(Prefix::Token)) => {
            cutter.cut_counted(Part::TokenLength, Part::Token)?;
        }
        (_, Some(Prefix::Key)) => cutter.cut(Part::Key, 16)?,
        (_, Some(Prefix::Ecdh)) => {
            cutter.cut(Part::BodyVersion, 2)?;
            cutter.cut(Part::KeyExchangeVersion, 2)?;
            cutter.cut_counted(Part::PublicKeyLength, Part::PublicKey)?;
            cutter.cut(Part::SaltLength, 4)?;
            cutter.cut(Part::Salt, 16)?;
        }
        (_, Some(Prefix::ServerKey)) if body.starts_with(&SERVER_KEY) => {
            cutter.cut(Part::KeyExchangeVersion, 2)?;
            cutter.cut_counted(Part::PublicKeyLength, Part::PublicKey)?;
        }
        (_, Some(Prefix::ServerKey) | None) => {}
    }
    cutter.ciphertext()
}

/// What is left of a body, and the parts that were cut from it.
#[derive(Clone, Copy)]
struct Cutter<'a> {
    input: Input<'a>,
    parts: Parts,
}

impl Cutter<'_> {
    fn cut(&mut self, part: Part, len: usize) -> Option<()> {
        let span = self.input.take(len)?;
        self.parts.push(part, span);
        Some(())
    }

    /// A 2-byte length and as many bytes.
    fn cut_counted(&mut self, length: Part, part: Part) -> Option<()> {
        let len = self.input.be_u16()?;
        self.parts.push(length, len.span);
        self.cut(part, len.value.into())
    }

    /// An id, a length and media of that length. Source: docs/protocol/oicq.md §12.4.
    fn media(self) -> Option<Parts> {
        let mut ids = MEDIA_IDS.iter();
        ids.find_map(|len| self.media_behind(*len))
    }

    /// Media with an id of so many bytes.
    fn media_behind(mut self, id: usize) -> Option<Parts> {
        self.cut(Part::MediaId, id)?;
        self.cut_counted(Part::MediaLength, Part::Media)?;
        let media = self.parts.find(Part::Media)?;
        let bytes = self.input.bytes(media);
        // What the capture has cut off may be right.
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

    fn ciphertext(mut self) -> Option<Parts> {
        let len = self.input.left();
        if len < 16 || len % 8 != 0 {
            return None;
        }
        self.cut(Part::Ciphertext, len)?;
        Some(self.parts)
    }
}
