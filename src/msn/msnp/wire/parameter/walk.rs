//! Matching of a form with the words of a line.

use crate::msn::msnp::wire::parameter::fit::fits;
use crate::msn::msnp::wire::parameter::form::{Form, Slot};
use crate::msn::msnp::wire::parameter::meaning::Meaning;

/// Costs of the mismatches between a form and a line. The form of the lowest cost is
/// chosen, of equal ones the first of the table.
pub(crate) mod cost {
    /// A word differs from the fixed word that selects the form.
    pub(crate) const WORD: u32 = 12;
    /// The other side sends this form.
    pub(crate) const DIRECTION: u32 = 8;
    /// A word cannot have the meaning of its place.
    pub(crate) const MISFIT: u32 = 5;
    /// The dialect in force has no such form.
    pub(crate) const DIALECT: u32 = 4;
    /// The presumed dialect has no such form.
    pub(crate) const PRESUMED: u32 = 1;
    /// A word has no place in the form.
    pub(crate) const SURPLUS: u32 = 3;
    /// A required parameter is missing.
    pub(crate) const MISSING: u32 = 3;
    /// The form belongs to a server of another role.
    pub(crate) const ROLE: u32 = 2;
    /// Empty words are skipped: the sender separates words by several spaces.
    pub(crate) const FILLER: u32 = 1;
}

/// Content of a place of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PlaceContent {
    /// The next word, with this meaning.
    Word(Meaning),
    /// The next word, with this meaning, but not the fixed word that selects the form.
    Other(Meaning),
    /// No word, although one of this meaning is required.
    Missing(Meaning),
}

/// Assigns the words to the places of a form and calls `visit` for each place, with the
/// word if it is still unchecked whether it can have its meaning. Stops when `visit`
/// returns `false`. Returns the words that are left.
#[inline]
fn assign<'w, 'a>(
    form: &Form,
    words: &'w [&'a [u8]],
    mut visit: impl FnMut(PlaceContent, Option<&'a [u8]>) -> bool,
) -> &'w [&'a [u8]] {
    let mut rest = words;
    for slot in form.slots {
        let (place, unchecked) = match (*slot, rest.first()) {
            (Slot::Many(meaning), Some(_)) => {
                let continues = |word: &&'a [u8]| visit(PlaceContent::Word(meaning), Some(word));
                return match rest.iter().all(continues) {
                    true => &[],
                    false => rest,
                };
            }
            (Slot::Maybe(meaning), Some(word)) if fits(meaning, word) => {
                (PlaceContent::Word(meaning), None)
            }
            (Slot::Maybe(_) | Slot::Many(_), _) => continue,
            // A line without transaction id begins with the next parameter.
            (Slot::One(Meaning::TrId), Some(word)) if !fits(Meaning::TrId, word) => {
                (PlaceContent::Missing(Meaning::TrId), None)
            }
            (Slot::One(Meaning::TrId), Some(_)) => (PlaceContent::Word(Meaning::TrId), None),
            (Slot::One(meaning), Some(word)) => (PlaceContent::Word(meaning), Some(*word)),
            (Slot::Either(first, _), Some(word)) if fits(first, word) => {
                (PlaceContent::Word(first), None)
            }
            (Slot::Either(_, second), Some(word)) => (PlaceContent::Word(second), Some(*word)),
            (Slot::Word(text, meaning), Some(word)) if text.as_bytes() == *word => {
                (PlaceContent::Word(meaning), None)
            }
            (Slot::Word(_, meaning), Some(_)) => (PlaceContent::Other(meaning), None),
            (Slot::One(meaning) | Slot::Either(meaning, _) | Slot::Word(_, meaning), None) => {
                (PlaceContent::Missing(meaning), None)
            }
        };
        if !matches!(place, PlaceContent::Missing(_)) {
            rest = rest.get(1..).unwrap_or_default();
        }
        if !visit(place, unchecked) {
            break;
        }
    }
    rest
}

/// `cost` plus the cost of the mismatches between a form and the words. Stops counting at
/// `limit`: any result of `limit` or more is only a lower bound.
pub(crate) fn mismatch_cost(form: &Form, words: &[&[u8]], mut cost: u32, limit: u32) -> u32 {
    let rest = assign(form, words, |place, unchecked| {
        cost += match (place, unchecked) {
            (PlaceContent::Word(meaning), Some(word)) if !fits(meaning, word) => cost::MISFIT,
            (PlaceContent::Word(_), _) => 0,
            (PlaceContent::Other(_), _) => cost::WORD,
            (PlaceContent::Missing(_), _) => cost::MISSING,
        };
        cost < limit
    });
    let surplus = u32::try_from(rest.len()).unwrap_or(u32::MAX);
    cost.saturating_add(surplus.saturating_mul(cost::SURPLUS))
}

/// Whether a form fits the words in every place.
pub(crate) fn fits_all(form: &Form, words: &[&[u8]]) -> bool {
    let mut fit = true;
    let rest = assign(form, words, |place, unchecked| {
        fit = match (place, unchecked) {
            (PlaceContent::Word(meaning), Some(word)) => fits(meaning, word),
            (PlaceContent::Word(_), None) => true,
            (PlaceContent::Other(_) | PlaceContent::Missing(_), _) => false,
        };
        fit
    });
    fit && rest.is_empty()
}

/// Calls `visit` for each place of a form.
pub(crate) fn visit_places(form: &Form, words: &[&[u8]], mut visit: impl FnMut(PlaceContent)) {
    assign(form, words, |place, _| {
        visit(place);
        true
    });
}

/// Index of the first word of this meaning. Returns `None` if there is none, or if a word
/// differs from a fixed word of the form.
pub(crate) fn find(form: &Form, wanted: Meaning, words: &[&[u8]]) -> Option<usize> {
    let [found] = find_each(form, [wanted], words);
    found
}

/// As [`find`], for several meanings at once.
pub(crate) fn find_each<const N: usize>(
    form: &Form,
    wanted: [Meaning; N],
    words: &[&[u8]],
) -> [Option<usize>; N] {
    let (mut at, mut found, mut selected) = (0, [None; N], true);
    visit_places(form, words, |place| match place {
        PlaceContent::Word(meaning) => {
            for (wanted, found) in wanted.iter().zip(&mut found) {
                if *wanted == meaning && found.is_none() {
                    *found = Some(at);
                }
            }
            at += 1;
        }
        PlaceContent::Other(_) => selected = false,
        PlaceContent::Missing(_) => {}
    });
    found.map(|place| place.filter(|_| selected))
}

/// As [`find`], for a form that fits the words in every place.
pub(crate) fn find_fitting(form: &Form, wanted: Meaning, words: &[&[u8]]) -> Option<usize> {
    for (at, slot) in form.slots.iter().enumerate() {
        match *slot {
            Slot::One(meaning) | Slot::Word(_, meaning) if meaning == wanted => return Some(at),
            Slot::One(_) | Slot::Word(..) => {}
            // From here on the index depends on the words.
            Slot::Maybe(_) | Slot::Either(..) | Slot::Many(_) => break,
        }
    }
    find(form, wanted, words)
}
