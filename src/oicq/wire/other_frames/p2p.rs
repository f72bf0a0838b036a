//! Between two clients: the families 00 (control) and 03 with a version (data).
//!
//! ```text
//! 00 or 03, version2, seed1, sender4, receiver4, body
//! ```
//!
//! The two QQ numbers are inverted and XORed with the seed, which is no secret. The body
//! of a control packet is QQ-TEA under the key of the file transfer; that of a data packet
//! is in clear. QQ2003 to QQ2007. Source: docs/protocol/oicq.md §2.7, and §12.7.

#[cfg(test)]
pub(crate) mod tests;

use crate::codes::Codes;
use crate::handoff::wire::{realtime, sip};
use crate::input::Input;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::other_frames::cursor::Cursor;
use crate::oicq::wire::other_frames::frame::{
    is_version, FamilyFrame, FamilyPart, FrameFamily, FIRST_NUMBER,
};
use crate::span::{Span, Spanned};

/// First byte of control packets.
const CONTROL: u8 = 0x00;
/// First byte of data packets.
const DATA: u8 = 0x03;
/// Lengths of control packets: the header, and 48 or 61 bytes encrypted.
const CONTROL_LENGTHS: [usize; 2] = [76, 84];
/// Voice and video.
const MEDIA: u16 = 5;
/// A file operation, and its acknowledgement.
const FILE_OPERATION: u16 = 7;
const FILE_ACKNOWLEDGEMENT: u16 = 8;

/// Types of data packets. Source: docs/protocol/oicq.md §2.7, and §12.7.
pub const DATA_TYPES: Codes = Codes::new(&[
    (1, c"Command 1"),
    (2, c"Command 2"),
    (3, c"Command 3"),
    (5, c"Voice or video"),
    (7, c"File operation"),
    (8, c"File operation acknowledgment"),
]);

/// Types of file operations. Source: docs/protocol/oicq.md §2.7.
pub const OPERATIONS: Codes =
    Codes::new(&[(1, c"Basic information"), (2, c"Data"), (3, c"End of file")]);

/// Protocols carried by voice and video packets. Source: docs/protocol/oicq.md §12.7.
pub const MEDIA_TYPES: Codes = Codes::new(&[
    (0, c"SIP"),
    (1, c"RTP audio"),
    (2, c"RTCP audio"),
    (3, c"RTP video"),
    (4, c"RTCP video"),
]);

/// Protocol carried by a voice or video packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaKind {
    /// Call setup.
    Sip,
    /// Voice or video.
    Rtp,
    /// Reception statistics.
    Rtcp,
}

impl MediaKind {
    /// The protocol of this media type.
    pub fn of(kind: u64) -> Option<Self> {
        match kind {
            0 => Some(Self::Sip),
            1 | 3 => Some(Self::Rtp),
            2 | 4 => Some(Self::Rtcp),
            _ => None,
        }
    }

    /// Whether `part` begins with a packet of this protocol.
    pub fn begins(self, part: &[u8]) -> bool {
        let admitted = match self {
            Self::Sip => sip::guard(part),
            Self::Rtp => realtime::rtp(part),
            Self::Rtcp => realtime::rtcp(part),
        };
        admitted.is_some()
    }
}

/// Types of control packets. Source: docs/protocol/oicq.md §2.7.
pub const CONTROL_TYPES: Codes = Codes::new(&[
    (0x31, c"Sender hello"),
    (0x32, c"Sender hello acknowledgment"),
    (0x33, c"Receiver hello"),
    (0x34, c"Receiver hello acknowledgment"),
    (0x3c, c"IP notification acknowledgment"),
    (0x3d, c"Ping"),
    (0x3e, c"Pong"),
    (0x40, c"Initiate connection"),
]);

/// Decodes a frame of `len` bytes, of which `data` has those that were captured. Returns
/// `None` if it is not of these families.
pub(crate) fn decode(data: &[u8], len: usize) -> Option<FamilyFrame> {
    let mut cursor = Cursor::new(Input::of(data, Span::new(0, len)));
    let family = match cursor.u8()?.value {
        CONTROL => FrameFamily::P2pControl,
        DATA => FrameFamily::P2pData,
        _ => return None,
    };
    let version = cursor.u16()?;
    if !is_version(version.value) {
        return None;
    }
    let seed = cursor.part_u8(FamilyPart::Seed)?;
    let account = number(&mut cursor, seed)?;
    let receiver = number(&mut cursor, seed)?;
    match family {
        FrameFamily::P2pControl if CONTROL_LENGTHS.contains(&len) => {
            cursor.rest(FamilyPart::Ciphertext)
        }
        FrameFamily::P2pControl => return None,
        _ => {
            let body = file(&mut cursor);
            cursor.finish(body)?;
        }
    }
    Some(FamilyFrame {
        family,
        span: Span::new(0, len),
        direction: Direction::Unknown,
        version,
        command: None,
        sequence: None,
        account: Some(account),
        receiver: Some(receiver),
        parts: cursor.parts,
        trailer: None,
    })
}

