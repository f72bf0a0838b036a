//! The choice of a form, and the words read by it.

#[cfg(test)]
mod tests;

use crate::msn::msnp::wire::command::Verb;
use crate::msn::msnp::wire::commands::find;
use crate::msn::msnp::wire::line::decimal;
use crate::msn::msnp::wire::parameter::circumstances::{Circumstances, Role};
use crate::msn::msnp::wire::parameter::fit::fits;
use crate::msn::msnp::wire::parameter::form::{Form, From, On, Slot};
use crate::msn::msnp::wire::parameter::meaning::Meaning;

/// What it costs a form to be read into a line. The cheapest one wins, and of equal ones
/// the first of the table.
mod cost {
    /// A word that selects forms is another.
    pub(super) const WORD: u32 = 12;
    /// The other side sends this form.
    pub(super) const DIRECTION: u32 = 8;
    /// A word cannot have the meaning of its place.
    pub(super) const MISFIT: u32 = 5;
    /// The dialect in force has no such form.
    pub(super) const DIALECT: u32 = 4;
    /// The dialect that is presumed has no such form.
    pub(super) const PRESUMED: u32 = 1;
    /// A word is left.
    pub(super) const SURPLUS: u32 = 3;
    /// A parameter is not there.
    pub(super) const MISSING: u32 = 3;
    /// The form belongs to another kind of server.
    pub(super) const ROLE: u32 = 2;
    /// The sender separates words by several spaces.
    pub(super) const FILLER: u32 = 1;
}

/// What the words of one line mean.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The meaning of each word, in order.
    pub meanings: Vec<Meaning>,
    /// The form; `None` for commands of no table and for error replies.
    pub form: Option<&'static Form>,
    /// Parameters that the form has and the line has not, in order.
    pub missing: Vec<Meaning>,
}

impl Reading {
    /// How many words the form has no place for.
    pub fn surplus(&self) -> usize {
        let surplus = |meaning: &&Meaning| **meaning == Meaning::Surplus;
        self.meanings.iter().filter(surplus).count()
    }
}

/// Finds what the words of a command line mean.
///
/// `words` are all parameters, the transaction id included, as
/// [`Line::parameters`](crate::msn::msnp::wire::line::Line::parameters) gives them.
pub fn read(verb: Verb, known: &Circumstances, words: &[&[u8]]) -> Reading {
    choose(verb, known, words).read(words)
}

/// A chosen form. Says less than a [`Reading`], and costs less.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    form: Option<&'static Form>,
    /// Empty words count for nothing.
    skips_empty: bool,
}

impl Choice {
    /// A number in front of all others is the transaction id.
    pub fn begins_with_trid(&self) -> bool {
        let first = self.form.map(|form| form.slots.first());
        match first {
            Some(Some(Slot::One(meaning) | Slot::Maybe(meaning) | Slot::Word(_, meaning))) => {
                *meaning == Meaning::TrId
            }
            Some(_) => false,
            None => true,
        }
    }

    /// Whether the words for which the form was chosen are those that it has: none is missing,
    /// none is left, and each can have its meaning.
    pub fn fits(&self, words: &[&[u8]]) -> bool {
        let Some(form) = self.form else {
            return false;
        };
        let full: Vec<&[u8]>;
        let words = match self.skips_empty {
            true => {
                full = without_empty(words).collect();
                &full
            }
            false => words,
        };
        walk(form, words, 0, 1, |_| {}) == 0
    }

    /// The form; `None` for commands of no table.
    pub fn form(&self) -> Option<&'static Form> {
        self.form
    }

    /// Reads the words for which the form was chosen.
    pub fn read(&self, words: &[&[u8]]) -> Reading {
        match self.form {
            None => of_no_form(words, Meaning::Unknown, None),
            Some(form) if self.skips_empty => {
                let full: Vec<&[u8]> = without_empty(words).collect();
                with_fillers(reading(form, &full), words)
            }
            Some(form) => reading(form, words),
        }
    }
}

