//! Payloads by their commands.

use crate::msn::common::mime::Headers;
use crate::msn::msnp::fields::Field;
use crate::msn::msnp::state::payload::ChunkState;
use crate::msn::msnp::tree::payload::quote::quoted_lines;
use crate::msn::msnp::tree::payload::view::{PayloadContext, PayloadView, PeerBody};
use crate::msn::msnp::tree::payload::{document, envelope, message, text};
use crate::msn::msnp::tree::values as show_values;
use crate::msn::msnp::tree::values::ValueBytes;
use crate::msn::msnp::wire::content;
use crate::msn::msnp::wire::sip;
use crate::msn::slp::wire::message::is_message;
use crate::pieces::Budget;
use crate::plan::Plan;
use crate::span::Span;

/// Result of showing a payload.
#[derive(Debug, Default)]
pub(crate) struct PayloadSummary {
    /// Text for the Info column after the command; may be empty.
    pub(crate) summary: String,
    /// MSNP2P packets in it, which are still to be shown.
    pub(crate) peer_bodies: Vec<PeerBody>,
    /// Its headers, if it is a message.
    pub(crate) headers: Option<Headers>,
}

/// Shows `data`, the available part of a payload. Its items are at `depth`, and their
/// spans are relative to `data`.
pub(crate) fn show<'p>(
    plan: &mut Plan<'p>,
    context: PayloadContext<'_, 'p>,
    (state, budget): (&mut ChunkState, &Budget),
    depth: u8,
    data: &[u8],
) -> PayloadSummary {
    let mut page = PayloadView {
        plan,
        context,
        state,
        budget,
        peer_bodies: Vec::new(),
        headers: None,
        embedded_info: String::new(),
    };
    let summary = by_verb(&mut page, depth, data);
    PayloadSummary {
        summary,
        peer_bodies: page.peer_bodies,
        headers: page.headers,
    }
}

fn by_verb(page: &mut PayloadView<'_, '_, '_>, depth: u8, data: &[u8]) -> String {
    let Some(verb) = page.context.verb else {
        return failure(page, depth, data);
    };
    match &verb {
        b"MSG" | b"UUM" | b"UBM" => message::show(page, depth, data),
        b"SDG" | b"NFY" | b"PUT" | b"DEL" => envelope::show(page, depth, data),
        b"UUN" | b"UBN" => notification(page, depth, data),
        b"QRY" => String::new(),
        b"SDC" => text::plain(page, depth, data),
        _ => document::xml_or_text(page, depth, data),
    }
}

/// The payload of an error reply: XML, or numbers of unknown meaning.
fn failure(page: &mut PayloadView<'_, '_, '_>, depth: u8, data: &[u8]) -> String {
    if data.trim_ascii_start().starts_with(b"<") {
        return document::show(page, depth, data);
    }
    let span = Span::new(0, data.len());
    page.plan.text(depth, Field::ErrorPayload, span);
    quoted_lines(&String::from_utf8_lossy(data))
}

/// The payload of UUN and UBN, by its type.
fn notification(page: &mut PayloadView<'_, '_, '_>, depth: u8, data: &[u8]) -> String {
    let span = Span::new(0, data.len());
    let trimmed = data.trim_ascii_start();
    match page.context.payload_type {
        kind if kind == Some(2) || sip::is_message(data) => {
            page.plan.text(depth, Field::SipMessage, span);
            document::sip(page, depth + 1, data);
            "SIP".into()
        }
        Some(content::SIGN_OUT) => {
            let item = page.plan.text(depth, Field::SignOut, span);
            let meaning = content::sign_out(data).unwrap_or("sign out");
            let words = String::from_utf8_lossy(data).into_owned();
            page.plan
                .label_args(item, format_args!("Sign-out request: {words} ({meaning})"));
            meaning.into()
        }
        Some(content::CLOSED_WINDOW) => {
            page.plan.text(depth, Field::ClosedWindow, span);
            if let Some((session, server)) = content::closed_window(data) {
                page.plan.text(depth + 1, Field::SessionId, session);
                let piece = ValueBytes {
                    bytes: server.of(data),
                    start: server.start,
                };
                show_values::server(page.plan, depth + 1, piece);
            }
            "conversation window closed".into()
        }
        _ if trimmed.starts_with(b"<") => document::show(page, depth, data),
        _ if trimmed.starts_with(b"MIME-Version:") || trimmed.starts_with(b"Content-Type:") => {
            message::show(page, depth, data)
        }
        // Set-ups of relays have this format, too.
        kind if kind == Some(3) || is_message(data) => {
            page.peer_bodies.push(PeerBody {
                span,
                depth,
                has_endpoint: false,
            });
            "peer-to-peer".into()
        }
        _ if core::str::from_utf8(data).is_ok() => text::plain(page, depth, data),
        _ => String::new(),
    }
}
