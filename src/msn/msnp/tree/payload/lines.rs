//! `Name: value` lines: each as a generic pair, and as a field of its own if it is known.

use crate::msn::common::mime::Headers;
use crate::msn::msnp::fields::{Field, Note};
use crate::msn::msnp::tree::payload::keys::{find, LineKey};
use crate::msn::msnp::tree::payload::values;
use crate::msn::msnp::tree::payload::view::PayloadView;

/// Position of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinePosition {
    /// Before the body.
    Head,
    /// In the body.
    Body,
}

/// Shows lines, and their fields in `tables`.
pub(crate) fn show(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    data: &[u8],
    lines: &Headers,
    tables: &[&'static [LineKey]],
    place: LinePosition,
) {
    if place == LinePosition::Head && !page.plan.wants_all() {
        return;
    }
    let (line_field, name_field, value_field) = match place {
        LinePosition::Head => (Field::Header, Field::HeaderName, Field::HeaderValue),
        LinePosition::Body => (Field::BodyLine, Field::BodyName, Field::BodyValue),
    };
    for line in &lines.lines {
        let item = page.plan.text(depth, line_field, line.line);
        let name = page.plan.text(depth + 1, name_field, line.name);
        page.plan.mark_hidden(name);
        let value = page.plan.text(depth + 1, value_field, line.value);
        page.plan.mark_hidden(value);
        if let Some(key) = find(tables, line.name.of(data)) {
            values::show(page, depth + 1, data, line.value, *key, item);
        }
    }
    if let Some(fault) = lines.fault {
        let item = page.plan.text(depth, Field::BadLine, fault);
        page.note_unless_cut(Note::BadLine, item, None);
    }
}
