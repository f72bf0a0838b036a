//! Group pictures relayed by a server, the agent: the family 05.
//!
//! ```text
//! 05, version2, length2 (of the whole frame), command2, sequence2, number4, 8 unknown,
//! body, 03
//! ```
//!
//! Parts of some bodies are encrypted by QQ-TEA under the file agent key, which is in the
//! reply to 0x001d. 2005 to 2007. Source: docs/protocol/oicq.md §2.9.

#[cfg(test)]
pub(crate) mod tests;

use crate::codes::Codes;
use crate::input::Input;
use crate::oicq::wire::basic::TRAILER;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::other_frames::cursor::Cursor;
use crate::oicq::wire::other_frames::frame::{
    is_version, FamilyFrame, FamilyPart, FrameFamily, AGENT_SERVER, FIRST_NUMBER,
};
use crate::span::Span;

/// First byte.
pub const FLAG: u8 = 0x05;
/// Number of bytes that [`frame_len`] needs.
pub const PREFIX_LEN: usize = 7;
/// Minimum frame length: header, eight unknown bytes and trailer.
const SHORTEST: usize = 22;
const REQUEST_AGENT: u16 = 0x0021;
const REQUEST_EMOTICON: u16 = 0x0022;
const TRANSFER: u16 = 0x0023;
const REQUEST_BEGIN: u16 = 0x0026;
/// Minimum length of the description of a picture, without its name.
const DESCRIPTION: usize = 48;

/// Commands. Source: docs/protocol/oicq.md §2.9.
pub const COMMANDS: Codes = Codes::new(&[
    (0x21, c"Request agent"),
    (0x22, c"Request emoticon"),
    (0x23, c"Transfer"),
    (0x26, c"Request start"),
]);

/// Whether `data`, which is shorter than [`PREFIX_LEN`], can be the start of a frame.
pub fn may_begin(data: &[u8]) -> bool {
    match *data {
        [] | [FLAG] => true,
        [FLAG, high] => (0x04..0x20).contains(&high),
        [FLAG, high, low, ..] => {
            data.len() < PREFIX_LEN && is_known(u16::from_be_bytes([high, low]))
        }
        _ => false,
    }
}

fn is_known(version: u16) -> bool {
    is_version(version) || version == AGENT_SERVER
}

/// Length of the frame at the start of `data`, by its length field: the only delimiter
/// over TCP. Returns `None` if no frame starts there.
pub fn frame_len(data: &[u8]) -> Option<usize> {
    let mut input = Input::whole(data);
    if input.u8()?.value != FLAG {
        return None;
    }
    let version = input.be_u16()?.value;
    let length = usize::from(input.be_u16()?.value);
    let command = input.be_u16()?.value;
    let fits = is_known(version) && length >= SHORTEST;
    (fits && COMMANDS.name(command.into()).is_some()).then_some(length)
}

/// Decodes a frame of `len` bytes, of which `data` has those that were captured. Returns
/// `None` if it is not of this family.
pub(crate) fn decode(data: &[u8], len: usize) -> Option<FamilyFrame> {
    if frame_len(data)? != len {
        return None;
    }
    let trailer = Span::new(len.checked_sub(1)?, 1);
    if !matches!(trailer.of(data), [] | [TRAILER]) {
        return None;
    }
    let mut cursor = Cursor::new(Input::of(data, Span::between(1, trailer.start)));
    let version = cursor.u16()?;
    cursor.part(FamilyPart::Length, 2)?;
    let command = cursor.u16()?;
    let sequence = cursor.u16()?;
    let account = cursor.u32().filter(|n| n.value >= FIRST_NUMBER)?;
    cursor.part(FamilyPart::Unknown, 8)?;
    if cursor.left() > 0 {
        match command.value {
            REQUEST_AGENT => request(&mut cursor, version.value)?,
            REQUEST_EMOTICON | REQUEST_BEGIN => {
                cursor.part(FamilyPart::Session, 4)?;
                cursor.rest_encrypted();
            }
            TRANSFER => {
                let body = transfer(&mut cursor, sequence.value);
                cursor.finish(body)?;
            }
            _ => cursor.rest(FamilyPart::Unknown),
        }
    }
    let direction = if version.value == AGENT_SERVER {
        Direction::ToClient
    } else {
        Direction::Unknown
    };
    Some(FamilyFrame {
        family: FrameFamily::Agent,
        span: Span::new(0, len),
        direction,
        version,
        command: Some(command),
        sequence: Some(sequence),
        account: Some(account),
        receiver: None,
        parts: cursor.parts,
        trailer: Some(trailer),
    })
}

