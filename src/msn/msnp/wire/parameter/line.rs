//! The parameters of a PDU's line.

use crate::msn::msnp::wire::line::Head;
use crate::msn::msnp::wire::parameter::circumstances::Circumstances;
use crate::msn::msnp::wire::parameter::form::Form;
use crate::msn::msnp::wire::parameter::read::{choose, read_error, Choice, Reading};
use crate::msn::msnp::wire::pdu::Pdu;
use crate::msn::msnp::wire::words::Words;

/// The parameters of a PDU's line, and the form that was chosen for them.
#[derive(Debug)]
pub struct Parameters<'a> {
    words: Words<'a>,
    /// The form; `None` for an error reply.
    choice: Option<Choice>,
    has_payload: bool,
}

impl<'a> Parameters<'a> {
    /// Chooses the form of a PDU's line.
    pub fn of(pdu: &Pdu, data: &'a [u8], known: &Circumstances) -> Self {
        let words = Words::all(pdu.line.parameters(data));
        let choice = match pdu.line.head {
            Head::Command(verb) => Some(choose(verb, known, words.as_slice())),
            Head::Error(_) => None,
        };
        Self {
            words,
            choice,
            has_payload: pdu.payload.is_some(),
        }
    }

    /// The PDU without the number that looks like a transaction id and is none: the version
    /// of the list, in PRP of older dialects (docs/protocol/msnp.md §11, item 8).
    pub fn with_true_trid(&self, pdu: &Pdu) -> Pdu {
        let is_one = self.choice.is_none_or(|choice| choice.begins_with_trid());
        Pdu {
            trid: pdu.trid.filter(|_| is_one),
            ..*pdu
        }
    }

    /// The form; `None` for an error reply, and for commands of no table.
    pub fn form(&self) -> Option<&'static Form> {
        self.choice?.form()
    }

    /// Whether the words are those of the form: see [`Choice::fits`].
    pub fn fit(&self) -> bool {
        let words = self.words.as_slice();
        self.choice.is_some_and(|choice| choice.fits(words))
    }

    /// The meaning of every word.
    pub fn read(&self) -> Reading {
        let words = self.words.as_slice();
        match self.choice {
            Some(choice) => choice.read(words),
            None => read_error(words, self.has_payload),
        }
    }
}
