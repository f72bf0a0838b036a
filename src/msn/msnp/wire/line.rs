//! One line of MSNP: a three-letter command or a three-digit error code, and parameters.
//!
//! Source: docs/protocol/msnp.md §1.3 (line format).

#[cfg(test)]
mod tests;

use memchr::{memchr, memchr2};

use crate::error::{Decoded, Fault, Missing};
use crate::msn::msnp::wire::command::Verb;
use crate::msn::msnp::wire::commands::COMMANDS;
use crate::msn::msnp::wire::parameter::meaning::Meaning;
use crate::span::{Span, Spanned};

/// Maximum length of a line in bytes. Real tickets make lines of some kilobytes (§7.6,
/// item 12), so the bound is generous.
pub const MAX_LINE: usize = 16 * 1024;

/// The first three bytes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineHead {
    /// Three upper-case letters.
    Command([u8; 3]),
    /// Three digits: the server's error code.
    Error(u16),
}

/// One line and the spans of its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Command or error code: the first three bytes.
    pub head: LineHead,
    /// The line without its terminator.
    pub span: Span,
    /// Offset after the terminator, which is CRLF or a bare LF.
    pub end: usize,
}

impl Line {
    /// Offset and length of the three bytes of the head.
    pub fn head_span(&self) -> Span {
        Span::new(self.span.start, 3)
    }

    /// The parameters in order. Two spaces in a row enclose an empty parameter, which
    /// keeps its place; spaces at the end of the line are ignored.
    pub fn parameters<'a>(&self, data: &'a [u8]) -> impl Iterator<Item = Spanned<&'a [u8]>> {
        let start = self.span.start + 4;
        let text = Span::between(start, self.span.end()).of(data);
        words(self.head, text).map(move |span| {
            let at = Span::new(start + span.start, span.len);
            Spanned::new(span.of(text), at)
        })
    }

    /// The first parameter.
    pub fn first_parameter<'a>(&self, data: &'a [u8]) -> Option<Spanned<&'a [u8]>> {
        let start = self.span.start + 4;
        let text = Span::between(start, self.span.end()).of(data);
        match text.first()? {
            b' ' | b'<' => self.parameters(data).next(),
            _ => {
                let word = text.split(|byte| *byte == b' ').next()?;
                Some(Spanned::new(word, Span::new(start, word.len())))
            }
        }
    }

    /// The parameter at `index`.
    pub fn parameter<'a>(&self, data: &'a [u8], index: usize) -> Option<Spanned<&'a [u8]>> {
        self.parameters(data).nth(index)
    }
}

/// The commands with a form that has an msnobj, which some servers do not encode: its
/// spaces do not separate parameters.
const WITH_OBJECTS: &[Verb] = {
    const FOUND: ([Verb; 8], usize) = {
        let mut found = ([[0; 3]; 8], 0);
        let mut row = 0;
        while row < COMMANDS.len() {
            if COMMANDS[row].has(Meaning::MsnObject) {
                found.0[found.1] = COMMANDS[row].verb;
                found.1 += 1;
            }
            row += 1;
        }
        found
    };
    FOUND.0.split_at(FOUND.1).0
};

/// Beginning of an unencoded msnobj.
const OBJECT: &[u8] = b"<msnobj";

/// The spans of the words in `text`, which is all that follows the head and its space.
pub fn words(head: LineHead, text: &[u8]) -> impl Iterator<Item = Span> + '_ {
    let used = text.iter().rposition(|b| *b != b' ').map_or(0, |i| i + 1);
    let text = text.get(..used).unwrap_or_default();
    let objects = matches!(head, LineHead::Command(verb) if WITH_OBJECTS.contains(&verb));
    let space = move |rest: &[u8]| {
        let object = if objects { object_len(rest) } else { 0 };
        Some(object + memchr(b' ', rest.get(object..)?)?)
    };
    let words = if used > 0 { usize::MAX } else { 0 };
    Span::new(0, used).split(text, space).take(words)
}

/// Length of the unencoded msnobj at the beginning of `text`, up to and including `>`, or
/// to the end of `text` without one. Returns 0 if there is no msnobj.
fn object_len(text: &[u8]) -> usize {
    let name = text.get(..OBJECT.len());
    if !name.is_some_and(|name| name.eq_ignore_ascii_case(OBJECT)) {
        return 0;
    }
    let mut quote = None;
    let end = text.iter().position(|byte| {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), close) if open == *close => quote = None,
            (None, b'>') => return true,
            _ => {}
        }
        false
    });
    // An unclosed quote does not hide the end.
    let end = end.or_else(|| memchr(b'>', text));
    end.map_or(text.len(), |end| end + 1)
}

/// Decodes the line at `start`.
///
/// Returns `Incomplete` if there is no line feed yet and the bytes can begin a line, and
/// `Malformed` if they cannot or if the first [`MAX_LINE`] bytes have no line feed.
pub fn line(data: &[u8], start: usize) -> Decoded<Line> {
    let rest = data.get(start..).unwrap_or_default();
    let window = &rest[..rest.len().min(MAX_LINE)];
    let stop = memchr2(b'\n', 0, window);
    let Some(feed) = stop.filter(|at| window.get(*at) == Some(&b'\n')) else {
        return Err(no_line(start, window));
    };
    let text = window[..feed]
        .strip_suffix(b"\r")
        .unwrap_or(&window[..feed]);
    match head(text) {
        Some(head) => Ok(Line {
            head,
            span: Span::new(start, text.len()),
            end: start + feed + 1,
        }),
        None => Err(not_a_line(start, feed + 1)),
    }
}

/// Decodes the line at `start` whose end is truncated by the capture. Returns `None` if
/// it does not begin with a command or an error code.
pub fn unterminated(data: &[u8], start: usize) -> Option<Line> {
    let text = data.get(start..)?;
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    let head = head(text)?;
    Some(Line {
        head,
        span: Span::new(start, text.len()),
        end: data.len(),
    })
}

/// The fault of bytes that have a NUL before the first line feed, or no line feed.
fn no_line(start: usize, window: &[u8]) -> Fault {
    match memchr(b'\n', window) {
        Some(feed) => not_a_line(start, feed + 1),
        None if window.len() == MAX_LINE || !may_begin_line(window) => {
            not_a_line(start, window.len())
        }
        None => Fault::Incomplete(Missing::Unknown),
    }
}

fn not_a_line(start: usize, len: usize) -> Fault {
    Fault::Malformed {
        what: "Not a command line",
        at: Span::new(start, len),
    }
}

/// The head, followed by a space or by the end of the line.
fn head(text: &[u8]) -> Option<LineHead> {
    let (word, rest) = text.split_first_chunk()?;
    if rest.first().is_some_and(|byte| *byte != b' ') {
        return None;
    }
    if word.iter().all(u8::is_ascii_uppercase) {
        return Some(LineHead::Command(*word));
    }
    let [a, b, c] = word.map(|byte| u16::from(byte.wrapping_sub(b'0')));
    (a.max(b).max(c) <= 9).then_some(LineHead::Error(a * 100 + b * 10 + c))
}

/// Whether bytes without a line feed can begin a line.
fn may_begin_line(bytes: &[u8]) -> bool {
    let word = &bytes[..bytes.len().min(3)];
    let letters = word.iter().all(u8::is_ascii_uppercase);
    let digits = word.iter().all(u8::is_ascii_digit);
    (letters || digits) && matches!(bytes.get(3), None | Some(b' ' | b'\r')) && !bytes.contains(&0)
}
