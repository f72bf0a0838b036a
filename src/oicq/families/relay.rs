//! Files by way of a server: the family 04.
//!
//! ```text
//! 04, version2, length2 (of the whole frame), body, 03
//! ```
//!
//! What the body holds is not known well enough to take a QQ number out of it.
//! QQ2005 to QQ2012. Source: protocol reference, OICQ §2.10.

use super::cursor::Cursor;
use super::{Family, Message, What};
use crate::oicq::client_table::CLIENTS;
use crate::oicq::frame::Direction;
use crate::oicq::TRAILER;
use crate::span::Span;

/// First byte.
const FLAG: u8 = 0x04;
/// The header and the trailer.
const SHORTEST: usize = 6;
/// Versions that were seen in this family alone.
const OWN_VERSIONS: [u16; 2] = [0x096d, 0x180d];

/// The frame at the start of `data`, which is `len` bytes on the wire.
pub(super) fn message(data: &[u8], len: usize) -> Option<Message> {
    let mut cursor = Cursor::new(data, 0, len.checked_sub(1)?);
    if len <= SHORTEST || cursor.u8()?.value != FLAG {
        return None;
    }
    let version = cursor.u16()?;
    let known = matches!(version.value, 0x0600..=0x3fff)
        && (CLIENTS.name(u32::from(version.value)).is_some()
            || OWN_VERSIONS.contains(&version.value));
    let length = cursor.part_u16(What::Length)?;
    let trailer = Span::new(len - 1, 1);
    if !known || usize::from(length) != len || !matches!(trailer.of(data), [] | [TRAILER]) {
        return None;
    }
    cursor.rest(What::Unknown);
    Some(Message {
        family: Family::Relay,
        span: Span::new(0, len),
        direction: Direction::Unknown,
        version,
        command: None,
        sequence: None,
        account: None,
        receiver: None,
        parts: cursor.parts,
        trailer: Some(trailer),
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in super::super) fn frame() -> Vec<u8> {
        b"\x04\x15\x49\0\x10abcdefghij\x03".to_vec()
    }

    #[test]
    fn the_length_counts_the_whole_frame() {
        let bytes = frame();
        let found = message(&bytes, bytes.len()).unwrap();
        assert_eq!(found.version.value, 0x1549);
        assert_eq!(found.value(What::Length, &bytes), Some(16));
        assert_eq!(found.find(What::Unknown).unwrap().of(&bytes), b"abcdefghij");
        assert_eq!(found.trailer, Some(Span::new(15, 1)));
    }

    #[test]
    fn versions_of_no_client_are_refused() {
        let mut bytes = frame();
        bytes[1..3].copy_from_slice(&[0x12, 0x34]);
        assert!(message(&bytes, bytes.len()).is_none());
        bytes[1..3].copy_from_slice(&[0x18, 0x0d]);
        assert!(message(&bytes, bytes.len()).is_some());
    }
}
