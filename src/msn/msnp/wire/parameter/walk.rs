//! A form laid over the words of a line.

use crate::msn::msnp::wire::parameter::fit::fits;
use crate::msn::msnp::wire::parameter::form::{Form, Slot};
use crate::msn::msnp::wire::parameter::meaning::Meaning;

/// What it costs a form to be read into a line. The cheapest one wins, and of equal ones
/// the first of the table.
pub(crate) mod cost {
    /// A word that selects forms is another.
    pub(crate) const WORD: u32 = 12;
    /// The other side sends this form.
    pub(crate) const DIRECTION: u32 = 8;
    /// A word cannot have the meaning of its place.
    pub(crate) const MISFIT: u32 = 5;
    /// The dialect in force has no such form.
    pub(crate) const DIALECT: u32 = 4;
    /// The dialect that is presumed has no such form.
    pub(crate) const PRESUMED: u32 = 1;
    /// A word is left.
    pub(crate) const SURPLUS: u32 = 3;
    /// A parameter is not there.
    pub(crate) const MISSING: u32 = 3;
    /// The form belongs to another kind of server.
    pub(crate) const ROLE: u32 = 2;
    /// The sender separates words by several spaces.
    pub(crate) const FILLER: u32 = 1;
}

/// What a place of a form has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WordPlace {
    /// The next word, which means this.
    Word(Meaning),
    /// The next word, which means this, but is not the one that selects the form.
    Other(Meaning),
    /// No word, though one of this meaning must be there.
    Missing(Meaning),
}

/// Lays a form over the words and tells what each place has, with the word if it is not known
/// yet whether that can have its meaning. Gives the words that are left, or ends early when
/// `tell` wants no more.
#[inline]
fn lay<'w, 'a>(
    form: &Form,
    words: &'w [&'a [u8]],
    mut tell: impl FnMut(WordPlace, Option<&'a [u8]>) -> bool,
) -> &'w [&'a [u8]] {
    let mut rest = words;
    for slot in form.slots {
        let (place, unsure) = match (*slot, rest.first()) {
            (Slot::Many(meaning), Some(_)) => {
                let goes_on = |word: &&'a [u8]| tell(WordPlace::Word(meaning), Some(word));
                return match rest.iter().all(goes_on) {
                    true => &[],
                    false => rest,
                };
            }
            (Slot::Maybe(meaning), Some(word)) if fits(meaning, word) => {
                (WordPlace::Word(meaning), None)
            }
            (Slot::Maybe(_) | Slot::Many(_), _) => continue,
            // Without its transaction id the line begins with the next parameter.
            (Slot::One(Meaning::TrId), Some(word)) if !fits(Meaning::TrId, word) => {
                (WordPlace::Missing(Meaning::TrId), None)
            }
            (Slot::One(Meaning::TrId), Some(_)) => (WordPlace::Word(Meaning::TrId), None),
            (Slot::One(meaning), Some(word)) => (WordPlace::Word(meaning), Some(*word)),
            (Slot::Either(first, _), Some(word)) if fits(first, word) => {
                (WordPlace::Word(first), None)
            }
            (Slot::Either(_, second), Some(word)) => (WordPlace::Word(second), Some(*word)),
            (Slot::Word(text, meaning), Some(word)) if text.as_bytes() == *word => {
                (WordPlace::Word(meaning), None)
            }
            (Slot::Word(_, meaning), Some(_)) => (WordPlace::Other(meaning), None),
            (Slot::One(meaning) | Slot::Either(meaning, _) | Slot::Word(_, meaning), None) => {
                (WordPlace::Missing(meaning), None)
            }
        };
        if !matches!(place, WordPlace::Missing(_)) {
            rest = rest.get(1..).unwrap_or_default();
        }
        if !tell(place, unsure) {
            break;
        }
    }
    rest
}

/// What it costs to read a form into the words, on top of `cost`: `limit` or more as soon as it
/// is so much.
pub(crate) fn price(form: &Form, words: &[&[u8]], mut cost: u32, limit: u32) -> u32 {
    let rest = lay(form, words, |place, unsure| {
        cost += match (place, unsure) {
            (WordPlace::Word(meaning), Some(word)) if !fits(meaning, word) => cost::MISFIT,
            (WordPlace::Word(_), _) => 0,
            (WordPlace::Other(_), _) => cost::WORD,
            (WordPlace::Missing(_), _) => cost::MISSING,
        };
        cost < limit
    });
    let surplus = u32::try_from(rest.len()).unwrap_or(u32::MAX);
    cost.saturating_add(surplus.saturating_mul(cost::SURPLUS))
}

/// Whether a form fits the words in every place.
pub(crate) fn fits_all(form: &Form, words: &[&[u8]]) -> bool {
    let mut fit = true;
    let rest = lay(form, words, |place, unsure| {
        fit = match (place, unsure) {
            (WordPlace::Word(meaning), Some(word)) => fits(meaning, word),
            (WordPlace::Word(_), None) => true,
            (WordPlace::Other(_) | WordPlace::Missing(_), _) => false,
        };
        fit
    });
    fit && rest.is_empty()
}

/// What each place of a form has.
pub(crate) fn places(form: &Form, words: &[&[u8]], mut tell: impl FnMut(WordPlace)) {
    lay(form, words, |place, _| {
        tell(place);
        true
    });
}

/// Where the first word of this meaning stands, if no word that selects the form is another.
pub(crate) fn find(form: &Form, wanted: Meaning, words: &[&[u8]]) -> Option<usize> {
    let (mut at, mut found, mut selected) = (0, None, true);
    places(form, words, |place| match place {
        WordPlace::Word(meaning) => {
            if meaning == wanted && found.is_none() {
                found = Some(at);
            }
            at += 1;
        }
        WordPlace::Other(_) => selected = false,
        WordPlace::Missing(_) => {}
    });
    found.filter(|_| selected)
}

/// As [`find`], in a form that fits the words in every place.
pub(crate) fn find_fitting(form: &Form, wanted: Meaning, words: &[&[u8]]) -> Option<usize> {
    for (at, slot) in form.slots.iter().enumerate() {
        match *slot {
            Slot::One(meaning) | Slot::Word(_, meaning) if meaning == wanted => return Some(at),
            Slot::One(_) | Slot::Word(..) => {}
            // From here on the words decide what stands where.
            Slot::Maybe(_) | Slot::Either(..) | Slot::Many(_) => break,
        }
    }
    find(form, wanted, words)
}
