//! Lines and blocks of MSNFTP.

use imshark::msn::msnftp::wire::block::{are_blocks, block};
use imshark::msn::msnftp::wire::codes::command;
use imshark::msn::msnftp::wire::line::{greeting, line};

use crate::invariants::{bounded, decoded, in_order, inside, parts_are_incomplete, within};

/// Lines and blocks read of an input.
const MAX_PARTS: usize = 64;

/// A byte of where to cut, then lines and blocks.
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let [cut, data @ ..] = data else {
            return;
        };
        let cut = usize::from(*cut);
        decoded(greeting(data), data);
        are_blocks(data);
        let mut at = 0;
        for _ in 0..MAX_PARTS {
            let end = end_of_line(data, at, cut).or_else(|| end_of_block(data, at, cut));
            let Some(end) = end else { break };
            assert!(end > at);
            at = end;
        }
    });
}

fn end_of_line(data: &[u8], at: usize, cut: usize) -> Option<usize> {
    let line = decoded(line(data, at), data)?;
    within(line.span, data);
    inside(line.word_span(), line.span);
    assert!(line.span.end() < line.end && line.end <= data.len());
    for word in line.parameters(data) {
        inside(word.span, line.span);
        assert_eq!(word.span.of(data), word.value);
    }
    in_order(line.parameters(data).map(|word| word.span));
    command(&line.word);
    let bytes = &data[at..line.end];
    parts_are_incomplete(bytes, cut, |part| {
        imshark::msn::msnftp::wire::line::line(part, 0)
    });
    Some(line.end)
}

fn end_of_block(data: &[u8], at: usize, cut: usize) -> Option<usize> {
    let block = decoded(block(data, at), data)?;
    inside(block.block_type.span, block.span);
    inside(block.length.span, block.span);
    inside(block.data, block.span);
    assert_eq!(block.data.len, usize::from(block.length.value));
    let missing = block.missing(data);
    assert_eq!(missing, block.span.end().saturating_sub(data.len()));
    let head = &data[at..at + 3];
    parts_are_incomplete(head, cut, |part| {
        imshark::msn::msnftp::wire::block::block(part, 0)
    });
    (missing == 0).then_some(block.span.end())
}