/// Chooses the form of a command line.
pub fn choose(verb: Verb, known: &Circumstances, words: &[&[u8]]) -> Choice {
    let forms = forms_of(verb);
    let mut best = cheapest(forms, known, words);
    let mut skips_empty = false;
    if best.is_some_and(|best| best.cost > 0) && words.iter().any(|word| word.is_empty()) {
        let full: Vec<&[u8]> = without_empty(words).collect();
        let compact = cheapest(forms, known, &full);
        let cost = |found: Option<Found<'_>>| found.map_or(u32::MAX, |found| found.cost);
        if cost(compact).saturating_add(cost::FILLER) < cost(best) {
            best = compact;
            skips_empty = true;
        }
    }
    Choice {
        form: best.map(|best| best.form),
        skips_empty,
    }
}

/// The meanings of the words in every form that their sender can have meant: few words are
/// other than it has them. If there is no such form, in all of the sender's.
pub fn possible(verb: Verb, known: &Circumstances, words: &[&[u8]]) -> Vec<Vec<Meaning>> {
    let is_senders = |form: &&Form| strangeness(form, known) < cost::DIRECTION;
    let is_near = |form: &&Form| walk(form, words, 0, cost::WORD, |_| {}) < cost::WORD;
    let read = |form| reading(form, words).meanings;
    let forms = || forms_of(verb).iter().filter(is_senders);
    let found: Vec<_> = forms().filter(is_near).map(read).collect();
    match found.is_empty() {
        true => forms().map(read).collect(),
        false => found,
    }
}

fn without_empty<'a>(words: &'a [&'a [u8]]) -> impl Iterator<Item = &'a [u8]> {
    words.iter().copied().filter(|word| !word.is_empty())
}

/// What the words of an error reply mean: transaction id, details, and the length of the
/// payload if there is one.
pub fn read_error(words: &[&[u8]], has_payload: bool) -> Reading {
    let length = words.len().checked_sub(1).filter(|_| has_payload);
    of_no_form(words, Meaning::ErrorDetail, length)
}

/// All forms of a command.
pub fn forms_of(verb: Verb) -> &'static [Form] {
    find(verb).map_or(&[], |command| command.forms)
}

/// Transaction id, words of one meaning, and the payload's length at its place.
fn of_no_form(words: &[&[u8]], meaning: Meaning, length: Option<usize>) -> Reading {
    let meanings = words.iter().enumerate().map(|(index, word)| match index {
        _ if Some(index) == length => Meaning::PayloadLength,
        0 if decimal(word).is_some() => Meaning::TrId,
        _ => meaning,
    });
    Reading {
        meanings: meanings.collect(),
        form: None,
        missing: Vec::new(),
    }
}

/// Puts the empty words back that `reading` was made without.
fn with_fillers(mut reading: Reading, words: &[&[u8]]) -> Reading {
    let mut meanings = reading.meanings.into_iter();
    let all = words.iter().map(|word| {
        if word.is_empty() {
            Meaning::Filler
        } else {
            meanings.next().unwrap_or(Meaning::Surplus)
        }
    });
    reading.meanings = all.collect();
    reading
}

/// A form, and how it fits.
#[derive(Clone, Copy)]
struct Found<'f> {
    form: &'f Form,
    cost: u32,
}

fn cheapest(
    forms: &'static [Form],
    known: &Circumstances,
    words: &[&[u8]],
) -> Option<Found<'static>> {
    let mut best: Option<Found<'_>> = None;
    for form in forms {
        let limit = best.map_or(u32::MAX, |best| best.cost);
        let start = strangeness(form, known);
        if start >= limit {
            continue;
        }
        let cost = walk(form, words, start, limit, |_| {});
        if cost < limit {
            best = Some(Found { form, cost });
        }
    }
    best
}

