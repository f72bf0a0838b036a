//! The parameters of a PDU's line.

use core::cell::OnceCell;

use crate::msn::msnp::wire::line::LineHead;
use crate::msn::msnp::wire::parameter::form::Form;
use crate::msn::msnp::wire::parameter::line_context::LineContext;
use crate::msn::msnp::wire::parameter::meaning::Meaning;
use crate::msn::msnp::wire::parameter::read::{choose, read_error, ChosenForm, LineReading};
use crate::msn::msnp::wire::parameter::walk::fits_all;
use crate::msn::msnp::wire::pdu::Pdu;
use crate::msn::msnp::wire::words::Words;
use crate::span::Spanned;

/// The parameters of a PDU's line, and their form, which is chosen on first use.
#[derive(Debug)]
pub struct Parameters<'a> {
    pdu: &'a Pdu,
    data: &'a [u8],
    known: LineContext,
    words: OnceCell<Words<'a>>,
    choice: OnceCell<Option<ChosenForm>>,
}

impl<'a> Parameters<'a> {
    /// The parameters of a PDU that was decoded from `data`.
    pub fn of(pdu: &'a Pdu, data: &'a [u8], known: &LineContext) -> Self {
        Self {
            pdu,
            data,
            known: *known,
            words: OnceCell::new(),
            choice: OnceCell::new(),
        }
    }

    /// The context of the line.
    pub fn context(&self) -> &LineContext {
        &self.known
    }

    /// The words.
    pub fn words(&self) -> &[&'a [u8]] {
        let all = || Words::all(self.pdu.line.parameters(self.data));
        self.words.get_or_init(all).as_slice()
    }

    fn forms(&self) -> &'static [Form] {
        self.pdu.command.map_or(&[], |command| command.forms)
    }

    /// The chosen form. Returns `None` for error replies.
    fn choice(&self) -> Option<ChosenForm> {
        *self.choice.get_or_init(|| match self.pdu.line.head {
            LineHead::Command(_) => Some(choose(self.forms(), &self.known, self.words())),
            LineHead::Error(_) => None,
        })
    }

    /// The first form of the table that fits the words in every place, in any context.
    pub fn first_fitting(&self) -> Option<&'static Form> {
        let fits = |form: &&Form| fits_all(form, self.words());
        self.forms().iter().find(fits)
    }

    /// The PDU without its transaction id if the number has another meaning: the version
    /// of the list, in PRP of older dialects (docs/protocol/msnp.md §11, item 8).
    pub fn with_corrected_trid(&self, pdu: &Pdu) -> Pdu {
        let is_one = self.choice().is_none_or(|choice| choice.begins_with_trid());
        Pdu {
            trid: pdu.trid.filter(|_| is_one),
            ..*pdu
        }
    }

    /// The form. Returns `None` for error replies and unknown commands.
    pub fn form(&self) -> Option<&'static Form> {
        self.choice()?.form()
    }

    /// Whether the words fit the form: see [`ChosenForm::fits`].
    pub fn fits_form(&self) -> bool {
        let fits = |choice: ChosenForm| choice.fits(self.words());
        self.choice().is_some_and(fits)
    }

    /// The first word with this meaning: see [`ChosenForm::place`].
    #[inline]
    pub fn word(&self, meaning: Meaning) -> Option<Spanned<&'a [u8]>> {
        match self.pdu.command {
            Some(command) if command.has(meaning) => self.word_of(meaning),
            _ => None,
        }
    }

    fn word_of(&self, meaning: Meaning) -> Option<Spanned<&'a [u8]>> {
        let place = self.choice()?.place(meaning, self.words())?;
        self.pdu.line.parameter(self.data, place)
    }

    /// The meaning of every word.
    pub fn read(&self) -> LineReading {
        match self.choice() {
            Some(choice) => choice.read(self.words()),
            None => read_error(self.words(), self.pdu.payload.is_some()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::msnp::wire::pdu;

    #[test]
    fn words_are_found_by_their_meaning() {
        let (client, server) = (Some(true), Some(false));
        for (line, from_client, meaning, word) in [
            (
                "USR 7 TWN S t=1&p=2",
                client,
                Meaning::AuthTicket,
                "t=1&p=2",
            ),
            ("USR 7 TWN S t=1 more", client, Meaning::AuthTicket, "t=1"),
            ("USR 7  TWN  S  t=1", client, Meaning::AuthTicket, "t=1"),
            ("USR 7 SSO S t=1 QUJD", client, Meaning::AuthTicket, "t=1"),
            ("USR 7 TWN S", client, Meaning::AuthTicket, ""),
            ("USR 7 TWN X t=1&p=2", client, Meaning::AuthTicket, ""),
            ("USR 7 TWN S lc=1033", server, Meaning::AuthTicket, ""),
            ("USR 7 TWN I a@example.com", client, Meaning::AuthTicket, ""),
            ("MSG TWN S 0", client, Meaning::AuthTicket, ""),
            ("911 7", server, Meaning::TrId, ""),
            (
                "UBN a@example.com 5 3",
                server,
                Meaning::NotificationType,
                "5",
            ),
            ("UBM a@b 1 c@d 1 2 3", server, Meaning::MessageType, "2"),
            ("UBM a@b 32 2 3", server, Meaning::MessageType, "2"),
        ] {
            let data = line.as_bytes();
            let known = LineContext {
                from_client,
                ..LineContext::default()
            };
            let pdu = pdu::truncated_pdu(data, 0).expect("a line");
            let found = Parameters::of(&pdu, data, &known).word(meaning);
            let text = found.map(|word| word.value).unwrap_or_default();
            assert_eq!(text, word.as_bytes(), "{line}");
            assert!(found.is_none_or(|word| word.span.of(data) == word.value));
        }
    }
}
