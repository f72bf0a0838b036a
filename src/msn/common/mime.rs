//! `Name: value` lines: the headers of a message, and the bodies that look like headers.
//!
//! Source: docs/protocol/msnp.md §5.1. The decoder is tolerant, because clients differ:
//! headers may come in any order, be missing or repeated, lack the space after the colon,
//! and end with a bare LF.

use memchr::memchr;

use crate::span::Span;

/// Maximum lines decoded; a profile has about thirty.
pub const MAX_LINES: usize = 500;

/// One `Name: value` line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MimeHeader {
    /// The line without its line end.
    pub line: Span,
    /// The name, before the colon.
    pub name: Span,
    /// The value after the colon, trimmed.
    pub value: Span,
}

/// Lines up to an empty one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers {
    /// The lines, in order.
    pub lines: Vec<MimeHeader>,
    /// The lines with their line ends, and the empty line.
    pub span: Span,
    /// An empty line ended the headers.
    pub closed: bool,
    /// The first line that is not `Name: value` or exceeds [`MAX_LINES`]; decoding
    /// stopped there.
    pub fault: Option<Span>,
}

impl Headers {
    /// The first header with this name, ignoring case.
    pub fn find(&self, data: &[u8], name: &str) -> Option<&MimeHeader> {
        self.lines.iter().find(|header| header.has_name(data, name))
    }

    /// The value of the first header with this name.
    pub fn value<'d>(&self, data: &'d [u8], name: &str) -> Option<&'d [u8]> {
        self.find(data, name).map(|header| header.value.of(data))
    }
}

impl MimeHeader {
    /// Whether the header has this name, ignoring case.
    pub fn has_name(&self, data: &[u8], name: &str) -> bool {
        self.name.of(data).eq_ignore_ascii_case(name.as_bytes())
    }
}

/// Decodes the headers at `start`, up to an empty line.
pub fn headers(data: &[u8], start: usize) -> Headers {
    let mut found = Headers::default();
    let mut at = start.min(data.len());
    while let Some(rest) = data.get(at..).filter(|rest| !rest.is_empty()) {
        let (len, next) = line(rest);
        let span = Span::new(at, len);
        if len == 0 {
            found.closed = true;
            at += next;
            break;
        }
        match header(data, span) {
            Some(header) if found.lines.len() < MAX_LINES => found.lines.push(header),
            _ => {
                found.fault = Some(span);
                break;
            }
        }
        at += next;
    }
    found.span = Span::between(start, at);
    found
}

/// Decodes a body of `Name: value` lines at `start`. Empty lines between them are
/// skipped; some senders also put one first.
pub fn body_lines(data: &[u8], start: usize) -> Headers {
    let mut all = headers(data, start);
    while all.fault.is_none() && all.span.end() < data.len() && all.lines.len() < MAX_LINES {
        let more = headers(data, all.span.end());
        all.span = Span::between(start, more.span.end());
        all.closed = more.closed;
        all.fault = more.fault;
        all.lines.extend(more.lines);
    }
    all
}

/// Length of the first line, without and with its line end.
fn line(data: &[u8]) -> (usize, usize) {
    let Some(feed) = memchr(b'\n', data) else {
        return (data.len(), data.len());
    };
    let text = data.get(..feed).unwrap_or_default();
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    (text.len(), feed + 1)
}

/// Decodes one line. A name is one or more visible ASCII characters; chat text rarely
/// starts with such a word and a colon.
fn header(data: &[u8], line: Span) -> Option<MimeHeader> {
    let text = line.of(data);
    let colon = memchr(b':', text)?;
    let name = Span::new(line.start, colon);
    if colon == 0 || !name.of(data).iter().all(u8::is_ascii_graphic) {
        return None;
    }
    let value = Span::between(line.start + colon + 1, line.end());
    Some(MimeHeader {
        line,
        name,
        value: trimmed(data, value),
    })
}

/// Trims spaces and tabs at both ends of the span.
pub fn trimmed(data: &[u8], span: Span) -> Span {
    let bytes = span.of(data);
    let blank = |byte: &&u8| matches!(**byte, b' ' | b'\t');
    let front = bytes.iter().take_while(blank).count();
    let rest = bytes.get(front..).unwrap_or_default();
    let back = rest.iter().rev().take_while(blank).count();
    Span::new(span.start + front, rest.len() - back)
}

/// A value with parameters: `text/plain; charset=UTF-8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContentType {
    /// Type and subtype.
    pub media: Span,
    /// The value of `charset`, including any quotes.
    pub charset: Option<Span>,
}

/// Decodes the value of a Content-Type header.
pub fn content_type(data: &[u8], value: Span) -> ContentType {
    let mut parts = split(data, value, b';');
    let media = parts.next().unwrap_or(value);
    let charset = parts.find_map(|part| {
        let (name, value) = assignment(data, part)?;
        let is_charset = name.of(data).eq_ignore_ascii_case(b"charset");
        (is_charset && value.len > 0).then_some(value)
    });
    ContentType { media, charset }
}

