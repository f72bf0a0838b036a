//! What a user listens to or plays.

use crate::msn::common::number::decimal;
use crate::msn::msnp::fields::Field;
use crate::msn::msnp::tree::payload::view::PayloadView;
use crate::msn::msnp::wire::current_media;
use crate::span::Span;
use crate::xml::unescape;

/// Shows the value as a text, with its fields below.
pub(crate) fn show(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    data: &[u8],
    span: Span,
    value: &str,
) {
    // The span of an empty value is that of its element.
    if value.is_empty() {
        page.plan.derived(depth, Field::CurrentMedia, span, value);
        return;
    }
    let texts: Vec<(Span, String)> = current_media::fields(data, span)
        .into_iter()
        .map(|field| {
            let text = String::from_utf8_lossy(field.of(data));
            (field, unescape(&text).into_owned())
        })
        .collect();
    let item = page.plan.derived(depth, Field::CurrentMedia, span, value);
    let text = media_text(&texts);
    if let Some(shown) = text.filter(|_| texts.iter().skip(4).any(|(_, text)| !text.is_empty())) {
        page.plan
            .label_args(item, format_args!("Current media: {shown}"));
    }
    let fields = [
        Field::MediaApplication,
        Field::MediaKind,
        Field::MediaEnabled,
        Field::MediaFormat,
    ];
    for (index, (span, text)) in texts.iter().enumerate() {
        match fields.get(index) {
            Some(Field::MediaEnabled) => {
                if let Some(flag) = decimal(text.as_bytes()).filter(|flag| *flag < 2) {
                    page.plan
                        .number(depth + 1, Field::MediaEnabled, *span, flag);
                }
            }
            Some(field) => {
                page.plan.derived(depth + 1, *field, *span, text);
            }
            None if text.is_empty() => {}
            None => {
                page.plan
                    .derived(depth + 1, Field::MediaArgument, *span, text);
            }
        }
    }
}

/// The format with its arguments inserted.
fn media_text(texts: &[(Span, String)]) -> Option<String> {
    let (_, format) = texts.get(3)?;
    let arguments: Vec<&str> = texts
        .iter()
        .skip(4)
        .map(|(_, text)| text.as_str())
        .collect();
    Some(current_media::fill_placeholders(format, &arguments))
}
