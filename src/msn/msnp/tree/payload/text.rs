//! Texts, and bodies that should be empty.

use crate::msn::common::charset;
use crate::msn::msnp::fields::{Field, Note};
use crate::msn::msnp::tree::payload::described::CharsetHints;
use crate::msn::msnp::tree::payload::quote::{quoted, quoted_lines};
use crate::msn::msnp::tree::payload::view::PayloadView;
use crate::span::Span;

/// Shows UTF-8 text that is all of a payload.
pub(crate) fn plain(page: &mut PayloadView<'_, '_, '_>, depth: u8, data: &[u8]) -> String {
    page.plan.text(depth, Field::Text, Span::new(0, data.len()));
    quoted_lines(&String::from_utf8_lossy(data))
}

/// Shows text in its charset.
pub(crate) fn in_charset(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    data: &[u8],
    span: Span,
    charset: CharsetHints<'_>,
) -> String {
    let bytes = span.of(data);
    let encoding = match charset.declared {
        Some(name) => charset::named(name),
        None => charset::guess(|| charset.font(), bytes),
    };
    let text = charset::decode(encoding, bytes);
    if charset::is_utf8(encoding, bytes) {
        page.plan.text(depth, Field::Text, span);
    } else {
        page.plan.derived(depth, Field::Text, span, &text);
    }
    quoted(&text)
}

/// Shows a body that should be empty: anything but white space and NUL bytes gets a note.
pub(crate) fn expect_empty(page: &mut PayloadView<'_, '_, '_>, depth: u8, data: &[u8], span: Span) {
    let is_blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
    if !span.of(data).iter().all(is_blank) {
        let item = page.plan.bytes(depth, Field::Body, span);
        page.note_unless_cut(Note::Surplus, item, None);
    }
}
