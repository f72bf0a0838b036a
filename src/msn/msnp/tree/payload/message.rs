//! A message: MIME headers and a body, or one part of a message in several parts.

use crate::msn::common::mime::{headers, Headers};
use crate::msn::common::number::decimal;
use crate::msn::msnp::fields::{Field, Note};
use crate::msn::msnp::tree::payload::described::BodyDescription;
use crate::msn::msnp::tree::payload::lines::LinePosition;
use crate::msn::msnp::tree::payload::quote::quoted_lines;
use crate::msn::msnp::tree::payload::view::PayloadView;
use crate::msn::msnp::tree::payload::{body, keys, lines};
use crate::msn::msnp::wire::chunks::ChunkPart;
use crate::msn::msnp::wire::content;
use crate::msn::msnp::wire::content::ContentBody;
use crate::span::Span;

/// Every message has one of these headers, unless a faulty client sent only the body.
const ESSENTIAL: [&str; 4] = ["MIME-Version", "Content-Type", "Message-ID", "TypingUser"];

/// Shows a message, and leaves its headers in the view.
pub(crate) fn show(page: &mut PayloadView<'_, '_, '_>, depth: u8, data: &[u8]) -> String {
    let headers = headers(data, 0);
    let shown = show_with(page, depth, data, &headers);
    page.headers = Some(headers);
    shown
}

fn show_with(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    data: &[u8],
    headers: &Headers,
) -> String {
    if !ESSENTIAL
        .iter()
        .any(|name| headers.find(data, name).is_some())
    {
        return headless(page, depth, data);
    }
    let body = Span::between(headers.span.end(), data.len());
    let mut described = BodyDescription::of(data, headers);
    let kind = page.context.payload_type.and_then(content::of_payload_type);
    described.content = kind.or(described.content);
    let is_profile = described
        .content
        .is_some_and(|c| c.media == "text/x-msmsgsprofile");
    if is_profile {
        lines::show(
            page,
            depth,
            data,
            headers,
            &[keys::MESSAGE, keys::PROFILE],
            LinePosition::Head,
        );
    } else {
        lines::show(
            page,
            depth,
            data,
            headers,
            &[keys::MESSAGE],
            LinePosition::Head,
        );
    }
    if let Some((id, part)) = part(data, headers) {
        return show_part(page, depth, data, body, id, part);
    }
    content_of(page, depth, data, headers, body, &described)
}

/// Shows the body of a message. Returns the text for the Info column.
fn content_of(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    data: &[u8],
    headers: &Headers,
    span: Span,
    described: &BodyDescription<'_>,
) -> String {
    let shown = body::show(page, depth, data, span, described);
    let value = |name: &str| {
        let value = headers.value(data, name)?;
        Some(String::from_utf8_lossy(value).into_owned())
    };
    match described.content {
        Some(content) if content.body == ContentBody::Empty => {
            if let Some(user) = value("RecordingUser") {
                format!("{user} is recording a voice clip")
            } else if value("TypingUser").is_some() {
                "typing".into()
            } else {
                content.name.into()
            }
        }
        _ => shown,
    }
}

fn headless(page: &mut PayloadView<'_, '_, '_>, depth: u8, data: &[u8]) -> String {
    let span = Span::new(0, data.len());
    let item = page.plan.text(depth, Field::Text, span);
    page.note_unless_cut(Note::NoHeaders, item, None);
    quoted_lines(&String::from_utf8_lossy(data))
}

/// The message id and the part in the headers. Returns `None` for an undivided message.
fn part<'d>(data: &'d [u8], headers: &Headers) -> Option<(&'d [u8], ChunkPart)> {
    let id = headers.value(data, "Message-ID")?;
    let number = |name: &str| decimal(headers.value(data, name)?);
    let part = match (number("Chunks"), number("Chunk")) {
        (Some(count), _) => ChunkPart::First(count),
        (None, Some(number)) => ChunkPart::Next(number),
        (None, None) => return None,
    };
    Some((id, part))
}

