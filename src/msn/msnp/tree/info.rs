//! Lines for the Info column, with passwords, hashes, tickets and cookies masked, and
//! msnobjs replaced by their types.
//!
//! Packet lists are pasted into reports and photographed, whereas the tree is opened by
//! those who look for such a value. The table of fields defines which parameters are
//! secret. In a line that does not fit its form, a word that could be a secret in another
//! form is masked, too.

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use memchr::memchr_iter;
use memchr::memmem::Finder;

use crate::byte_kinds::kinds_in;
use crate::msn::common::account::is_account;
use crate::msn::common::msnobj;
use crate::msn::common::number::decimal;
use crate::msn::msnp::fields::MSNMS;
use crate::msn::msnp::tree::meaning::view;
use crate::msn::msnp::wire::command::{MsnpCommand, Verb};
use crate::msn::msnp::wire::commands::COMMANDS;
use crate::msn::msnp::wire::line::LineHead;
use crate::msn::msnp::wire::parameter::{possible_meanings, Form, Meaning, Parameters, Slot};
use crate::msn::msnp::wire::pdu::Pdu;
use crate::plan::Plan;
use crate::span::{Span, Spanned};

/// Maximum bytes of a command line; longer ones are cut to leave space for other lines.
const MAX_LINE: usize = 240;
/// Mask of a word of unknown meaning, in a command that can have secrets.
pub(crate) const UNKNOWN_MASK: &str = "…";
/// Maximum length of words that are never secret: names of packages, stages, flags.
const SHORT: usize = 3;
/// Prefix of a Passport ticket, and its minimum length in bytes.
const TICKET: (&[u8], usize) = (b"t=", 16);

/// In each of [`OBJECT`].
static OBJECT_NAME: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"msnobj"));
/// Beginnings of an msnobj, URL-encoded or not.
const OBJECT: [&[u8]; 3] = [b"%3Cmsnobj", b"%3cmsnobj", b"<msnobj"];

/// The span of a word, and its mask.
pub(crate) type InfoMark = (Span, &'static str);

/// Adds the line of a PDU, whose parameters are `words`, to the Info column.
pub(crate) fn show(plan: &mut Plan<'_>, pdu: &Pdu, data: &[u8], words: &Parameters<'_>) {
    if !plan.shows_info() {
        return;
    }
    let text = pdu.line.span.of(data);
    let marks = match pdu.line.head {
        LineHead::Command(verb) if has_secrets(verb) => {
            let is_harmless = |form: &Form| !has_secret(form);
            let fits =
                || !is_cut(pdu) && words.fits_form() && words.form().is_some_and(is_harmless);
            match begins_login(pdu, words) || fits() {
                true => Vec::new(),
                false => marks(verb, pdu, data, words),
            }
        }
        _ => marks_of_any(pdu, data),
    };
    match marks.is_empty() {
        true => show_text(plan, text),
        false => show_text(plan, &mask_secrets(data, pdu.line.span, &marks)),
    }
}

/// The masks for the words of a command that has no secrets: words that begin like one, and
/// objects.
fn marks_of_any(pdu: &Pdu, data: &[u8]) -> Vec<InfoMark> {
    let text = pdu.line.span.of(data);
    let kinds = kinds_in(text, |byte| {
        u8::from(byte == b'=') | u8::from(byte == b'%' || byte == b'<') << 1
    });
    if !((kinds & 1 != 0 && has_ticket(text)) || (kinds & 2 != 0 && has_object(text))) {
        return Vec::new();
    }
    let mark = |word: &Spanned<&[u8]>| match is_ticket(word) {
        true => Some("ticket"),
        false => object_type(word.value),
    };
    let words = pdu.line.parameters(data);
    words
        .filter_map(|word| Some((word.span, mark(&word)?)))
        .collect()
}

/// Whether the line is the first step of a login, which has the account and no secret:
/// `USR 6 TWN I alice@example.com`. Either side can send it.
fn begins_login(pdu: &Pdu, words: &Parameters<'_>) -> bool {
    let has_stages = |command: &MsnpCommand| command.has(Meaning::AuthStage);
    let names_account = |form: &Form| {
        form.has(Meaning::AuthStage) && form.has(Meaning::Account) && !has_secret(form)
    };
    pdu.command.is_some_and(has_stages)
        && !is_cut(pdu)
        && words.first_fitting().is_some_and(names_account)
}

/// Whether the line is truncated by the capture, so that its last word may be anything.
fn is_cut(pdu: &Pdu) -> bool {
    pdu.line.end <= pdu.line.span.end()
}

/// Whether a word of the line begins like a ticket.
fn has_ticket(line: &[u8]) -> bool {
    // After a command and a space.
    if line.len() < TICKET.1 + 4 {
        return false;
    }
    let mut signs = memchr_iter(b'=', line);
    signs.any(|at| line.get(..at).is_some_and(|before| before.ends_with(b" t")))
}

/// Whether a word of the line may contain an msnobj.
fn has_object(line: &[u8]) -> bool {
    OBJECT_NAME.find(line).is_some()
}

fn begins_object(text: &[u8]) -> bool {
    OBJECT.iter().any(|start| text.starts_with(start))
}

/// Type of the msnobj in a word. Returns `None` unless the word begins with an msnobj.
fn object_type(word: &[u8]) -> Option<&'static str> {
    if !begins_object(word) {
        return None;
    }
    let name = msnobj::encoded_type(word).and_then(|kind| msnobj::TYPES.name(kind));
    Some(name.unwrap_or("MSN object"))
}

/// Whether a word in this place can be a secret.
const fn is_secret(slot: Slot) -> bool {
    match slot {
        Slot::One(meaning)
        | Slot::Maybe(meaning)
        | Slot::Word(_, meaning)
        | Slot::Many(meaning) => secret(meaning).is_some(),
        Slot::Either(first, second) => secret(first).is_some() || secret(second).is_some(),
    }
}

