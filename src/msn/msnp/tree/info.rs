//! A line for the Info column: without passwords, hashes, tickets and cookies.
//!
//! Lists of packets are pasted into reports and photographed; the tree is opened by those who
//! look for such a value. Which parameters are secrets, the table of fields says. Where a line
//! has not the words of its form, a word that could be a secret in another form counts as one.

use std::borrow::Cow;

use memchr::memchr_iter;

use crate::msn::common::account::is_account;
use crate::msn::msnp::fields::MSNMS;
use crate::msn::msnp::tree::meaning::view;
use crate::msn::msnp::wire::command::{Command, Verb};
use crate::msn::msnp::wire::commands::COMMANDS;
use crate::msn::msnp::wire::line::{decimal, Head};
use crate::msn::msnp::wire::parameter::{possible, Form, Meaning, Parameters, Slot};
use crate::msn::msnp::wire::pdu::Pdu;
use crate::span::{Span, Spanned};

/// A command line of more bytes is cut, so that its neighbours show.
const MAX_LINE: usize = 240;
/// Stands for a word of which nobody knows what it is, in a command that can have secrets.
pub(crate) const UNKNOWN: &str = "…";
/// No secret is so short: the name of a package, a stage, a flag.
const SHORT: usize = 3;
/// What begins a ticket of Passport, and the shortest that is one.
const TICKET: (&[u8], usize) = (b"t=", 16);

/// A word, and what stands for it.
pub(crate) type Mark = (Span, &'static str);

/// The line of a PDU, whose parameters are `words`.
pub(crate) fn line<'d>(pdu: &Pdu, data: &'d [u8], words: &Parameters<'_>) -> Cow<'d, str> {
    let text = pdu.line.span.of(data);
    let marks = match pdu.line.head {
        Head::Command(verb) if has_secrets(verb) => {
            if begins_login(pdu, words) {
                return shortened(text);
            }
            let is_harmless = |form: &Form| !has_secret(form);
            if !is_cut(pdu) && words.fit() && words.form().is_some_and(is_harmless) {
                return shortened(text);
            }
            marks(verb, pdu, data, words)
        }
        _ if has_ticket(text) => {
            let tickets = pdu.line.parameters(data).filter(is_ticket);
            tickets.map(|word| (word.span, "ticket")).collect()
        }
        _ => return shortened(text),
    };
    Cow::Owned(shortened(&marked(data, pdu.line.span, &marks)).into_owned())
}

/// Whether it is the first step of a login, which names the account and nothing else:
/// `USR 6 TWN I alice@example.com`. Either side can send it.
fn begins_login(pdu: &Pdu, words: &Parameters<'_>) -> bool {
    let has_stages = |command: &Command| command.has(Meaning::AuthStage);
    let names_account = |form: &Form| {
        form.has(Meaning::AuthStage) && form.has(Meaning::Account) && !has_secret(form)
    };
    pdu.command.is_some_and(has_stages)
        && !is_cut(pdu)
        && words.first_fitting().is_some_and(names_account)
}

/// Whether the capture has cut off the end of the line: its last word may be anything.
fn is_cut(pdu: &Pdu) -> bool {
    pdu.line.end <= pdu.line.span.end()
}

/// Whether a word of the line begins as a ticket does.
fn has_ticket(line: &[u8]) -> bool {
    // Behind a command and a space.
    if line.len() < TICKET.1 + 4 {
        return false;
    }
    let mut signs = memchr_iter(b'=', line);
    signs.any(|at| line.get(..at).is_some_and(|before| before.ends_with(b" t")))
}

/// Whether a place of a form has a secret.
const fn is_secret(slot: Slot) -> bool {
    match slot {
        Slot::One(meaning)
        | Slot::Maybe(meaning)
        | Slot::Word(_, meaning)
        | Slot::Many(meaning) => secret(meaning).is_some(),
        Slot::Either(first, second) => secret(first).is_some() || secret(second).is_some(),
    }
}

/// Whether a place of a form has a secret.
const fn has_secret(form: &Form) -> bool {
    let mut slot = 0;
    while slot < form.slots.len() {
        if is_secret(form.slots[slot]) {
            return true;
        }
        slot += 1;
    }
    false
}

/// What a meaning is called, if it is a secret.
const fn secret(meaning: Meaning) -> Option<&'static str> {
    MSNMS.fields[view(meaning).field() as usize].secret
}

