//! One value of a line: its field, by the format of the value.

use std::net::IpAddr;

use crate::msn::common::mime::content_type;
use crate::msn::common::number::{decimal, decimal_or_signed, long_or_signed};
use crate::msn::common::{charset, encoded_word, msnobj, percent};
use crate::msn::msnp::fields::{Field, Note};
use crate::msn::msnp::tree::payload::keys::{LineKey, LineValueKind};
use crate::msn::msnp::tree::payload::view::PayloadView;
use crate::msn::msnp::tree::payload::{document, object};
use crate::msn::msnp::tree::values as show_values;
use crate::msn::msnp::tree::values::title;
use crate::msn::msnp::wire::content;
use crate::msn::msnp::wire::im_format;
use crate::msn::msnp::wire::{blocks, invitation};
use crate::msn::p2p::wire::offsets;
use crate::plan::ItemId;
use crate::span::Span;

/// Shows the value at `span`; `line` is the item of its line, for notes.
pub(crate) fn show(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    data: &[u8],
    span: Span,
    key: LineKey,
    line: ItemId,
) {
    let bytes = span.of(data);
    let field = key.field;
    // Servers leave values empty, which is no fault.
    if bytes.is_empty() && !matches!(key.kind, LineValueKind::Text) {
        return;
    }
    let good = match key.kind {
        LineValueKind::Text => {
            page.plan.text(depth, field, span);
            true
        }
        LineValueKind::Encoded => {
            page.plan.derived(depth, field, span, &percent::text(bytes));
            true
        }
        LineValueKind::Words => {
            let text = String::from_utf8_lossy(bytes);
            let text = encoded_word::decode(&text);
            page.plan.derived(depth, field, span, &text);
            true
        }
        LineValueKind::Number => {
            let value = decimal_or_signed(bytes).map(u64::from);
            number(page, depth, span, field, value)
        }
        LineValueKind::Long => number(page, depth, span, field, long_or_signed(bytes)),
        LineValueKind::Seconds => {
            let nanoseconds = decimal_or_signed(bytes).map(|s| u64::from(s) * 1_000_000_000);
            number(page, depth, span, field, nanoseconds)
        }
        LineValueKind::Flag => number(page, depth, span, field, flag(bytes)),
        LineValueKind::Port => {
            let port = invitation::port(bytes).map(u64::from);
            number(page, depth, span, field, port)
        }
        LineValueKind::SwappedPort => {
            let port = decimal_or_signed(bytes).and_then(content::client_port);
            number(page, depth, span, field, port.map(u64::from))
        }
        LineValueKind::Ip => ip(page, depth, data, span, field),
        LineValueKind::Base64Text => base64_text(page, depth, span, field, bytes),
        LineValueKind::ContentType => {
            show_content_type(page, depth, data, span);
            true
        }
        LineValueKind::Format => show_format(page, depth, data, span),
        LineValueKind::Address => {
            show_address(page, depth, data, span, field);
            true
        }
        LineValueKind::Object => {
            page.plan.text(depth, field, span);
            if let Some(object) = msnobj::find(data, span) {
                object::show_element(page.plan, depth + 1, data, &object);
            }
            true
        }
        LineValueKind::Xml => {
            page.plan.text(depth, field, span);
            if bytes.starts_with(b"<") {
                let back = page.plan.enter_here(span.start);
                page.embedded_info = document::show(page, depth + 1, bytes);
                page.plan.leave(back);
            }
            true
        }
        LineValueKind::Datacast => number(page, depth, span, field, decimal(bytes).map(u64::from)),
        LineValueKind::Application => {
            named(page, depth, span, field, bytes, invitation::application)
        }
        LineValueKind::CancelCode => {
            named(page, depth, span, field, bytes, invitation::cancel_code)
        }
        LineValueKind::Uri => {
            page.plan.text(depth, field, span);
            if let Some(user) = blocks::user_in_uri(data, span) {
                show_values::account_in(page.plan, depth + 1, data, user);
            }
            true
        }
        LineValueKind::Offsets => {
            page.plan.text(depth, field, span);
            // Whether they match the body is checked with the packets.
            offsets::packets(bytes, usize::MAX).is_some()
        }
    };
    if !good {
        let text = format!("Invalid value of {}", key.name);
        page.note_unless_cut(Note::BadValue, line, Some(&text));
    }
}

fn number(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    span: Span,
    field: Field,
    value: Option<u64>,
) -> bool {
    if let Some(value) = value {
        page.plan.number(depth, field, span, value);
    }
    value.is_some()
}

fn flag(value: &[u8]) -> Option<u64> {
    let is = |words: [&[u8]; 3]| words.iter().any(|word| value.eq_ignore_ascii_case(word));
    if is([b"1", b"Y", b"TRUE"]) {
        Some(1)
    } else if is([b"0", b"N", b"FALSE"]) {
        Some(0)
    } else {
        None
    }
}

