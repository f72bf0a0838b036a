//! Lines of MSNP, their parameters, and the payloads that they announce.

use imshark::msn::msnp::state::recognise::{classify, evidence_of, find_pdu, may_be_msnp};
use imshark::msn::msnp::wire::line::{line, unterminated, LineHead};
use imshark::msn::msnp::wire::parameter::{
    forms_of, possible_meanings, read_error, LineContext, Parameters, ServerRole,
};
use imshark::msn::msnp::wire::pdu::{head, truncated_pdu, Pdu};

use crate::invariants::{bounded, decoded, in_order, inside, parts_are_incomplete, within};

/// Lines read of an input.
const MAX_LINES: usize = 32;

/// A byte each of dialect, of role and direction, and of where to cut; then lines.
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let [dialect, from, cut, data @ ..] = data else {
            return;
        };
        let known = LineContext {
            dialect: Some(*dialect).filter(|dialect| *dialect < 32),
            is_presumed: from & 1 != 0,
            from_client: [None, Some(true), Some(false), None][usize::from(from >> 1 & 3)],
            role: [
                None,
                Some(ServerRole::Dispatch),
                Some(ServerRole::Notification),
                Some(ServerRole::Switchboard),
            ][usize::from(from >> 3 & 3)],
        };
        lines(data, &known, usize::from(*cut));
    });
}

fn lines(data: &[u8], known: &LineContext, cut: usize) {
    let mut at = 0;
    for _ in 0..MAX_LINES {
        if at >= data.len() {
            break;
        }
        if let Some(pdu) = truncated_pdu(data, at) {
            assert!(pdu.payload.is_none() && pdu.fault.is_none());
            within(pdu.line.span, data);
        }
        let found = head(data, at);
        at = match decoded(found, data) {
            Some(pdu) => {
                check(&pdu, data, known);
                let line_end = pdu.line.end;
                parts_are_incomplete(&data[at..line_end], cut, |part| line(part, 0));
                assert!(pdu.end() > at);
                pdu.end()
            }
            None => find_pdu(data, at + 1).unwrap_or(data.len()),
        };
    }
    if let Some(line) = unterminated(data, 0) {
        within(line.span, data);
    }
    classify(data, known.is_presumed);
    may_be_msnp(data);
}

fn check(pdu: &Pdu, data: &[u8], known: &LineContext) {
    let line = pdu.line;
    within(line.span, data);
    assert!(line.span.end() < line.end && line.end <= data.len());
    inside(line.head_span(), line.span);
    if let Some(trid) = pdu.trid {
        inside(trid.span, line.span);
    }
    if let Some(payload) = pdu.payload {
        inside(payload.length.span, line.span);
        assert_eq!(payload.span.start, line.end);
        assert_eq!(payload.span.len, payload.length.value as usize);
        assert_eq!(pdu.missing(data), pdu.end().saturating_sub(data.len()));
    }
    if let Some((_, span)) = pdu.fault {
        inside(span, line.span);
    }
    for word in line.parameters(data) {
        inside(word.span, line.span);
        assert_eq!(word.span.of(data), word.value);
    }
    in_order(line.parameters(data).map(|word| word.span));
    assert_eq!(line.first_parameter(data), line.parameter(data, 0));
    evidence_of(pdu, data);
    let words = Parameters::of(pdu, data, known);
    words.with_corrected_trid(pdu);
    words.first_fitting();
    let reading = words.read();
    assert!(reading.meanings.len() <= words.words().len());
    assert!(reading.surplus() <= words.words().len());
    possible(pdu, data, known, &words);
}

/// Each form that the words may be of gives them meanings. A line that fits its form is read as
/// one of them, unless it is of the other side.
fn possible(pdu: &Pdu, data: &[u8], known: &LineContext, words: &Parameters<'_>) {
    let values: Vec<&[u8]> = pdu.line.parameters(data).map(|word| word.value).collect();
    let LineHead::Command(verb) = pdu.line.head else {
        let error = read_error(&values, pdu.payload.is_some());
        assert_eq!(error.meanings.len(), values.len());
        return;
    };
    let possible = possible_meanings(verb, known, &values);
    assert!(possible.len() <= 2 * forms_of(verb).len());
    assert_eq!(possible.is_empty(), forms_of(verb).is_empty());
    for meanings in &possible {
        assert!(meanings.len() <= values.len());
    }
    if words.fits_form() && known.from_client.is_none() {
        let read = words.read().meanings;
        assert!(possible.contains(&read), "{read:?} is none of {possible:?}");
    }
}
