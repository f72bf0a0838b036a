//! The payloads of MSNP21: blocks of headers, and a body.

use crate::error::Fault;
use crate::msn::common::account::account;
use crate::msn::common::mime::MimeHeader;
use crate::msn::msnp::fields::{Field, Note};
use crate::msn::msnp::tree::payload::described::BodyDescription;
use crate::msn::msnp::tree::payload::lines::LinePosition;
use crate::msn::msnp::tree::payload::quote::{quoted_lines, shortened};
use crate::msn::msnp::tree::payload::text::expect_empty;
use crate::msn::msnp::tree::payload::view::{PayloadView, PeerBody};
use crate::msn::msnp::tree::payload::{body, document, keys, lines};
use crate::msn::msnp::wire::blocks::{decode, BlockKind, Envelope, MessageBlock};
use crate::msn::msnp::wire::content;
use crate::msn::msnp::wire::content::ContentBody;
use crate::msn::msnp::wire::sip;
use crate::msn::p2p::wire::offsets;
use crate::msn::slp::wire::message::is_message;
use crate::span::Span;

/// Shows a payload of blocks.
pub(crate) fn show(page: &mut PayloadView<'_, '_, '_>, depth: u8, data: &[u8]) -> String {
    let envelope = match decode(data) {
        Ok(envelope) => envelope,
        Err(Fault::Incomplete(_)) => return String::new(),
        Err(Fault::Malformed { what, at }) => {
            let item = page.plan.bytes(depth, Field::Body, at);
            page.note_unless_cut(Note::NoHeaders, item, Some(what));
            return String::new();
        }
    };
    for block in &envelope.blocks {
        show_block(page, depth, data, block);
    }
    let shown = show_body(page, depth, data, &envelope);
    check_length(page, depth, &envelope);
    let parts = [parties(data, &envelope), subject(data, &envelope), shown];
    let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    parts.join(": ")
}

/// Sender and recipient.
fn parties(data: &[u8], envelope: &Envelope) -> String {
    let end = |name: &str| {
        let routing = envelope.block(BlockKind::Routing)?;
        let address = routing.headers.value(data, name)?;
        let account = account(address).address.of(address);
        Some(shortened(&String::from_utf8_lossy(account)))
    };
    match (end("From"), end("To")) {
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("to {to}"),
        (None, None) => String::new(),
    }
}

fn show_block(page: &mut PayloadView<'_, '_, '_>, depth: u8, data: &[u8], block: &MessageBlock) {
    let heading = page.plan.heading(depth, Field::Block, block.headers.span);
    page.plan
        .label_args(heading, format_args!("{} block", block.kind.name()));
    let tables: &[&'static [keys::LineKey]] = match block.kind {
        BlockKind::Routing => &[keys::ROUTING],
        BlockKind::Reliability => &[keys::RELIABILITY],
        BlockKind::Messaging | BlockKind::Notification | BlockKind::Publication => {
            &[keys::LAST_BLOCK, keys::MESSAGE]
        }
    };
    lines::show(
        page,
        depth + 1,
        data,
        &block.headers,
        tables,
        LinePosition::Head,
    );
}

/// Checks whether the body has the announced length.
fn check_length(page: &mut PayloadView<'_, '_, '_>, depth: u8, envelope: &Envelope) {
    let missing = envelope.missing();
    if let (Some(length), 1..) = (envelope.length, missing) {
        let item = page.plan.item_at(length.span);
        let text = format!(
            "Body is {missing} bytes shorter than the announced {} bytes",
            length.value
        );
        page.note_unless_cut(Note::ShortBody, item, Some(&text));
    }
    if envelope.surplus.len > 0 {
        let item = page.plan.bytes(depth, Field::Surplus, envelope.surplus);
        page.note_unless_cut(Note::Surplus, item, None);
    }
}

fn last(envelope: &Envelope) -> Option<&MessageBlock> {
    envelope.blocks.iter().find(|block| block.kind.is_last())
}

fn find<'e>(envelope: &'e Envelope, data: &[u8], name: &str) -> Option<&'e MimeHeader> {
    last(envelope)?.headers.find(data, name)
}

