//! A TCP stream that ends inside a PDU gives the PDUs before it and nothing of that one. The
//! dissector waits for its rest, the same in any split, and not for more.

use crate::invariants::{bounded, held};
use crate::segments::{played, Stream};

/// A stream of the target `segments`.
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        if let Some(stream) = Stream::of(data) {
            unfinished(&stream);
        }
    });
}

fn unfinished(stream: &Stream<'_>) {
    let Stream { which, sizes, .. } = *stream;
    let Some(((side, last), before)) = stream.runs.split_last() else {
        return;
    };
    let start = stream.last_pdu;
    let end = start + (last.len() - start) * stream.sent / 32;
    if end == last.len() || end <= start {
        return;
    }
    let all = played(&stream.runs, which, &[]);
    if all.is_none_or(|all| all.has_stray_bytes()) {
        return;
    }
    let up_to = |end: usize| [before, &[(*side, &last[..end])]].concat();
    let earlier = before.iter().filter(|run| run.0 == *side);
    let offset: usize = earlier.map(|(_, bytes)| bytes.len()).sum();
    let whole = played(&up_to(start), which, &[]);
    let at_once = played(&up_to(end), which, &[]);
    let (Some(whole), Some(at_once)) = (whole, at_once) else {
        return;
    };
    assert_eq!(at_once.pdus, whole.pdus, "{which:?} makes a PDU of a part");
    let rest = at_once.rests[usize::from(*side)];
    let rest = rest.unwrap_or_else(|| panic!("{which:?} waits for nothing"));
    let place = offset + start;
    assert_eq!(rest.start, place, "{which:?} waits for other bytes");
    let most = offset + last.len();
    let is_less = rest.end.is_none_or(|end| end <= most);
    assert!(is_less, "{which:?} waits for too much: {rest:?} of {most}");
    if sizes.is_empty() {
        return;
    }
    if let Some(split) = played(&up_to(end), which, sizes) {
        assert_eq!(split, at_once, "{which:?}, cut, {sizes:?}");
        held(|| format!("a stream of {which:?} waits for the rest of a PDU"));
    }
}
