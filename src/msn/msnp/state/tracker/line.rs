//! A line as the tracker reads it.

use core::cell::OnceCell;

use memchr::memchr;

use crate::msn::common::account;
use crate::msn::common::account::is_account;
use crate::msn::msnp::wire::command::{MsnpCommand, Verb};
use crate::msn::msnp::wire::commands::find;
use crate::msn::msnp::wire::line::{words, LineHead};
use crate::msn::msnp::wire::parameter::{
    choose_by_words, implied_facts, ChosenForm, LineFacts, Meaning, Sender,
};
use crate::msn::msnp::wire::pdu::Pdu;
use crate::msn::msnp::wire::values::{dialect_number, is_dialect};
use crate::msn::msnp::wire::words::Words;
use crate::span::Span;

/// Maximum length of an account that is kept, in bytes; real ones have at most 129
/// (docs/protocol/msnp.md §1.3), followed by an endpoint.
pub(crate) const MAX_ACCOUNT: usize = 256;

/// One line and its payload.
#[derive(Debug, Clone)]
pub struct TrackedLine<'a> {
    /// Command or error code.
    pub head: LineHead,
    /// The row of a known command.
    pub command: Option<&'static MsnpCommand>,
    /// The transaction id.
    pub trid: Option<u32>,
    /// The available part of the payload; empty if there is none.
    pub payload: &'a [u8],
    /// The payload is incomplete.
    pub is_cut: bool,
    /// The text after the head and its space.
    text: &'a [u8],
    /// Its parameters, split on first use.
    words: OnceCell<Words<'a>>,
    /// The form that the words alone determine, chosen on first use.
    choice: OnceCell<ChosenForm>,
    /// The first parameter that is an account, found on first use.
    account: OnceCell<Option<&'a [u8]>>,
}

impl<'a> TrackedLine<'a> {
    /// The line of a PDU that was decoded from `data`.
    pub fn of(pdu: &Pdu, data: &'a [u8]) -> Self {
        let start = pdu.line.span.start + 4;
        Self {
            head: pdu.line.head,
            command: pdu.command,
            trid: pdu.trid.map(|trid| trid.value),
            payload: pdu.payload.map_or(&[], |payload| payload.span.of(data)),
            is_cut: pdu.missing(data) > 0,
            text: Span::between(start, pdu.line.span.end()).of(data),
            words: OnceCell::new(),
            choice: OnceCell::new(),
            account: OnceCell::new(),
        }
    }

    /// The line of a command, of which this text follows the command.
    pub(crate) fn of_text(verb: Verb, text: &'a [u8]) -> Self {
        Self {
            head: LineHead::Command(verb),
            command: find(verb),
            trid: None,
            payload: &[],
            is_cut: false,
            text,
            words: OnceCell::new(),
            choice: OnceCell::new(),
            account: OnceCell::new(),
        }
    }

    /// The text after the head and its space.
    pub(crate) fn text(&self) -> &'a [u8] {
        self.text
    }

    /// The command; `None` for an error reply.
    pub fn verb(&self) -> Option<&[u8; 3]> {
        verb(&self.head)
    }

    /// The first parameter with this meaning, in the form that the words alone determine:
    /// see [`ChosenForm::place`]. Only the words of [`Words::first`] are searched.
    pub(crate) fn parameter(&self, meaning: Meaning) -> Option<&'a [u8]> {
        let command = self.command.filter(|command| command.has(meaning))?;
        let words = self.words();
        let place = self.choice(command).place(meaning, words)?;
        words.get(place).copied()
    }

    /// The first parameter with each of these meanings: see [`Self::parameter`].
    pub(crate) fn parameters<const N: usize>(
        &self,
        meanings: [Meaning; N],
    ) -> [Option<&'a [u8]>; N] {
        let Some(command) = self.command else {
            return [None; N];
        };
        let words = self.words();
        let places = self.choice(command).places(meanings, words);
        places.map(|place| words.get(place?).copied())
    }

    fn choice(&self, command: &MsnpCommand) -> &ChosenForm {
        let choose = || choose_by_words(command.forms, self.words());
        self.choice.get_or_init(choose)
    }

    /// The first parameter that is an account.
    pub(crate) fn account(&self) -> Option<&'a [u8]> {
        *self.account.get_or_init(|| {
            self.parameter(Meaning::Account)
                .or_else(|| self.parameter(Meaning::NetworkAccount))
        })
    }

    /// The facts that the line alone implies for the connection.
    pub(crate) fn implied_facts(&self) -> LineFacts {
        match self.head {
            LineHead::Command(verb) => implied_facts(verb, self.words()),
            LineHead::Error(_) => LineFacts {
                from_client: Some(false),
                ..LineFacts::default()
            },
        }
    }

    /// Whether the line contains this byte after its head.
    pub(crate) fn has(&self, byte: u8) -> bool {
        memchr(byte, self.text).is_some()
    }

    /// The first parameters, the transaction id included: see [`Words::first`].
    pub(crate) fn words(&self) -> &[&'a [u8]] {
        let words = || words(self.head, self.text).map(|span| span.of(self.text));
        self.words
            .get_or_init(|| Words::first(&mut words()))
            .as_slice()
    }

    /// Whether it is a line that begins a connection.
    pub(crate) fn begins_connection(&self) -> bool {
        let is_first = |command: &MsnpCommand| command.has(Meaning::Dialect);
        self.command.is_some_and(is_first) || self.cookie(None).is_some()
    }

    /// The dialect chosen by the server: the first in its `VER`. Returns `None` after a
    /// `0`, which precedes the dialects that the server would have accepted.
    pub(crate) fn settled_dialect(&self) -> Option<u8> {
        match self.parameter(Meaning::NoDialect) {
            Some(_) => None,
            None => self.words().iter().find_map(|word| dialect_number(word)),
        }
    }

    /// Number of dialects in the line.
    pub(crate) fn dialects(&self) -> usize {
        let is_dialect = |word: &&&[u8]| is_dialect(word);
        match self.command {
            Some(command) if command.has(Meaning::Dialect) => {
                self.words().iter().filter(is_dialect).count()
            }
            _ => 0,
        }
    }

    /// The client's account, in the lines of a login. Returns `None` if it is `known`.
    pub(crate) fn own_account(&self, known: Option<&[u8]>) -> Option<&'a [u8]> {
        let word = self.account()?;
        if known == Some(word) || word.len() > MAX_ACCOUNT || !is_account(word) {
            return None;
        }
        Some(bare_account(word))
    }

    /// The cookie that a client presents to a switchboard.
    pub(crate) fn cookie(&self, from_client: Option<bool>) -> Option<&'a [u8]> {
        if from_client == Some(false) {
            return None;
        }
        let cookie = self.parameter(Meaning::Cookie)?;
        let form = self.choice.get()?.form()?;
        let is_clients = form.from == Sender::Client && self.account().is_some_and(is_account);
        is_clients.then_some(cookie)
    }
}