/// The commands with a form that has a secret.
const SECRETIVE: &[Verb] = {
    const FOUND: ([Verb; 16], usize) = {
        let mut found = ([[0; 3]; 16], 0);
        let mut row = 0;
        while row < COMMANDS.len() {
            let mut form = 0;
            while form < COMMANDS[row].forms.len() && !has_secret(&COMMANDS[row].forms[form]) {
                form += 1;
            }
            if form < COMMANDS[row].forms.len() {
                found.0[found.1] = COMMANDS[row].verb;
                found.1 += 1;
            }
            row += 1;
        }
        found
    };
    FOUND.0.split_at(FOUND.1).0
};

fn has_secrets(verb: Verb) -> bool {
    SECRETIVE.contains(&verb)
}

/// The secrets among the words of a command that can have some.
fn marks(verb: [u8; 3], pdu: &Pdu, data: &[u8], parameters: &Parameters<'_>) -> Vec<Mark> {
    let spanned: Vec<Spanned<&[u8]>> = pdu.line.parameters(data).collect();
    let words: Vec<&[u8]> = spanned.iter().map(|word| word.value).collect();
    let meanings = parameters.read().meanings.into_iter();
    let mut marks: Vec<Option<&'static str>> = meanings.map(secret).collect();
    let is_cut = is_cut(pdu);
    if is_cut || !parameters.fit() {
        let readings = possible(verb, parameters.known(), &words);
        let last = spanned.len().saturating_sub(1);
        for (index, (word, mark)) in spanned.iter().zip(&mut marks).enumerate() {
            let is_part = is_cut && index == last;
            let read = |meanings: &Vec<Meaning>| meanings.get(index).copied();
            let could_be = || readings.iter().filter_map(read);
            *mark = match *mark {
                _ if word.value.len() <= SHORT => None,
                Some(mark) => Some(mark),
                None if !is_part && is_harmless(word.value) => None,
                // A transaction ID, too large to be one.
                None if index == 0 && word.value.iter().all(u8::is_ascii_digit) => None,
                None if is_ticket(word) => Some("ticket"),
                None => could_be()
                    .find_map(secret)
                    .or_else(|| could_be().find_map(mark_of_doubt)),
            };
        }
    }
    let marks = spanned.iter().zip(marks);
    marks
        .filter_map(|(word, mark)| Some((word.span, mark?)))
        .collect()
}

/// What stands for a word of this meaning, which is no secret, in a line that has not the words
/// of its form.
fn mark_of_doubt(meaning: Meaning) -> Option<&'static str> {
    // Names of packages are short.
    let doubtful = [Meaning::Surplus, Meaning::Unknown, Meaning::AuthPackage];
    doubtful.contains(&meaning).then_some(UNKNOWN)
}

/// Whether the word is an account or a number, wherever it stands.
fn is_harmless(word: &[u8]) -> bool {
    is_account(word) || decimal(word).is_some()
}

fn is_ticket(word: &Spanned<&[u8]>) -> bool {
    let (prefix, least) = TICKET;
    word.value.starts_with(prefix) && word.value.len() >= least
}

/// The line that stands at `line` in `data`, with its secrets replaced.
pub(crate) fn marked(data: &[u8], line: Span, marks: &[Mark]) -> Vec<u8> {
    let mut text = Vec::with_capacity(line.len);
    let mut at = line.start;
    for (span, mark) in marks.iter().filter(|(span, _)| span.len > 0) {
        text.extend_from_slice(Span::between(at, span.start).of(data));
        text.extend_from_slice(b"<");
        text.extend_from_slice(mark.as_bytes());
        text.extend_from_slice(b">");
        at = span.end();
    }
    text.extend_from_slice(Span::between(at, line.end()).of(data));
    text
}

