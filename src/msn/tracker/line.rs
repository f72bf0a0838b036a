//! A line as the tracker looks at it.

use super::verb;
use crate::msn::account::{self, is_account};
use crate::msn::line::Head;
use crate::msn::pdu::Pdu;
use crate::span::Span;

/// So many parameters of a line are looked at: no line that sets something up needs more.
const WORDS: usize = 9;
/// Longer accounts are not remembered; real ones have at most 129 bytes (§1.3), and an
/// endpoint behind them.
pub(super) const MAX_ACCOUNT: usize = 256;

/// One line and its payload.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// Command or error code.
    pub head: Head,
    /// The transaction id.
    pub trid: Option<u32>,
    /// The payload, as far as it is there; empty if there is none.
    pub payload: &'a [u8],
    /// What stands behind the transaction id.
    text: &'a [u8],
}

/// The first parameters of a line.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    words: [&'a [u8]; WORDS],
    count: usize,
}

impl<'a> core::ops::Deref for Words<'a> {
    type Target = [&'a [u8]];

    fn deref(&self) -> &[&'a [u8]] {
        self.words.get(..self.count).unwrap_or_default()
    }
}

impl<'a> Line<'a> {
    /// The line of a PDU that was decoded from `data`.
    pub fn of(pdu: &Pdu, data: &'a [u8]) -> Self {
        let head_end = pdu.line.span.start + 4;
        let start = pdu.trid.map_or(head_end, |trid| trid.span.end() + 1);
        Self {
            head: pdu.line.head,
            trid: pdu.trid.map(|trid| trid.value),
            payload: pdu.payload.map_or(&[], |payload| payload.span.of(data)),
            text: Span::between(start, pdu.line.span.end()).of(data),
        }
    }

    /// The command, `None` of an error reply.
    pub fn verb(&self) -> Option<&[u8; 3]> {
        verb(&self.head)
    }

    /// The parameters behind the transaction id, in order; those far behind are left out.
    /// They are cut apart anew for each call.
    pub fn words(&self) -> Words<'a> {
        let mut found = Words {
            words: [b""; WORDS],
            count: 0,
        };
        let mut rest = self.text;
        while let (Some(place), false) = (found.words.get_mut(found.count), rest.is_empty()) {
            let end = rest.iter().position(|b| *b == b' ').unwrap_or(rest.len());
            *place = rest.get(..end).unwrap_or_default();
            rest = rest.get(end + 1..).unwrap_or_default();
            found.count += 1;
        }
        found
    }

    /// The first parameter behind the transaction id.
    pub fn first_word(&self) -> &'a [u8] {
        let end = self.text.iter().position(|b| *b == b' ');
        self.text
            .get(..end.unwrap_or(self.text.len()))
            .unwrap_or_default()
    }

    /// Whether it is one with which a client begins a connection.
    pub(super) fn begins_connection(&self) -> bool {
        match (self.verb(), &*self.words()) {
            (Some(b"VER"), _) => true,
            (Some(b"USR"), [who, _]) | (Some(b"ANS"), [who, _, _]) => is_account(who),
            _ => false,
        }
    }

    /// The dialect that the first word names.
    pub(super) fn first_dialect(&self) -> Option<u8> {
        self.words().iter().find_map(|word| dialect(word))
    }

    /// The account of the client, in the lines of a login, unless it is `known`.
    pub(super) fn own_account(&self, known: Option<&[u8]>) -> Option<&'a [u8]> {
        let word = match (self.verb(), &*self.words()) {
            (Some(b"USR"), [_, b"I", who, ..] | [b"OK", who, ..] | [who, _]) => *who,
            (Some(b"ANS"), [who, _, _]) => *who,
            _ => return None,
        };
        if known == Some(word) || word.len() > MAX_ACCOUNT || !is_account(word) {
            return None;
        }
        Some(bare(word))
    }

    /// The cookie with which a client comes to a switchboard.
    pub(super) fn cookie(&self, from_client: Option<bool>) -> Option<&'a [u8]> {
        match (self.verb(), &*self.words()) {
            _ if from_client == Some(false) => None,
            (Some(b"USR"), [who, cookie]) if is_account(who) => Some(cookie),
            (Some(b"ANS"), [who, cookie, _]) if is_account(who) => Some(cookie),
            _ => None,
        }
    }
}

/// An account without network, endpoint and path.
pub(super) fn bare(word: &[u8]) -> &[u8] {
    account::account(word).address.of(word)
}

/// The number of a dialect such as `MSNP12`.
pub(super) fn dialect(word: &[u8]) -> Option<u8> {
    let digits = word.strip_prefix(b"MSNP")?;
    let number = crate::msn::line::decimal(digits)?;
    u8::try_from(number).ok().filter(|number| *number > 0)
}
