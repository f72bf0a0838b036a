//! What opens a way through a proxy: CONNECT over HTTP.
//!
//! What follows on the connection is a stream of its own, which Wireshark gives to the owner
//! of the port behind the proxy. On the ports of HTTP and TLS no heuristic sees it.
//! Source: RFC 9110 §9.3.6.

use memchr::memmem;

use crate::packet::Answer;

/// Maximum segments that are taken for the opening: heads that come in pieces.
const MAX_SEGMENTS: u8 = 16;
/// Maximum bytes of a head.
const MAX_HEAD: usize = 4096;

/// Whether a way through a proxy was opened on a connection.
#[derive(Debug, Default)]
pub struct Tunnel {
    segments: u8,
}

impl Tunnel {
    /// Whether anything of it was seen.
    pub fn is_open(&self) -> bool {
        self.segments > 0
    }

    /// Another segment of it.
    pub(crate) fn open(&mut self) -> Answer {
        self.segments = self.segments.saturating_add(1);
        if self.segments > MAX_SEGMENTS {
            Answer::No
        } else {
            Answer::Remember
        }
    }
}

/// Whether `data` is of the opening of a tunnel: a step of it, or the beginning of one.
/// `is_open`: an earlier segment was of it.
pub fn is_opening(data: &[u8], is_open: bool) -> bool {
    let begins = |start: &[u8]| data.iter().zip(start).all(|(a, b)| a == b);
    let is_head = begins(b"CONNECT ") || (is_open && begins(b"HTTP/1."));
    let may_go_on = !data.is_empty() && data.len() <= MAX_HEAD;
    is_head && (may_go_on || memmem::find(data, b"\r\n\r\n").is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connect_and_its_answer() {
        let request = b"CONNECT 203.0.113.8:443 HTTP/1.1\r\n\r\n";
        assert!(is_opening(request, false));
        assert!(is_opening(&request[..9], false));
        assert!(!is_opening(b"GET / HTTP/1.1\r\n\r\n", false));
        let answer = b"HTTP/1.1 200 Connection established\r\n\r\n";
        assert!(!is_opening(answer, false));
        assert!(is_opening(answer, true));
    }

    #[test]
    fn a_head_without_an_end_is_none() {
        assert!(!is_opening(b"", true));
        let mut head = [&b"CONNECT "[..], &[b'a'; MAX_HEAD]].concat();
        assert!(!is_opening(&head, false));
        head.extend(b"\r\n\r\n");
        assert!(is_opening(&head, false));
    }
}
