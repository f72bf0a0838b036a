//! Parameters that consist of parts, or have a label of their own. Every function shows a word
//! as the field of its meaning.

use crate::msn::common::msnobj;
use crate::msn::common::number::decimal;
use crate::msn::msnp::fields::Field;
use crate::msn::msnp::tree::payload::object;
use crate::msn::msnp::tree::sso_blob;
use crate::msn::msnp::tree::values as show;
use crate::msn::msnp::tree::values::{ShownAs, ValueBytes, MAX_LABEL};
use crate::msn::msnp::wire::{composite, values};
use crate::plan::Plan;
use crate::span::Span;

/// The depth of a parameter in the tree.
pub(crate) const DEPTH: u8 = 2;

type Result = Option<ShownAs>;

pub(crate) fn account(plan: &mut Plan<'_>, _: Field, word: ValueBytes<'_>) -> Result {
    Some(show::account_of(plan, DEPTH, word))
}

pub(crate) fn capabilities(plan: &mut Plan<'_>, _: Field, word: ValueBytes<'_>) -> Result {
    show::capability_bits(plan, DEPTH, word)
}

pub(crate) fn server(plan: &mut Plan<'_>, _: Field, word: ValueBytes<'_>) -> Result {
    show::server(plan, DEPTH, word);
    Some(ShownAs::Item)
}

/// The server that sends the line.
pub(crate) fn current_server(plan: &mut Plan<'_>, _: Field, word: ValueBytes<'_>) -> Result {
    let item = show::server(plan, DEPTH, word);
    if plan.shows_tree() && word.bytes.len() <= MAX_LABEL {
        let text = String::from_utf8_lossy(word.bytes);
        plan.label_args(item, format_args!("Current server: {text}"));
    }
    Some(ShownAs::Item)
}

pub(crate) fn list_version(plan: &mut Plan<'_>, field: Field, word: ValueBytes<'_>) -> Result {
    show::version(plan, DEPTH, field, Field::ListTime, word);
    Some(ShownAs::Item)
}

pub(crate) fn settings_version(plan: &mut Plan<'_>, field: Field, word: ValueBytes<'_>) -> Result {
    show::version(plan, DEPTH, field, Field::SettingsTime, word);
    Some(ShownAs::Item)
}

/// One group, or several below the line of the whole word.
pub(crate) fn groups(plan: &mut Plan<'_>, field: Field, word: ValueBytes<'_>) -> Result {
    if memchr::memchr(b',', word.bytes).is_none() {
        plan.text(DEPTH, field, word.span());
        return Some(ShownAs::Item);
    }
    for group in composite::pairs(word.bytes, b',') {
        plan.text(DEPTH + 1, field, word.part(group.span()).span());
    }
    Some(ShownAs::Children)
}

/// Authentication methods, separated by commas.
pub(crate) fn packages(plan: &mut Plan<'_>, field: Field, word: ValueBytes<'_>) -> Result {
    for package in composite::pairs(word.bytes, b',') {
        let value = word.part(package.span());
        show::named(plan, DEPTH, field, values::PACKAGES, value);
    }
    Some(ShownAs::Item)
}

/// The number of a language: hexadecimal after `0x`, else decimal.
pub(crate) fn locale(plan: &mut Plan<'_>, field: Field, word: ValueBytes<'_>) -> Result {
    let text = core::str::from_utf8(word.bytes).ok()?;
    let number = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) if !digits.starts_with('+') => u32::from_str_radix(digits, 16).ok(),
        Some(_) => None,
        None => decimal(word.bytes),
    };
    plan.number(DEPTH, field, word.span(), number?);
    Some(ShownAs::Item)
}

/// A dialect, labelled with the clients that use it.
pub(crate) fn dialect(plan: &mut Plan<'_>, field: Field, word: ValueBytes<'_>) -> Result {
    let item = plan.text(DEPTH, field, word.span());
    if plan.shows_tree() {
        let text = String::from_utf8_lossy(word.bytes);
        let about = match word.bytes {
            b"CVR0" => Some("client version check supported"),
            bytes => values::dialect_client(bytes),
        };
        if let Some(about) = about {
            plan.label_args(item, format_args!("Protocol version: {text} ({about})"));
        }
    }
    Some(ShownAs::Item)
}

/// `0`, where the server accepts none of the client's dialects.
pub(crate) fn no_dialect(plan: &mut Plan<'_>, field: Field, word: ValueBytes<'_>) -> Result {
    let item = plan.text(DEPTH, field, word.span());
    plan.label(item, "Protocol version: none of those offered (0)");
    Some(ShownAs::Item)
}

pub(crate) fn login_parameters(plan: &mut Plan<'_>, field: Field, word: ValueBytes<'_>) -> Result {
    plan.text(DEPTH, field, word.span());
    show::pairs(plan, DEPTH + 1, word, b',');
    Some(ShownAs::Item)
}

pub(crate) fn ticket(plan: &mut Plan<'_>, field: Field, word: ValueBytes<'_>) -> Result {
    plan.text(DEPTH, field, word.span());
    show::pairs(plan, DEPTH + 1, word, b'&');
    Some(ShownAs::Item)
}

pub(crate) fn response_blob(plan: &mut Plan<'_>, _: Field, word: ValueBytes<'_>) -> Result {
    sso_blob::response(plan, DEPTH, word);
    Some(ShownAs::Item)
}

pub(crate) fn circle_ticket(plan: &mut Plan<'_>, _: Field, word: ValueBytes<'_>) -> Result {
    sso_blob::circle_ticket(plan, DEPTH, word);
    Some(ShownAs::Item)
}

pub(crate) fn hop_counter(plan: &mut Plan<'_>, _: Field, word: ValueBytes<'_>) -> Result {
    sso_blob::hop_counter(plan, DEPTH, word);
    Some(ShownAs::Item)
}

pub(crate) fn msn_object(plan: &mut Plan<'_>, field: Field, word: ValueBytes<'_>) -> Result {
    let item = show::encoded(plan, DEPTH, field, word);
    if let Some(object) = msnobj::find_encoded(word.bytes, Span::new(0, word.bytes.len())) {
        let back = plan.enter_here(word.start);
        object::show(plan, DEPTH, item, &object);
        plan.leave(back);
    }
    Some(ShownAs::Item)
}

/// `name=value` of a directory entry or search.
pub(crate) fn directory_field(plan: &mut Plan<'_>, field: Field, word: ValueBytes<'_>) -> Result {
    let pair = composite::pair(word.bytes, 0);
    plan.text(DEPTH, field, word.span());
    let name = word.part(pair.name).span();
    plan.text(DEPTH + 1, Field::DirectoryName, name);
    let value = word.part(pair.value);
    show::encoded(plan, DEPTH + 1, Field::DirectoryValue, value);
    Some(ShownAs::Item)
}