/// What a form costs under these circumstances, whatever the words.
fn strangeness(form: &Form, known: &Circumstances) -> u32 {
    let mut cost = 0;
    let other_side = match form.from {
        From::Both => false,
        From::Client => known.from_client == Some(false),
        From::Server => known.from_client == Some(true),
    };
    if other_side {
        cost += cost::DIRECTION;
    }
    let (first, last) = form.dialects;
    if known.dialect.is_some_and(|d| d < first || d > last) {
        cost += match known.is_presumed {
            true => cost::PRESUMED,
            false => cost::DIALECT,
        };
    }
    let other_role = match form.on {
        On::Any => false,
        On::Login | On::Dispatch | On::Notification => known.role == Some(Role::Switchboard),
        On::Switchboard => known.role.is_some_and(|role| role != Role::Switchboard),
    };
    if other_role {
        cost += cost::ROLE;
    }
    cost
}

fn reading(form: &'static Form, words: &[&[u8]]) -> Reading {
    let mut reading = Reading {
        meanings: Vec::with_capacity(words.len()),
        form: Some(form),
        missing: Vec::new(),
    };
    walk(form, words, 0, u32::MAX, |place| match place {
        Place::Word(meaning) => reading.meanings.push(meaning),
        Place::Missing(meaning) => reading.missing.push(meaning),
    });
    reading.meanings.resize(words.len(), Meaning::Surplus);
    reading
}

/// What a place of a form has.
enum Place {
    /// The next word, which means this.
    Word(Meaning),
    /// No word, though one of this meaning must be there.
    Missing(Meaning),
}

/// Reads a form into the words, tells what each place has, and says what that costs on top
/// of `cost`. Ends early when that is `limit` or more.
fn walk(
    form: &Form,
    words: &[&[u8]],
    mut cost: u32,
    limit: u32,
    mut tell: impl FnMut(Place),
) -> u32 {
    let mut rest = words.iter();
    for slot in form.slots {
        if cost >= limit {
            return cost;
        }
        if let Slot::Many(meaning) = *slot {
            for word in rest.by_ref() {
                cost = cost.saturating_add(price(meaning, word));
                tell(Place::Word(meaning));
            }
            continue;
        }
        let (place, price) = match (*slot, rest.as_slice().first()) {
            (Slot::Maybe(meaning), Some(word)) if fits(meaning, word) => (Place::Word(meaning), 0),
            (Slot::Maybe(_) | Slot::Many(_), _) => continue,
            // Without its transaction id the line begins with the next parameter.
            (Slot::One(Meaning::TrId), Some(word)) if !fits(Meaning::TrId, word) => {
                (Place::Missing(Meaning::TrId), cost::MISSING)
            }
            (Slot::One(meaning), Some(word)) => (Place::Word(meaning), price(meaning, word)),
            (Slot::Either(first, _), Some(word)) if fits(first, word) => (Place::Word(first), 0),
            (Slot::Either(_, second), Some(word)) => (Place::Word(second), price(second, word)),
            (Slot::Word(text, meaning), Some(word)) if text.as_bytes() == *word => {
                (Place::Word(meaning), 0)
            }
            (Slot::Word(_, meaning), Some(_)) => (Place::Word(meaning), cost::WORD),
            (Slot::One(meaning) | Slot::Either(meaning, _) | Slot::Word(_, meaning), None) => {
                (Place::Missing(meaning), cost::MISSING)
            }
        };
        if matches!(place, Place::Word(_)) {
            rest.next();
        }
        cost = cost.saturating_add(price);
        tell(place);
    }
    let surplus = u32::try_from(rest.len()).unwrap_or(u32::MAX);
    cost.saturating_add(surplus.saturating_mul(cost::SURPLUS))
}

/// Whether a form fits the words in every place.
pub(crate) fn fits_all(form: &Form, words: &[&[u8]]) -> bool {
    walk(form, words, 0, 1, |_| {}) == 0
}

fn price(meaning: Meaning, word: &[u8]) -> u32 {
    if fits(meaning, word) {
        0
    } else {
        cost::MISFIT
    }
}
