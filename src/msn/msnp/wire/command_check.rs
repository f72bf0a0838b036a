//! Compile-time checks of the table of commands. Every message names the faulty command.

use crate::msn::msnp::wire::command::{key, Answered, MsnpCommand, PayloadRule, TrId};
use crate::msn::msnp::wire::parameter::form::{Proof, Slot};
use crate::msn::msnp::wire::parameter::meaning::Meaning;
use crate::refuse::refuse;

/// Checks the table for contradictions.
///
/// # Panics
///
/// At the first faulty command.
pub(crate) const fn checked(commands: &[MsnpCommand]) -> &[MsnpCommand] {
    let mut i = 0;
    while i < commands.len() {
        let command = &commands[i];
        let mut letter = 0;
        while letter < command.verb.len() {
            if !command.verb[letter].is_ascii_uppercase() {
                fault(command, "a command has three capital letters");
            }
            letter += 1;
        }
        if i > 0 && key(commands[i - 1].verb) >= key(command.verb) {
            let above = &commands[i - 1].verb;
            fault_with(command, "rows must be sorted, but the one above is ", above);
        }
        if command.name.is_empty() {
            fault(command, "it has no name");
        }
        check_forms(command);
        check_payload(command);
        check_answers(commands, command);
        let is_numbered = command.is_sent(true, true) || command.is_sent(false, true);
        if is_numbered == matches!(command.trid, TrId::Never) {
            fault(
                command,
                "the rule of its transaction id contradicts its forms",
            );
        }
        i += 1;
    }
    commands
}

const fn check_forms(command: &MsnpCommand) {
    if command.forms.is_empty() {
        fault(command, "it has no form");
    }
    let mut i = 0;
    while i < command.forms.len() {
        let form = &command.forms[i];
        if form.dialects.0 > form.dialects.1 {
            fault(command, "the first dialect of a form is after its last");
        }
        if form.dialects.0 < 2 || form.dialects.1 > 21 {
            fault(command, "a form has a dialect other than 2 to 21");
        }
        let mut slot = 0;
        while slot + 1 < form.slots.len() {
            if matches!(form.slots[slot], Slot::Many(_)) {
                fault(command, "a place follows a Slot::Many");
            }
            slot += 1;
        }
        match form.proof {
            Proof::Places(0) => fault(command, "a proof has no places"),
            Proof::Places(places) if places > form.slots.len() => {
                fault(command, "a proof has more places than its form")
            }
            Proof::Message | Proof::PartOfMessage if !form.has(Meaning::PayloadLength) => {
                fault(command, "a proof needs a payload, but its form has none")
            }
            _ => {}
        }
        i += 1;
    }
}

const fn check_payload(command: &MsnpCommand) {
    let has_length = command.has(Meaning::PayloadLength);
    let least = match command.payload {
        PayloadRule::Never if has_length => fault(
            command,
            "a form has a payload length, but the rule is Never",
        ),
        PayloadRule::Never => return,
        PayloadRule::LastOf(least) | PayloadRule::AlwaysLastOf(least) => least,
    };
    if !has_length && !command.has(Meaning::Unknown) {
        fault(command, "no form has a payload length");
    }
    // The spaces of an unencoded msnobj would hide the length.
    if command.has(Meaning::MsnObject) {
        fault(command, "a form has an msnobj, but the command a payload");
    }
    let mut i = 0;
    while i < command.forms.len() {
        let form = &command.forms[i];
        let (mut words, mut slot) = (0, 0);
        while slot < form.slots.len() {
            let is_length = form.slots[slot].can_be(Meaning::PayloadLength);
            words += (form.slots[slot].is_required() || is_length) as usize;
            if is_length && slot + 1 < form.slots.len() {
                fault(command, "a payload length is not the last parameter");
            }
            slot += 1;
        }
        if form.has(Meaning::PayloadLength) && words < least {
            fault(
                command,
                "a form with a payload has fewer parameters than the rule",
            );
        }
        i += 1;
    }
}

const fn check_answers(commands: &[MsnpCommand], command: &MsnpCommand) {
    let is_known = !command.has(Meaning::Unknown);
    if matches!(command.answered, Answered::Never) {
        if !command.answers.is_empty() {
            fault(command, "it is not answered, but has responses");
        }
        // What both sides send with a transaction id is a request and its response.
        if is_known && command.is_sent(true, true) && command.is_sent(false, true) {
            fault(command, "both sides send it, but it is not answered");
        }
        return;
    }
    if !is_known {
        fault(command, "its parameters are unknown, but it is answered");
    }
    if let Answered::If(meaning, _) = command.answered {
        if !command.has(meaning) {
            fault(
                command,
                "no form has the parameter that requests a response",
            );
        }
    }
    if !command.is_sent(true, !matches!(command.trid, TrId::Never)) {
        fault(command, "clients do not send it, but it is answered");
    }
    if command.answers.is_empty() && !command.is_sent(false, true) {
        fault(command, "servers answer with it, but do not send it");
    }
    let mut i = 0;
    while i < command.answers.len() {
        let wanted = *command.answers[i];
        let mut row = 0;
        while row < commands.len() && key(commands[row].verb) != key(wanted) {
            row += 1;
        }
        if row == commands.len() || !commands[row].is_sent(false, false) {
            fault_with(command, "servers do not send its response ", &wanted);
        }
        i += 1;
    }
}

const fn fault(command: &MsnpCommand, what: &str) -> ! {
    fault_with(command, what, b"")
}

const fn fault_with(command: &MsnpCommand, what: &str, more: &[u8]) -> ! {
    refuse(&[&command.verb, b": ", what.as_bytes(), more])
}
