//! The body of a message, by its content type.

use crate::handoff::image_format;
use crate::msn::common::mime::{body_lines, Headers};
use crate::msn::common::number::{decimal, long_or_signed};
use crate::msn::common::{encoded_word, msnobj};
use crate::msn::msnp::fields::{Field, Note};
use crate::msn::msnp::tree::payload::described::BodyDescription;
use crate::msn::msnp::tree::payload::lines::LinePosition;
use crate::msn::msnp::tree::payload::quote::{quoted, shortened};
use crate::msn::msnp::tree::payload::text::{expect_empty, in_charset};
use crate::msn::msnp::tree::payload::view::{PayloadView, PeerBody};
use crate::msn::msnp::tree::payload::{document, keys, lines, object};
use crate::msn::msnp::wire::content;
use crate::msn::msnp::wire::content::{Content, ContentBody, DATACASTS, SYSTEM_MESSAGES};
use crate::msn::msnp::wire::invitation;
use crate::span::Span;

/// Shows the body at `span`.
pub(crate) fn show(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    data: &[u8],
    span: Span,
    described: &BodyDescription<'_>,
) -> String {
    let Some(content) = described.content else {
        return document::show_other_type(page, depth, data, span, described.media);
    };
    match content.body {
        ContentBody::Text => in_charset(page, depth, data, span, described.charset),
        ContentBody::Lines => of_lines(page, depth, data, span, content),
        ContentBody::Emoticons => emoticons(page, depth, data, span),
        ContentBody::Base64 => base64(page, depth, data, span, content),
        ContentBody::PeerToPeer => {
            page.peer_bodies.push(PeerBody {
                span,
                depth,
                has_endpoint: described.has_endpoint,
            });
            content.name.into()
        }
        ContentBody::Slp => {
            page.peer_bodies.push(PeerBody {
                span,
                depth,
                has_endpoint: described.has_endpoint,
            });
            content.name.into()
        }
        ContentBody::Object => {
            of_object(page, depth, data, span);
            content.name.into()
        }
        ContentBody::Empty => {
            expect_empty(page, depth, data, span);
            content.name.into()
        }
    }
}

/// Shows the body of a nudge, a wink or a voice clip: an msnobj, bare or in the lines of
/// a datacast.
fn of_object(page: &mut PayloadView<'_, '_, '_>, depth: u8, data: &[u8], span: Span) {
    let body = span.of(data);
    let is_bare = body.trim_ascii_start().starts_with(b"<");
    match msnobj::find(data, span) {
        Some(object) if is_bare => {
            object::show_element(page.plan, depth, data, &object);
            let after = Span::between(object.span.end(), span.end());
            expect_empty(page, depth, data, after);
        }
        _ if body.trim_ascii_start().starts_with(b"ID:") => {
            lines_of_body(page, depth, data, span, &[keys::DATACAST]);
        }
        _ => expect_empty(page, depth, data, span),
    }
}

fn of_lines(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    data: &[u8],
    span: Span,
    content: &Content,
) -> String {
    let table: &'static [keys::LineKey] = match content.media {
        "text/x-msmsgsinvite" => keys::INVITATION,
        "text/x-msnmsgr-datacast" => keys::DATACAST,
        "text/x-clientcaps" | "text/x-clientinfo" => keys::CLIENT,
        "application/x-msmsgssystemmessage" | "text/x-msmsgssystemmessage" => keys::SYSTEM,
        _ => keys::MAIL,
    };
    let body = span.of(data);
    let found = lines_of_body(page, depth, data, span, &[table]);
    match content.media {
        "text/x-msmsgsinvite" => invited(body, &found),
        "text/x-msnmsgr-datacast" => cast(body, &found),
        "application/x-msmsgssystemmessage" | "text/x-msmsgssystemmessage" => {
            announced(body, &found, content)
        }
        _ => mailed(
            body,
            &found,
            content,
            core::mem::take(&mut page.embedded_info),
        ),
    }
}

