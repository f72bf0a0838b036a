//! Setup of tunnels through a proxy: CONNECT over HTTP.
//!
//! The data after it is a stream of its own, which Wireshark hands to the dissector of
//! the port beyond the proxy. No heuristic is called for it on the ports of HTTP and TLS.
//! Source: RFC 9110 §9.3.6.

use memchr::memmem;

use crate::packet::Answer;

/// Maximum segments of one tunnel setup, whose header sections can span several.
const MAX_SEGMENTS: u8 = 16;
/// Maximum bytes of an unfinished header section.
const MAX_HEAD: usize = 4096;

/// Tunnel setup on a connection.
#[derive(Debug, Default)]
pub struct Tunnel {
    segments: u8,
}

impl Tunnel {
    /// Whether a segment of the setup was seen.
    pub fn is_open(&self) -> bool {
        self.segments > 0
    }

    /// Counts another segment of the setup. Returns `Answer::No` beyond [`MAX_SEGMENTS`].
    pub(crate) fn open(&mut self) -> Answer {
        self.segments = self.segments.saturating_add(1);
        if self.segments > MAX_SEGMENTS {
            Answer::No
        } else {
            Answer::Remember
        }
    }
}

/// Whether `data` is a CONNECT request or the first part of one, or, if `is_open` (an
/// earlier segment was of the setup), a response.
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
    fn connect_and_its_response() {
        let request = b"CONNECT 203.0.113.8:443 HTTP/1.1\r\n\r\n";
        assert!(is_opening(request, false));
        assert!(is_opening(&request[..9], false));
        assert!(!is_opening(b"GET / HTTP/1.1\r\n\r\n", false));
        let response = b"HTTP/1.1 200 Connection established\r\n\r\n";
        assert!(!is_opening(response, false));
        assert!(is_opening(response, true));
    }

    #[test]
    fn a_tunnel_is_open_after_its_first_segment_and_has_a_maximum_of_segments() {
        let mut tunnel = Tunnel::default();
        assert!(!tunnel.is_open());
        for segment in 1..=MAX_SEGMENTS + 1 {
            let is_one = matches!(tunnel.open(), Answer::Remember);
            assert_eq!(is_one, segment <= MAX_SEGMENTS, "{segment}");
            assert!(tunnel.is_open());
        }
    }

    #[test]
    fn a_header_section_without_an_end_is_refused() {
        assert!(!is_opening(b"", true));
        let mut head = [&b"CONNECT "[..], &[b'a'; MAX_HEAD]].concat();
        assert!(!is_opening(&head, false));
        head.extend(b"\r\n\r\n");
        assert!(is_opening(&head, false));
    }
}
