//! Parts of the frames of other families: the field of each, and how it is shown.

use encoding_rs::GBK;

use crate::oicq::fields::Field;
use crate::oicq::wire::families::message::What;
use crate::plan::Plan;
use crate::span::Span;

/// How a part is shown.
enum Form {
    /// A big-endian number.
    Number,
    /// Raw bytes.
    Bytes,
    /// Text in GBK.
    Text,
    /// Seconds since 1970.
    Moment,
    /// A number or address with its lowest byte first.
    Swapped,
}

/// The field of a part.
fn field(what: What) -> (Field, Form) {
    use Form::{Bytes, Moment, Number, Swapped, Text};
    match what {
        What::Seed => (Field::P2pSeed, Number),
        What::Length => (Field::FrameLength, Number),
        What::PacketType => (Field::P2pType, Number),
        What::PacketSequence => (Field::P2pSequence, Number),
        What::Operation => (Field::P2pOperation, Number),
        What::MediaType => (Field::P2pMediaType, Number),
        What::RealTime => (Field::P2pMedia, Bytes),
        What::FileSize => (Field::FileSize, Number),
        What::FragmentCount => (Field::FragmentCount, Number),
        What::FragmentLength => (Field::FragmentLength, Number),
        What::FragmentIndex => (Field::FragmentIndex, Number),
        What::Offset => (Field::FileOffset, Number),
        What::FileMd5 => (Field::FileMd5, Bytes),
        What::NameMd5 => (Field::FileNameMd5, Bytes),
        What::NameLength => (Field::FileNameLength, Number),
        What::Name => (Field::FileName, Text),
        What::DataLength => (Field::FileDataLength, Number),
        What::Data => (Field::FileData, Bytes),
        What::Serial => (Field::HeadSerial, Number),
        What::PartCount => (Field::HeadParts, Number),
        What::PartIndex => (Field::HeadPart, Number),
        What::ContentLength => (Field::HeadLength, Number),
        What::InfoType => (Field::HeadInfo, Number),
        What::HeadCount => (Field::HeadCount, Number),
        What::Friend => (Field::HeadFriend, Number),
        What::Time => (Field::HeadTime, Moment),
        What::Session => (Field::AgentSession, Number),
        What::TokenLength => (Field::TokenLength, Number),
        What::Token => (Field::Token, Bytes),
        What::Ciphertext => (Field::Ciphertext, Bytes),
        What::Received => (Field::AgentReceived, Number),
        What::Proof => (Field::P2pProof, Bytes),
        What::ControlType => (Field::P2pControl, Number),
        What::SentAt => (Field::P2pTime, Moment),
        What::Face => (Field::Face, Number),
        What::Transfer => (Field::TransferKind, Number),
        What::OuterAddress => (Field::ClientAddress, Number),
        What::OuterPort => (Field::ClientPort, Number),
        What::SecondPort => (Field::ClientSecondPort, Number),
        What::InnerAddress => (Field::LocalAddress, Number),
        What::InnerPort => (Field::LocalPort, Number),
        What::PictureType => (Field::AgentType, Number),
        What::Group => (Field::AgentGroup, Number),
        What::Result => (Field::AgentResult, Number),
        What::AgentAddress => (Field::AgentAddress, Swapped),
        What::AgentPort => (Field::AgentPort, Number),
        What::OtherAddress => (Field::AgentOther, Swapped),
        What::OtherPort => (Field::AgentOtherPort, Number),
        What::TextLength => (Field::AgentTextLength, Number),
        What::Text => (Field::AgentText, Text),
        What::Unknown => (Field::Unexplained, Bytes),
    }
}

/// Shows one part; `data` is what its span refers to.
pub(crate) fn show_part(plan: &mut Plan<'_>, data: &[u8], what: What, span: Span, depth: u8) {
    let (field, form) = field(what);
    let bytes = span.of(data);
    match form {
        Form::Bytes => {
            plan.bytes(depth, field, span);
        }
        Form::Text => {
            let (text, _) = GBK.decode_without_bom_handling(bytes);
            plan.derived(depth, field, span, &text);
        }
        Form::Number => {
            plan.number(depth, field, span, number(bytes));
        }
        Form::Swapped => {
            let value = bytes.iter().rev().take(8);
            let value = value.fold(0, |n, b| n << 8 | u64::from(*b));
            plan.number(depth, field, span, value);
        }
        Form::Moment => {
            plan.number(
                depth,
                field,
                span,
                number(bytes).saturating_mul(1_000_000_000),
            );
        }
    }
    if what == What::Friend {
        let item = plan.number(1, Field::Uin, span, number(bytes));
        plan.mark_hidden(item);
    }
}

/// The first eight bytes as a number, big-endian.
pub(crate) fn number(bytes: &[u8]) -> u64 {
    bytes.iter().take(8).fold(0, |n, b| n << 8 | u64::from(*b))
}
