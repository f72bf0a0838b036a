//! One PDU of MSNP: a line and the payload it announces.
//!
//! Source: docs/protocol/msnp.md §2.1 (framing), §2.2 (transaction ids), §3.1 (errors
//! with payload), §7.3 (delimiting).

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

#[cfg(test)]
mod tests {
    use super::*;

    fn payload_of(data: &[u8]) -> Option<u32> {
        head(data, 0).unwrap().payload.map(|p| p.length.value)
    }

    /// One line per rule of §2.1 and per oddity of §11.
    #[test]
    fn payload_rules() {
        for (line, length) in [
            ("MSG 4 N 133", Some(133)),
            ("MSG Hotmail Hotmail 1441", Some(1441)),
            ("NOT 600", Some(600)),
            ("UBN alice@example.com 4", None),
            ("UBN alice@example.com 3 64", Some(64)),
            ("UUN 6 bob@example.com 4", None),
            ("UUN 6 bob@example.com 4 0", Some(0)),
            ("UUN 4 OK", None),
            ("GCF 12 Shields.xml", None),
            ("GCF 12 Shields.xml 151", Some(151)),
            ("GCF 0 1187", Some(1187)),
            ("ADL 8 OK", None),
            ("ADL 0 123", Some(123)),
            ("PUT 35 OK 165", Some(165)),
            ("PUT 7 OK 0", Some(0)),
            ("UBX 1:alice@example.com 0", Some(0)),
            ("QRY 9 PROD0090YUAUV{2B 32", Some(32)),
            ("QRY 9", None),
            ("SDC 4 OK", None),
            ("CHG 9 NLN 268435456", None),
            ("QNG 60", None),
            ("SYN 8 15 1 1", None),
            ("OUT RCT 5", None),
            ("241 5", None),
            ("241 3 0", Some(0)),
            ("509 11 64", Some(64)),
            ("ABC 18 5", None),
        ] {
            let data = format!("{line}\r\n");
            assert_eq!(payload_of(data.as_bytes()), length, "{line}");
        }
    }

    #[test]
    fn transaction_ids() {
        for (line, trid) in [
            ("USR 0 OK alice@example.com Alice 1 0", Some(0)),
            ("MSG 4 N 0", Some(4)),
            ("MSG 4 Four 0", None),
            ("LSG 0 Other%20Contacts 0", None),
            ("LSG 5", Some(5)),
            ("LSG 5 12 1 1 0 Other 0", Some(5)),
            ("LST alice@example.com Alice 11 0", None),
            ("BPR 4 PHM 555", None),
            ("QNG 60", None),
            ("911 0", Some(0)),
            ("PRP MFN x", None),
            ("VER 4294967296 MSNP9", None),
            ("OUT", None),
        ] {
            let data = format!("{line}\r\n");
            let pdu = head(data.as_bytes(), 0).unwrap();
            assert_eq!(pdu.trid.map(|t| t.value), trid, "{line}");
        }
    }

    #[test]
    fn missing_payload_bytes_are_counted() {
        let data = b"MSG 4 N 5\r\nhel";
        let pdu = head(data, 0).unwrap();
        assert_eq!((pdu.end(), pdu.missing(data)), (16, 2));
    }

    #[test]
    fn unknown_commands_have_a_payload_only_if_confirmed() {
        assert_eq!(payload_of(b"XYZ 1 5\r\nhello"), Some(5));
        assert_eq!(payload_of(b"XYZ 1 5\r\nhelloPNG\r\n"), Some(5));
        assert_eq!(payload_of(b"XYZ 1 5\r\nPNG\r\n"), None);
        assert_eq!(payload_of(b"XYZ 1 5\r\nhelloworld"), None);
        assert_eq!(payload_of(b"XYZ 1 6\r\nhello"), None);
        for after in ["", "PNG\r\n", "hello"] {
            let data = format!("XYZ 1 0\r\n{after}");
            assert_eq!(payload_of(data.as_bytes()), None, "{after}");
        }
    }

    #[test]
    fn invalid_lengths_are_reported_and_ignored() {
        for (line, fault) in [
            (
                "MSG 4 N 99999999",
                Some((LengthFault::TooLong, Span::new(8, 8))),
            ),
            (
                "MSG 4 N 4294967296",
                Some((LengthFault::NoNumber, Span::new(8, 10))),
            ),
            ("MSG 4 N -5", Some((LengthFault::NoNumber, Span::new(8, 2)))),
            ("ADL 8 OK", None),
            ("GCF 12 Shields.xml", None),
            // The last word of an unknown command may be no length.
            ("XYZ 1 99999999", None),
            (
                "911 1 99999999",
                Some((LengthFault::TooLong, Span::new(6, 8))),
            ),
        ] {
            let pdu = head(format!("{line}\r\n").as_bytes(), 0).unwrap();
            assert_eq!(pdu.fault, fault, "{line}");
            assert_eq!(pdu.payload, None, "{line}");
        }
    }
}
