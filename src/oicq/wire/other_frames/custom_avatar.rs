//! Custom avatars: the family 03 with a command.
//!
//! ```text
//! 03, command1, sequence2, serial4, 32 unknown, parts1, part1, 1 unknown, version2,
//! 1 unknown, 8 unknown, length2, content
//! ```
//!
//! Nothing is encrypted. Servers mostly send version 0. QQ2005 to QQ2007. Source:
//! docs/protocol/oicq.md §2.8.

use crate::codes::Codes;
use crate::input::Input;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::other_frames::cursor::Cursor;
use crate::oicq::wire::other_frames::frame::{
    is_version, FamilyFrame, FamilyPart, FrameFamily, FIRST_NUMBER,
};
use crate::span::{Span, Spanned};

/// First byte.
const FLAG: u8 = 0x03;
/// Command: get the data of an avatar.
const GET_DATA: u8 = 0x02;
/// Command: get information about avatars.
const GET_INFO: u8 = 0x04;
/// Maximum QQ numbers in one request.
const MAX_AVATARS: u16 = 20;
/// Content length of a request for avatar data.
const DATA_REQUEST: usize = 17;
/// Length of the fields before the avatar data in a reply.
const DATA_REPLY: usize = 21;

/// Commands. Source: docs/protocol/oicq.md §2.8.
pub const COMMANDS: Codes = Codes::new(&[
    (0x02, c"Get custom avatar"),
    (0x04, c"Get custom avatar information"),
]);

/// Decodes a frame of `len` bytes, of which `data` has those that were captured. Returns
/// `None` if it is not of this family.
pub(crate) fn decode(data: &[u8], len: usize) -> Option<FamilyFrame> {
    let mut cursor = Cursor::new(Input::of(data, Span::new(0, len)));
    if cursor.u8()?.value != FLAG {
        return None;
    }
    let command = cursor.u8()?;
    if !matches!(command.value, GET_DATA | GET_INFO) {
        return None;
    }
    let sequence = cursor.u16()?;
    cursor.part(FamilyPart::Serial, 4)?;
    cursor.part(FamilyPart::Unknown, 32)?;
    let parts = cursor.part_u8(FamilyPart::PartCount)?;
    let part = cursor.part_u8(FamilyPart::PartIndex)?;
    cursor.part(FamilyPart::Unknown, 1)?;
    let version = cursor.u16()?;
    cursor.part(FamilyPart::Unknown, 1)?;
    if part >= parts.max(1) || (version.value != 0 && !is_version(version.value)) {
        return None;
    }
    // A server without the avatar replies without a body.
    let direction = if cursor.left() == 0 {
        Direction::ToClient
    } else {
        cursor.part(FamilyPart::Unknown, 8)?;
        let length = cursor.part_u16(FamilyPart::ContentLength)?;
        if usize::from(length) != cursor.left() {
            return None;
        }
        let body = match command.value {
            GET_INFO => info(&mut cursor),
            _ => picture(&mut cursor),
        };
        cursor.finish(body)?.unwrap_or(Direction::Unknown)
    };
    // Without a body, the version of a client is the only strong evidence.
    if cursor.parts.len() <= 6 && version.value == 0 {
        return None;
    }
    Some(FamilyFrame {
        family: FrameFamily::CustomAvatar,
        span: Span::new(0, len),
        direction,
        version,
        command: Some(Spanned::new(u16::from(command.value), command.span)),
        sequence: Some(sequence),
        account: None,
        receiver: None,
        parts: cursor.parts,
        trailer: None,
    })
}

fn friend(cursor: &mut Cursor<'_>) -> Option<()> {
    (cursor.part_u32(FamilyPart::Friend)? >= FIRST_NUMBER).then_some(())
}

/// `0100, count2, {number4}` or `0002, count2, {number4, time4, md5 16}`.
fn info(cursor: &mut Cursor<'_>) -> Option<Direction> {
    let kind = cursor.part_u16(FamilyPart::InfoType)?;
    let count = cursor.part_u16(FamilyPart::AvatarCount)?;
    let left = cursor.left();
    let many = usize::from(count);
    match kind {
        0x0100 if count <= MAX_AVATARS && left == 4 * many => {
            for _ in 0..count {
                friend(cursor)?;
            }
            Some(Direction::ToServer)
        }
        0x0002 if left == 24 * many => {
            for _ in 0..count {
                friend(cursor)?;
                cursor.part(FamilyPart::Time, 4)?;
                cursor.part(FamilyPart::FileMd5, 16)?;
            }
            Some(Direction::ToClient)
        }
        _ => None,
    }
}

