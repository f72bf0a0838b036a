//! XML and SIP, which contain each other: our fields for their values, and Wireshark's
//! own dissectors for their syntax.

use crate::error::Fault;
use crate::handoff::{for_media_type, HandOff};
use crate::msn::common::mime::{content_type, headers};
use crate::msn::common::number::decimal_or_signed;
use crate::msn::common::{encoded_word, msnobj};
use crate::msn::msnp::fields::{Field, Note};
use crate::msn::msnp::tree::payload::described::CharsetHints;
use crate::msn::msnp::tree::payload::document_keys::{find, XmlKey, XmlValueKind};
use crate::msn::msnp::tree::payload::document_summary::DocumentSummary;
use crate::msn::msnp::tree::payload::quote::shortened;
use crate::msn::msnp::tree::payload::text::{in_charset, plain};
use crate::msn::msnp::tree::payload::view::PayloadView;
use crate::msn::msnp::tree::payload::{contacts, media, object};
use crate::msn::msnp::tree::values as show_values;
use crate::msn::msnp::tree::values::ValueBytes;
use crate::msn::msnp::wire::contact_outline::ContactOutline;
use crate::msn::msnp::wire::content;
use crate::msn::msnp::wire::values::STATUSES;
use crate::span::Span;
use crate::xml::{source, FlatDocument, Xml, XmlItem};

/// Maximum nesting of documents in documents.
const MAX_NESTING: u8 = 2;

/// Shows a document.
pub(crate) fn show(page: &mut PayloadView<'_, '_, '_>, depth: u8, data: &[u8]) -> String {
    show_nested(page, depth, data, 0)
}

fn show_nested(page: &mut PayloadView<'_, '_, '_>, depth: u8, data: &[u8], nesting: u8) -> String {
    let whole = Span::new(0, data.len());
    let list = ContactOutline::of(data).map(|list| contacts::summary(&list));
    let outlined = list.or_else(|| flat_summary(data));
    if !page.plan.wants_all() {
        if let Some(summary) = outlined {
            return summary;
        }
    }
    let shown = source(data).and_then(|source| {
        let xml = source.parse()?;
        Ok(show_xml(page, depth, data, &xml, nesting))
    });
    let summary = match shown {
        Ok(summary) => summary,
        Err(fault) => broken(page, depth, fault),
    };
    page.plan.hand_off(depth, HandOff::Xml, whole);
    outlined.unwrap_or(summary)
}

/// The text for the Info column of a document of one level, as [`show_xml`] returns it.
fn flat_summary(data: &[u8]) -> Option<String> {
    let flat = FlatDocument::of(data).filter(|flat| flat.root != "ml")?;
    let mut summary = DocumentSummary::default();
    for (name, text) in flat.elements() {
        if let Some(rule) = find(flat.root, name, None) {
            summary.add(rule.field, text);
        }
    }
    Some(summary.text(flat.root))
}

fn broken(page: &mut PayloadView<'_, '_, '_>, depth: u8, fault: Fault) -> String {
    if let Fault::Malformed { what, at } = fault {
        let item = page.plan.bytes(depth, Field::BadXml, at);
        page.note_unless_cut(Note::BadXml, item, Some(what));
    }
    String::new()
}

fn show_xml(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    data: &[u8],
    xml: &Xml<'_>,
    nesting: u8,
) -> String {
    if let Some(at) = xml.forbidden {
        let item = page.plan.bytes(depth, Field::BadXml, at);
        page.note_unless_cut(Note::Unescaped, item, None);
    }
    if xml.root() == "ml" {
        return contacts::show(page, depth, data, xml);
    }
    // Depths of the enclosing groups, in the document and in the tree.
    let mut groups: Vec<(usize, u8)> = Vec::new();
    let mut summary = DocumentSummary::default();
    for item in xml.items() {
        if item.attribute.is_none() {
            while groups.last().is_some_and(|(depth, _)| *depth >= item.depth) {
                groups.pop();
            }
        }
        let Some(rule) = find(item.parent, item.element, item.attribute) else {
            continue;
        };
        let depth = groups.last().map_or(depth, |(_, depth)| depth + 1);
        if rule.kind == XmlValueKind::Group {
            page.plan.heading(depth, rule.field, item.whole);
            groups.push((item.depth, depth));
        } else if let Some(value) = item.value.as_deref() {
            show_value(page, depth, data, &item, value, rule, nesting);
            summary.add(rule.field, value);
        }
    }
    let inner = core::mem::take(&mut page.embedded_info);
    if !inner.is_empty() {
        summary.words.push(inner);
    }
    summary.text(xml.root())
}

