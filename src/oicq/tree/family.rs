//! Frames of the families beside the basic one, as they are shown.
//! Source: docs/protocol/oicq.md §2.7 to §2.10.

use encoding_rs::GBK;

use crate::handoff::HandOff;
use crate::oicq::fields::{Field, FLAGS, OICQ};
use crate::oicq::wire::basic::TRAILER;
use crate::oicq::wire::client_table::CLIENTS;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::families::message::{Family, Message, What};
use crate::oicq::wire::families::{agent, head, p2p};
use crate::plan::{ItemId, Plan};
use crate::span::{Span, Spanned};

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

/// Who sends a frame, as far as its bytes or else its ports say.
pub(crate) fn direction(message: &Message, hint: Direction) -> Direction {
    match message.direction {
        Direction::Unknown if message.receiver.is_none() => hint,
        known => known,
    }
}

/// Shows a frame of another family, with TCP's length before it if there is one, and adds
/// it to the Info column. `hint` is the direction that the ports suggest.
pub(crate) fn show(
    plan: &mut Plan<'_>,
    data: &[u8],
    message: &Message,
    length: Option<Span>,
    hint: Direction,
) -> ItemId {
    let direction = direction(message, hint);
    let start = length.map_or(message.span.start, |length| length.start);
    let captured = |span: Span| Span::between(span.start, span.end().min(data.len()));
    plan.pdus += 1;
    let span = captured(Span::between(start, message.span.end()));
    let root = plan.heading(0, &OICQ, span);
    let sentence = sentence(message, direction, data);
    plan.info(&sentence);
    plan.label(root, &format!("OICQ, {sentence}"));
    if let Some(span) = length {
        plan.number(1, Field::Length, span, message.span.len as u64 + 2);
    }
    let flag = Span::new(message.span.start, 1);
    if let Some(value) = flag.of(data).first() {
        let item = plan.number(1, Field::Flag, flag, *value);
        if let (Some(name), true) = (FLAGS.name(u32::from(*value)), plan.shows_tree()) {
            plan.label(item, &format!("Flag: {name} (0x{value:02x})"));
        }
    }
    for (row, span) in rows(message) {
        let span = captured(span);
        if span.len > 0 {
            show_row(plan, data, message, row, span);
        }
    }
    hand_off_media(plan, data, message);
    if let Some(trailer) = message.trailer.filter(|span| span.end() <= data.len()) {
        plan.number(1, Field::Trailer, trailer, TRAILER);
    }
    if direction != Direction::Unknown {
        let item = plan.number(1, Field::Direction, flag, direction as u8);
        plan.mark_generated(item);
    }
    root
}

/// Lets the dissector of RTP, RTCP or SIP show what a packet of voice and video carries.
fn hand_off_media(plan: &mut Plan<'_>, data: &[u8], message: &Message) {
    let kind = message.value(What::MediaType, data);
    let to = kind.and_then(p2p::Media::of).map(|media| match media {
        p2p::Media::Sip => HandOff::Sip,
        p2p::Media::Rtp => HandOff::Rtp,
        p2p::Media::Rtcp => HandOff::Rtcp,
    });
    if let (Some(to), Some(span)) = (to, message.find(What::RealTime)) {
        let captured = Span::between(span.start, span.end().min(data.len()));
        plan.hand_off(1, to, captured);
    }
}

/// One line of the tree.
#[derive(Clone, Copy)]
enum Row {
    Version,
    Command,
    Sequence,
    Account,
    Receiver,
    Part(What),
}

/// The lines of a frame, in the order of its bytes.
fn rows(message: &Message) -> Vec<(Row, Span)> {
    let mut rows = vec![(Row::Version, message.version.span)];
    rows.extend(message.command.map(|command| (Row::Command, command.span)));
    rows.extend(message.sequence.map(|seq| (Row::Sequence, seq.span)));
    rows.extend(message.account.map(|number| (Row::Account, number.span)));
    rows.extend(message.receiver.map(|number| (Row::Receiver, number.span)));
    let parts = message.parts.iter();
    rows.extend(parts.map(|(what, span)| (Row::Part(*what), *span)));
    rows.sort_by_key(|(_, span)| span.start);
    rows
}

