//! SIP: the header of a message, without its body.
//!
//! Wireshark's dissector hands a body to the dissector of its Content-Type, and bytes
//! that start with five set bits to the SigComp virtual machine, which runs bytecode from
//! the packet. So it gets only the header, of bytes that begin like SIP. It takes a bare
//! CR as a line end, too, and two of them would end the header early.

use crate::handoff::wire::admitted::Admitted;

/// Maximum length of a header, in bytes; those of MSN have 1,000 to 2,000.
const MAX_BYTES: usize = 16 * 1024;
/// Items per byte: each byte of a line can be a parameter separator.
const ITEMS_OF_BYTE: usize = 4;
/// The version: the first word of a status line, the last of a request line.
const VERSION: &[u8] = b"SIP/2.0";

pub(crate) fn guard(part: &[u8]) -> Option<Admitted> {
    let head = part.get(..part.len().min(MAX_BYTES + 1)).unwrap_or(part);
    let first = head.split(|byte| *byte == b'\n').next()?;
    if !begins_sip(first.strip_suffix(b"\r").unwrap_or(first)) {
        return None;
    }
    let len = head_length(head);
    let bytes = head.get(..len)?;
    if len > MAX_BYTES || memchr::memchr(0, bytes).is_some() || has_bare_return(bytes) {
        return None;
    }
    Some(Admitted {
        len,
        items: 64 + len * ITEMS_OF_BYTE,
    })
}

/// Whether this is a first line: `SIP/2.0 200 OK`, or
/// `INVITE sip:alice@example.com SIP/2.0`.
fn begins_sip(line: &[u8]) -> bool {
    if !line.iter().all(|byte| matches!(byte, 0x20..=0x7e | 0x80..)) {
        return false;
    }
    let mut words = line.split(|byte| *byte == b' ');
    let (first, second) = (words.next(), words.next());
    let (Some(first), Some(second)) = (first, second) else {
        return false;
    };
    if first == VERSION {
        return second.len() == 3 && second.iter().all(u8::is_ascii_digit);
    }
    let is_method = !first.is_empty() && first.iter().all(u8::is_ascii_uppercase);
    is_method && !second.is_empty() && words.next_back() == Some(VERSION)
}

fn has_bare_return(text: &[u8]) -> bool {
    memchr::memchr_iter(b'\r', text).any(|at| text.get(at + 1) != Some(&b'\n'))
}

/// Length of the lines up to and including the empty one; of all lines if there is none.
fn head_length(text: &[u8]) -> usize {
    let mut at = 0;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        at += line.len();
        if matches!(line, b"\r\n" | b"\n") {
            break;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn len(text: &[u8]) -> Option<usize> {
        guard(text).map(|admitted| admitted.len)
    }

    #[test]
    fn the_body_is_left_out() {
        let head =
            b"INVITE sip:alice@example.com SIP/2.0\r\nContent-Type: application/cose\r\n\r\n";
        let whole = [&head[..], b"\xa0\r\n\r\n"].concat();
        assert_eq!(len(&whole), Some(head.len()));
        assert_eq!(len(head), Some(head.len()));
        assert_eq!(len(b"SIP/2.0 180 Ringing\nVia: a\n\nbody"), Some(28));
        assert_eq!(len(b"SIP/2.0 200 \r\nVia: a"), Some(20));
        // Each byte can be a parameter of several items.
        let items = guard(&whole).map(|admitted| admitted.items);
        assert_eq!(items, Some(64 + 4 * head.len()));
    }

    #[test]
    fn other_text_is_refused() {
        for text in [
            &b""[..],
            b"\xf8\x01\x02",
            b"\r\n\r\n",
            b"hello",
            b"INVITE sip:a SIP/1.0\r\n\r\n",
            b"invite sip:a SIP/2.0\r\n\r\n",
            b"SIP/2.0 2000 OK\r\n\r\n",
            b"SIP/2.0\r\n\r\n",
            b"INVITE SIP/2.0\r\n\r\n",
            b"INVITE sip:a\0 SIP/2.0\r\n\r\n",
            b"SIP/2.0 200 OK\r\nVia: \0\r\n\r\n",
            b"SIP/2.0 200 OK\r\nVia: a\r\rbody\r\n\r\n",
        ] {
            assert_eq!(len(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_header_of_more_than_the_maximum_is_refused() {
        let first = &b"SIP/2.0 200 OK\r\n"[..];
        for (bytes, is_admitted) in [(MAX_BYTES, true), (MAX_BYTES + 1, false)] {
            let value = vec![b'a'; bytes - first.len() - 4];
            let head = [first, &value, b"\r\n\r\n"].concat();
            let expected = is_admitted.then_some(bytes);
            assert_eq!(len(&head), expected);
            assert_eq!(len(&[&head[..], b"body"].concat()), expected);
            assert_eq!(len(&head[..bytes - 2]), Some(bytes - 2));
        }
        let endless = [first, &b"a: b\r\n".repeat(9_000)].concat();
        assert_eq!(len(&endless), None);
    }
}
