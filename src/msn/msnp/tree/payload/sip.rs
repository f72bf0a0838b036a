//! SIP that the notification server carries: Wireshark's own dissector for its head, ours for
//! its body.

use crate::handoff::HandOff;
use crate::msn::common::mime::{content_type, headers};
use crate::msn::msnp::fields::Field;
use crate::msn::msnp::tree::payload::{body, Page};
use crate::span::Span;

/// Content-Type, as SIP abbreviates it.
const SHORT_CONTENT_TYPE: &str = "c";

/// Whether bytes begin with the first line of a message.
pub(crate) fn is_message(data: &[u8]) -> bool {
    let line = data.split(|byte| *byte == b'\n').next().unwrap_or_default();
    data.starts_with(b"SIP/2.0 ") || line.trim_ascii_end().ends_with(b" SIP/2.0")
}

/// Shows a message that is all of `data`.
pub(crate) fn show(page: &mut Page<'_, '_, '_>, depth: u8, data: &[u8]) {
    let whole = Span::new(0, data.len());
    page.plan.hand_off(depth, HandOff::Sip, whole);
    let first_line = memchr::memchr(b'\n', data).map_or(data.len(), |feed| feed + 1);
    let headers = headers(data, first_line);
    let span = Span::between(headers.span.end(), data.len());
    if !headers.closed || span.len == 0 {
        return;
    }
    let header = headers.find(data, "Content-Type");
    let header = header.or_else(|| headers.find(data, SHORT_CONTENT_TYPE));
    let media = header.map(|header| content_type(data, header.value).media);
    if let Some(media) = media {
        page.plan.text(depth, Field::ContentType, media);
    }
    let media = media.unwrap_or_default().of(data);
    body::other(page, depth, data, span, media);
}
