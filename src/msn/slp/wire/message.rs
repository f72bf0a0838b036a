//! Messages: a start line, headers, an empty line, a body of `Key: value` lines, a NUL.
//!
//! ```text
//! INVITE MSNMSGR:bob@example.net MSNSLP/1.0      or      MSNSLP/1.0 200 OK
//! To: <msnmsgr:bob@example.net>
//! Content-Length: 31
//!
//! SessionID: 114543757
//! ```
//!
//! `Content-Length` counts the body and the final NUL. Source: docs/protocol/msnp.md §5.9.

/// The account in `<msnmsgr:account;{guid}>`.
pub(crate) fn account_in(value: Span, data: &[u8]) -> Span {
    let text = value.of(data);
    let colon = memchr::memchr(b':', text).map_or(0, |at| at + 1);
    let rest = text.get(colon..).unwrap_or_default();
    let end = rest.iter().position(|byte| matches!(byte, b';' | b'>'));
    Span::new(value.start + colon, end.unwrap_or(rest.len()))
}

#[cfg(test)]
mod tests;

use memchr::memchr;

use crate::error::{Decoded, Fault};
use crate::msn::common::number::decimal;
use crate::span::{Span, Spanned};

/// Maximum header lines, and body lines, decoded: the longest known message has a third.
pub const MAX_LINES: usize = 128;

/// The start line of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlpStart {
    /// Method, URI and version.
    Request {
        /// The first word: `INVITE`, `BYE` or `ACK`.
        method: Span,
        /// The second word: `MSNMSGR:` and an account.
        uri: Span,
        /// The last word: `MSNSLP/1.0`.
        version: Span,
    },
    /// Version, status code and reason phrase.
    Response {
        /// The first word: `MSNSLP/1.0`.
        version: Span,
        /// The second word; `None` if it is not a 16-bit number.
        code: Option<Spanned<u16>>,
        /// The rest of the line.
        reason: Span,
    },
}

/// One `Key: value` line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlpHeader {
    /// The line without its line end.
    pub line: Span,
    /// The key; empty if there is no colon.
    pub key: Span,
    /// The value, trimmed; the whole line if there is no colon.
    pub value: Span,
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlpMessage {
    /// The start line without its line end.
    pub line: Span,
    /// The decoded start line.
    pub start: SlpStart,
    /// The headers, in order.
    pub headers: Vec<SlpHeader>,
    /// The body without the final NUL.
    pub body: Span,
    /// The lines of the body, in order.
    pub pairs: Vec<SlpHeader>,
    /// The final NUL.
    pub nul: Option<Span>,
    /// Bytes after the NUL.
    pub surplus: Option<Span>,
}

impl SlpMessage {
    /// The first header with this name, ignoring case.
    pub fn header(&self, data: &[u8], name: &str) -> Option<SlpHeader> {
        find(&self.headers, data, name)
    }

    /// The first body line with this key, ignoring case.
    pub fn pair(&self, data: &[u8], key: &str) -> Option<SlpHeader> {
        find(&self.pairs, data, key)
    }

    /// The announced length of the body, including the final NUL.
    pub fn content_length(&self, data: &[u8]) -> Option<Spanned<u32>> {
        let pair = self.header(data, "Content-Length")?;
        Some(Spanned::new(decimal(pair.value.of(data))?, pair.value))
    }

    /// The actual length of the body, including the final NUL.
    pub fn body_length(&self) -> usize {
        self.body.len + self.nul.map_or(0, |nul| nul.len)
    }
}

fn find(pairs: &[SlpHeader], data: &[u8], key: &str) -> Option<SlpHeader> {
    let mut pairs = pairs.iter();
    let pair = pairs.find(|pair| pair.key.of(data).eq_ignore_ascii_case(key.as_bytes()));
    pair.copied()
}