/// A text, labelled with its name if it has one.
fn named(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    span: Span,
    field: Field,
    bytes: &[u8],
    name: impl Fn(&str) -> Option<&'static str>,
) -> bool {
    let item = page.plan.text(depth, field, span);
    let text = String::from_utf8_lossy(bytes);
    if let (true, Some(name)) = (page.plan.shows_tree(), name(&text)) {
        let title = title(field);
        page.plan
            .label_args(item, format_args!("{title}: {text} ({name})"));
    }
    true
}

/// An address, and the port after it in a field of its own.
fn ip(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    data: &[u8],
    span: Span,
    field: Field,
) -> bool {
    let Some((address, port)) = invitation::address(span.of(data)) else {
        return false;
    };
    let bytes = span.of(data);
    // The port follows the last colon; the colons of an IPv6 address are before it.
    let colon = port.and_then(|_| memchr::memrchr(b':', bytes));
    let host = Span::new(span.start, colon.unwrap_or(span.len));
    match address {
        IpAddr::V4(address) => {
            page.plan.number(depth, field, host, u32::from(address));
        }
        IpAddr::V6(address) => {
            let text = address.to_string();
            page.plan.derived(depth, Field::InvitationIpv6, host, &text);
        }
    }
    if let Some(port) = port {
        let span = Span::between(host.end() + 1, span.end());
        page.plan.number(depth, Field::InvitationPort, span, port);
    }
    true
}

fn base64_text(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    span: Span,
    field: Field,
    bytes: &[u8],
) -> bool {
    let Some(decoded) = content::base64(bytes) else {
        let item = page.plan.text(depth, field, span);
        page.note_unless_cut(Note::BadBase64, item, None);
        return true;
    };
    let text = String::from_utf8_lossy(&decoded);
    page.plan.derived(depth, field, span, &text);
    true
}

fn show_content_type(page: &mut PayloadView<'_, '_, '_>, depth: u8, data: &[u8], span: Span) {
    let kind = content_type(data, span);
    page.plan.text(depth, Field::ContentType, kind.media);
    if let Some(label) = kind.charset {
        let item = page.plan.text(depth, Field::Charset, label);
        if charset::named(label.of(data)).is_none() {
            page.note_unless_cut(Note::UnknownCharset, item, None);
        }
    }
}

fn show_format(page: &mut PayloadView<'_, '_, '_>, depth: u8, data: &[u8], span: Span) -> bool {
    use im_format::FormatKey;
    let mut good = true;
    page.plan.text(depth, Field::Format, span);
    let depth = depth + 1;
    for part in im_format::parts(data, span) {
        let (span, bytes) = (part.span, part.span.of(data));
        if bytes.is_empty() && part.value != FormatKey::Effects {
            continue;
        }
        good &= match part.value {
            FormatKey::Font => {
                let name = percent::text(bytes);
                page.plan.derived(depth, Field::FormatFont, span, &name);
                true
            }
            FormatKey::Effects => {
                let item = page.plan.text(depth, Field::FormatEffects, span);
                let words = im_format::effects(bytes);
                if let Some(words) = words.as_deref().filter(|words| !words.is_empty()) {
                    let letters = String::from_utf8_lossy(bytes);
                    let label = format!("Font effects: {letters} ({words})");
                    page.plan.label(item, &label);
                }
                words.is_some()
            }
            FormatKey::Colour => {
                let colour = im_format::colour(bytes);
                if let Some(colour) = colour {
                    let text = format!("#{colour:06X}");
                    page.plan.derived(depth, Field::FormatColour, span, &text);
                }
                colour.is_some()
            }
            FormatKey::Charset => {
                let charset = im_format::hexadecimal(bytes).filter(|n| *n <= 0xff);
                number(
                    page,
                    depth,
                    span,
                    Field::FormatCharset,
                    charset.map(u64::from),
                )
            }
            FormatKey::PitchAndFamily => {
                let value = im_format::hexadecimal(bytes).filter(|n| *n <= 0xff);
                if let Some(value) = value {
                    pitch_and_family(page, depth, span, value);
                }
                value.is_some()
            }
            FormatKey::RightToLeft => {
                number(page, depth, span, Field::FormatRightToLeft, flag(bytes))
            }
        };
    }
    good
}

fn pitch_and_family(page: &mut PayloadView<'_, '_, '_>, depth: u8, span: Span, value: u32) {
    page.plan
        .number(depth, Field::FormatPitch, span, value & 0x0f);
    page.plan
        .number(depth, Field::FormatFamily, span, value >> 4);
}

/// An address of MSNP21, or an account with an endpoint.
fn show_address(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    data: &[u8],
    span: Span,
    field: Field,
) {
    page.plan.text(depth, field, span);
    show_values::account_in(page.plan, depth + 1, data, span);
}
