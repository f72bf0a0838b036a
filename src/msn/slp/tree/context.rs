//! The context of an invitation: an object, a file, an activity.

use crate::handoff::image_format;
use crate::msn::common::msnobj;
use crate::msn::msnp::tree::payload::object;
use crate::msn::slp::fields::{Field, Note};
use crate::msn::slp::wire::codes::SessionUse;
use crate::msn::slp::wire::context;
use crate::msn::slp::wire::context::SlpContext;
use crate::plan::Plan;
use crate::span::Span;

/// Shows the context at `span` in a session with the given `purpose`.
pub(crate) fn show(
    plan: &mut Plan<'_>,
    depth: u8,
    span: Span,
    data: &[u8],
    purpose: Option<SessionUse>,
) {
    let item = plan.text(depth, Field::Context, span);
    let Some(bytes) = context::bytes(span.of(data)) else {
        plan.note(Note::BadContext, item);
        return;
    };
    if bytes.is_empty() {
        return;
    }
    let kind = context::context(&bytes, purpose);
    // An unknown context is not suspicious in an unknown application.
    let is_known = purpose.is_some_and(|purpose| purpose != SessionUse::Other);
    if kind == SlpContext::Unknown && is_known {
        plan.note(Note::BadContext, item);
    }
    if !plan.wants_items() {
        return;
    }
    let Some(source) = plan.add_source(c"MSNSLP context", bytes.clone()) else {
        return;
    };
    let back = plan.enter(source, 0);
    plan.bytes(depth + 1, Field::ContextData, Span::new(0, bytes.len()));
    match kind {
        SlpContext::Object(span) => {
            let item = plan.text(depth + 2, Field::Object, span);
            if let Some(found) = msnobj::find(&bytes, span) {
                object::show(plan, depth + 2, item, &found);
            }
        }
        SlpContext::File(preview) => file(plan, depth + 2, &preview, &bytes),
        SlpContext::Guid(span) => wide(plan, depth + 2, Field::ContextGuid, span, &bytes),
        SlpContext::Activity(activity) => {
            wide(plan, depth + 2, Field::ActivityId, activity.id, &bytes);
            wide(
                plan,
                depth + 2,
                Field::ActivityNumber,
                activity.number,
                &bytes,
            );
            wide(plan, depth + 2, Field::ActivityName, activity.name, &bytes);
        }
        SlpContext::Code(code) => {
            plan.number(depth + 2, Field::CloseCode, code.span, code.value);
        }
        SlpContext::Unknown => {}
    }
    plan.leave(back);
}

/// Shows a text in UTF-16LE.
fn wide(plan: &mut Plan<'_>, depth: u8, field: Field, span: Span, bytes: &[u8]) {
    plan.derived(depth, field, span, &context::utf16(span.of(bytes)));
}

fn file(plan: &mut Plan<'_>, depth: u8, preview: &context::Preview, bytes: &[u8]) {
    let name = preview.name(bytes);
    let length = preview.length;
    let item = plan.heading(depth, Field::Preview, Span::new(0, length.value as usize));
    plan.label_args(item, format_args!("File preview: {name}"));
    let depth = depth + 1;
    plan.number(depth, Field::PreviewLength, length.span, length.value);
    let version = preview.version;
    plan.number(depth, Field::PreviewVersion, version.span, version.value);
    plan.number(
        depth,
        Field::FileSize,
        preview.size.span,
        preview.size.value,
    );
    let none = preview.no_preview;
    plan.number(depth, Field::NoPreview, none.span, none.value);
    plan.derived(depth, Field::FileName, preview.name, &name);
    if let Some(rest) = preview.rest {
        plan.bytes(depth, Field::PreviewRest, rest);
    }
    if let Some(image) = preview.image {
        plan.bytes(depth, Field::PreviewImage, image);
        if let Some(format) = image_format(image.of(bytes)) {
            plan.hand_off(depth + 1, format.hand_off, image);
        }
    }
}