/// A QQ number, inverted and XORed with the seed.
fn number(cursor: &mut Cursor<'_>, seed: u8) -> Option<Spanned<u32>> {
    let coded = cursor.u32()?;
    let value = !(coded.value ^ u32::from_be_bytes([seed; 4]));
    (value >= FIRST_NUMBER).then(|| Spanned::new(value, coded.span))
}

/// `00, type2, sequence2, operation1, …`, all in clear.
fn file(cursor: &mut Cursor<'_>) -> Option<()> {
    if cursor.part_u8(FamilyPart::Unknown)? != 0 {
        return None;
    }
    let kind = cursor.part_u16(FamilyPart::PacketType)?;
    DATA_TYPES.name(u32::from(kind))?;
    cursor.part(FamilyPart::PacketSequence, 2)?;
    if kind == MEDIA {
        return media(cursor);
    }
    let operation = cursor.part_u8(FamilyPart::Operation)?;
    match (kind, operation) {
        (FILE_OPERATION, 1) => {
            cursor.part(FamilyPart::FileSize, 4)?;
            cursor.part(FamilyPart::FragmentCount, 4)?;
            cursor.part(FamilyPart::FragmentLength, 4)?;
            cursor.part(FamilyPart::FileMd5, 16)?;
            cursor.part(FamilyPart::NameMd5, 16)?;
            let name = cursor.part_u16(FamilyPart::NameLength)?;
            cursor.part(FamilyPart::Unknown, 8)?;
            cursor.part(FamilyPart::Name, usize::from(name))?;
            (cursor.left() == 0).then_some(())
        }
        (FILE_OPERATION, 2) => {
            cursor.part(FamilyPart::FragmentIndex, 4)?;
            cursor.part(FamilyPart::Offset, 4)?;
            let length = cursor.part_u16(FamilyPart::DataLength)?;
            cursor.part(FamilyPart::Data, usize::from(length))?;
            (cursor.left() == 0).then_some(())
        }
        (FILE_ACKNOWLEDGEMENT, 2) => {
            cursor.part(FamilyPart::FragmentIndex, 4)?;
            (cursor.left() == 0).then_some(())
        }
        (_, 0..=3) if cursor.left() <= 16 => {
            cursor.rest(FamilyPart::Unknown);
            Some(())
        }
        _ => None,
    }
}

/// `media type1`, then a packet of that protocol.
fn media(cursor: &mut Cursor<'_>) -> Option<()> {
    let kind = cursor.part_u8(FamilyPart::MediaType)?;
    MEDIA_TYPES.name(u32::from(kind))?;
    if cursor.left() == 0 {
        return None;
    }
    cursor.rest(FamilyPart::RealTime);
    Some(())
}

/// Splits a decrypted control packet into parts: 48 bytes, or 61 with the sender's
/// addresses. Spans refer to the plaintext; bytes beyond the layout become
/// [`FamilyPart::Unknown`].
pub fn control(plain: &[u8]) -> Vec<(FamilyPart, Span)> {
    let mut cursor = Cursor::new(Input::whole(plain));
    let mut cut = || {
        cursor.part(FamilyPart::Proof, 16)?;
        cursor.part(FamilyPart::ControlType, 2)?;
        cursor.part(FamilyPart::PacketSequence, 2)?;
        cursor.part(FamilyPart::SentAt, 4)?;
        cursor.part(FamilyPart::Unknown, 1)?;
        cursor.part(FamilyPart::AvatarNumber, 1)?;
        cursor.part(FamilyPart::Unknown, 19)?;
        cursor.part(FamilyPart::Transfer, 1)?;
        if cursor.left() != 15 {
            return None;
        }
        cursor.part(FamilyPart::Unknown, 1)?;
        cursor.part(FamilyPart::OuterAddress, 4)?;
        cursor.part(FamilyPart::OuterPort, 2)?;
        cursor.part(FamilyPart::SecondPort, 2)?;
        cursor.part(FamilyPart::InnerAddress, 4)?;
        cursor.part(FamilyPart::InnerPort, 2)
    };
    cut();
    cursor.rest(FamilyPart::Unknown);
    cursor.parts
}
