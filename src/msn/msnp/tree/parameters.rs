//! The parameters of a command line as items of a Plan: each with the field of its meaning.

#[cfg(test)]
mod tests;

use crate::msn::common::msnobj;
use crate::msn::common::number::decimal;
use crate::msn::msnp::fields::{Field, Note};
use crate::msn::msnp::tree::meaning::{view, MeaningView};
use crate::msn::msnp::tree::payload::object;
use crate::msn::msnp::tree::sso_blob as show_sso_blob;
use crate::msn::msnp::tree::values as show;
use crate::msn::msnp::tree::values::{title, ShownAs, ValueBytes, MAX_LABEL};
use crate::msn::msnp::wire::parameter::{Meaning, Parameters};
use crate::msn::msnp::wire::pdu::Pdu;
use crate::msn::msnp::wire::{composite, values};
use crate::plan::{ItemId, Plan};
use crate::span::{Span, Spanned};

/// The depth of a parameter in the tree.
const DEPTH: u8 = 2;

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
        let title = title(view(*missing).field());
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
    if let MeaningView::Number(field @ (Field::TrId | Field::PayloadLength)) = view {
        if show::number(plan, DEPTH, field, piece).is_some() {
            return;
        }
    }
    let generic = plan.text(DEPTH, Field::Param, word.span);
    let shown = of_view(plan, piece, meaning, view);
    // One's own name and that of a contact are properties since MSNP10.
    if meaning == Meaning::PropertyValue && before == Some((Meaning::PropertyName, b"MFN")) {
        show::encoded(plan, DEPTH + 1, Field::FriendlyName, piece);
    }
    if shown == Some(ShownAs::AsLine) {
        plan.mark_hidden(generic);
    } else if plan.shows_tree() && word.value.len() <= MAX_LABEL {
        let text = String::from_utf8_lossy(word.value);
        plan.label(generic, &format!("{}: {text}", title(view.field())));
    }
}

/// Shows the field of a meaning. `None` when the word cannot have it: nothing is shown then.
fn of_view(
    plan: &mut Plan<'_>,
    piece: ValueBytes<'_>,
    meaning: Meaning,
    view: MeaningView,
) -> Option<ShownAs> {
    match view {
        MeaningView::Text(field) => {
            plan.text(DEPTH, field, piece.span());
        }
        MeaningView::Encoded(field) => {
            show::encoded(plan, DEPTH, field, piece);
        }
        MeaningView::Named(field, names) => {
            show::named(plan, DEPTH, field, names, piece);
        }
        MeaningView::Number(field) => {
            show::number(plan, DEPTH, field, piece)?;
        }
        MeaningView::Flag(field) => {
            let value = decimal(piece.bytes).filter(|value| *value < 2)?;
            plan.number(DEPTH, field, piece.span(), value);
        }
        MeaningView::Prefixed(prefix, field) => {
            let value = piece.bytes.strip_prefix(prefix.as_bytes())?;
            let value = piece.part(Span::new(prefix.len(), value.len()));
            if field == Field::Account {
                return Some(show::account_of(plan, DEPTH, value));
            }
            show::encoded(plan, DEPTH, field, value);
        }
        MeaningView::Parts(field) => return parts(plan, piece, meaning, field),
    }
    Some(ShownAs::AsLine)
}