fn show_body(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    data: &[u8],
    envelope: &Envelope,
) -> String {
    let span = envelope.body;
    if span.len == 0 {
        return String::new();
    }
    let Some(last) = last(envelope) else {
        expect_empty(page, depth, data, span);
        return String::new();
    };
    let mut described = BodyDescription::of(data, &last.headers);
    let from = envelope.block(BlockKind::Routing);
    let from = from.and_then(|block| block.headers.value(data, "From"));
    described.has_endpoint =
        from.is_some_and(|from| memchr::memmem::find(from, b";epid=").is_some());
    let kind = last.headers.value(data, "Message-Type").unwrap_or_default();
    if kind.eq_ignore_ascii_case(b"Data") {
        return packets(page, depth, data, envelope, described.has_endpoint);
    }
    match content::of_message_type(kind) {
        Some(content) if content.body == ContentBody::Slp && !is_message(span.of(data)) => {}
        // The content type is more specific only for texts.
        Some(content) if content.body != ContentBody::Text || described.content.is_none() => {
            described.content = Some(content);
        }
        _ => {}
    }
    let before = page.peer_bodies.len();
    let back = page.plan.enter_here(span.start);
    let bytes = span.of(data);
    let is_text = described
        .content
        .is_some_and(|content| content.body == ContentBody::Text);
    let shown = match described.content {
        _ if is_text && content::is_signal(kind) => signal(page, depth, bytes),
        None if described.media.is_empty() => document::xml_or_text(page, depth, bytes),
        _ => body::show(page, depth, bytes, Span::new(0, bytes.len()), &described),
    };
    page.plan.leave(back);
    // Spans of packets are relative to the payload.
    for body in page.peer_bodies.get_mut(before..).unwrap_or_default() {
        body.span.start = body.span.start.saturating_add(span.start);
    }
    // The type is shown already.
    match described.content {
        Some(content) if !matches!(content.body, ContentBody::Text | ContentBody::Emoticons) => {
            String::new()
        }
        _ => shown,
    }
}

/// Shows a signal between clients in a body declared as text, which no user wrote.
fn signal(page: &mut PayloadView<'_, '_, '_>, depth: u8, data: &[u8]) -> String {
    let whole = Span::new(0, data.len());
    if sip::is_message(data) {
        page.plan.text(depth, Field::SipMessage, whole);
        document::sip(page, depth + 1, data);
        return "SIP".into();
    }
    page.plan.text(depth, Field::Signal, whole);
    quoted_lines(&String::from_utf8_lossy(data))
}

/// Adds the MSNP2P packets that begin at `Bridging-Offsets`.
fn packets(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    data: &[u8],
    envelope: &Envelope,
    has_endpoint: bool,
) -> String {
    let body = envelope.body;
    let given = find(envelope, data, "Bridging-Offsets");
    let mut spans = vec![Span::new(0, body.len)];
    if let Some(header) = given {
        match offsets::packets(header.value.of(data), body.len) {
            Some(found) => spans = found,
            None => {
                let item = page.plan.item_at(header.value);
                let text = "Bridging-Offsets do not match the body";
                page.note_unless_cut(Note::BadValue, item, Some(text));
            }
        }
    }
    let count = spans.len();
    page.peer_bodies
        .extend(spans.into_iter().map(|span| PeerBody {
            span: Span::new(body.start + span.start, span.len),
            depth,
            has_endpoint,
        }));
    match count {
        1 => "peer-to-peer".into(),
        n => format!("{n} peer-to-peer packets"),
    }
}

/// Type of the message or publication.
fn subject(data: &[u8], envelope: &Envelope) -> String {
    let text = |header: &MimeHeader| String::from_utf8_lossy(header.value.of(data)).into_owned();
    let names = ["Message-Type", "Uri"];
    let found = names.iter().find_map(|name| find(envelope, data, name));
    let subject = found.map(text).unwrap_or_default();
    match content::of_message_type(subject.as_bytes()) {
        Some(content)
            if content.media == "Control" && find(envelope, data, "TypingUser").is_some() =>
        {
            "typing".into()
        }
        Some(content) if matches!(content.body, ContentBody::Text | ContentBody::Emoticons) => {
            String::new()
        }
        Some(content) if content.body != ContentBody::Slp => content.name.into(),
        _ => subject,
    }
}
