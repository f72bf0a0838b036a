//! Tree items of frames of the other families. Source: docs/protocol/oicq.md §2.7
//! to §2.10.

use crate::handoff::HandOff;
use crate::oicq::fields::{Field, FLAGS, OICQ};
use crate::oicq::tree::other_frame_part::{number, show_part};
use crate::oicq::tree::other_frame_sentence::sentence;
use crate::oicq::wire::basic::TRAILER;
use crate::oicq::wire::client_table::CLIENTS;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::other_frames::frame::{FamilyFrame, FamilyPart, FrameFamily};
use crate::oicq::wire::other_frames::p2p;
use crate::plan::{ItemId, Plan};
use crate::span::{Span, Spanned};

/// Direction of a frame, by its bytes or else by its ports (`hint`).
pub(crate) fn direction(message: &FamilyFrame, hint: Direction) -> Direction {
    match message.direction {
        Direction::Unknown if message.receiver.is_none() => hint,
        known => known,
    }
}

/// Adds the items of a frame of another family, with the length before it over TCP, if
/// any, and its text in the Info column. `hint` is the direction by the ports.
pub(crate) fn show(
    plan: &mut Plan<'_>,
    data: &[u8],
    message: &FamilyFrame,
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
    plan.label_args(root, format_args!("OICQ, {sentence}"));
    if let Some(span) = length {
        plan.number(1, Field::Length, span, message.span.len as u64 + 2);
    }
    let flag = Span::new(message.span.start, 1);
    if let Some(value) = flag.of(data).first() {
        let item = plan.number(1, Field::Flag, flag, *value);
        if let (Some(name), true) = (FLAGS.name(u32::from(*value)), plan.shows_tree()) {
            plan.label_args(item, format_args!("Flag: {name} (0x{value:02x})"));
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

/// Hands the content of a voice or video packet to the dissector of RTP, RTCP or SIP.
fn hand_off_media(plan: &mut Plan<'_>, data: &[u8], message: &FamilyFrame) {
    let kind = message.value(FamilyPart::MediaType, data);
    let to = kind.and_then(p2p::MediaKind::of).map(|media| match media {
        p2p::MediaKind::Sip => HandOff::Sip,
        p2p::MediaKind::Rtp => HandOff::Rtp,
        p2p::MediaKind::Rtcp => HandOff::Rtcp,
    });
    if let (Some(to), Some(span)) = (to, message.find(FamilyPart::RealTime)) {
        let captured = Span::between(span.start, span.end().min(data.len()));
        plan.hand_off(1, to, captured);
    }
}

/// One line of the tree.
#[derive(Clone, Copy)]
enum FrameRow {
    Version,
    Command,
    Sequence,
    Account,
    Receiver,
    Part(FamilyPart),
}

/// The lines of a frame, in the order of its bytes.
fn rows(message: &FamilyFrame) -> Vec<(FrameRow, Span)> {
    let mut rows = vec![(FrameRow::Version, message.version.span)];
    rows.extend(
        message
            .command
            .map(|command| (FrameRow::Command, command.span)),
    );
    rows.extend(message.sequence.map(|seq| (FrameRow::Sequence, seq.span)));
    rows.extend(
        message
            .account
            .map(|number| (FrameRow::Account, number.span)),
    );
    rows.extend(
        message
            .receiver
            .map(|number| (FrameRow::Receiver, number.span)),
    );
    let parts = message.parts.iter();
    rows.extend(parts.map(|(what, span)| (FrameRow::Part(*what), *span)));
    rows.sort_by_key(|(_, span)| span.start);
    rows
}

fn show_row(plan: &mut Plan<'_>, data: &[u8], message: &FamilyFrame, row: FrameRow, span: Span) {
    let value = |number: Option<Spanned<u32>>| number.map_or(0, |number| number.value);
    match row {
        FrameRow::Version => show_version(plan, message.version.value, span),
        FrameRow::Command => {
            let field = match message.family {
                FrameFamily::CustomAvatar => Field::CustomAvatarCommand,
                _ => Field::AgentCommand,
            };
            plan.number(1, field, span, number(span.of(data)));
        }
        FrameRow::Sequence => {
            plan.number(1, Field::Sequence, span, number(span.of(data)));
        }
        // Not obfuscated in these families.
        FrameRow::Account if matches!(message.family, FrameFamily::Agent | FrameFamily::Relay) => {
            plan.number(1, Field::Uin, span, value(message.account));
            show_account(plan, value(message.account), span);
        }
        FrameRow::Account => show_number(plan, Field::P2pSender, value(message.account), span),
        FrameRow::Receiver => show_number(plan, Field::P2pReceiver, value(message.receiver), span),
        FrameRow::Part(what) => show_part(plan, data, what, span, 1),
    }
}

fn show_version(plan: &mut Plan<'_>, version: u16, span: Span) {
    let client = CLIENTS.name(u32::from(version));
    let item = plan.number(1, Field::Version, span, version);
    if plan.shows_tree() {
        let client = client.unwrap_or("unknown client");
        plan.label_args(item, format_args!("Version: 0x{version:04x} ({client})"));
    }
    if let Some(client) = client {
        let item = plan.derived(2, Field::Client, span, client);
        plan.mark_generated(item);
    }
}

/// Adds a QQ number in a field of its own, and as a hidden [`Field::Uin`] for filters.
fn show_number(plan: &mut Plan<'_>, field: Field, value: u32, span: Span) {
    plan.number(1, field, span, value);
    let item = plan.number(1, Field::Uin, span, value);
    plan.mark_hidden(item);
    show_account(plan, value, span);
}

/// Adds a QQ number as a hidden item, so that a filter matches it in frames of all families.
fn show_account(plan: &mut Plan<'_>, value: u32, span: Span) {
    if value != 0 {
        let item = plan.number(1, Field::Account, span, value);
        plan.mark_hidden(item);
    }
}
