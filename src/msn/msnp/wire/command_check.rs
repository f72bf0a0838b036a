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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::msnp::wire::command::{form, row, Verb};
    use crate::msn::msnp::wire::parameter::form::{ConnectionScope, Form, Sender};
    use core::ops::RangeInclusive;
    use Meaning::{Account, MsnObject, PayloadLength, Unknown};
    use Sender::{Both, Client, Server};
    use Slot::{Many, Maybe, One};

    const T: Slot = One(Meaning::TrId);

    const fn of(from: Sender, dialects: RangeInclusive<u8>, slots: &'static [Slot]) -> Form {
        form(from, ConnectionScope::Any, dialects, slots)
    }

    const fn command(verb: &Verb, forms: &'static [Form]) -> MsnpCommand {
        row(verb, c"Name", forms)
    }

    /// What is wrong with a table; empty if it is valid.
    fn refusal(commands: &[MsnpCommand]) -> String {
        match std::panic::catch_unwind(|| checked(commands).len()) {
            Ok(_) => String::new(),
            Err(panic) => *panic.downcast::<String>().expect("a text"),
        }
    }

    const REQUEST: &[Form] = &[of(Client, 2..=21, &[T, One(Account)])];
    const NEWS: &[Form] = &[of(Server, 2..=21, &[One(Account)])];
    const EITHER: &[Form] = &[of(Both, 2..=21, &[T, One(Account)])];
    const MESSAGE: &[Form] = &[of(Client, 2..=21, &[T, One(PayloadLength)])];

    #[test]
    fn a_good_table_is_accepted() {
        let good = [
            command(b"AAA", EITHER).answered(Answered::Always),
            command(b"BBB", REQUEST).answered_by(Answered::If(Account, &[]), &[b"CCC"]),
            command(b"CCC", NEWS),
            command(b"DDD", MESSAGE).payload(PayloadRule::LastOf(2)),
        ];
        assert_eq!(refusal(&good), "");
    }

    #[test]
    fn the_wrong_command_is_named() {
        let nameless = row(b"BBB", c"", NEWS);
        for (wrong, what) in [
            (
                command(b"BbB", NEWS),
                "BbB: a command has three capital letters",
            ),
            (
                command(b"AAA", NEWS),
                "AAA: rows must be sorted, but the one above is AAA",
            ),
            (nameless, "BBB: it has no name"),
            (command(b"BBB", &[]), "BBB: it has no form"),
            (
                command(b"BBB", REQUEST).trid(TrId::Never),
                "BBB: the rule of its transaction id contradicts its forms",
            ),
        ] {
            assert_eq!(refusal(&[command(b"AAA", NEWS), wrong]), what);
        }
    }

    #[test]
    fn forms_contradict_neither_their_dialects_nor_their_proof() {
        const BACKWARDS: &[Form] = &[of(Server, RangeInclusive::new(9, 8), &[])];
        const LATE: &[Form] = &[of(Server, 8..=22, &[])];
        const AFTER_MANY: &[Form] = &[of(Server, 8..=9, &[Many(Unknown), One(Account)])];
        const NO_PLACES: &[Form] = &[of(Server, 8..=9, &[One(Account)]).proof(0)];
        const PLACES: &[Form] = &[of(Server, 8..=9, &[One(Account)]).proof(2)];
        const NO_PAYLOAD: &[Form] =
            &[of(Server, 8..=9, &[One(Account)]).proof_with(Proof::Message)];
        for (forms, what) in [
            (BACKWARDS, "the first dialect of a form is after its last"),
            (LATE, "a form has a dialect other than 2 to 21"),
            (AFTER_MANY, "a place follows a Slot::Many"),
            (NO_PLACES, "a proof has no places"),
            (PLACES, "a proof has more places than its form"),
            (NO_PAYLOAD, "a proof needs a payload, but its form has none"),
        ] {
            assert_eq!(refusal(&[command(b"AAA", forms)]), format!("AAA: {what}"));
        }
    }

    #[test]
    fn a_payload_has_its_length_at_the_end() {
        const INSIDE: &[Form] = &[of(Server, 8..=9, &[One(PayloadLength), One(Account)])];
        const OBJECT: &[Form] = &[of(Server, 8..=9, &[One(MsnObject), One(PayloadLength)])];
        const MAYBE: &[Form] = &[of(Server, 8..=9, &[Maybe(Account), One(PayloadLength)])];
        let rule = PayloadRule::LastOf(2);
        for (forms, rule, what) in [
            (
                MESSAGE,
                PayloadRule::Never,
                "a form has a payload length, but the rule is Never",
            ),
            (NEWS, rule, "no form has a payload length"),
            (
                OBJECT,
                rule,
                "a form has an msnobj, but the command a payload",
            ),
            (INSIDE, rule, "a payload length is not the last parameter"),
            (
                MAYBE,
                rule,
                "a form with a payload has fewer parameters than the rule",
            ),
        ] {
            let wrong = command(b"AAA", forms).payload(rule);
            assert_eq!(refusal(&[wrong]), format!("AAA: {what}"));
        }
    }

    #[test]
    fn what_is_answered_is_sent_by_both_sides() {
        const STRANGE: &[Form] = &[of(Both, 8..=9, &[T, Many(Unknown)])];
        let always = Answered::Always;
        for (wrong, what) in [
            (
                command(b"AAA", NEWS).answered_by(Answered::Never, &[b"AAA"]),
                "it is not answered, but has responses",
            ),
            (
                command(b"AAA", EITHER),
                "both sides send it, but it is not answered",
            ),
            (
                command(b"AAA", STRANGE).answered(always),
                "its parameters are unknown, but it is answered",
            ),
            (
                command(b"AAA", EITHER).answered(Answered::If(MsnObject, &[])),
                "no form has the parameter that requests a response",
            ),
            (
                command(b"AAA", NEWS).answered(always),
                "clients do not send it, but it is answered",
            ),
            (
                command(b"AAA", REQUEST).answered(always),
                "servers answer with it, but do not send it",
            ),
            (
                command(b"AAA", REQUEST).answered_by(always, &[b"AAA"]),
                "servers do not send its response AAA",
            ),
            (
                command(b"AAA", REQUEST).answered_by(always, &[b"BBB"]),
                "servers do not send its response BBB",
            ),
        ] {
            assert_eq!(refusal(&[wrong]), format!("AAA: {what}"));
        }
    }
}