/// Shows a parameter that is made of parts.
fn parts(
    plan: &mut Plan<'_>,
    piece: ValueBytes<'_>,
    meaning: Meaning,
    field: Field,
) -> Option<ShownAs> {
    match meaning {
        Meaning::Account | Meaning::NetworkAccount => {
            return Some(show::account_of(plan, DEPTH, piece));
        }
        Meaning::Capabilities => return show::capability_bits(plan, DEPTH, piece),
        Meaning::Lists => {
            show::list_bits(plan, DEPTH, piece)?;
        }
        Meaning::Server => {
            show::server(plan, DEPTH, piece);
        }
        Meaning::CurrentServer => {
            let item = show::server(plan, DEPTH, piece);
            if plan.shows_tree() && piece.bytes.len() <= MAX_LABEL {
                let text = String::from_utf8_lossy(piece.bytes);
                plan.label(item, &format!("Current server: {text}"));
            }
        }
        Meaning::ListVersion => show::version(plan, DEPTH, field, Field::ListTime, piece),
        Meaning::SettingsVersion => {
            show::version(plan, DEPTH, field, Field::SettingsTime, piece);
        }
        Meaning::GroupIds => return Some(list(plan, piece, field)),
        Meaning::AuthPackages => return Some(packages(plan, piece)),
        Meaning::Locale => {
            let value = locale(piece.bytes)?;
            plan.number(DEPTH, field, piece.span(), value);
        }
        Meaning::Dialect => dialect(plan, piece),
        Meaning::NoDialect => {
            let item = plan.text(DEPTH, field, piece.span());
            plan.label(item, "Protocol version: none of those offered (0)");
        }
        Meaning::AuthParameters => {
            plan.text(DEPTH, field, piece.span());
            show::pairs(plan, DEPTH + 1, piece, b',');
        }
        Meaning::AuthTicket => {
            plan.text(DEPTH, field, piece.span());
            show::pairs(plan, DEPTH + 1, piece, b'&');
        }
        Meaning::ResponseBlob => show_sso_blob::response(plan, DEPTH, piece),
        Meaning::CircleTicket => show_sso_blob::circle_ticket(plan, DEPTH, piece),
        Meaning::MsnObject => {
            let item = show::encoded(plan, DEPTH, field, piece);
            if let Some(object) = msnobj::find_encoded(piece.bytes, Span::new(0, piece.bytes.len()))
            {
                let back = plan.enter_here(piece.start);
                object::show(plan, DEPTH, item, &object);
                plan.leave(back);
            }
        }
        Meaning::HopCounter => show_sso_blob::hop_counter(plan, DEPTH, piece),
        Meaning::DirectoryField => {
            let pair = composite::pair(piece.bytes, 0);
            plan.text(DEPTH, field, piece.span());
            let name = piece.part(pair.name).span();
            plan.text(DEPTH + 1, Field::DirectoryName, name);
            let value = piece.part(pair.value);
            show::encoded(plan, DEPTH + 1, Field::DirectoryValue, value);
        }
        _ => {
            plan.text(DEPTH, field, piece.span());
        }
    }
    Some(ShownAs::AsLine)
}

/// One group, or several below the line of the whole word.
fn list(plan: &mut Plan<'_>, piece: ValueBytes<'_>, field: Field) -> ShownAs {
    if memchr::memchr(b',', piece.bytes).is_none() {
        plan.text(DEPTH, field, piece.span());
        return ShownAs::AsLine;
    }
    for group in composite::pairs(piece.bytes, b',') {
        plan.text(DEPTH + 1, field, piece.part(group.span()).span());
    }
    ShownAs::Below
}

fn packages(plan: &mut Plan<'_>, piece: ValueBytes<'_>) -> ShownAs {
    for package in composite::pairs(piece.bytes, b',') {
        let value = piece.part(package.span());
        show::named(plan, DEPTH, Field::AuthPackage, values::PACKAGES, value);
    }
    ShownAs::AsLine
}

/// The number of a language: hexadecimal behind `0x`, else decimal.
fn locale(word: &[u8]) -> Option<u32> {
    let text = core::str::from_utf8(word).ok()?;
    match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) if !digits.starts_with('+') => u32::from_str_radix(digits, 16).ok(),
        Some(_) => None,
        None => decimal(word),
    }
}

fn dialect(plan: &mut Plan<'_>, piece: ValueBytes<'_>) {
    let item = plan.text(DEPTH, Field::Dialect, piece.span());
    if !plan.shows_tree() {
        return;
    }
    let word = String::from_utf8_lossy(piece.bytes);
    if let Some(client) = values::dialect_client(piece.bytes) {
        plan.label(item, &format!("Protocol version: {word} ({client})"));
    } else if piece.bytes == b"CVR0" {
        plan.label(
            item,
            "Protocol version: CVR0 (client version check supported)",
        );
    }
}