/// Shows the lines of a body, and bytes that are not lines. Returns the lines, whose
/// spans are relative to the body.
fn lines_of_body(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    data: &[u8],
    span: Span,
    tables: &[&'static [keys::LineKey]],
) -> Headers {
    let body = span.of(data);
    let found = body_lines(body, 0);
    let back = page.plan.enter_here(span.start);
    lines::show(page, depth, body, &found, tables, LinePosition::Body);
    // The invalid line is shown already.
    let shown = found.fault.map_or(found.span.end(), |fault| fault.end());
    expect_empty(page, depth, body, Span::between(shown, body.len()));
    page.plan.leave(back);
    found
}

fn value(data: &[u8], lines: &Headers, name: &str) -> Option<String> {
    let value = lines.value(data, name)?;
    Some(String::from_utf8_lossy(value).into_owned())
}

fn invited(data: &[u8], lines: &Headers) -> String {
    let value = |name: &str| value(data, lines, name);
    let command = value("Invitation-Command").unwrap_or_default();
    let what = value("Application-GUID").and_then(|guid| invitation::application(&guid));
    let what = what
        .map(str::to_owned)
        .or_else(|| value("Application-Name"));
    let size = lines.value(data, "Application-FileSize");
    let details = [
        what,
        value("Application-File"),
        size.and_then(long_or_signed)
            .map(|size| format!("({size} bytes)")),
        value("Cancel-Code"),
        value("IP-Address"),
        value("Port").map(|port| format!("port {port}")),
    ];
    let details: Vec<String> = details.into_iter().flatten().collect();
    shortened(&format!("invitation {command} {}", details.join(" ")))
        .trim_end()
        .to_owned()
}

fn cast(data: &[u8], lines: &Headers) -> String {
    let id = lines.value(data, "ID").and_then(decimal);
    match id.and_then(|id| DATACASTS.name(id)) {
        Some("action message") => {
            let text = value(data, lines, "Data").unwrap_or_default();
            format!("action message {}", quoted(&text))
        }
        Some(name) => name.into(),
        None => "datacast".into(),
    }
}

fn announced(data: &[u8], lines: &Headers, content: &Content) -> String {
    let number = |name: &str| lines.value(data, name).and_then(decimal);
    let what = number("Type").and_then(|kind| SYSTEM_MESSAGES.name(kind));
    match (what, number("Arg1")) {
        (Some(what), Some(minutes)) => {
            let plural = if minutes == 1 { "" } else { "s" };
            format!("{}: {what} in {minutes} minute{plural}", content.name)
        }
        (Some(what), None) => format!("{}: {what}", content.name),
        (None, _) => content.name.into(),
    }
}

fn mailed(data: &[u8], lines: &Headers, content: &Content, inner: String) -> String {
    let words = |name: &str| {
        let text = value(data, lines, name)?;
        Some(shortened(&encoded_word::decode(&text)))
    };
    let details = [
        words("From").map(|from| format!("from {from}")),
        words("Subject").map(|subject| quoted(&subject)),
        words("Inbox-Unread").map(|count| format!("{count} unread")),
        words("Client-Name"),
        Some(inner).filter(|inner| !inner.is_empty()),
    ];
    let details: Vec<String> = details.into_iter().flatten().collect();
    format!("{} {}", content.name, details.join(" "))
        .trim_end()
        .to_owned()
}

fn emoticons(page: &mut PayloadView<'_, '_, '_>, depth: u8, data: &[u8], span: Span) -> String {
    let found = content::emoticons(data, span);
    let mut shortcuts = Vec::new();
    for (shortcut, place) in &found {
        let end = place.map_or(shortcut.end(), Span::end);
        let both = Span::between(shortcut.start, end);
        let heading = page.plan.heading(depth, Field::Emoticon, both);
        page.plan
            .text(depth + 1, Field::EmoticonShortcut, *shortcut);
        let text = String::from_utf8_lossy(shortcut.of(data)).into_owned();
        page.plan
            .label_args(heading, format_args!("Custom emoticon: {text}"));
        shortcuts.push(text);
        match place.and_then(|place| msnobj::find(data, place)) {
            Some(object) => object::show_element(page.plan, depth + 1, data, &object),
            None => page.note_unless_cut(Note::BadObject, heading, None),
        }
    }
    let last = found
        .last()
        .map(|(shortcut, place)| place.map_or(shortcut.end(), Span::end));
    let shown = last.map_or(span.start, |end| end.saturating_add(1));
    expect_empty(
        page,
        depth,
        data,
        Span::between(shown.min(span.end()), span.end()),
    );
    shortened(&format!("emoticons {}", shortcuts.join(" ")))
}

/// Shows ink and pictures in base64; the decoded bytes are a data source of their own.
fn base64(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    data: &[u8],
    span: Span,
    content: &Content,
) -> String {
    let item = page.plan.bytes(depth, Field::Body, span);
    match content::base64_body(data, span) {
        Some((_, Some(bytes))) => {
            let whole = Span::new(0, bytes.len());
            let drawing = image_format(&bytes).map(|format| format.hand_off);
            if let Some(source) = page.plan.add_source(c"Decoded base64", bytes) {
                let back = page.plan.enter(source, 0);
                page.plan.bytes(depth, Field::Decoded, whole);
                if let Some(hand_off) = drawing {
                    page.plan.hand_off(depth, hand_off, whole);
                }
                page.plan.leave(back);
            }
        }
        Some((_, None)) => page.note_unless_cut(Note::BadBase64, item, None),
        None => {
            if let Some(format) = image_format(span.of(data)) {
                page.plan.hand_off(depth, format.hand_off, span);
            }
        }
    }
    content.name.into()
}