/// The line as text.
fn shortened(line: &[u8]) -> Cow<'_, str> {
    let cut = line.len().min(MAX_LINE);
    let text = match core::str::from_utf8(&line[..cut]) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(&line[..cut]),
    };
    if cut < line.len() {
        Cow::Owned(format!("{}…", text.trim_end_matches('\u{fffd}')))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::msnp::wire::parameter::Circumstances;
    use crate::msn::msnp::wire::pdu;

    /// The Info of a line, sent by the client, by the server, or by nobody knows whom.
    fn info(text: &str, from_client: Option<bool>) -> String {
        let data = text.as_bytes();
        let pdu = pdu::head(data, 0).or_else(|_| pdu::cut_off(data, 0).ok_or(()));
        let known = Circumstances {
            from_client,
            ..Circumstances::default()
        };
        let pdu = pdu.expect("a line");
        line(&pdu, data, &Parameters::of(&pdu, data, &known)).into_owned()
    }

    #[test]
    fn commands_with_secrets_are_those_of_the_forms() {
        assert_eq!(SECRETIVE, [*b"ANS", *b"RNG", *b"USR", *b"XFR"]);
    }

    /// What each form shows, whoever has sent it.
    #[test]
    fn secrets_of_every_form() {
        let hash = "0123456789abcdef0123456789abcdef";
        for (line, expected, from_client) in [
            (
                "USR 6 MD5 S 989048851.1851137130",
                "USR 6 MD5 S 989048851.1851137130",
                false,
            ),
            (&format!("USR 6 MD5 S {hash}"), "USR 6 MD5 S <hash>", true),
            ("USR 3 CTP S hunter2", "USR 3 CTP S <password>", true),
            (
                "USR 6 TWN S lc=1033,id=507",
                "USR 6 TWN S lc=1033,id=507",
                false,
            ),
            (
                "USR 7 TWN S t=1a2b3c4d5e6f&p=9f8e",
                "USR 7 TWN S <ticket>",
                true,
            ),
            ("USR 7 TWN S EwCIAgIAAAR", "USR 7 TWN S <ticket>", true),
            (
                "USR 7 TWN I alice@example.com",
                "USR 7 TWN I alice@example.com",
                true,
            ),
            (
                "USR 4 SSO S MBI_KEY_OLD bm9uY2U",
                "USR 4 SSO S MBI_KEY_OLD bm9uY2U",
                false,
            ),
            (
                "USR 5 SSO S t=1a2b&p= HAAAAAEAAAA {12345678-1234-1234-1234-123456789abc}",
                "USR 5 SSO S <ticket> <response> {12345678-1234-1234-1234-123456789abc}",
                true,
            ),
            (
                "USR 9 SHA A PFNpZ25lZFRpY2tldA==",
                "USR 9 SHA A <ticket>",
                true,
            ),
            (
                "USR 7 OK alice@example.com 1 0",
                "USR 7 OK alice@example.com 1 0",
                false,
            ),
            (
                "USR 1 alice@example.com 189597.1056411784.29994",
                "USR 1 alice@example.com <cookie>",
                true,
            ),
            (
                "ANS 1 alice@example.com 1056411141.26158 17342299",
                "ANS 1 alice@example.com <cookie> 17342299",
                true,
            ),
            (
                "XFR 15 SB 198.51.100.9:1863 CKI 17262740.1050826919.32308",
                "XFR 15 SB 198.51.100.9:1863 CKI <cookie>",
                false,
            ),
            (
                "XFR 15 SB 198.51.100.9:1863 CKI 1726.105.32 U messenger.msn.com 1",
                "XFR 15 SB 198.51.100.9:1863 CKI <cookie> U messenger.msn.com 1",
                false,
            ),
            (
                "RNG 11752013 198.51.100.9:1863 CKI 849102291.520491113 bob@example.com Bob",
                "RNG 11752013 198.51.100.9:1863 CKI <cookie> bob@example.com Bob",
                false,
            ),
            (
                "XFR 3 NS 198.51.100.1:1863 0 198.51.100.2:1863",
                "XFR 3 NS 198.51.100.1:1863 0 198.51.100.2:1863",
                false,
            ),
        ] {
            for sender in [Some(from_client), None] {
                assert_eq!(info(&format!("{line}\r\n"), sender), expected, "{sender:?}");
            }
        }
    }

    #[test]
    fn secrets_of_lines_of_no_form() {
        for (line, expected) in [
            // More words, fewer words, other words.
            (
                "USR 7 TWN S t=1a2b3c4d5e6f&p=9f8e more",
                "USR 7 TWN S <ticket> <…>",
            ),
            ("USR TWN S t=1a2b3c4d5e6f&p=9f8e", "USR TWN S <ticket>"),
            (
                "USR 7  TWN  S  t=1a2b3c4d5e6f&p=9f8e",
                "USR 7  TWN  S  <ticket>",
            ),
            ("USR 7 TWN X t=1a2b3c4d5e6f&p=9f8e", "USR 7 TWN X <ticket>"),
            ("USR 7 XYZ S c2VjcmV0", "USR 7 XYZ S <…>"),
            ("USR 5 SSO S t=1a2b&p=", "USR 5 SSO S <ticket>"),
            ("USR 6 MD5 S 0123456789abcdef", "USR 6 MD5 S <hash>"),
            (
                "USR 1 alice 189597.1056411784.29994",
                "USR 1 alice <cookie>",
            ),
            (
                "ANS 1 alice@example.com 1056411141.26158",
                "ANS 1 alice@example.com <cookie>",
            ),
            (
                "ANS 1 alice 1056411141.26158 17342299 7",
                "ANS 1 alice <cookie> 17342299 7",
            ),
            (
                "XFR 15 SB 198.51.100.9:1863 CKI 1.2.3 U",
                "XFR 15 SB 198.51.100.9:1863 CKI <cookie> U",
            ),
            // Words that no form has.
            (
                "XFR 15 SB 198.51.100.9:1863 cki 17262740.1050826919",
                "XFR 15 SB 198.51.100.9:1863 cki <cookie>",
            ),
            (
                "XFR 15 SB 198.51.100.9:1863 17262740.1050826919",
                "XFR 15 SB 198.51.100.9:1863 <…>",
            ),
            (
                "XFR 15 SB 198.51.100.9:1863 CKI 1726.105 1 2 3 4 2740.1050",
                "XFR 15 SB 198.51.100.9:1863 CKI <cookie> 1 2 3 4 <…>",
            ),
            (
                "RNG 11 198.51.100.9:1863 849102291.520491113 bob@example.com Bob",
                "RNG 11 198.51.100.9:1863 <…> <cookie> Bob",
            ),
            // Commands and error replies that nobody knows to have one.
            ("TKT 9 t=1a2b3c4d5e6f&p=9f8e", "TKT 9 <ticket>"),
            ("911 7 t=1a2b3c4d5e6f&p=9f8e", "911 7 <ticket>"),
            ("QRY 9 msmsgs@msnmsgr.com 32", "QRY 9 msmsgs@msnmsgr.com 32"),
        ] {
            let server = ["XFR", "RNG", "911"];
            let from_client = !server.iter().any(|word| line.starts_with(word));
            let found = info(&format!("{line}\r\n"), Some(from_client));
            assert_eq!(found, expected);
        }
    }

    /// However short the capture has cut a line, nothing of the secret is left but its first
    /// letters.
    #[test]
    fn secrets_of_cut_lines() {
        for (line, at) in [
            ("USR 7 TWN S t=1a2b3c4d5e6f&p=9f8e\r\n", 12),
            ("USR 6 MD5 S 0123456789abcdef0123456789abcdef\r\n", 12),
            ("USR 1 alice@example.com 189597.1056411784.29994\r\n", 24),
            (
                "XFR 15 SB 198.51.100.9:1863 CKI 17262740.1050826919.32308\r\n",
                32,
            ),
            (
                "RNG 11 198.51.100.9:1863 CKI 849102291.520 bob@example.com Bob\r\n",
                29,
            ),
        ] {
            let end = line[at..].find([' ', '\r']).unwrap() + at;
            for cut in at + SHORT + 1..line.len() {
                let shown = info(&line[..cut], None);
                let secret = &line[at..cut.min(end)];
                assert!(!shown.contains(secret), "{shown}");
                assert!(shown.contains('<'), "{shown}");
            }
        }
    }

    #[test]
    fn long_lines_are_cut() {
        let line = format!("CHG 9 NLN {}\r\n", "x".repeat(400));
        let shown = info(&line, None);
        assert_eq!(shown.len(), MAX_LINE + "…".len());
        let line = format!("USR 7 TWN S t={} \r\n", "x".repeat(4000));
        assert_eq!(info(&line, Some(true)), "USR 7 TWN S <ticket> ");
    }
}