fn show_value(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    data: &[u8],
    item: &XmlItem<'_>,
    value: &str,
    rule: &XmlKey,
    nesting: u8,
) {
    let (field, span) = (rule.field, item.span);
    // An empty text or media says that there is none any more.
    let can_be_empty = matches!(rule.kind, XmlValueKind::Text | XmlValueKind::Media);
    if value.is_empty() && !can_be_empty {
        return;
    }
    let good = match rule.kind {
        XmlValueKind::Group => true,
        XmlValueKind::Text => {
            page.plan.derived(depth, field, span, value);
            true
        }
        XmlValueKind::Words => {
            let text = encoded_word::decode(value);
            page.plan.derived(depth, field, span, &text);
            true
        }
        XmlValueKind::Number => {
            let number = decimal_or_signed(value.trim().as_bytes());
            if let Some(number) = number {
                page.plan.number(depth, field, span, number);
            }
            number.is_some()
        }
        XmlValueKind::Flag => {
            let flag = match value.trim().to_ascii_lowercase().as_str() {
                "1" | "true" => Some(true),
                "0" | "false" => Some(false),
                _ => None,
            };
            if let Some(flag) = flag {
                page.plan.number(depth, field, span, u8::from(flag));
            }
            flag.is_some()
        }
        XmlValueKind::Capabilities => show_capabilities(page, depth, data, span),
        XmlValueKind::Media => {
            media::show(page, depth, data, span, value);
            true
        }
        XmlValueKind::Status => {
            let piece = ValueBytes::of(data, span);
            show_values::named(page.plan, depth, field, STATUSES, piece);
            true
        }
        XmlValueKind::Account => {
            show_values::account_in(page.plan, depth, data, span);
            true
        }
        XmlValueKind::Object => {
            page.plan.derived(depth, field, span, value);
            if let Some(object) = msnobj::of_text(value, span) {
                let item = page.plan.derived(depth + 1, Field::MsnObject, span, value);
                object::show(page.plan, depth + 1, item, &object);
            }
            true
        }
        XmlValueKind::Nested => {
            show_inner(page, depth, field, span, value, nesting);
            true
        }
        XmlValueKind::Sip => show_sip(page, depth, field, span, value),
    };
    if !good {
        let at = page.plan.bytes(depth, Field::BadXml, span);
        let text = format!("Invalid value of {}", item.element);
        page.note_unless_cut(Note::BadValue, at, Some(&text));
    }
}

fn show_capabilities(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    data: &[u8],
    span: Span,
) -> bool {
    let piece = ValueBytes::of(data, span);
    let is_pair = memchr::memchr(b':', piece.bytes).is_some();
    // `capability_bits` shows two numbers one level below the depth that it is given.
    let depth = if is_pair {
        depth.saturating_sub(1)
    } else {
        depth
    };
    show_values::capability_bits(page.plan, depth, piece).is_some()
}

/// Shows a text, and the document in it if it is one.
fn show_inner(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    field: Field,
    span: Span,
    value: &str,
    nesting: u8,
) {
    page.plan.derived(depth, field, span, value.trim());
    if nesting >= MAX_NESTING || !value.trim_start().starts_with('<') {
        return;
    }
    let bytes = value.as_bytes().to_vec();
    if let Some(source) = page.plan.add_source(c"Unescaped XML", bytes) {
        let back = page.plan.enter(source, 0);
        page.embedded_info = show_nested(page, depth + 1, value.as_bytes(), nesting + 1);
        page.plan.leave(back);
    }
}

fn show_sip(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    field: Field,
    span: Span,
    value: &str,
) -> bool {
    let Some(decoded) = content::base64(value.as_bytes()) else {
        let item = page.plan.derived(depth, field, span, value);
        page.note_unless_cut(Note::BadBase64, item, None);
        return true;
    };
    let text = String::from_utf8_lossy(&decoded);
    page.plan.derived(depth, field, span, &text);
    let bytes = decoded.clone();
    if let Some(source) = page.plan.add_source(c"Decoded SIP", decoded) {
        let back = page.plan.enter(source, 0);
        sip(page, depth + 1, &bytes);
        page.plan.leave(back);
    }
    true
}

/// Compact form of Content-Type in SIP.
const SHORT_CONTENT_TYPE: &str = "c";

/// Shows a SIP message, which is all of `data`; its headers with Wireshark's own
/// dissector.
pub(crate) fn sip(page: &mut PayloadView<'_, '_, '_>, depth: u8, data: &[u8]) {
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
    show_other_type(page, depth, data, span, media);
}

/// Shows a body of a type that is not MSN's: as text, as XML, with another dissector, or
/// as bytes.
pub(crate) fn show_other_type(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    data: &[u8],
    span: Span,
    media: &[u8],
) -> String {
    if span.len == 0 {
        return String::from_utf8_lossy(media).into_owned();
    }
    let hand_off = for_media_type(media, span.of(data));
    let media = String::from_utf8_lossy(media).to_ascii_lowercase();
    let is_xml = ["/xml", "+xml", ".xml"]
        .iter()
        .any(|end| media.ends_with(end));
    if is_xml || hand_off == Some(HandOff::Xml) {
        let back = page.plan.enter_here(span.start);
        let shown = show(page, depth, span.of(data));
        page.plan.leave(back);
        return shown;
    }
    if media.is_empty() || media == "application/sdp" {
        return in_charset(page, depth, data, span, CharsetHints::default());
    }
    page.plan.bytes(depth, Field::Body, span);
    if let Some(hand_off) = hand_off {
        page.plan.hand_off(depth, hand_off, span);
    }
    shortened(&media)
}

/// Shows a payload that is XML or text.
pub(crate) fn xml_or_text(page: &mut PayloadView<'_, '_, '_>, depth: u8, data: &[u8]) -> String {
    if data.trim_ascii_start().starts_with(b"<") {
        show(page, depth, data)
    } else {
        plain(page, depth, data)
    }
}
