//! What a frame says of a file that is transferred in pieces.
//!
//! * Between clients: a description of the file, then pieces with their offset.
//! * Custom avatars: each piece has the size of the whole and its offset.
//! * Agent: the description has sequence 0, the pieces count from 1.
//!
//! Source: docs/protocol/oicq.md §2.7 to §2.9.

use md5::{Digest, Md5};

use crate::oicq::wire::other_frames::frame::{FamilyFrame, FamilyPart, FrameFamily};
use crate::span::Span;

/// Number of bytes from the beginning of a file that its MD5 is of.
const MD5_LENGTH: usize = 10_002_432;

/// What tells the files of one direction of a conversation apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum FileSource {
    /// Sender and receiver, between which one file goes at a time.
    Peers(u32, u32),
    /// The account whose avatar it is, and when it was set.
    Avatar(u64, u64),
    /// The agent's session.
    Agent(u64),
    /// A captcha, one of which goes at a time, in frames of the basic family.
    Captcha,
}

/// What is said of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FileDescription {
    /// Its size in bytes.
    pub(crate) size: u64,
    /// MD5 of its bytes.
    pub(crate) md5: Option<[u8; 16]>,
    /// Its name in GBK.
    pub(crate) name: Option<Vec<u8>>,
}

impl FileDescription {
    /// Whether the MD5 of a file is the announced one; `None` if none is announced.
    pub(crate) fn has_md5_of(&self, file: &[u8]) -> Option<bool> {
        let beginning = file.get(..MD5_LENGTH).unwrap_or(file);
        let found: [u8; 16] = Md5::digest(beginning).into();
        self.md5.map(|announced| announced == found)
    }
}

/// The place of a piece in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PiecePlace {
    /// By its offset.
    Offset(u64),
    /// By its number, from 1.
    Number(u64),
    /// By its number, from 0, where the last piece is marked.
    Part { number: u64, is_last: bool },
}

/// What a frame says of a file, or has of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FilePart {
    /// Which file.
    pub(crate) source: FileSource,
    /// What it says of it.
    pub(crate) description: Option<FileDescription>,
    /// The piece that it has.
    pub(crate) piece: Option<(PiecePlace, Span)>,
}

/// What the frame says of a file. `None` if it is about none, or not captured that far.
pub(crate) fn file_part(message: &FamilyFrame, data: &[u8]) -> Option<FilePart> {
    let value = |part| message.value(part, data);
    let source = match message.family {
        FrameFamily::P2pData => FileSource::Peers(message.account?.value, message.receiver?.value),
        FrameFamily::CustomAvatar => {
            FileSource::Avatar(value(FamilyPart::Friend)?, value(FamilyPart::Time)?)
        }
        FrameFamily::Agent => FileSource::Agent(value(FamilyPart::Session)?),
        FrameFamily::P2pControl | FrameFamily::Relay => return None,
    };
    let captured = |part| message.find(part).filter(|span| span.end() <= data.len());
    let place = match (value(FamilyPart::Offset), message.sequence) {
        (Some(offset), _) => Some(PiecePlace::Offset(offset)),
        (None, sequence) => sequence.map(|it| PiecePlace::Number(it.value.into())),
    };
    let piece = place.zip(captured(FamilyPart::Data));
    let bytes = |part| captured(part).map(|span| span.of(data));
    let description = value(FamilyPart::FileSize).map(|size| FileDescription {
        size,
        md5: bytes(FamilyPart::FileMd5).and_then(|md5| md5.try_into().ok()),
        name: bytes(FamilyPart::Name).map(<[u8]>::to_vec),
    });
    (description.is_some() || piece.is_some()).then_some(FilePart {
        source,
        description,
        piece,
    })
}