fn show_part(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    data: &[u8],
    body: Span,
    id: &[u8],
    part: ChunkPart,
) -> String {
    page.plan.text(depth, Field::ChunkData, body);
    let (bytes, name) = match part {
        ChunkPart::First(count) => (data, format!("chunk 1 of {count}")),
        ChunkPart::Next(number) => (body.of(data), format!("chunk {}", u64::from(number) + 1)),
    };
    if page.context.cut {
        return name;
    }
    let context = page.context;
    let key = context.key;
    let whole = page
        .state
        .add_part(context.packet, key, (id, part), bytes, page.budget);
    let Some(whole) = whole.cloned() else {
        if let Some(frame) = page.state.reassembled_in(context.key) {
            page.plan.generated(depth, Field::ChunkWhole, frame);
        }
        return name;
    };
    let parts = whole.origins.len();
    let Some(source) = page
        .plan
        .add_source(c"Reassembled MSN message", whole.bytes.clone())
    else {
        return name;
    };
    let back = page.plan.enter(source, 0);
    let span = Span::new(0, whole.bytes.len());
    let heading = page.plan.heading(depth, Field::WholeMessage, span);
    page.plan.mark_generated(heading);
    let label = format!(
        "Reassembled message: {} bytes in {parts} chunks",
        whole.bytes.len()
    );
    page.plan.label(heading, &label);
    for origin in &whole.origins {
        page.plan
            .generated(depth + 1, Field::ChunkFrame, origin.frame);
    }
    let headers = headers(&whole.bytes, 0);
    let body = Span::between(headers.span.end(), whole.bytes.len());
    let described = BodyDescription::of(&whole.bytes, &headers);
    let shown = content_of(page, depth + 1, &whole.bytes, &headers, body, &described);
    if parts > 1 {
        // Packets are shown where they are in the payload.
        page.peer_bodies.clear();
    }
    page.plan.leave(back);
    format!("{name} completes {shown}")
}

#[cfg(test)]
mod tests {
    use crate::msn::dissect::dissect;
    use crate::msn::msnp::state::session::MsnpSession;
    use crate::msn::state::capture::MsnCapture;
    use crate::packet::{Detail, Packet, Transport};

    /// The payload of the last part is not the packet that all parts have together, unless it is
    /// the only one.
    #[test]
    fn a_packet_in_parts_is_not_looked_for_in_the_last_part() {
        let head = |id: u8, count: u8| {
            format!(
                "MIME-Version: 1.0\r\nContent-Type: application/x-msnmsgrp2p\r\n\
                 Message-ID: {{{id}}}\r\nChunks: {count}\r\n\r\n"
            )
        };
        let parts = [
            head(1, 2) + &"\0".repeat(40),
            "Message-ID: {1}\r\nChunk: 1\r\n\r\n".to_owned() + &"\0".repeat(400),
            head(2, 1) + &"\0".repeat(52),
        ];
        let (mut session, mut capture) = (MsnpSession::default(), MsnCapture::default());
        let mut info = |frame, part: &String| {
            let bytes = format!("MSG bob@example.net Bob {}\r\n{part}", part.len());
            let packet = Packet {
                bytes: bytes.as_bytes(),
                reported: bytes.len(),
                frame,
                first_pass: true,
                transport: Transport::Tcp,
                source_port: 1863,
                recognised: true,
                detail: Detail::Fields,
                ..Packet::default()
            };
            let plan = dissect(&packet, &mut session, &mut capture);
            plan.info_text().to_owned()
        };
        let [first, second, only] = [0, 1, 2].map(|at| info(at + 1, &parts[at as usize]));
        assert!(first.ends_with(": chunk 1 of 2"), "{first}");
        assert!(
            second.ends_with(": chunk 2 completes peer-to-peer"),
            "{second}"
        );
        assert!(only.ends_with("; P2P 0 bytes"), "{only}");
    }
}
