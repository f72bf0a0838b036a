//! Detection of MSN connections on HTTP ports.

use std::sync::LazyLock;

use memchr::memchr;
use memchr::memmem::Finder;

use crate::first_bytes;
use crate::first_bytes::Recognition;
use crate::msn::http::wire::head::MAX_HEAD;
use crate::msn::msnp::state::session::MsnpSession;
use crate::packet::{Answer, Packet};

/// In the start line of every request to a gateway.
const GATEWAY: &[u8] = b"gateway.dll";
/// In the header of every response from a gateway.
const SESSION: &[u8] = b"SessionID=";
/// In every Passport header.
const PASSPORT: &[u8] = b"assport";
/// The request for the addresses of the login servers, which Passport headers answer.
const NEXUS: &[u8] = b"GET /rdr/pprdr.asp";

// Building a finder takes longer than a search.
static IN_GATEWAY: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(GATEWAY));
static IN_SESSION: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(SESSION));
static IN_PASSPORT: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(PASSPORT));
/// In both [`SESSION`] and [`PASSPORT`]: one search is cheaper than two.
static IN_BOTH: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"ss"));
static END: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"\r\n\r\n"));

/// Whether HTTP messages may be MSN's. Fast, with some false positives: a page can be
/// named `passport`.
pub fn may_be_http(data: &[u8]) -> bool {
    let data = data.get(..MAX_HEAD).unwrap_or(data);
    if data.starts_with(b"HTTP/1.") {
        let end = END.find(data).unwrap_or(data.len());
        let head = data.get(..end).unwrap_or(data);
        return IN_BOTH.find(head).is_some()
            && (IN_SESSION.find(head).is_some() || IN_PASSPORT.find(head).is_some());
    }
    let is_request = data.starts_with(b"POST ") || data.starts_with(b"GET ");
    let end = memchr(b'\n', data).unwrap_or(data.len());
    let line = data.get(..end).unwrap_or(data);
    is_request
        && (data.starts_with(NEXUS)
            || IN_GATEWAY.find(line).is_some()
            || IN_PASSPORT.find(data).is_some())
}

/// Classifies a connection by the beginning of its first message.
fn classify(data: &[u8], _: bool) -> Recognition {
    let begins = |start: &[u8]| data.iter().zip(start).all(|(a, b)| a == b);
    let is_http = begins(b"GET ") || begins(b"POST ") || begins(b"HTTP/1.");
    if may_be_http(data) {
        Recognition::Yes
    } else if is_http && !data.is_empty() && END.find(data).is_none() {
        Recognition::Unfinished
    } else {
        Recognition::No
    }
}

/// Whether a segment on an HTTP port, together with the kept bytes before it, begins a
/// connection of MSN.
pub fn recognise(packet: &Packet<'_>, session: Option<&mut MsnpSession>) -> Answer {
    let first = session.map(|session| &mut session.first_http_bytes);
    first_bytes::check_segment(first, packet, classify)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_headers_with_a_signature_may_be_msn() {
        for data in [
            &b"POST /gateway/gateway.dll?Action=poll HTTP/1.1\r\n\r\n"[..],
            b"HTTP/1.0 200 OK\r\nX-MSN-Messenger: SessionID=1.2\r\n\r\n",
            b"GET /login2.srf HTTP/1.1\r\nAuthorization: Passport1.4 x=y\r\n\r\n",
            b"GET /rdr/pprdr.asp HTTP/1.1\r\nHost: nexus.example.com\r\n\r\n",
        ] {
            assert!(may_be_http(data), "{}", data.escape_ascii());
        }
        for data in [
            &b"PUT /gateway/gateway.dll HTTP/1.1\r\n\r\n"[..],
            b"HTTP/1.1 200 OK\r\n\r\nPassport",
            b"HTTP/1.1 200 OK\r\nX-Type: class\r\n\r\n",
            b"GET",
            b"",
        ] {
            assert!(!may_be_http(data), "{}", data.escape_ascii());
        }
    }

    #[test]
    fn a_connection_is_undecided_until_the_end_of_its_first_header() {
        use Recognition::{No, Unfinished, Yes};
        for (data, expected) in [
            (
                &b"POST /gateway/gateway.dll?Action=open HTTP/1.1\r\n"[..],
                Yes,
            ),
            (b"G", Unfinished),
            (b"GET / HTTP/1.1\r\nHost: www.exa", Unfinished),
            (b"POST / HTTP/1.1\r\n", Unfinished),
            (b"HTTP/1.1 200 OK\r\n", Unfinished),
            (b"GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n", No),
            (b"PUT /", No),
            (b"SSH-2.0-x", No),
            (b"", No),
        ] {
            assert_eq!(classify(data, true), expected, "{}", data.escape_ascii());
        }
    }
}