/// `number4, 01, time4, offset4, length4` or `00, number4, time4, size4, offset4, length4,
/// data`.
fn picture(cursor: &mut Cursor<'_>) -> Option<Direction> {
    let left = cursor.left();
    if left == DATA_REQUEST {
        friend(cursor)?;
        cursor.part(FamilyPart::Unknown, 1)?;
        cursor.part(FamilyPart::Time, 4)?;
        cursor.part(FamilyPart::Offset, 4)?;
        cursor.part(FamilyPart::DataLength, 4)?;
        return Some(Direction::ToServer);
    }
    if left < DATA_REPLY || cursor.part_u8(FamilyPart::Unknown)? != 0 {
        return None;
    }
    friend(cursor)?;
    cursor.part(FamilyPart::Time, 4)?;
    cursor.part(FamilyPart::FileSize, 4)?;
    cursor.part(FamilyPart::Offset, 4)?;
    let length = cursor.part_u32(FamilyPart::DataLength)?;
    if usize::try_from(length).ok()? != cursor.left() {
        return None;
    }
    cursor.rest(FamilyPart::Data);
    Some(Direction::ToClient)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    fn frame(command: u8, version: u16, content: &[u8]) -> Vec<u8> {
        let mut bytes = vec![FLAG, command, 0x12, 0x34, 0, 0, 0, 9];
        bytes.extend([0; 32]);
        bytes.extend([1, 0, 0]);
        bytes.extend(version.to_be_bytes());
        bytes.push(0);
        bytes.extend([0; 8]);
        bytes.extend((content.len() as u16).to_be_bytes());
        bytes.extend(content);
        bytes
    }

    pub(in crate::oicq::wire::other_frames) fn info_request() -> Vec<u8> {
        frame(GET_INFO, 0x0f5f, b"\x01\0\0\x02\0\xbc\x61\x4e\0\0\x27\x11")
    }

    pub(in crate::oicq::wire::other_frames) fn data_reply() -> Vec<u8> {
        let mut content = b"\0\0\xbc\x61\x4e\x45\0\0\0\0\0\0\x0a\0\0\0\0\0\0\0\x0a".to_vec();
        content.extend(b"0123456789");
        frame(GET_DATA, 0, &content)
    }

    #[test]
    fn a_request_lists_numbers() {
        let bytes = info_request();
        let found = decode(&bytes, bytes.len()).unwrap();
        assert_eq!(found.direction, Direction::ToServer);
        assert_eq!(found.sequence.unwrap().value, 0x1234);
        assert_eq!(found.value(FamilyPart::AvatarCount, &bytes), Some(2));
        let friends = found.parts.iter().filter(|(w, _)| *w == FamilyPart::Friend);
        assert_eq!(friends.count(), 2);
        assert_eq!(found.value(FamilyPart::Friend, &bytes), Some(12_345_678));
    }

    #[test]
    fn a_reply_has_the_creation_time_of_an_avatar() {
        let mut content = b"\0\x02\0\x01\0\xbc\x61\x4e\x45\0\0\0".to_vec();
        content.extend([0x33; 16]);
        let bytes = frame(GET_INFO, 0, &content);
        let found = decode(&bytes, bytes.len()).unwrap();
        assert_eq!(found.direction, Direction::ToClient);
        assert_eq!(found.value(FamilyPart::Time, &bytes), Some(0x4500_0000));
        assert_eq!(found.find(FamilyPart::FileMd5).unwrap().len, 16);
    }

    #[test]
    fn avatar_data_has_an_offset() {
        let bytes = data_reply();
        let found = decode(&bytes, bytes.len()).unwrap();
        assert_eq!(found.direction, Direction::ToClient);
        assert_eq!(found.value(FamilyPart::FileSize, &bytes), Some(10));
        assert_eq!(
            found.find(FamilyPart::Data).unwrap().of(&bytes),
            b"0123456789"
        );
        let request = frame(
            GET_DATA,
            0x0f5f,
            b"\0\xbc\x61\x4e\x01\x45\0\0\0\xff\xff\xff\xff\0\0\0\0",
        );
        let found = decode(&request, request.len()).unwrap();
        assert_eq!(found.direction, Direction::ToServer);
        assert_eq!(found.value(FamilyPart::Offset, &request), Some(0xffff_ffff));
    }

    #[test]
    fn the_last_part_of_an_avatar_can_be_empty() {
        let content = b"\0\0\xbc\x61\x4e\x45\0\0\0\0\0\0\x0a\0\0\0\x0a\0\0\0\0";
        let bytes = frame(GET_DATA, 0, content);
        let found = decode(&bytes, bytes.len()).unwrap();
        assert_eq!(found.direction, Direction::ToClient);
        assert_eq!(found.value(FamilyPart::DataLength, &bytes), Some(0));
        assert_eq!(found.find(FamilyPart::Data), None);
        let short = frame(GET_DATA, 0, &content[..content.len() - 1]);
        assert!(decode(&short, short.len()).is_none());
    }

    #[test]
    fn a_refusal_has_the_version_of_a_client_and_no_body() {
        let bytes = frame(GET_DATA, 0x0f5f, &[])[..46].to_vec();
        assert!(decode(&bytes, bytes.len()).is_some());
        let bytes = frame(GET_DATA, 0, &[])[..46].to_vec();
        assert!(decode(&bytes, bytes.len()).is_none());
    }

    #[test]
    fn lengths_must_agree() {
        let mut bytes = info_request();
        bytes.push(0);
        assert!(decode(&bytes, bytes.len()).is_none());
    }

    #[test]
    fn parts_and_versions_must_be_possible() {
        const PART: usize = 41;
        const VERSION: usize = 43;
        let whole = info_request();
        assert_eq!(whole[VERSION..VERSION + 2], [0x0f, 0x5f]);
        let is_recognised = |at: usize, to: u8| {
            let mut bytes = whole.clone();
            bytes[at] = to;
            decode(&bytes, bytes.len()).is_some()
        };
        assert!(is_recognised(PART, 0));
        // The second of one part, and the version of no client.
        assert!(!is_recognised(PART, 1));
        assert!(!is_recognised(VERSION, 0x0e));
    }

    #[test]
    fn a_request_names_as_many_avatars_as_it_says() {
        for (count, numbers, is_recognised) in [
            (1, 1, true),
            (1, 2, false),
            (2, 1, false),
            (MAX_AVATARS, MAX_AVATARS, true),
            (MAX_AVATARS + 1, MAX_AVATARS + 1, false),
        ] {
            let mut content = vec![0x01, 0x00];
            content.extend(count.to_be_bytes());
            content.extend(b"\0\xbc\x61\x4e".repeat(numbers.into()));
            let bytes = frame(GET_INFO, 0x0f5f, &content);
            let found = decode(&bytes, bytes.len());
            assert_eq!(found.is_some(), is_recognised, "{count} {numbers}");
        }
    }
}
