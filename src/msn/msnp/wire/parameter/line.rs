//! The parameters of a PDU's line.

use crate::msn::msnp::wire::line::Head;
use crate::msn::msnp::wire::parameter::{choose, read_error, Choice, Circumstances, Form, Reading};
use crate::msn::msnp::wire::pdu::Pdu;

/// So many words of a line need no memory of their own: hardly a form has more.
const USUAL_WORDS: usize = 12;

/// The words of a PDU's line, the transaction id included.
#[derive(Debug)]
struct Words<'a> {
    few: [&'a [u8]; USUAL_WORDS],
    count: usize,
    /// All of them, where they are more than usual.
    many: Vec<&'a [u8]>,
}

impl<'a> Words<'a> {
    /// The words of a PDU that was decoded from `data`.
    fn of(pdu: &Pdu, data: &'a [u8]) -> Self {
        let mut words = Self {
            few: [b""; USUAL_WORDS],
            count: 0,
            many: Vec::new(),
        };
        for word in pdu.line.parameters(data) {
            if let Some(place) = words.few.get_mut(words.count) {
                *place = word.value;
            } else {
                if words.many.is_empty() {
                    words.many.extend(words.few);
                }
                words.many.push(word.value);
            }
            words.count += 1;
        }
        words
    }

    /// In order.
    fn as_slice(&self) -> &[&'a [u8]] {
        self.few.get(..self.count).unwrap_or(&self.many)
    }
}

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
        let words = Words::of(pdu, data);
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
    /// of the list, in PRP of older dialects (§11, item 8).
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
