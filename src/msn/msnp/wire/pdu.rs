//! One PDU of MSNP: a line and the payload it announces.
//!
//! Source: docs/protocol/msnp.md §2.1 (framing), §2.2 (transaction ids), §3.1 (errors
//! with payload), §7.3 (delimiting).

#[cfg(test)]
mod tests;

use crate::error::{Decoded, Fault};
use crate::msn::common::number::decimal;
use crate::msn::msnp::wire::command::{MsnpCommand, PayloadRule as Rule, TrId};
use crate::msn::msnp::wire::commands;
use crate::msn::msnp::wire::line::{line, unterminated, Line, LineHead};
use crate::span::{Span, Spanned};

/// Maximum payload length accepted, in bytes. Real payloads stay below some thousands
/// (§7.3), and a false length hides all that follows.
const MAX_PAYLOAD: u32 = 1 << 20;

/// One PDU.
#[derive(Debug, Clone, Copy)]
pub struct Pdu {
    /// The command line.
    pub line: Line,
    /// The table row of a known command.
    pub command: Option<&'static MsnpCommand>,
    /// Transaction id.
    pub trid: Option<Spanned<u32>>,
    /// The announced payload.
    pub payload: Option<Payload>,
    /// Why the announced length was rejected, and the span of the length.
    pub fault: Option<(LengthFault, Span)>,
}

/// Why an announced length is rejected. The line is then treated as one without payload
/// (§7.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LengthFault {
    /// More than 1 MiB.
    TooLong,
    /// Not a 32-bit number.
    NoNumber,
}

/// The payload that a line announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payload {
    /// The length, and the span of its digits.
    pub length: Spanned<u32>,
    /// The payload's bytes.
    pub span: Span,
}

impl Pdu {
    /// Offset of the first byte.
    pub fn start(&self) -> usize {
        self.line.span.start
    }

    /// Offset after the last byte.
    pub fn end(&self) -> usize {
        self.payload.map_or(self.line.end, |p| p.span.end())
    }

    /// Number of the PDU's bytes after the end of `data`.
    pub fn missing(&self, data: &[u8]) -> usize {
        self.end().saturating_sub(data.len())
    }
}

/// Decodes the PDU at `start`, whose payload may be incomplete: see [`Pdu::missing`].
pub fn head(data: &[u8], start: usize) -> Decoded<Pdu> {
    Ok(of_line(line(data, start)?, data))
}

/// Decodes the PDU of a line whose end is truncated by the capture; its payload is
/// unknown. Returns `None` if the bytes do not begin with a command or an error code.
pub fn truncated_pdu(data: &[u8], start: usize) -> Option<Pdu> {
    let mut pdu = of_line(unterminated(data, start)?, data);
    pdu.payload = None;
    pdu.fault = None;
    Some(pdu)
}

fn of_line(line: Line, data: &[u8]) -> Pdu {
    let command = match line.head {
        LineHead::Command(verb) => commands::find(verb),
        LineHead::Error(_) => None,
    };
    let rule = command.map(|c| c.payload);
    let words = Outline::of(&line, data, command);
    let announced = match (line.head, rule) {
        (LineHead::Error(_), _) => words.announced(&line, 2),
        (_, Some(Rule::Never)) => Ok(None),
        (_, Some(Rule::LastOf(least) | Rule::AlwaysLastOf(least))) => words.announced(&line, least),
        (_, None) => words
            .announced(&line, 2)
            .map(|payload| payload.filter(|payload| is_confirmed(data, payload))),
    };
    // Most commands also have forms that end with a word, and the forms of unknown
    // commands are not known.
    let must_be_number = matches!(rule, Some(Rule::AlwaysLastOf(_)));
    let is_unknown = matches!(line.head, LineHead::Command(_)) && rule.is_none();
    let (payload, fault) = match announced {
        Ok(payload) => (payload, None),
        Err((LengthFault::NoNumber, _)) if !must_be_number => (None, None),
        Err(_) if is_unknown => (None, None),
        Err(fault) => (None, Some(fault)),
    };
    Pdu {
        trid: words.trid(command.map_or(TrId::First, |c| c.trid)),
        line,
        command,
        payload,
        fault,
    }
}

/// The words of a line that determine its transaction id and its payload.
#[derive(Debug, Default)]
struct Outline<'a> {
    first: Option<Spanned<&'a [u8]>>,
    second: Option<&'a [u8]>,
    last: Option<Spanned<&'a [u8]>>,
    count: usize,
}

impl<'a> Outline<'a> {
    /// Reads as many words of the line as the rules of its command need.
    fn of(line: &Line, data: &'a [u8], command: Option<&MsnpCommand>) -> Self {
        let rules = command.map(|command| (command.trid, command.payload));
        match rules {
            Some((TrId::Never, Rule::Never)) => Self::default(),
            Some((TrId::First, Rule::Never)) => Self {
                first: line.first_parameter(data),
                ..Self::default()
            },
            _ => Self::of_all(line, data),
        }
    }

    fn of_all(line: &Line, data: &'a [u8]) -> Self {
        let mut outline = Self::default();
        for word in line.parameters(data) {
            match outline.count {
                0 => outline.first = Some(word),
                1 => outline.second = Some(word.value),
                _ => {}
            }
            outline.last = Some(word);
            outline.count += 1;
        }
        outline
    }

    fn trid(&self, rule: TrId) -> Option<Spanned<u32>> {
        let has_one = match rule {
            TrId::Never => false,
            TrId::First => true,
            TrId::BeforeMode => matches!(self.second, Some([b'A'..=b'Z' | b'a'..=b'z'])),
            TrId::FullForm => self.count == 1 || self.count >= 6,
        };
        let first = self.first.filter(|_| has_one)?;
        Some(Spanned::new(decimal(first.value)?, first.span))
    }

    /// The payload announced by the last parameter. Returns `Ok(None)` if the line has
    /// fewer than `least` parameters.
    fn announced(&self, line: &Line, least: usize) -> Result<Option<Payload>, (LengthFault, Span)> {
        let Some(last) = self.last.filter(|_| self.count >= least) else {
            return Ok(None);
        };
        match decimal(last.value) {
            None => Err((LengthFault::NoNumber, last.span)),
            Some(length) if length > MAX_PAYLOAD => Err((LengthFault::TooLong, last.span)),
            Some(length) => Ok(Some(Payload {
                length: Spanned::new(length, last.span),
                span: Span::new(line.end, length as usize),
            })),
        }
    }
}

/// Whether the bytes confirm the payload of an unknown command: the bytes after the line
/// do not begin a line, and those after the payload do, or there are none (§2.1).
fn is_confirmed(data: &[u8], payload: &Payload) -> bool {
    let begins = |at: usize| !matches!(line(data, at), Err(Fault::Malformed { .. }));
    payload.span.end() <= data.len()
        && !begins(payload.span.start)
        && (payload.span.end() == data.len() || begins(payload.span.end()))
}
