//! XML: our fields for what its elements mean, and Wireshark's own dissector for its form.

use crate::error::Fault;
use crate::handoff::HandOff;
use crate::msn::common::{encoded_word, msnobj};
use crate::msn::msnp::fields::{Field, Note};
use crate::msn::msnp::tree::payload::document_keys::{find, Kind, Rule};
use crate::msn::msnp::tree::payload::{contacts, media, object, quoted, sip, values, Page};
use crate::msn::msnp::tree::values as show_values;
use crate::msn::msnp::tree::values::Piece;
use crate::msn::msnp::wire::content;
use crate::msn::msnp::wire::line::decimal_or_signed;
use crate::msn::msnp::wire::values::STATUSES;
use crate::span::Span;
use crate::xml::{source, Item, Xml};

/// Documents in documents are followed so far.
const MAX_NESTING: u8 = 2;

/// Shows a document.
pub(crate) fn show(page: &mut Page<'_, '_, '_>, depth: u8, data: &[u8]) -> String {
    show_nested(page, depth, data, 0)
}

fn show_nested(page: &mut Page<'_, '_, '_>, depth: u8, data: &[u8], nesting: u8) -> String {
    let whole = Span::new(0, data.len());
    let shown = source(data).and_then(|source| {
        let xml = source.parse()?;
        Ok(show_xml(page, depth, data, &xml, nesting))
    });
    let summary = match shown {
        Ok(summary) => summary,
        Err(fault) => broken(page, depth, fault),
    };
    page.plan.hand_off(depth, HandOff::Xml, whole);
    summary
}

fn broken(page: &mut Page<'_, '_, '_>, depth: u8, fault: Fault) -> String {
    if let Fault::Malformed { what, at } = fault {
        let item = page.plan.bytes(depth, Field::BadXml, at);
        page.note_unless_cut(Note::BadXml, item, Some(what));
    }
    String::new()
}

fn show_xml(
    page: &mut Page<'_, '_, '_>,
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
    // Depths of the elements around, in the document and in the tree.
    let mut around: Vec<(usize, u8)> = Vec::new();
    let mut summary = Summary::default();
    for item in xml.items() {
        if item.attribute.is_none() {
            while around.last().is_some_and(|(depth, _)| *depth >= item.depth) {
                around.pop();
            }
        }
        let Some(rule) = find(item.parent, item.element, item.attribute) else {
            continue;
        };
        let depth = around.last().map_or(depth, |(_, depth)| depth + 1);
        if rule.kind == Kind::Group {
            page.plan.heading(depth, rule.field, item.whole);
            around.push((item.depth, depth));
        } else if let Some(value) = item.value.as_deref() {
            show_value(page, depth, data, &item, value, rule, nesting);
            summary.add(rule.field, value);
        }
    }
    let inner = core::mem::take(&mut page.inner);
    if !inner.is_empty() {
        summary.words.push(inner);
    }
    summary.text(xml.root())
}

fn show_value(
    page: &mut Page<'_, '_, '_>,
    depth: u8,
    data: &[u8],
    item: &Item<'_>,
    value: &str,
    rule: &Rule,
    nesting: u8,
) {
    let (field, span) = (rule.field, item.span);
    if value.is_empty() && rule.kind != Kind::Text {
        return;
    }
    let good = match rule.kind {
        Kind::Group => true,
        Kind::Text => {
            page.plan.derived(depth, field, span, value);
            true
        }
        Kind::Words => {
            let text = encoded_word::decode(value);
            page.plan.derived(depth, field, span, &text);
            true
        }
        Kind::Number => {
            let number = decimal_or_signed(value.trim().as_bytes());
            if let Some(number) = number {
                page.plan.number(depth, field, span, number);
            }
            number.is_some()
        }
        Kind::Flag => {
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
        Kind::Capabilities => show_capabilities(page, depth, data, span),
        Kind::Media => {
            media::show(page, depth, data, span, value);
            true
        }
        Kind::Status => {
            let piece = Piece {
                bytes: span.of(data),
                start: span.start,
            };
            show_values::named(page.plan, depth, field, STATUSES, piece);
            true
        }
        Kind::Account => {
            values::show_account(page, depth, data, span);
            true
        }
        Kind::Object => {
            page.plan.derived(depth, field, span, value);
            if let Some(object) = msnobj::of_text(value, span) {
                let item = page.plan.derived(depth + 1, Field::MsnObject, span, value);
                object::show(page.plan, depth + 1, item, &object);
            }
            true
        }
        Kind::Nested => {
            show_inner(page, depth, field, span, value, nesting);
            true
        }
        Kind::Sip => show_sip(page, depth, field, span, value),
    };
    if !good {
        let at = page.plan.bytes(depth, Field::BadXml, span);
        let text = format!("{} is not what it should be", item.element);
        page.note_unless_cut(Note::BadValue, at, Some(&text));
    }
}

fn show_capabilities(page: &mut Page<'_, '_, '_>, depth: u8, data: &[u8], span: Span) -> bool {
    let piece = Piece {
        bytes: span.of(data),
        start: span.start,
    };
    let is_pair = memchr::memchr(b':', piece.bytes).is_some();
    // Two numbers stand one level below what they are called with.
    let depth = if is_pair {
        depth.saturating_sub(1)
    } else {
        depth
    };
    show_values::capability_bits(page.plan, depth, piece).is_some()
}

/// A text, and the document that its characters are.
fn show_inner(
    page: &mut Page<'_, '_, '_>,
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
        page.inner = show_nested(page, depth + 1, value.as_bytes(), nesting + 1);
        page.plan.leave(back);
    }
}

fn show_sip(page: &mut Page<'_, '_, '_>, depth: u8, field: Field, span: Span, value: &str) -> bool {
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
        sip::show(page, depth + 1, &bytes);
        page.plan.leave(back);
    }
    true
}

/// What the Info column says of a document.
#[derive(Debug, Default)]
struct Summary {
    words: Vec<String>,
    policies: usize,
}

impl Summary {
    fn add(&mut self, field: Field, value: &str) {
        /// More would not be read.
        const MOST: usize = 3;
        let words = match field {
            Field::PolicyType => {
                self.policies += 1;
                return;
            }
            Field::PersonalMessage
            | Field::NotificationText
            | Field::MailSubject
            | Field::NotificationService => quoted(&encoded_word::decode(value.trim())),
            Field::Status
            | Field::NetworkStatus
            | Field::MailFromAddress
            | Field::SharingOpcode => value.to_owned(),
            Field::MailInboxUnread => format!("{value} unread"),
            Field::SipMessage => "SIP".into(),
            _ => return,
        };
        if !value.is_empty() && self.words.len() < MOST {
            self.words.push(words);
        }
    }

    fn text(self, root: &str) -> String {
        if self.policies > 0 {
            return match self.policies {
                1 => "1 policy".into(),
                n => format!("{n} policies"),
            };
        }
        let words = self.words.join(", ");
        if root == "NOTIFICATION" {
            return format!("notification {words}").trim_end().into();
        }
        words
    }
}
