//! One frame of the basic family: 02, header, body, 03.
//!
//! ```text
//! classic, to server   02 version2 command2 sequence2 uin4 body 03
//! classic, to client   02 version2 command2 sequence2 body 03
//! long, to server      02 version2 command2 sequence2 uin4 block11..19 body 03
//! long, to client      02 version2 command2 sequence2 uin4 flags3 body 03
//! ```
//!
//! All numbers are big-endian. Source: docs/protocol/oicq.md §2.2 (classic header),
//! §2.3 (long header), §2.5 (TCP: a 2-byte length, which counts itself, comes first).

#[cfg(test)]
pub(crate) mod tests;

use crate::error::{Decoded, Fault, Missing};
use crate::input::Input;
use crate::oicq::wire::basic::{FLAG, TRAILER};
use crate::oicq::wire::client_block::{block, ClientBlock};
use crate::oicq::wire::commands::meaning::nearest;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::era::{FIRST_LONG, SERVER_VERSION};
use crate::oicq::wire::prefix::{is_plain, parts, BodyPart, BodyParts, BodyPrefix, FrameHead};
use crate::span::{Span, Spanned};

/// Command of a probe, which does not have its usual meaning there.
const PROBE: u16 = 0x0001;
/// Versions of the game QQ Speed, which borrows the header (§2.3, end).
pub const QQ_SPEED_VERSIONS: [u16; 2] = [0x5005, 0x07da];

/// Length of the header fields of every frame: flag, version, command, sequence.
const COMMON_HEADER: usize = 7;

/// Header layout of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OicqHeader {
    /// Until QQ2009 SP4.
    Classic,
    /// From QQ2009 SP5 on.
    Long,
    /// Of the game QQ Speed, whose body has a layout of its own.
    QqSpeed,
}

/// One frame. Spans refer to the frame as sent: in a truncated packet they can extend
/// past the captured bytes.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// The whole frame, without the length before it on TCP.
    pub span: Span,
    /// Header layout.
    pub header: OicqHeader,
    /// Direction.
    pub direction: Direction,
    /// The client's version; 0x0100 from old servers.
    pub version: Spanned<u16>,
    /// The command.
    pub command: Spanned<u16>,
    /// The sequence number.
    pub sequence: Spanned<u16>,
    /// The QQ number, where the header has one.
    pub uin: Option<Spanned<u32>>,
    /// The client block of a long header.
    pub block: Option<ClientBlock>,
    /// The three flags of a long header from the server.
    pub server_flags: Option<Span>,
    /// Eight zeroes in place of the client block in a probe.
    pub probe: Option<Span>,
    /// Parts between header and trailer.
    pub body: BodyParts,
    /// Whether the length matches the layout for header and command.
    pub fits: bool,
    /// The last byte, if it is 03 or was not captured.
    pub trailer: Option<Span>,
}

impl Frame {
    /// Whether this is a probe of a server (§2.3).
    pub(crate) fn is_probe(&self) -> bool {
        self.probe.is_some() && self.command.value == PROBE
    }

    /// Offset after the last byte.
    pub fn end(&self) -> usize {
        self.span.end()
    }
}

/// Decodes the frame at `span` of the packet; `data` may end earlier.
///
/// `hint`, the direction by the ports, is used only where the bytes do not determine it.
///
/// Returns [`Fault::Incomplete`] if the header was not captured in full, and
/// [`Fault::Malformed`] if the bytes are not a frame of the basic family.
pub fn frame(data: &[u8], span: Span, hint: Direction) -> Decoded<Frame> {
    let input = Input::of(data, span);
    let Some([version, command, sequence]) = common(input) else {
        let captured = input.unread().len();
        return Err(if captured < span.len.min(COMMON_HEADER) {
            Fault::Incomplete(Missing::Bytes(COMMON_HEADER - captured))
        } else {
            Fault::Malformed {
                what: "Not a frame of QQ",
                at: span,
            }
        });
    };
    let header = if QQ_SPEED_VERSIONS.contains(&version.value) {
        OicqHeader::QqSpeed
    } else if version.value < FIRST_LONG {
        OicqHeader::Classic
    } else {
        OicqHeader::Long
    };
    let trailer = Span::new(span.end().saturating_sub(1), 1);
    let has_trailer = span.len > COMMON_HEADER && matches!(trailer.of(data), [] | [TRAILER]);
    let mut frame = Frame {
        span,
        header,
        direction: hint,
        version,
        command,
        sequence,
        uin: None,
        block: None,
        server_flags: None,
        probe: None,
        body: BodyParts::default(),
        fits: false,
        trailer: has_trailer.then_some(trailer),
    };
    match header {
        OicqHeader::Classic => frame.read_classic(data),
        OicqHeader::Long => frame.read_long(data),
        OicqHeader::QqSpeed => frame.read_qq_speed(data),
    }
    Ok(frame)
}

