//! The header of an HTTP/1 message: start line and header fields.
//!
//! Source: RFC 9112 §2 to §6, as far as MSN clients and gateways use it.

use memchr::memmem;

use crate::error::{Decoded, Fault, Missing};
use crate::msn::common::mime;
use crate::msn::common::mime::Headers;
use crate::msn::common::number::decimal;
use crate::span::{Span, Spanned};

/// Maximum number of bytes of a header that are examined.
pub const MAX_HEAD: usize = 8192;

/// Header fields, in the same format as MIME's.
pub type Fields = Headers;

/// The header of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpHead {
    /// The decoded start line.
    pub start: HttpStart,
    /// The start line, without its line end.
    pub line: Span,
    /// The header fields.
    pub fields: Fields,
}

/// The start line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HttpStart {
    /// A request.
    Request {
        /// `POST`, for instance.
        method: Span,
        /// The path or the whole URL, with the query.
        target: Span,
    },
    /// A response.
    Response {
        /// The status code.
        status: Spanned<u16>,
    },
}

/// Where the body of a message ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HttpBody {
    /// After this number of bytes, which have no coding.
    Length(usize),
    /// Unknown: the body is chunked or compressed.
    Encoded,
    /// At the end of the connection.
    UntilClose,
}

impl HttpHead {
    /// Offset of the body.
    pub fn end(&self) -> usize {
        self.fields.span.end()
    }

    /// The span of start line, header fields and empty line.
    pub fn span(&self) -> Span {
        Span::between(self.line.start, self.end())
    }

    /// Whether a client sent it.
    pub fn is_request(&self) -> bool {
        matches!(self.start, HttpStart::Request { .. })
    }

    /// Where the body ends. `data` is the same as passed to [`head`].
    pub fn body(&self, data: &[u8]) -> HttpBody {
        let coded = ["Transfer-Encoding", "Content-Encoding"];
        let is_coded = |name: &str| {
            let value = self.fields.value(data, name);
            value.is_some_and(|value| !value.eq_ignore_ascii_case(b"identity"))
        };
        if coded.into_iter().any(is_coded) {
            return HttpBody::Encoded;
        }
        let length = self.fields.value(data, "Content-Length").and_then(decimal);
        match (length, self.start) {
            (Some(length), _) => HttpBody::Length(length as usize),
            (None, HttpStart::Request { .. }) => HttpBody::Length(0),
            (None, HttpStart::Response { status }) => match status.value {
                100..=199 | 204 | 304 => HttpBody::Length(0),
                _ => HttpBody::UntilClose,
            },
        }
    }
}

/// Decodes the header at `at`.
///
/// # Errors
///
/// `Incomplete` if the empty line is missing, `Malformed` if the bytes are not HTTP.
pub fn head(data: &[u8], at: usize) -> Decoded<HttpHead> {
    let rest = data.get(at..).unwrap_or_default();
    let not_http = Fault::Malformed {
        what: "not the head of an HTTP message",
        at: Span::new(at, rest.len().min(MAX_HEAD)),
    };
    let Some(feed) = memchr::memchr(b'\n', rest) else {
        return Err(Fault::Incomplete(Missing::Unknown));
    };
    let text = rest.get(..feed).unwrap_or_default();
    let line = Span::new(at, text.strip_suffix(b"\r").unwrap_or(text).len());
    let start = start(data, line).ok_or(not_http)?;
    let fields = mime::headers(data, at + feed + 1);
    // An incomplete last line may lack its colon.
    if fields.fault.is_some_and(|line| line.end() < data.len()) {
        return Err(not_http);
    }
    if !fields.closed {
        return Err(Fault::Incomplete(Missing::Unknown));
    }
    Ok(HttpHead {
        start,
        line,
        fields,
    })
}

fn start(data: &[u8], line: Span) -> Option<HttpStart> {
    let mut words = mime::split(data, line, b' ').filter(|word| word.len > 0);
    let (first, second) = (words.next()?, words.next()?);
    if is_version(first.of(data)) {
        let status = u16::try_from(decimal(second.of(data))?).ok()?;
        let status = (second.len == 3).then_some(Spanned::new(status, second))?;
        return Some(HttpStart::Response { status });
    }
    let is_method = first.of(data).iter().all(u8::is_ascii_uppercase);
    let last = words.last()?;
    (is_method && is_version(last.of(data))).then_some(HttpStart::Request {
        method: first,
        target: Span::between(
            second.start,
            mime::trimmed(data, Span::between(second.start, last.start)).end(),
        ),
    })
}

fn is_version(word: &[u8]) -> bool {
    matches!(word, [b'H', b'T', b'T', b'P', b'/', b'1', b'.', digit] if digit.is_ascii_digit())
}

/// Maximum occurrences of each start tried in the search for a header.
const MAX_CANDIDATES: usize = 64;

