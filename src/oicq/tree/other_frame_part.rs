//! Parts of the frames of other families: their fields and formats.

use encoding_rs::GBK;

use crate::oicq::fields::Field;
use crate::oicq::wire::other_frames::frame::FamilyPart;
use crate::plan::Plan;
use crate::span::Span;

/// Format of a part.
enum PartFormat {
    /// A big-endian number.
    Number,
    /// Raw bytes.
    Bytes,
    /// Text in GBK.
    Text,
    /// Seconds since 1970.
    Time,
    /// A little-endian number or address.
    LittleEndian,
}

/// The field of a part.
fn field(what: FamilyPart) -> (Field, PartFormat) {
    use PartFormat::{Bytes, LittleEndian, Number, Text, Time};
    match what {
        FamilyPart::Seed => (Field::P2pSeed, Number),
        FamilyPart::Length => (Field::FrameLength, Number),
        FamilyPart::PacketType => (Field::P2pType, Number),
        FamilyPart::PacketSequence => (Field::P2pSequence, Number),
        FamilyPart::Operation => (Field::P2pOperation, Number),
        FamilyPart::MediaType => (Field::P2pMediaType, Number),
        FamilyPart::RealTime => (Field::P2pMedia, Bytes),
        FamilyPart::FileSize => (Field::FileSize, Number),
        FamilyPart::FragmentCount => (Field::FragmentCount, Number),
        FamilyPart::FragmentLength => (Field::FragmentLength, Number),
        FamilyPart::FragmentIndex => (Field::FragmentIndex, Number),
        FamilyPart::Offset => (Field::FileOffset, Number),
        FamilyPart::FileMd5 => (Field::FileMd5, Bytes),
        FamilyPart::NameMd5 => (Field::FileNameMd5, Bytes),
        FamilyPart::NameLength => (Field::FileNameLength, Number),
        FamilyPart::Name => (Field::FileName, Text),
        FamilyPart::DataLength => (Field::FileDataLength, Number),
        FamilyPart::Data => (Field::FileData, Bytes),
        FamilyPart::Serial => (Field::CustomAvatarSerial, Number),
        FamilyPart::PartCount => (Field::CustomAvatarParts, Number),
        FamilyPart::PartIndex => (Field::CustomAvatarPart, Number),
        FamilyPart::ContentLength => (Field::CustomAvatarLength, Number),
        FamilyPart::InfoType => (Field::CustomAvatarInfo, Number),
        FamilyPart::AvatarCount => (Field::CustomAvatarCount, Number),
        FamilyPart::Friend => (Field::CustomAvatarFriend, Number),
        FamilyPart::Time => (Field::CustomAvatarTime, Time),
        FamilyPart::Session => (Field::AgentSession, Number),
        FamilyPart::TokenLength => (Field::TokenLength, Number),
        FamilyPart::Token => (Field::Token, Bytes),
        FamilyPart::Ciphertext => (Field::Ciphertext, Bytes),
        FamilyPart::Received => (Field::AgentReceived, Number),
        FamilyPart::Proof => (Field::P2pProof, Bytes),
        FamilyPart::ControlType => (Field::P2pControl, Number),
        FamilyPart::SentAt => (Field::P2pTime, Time),
        FamilyPart::AvatarNumber => (Field::Avatar, Number),
        FamilyPart::Transfer => (Field::TransferKind, Number),
        FamilyPart::OuterAddress => (Field::ClientAddress, Number),
        FamilyPart::OuterPort => (Field::ClientPort, Number),
        FamilyPart::SecondPort => (Field::ClientSecondPort, Number),
        FamilyPart::InnerAddress => (Field::LocalAddress, Number),
        FamilyPart::InnerPort => (Field::LocalPort, Number),
        FamilyPart::PictureType => (Field::AgentType, Number),
        FamilyPart::Group => (Field::AgentGroup, Number),
        FamilyPart::Result => (Field::AgentResult, Number),
        FamilyPart::AgentAddress => (Field::AgentAddress, LittleEndian),
        FamilyPart::AgentPort => (Field::AgentPort, Number),
        FamilyPart::OtherAddress => (Field::AgentOther, LittleEndian),
        FamilyPart::OtherPort => (Field::AgentOtherPort, Number),
        FamilyPart::TextLength => (Field::AgentTextLength, Number),
        FamilyPart::Text => (Field::AgentText, Text),
        FamilyPart::Unknown => (Field::UnknownData, Bytes),
    }
}

/// Adds one part; its span refers to `data`.
pub(crate) fn show_part(plan: &mut Plan<'_>, data: &[u8], what: FamilyPart, span: Span, depth: u8) {
    let (field, form) = field(what);
    let bytes = span.of(data);
    match form {
        PartFormat::Bytes => {
            plan.bytes(depth, field, span);
        }
        PartFormat::Text => {
            let (text, _) = GBK.decode_without_bom_handling(bytes);
            plan.derived(depth, field, span, &text);
        }
        PartFormat::Number => {
            plan.number(depth, field, span, number(bytes));
        }
        PartFormat::LittleEndian => {
            let value = bytes.iter().rev().take(8);
            let value = value.fold(0, |n, b| n << 8 | u64::from(*b));
            plan.number(depth, field, span, value);
        }
        PartFormat::Time => {
            plan.number(
                depth,
                field,
                span,
                number(bytes).saturating_mul(1_000_000_000),
            );
        }
    }
    if what == FamilyPart::Friend {
        let item = plan.number(1, Field::Uin, span, number(bytes));
        plan.mark_hidden(item);
    }
}

/// The first eight bytes as a number, big-endian.
pub(crate) fn number(bytes: &[u8]) -> u64 {
    bytes.iter().take(8).fold(0, |n, b| n << 8 | u64::from(*b))
}