/// Decodes flag, version, command and sequence. Returns `None` for another flag.
fn common(mut input: Input<'_>) -> Option<[Spanned<u16>; 3]> {
    let [version, command] = version_and_command(&mut input)?;
    Some([version, command, input.be_u16()?])
}

/// Decodes flag, version and command. Returns `None` for another flag.
pub(crate) fn version_and_command(input: &mut Input<'_>) -> Option<[Spanned<u16>; 2]> {
    if input.u8()?.value != FLAG {
        return None;
    }
    Some([input.be_u16()?, input.be_u16()?])
}

impl Frame {
    fn at(&self, offset: usize) -> usize {
        self.span.start + offset
    }

    /// The body from `offset` in the frame up to the trailer.
    fn body_span(&self, offset: usize) -> Span {
        let end = self.end() - usize::from(self.trailer.is_some());
        Span::between(self.at(offset).min(end), end)
    }

    fn read_uin(&mut self, data: &[u8]) {
        self.uin = Input::of(data, self.body_span(COMMON_HEADER)).be_u32();
    }

    /// A body of unknown layout, after the QQ number if the frame has one and is long enough.
    fn unknown_body(&self) -> BodyParts {
        let has_uin = self.header == OicqHeader::Long || self.direction == Direction::ToServer;
        let offset = match self.body_span(COMMON_HEADER).len {
            4.. if has_uin => 11,
            _ => COMMON_HEADER,
        };
        BodyParts::of(BodyPart::Unknown, self.body_span(offset))
    }

    /// Cleartext of the command before its ciphertext.
    fn clear(&self) -> &'static [BodyPrefix] {
        nearest(self.command.value, self.version.value).map_or(&[], |row| row.clear)
    }

    /// Splits the body from `offset` on by the layout for `head`, with the command's
    /// cleartext. Returns whether the length matches.
    fn try_body(
        &mut self,
        head: FrameHead,
        offset: usize,
        clear: &[BodyPrefix],
        data: &[u8],
    ) -> bool {
        let span = self.body_span(offset);
        let found = parts(head, self.version.value, clear, data, span);
        self.fits = found.is_some();
        self.body = found.unwrap_or_else(|| BodyParts::of(BodyPart::Unknown, span));
        self.fits
    }

    /// §2.2: only clients send the QQ number; the length modulo 8 determines the
    /// direction.
    fn read_classic(&mut self, data: &[u8]) {
        let clear = self.clear();
        let client = |frame: &mut Self| {
            frame.direction = Direction::ToServer;
            frame.try_body(FrameHead::ClassicClient, 11, clear, data)
        };
        let server = |frame: &mut Self| {
            frame.direction = Direction::ToClient;
            frame.try_body(FrameHead::ClassicServer, COMMON_HEADER, clear, data)
        };
        let hint = self.direction;
        let known = match self.version.value {
            SERVER_VERSION => server(self),
            // The request has two bytes after its header, 00 and the trailer.
            _ if is_plain(clear) => {
                if self.span.len == 13 {
                    client(self)
                } else {
                    server(self)
                }
            }
            _ if hint == Direction::ToClient => server(self) || client(self),
            _ => client(self) || server(self),
        };
        if !known && self.version.value != SERVER_VERSION {
            self.direction = hint;
            self.body = self.unknown_body();
        }
        if self.direction == Direction::ToServer {
            self.read_uin(data);
        }
    }

    /// §2.3: block type, zeroes and the length modulo 8 determine the direction.
    fn read_long(&mut self, data: &[u8]) {
        self.read_uin(data);
        let clear = self.clear();
        let hint = self.direction;
        let head = Input::of(data, self.body_span(11));
        if let Some(block) = block(head) {
            let body_offset = block.span.end() - self.span.start;
            let kind = FrameHead::Client {
                block: block.kind.value,
                token: block.flag.value == 1,
            };
            self.direction = Direction::ToServer;
            self.block = Some(block);
            self.try_body(kind, body_offset, clear, data);
            return;
        }
        let head = head.unread();
        if head.starts_with(&[0; 8]) {
            self.direction = Direction::ToServer;
            if self.try_body(FrameHead::Probe, 19, clear, data) {
                self.probe = Some(Span::new(self.at(11), 8));
                return;
            }
        }
        self.direction = Direction::ToClient;
        if head.first() == Some(&0) && self.try_body(FrameHead::Server, 14, clear, data) {
            self.server_flags = Some(Span::new(self.at(11), 3));
            return;
        }
        self.direction = hint;
        self.fits = false;
        self.body = self.unknown_body();
    }

    /// Frames of the game's client have a QQ number, those of its server do not (§2.3,
    /// end).
    fn read_qq_speed(&mut self, data: &[u8]) {
        self.fits = true;
        if self.direction == Direction::ToServer {
            self.read_uin(data);
        }
        self.body = self.unknown_body();
    }
}