/// The header that ends at the end of `data`. Anything may precede it: an earlier message
/// of the same segment, for instance, whose body may end without a line end.
pub fn last(data: &[u8]) -> Option<HttpHead> {
    if !data.ends_with(b"\n") {
        return None;
    }
    let starts = [&b"HTTP/1."[..], b"POST ", b"GET "];
    let mut found: Vec<usize> = starts
        .iter()
        .flat_map(|word| memmem::rfind_iter(data, word).take(MAX_CANDIDATES))
        .collect();
    found.sort_unstable_by(|a, b| b.cmp(a));
    found
        .into_iter()
        .filter_map(|at| head(data, at).ok())
        .find(|head| head.end() == data.len())
}

/// Whether `data` begins with a message whose body is complete, or of unknown length.
pub fn is_whole(data: &[u8]) -> bool {
    head(data, 0).is_ok_and(|head| match head.body(data) {
        HttpBody::Length(length) => data.len() >= head.end().saturating_add(length),
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUEST: &[u8] = b"POST http://192.0.2.1/gateway/gateway.dll?a=b HTTP/1.1\r\n\
        Host: 192.0.2.1\r\nContent-Length: 18\r\n\r\nVER 5 MSNP8 CVR0\r\n";
    const RESPONSE: &[u8] = b"HTTP/1.0 200 OK\r\nVia: HTTP/1.1 proxy (x/1)\r\n\
        content-length:0\r\n\r\n";

    fn read(data: &[u8]) -> HttpHead {
        head(data, 0).unwrap()
    }

    #[test]
    fn a_message_is_complete_with_its_body() {
        assert!(is_whole(REQUEST) && is_whole(RESPONSE));
        assert!(!is_whole(&REQUEST[..REQUEST.len() - 1]));
        assert!(!is_whole(&REQUEST[..40]));
    }

    #[test]
    fn requests() {
        let found = read(REQUEST);
        let HttpStart::Request { method, target } = found.start else {
            panic!("{found:?}");
        };
        assert_eq!(method.of(REQUEST), b"POST");
        assert_eq!(
            target.of(REQUEST),
            b"http://192.0.2.1/gateway/gateway.dll?a=b"
        );
        assert!(found.is_request());
        assert_eq!(found.line.len, 54);
        assert_eq!(found.body(REQUEST), HttpBody::Length(18));
        assert_eq!(&REQUEST[found.end()..], b"VER 5 MSNP8 CVR0\r\n");
    }

    #[test]
    fn responses() {
        let found = read(RESPONSE);
        let status = Spanned::new(200, Span::new(9, 3));
        assert_eq!(found.start, HttpStart::Response { status });
        assert_eq!(found.span(), Span::new(0, RESPONSE.len()));
        assert_eq!(found.body(RESPONSE), HttpBody::Length(0));
    }

    #[test]
    fn the_header_determines_the_end_of_the_body() {
        for (text, body) in [
            ("GET / HTTP/1.1\r\n\r\n", HttpBody::Length(0)),
            ("HTTP/1.1 204 No\r\n\r\n", HttpBody::Length(0)),
            ("HTTP/1.1 200 OK\r\n\r\n", HttpBody::UntilClose),
            (
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                HttpBody::UntilClose,
            ),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                HttpBody::Encoded,
            ),
            (
                "HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\nContent-Length: 7\r\n\r\n",
                HttpBody::Length(7),
            ),
        ] {
            assert_eq!(read(text.as_bytes()).body(text.as_bytes()), body, "{text}");
        }
    }

    #[test]
    fn truncated_headers_are_incomplete_and_others_malformed() {
        for cut in 0..RESPONSE.len() {
            let found = head(&RESPONSE[..cut], 0);
            assert_eq!(found, Err(Fault::Incomplete(Missing::Unknown)), "{cut}");
        }
        for data in [
            &b"VER 1 MSNP8\r\n\r\n"[..],
            b"GET / HTTP/2.0\r\n\r\n",
            b"GET / HTTP/1.1\r\nno field\r\n\r\n",
            b"HTTP/1.1 2000 OK\r\n\r\n",
            b"\r\n\r\n",
        ] {
            let found = head(data, 0);
            let text = data.escape_ascii();
            assert!(matches!(found, Err(Fault::Malformed { .. })), "{text}");
        }
    }

    #[test]
    fn the_last_header_is_found_after_anything() {
        let end = REQUEST.len() - 18;
        let alone = last(&REQUEST[..end]).unwrap();
        assert_eq!(alone.line.start, 0);
        let preceded = [b"I use HTTP/1.1 200 times\r\nhi", RESPONSE].concat();
        assert_eq!(last(&preceded).unwrap().line.start, 28);
        let two = [REQUEST, RESPONSE].concat();
        assert_eq!(last(&two).unwrap().line.start, REQUEST.len());
        for none in [&b""[..], b"\n", REQUEST, b"one\r\n\r\n"] {
            assert_eq!(last(none), None);
        }
    }
}
