//! The parameters of a command line as items of a Plan: each with the field of its meaning.

#[cfg(test)]
mod tests;

use crate::msn::common::number::decimal;
use crate::msn::msnp::fields::{Field, Note};
use crate::msn::msnp::tree::compound::DEPTH;
use crate::msn::msnp::tree::meaning::{view, ParameterView, Presentation};
use crate::msn::msnp::tree::values as show;
use crate::msn::msnp::tree::values::{title, ShownAs, ValueBytes, MAX_LABEL};
use crate::msn::msnp::wire::parameter::{Meaning, Parameters};
use crate::msn::msnp::wire::pdu::Pdu;
use crate::plan::{ItemId, Plan};
use crate::span::{Span, Spanned};

/// Shows every parameter of a line, and notes what is too much and what is missing.
///
/// Each parameter keeps the generic field. It is hidden where the field of the meaning has
/// a line of its own, and stands above the parts of a composite one.
pub fn show_parameters(plan: &mut Plan<'_>, pdu: &Pdu, data: &[u8], words: &Parameters<'_>) {
    let reading = words.read();
    let mut before = None;
    let length = pdu.payload.map(|payload| payload.length.span);
    for (word, meaning) in pdu.line.parameters(data).zip(&reading.meanings) {
        // The framing of the stream has decided, even where the form is not known.
        let meaning = match length == Some(word.span) {
            true => Meaning::PayloadLength,
            false => *meaning,
        };
        if meaning == Meaning::Surplus {
            let item = plan.text(DEPTH, Field::Param, word.span);
            plan.note(Note::ParamSurplus, item);
        } else if plan.wants_items() || meaning == Meaning::MsnObject {
            parameter(plan, word, meaning, before);
        }
        before = Some((meaning, word.value));
    }
    let item = match reading.missing.is_empty() {
        true => ItemId::NONE,
        false => plan.item_at(pdu.line.span),
    };
    for missing in &reading.missing {
        let title = title(view(*missing).field);
        let text = format!("Missing parameter: {title}");
        plan.note_text(Note::ParamMissing, item, &text);
    }
}

/// One parameter; `before` is the one before it.
fn parameter(
    plan: &mut Plan<'_>,
    word: Spanned<&[u8]>,
    meaning: Meaning,
    before: Option<(Meaning, &[u8])>,
) {
    let piece = ValueBytes {
        bytes: word.value,
        start: word.span.start,
    };
    let view = view(meaning);
    // Neither is a parameter in the narrow sense.
    if let Field::TrId | Field::PayloadLength = view.field {
        if show::number(plan, DEPTH, view.field, piece).is_some() {
            return;
        }
    }
    let generic = plan.text(DEPTH, Field::Param, word.span);
    let shown = of_view(plan, piece, view);
    // One's own name and that of a contact are properties since MSNP10.
    if meaning == Meaning::PropertyValue && before == Some((Meaning::PropertyName, b"MFN")) {
        show::encoded(plan, DEPTH + 1, Field::FriendlyName, piece);
    }
    if shown == Some(ShownAs::Item) {
        plan.mark_hidden(generic);
    } else if plan.shows_tree() && word.value.len() <= MAX_LABEL {
        let text = String::from_utf8_lossy(word.value);
        plan.label_args(generic, format_args!("{}: {text}", title(view.field)));
    }
}

/// Shows the field of a meaning. Returns `None`, and shows nothing, if the word cannot have the
/// meaning.
fn of_view(plan: &mut Plan<'_>, piece: ValueBytes<'_>, view: ParameterView) -> Option<ShownAs> {
    let field = view.field;
    match view.shown {
        Presentation::Text => {
            plan.text(DEPTH, field, piece.span());
        }
        Presentation::Encoded => {
            show::encoded(plan, DEPTH, field, piece);
        }
        Presentation::Named(names) => {
            show::named(plan, DEPTH, field, names, piece);
        }
        Presentation::Number => {
            show::number(plan, DEPTH, field, piece)?;
        }
        Presentation::Bits => {
            show::bits(plan, DEPTH, field, piece)?;
        }
        Presentation::Flag => {
            let value = decimal(piece.bytes).filter(|value| *value < 2)?;
            plan.number(DEPTH, field, piece.span(), value);
        }
        Presentation::Prefixed(prefix) => {
            let value = piece.bytes.strip_prefix(prefix.as_bytes())?;
            let value = piece.part(Span::new(prefix.len(), value.len()));
            if field == Field::Account {
                return Some(show::account_of(plan, DEPTH, value));
            }
            show::encoded(plan, DEPTH, field, value);
        }
        Presentation::Custom(function) => return function(plan, field, piece),
    }
    Some(ShownAs::Item)
}
