//! What opens a way through a proxy: CONNECT over HTTP, SOCKS 4 and 5.
//!
//! What follows on the connection is a stream of its own, which Wireshark gives to the owner
//! of the port behind the proxy. On the ports of HTTP and TLS no heuristic sees it.
//! Source: RFC 9110 §9.3.6, RFC 1928, the SOCKS 4 memo.

use memchr::memmem;

use crate::context::{Answer, Packet};

/// The port of SOCKS.
pub const SOCKS_PORT: u16 = 1080;
/// Maximum segments that are taken for the opening: two steps of SOCKS 5 with a password, in
/// both directions, and heads that come in pieces.
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
    pub(super) fn open(&mut self) -> Answer {
        self.segments = self.segments.saturating_add(1);
        if self.segments > MAX_SEGMENTS {
            Answer::No
        } else {
            Answer::Remember
        }
    }
}

/// What a segment is of the opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// Nothing.
    None,
    /// The beginning of a step.
    Begun,
    /// A step.
    Whole,
}

/// What `data` is of the opening of a tunnel. `is_open`: an earlier segment was of it.
pub fn opening(packet: &Packet<'_>, data: &[u8], is_open: bool) -> Opening {
    if packet.source_port == SOCKS_PORT || packet.destination_port == SOCKS_PORT {
        return if is_socks(data, packet.destination_port == SOCKS_PORT) {
            Opening::Whole
        } else {
            Opening::None
        };
    }
    let begins = |start: &[u8]| data.iter().zip(start).all(|(a, b)| a == b);
    let is_head = begins(b"CONNECT ") || (is_open && begins(b"HTTP/1."));
    match memmem::find(data, b"\r\n\r\n") {
        Some(_) if is_head => Opening::Whole,
        None if is_head && !data.is_empty() && data.len() <= MAX_HEAD => Opening::Begun,
        _ => Opening::None,
    }
}

/// A step of SOCKS. The proxy's reply to CONNECT of version 5 has the form of the request.
fn is_socks(data: &[u8], from_client: bool) -> bool {
    match *data {
        // Methods, and which one is taken.
        [5, count, ref methods @ ..] if from_client && methods.len() == usize::from(count) => true,
        [5, method] if !from_client => method <= 2,
        // Name and password, and what becomes of it.
        [1, name, ref rest @ ..] if from_client && rest.len() > usize::from(name) => rest
            .get(usize::from(name))
            .is_some_and(|length| rest.len() == usize::from(name) + 1 + usize::from(*length)),
        [1, _] if !from_client => true,
        // CONNECT and its reply: type of the address, address, port.
        [5, code, 0, kind, ref rest @ ..] if code == 1 || !from_client => {
            let address = match (kind, rest.first()) {
                (1, _) => 4,
                (3, Some(length)) => 1 + usize::from(*length),
                (4, _) => 16,
                _ => return false,
            };
            rest.len() == address + 2
        }
        // Version 4: port, address, user.
        [4, 1, _, _, _, _, _, _, .., 0] if from_client => true,
        [0, 90, _, _, _, _, _, _] if !from_client => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(from_client: bool, port: u16) -> Packet<'static> {
        let ports = if from_client {
            (4000, port)
        } else {
            (port, 4000)
        };
        Packet {
            source_port: ports.0,
            destination_port: ports.1,
            ..Packet::default()
        }
    }

    #[test]
    fn connect_and_its_answer() {
        let client = packet(true, 8080);
        let request = b"CONNECT 203.0.113.8:443 HTTP/1.1\r\n\r\n";
        assert_eq!(opening(&client, request, false), Opening::Whole);
        assert_eq!(opening(&client, &request[..9], false), Opening::Begun);
        assert_eq!(
            opening(&client, b"GET / HTTP/1.1\r\n\r\n", false),
            Opening::None
        );
        let answer = b"HTTP/1.1 200 Connection established\r\n\r\n";
        assert_eq!(opening(&client, answer, false), Opening::None);
        assert_eq!(opening(&client, answer, true), Opening::Whole);
    }

    #[test]
    fn steps_of_socks() {
        let (client, proxy) = (packet(true, SOCKS_PORT), packet(false, SOCKS_PORT));
        for (packet, data, expected) in [
            (&client, &b"\x05\x01\x00"[..], Opening::Whole),
            (&proxy, b"\x05\x00", Opening::Whole),
            (&client, b"\x01\x02me\x03abc", Opening::Whole),
            (&proxy, b"\x01\x00", Opening::Whole),
            (
                &client,
                b"\x05\x01\x00\x01\xcb\x00\x71\x08\x01\xbb",
                Opening::Whole,
            ),
            (&client, b"\x05\x01\x00\x03\x02ab\x01\xbb", Opening::Whole),
            (&proxy, b"\x05\x00\x00\x01\0\0\0\0\0\0", Opening::Whole),
            (
                &client,
                b"\x04\x01\x01\xbb\xcb\x00\x71\x08me\0",
                Opening::Whole,
            ),
            (&proxy, b"\x00\x5a\0\0\0\0\0\0", Opening::Whole),
            (&client, b"\x00\x31\x02\x34\x20", Opening::None),
            (&client, b"\x05", Opening::None),
            (&client, b"", Opening::None),
        ] {
            let found = opening(packet, data, true);
            assert_eq!(found, expected, "{}", data.escape_ascii());
        }
    }
}
