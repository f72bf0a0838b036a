//! A line of every form: framing and reading see in it what the form says.

use crate::msn::msnp::wire::command::Verb;
use crate::msn::msnp::wire::commands::COMMANDS;
use crate::msn::msnp::wire::parameter::form::{ConnectionScope, Form, Sender, Slot};
use crate::msn::msnp::wire::parameter::line::Parameters;
use crate::msn::msnp::wire::parameter::line_context::{LineContext, ServerRole};
use crate::msn::msnp::wire::parameter::meaning::{meanings, reduce, Meaning};
use crate::msn::msnp::wire::parameter::read::read;
use crate::msn::msnp::wire::pdu;

macro_rules! declare {
    ($($(#[$about:meta])* $name:ident: ($fits:ident, $shown:expr, $example:literal) = $field:ident;)*) => {
        /// A word of this meaning.
        fn example(meaning: Meaning) -> &'static str {
            match meaning {
                $(Meaning::$name => $example,)*
            }
        }
    };
}
meanings!(declare);

/// A line of a form, and what its words mean: without or with all that may be missing.
fn line_of(form: &Form, full: bool) -> (Vec<&'static str>, Vec<Meaning>) {
    let (mut words, mut meanings) = (Vec::new(), Vec::new());
    for slot in form.slots {
        let (word, meaning) = match *slot {
            Slot::One(meaning) | Slot::Either(meaning, _) => (example(meaning), meaning),
            Slot::Maybe(meaning) | Slot::Many(meaning) if full => (example(meaning), meaning),
            Slot::Maybe(_) | Slot::Many(_) => continue,
            Slot::Word(word, meaning) => (word, meaning),
        };
        words.push(word);
        meanings.push(meaning);
    }
    (words, meanings)
}

fn line_context(form: &Form) -> LineContext {
    LineContext {
        dialect: Some(form.dialects.1),
        is_presumed: false,
        from_client: match form.from {
            Sender::Both => None,
            Sender::Client => Some(true),
            Sender::Server => Some(false),
        },
        role: match form.on {
            ConnectionScope::Any | ConnectionScope::Login => None,
            ConnectionScope::Dispatch => Some(ServerRole::Dispatch),
            ConnectionScope::Notification => Some(ServerRole::Notification),
            ConnectionScope::Switchboard => Some(ServerRole::Switchboard),
        },
    }
}

/// Every form with its command, and whether its line has all that may be missing.
pub(crate) fn lines() -> impl Iterator<Item = (Verb, &'static Form, bool)> {
    COMMANDS.iter().flat_map(|command| {
        let forms = command.forms.iter();
        forms.flat_map(|form| [(command.verb, form, false), (command.verb, form, true)])
    })
}

pub(crate) fn text(verb: Verb, form: &Form, full: bool) -> String {
    let verb = String::from_utf8_lossy(&verb).into_owned();
    let words = line_of(form, full).0;
    [&[&*verb], &*words].concat().join(" ")
}

#[test]
fn every_form_is_read_as_itself() {
    for (verb, form, full) in lines() {
        let (words, meanings) = line_of(form, full);
        let words: Vec<&[u8]> = words.iter().map(|word| word.as_bytes()).collect();
        let reading = read(verb, &line_context(form), &words);
        let line = text(verb, form, full);
        assert_eq!(reading.missing, [], "{line}");
        assert_eq!(reading.surplus(), 0, "{line}");
        // Two forms can look alike; then either reading is right.
        let alike = reading.form != Some(form) && reading.form.is_some();
        assert!(alike || reading.meanings == meanings, "{line}: {reading:?}");
    }
}

#[test]
fn framing_agrees_with_the_forms() {
    for (verb, form, full) in lines() {
        let line = text(verb, form, full);
        let data = format!("{line}\r\nhello");
        let pdu = pdu::head(data.as_bytes(), 0).expect("a line");
        let (words, meanings) = line_of(form, full);
        // A form of nothing but unknown words promises nothing of them.
        if meanings.contains(&Meaning::Unknown) {
            continue;
        }
        assert_eq!(pdu.fault, None, "{line}");
        // A number in front of all others can be the version of the list.
        let known = Parameters::of(&pdu, data.as_bytes(), &line_context(form));
        let pdu = known.with_corrected_trid(&pdu);
        let trid = Some(Meaning::TrId) == meanings.first().copied();
        let expected = words
            .first()
            .filter(|_| trid)
            .and_then(|word| word.parse().ok());
        assert_eq!(pdu.trid.map(|trid| trid.value), expected, "{line}");
        let length = meanings.last() == Some(&Meaning::PayloadLength);
        assert_eq!(pdu.payload.is_some(), length, "{line}");
    }
}