/// An account without network, endpoint and path.
pub(crate) fn bare_account(word: &[u8]) -> &[u8] {
    account::account(word).address.of(word)
}

/// The verb of a command line. Returns `None` for an error reply.
fn verb(head: &LineHead) -> Option<&[u8; 3]> {
    match head {
        LineHead::Command(verb) => Some(verb),
        LineHead::Error(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::msnp::wire::pdu;

    fn text<'a>(verb: &Verb, text: &'a str) -> TrackedLine<'a> {
        TrackedLine::of_text(*verb, text.as_bytes())
    }

    #[test]
    fn a_line_knows_whether_its_payload_is_cut() {
        for (data, payload, is_cut) in [
            (&b"UUX 5 4\r\nabcd"[..], &b"abcd"[..], false),
            (b"UUX 5 4\r\nabc", b"abc", true),
            (b"PNG\r\n", b"", false),
        ] {
            let line = TrackedLine::of(&pdu::head(data, 0).unwrap(), data);
            assert_eq!((line.payload, line.is_cut), (payload, is_cut));
        }
    }

    #[test]
    fn an_error_is_the_servers() {
        let data = b"911 1\r\n";
        let line = TrackedLine::of(&pdu::head(data, 0).unwrap(), data);
        assert_eq!(line.implied_facts().from_client, Some(false));
        assert_eq!(line.verb(), None);
    }

    #[test]
    fn a_byte_is_searched_after_the_head() {
        let line = text(b"CHG", "7 BSY 0");
        assert!(line.has(b'7') && !line.has(b'}') && !line.has(b'H'));
    }

    #[test]
    fn dialects_are_counted_in_their_command() {
        assert_eq!(text(b"VER", "1 MSNP9 MSNP8 CVR0").dialects(), 3);
        assert_eq!(text(b"CHG", "1 MSNP9 MSNP8").dialects(), 0);
        assert_eq!(text(b"XYZ", "1 MSNP9 MSNP8").dialects(), 0);
    }

    #[test]
    fn the_account_of_a_login_is_new_and_not_too_long() {
        let domain = "@example.com";
        let account = |len: usize| format!("{}{domain}", "a".repeat(len - domain.len()));
        let [longest, longer] = [MAX_ACCOUNT, MAX_ACCOUNT + 1].map(account);
        for (word, known, expected) in [
            ("alice@example.com", None, true),
            ("alice@example.com", Some("bob@example.net"), true),
            ("alice@example.com", Some("alice@example.com"), false),
            (&longest, None, true),
            (&longer, None, false),
            ("alice", None, false),
        ] {
            let line = format!("1 TWN I {word}");
            let line = text(b"USR", &line);
            let found = line.own_account(known.map(str::as_bytes));
            assert_eq!(found, expected.then_some(word.as_bytes()), "{word}");
        }
    }

    #[test]
    fn a_cookie_is_presented_by_a_client_with_an_account() {
        let usr = "1 alice@example.com 17262740.1";
        for (verb, line, from_client, expected) in [
            (b"USR", usr, None, true),
            (b"USR", usr, Some(true), true),
            (b"USR", usr, Some(false), false),
            (b"USR", "1 alice 17262740.1", None, false),
            (b"ANS", "1 bob@example.net 17262740.1 77", None, true),
            // Announced by a server.
            (
                b"RNG",
                "77 192.0.2.3:1863 CKI 17262740.1 alice@example.com Alice",
                None,
                false,
            ),
        ] {
            let found = text(verb, line).cookie(from_client).is_some();
            assert_eq!(found, expected, "{line}");
        }
    }
}
