//! A line as the tracker looks at it.

use core::cell::OnceCell;

use memchr::memchr;

use crate::msn::common::account;
use crate::msn::common::account::is_account;
use crate::msn::msnp::wire::command::Command;
use crate::msn::msnp::wire::line::{words, Head};
use crate::msn::msnp::wire::parameter::{told, Told};
use crate::msn::msnp::wire::pdu::Pdu;
use crate::msn::msnp::wire::values::dialect_number;
use crate::msn::msnp::wire::words::Words;
use crate::span::Span;

/// Longer accounts are not remembered; real ones have at most 129 bytes
/// (docs/protocol/msnp.md §1.3), and an endpoint behind them.
pub(crate) const MAX_ACCOUNT: usize = 256;

/// One line and its payload.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// Command or error code.
    pub head: Head,
    /// The row of a known command.
    pub command: Option<&'static Command>,
    /// The transaction id.
    pub trid: Option<u32>,
    /// The payload, as far as it is there; empty if there is none.
    pub payload: &'a [u8],
    /// Bytes of the payload are not there.
    pub is_cut: bool,
    /// What stands behind the head.
    text: &'a [u8],
    /// Its parameters, once somebody has asked for them.
    words: OnceCell<Words<'a>>,
}

impl<'a> Line<'a> {
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
        }
    }

    /// The command, `None` of an error reply.
    pub fn verb(&self) -> Option<&[u8; 3]> {
        verb(&self.head)
    }

    /// The parameters behind the transaction id, in order; those far behind are left out.
    pub fn words(&self) -> &[&'a [u8]] {
        let all = self.all_words();
        all.get(usize::from(self.trid.is_some())..)
            .unwrap_or_default()
    }

    /// The first parameter behind the transaction id.
    pub fn first_word(&self) -> &'a [u8] {
        self.words().first().copied().unwrap_or_default()
    }

    /// What the line alone tells of the connection.
    pub(crate) fn told(&self) -> Told {
        match self.head {
            Head::Command(verb) => told(verb, self.all_words()),
            Head::Error(_) => Told {
                from_client: Some(false),
                ..Told::default()
            },
        }
    }

    /// Whether the line has this byte.
    pub(crate) fn has(&self, byte: u8) -> bool {
        memchr(byte, self.text).is_some()
    }

    /// The parameters, the transaction id included.
    fn all_words(&self) -> &[&'a [u8]] {
        let words = || words(self.head, self.text).map(|span| span.of(self.text));
        self.words
            .get_or_init(|| Words::first(&mut words()))
            .as_slice()
    }

    /// Whether it is one with which a client begins a connection.
    pub(crate) fn begins_connection(&self) -> bool {
        match self.verb() {
            Some(b"VER") => true,
            Some(b"USR") => matches!(self.words(), [who, _] if is_account(who)),
            Some(b"ANS") => matches!(self.words(), [who, _, _] if is_account(who)),
            _ => false,
        }
    }

    /// The dialect on which the server settles: the first that its `VER` names. After a `0` it
    /// names those that it would have taken, and none is in force.
    pub(crate) fn settled_dialect(&self) -> Option<u8> {
        match self.words() {
            [b"0", ..] => None,
            words => words.iter().find_map(|word| dialect_number(word)),
        }
    }

    /// How many dialects a VER names.
    pub(crate) fn dialects(&self) -> usize {
        match self.verb() {
            Some(b"VER") => self.words().len(),
            _ => 0,
        }
    }

    /// The account of the client, in the lines of a login, unless it is `known`.
    pub(crate) fn own_account(&self, known: Option<&[u8]>) -> Option<&'a [u8]> {
        let word = match (self.verb(), self.words()) {
            (Some(b"USR"), [_, b"I", who, ..] | [b"OK", who, ..] | [who, _] | [who, _, b"OK"]) => {
                *who
            }
            (Some(b"ANS"), [who, _, _]) => *who,
            _ => return None,
        };
        if known == Some(word) || word.len() > MAX_ACCOUNT || !is_account(word) {
            return None;
        }
        Some(bare(word))
    }

    /// The cookie with which a client comes to a switchboard.
    pub(crate) fn cookie(&self, from_client: Option<bool>) -> Option<&'a [u8]> {
        match (self.verb(), self.words()) {
            _ if from_client == Some(false) => None,
            (Some(b"USR"), [who, cookie]) if is_account(who) => Some(cookie),
            (Some(b"ANS"), [who, cookie, _]) if is_account(who) => Some(cookie),
            _ => None,
        }
    }
}

/// An account without network, endpoint and path.
pub(crate) fn bare(word: &[u8]) -> &[u8] {
    account::account(word).address.of(word)
}

/// The verb of a command line, or `None` of an error reply.
fn verb(head: &Head) -> Option<&[u8; 3]> {
    match head {
        Head::Command(verb) => Some(verb),
        Head::Error(_) => None,
    }
}
