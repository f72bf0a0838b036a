//! Multiple packets in one payload: the `Bridging-Offsets` of MSNP21.
//!
//! Source: docs/protocol/msnp.md §5.13.

use crate::msn::common::number::decimal;
use crate::span::Span;

/// Maximum packets decoded per payload.
const MAX_PACKETS: usize = 1024;

/// Spans of the packets in a body of `len` bytes. `text` is the value of the header:
/// `0,52,1352`. The last packet extends to the end. Returns `None` if `text` is not an
/// ascending list of offsets within the body, or has more than 1024.
pub fn packets(text: &[u8], len: usize) -> Option<Vec<Span>> {
    let mut starts: Vec<usize> = Vec::new();
    for word in text.split(|byte| *byte == b',') {
        let start = decimal(word.trim_ascii())? as usize;
        let in_order = starts.last().is_none_or(|last| *last < start);
        if !in_order || start >= len || starts.len() == MAX_PACKETS {
            return None;
        }
        starts.push(start);
    }
    let ends = starts.iter().skip(1).copied().chain([len]);
    let spans = starts.iter().zip(ends);
    Some(
        spans
            .map(|(start, end)| Span::between(*start, end))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_packet_ends_where_the_next_begins() {
        assert_eq!(
            packets(b"0,52,1352", 1400),
            Some(vec![
                Span::new(0, 52),
                Span::new(52, 1300),
                Span::new(1352, 48)
            ])
        );
        assert_eq!(packets(b"0", 12), Some(vec![Span::new(0, 12)]));
        assert_eq!(packets(b"4, 8", 12).map(|spans| spans.len()), Some(2));
    }

    #[test]
    fn invalid_lists_are_rejected() {
        for text in [&b""[..], b"x", b"0,", b"0,0", b"8,4", b"0,12", b"-1"] {
            assert_eq!(packets(text, 12), None, "{}", text.escape_ascii());
        }
    }
}
