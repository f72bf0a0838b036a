//! Rows of the table of commands.

use core::ffi::CStr;

use crate::msn::msnp::wire::parameter::form::{ConnectionScope, Form, Proof, Sender, Slot};
use crate::msn::msnp::wire::parameter::meaning::{Meaning, Meanings};

/// The three letters of a command.
pub type Verb = [u8; 3];

/// Position of the transaction id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrId {
    /// No form of the command has one.
    Never,
    /// The first parameter, if it is a number: requests and replies have it, and no form
    /// without it begins with a number, except in PRP (see `Parameters::with_corrected_trid`).
    First,
    /// As `First`, if the second parameter is a single letter (mode of a client's MSG).
    BeforeMode,
    /// As `First`, if there is no further parameter or at least five more: the short
    /// form of LSG begins with a group number.
    FullForm,
}

/// Whether a payload follows the line, and where its length is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayloadRule {
    /// No form of the command has a payload, even if its last parameter is a number.
    Never,
    /// The last parameter is the length, if it is a number and the line has at least this
    /// many parameters, the transaction id included.
    LastOf(usize),
    /// As `LastOf`, but if the last of at least this many parameters is not a number, the
    /// line is malformed.
    AlwaysLastOf(usize),
}

/// Whether servers answer a client's line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// Never, as far as is known.
    Never,
    /// Always.
    Always,
    /// If the parameter of this meaning is one of these words.
    If(Meaning, &'static [&'static [u8]]),
    /// By some servers, or in some dialects.
    Sometimes,
}

/// One command.
#[derive(Debug, Clone, Copy)]
pub struct MsnpCommand {
    /// The three letters.
    pub verb: Verb,
    /// Descriptive name.
    pub name: &'static CStr,
    /// All forms. Of several that fit equally well, the first is chosen.
    pub forms: &'static [Form],
    /// All meanings of the places of its forms.
    pub meanings: Meanings,
    /// Position of the transaction id.
    pub trid: TrId,
    /// Whether a payload follows.
    pub payload: PayloadRule,
    /// Whether servers answer it when clients send it.
    pub answered: Answered,
    /// The commands of responses, besides this one.
    pub answers: &'static [&'static Verb],
    /// Some servers send it with a transaction id although it is not a response.
    pub is_unsolicited: bool,
    /// Other text protocols use the same word.
    pub is_common: bool,
    /// It carries what one user sends to others.
    pub is_message: bool,
}

/// A command without payload and response that no other protocol uses. Whether it has a
/// transaction id follows from its forms.
pub(crate) const fn row(verb: &Verb, name: &'static CStr, forms: &'static [Form]) -> MsnpCommand {
    let mut trid = TrId::Never;
    let mut meanings = Meanings::NONE;
    let mut form = 0;
    while form < forms.len() {
        if forms[form].is_numbered() {
            trid = TrId::First;
        }
        meanings = meanings.and(forms[form].meanings);
        form += 1;
    }
    MsnpCommand {
        verb: *verb,
        name,
        forms,
        meanings,
        trid,
        payload: PayloadRule::Never,
        answered: Answered::Never,
        answers: &[],
        is_unsolicited: false,
        is_common: false,
        is_message: false,
    }
}

/// A form without proof of MSNP.
pub(crate) const fn form(
    from: Sender,
    on: ConnectionScope,
    dialects: core::ops::RangeInclusive<u8>,
    slots: &'static [Slot],
) -> Form {
    let mut meanings = Meanings::NONE;
    let mut slot = 0;
    while slot < slots.len() {
        meanings = meanings.and(slots[slot].meanings());
        slot += 1;
    }
    Form {
        from,
        on,
        dialects: (*dialects.start(), *dialects.end()),
        slots,
        meanings,
        proof: Proof::None,
    }
}

impl Form {
    /// Words in the first `places` places prove MSNP: see [`Proof::Places`].
    pub(crate) const fn proof(self, places: usize) -> Self {
        self.proof_with(Proof::Places(places))
    }

    /// Sets what proves that such a line is MSNP.
    pub(crate) const fn proof_with(self, proof: Proof) -> Self {
        Self { proof, ..self }
    }
}

impl MsnpCommand {
    /// Overrides the position of the transaction id that follows from the forms.
    pub(crate) const fn trid(self, trid: TrId) -> Self {
        Self { trid, ..self }
    }

    /// Sets the rule of its payload.
    pub(crate) const fn payload(self, payload: PayloadRule) -> Self {
        Self { payload, ..self }
    }

    /// Servers answer it with the same command.
    pub(crate) const fn answered(self, answered: Answered) -> Self {
        self.answered_by(answered, &[])
    }

    /// Servers answer it with the same command or one of these.
    pub(crate) const fn answered_by(
        self,
        answered: Answered,
        answers: &'static [&'static Verb],
    ) -> Self {
        Self {
            answered,
            answers,
            ..self
        }
    }

    /// Some servers send it with a transaction id although it is not a response.
    pub(crate) const fn unsolicited(self) -> Self {
        Self {
            is_unsolicited: true,
            ..self
        }
    }

    /// It carries what one user sends to others.
    pub(crate) const fn message(self) -> Self {
        Self {
            is_message: true,
            ..self
        }
    }

    /// Other text protocols use the same word.
    pub(crate) const fn common(self) -> Self {
        Self {
            is_common: true,
            ..self
        }
    }

    /// Whether a line with this command answers one with `verb`.
    pub fn is_answered_by(&self, verb: Verb) -> bool {
        self.verb == verb || self.answers.contains(&&verb)
    }

    /// Whether no form has a transaction id.
    pub(crate) fn is_never_numbered(&self) -> bool {
        self.trid == TrId::Never
    }

    /// The highest first dialect of a form.
    pub fn highest_least_dialect(&self) -> u8 {
        let firsts = self.forms.iter().map(|form| form.dialects.0);
        firsts.max().unwrap_or_default()
    }

    /// Whether a place of a form can have this meaning.
    pub const fn has(&self, meaning: Meaning) -> bool {
        self.meanings.has(meaning)
    }

    /// Whether a form has the address of the server of another connection.
    pub fn is_referral(&self) -> bool {
        self.has(Meaning::Server)
    }

    /// Whether clients, or else servers, send a form of it; if `numbered`, one with a
    /// transaction id.
    pub(crate) const fn is_sent(&self, by_client: bool, numbered: bool) -> bool {
        let mut i = 0;
        while i < self.forms.len() {
            let form = &self.forms[i];
            let by_side = match form.from {
                Sender::Both => true,
                Sender::Client => by_client,
                Sender::Server => !by_client,
            };
            if by_side && (form.is_numbered() || !numbered) {
                return true;
            }
            i += 1;
        }
        false
    }
}

/// Sort key of a command: its letters as a big-endian number.
pub(crate) const fn key(verb: Verb) -> u32 {
    u32::from_be_bytes([0, verb[0], verb[1], verb[2]])
}
