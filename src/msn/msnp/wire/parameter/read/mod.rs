//! The choice of a form, and the meanings of the words in it.

#[cfg(test)]
mod tests;

use crate::msn::common::number::decimal;
use crate::msn::msnp::wire::command::Verb;
use crate::msn::msnp::wire::commands;
use crate::msn::msnp::wire::parameter::form::{ConnectionScope, Form, Sender};
use crate::msn::msnp::wire::parameter::line_context::{LineContext, ServerRole};
use crate::msn::msnp::wire::parameter::meaning::Meaning;
use crate::msn::msnp::wire::parameter::walk::{
    cost, find, find_each, find_fitting, fits_all, mismatch_cost, visit_places, PlaceContent,
};

/// Meanings of the words of one line.
#[derive(Debug, Clone)]
pub struct LineReading {
    /// The meaning of each word, in order.
    pub meanings: Vec<Meaning>,
    /// The form; `None` for unknown commands and error replies.
    pub form: Option<&'static Form>,
    /// Required parameters of the form that the line lacks, in order.
    pub missing: Vec<Meaning>,
}

impl LineReading {
    /// Number of words for which the form has no place.
    pub fn surplus(&self) -> usize {
        let surplus = |meaning: &&Meaning| **meaning == Meaning::Surplus;
        self.meanings.iter().filter(surplus).count()
    }
}

/// Finds the meanings of the words of a command line.
///
/// `words` are all parameters, the transaction id included, as
/// [`Line::parameters`](crate::msn::msnp::wire::line::Line::parameters) returns them.
pub fn read(verb: Verb, known: &LineContext, words: &[&[u8]]) -> LineReading {
    choose(forms_of(verb), known, words).read(words)
}

/// A chosen form. Contains less than a [`LineReading`], and is cheaper to compute.
#[derive(Debug, Clone, Copy)]
pub struct ChosenForm {
    form: Option<&'static Form>,
    /// It is known to fit the words in every place.
    is_fitting: bool,
    /// Empty words are ignored.
    skips_empty: bool,
}

impl ChosenForm {
    fn fitting(form: &'static Form) -> Self {
        Self {
            form: Some(form),
            is_fitting: true,
            skips_empty: false,
        }
    }

    /// Whether a number in the first place is the transaction id.
    pub fn begins_with_trid(&self) -> bool {
        self.form.is_none_or(Form::is_numbered)
    }

    /// Whether the form fits the words for which it was chosen: none is missing, none is
    /// left, and each can have its meaning.
    pub fn fits(&self, words: &[&[u8]]) -> bool {
        let Some(form) = self.form.filter(|_| !self.is_fitting) else {
            return self.is_fitting;
        };
        let full: Vec<&[u8]>;
        let words = match self.skips_empty {
            true => {
                full = without_empty(words).collect();
                &full
            }
            false => words,
        };
        fits_all(form, words)
    }

    /// The form; `None` for unknown commands.
    pub fn form(&self) -> Option<&'static Form> {
        self.form
    }

    /// Index of the first word with this meaning; `words` are those for which the form
    /// was chosen. Returns `None` if there is none, or if a word differs from a fixed
    /// word of the form.
    pub fn place(&self, meaning: Meaning, words: &[&[u8]]) -> Option<usize> {
        let form = self.form.filter(|form| form.has(meaning))?;
        match (self.is_fitting, self.skips_empty) {
            (true, _) => return find_fitting(form, meaning, words),
            (false, false) => return find(form, meaning, words),
            (false, true) => {}
        }
        let full: Vec<&[u8]> = without_empty(words).collect();
        let place = find(form, meaning, &full)?;
        let mut places = (0..words.len()).filter(|at| !words[*at].is_empty());
        places.nth(place)
    }

    /// As [`Self::place`], for several meanings at once.
    pub fn places<const N: usize>(
        &self,
        meanings: [Meaning; N],
        words: &[&[u8]],
    ) -> [Option<usize>; N] {
        match self.form {
            Some(form) if !self.skips_empty => find_each(form, meanings, words),
            _ => meanings.map(|meaning| self.place(meaning, words)),
        }
    }

    /// The meanings of the words for which the form was chosen.
    pub fn read(&self, words: &[&[u8]]) -> LineReading {
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

/// Chooses the form of a line among those of its command.
pub fn choose(forms: &'static [Form], known: &LineContext, words: &[&[u8]]) -> ChosenForm {
    // Nearly all lines have a form of cost 0.
    let is_free = |form: &&Form| context_cost(form, known) == 0 && fits_all(form, words);
    match forms.iter().find(is_free) {
        Some(form) => ChosenForm::fitting(form),
        None => cheapest_choice(forms, known, words),
    }
}

/// Chooses the form of a line among those of its command, without context.
pub fn choose_by_words(forms: &'static [Form], words: &[&[u8]]) -> ChosenForm {
    match forms.iter().find(|form| fits_all(form, words)) {
        Some(form) => ChosenForm::fitting(form),
        None => cheapest_choice(forms, &LineContext::default(), words),
    }
}

fn cheapest_choice(forms: &'static [Form], known: &LineContext, words: &[&[u8]]) -> ChosenForm {
    let mut best = cheapest(forms, known, words);
    let mut skips_empty = false;
    if words.iter().any(|word| word.is_empty()) {
        let full: Vec<&[u8]> = without_empty(words).collect();
        let compact = cheapest(forms, known, &full);
        let cost = |found: Option<FormFit<'_>>| found.map_or(u32::MAX, |found| found.cost);
        if cost(compact).saturating_add(cost::FILLER) < cost(best) {
            best = compact;
            skips_empty = true;
        }
    }
    ChosenForm {
        form: best.map(|best| best.form),
        is_fitting: false,
        skips_empty,
    }
}

/// The meanings of the words in every form that the sender may have used, with empty words
/// and without.
pub fn possible_meanings(verb: Verb, known: &LineContext, words: &[&[u8]]) -> Vec<Vec<Meaning>> {
    let forms = possible_forms(verb, known, words).into_iter();
    let mut found: Vec<_> = forms.map(|form| reading(form, words).meanings).collect();
    if words.iter().any(|word| word.is_empty()) {
        let full: Vec<&[u8]> = without_empty(words).collect();
        let forms = possible_forms(verb, known, &full).into_iter();
        found.extend(forms.map(|form| with_fillers(reading(form, &full), words).meanings));
    }
    found
}

/// The forms that the sender may have used: the cost of the words is below that of a wrong
/// fixed word. If there is no such form, all of the sender's forms; if the other side alone
/// sends the command, all of its forms.
fn possible_forms(verb: Verb, known: &LineContext, words: &[&[u8]]) -> Vec<&'static Form> {
    let is_senders = |form: &&Form| context_cost(form, known) < cost::DIRECTION;
    let is_near = |form: &&Form| mismatch_cost(form, words, 0, cost::WORD) < cost::WORD;
    let all = forms_of(verb);
    let is_others = !all.iter().any(|form| is_senders(&form));
    let forms = || all.iter().filter(|form| is_others || is_senders(form));
    let found: Vec<_> = forms().filter(is_near).collect();
    match found.is_empty() {
        true => forms().collect(),
        false => found,
    }
}