/// `00000000, length2, token, ciphertext` from the client; ciphertext alone from the
/// server.
fn request(cursor: &mut Cursor<'_>, version: u16) -> Option<()> {
    if version != AGENT_SERVER {
        let mut ahead = cursor.ahead();
        if ahead.be_u32().is_some_and(|zero| zero.value == 0) {
            let token = usize::from(ahead.be_u16()?.value);
            if token < ahead.left() {
                cursor.part(FamilyPart::Unknown, 4)?;
                cursor.part(FamilyPart::TokenLength, 2)?;
                cursor.part(FamilyPart::Token, token)?;
            }
        }
    }
    cursor.rest_encrypted();
    Some(())
}

/// Results of a request for an agent. Source: docs/protocol/oicq.md §2.9.
pub const RESULTS: Codes =
    Codes::new(&[(0, c"OK"), (1, c"Redirect"), (3, c"Too long or rejected")]);

/// Types of pictures requested from an agent. Source: docs/protocol/oicq.md §2.9.
pub const PICTURE_TYPES: Codes = Codes::new(&[
    (0x0000, c"Receive"),
    (0x1000, c"Screenshot"),
    (0x1100, c"Custom emoticon"),
]);

/// Splits a decrypted ciphertext into parts, by command and direction. Spans refer to
/// `plain`.
pub(crate) fn decrypted_parts(
    command: u16,
    direction: Direction,
    plain: &[u8],
) -> Vec<(FamilyPart, Span)> {
    let mut cursor = Cursor::new(Input::whole(plain));
    let to_client = direction == Direction::ToClient;
    let _ = match (command, to_client) {
        (REQUEST_AGENT, false) => agent_request(&mut cursor),
        (REQUEST_AGENT, true) => agent_reply(&mut cursor),
        (REQUEST_EMOTICON, false) => emoticon_request(&mut cursor),
        (REQUEST_BEGIN, _) => cursor.part(FamilyPart::PictureType, 2),
        _ => None,
    };
    cursor.rest(FamilyPart::Unknown);
    cursor.parts
}

/// `type2, group4, size4, md5 16, name md5 16, 0000`
fn agent_request(cursor: &mut Cursor<'_>) -> Option<Span> {
    cursor.part(FamilyPart::PictureType, 2)?;
    cursor.part(FamilyPart::Group, 4)?;
    cursor.part(FamilyPart::FileSize, 4)?;
    cursor.part(FamilyPart::FileMd5, 16)?;
    cursor.part(FamilyPart::NameMd5, 16)
}

/// `code2, address4, port2, session4, address4, port2, length2, text`
fn agent_reply(cursor: &mut Cursor<'_>) -> Option<Span> {
    cursor.part(FamilyPart::Result, 2)?;
    cursor.part(FamilyPart::AgentAddress, 4)?;
    cursor.part(FamilyPart::AgentPort, 2)?;
    cursor.part(FamilyPart::Session, 4)?;
    cursor.part(FamilyPart::OtherAddress, 4)?;
    cursor.part(FamilyPart::OtherPort, 2)?;
    let length = cursor.part_u16(FamilyPart::TextLength)?;
    cursor.part(FamilyPart::Text, usize::from(length))
}

/// `length2, token, group4`
fn emoticon_request(cursor: &mut Cursor<'_>) -> Option<Span> {
    let length = cursor.part_u16(FamilyPart::TokenLength)?;
    cursor.part(FamilyPart::Token, usize::from(length))?;
    cursor.part(FamilyPart::Group, 4)
}

/// `session4, 4 unknown, length2, data`: sequence 0 describes the picture, unless it is
/// the consent of the receiver.
fn transfer(cursor: &mut Cursor<'_>, sequence: u16) -> Option<()> {
    cursor.part(FamilyPart::Session, 4)?;
    cursor.part(FamilyPart::Unknown, 4)?;
    let length = usize::from(cursor.part_u16(FamilyPart::DataLength)?);
    if length != cursor.left() {
        return None;
    }
    match length {
        1 => {
            cursor.part(FamilyPart::Received, 1)?;
        }
        _ if sequence == 0 && length >= DESCRIPTION => {
            cursor.part(FamilyPart::Unknown, 2)?;
            cursor.part(FamilyPart::FileMd5, 16)?;
            cursor.part(FamilyPart::NameMd5, 16)?;
            cursor.part(FamilyPart::FileSize, 4)?;
            let name = cursor.part_u16(FamilyPart::NameLength)?;
            cursor.part(FamilyPart::Name, usize::from(name))?;
            cursor.rest(FamilyPart::Unknown);
        }
        _ if sequence == 0 => cursor.rest(FamilyPart::Unknown),
        _ => cursor.rest(FamilyPart::Data),
    }
    Some(())
}