/// Whether a word in a place of the form can be a secret.
const fn has_secret(form: &Form) -> bool {
    let mut slot = 0;
    while slot < form.slots.len() {
        if is_secret(form.slots[slot]) {
            return true;
        }
        slot += 1;
    }
    false
}

/// Mask of a meaning. Returns `None` if it is not secret.
const fn secret(meaning: Meaning) -> Option<&'static str> {
    MSNMS.fields[view(meaning).field as usize].secret
}

/// The commands with a form that has a secret.
const COMMANDS_WITH_SECRETS: &[Verb] = {
    const FOUND: ([Verb; 16], usize) = {
        let mut found = ([[0; 3]; 16], 0);
        let mut row = 0;
        while row < COMMANDS.len() {
            let mut form = 0;
            while form < COMMANDS[row].forms.len() && !has_secret(&COMMANDS[row].forms[form]) {
                form += 1;
            }
            if form < COMMANDS[row].forms.len() {
                found.0[found.1] = COMMANDS[row].verb;
                found.1 += 1;
            }
            row += 1;
        }
        found
    };
    FOUND.0.split_at(FOUND.1).0
};

fn has_secrets(verb: Verb) -> bool {
    COMMANDS_WITH_SECRETS.contains(&verb)
}

/// The masks for the words of a command that can have secrets.
fn marks(verb: [u8; 3], pdu: &Pdu, data: &[u8], parameters: &Parameters<'_>) -> Vec<InfoMark> {
    let spanned: Vec<Spanned<&[u8]>> = pdu.line.parameters(data).collect();
    let words: Vec<&[u8]> = spanned.iter().map(|word| word.value).collect();
    let meanings = parameters.read().meanings.into_iter();
    let mut marks: Vec<Option<&'static str>> = meanings.map(secret).collect();
    let is_cut = is_cut(pdu);
    // An empty word moves the others to places of other words, and may fit all the same.
    let has_empty = words.iter().any(|word| word.is_empty());
    if is_cut || has_empty || !parameters.fits_form() {
        let readings = possible_meanings(verb, parameters.context(), &words);
        let last = spanned.len().saturating_sub(1);
        for (index, (word, mark)) in spanned.iter().zip(&mut marks).enumerate() {
            let is_part = is_cut && index == last;
            let read = |meanings: &Vec<Meaning>| meanings.get(index).copied();
            let could_be = || readings.iter().filter_map(read);
            *mark = match *mark {
                _ if word.value.len() <= SHORT => None,
                Some(mark) => Some(mark),
                None if !is_part && is_harmless(word.value) => None,
                // A transaction id of more than 32 bits.
                None if index == 0 && word.value.iter().all(u8::is_ascii_digit) => None,
                None if is_ticket(word) => Some("ticket"),
                None => could_be()
                    .find_map(secret)
                    .or_else(|| could_be().find_map(doubtful_mark))
                    .or_else(|| is_cookie(word.value).then_some("cookie")),
            };
        }
    }
    let marks = spanned.iter().zip(marks);
    marks
        .filter_map(|(word, mark)| Some((word.span, mark?)))
        .collect()
}

/// Mask of a word of this meaning, which is not secret itself, in a line that does not
/// fit its form.
fn doubtful_mark(meaning: Meaning) -> Option<&'static str> {
    // Longer words than SHORT are no names of packages.
    let doubtful = [Meaning::Surplus, Meaning::Unknown, Meaning::AuthPackage];
    doubtful.contains(&meaning).then_some(UNKNOWN_MASK)
}

/// Whether the word is an account or a number, in any place.
fn is_harmless(word: &[u8]) -> bool {
    is_account(word) || decimal(word).is_some()
}

fn is_ticket(word: &Spanned<&[u8]>) -> bool {
    let (prefix, least) = TICKET;
    word.value.starts_with(prefix) && word.value.len() >= least
}

/// Whether the word has the form of a switchboard's cookie: `17262740.1050826919.32308`. An
/// address has no part of more than three digits.
fn is_cookie(word: &[u8]) -> bool {
    let is_number = word
        .iter()
        .all(|byte| byte.is_ascii_digit() || *byte == b'.');
    let mut parts = word.split(|byte| *byte == b'.');
    is_number && word.contains(&b'.') && parts.any(|part| part.len() > 3)
}

/// The line at `line` in `data`, with its secrets masked.
pub(crate) fn mask_secrets(data: &[u8], line: Span, marks: &[InfoMark]) -> Vec<u8> {
    let mut text = Vec::with_capacity(line.len);
    let mut at = line.start;
    for (span, mark) in marks.iter().filter(|(span, _)| span.len > 0) {
        text.extend_from_slice(Span::between(at, span.start).of(data));
        text.extend_from_slice(b"<");
        text.extend_from_slice(mark.as_bytes());
        text.extend_from_slice(b">");
        at = span.end();
    }
    text.extend_from_slice(Span::between(at, line.end()).of(data));
    text
}

/// Adds at most [`MAX_LINE`] bytes of a line.
fn show_text(plan: &mut Plan<'_>, line: &[u8]) {
    let Some(start) = line
        .get(..MAX_LINE)
        .filter(|start| start.len() < line.len())
    else {
        return plan.info_bytes(line);
    };
    // A character that is cut is left out.
    let cut = core::str::from_utf8(start).err();
    let cut = cut.filter(|fault| fault.error_len().is_none());
    let whole = cut.map_or(start.len(), |fault| fault.valid_up_to());
    plan.info_bytes(start.get(..whole).unwrap_or_default());
    plan.append_info("…");
}