/// The parts between separators, trimmed.
pub fn split(data: &[u8], span: Span, separator: u8) -> impl Iterator<Item = Span> + '_ {
    span.split(data, move |rest| memchr(separator, rest))
        .map(move |part| trimmed(data, part))
}

/// Both sides of `name=value`, trimmed. Returns `None` if there is no `=`.
pub fn assignment(data: &[u8], part: Span) -> Option<(Span, Span)> {
    let equals = memchr(b'=', part.of(data))?;
    let name = Span::new(part.start, equals);
    let value = Span::between(part.start + equals + 1, part.end());
    Some((trimmed(data, name), trimmed(data, value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Pair<'d> = (&'d [u8], &'d [u8]);

    fn read(data: &[u8]) -> (Vec<Pair<'_>>, &[u8]) {
        let found = headers(data, 0);
        let pairs = found.lines.iter();
        let pairs = pairs.map(|h| (h.name.of(data), h.value.of(data)));
        (pairs.collect(), &data[found.span.end()..])
    }

    #[test]
    fn lines_of_a_body_continue_after_empty_lines() {
        let data = b"\r\nA: 1\r\n\r\n\r\nB: 2\r\nno line\r\nC: 3";
        let found = body_lines(data, 0);
        let values = ["a", "b", "c"].map(|name| found.value(data, name));
        assert_eq!(values, [Some(&b"1"[..]), Some(&b"2"[..]), None]);
        assert_eq!(found.fault.map(|span| span.of(data)), Some(&b"no line"[..]));
        let blank = body_lines(b"\r\n\r\n", 0);
        assert_eq!(
            (blank.lines.len(), blank.span.len, blank.fault),
            (0, 4, None)
        );
        let many = b"A: b\r\n\r\n".repeat(MAX_LINES * 2);
        assert!(body_lines(&many, 0).lines.len() <= MAX_LINES);
    }

    #[test]
    fn a_message_is_headers_and_a_body() {
        let data = b"Content-Type: text/plain; charset=UTF-8\r\nMIME-Version:1.0\r\nGender: \r\n\r\nHello: you\r\n";
        let (pairs, body) = read(data);
        assert_eq!(
            pairs,
            [
                (&b"Content-Type"[..], &b"text/plain; charset=UTF-8"[..]),
                (b"MIME-Version", b"1.0"),
                (b"Gender", b""),
            ]
        );
        assert_eq!(body, b"Hello: you\r\n");
        let found = headers(data, 0);
        assert_eq!(found.lines[1].line, Span::new(41, 16));
        assert_eq!(found.lines[1].value, Span::new(54, 3));
        let kind = content_type(data, found.lines[0].value);
        assert_eq!(kind.media.of(data), b"text/plain");
        assert_eq!(kind.charset.map(|c| c.of(data)), Some(&b"UTF-8"[..]));
        assert!(found.closed && found.fault.is_none());
    }

    #[test]
    fn bare_line_feeds_and_missing_ends_are_read() {
        let (pairs, body) = read(b"ID: 1\n\nx");
        assert_eq!((pairs, body), (vec![(&b"ID"[..], &b"1"[..])], &b"x"[..]));
        let only = headers(b"Invitation-Cookie: 33267\r\nCancel-Code: REJECT", 0);
        assert_eq!((only.lines.len(), only.closed), (2, false));
        assert_eq!(only.span, Span::new(0, 45));
        assert_eq!(headers(b"", 0), Headers::default());
    }

    #[test]
    fn other_lines_end_the_headers() {
        let data = b"MIME-Version: 1.0\r\nhow are you?\r\n";
        let found = headers(data, 0);
        assert_eq!(found.lines.len(), 1);
        assert_eq!(found.fault, Some(Span::new(19, 12)));
        assert_eq!(found.span.end(), 19);
        for text in [&b": x"[..], b"he said: no", b"\x01: 2", b"caf\xe9: x"] {
            assert_eq!(headers(text, 0).fault, Some(Span::new(0, text.len())));
        }
    }

    #[test]
    fn lines_are_bounded() {
        let data = b"a: b\n".repeat(MAX_LINES + 9);
        let found = headers(&data, 0);
        assert_eq!(found.lines.len(), MAX_LINES);
        assert_eq!(found.fault, Some(Span::new(5 * MAX_LINES, 4)));
    }

    #[test]
    fn media_type_and_charset_are_optional() {
        for (value, media, charset) in [
            (&b""[..], &b""[..], None),
            (b"image/gif", b"image/gif", None),
            (b"text/plain;charset=", b"text/plain", None),
            (
                b"text/plain ; x; CHARSET = \"big5\" ",
                b"text/plain",
                Some(&b"\"big5\""[..]),
            ),
        ] {
            let kind = content_type(value, Span::new(0, value.len()));
            assert_eq!(kind.media.of(value), media);
            assert_eq!(kind.charset.map(|c| c.of(value)), charset);
        }
    }
}
