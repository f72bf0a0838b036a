//! Recognition of MSNP by the words of one line. Without other evidence, words must have
//! shapes that do not occur in other text.
//!
//! Source: docs/protocol/msnp.md §7.1.

use crate::msn::common::account::is_full_address;
use crate::msn::msnp::wire::command::MsnpCommand;
use crate::msn::msnp::wire::parameter::fit::fits;
use crate::msn::msnp::wire::parameter::form::{Form, Proof, Slot};
use crate::msn::msnp::wire::parameter::meaning::Meaning;
use crate::msn::msnp::wire::values::{
    is_dialect, ACTIONS, MESSAGE_MODES, PACKAGES, STAGES, STATUSES,
};

/// Headers at the beginning of a message.
const MESSAGE_BEGINS: [&[u8]; 2] = [b"MIME-Version:", b"Content-Type:"];

/// Whether a line of this command, with these words and this payload, proves MSNP.
pub(crate) fn proves(command: &MsnpCommand, words: &[&[u8]], payload: Option<&[u8]>) -> bool {
    command.forms.iter().any(|form| match form.proof {
        Proof::None => false,
        Proof::Places(places) => has_places(form, words, places),
        Proof::Message => payload.is_some_and(is_message) && has_all_places(form, words),
        Proof::PartOfMessage => payload.is_some_and(may_be_message) && has_all_places(form, words),
    })
}

/// Whether the words have the shape of a form, for forms with neither transaction id nor
/// payload: each has the shape of its place, and at least one place is distinctive.
pub(crate) fn has_shape(command: &MsnpCommand, words: &[&[u8]]) -> bool {
    command.forms.iter().any(|form| {
        if form.slots.is_empty() {
            return words.is_empty();
        }
        read(form.slots, words).is_some_and(|read| read.is_distinctive)
    })
}

fn has_all_places(form: &Form, words: &[&[u8]]) -> bool {
    has_places(form, words, form.slots.len())
}

/// Whether words match the first `places` places. If these are all places, no other word
/// may follow.
fn has_places(form: &Form, words: &[&[u8]], places: usize) -> bool {
    let is_all = places == form.slots.len();
    let slots = form.slots.get(..places).unwrap_or(form.slots);
    read(slots, words)
        .is_some_and(|read| read.words >= places && (!is_all || read.words == words.len()))
}

/// Words that match the places of a form.
#[derive(Debug, Clone, Copy, Default)]
struct MatchedWords {
    /// Number of words.
    words: usize,
    /// At least one has a shape that not every text has.
    is_distinctive: bool,
}

/// Matches words with places. Returns `None` if a word has another shape or is missing.
fn read(slots: &[Slot], words: &[&[u8]]) -> Option<MatchedWords> {
    let mut read = MatchedWords::default();
    for slot in slots {
        let rest = words.get(read.words..).unwrap_or_default();
        let next = rest.first();
        let meaning = match *slot {
            Slot::Many(meaning) => {
                read.words += rest.len();
                rest.iter()
                    .all(|word| is_like(meaning, word))
                    .then_some(())?;
                continue;
            }
            Slot::Maybe(meaning) if next.is_some_and(|word| is_like(meaning, word)) => meaning,
            Slot::Maybe(_) => continue,
            Slot::One(meaning) => meaning,
            Slot::Either(first, _) if next.is_some_and(|word| is_like(first, word)) => first,
            Slot::Either(_, second) => second,
            Slot::Word(text, _) => {
                (text.as_bytes() == *next?).then_some(())?;
                read.is_distinctive = true;
                read.words += 1;
                continue;
            }
        };
        is_like(meaning, next?).then_some(())?;
        read.is_distinctive |= !can_be_anything(meaning);
        read.words += 1;
    }
    Some(read)
}

/// Whether a word has the typical shape of this meaning, which is stricter than [`fits`].
fn is_like(meaning: Meaning, word: &[u8]) -> bool {
    match meaning {
        Meaning::Account | Meaning::NetworkAccount => is_full_address(word),
        Meaning::Dialect => is_dialect(word),
        Meaning::Status => STATUSES.name(word).is_some(),
        Meaning::AuthPackage => PACKAGES.name(word).is_some(),
        Meaning::AuthStage => STAGES.name(word).is_some(),
        Meaning::MessageMode => MESSAGE_MODES.name(word).is_some(),
        Meaning::Action => ACTIONS.name(word).is_some(),
        Meaning::Locale => word.starts_with(b"0x"),
        Meaning::Server => word.contains(&b'.'),
        _ => fits(meaning, word),
    }
}

/// Whether any word can have this meaning, even an empty one.
fn can_be_anything(meaning: Meaning) -> bool {
    fits(meaning, b"")
}

fn is_message(body: &[u8]) -> bool {
    MESSAGE_BEGINS.iter().any(|word| body.starts_with(word))
}

/// Whether a possibly truncated body can be a message.
fn may_be_message(body: &[u8]) -> bool {
    is_message(body) || MESSAGE_BEGINS.iter().any(|word| word.starts_with(body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::msnp::wire::commands::find;

    fn words(text: &str) -> Vec<&[u8]> {
        text.split_ascii_whitespace().map(str::as_bytes).collect()
    }

    #[test]
    fn the_dialects_of_a_ver_prove_msnp() {
        let command = find(*b"VER").unwrap();
        for (text, expected) in [
            ("1 MSNP8 CVR0", true),
            ("1 MSNP8 MSNP9 MSNP10 CVR0", true),
            ("1 0", false),
            ("1 0 MSNP8", true),
            ("1 0 MSNP8 MSNP9 CVR0", true),
            ("1 0 MSNP8 other", false),
            ("1 other", false),
            ("other MSNP8", false),
            ("1", false),
            ("", false),
        ] {
            assert_eq!(proves(command, &words(text), None), expected, "{text}");
        }
    }

    #[test]
    fn a_presence_proves_msnp_by_status_and_address() {
        for (verb, text, expected) in [
            (b"NLN", "BSY alice@example.com Alice", true),
            (b"NLN", "XYZ alice@example.com Alice", false),
            (b"NLN", "BSY alice Alice", false),
            (b"NLN", "BSY", false),
            (b"ILN", "5 BSY alice@example.com Alice", true),
            (b"ILN", "5 XYZ alice@example.com Alice", false),
            (b"ILN", "x BSY alice@example.com Alice", false),
        ] {
            let command = find(*verb).unwrap();
            assert_eq!(proves(command, &words(text), None), expected, "{text}");
        }
    }

    #[test]
    fn only_a_full_address_has_the_shape_of_an_account() {
        for (verb, text, expected) in [
            (b"FLN", "alice@example.com", true),
            (b"FLN", "alice@example", false),
            (b"FLN", "@example.com", false),
            (b"FLN", "tel:+15550100", false),
            (b"FLN", "", false),
            (b"FLN", "1:alice@example.com 0", true),
            (b"FLN", "1:alice@example 0", false),
        ] {
            let command = find(*verb).unwrap();
            assert_eq!(has_shape(command, &words(text)), expected, "{text}");
        }
    }
}