fn without_empty<'a>(words: &'a [&'a [u8]]) -> impl Iterator<Item = &'a [u8]> {
    words.iter().copied().filter(|word| !word.is_empty())
}

/// The meanings of the words of an error reply: transaction id, details, and the length
/// of the payload if there is one.
pub fn read_error(words: &[&[u8]], has_payload: bool) -> LineReading {
    let length = words.len().checked_sub(1).filter(|_| has_payload);
    of_no_form(words, Meaning::ErrorDetail, length)
}

/// All forms of a command.
pub fn forms_of(verb: Verb) -> &'static [Form] {
    commands::find(verb).map_or(&[], |command| command.forms)
}

/// The meanings without a form: a transaction id, the payload's length at index `length`,
/// and `meaning` for all other words.
fn of_no_form(words: &[&[u8]], meaning: Meaning, length: Option<usize>) -> LineReading {
    let meanings = words.iter().enumerate().map(|(index, word)| match index {
        _ if Some(index) == length => Meaning::PayloadLength,
        0 if decimal(word).is_some() => Meaning::TrId,
        _ => meaning,
    });
    LineReading {
        meanings: meanings.collect(),
        form: None,
        missing: Vec::new(),
    }
}

/// Inserts the empty words that were skipped in `reading`.
fn with_fillers(mut reading: LineReading, words: &[&[u8]]) -> LineReading {
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

/// A form and its cost.
#[derive(Clone, Copy)]
struct FormFit<'f> {
    form: &'f Form,
    cost: u32,
}

fn cheapest(
    forms: &'static [Form],
    known: &LineContext,
    words: &[&[u8]],
) -> Option<FormFit<'static>> {
    let mut best: Option<FormFit<'_>> = None;
    for form in forms {
        let limit = best.map_or(u32::MAX, |best| best.cost);
        let start = context_cost(form, known);
        if start >= limit {
            continue;
        }
        let cost = mismatch_cost(form, words, start, limit);
        if cost < limit {
            best = Some(FormFit { form, cost });
        }
    }
    best
}

/// Cost of a form in this context, without that of the words.
fn context_cost(form: &Form, known: &LineContext) -> u32 {
    let mut cost = 0;
    let other_side = match form.from {
        Sender::Both => false,
        Sender::Client => known.from_client == Some(false),
        Sender::Server => known.from_client == Some(true),
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
        ConnectionScope::Any => false,
        ConnectionScope::Login | ConnectionScope::Dispatch | ConnectionScope::Notification => {
            known.role == Some(ServerRole::Switchboard)
        }
        ConnectionScope::Switchboard => known
            .role
            .is_some_and(|role| role != ServerRole::Switchboard),
    };
    if other_role {
        cost += cost::ROLE;
    }
    cost
}

fn reading(form: &'static Form, words: &[&[u8]]) -> LineReading {
    let mut reading = LineReading {
        meanings: Vec::with_capacity(words.len()),
        form: Some(form),
        missing: Vec::new(),
    };
    visit_places(form, words, |place| match place {
        PlaceContent::Word(meaning) | PlaceContent::Other(meaning) => {
            reading.meanings.push(meaning)
        }
        PlaceContent::Missing(meaning) => reading.missing.push(meaning),
    });
    reading.meanings.resize(words.len(), Meaning::Surplus);
    reading
}
