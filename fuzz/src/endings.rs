//! A TCP stream that ends inside a PDU gives the PDUs before it and nothing of that one. The
//! dissector waits for its rest, the same in any split, and not for more. Only the data of a
//! file do not wait: what is there of a block is shown, with a mark.

use imshark::msn::msnftp::wire::codes::DATA;

use crate::invariants::{bounded, held};
use crate::playback::Played;
use crate::stream::Stream;

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
    let all = Played::of(&stream.runs, which, &[]);
    let Some(all) = all.filter(|all| !all.has_stray_bytes()) else {
        return;
    };
    let up_to = |end: usize| [before, &[(*side, &last[..end])]].concat();
    let earlier = before.iter().filter(|run| run.0 == *side);
    let offset: usize = earlier.map(|(_, bytes)| bytes.len()).sum();
    let whole = Played::of(&up_to(start), which, &[]);
    let at_once = Played::of(&up_to(end), which, &[]);
    let (Some(whole), Some(at_once)) = (whole, at_once) else {
        return;
    };
    let rest = at_once.rests[usize::from(*side)];
    let data = stream.last_data.filter(|data| *data <= end);
    if let Some(data) = data {
        let (block, before) = at_once.pdus.split_last().expect("a block");
        assert_eq!(before, whole.pdus, "more than a block");
        assert_eq!(block.data, last[data..end], "other data");
        let is_data = last[start] == DATA;
        assert!(
            !is_data || block.file.is_empty(),
            "the end of a file is cut"
        );
        assert_eq!(rest, None, "data of a file wait");
        let whole = all.pdus.last().map(|whole| &whole.items);
        assert_eq!(Some(&block.items), whole, "another block");
    } else {
        assert_eq!(at_once.pdus, whole.pdus, "{which:?} makes a PDU of a part");
        let rest = rest.unwrap_or_else(|| panic!("{which:?} waits for nothing"));
        let place = offset + start;
        assert_eq!(rest.start, place, "{which:?} waits for other bytes");
        let most = offset + last.len();
        let is_less = rest.end.is_none_or(|end| end <= most);
        assert!(is_less, "{which:?} waits for too much: {rest:?} of {most}");
    }
    if sizes.is_empty() {
        return;
    }
    if let Some(split) = Played::of(&up_to(end), which, sizes) {
        assert_eq!(split, at_once, "{which:?}, cut, {sizes:?}");
        match data {
            Some(_) => held(|| "a block of a file that is cut is shown so far".into()),
            None => held(|| format!("a stream of {which:?} waits for the rest of a PDU")),
        }
    }
}
