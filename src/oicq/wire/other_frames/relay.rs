//! Files relayed by a server: the family 04.
//!
//! ```text
//! 04, version2, length2 (of the whole frame), body, 03
//! ```
//!
//! Offsets of QQ number and file sizes are published for one form of the body; it is
//! assumed where the sizes are consistent. QQ2005 to QQ 8.9 of 2017, at least. Source:
//! docs/protocol/oicq.md §2.10.

use crate::input::Input;
use crate::oicq::wire::basic::TRAILER;
use crate::oicq::wire::client_table::CLIENTS;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::other_frames::cursor::Cursor;
use crate::oicq::wire::other_frames::frame::{FamilyFrame, FamilyPart, FrameFamily, FIRST_NUMBER};
use crate::span::{Span, Spanned};

/// First byte.
const FLAG: u8 = 0x04;
/// Length of header and trailer; a frame has at least one byte between them.
const SHORTEST: usize = 6;
/// Versions seen in this family only.
const OWN_VERSIONS: [u16; 2] = [0x096d, 0x180d];

/// Decodes a frame of `len` bytes, of which `data` has those that were captured. Returns
/// `None` if it is not of this family.
pub(crate) fn decode(data: &[u8], len: usize) -> Option<FamilyFrame> {
    let mut cursor = Cursor::new(Input::of(data, Span::new(0, len.checked_sub(1)?)));
    if len <= SHORTEST || cursor.u8()?.value != FLAG {
        return None;
    }
    let version = cursor.u16()?;
    let known = matches!(version.value, 0x0600..=0x3fff)
        && (CLIENTS.name(u32::from(version.value)).is_some()
            || OWN_VERSIONS.contains(&version.value));
    let length = cursor.part_u16(FamilyPart::Length)?;
    let trailer = Span::new(len - 1, 1);
    if !known || usize::from(length) != len || !matches!(trailer.of(data), [] | [TRAILER]) {
        return None;
    }
    let account = file(&mut cursor);
    cursor.rest(FamilyPart::Unknown);
    Some(FamilyFrame {
        family: FrameFamily::Relay,
        span: Span::new(0, len),
        direction: Direction::Unknown,
        version,
        command: None,
        sequence: None,
        account,
        receiver: None,
        parts: cursor.parts,
        trailer: Some(trailer),
    })
}

/// `unknown5, QQ number4, unknown29, size4, pieces4, piece4, name`: the number at offset
/// 10, the size at 43 and the name at 55 of the frame.
fn file(cursor: &mut Cursor<'_>) -> Option<Spanned<u32>> {
    const BEFORE_NUMBER: usize = 5;
    const BEFORE_SIZES: usize = 29;
    let mut ahead = cursor.ahead();
    ahead.take(BEFORE_NUMBER)?;
    let account = ahead.be_u32()?;
    ahead.take(BEFORE_SIZES)?;
    let (size, pieces, piece) = (
        ahead.be_u32()?.value,
        ahead.be_u32()?.value,
        ahead.be_u32()?.value,
    );
    let agree = size > 0 && piece > 0 && pieces == size.div_ceil(piece);
    if account.value < FIRST_NUMBER || !agree {
        return None;
    }
    cursor.part(FamilyPart::Unknown, BEFORE_NUMBER)?;
    cursor.u32()?;
    cursor.part(FamilyPart::Unknown, BEFORE_SIZES)?;
    cursor.part_u32(FamilyPart::FileSize)?;
    cursor.part_u32(FamilyPart::FragmentCount)?;
    cursor.part_u32(FamilyPart::FragmentLength)?;
    let mut ahead = cursor.ahead();
    let letters = core::iter::from_fn(|| ahead.u8().filter(|letter| letter.value != 0));
    let length = letters.count();
    cursor.part(FamilyPart::Name, length)?;
    Some(account)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(in crate::oicq::wire::other_frames) fn frame() -> Vec<u8> {
        b"\x04\x15\x49\0\x10abcdefghij\x03".to_vec()
    }

    #[test]
    fn the_length_counts_the_whole_frame() {
        let bytes = frame();
        let found = decode(&bytes, bytes.len()).unwrap();
        assert_eq!(found.version.value, 0x1549);
        assert_eq!(found.value(FamilyPart::Length, &bytes), Some(16));
        assert_eq!(
            found.find(FamilyPart::Unknown).unwrap().of(&bytes),
            b"abcdefghij"
        );
        assert_eq!(found.trailer, Some(Span::new(15, 1)));
    }

    #[test]
    fn a_file_is_recognised_by_its_sizes() {
        let mut bytes = b"\x04\x37\x09\0\x47".to_vec();
        bytes.extend([0; 5]);
        bytes.extend(12_345_678_u32.to_be_bytes());
        bytes.extend([0; 29]);
        for number in [2500_u32, 3, 1000] {
            bytes.extend(number.to_be_bytes());
        }
        bytes.extend(b"notes.txt\0\x01\x02\x03\x04\x05\x03");
        let found = decode(&bytes, bytes.len()).unwrap();
        assert_eq!(found.account.map(|account| account.value), Some(12_345_678));
        assert_eq!(found.value(FamilyPart::FileSize, &bytes), Some(2500));
        assert_eq!(
            found.find(FamilyPart::Name).unwrap().of(&bytes),
            b"notes.txt"
        );
        for (number, is_file) in [(FIRST_NUMBER - 1, false), (FIRST_NUMBER, true)] {
            bytes[10..14].copy_from_slice(&number.to_be_bytes());
            let found = decode(&bytes, bytes.len()).unwrap();
            assert_eq!(found.account.is_some(), is_file, "{number}");
        }
        // Four pieces of 1000 bytes do not make a file of 2500; no file is empty.
        for (size, pieces, piece) in [(2500, 4, 1000), (0, 0, 1000), (2500, 0, 0), (0, 0, 0)] {
            for (at, number) in [(43, size), (47, pieces), (51, piece)] {
                bytes[at..at + 4].copy_from_slice(&u32::to_be_bytes(number));
            }
            let found = decode(&bytes, bytes.len()).unwrap();
            assert_eq!(found.account, None, "{size}");
            assert_eq!(found.find(FamilyPart::Name), None, "{size}");
        }
    }

    #[test]
    fn versions_of_no_client_are_refused() {
        let mut bytes = frame();
        bytes[1..3].copy_from_slice(&[0x12, 0x34]);
        assert!(decode(&bytes, bytes.len()).is_none());
        bytes[1..3].copy_from_slice(&[0x18, 0x0d]);
        assert!(decode(&bytes, bytes.len()).is_some());
    }
}