/// Whether the bytes begin like a message.
pub fn is_message(data: &[u8]) -> bool {
    const STARTS: [&[u8]; 4] = [
        b"MSNSLP/",
        b"INVITE MSNMSGR:",
        b"BYE MSNMSGR:",
        b"ACK MSNMSGR:",
    ];
    STARTS.iter().any(|start| {
        let head = data.get(..start.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(start))
    })
}

/// Decodes the message in `data`.
///
/// Returns `Malformed` if the start line is not MSNSLP's. Never returns `Incomplete`: the
/// carrier determines the length of a message.
pub fn message(data: &[u8]) -> Decoded<SlpMessage> {
    if !is_message(data) {
        return Err(Fault::Malformed {
            what: "Not the first line of MSNSLP",
            at: Span::new(0, data.len()),
        });
    }
    let mut lines = Lines { data, at: 0 };
    let line = lines.next().unwrap_or_default();
    let mut headers = Vec::new();
    for header in lines.by_ref().take(MAX_LINES) {
        if header.len == 0 {
            break;
        }
        headers.push(pair(data, header));
    }
    let start = lines.at;
    let rest = data.get(start..).unwrap_or_default();
    let nul = memchr(0, rest).map(|at| Span::new(start + at, 1));
    let body = Span::between(start, nul.map_or(data.len(), |nul| nul.start));
    let surplus = nul.map_or(Span::default(), |nul| Span::between(nul.end(), data.len()));
    let text = data.get(..body.end()).unwrap_or_default();
    let pairs = Lines {
        data: text,
        at: body.start,
    };
    Ok(SlpMessage {
        line,
        start: start_line(data, line),
        headers,
        body,
        pairs: pairs
            .take(MAX_LINES)
            .filter(|line| line.len > 0)
            .map(|line| pair(data, line))
            .collect(),
        nul,
        surplus: (surplus.len > 0).then_some(surplus),
    })
}

/// The lines from `at` on, without their line ends.
struct Lines<'a> {
    data: &'a [u8],
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let rest = self.data.get(self.at..).filter(|rest| !rest.is_empty())?;
        let feed = memchr(b'\n', rest);
        let text = rest.get(..feed.unwrap_or(rest.len())).unwrap_or_default();
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        let span = Span::new(self.at, text.len());
        self.at += feed.map_or(rest.len(), |feed| feed + 1);
        Some(span)
    }
}

fn start_line(data: &[u8], line: Span) -> SlpStart {
    let (first, rest) = word(data, line);
    let (second, third) = word(data, rest);
    let is_response = first
        .of(data)
        .get(..7)
        .is_some_and(|word| word.eq_ignore_ascii_case(b"MSNSLP/"));
    if is_response {
        let code = decimal(second.of(data)).and_then(|code| u16::try_from(code).ok());
        SlpStart::Response {
            version: first,
            code: code.map(|code| Spanned::new(code, second)),
            reason: third,
        }
    } else {
        SlpStart::Request {
            method: first,
            uri: second,
            version: third,
        }
    }
}

/// Splits off the first word: the word, and the rest after the space.
fn word(data: &[u8], span: Span) -> (Span, Span) {
    match memchr(b' ', span.of(data)) {
        Some(space) => (
            Span::new(span.start, space),
            Span::between(span.start + space + 1, span.end()),
        ),
        None => (span, Span::new(span.end(), 0)),
    }
}

fn pair(data: &[u8], line: Span) -> SlpHeader {
    match memchr(b':', line.of(data)) {
        Some(colon) => SlpHeader {
            line,
            key: trimmed(data, Span::new(line.start, colon)),
            value: trimmed(data, Span::between(line.start + colon + 1, line.end())),
        },
        None => SlpHeader {
            line,
            key: Span::new(line.start, 0),
            value: line,
        },
    }
}

/// Trims white space at both ends of the span.
fn trimmed(data: &[u8], span: Span) -> Span {
    let text = span.of(data);
    let start = text.len() - text.trim_ascii_start().len();
    Span::new(span.start + start, text.trim_ascii().len())
}