fn show_row(plan: &mut Plan<'_>, data: &[u8], message: &Message, row: Row, span: Span) {
    let value = |number: Option<Spanned<u32>>| number.map_or(0, |number| number.value);
    match row {
        Row::Version => show_version(plan, message.version.value, span),
        Row::Command => {
            let field = match message.family {
                Family::Head => Field::HeadCommand,
                _ => Field::AgentCommand,
            };
            plan.number(1, field, span, number(span.of(data)));
        }
        Row::Sequence => {
            plan.number(1, Field::Sequence, span, number(span.of(data)));
        }
        // Of the others alone it is disguised.
        Row::Account if matches!(message.family, Family::Agent | Family::Relay) => {
            plan.number(1, Field::Uin, span, value(message.account));
        }
        Row::Account => show_number(plan, Field::P2pSender, value(message.account), span),
        Row::Receiver => show_number(plan, Field::P2pReceiver, value(message.receiver), span),
        Row::Part(what) => show_part(plan, data, what, span, 1),
    }
}

fn show_version(plan: &mut Plan<'_>, version: u16, span: Span) {
    let client = CLIENTS.name(u32::from(version));
    let item = plan.number(1, Field::Version, span, version);
    if plan.shows_tree() {
        let client = client.unwrap_or("no client");
        plan.label(item, &format!("Version: 0x{version:04x} ({client})"));
    }
    if let Some(client) = client {
        let item = plan.derived(2, Field::Client, span, client);
        plan.mark_generated(item);
    }
}

/// A QQ number in a field of its own: filters find it as any other, too.
fn show_number(plan: &mut Plan<'_>, field: Field, value: u32, span: Span) {
    plan.number(1, field, span, value);
    let item = plan.number(1, Field::Uin, span, value);
    plan.mark_hidden(item);
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

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().take(8).fold(0, |n, b| n << 8 | u64::from(*b))
}

/// `QQ 12345678 → QQ 10001: File operation, Data`
fn sentence(message: &Message, direction: Direction, data: &[u8]) -> String {
    let value = |what| {
        let value = message.value(what, data)?;
        u32::try_from(value).ok()
    };
    let command = message
        .command
        .map_or(0, |command| u32::from(command.value));
    let what = match message.family {
        Family::P2pControl => "P2P control".to_owned(),
        Family::P2pData => {
            let kind = value(What::PacketType).and_then(|kind| p2p::DATA_TYPES.name(kind));
            let operation = value(What::Operation).and_then(|op| p2p::OPERATIONS.name(op));
            let media = value(What::MediaType).and_then(|kind| p2p::MEDIA_TYPES.name(kind));
            let kind = kind.unwrap_or("P2P data").to_owned();
            let detail = operation.or(media);
            detail.map_or(kind.clone(), |detail| format!("{kind}, {detail}"))
        }
        Family::Head => head::COMMANDS
            .name(command)
            .unwrap_or("Custom head")
            .to_owned(),
        Family::Relay => "File relay".to_owned(),
        Family::Agent => {
            let name = agent::COMMANDS.name(command).unwrap_or("Agent");
            format!("{name} (0x{command:04x})")
        }
    };
    let sequence = message
        .sequence
        .map(|sequence| format!(", seq 0x{:04x}", sequence.value))
        .unwrap_or_default();
    format!("{}: {what}{sequence}", ends(message, direction))
}

/// Who sends it to whom.
fn ends(message: &Message, direction: Direction) -> String {
    let account = match message.account {
        Some(number) => format!("QQ {}", number.value),
        None => "client".to_owned(),
    };
    if let Some(receiver) = message.receiver {
        return format!("{account} → QQ {}", receiver.value);
    }
    let server = match message.family {
        Family::Agent => "agent",
        _ => "server",
    };
    match direction {
        Direction::ToServer => format!("{account} → {server}"),
        Direction::ToClient => format!("{server} → {account}"),
        Direction::Unknown => account,
    }
}
