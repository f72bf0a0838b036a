//! Recognition of MSNP in bytes.
//!
//! Source: docs/protocol/msnp.md §7.1. A known word is not enough: FTP, SIP, HTTP and
//! other text protocols share some. The shape of the whole line decides.

#[cfg(test)]
mod tests;

use crate::error::Fault;
use crate::first_bytes::Recognition;
use crate::msn::common::account::is_full_address;
use crate::msn::msnp::wire::commands::{find, COMMANDS};
use crate::msn::msnp::wire::error_codes::ERROR_CODES;
use crate::msn::msnp::wire::line::LineHead;
use crate::msn::msnp::wire::parameter::proof::{has_shape, proves};
use crate::msn::msnp::wire::pdu::{head, Pdu};
use crate::msn::msnp::wire::values::{is_dialect, SERVER_TYPES, STATUSES};
use crate::msn::msnp::wire::words::Words;

/// Strength of the evidence that a single PDU is MSNP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// None: an unknown word, or a known one in a wrong shape.
    None,
    /// A known word in the right shape that other protocols use as well.
    Common,
    /// A known word in the right shape that only MSNP uses.
    MsnpOnly,
    /// Proof: no other protocol has such a line.
    Proof,
}

/// Evaluates a PDU whose line is in `data`.
pub fn evidence_of(pdu: &Pdu, data: &[u8]) -> Evidence {
    let text = pdu.line.span.of(data);
    if text.ends_with(b"HTTP/1.0") || text.ends_with(b"HTTP/1.1") || text.ends_with(b"SIP/2.0") {
        return Evidence::None;
    }
    let words = Words::first(&mut pdu.line.parameters(data).map(|word| word.value));
    let words = words.as_slice();
    let command = match (pdu.line.head, pdu.command) {
        (LineHead::Error(code), _) => return error_line(code, words),
        (LineHead::Command(_), None) => return Evidence::None,
        (LineHead::Command(_), Some(command)) => command,
    };
    let payload = pdu.payload.map(|payload| payload.span.of(data));
    let is_numbered = pdu.trid.is_some() || payload.is_some();
    if proves(command, words, payload) {
        Evidence::Proof
    } else if !is_numbered && !has_shape(command, words) {
        Evidence::None
    } else if command.is_common {
        Evidence::Common
    } else {
        Evidence::MsnpOnly
    }
}

/// Evaluates an error reply: it has a known code and at most two parameters (none if no
/// request caused it), all of them numbers. Replies of FTP, SMTP and NNTP have text.
fn error_line(code: u16, words: &[&[u8]]) -> Evidence {
    let numbers = words.len() <= 2 && words.iter().all(|w| is_number(w));
    if numbers && ERROR_CODES.name(u32::from(code)).is_some() {
        Evidence::Common
    } else {
        Evidence::None
    }
}

fn is_number(word: &[u8]) -> bool {
    !word.is_empty() && word.iter().all(u8::is_ascii_digit)
}

/// Whether bytes that begin a segment, or a direction of a stream (`is_first`), are MSNP:
/// one proof, or two lines with a command and a parameter among them that only MSNP uses.
/// Returns `Unfinished` for lines that are not sufficient, as others may follow in the
/// next segment.
pub fn classify(data: &[u8], is_first: bool) -> Recognition {
    let mut own = false;
    let mut names = false;
    let mut lines = 0;
    let mut at = data
        .iter()
        .take_while(|b| matches!(b, b'\r' | b'\n'))
        .count();
    while at < data.len() {
        let pdu = match head(data, at) {
            Ok(pdu) => pdu,
            Err(Fault::Incomplete(_)) if may_begin(&data[at..], is_first || lines > 0) => {
                return Recognition::Unfinished;
            }
            Err(_) => return Recognition::No,
        };
        match evidence_of(&pdu, data) {
            Evidence::None => return Recognition::No,
            Evidence::Proof => return Recognition::Yes,
            evidence => own |= evidence >= Evidence::MsnpOnly,
        }
        names |= pdu
            .line
            .parameters(data)
            .any(|word| is_msnp_only(word.value));
        lines += 1;
        if lines >= 2 && own && names {
            return Recognition::Yes;
        }
        at = pdu.end();
    }
    if lines > 0 {
        Recognition::Unfinished
    } else {
        Recognition::No
    }
}

/// Whether a word is specific to MSNP.
fn is_msnp_only(word: &[u8]) -> bool {
    is_full_address(word)
        || is_dialect(word)
        || STATUSES.name(word).is_some()
        || SERVER_TYPES.name(word).is_some()
}

/// Whether an incomplete line begins with a known command. With `allow_partial` a part of
/// its word is enough.
fn may_begin(rest: &[u8], allow_partial: bool) -> bool {
    let word = &rest[..rest.len().min(3)];
    let is_known = || COMMANDS.iter().any(|c| c.verb.starts_with(word));
    (allow_partial || rest.len() > 3)
        && is_known()
        && rest.iter().all(|b| *b >= b' ' || *b == b'\r')
}

/// Whether the first bytes of a segment may be MSNP, in a connection on MSNP's own port
/// in which no command was seen yet.
pub fn may_be_msnp(data: &[u8]) -> bool {
    match head(data, 0) {
        Ok(pdu) => {
            let numbered = pdu.command.is_none() && pdu.trid.is_some();
            evidence_of(&pdu, data) > Evidence::None
                || (numbered && matches!(pdu.line.head, LineHead::Command(_)))
                || has_own_pdu(data)
        }
        Err(Fault::Incomplete(_)) => true,
        Err(Fault::Malformed { .. }) => has_own_pdu(data),
    }
}

/// Whether a command that only MSNP uses begins after the first byte.
fn has_own_pdu(data: &[u8]) -> bool {
    find_pdu(data, 1)
        .and_then(|at| head(data, at).ok())
        .is_some_and(|pdu| evidence_of(&pdu, data) >= Evidence::MsnpOnly)
}

/// Maximum candidates checked in a search for a command. Bounds the time for crafted
/// bytes in which everything looks like a command and nothing is one.
const MAX_CANDIDATES: usize = 512;

/// Finds the offset of the next command, from `from` on.
///
/// After a line feed, any command in the right shape is accepted, and so is one whose
/// line is incomplete. Elsewhere (a payload does not end with a line feed) it must be one
/// that only MSNP uses.
pub fn find_pdu(data: &[u8], from: usize) -> Option<usize> {
    (from..data.len().saturating_sub(3))
        .filter(|at| looks_like_head(data, *at))
        .take(MAX_CANDIDATES)
        .find(|at| begins_pdu(data, *at))
}

fn is_after_feed(data: &[u8], at: usize) -> bool {
    at > 0 && data[at - 1] == b'\n'
}

fn looks_like_head(data: &[u8], at: usize) -> bool {
    let word = &data[at..at + 3];
    let letters = find([word[0], word[1], word[2]]).is_some();
    let digits = word.iter().all(u8::is_ascii_digit);
    (letters || (digits && is_after_feed(data, at))) && matches!(data[at + 3], b' ' | b'\r' | b'\n')
}

/// Whether what [`looks_like_head`] begins a PDU.
fn begins_pdu(data: &[u8], at: usize) -> bool {
    let enough = if is_after_feed(data, at) {
        Evidence::Common
    } else {
        Evidence::MsnpOnly
    };
    match head(data, at) {
        Ok(pdu) => evidence_of(&pdu, data) >= enough,
        Err(Fault::Incomplete(_)) => is_after_feed(data, at),
        Err(Fault::Malformed { .. }) => false,
    }
}
