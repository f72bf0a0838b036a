//! Which kinds of bytes a text has, found in one pass that the compiler vectorises.

/// Number of bytes classified together.
const BLOCK: usize = 16;
/// Belongs to the kind 0 in every classification.
const FILLER: u8 = b'a';

/// The union of the kinds of all bytes. `kinds` maps a byte to a set of bits, and a letter
/// to 0, by comparisons alone: a `match` may become a table, which is not vectorised.
#[inline]
pub(crate) fn kinds_in(text: &[u8], kinds: impl Fn(u8) -> u8) -> u8 {
    let mut last = [FILLER; BLOCK];
    let mut seen = [0; BLOCK];
    match text.last_chunk() {
        // Bytes that are classified twice do not change the union.
        Some(chunk) => last = *chunk,
        None => last.iter_mut().zip(text).for_each(|(to, from)| *to = *from),
    }
    for block in text.chunks_exact(BLOCK).chain([&last[..]]) {
        for (seen, byte) in seen.iter_mut().zip(block) {
            *seen |= kinds(*byte);
        }
    }
    seen.into_iter().fold(0, |all, kinds| all | kinds)
}

/// 1 for a byte that is not printable ASCII, else 0.
#[inline]
pub(crate) const fn unprintable(byte: u8) -> u8 {
    (byte.wrapping_sub(b' ') > b'~' - b' ') as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg_attr(miri, ignore = "takes minutes in Miri")]
    fn a_byte_of_any_length_of_text_counts() {
        let equals = |byte: u8| u8::from(byte == b'=') << 1 | unprintable(byte);
        for len in 0..70 {
            let text = vec![b'x'; len];
            assert_eq!(kinds_in(&text, equals), 0, "{len}");
            for at in 0..len {
                for (byte, kinds) in [(b'=', 2), (b'\x1f', 1), (b'\x7f', 1), (b'\x80', 1)] {
                    let mut text = text.clone();
                    text[at] = byte;
                    assert_eq!(kinds_in(&text, equals), kinds, "{byte} at {at} of {len}");
                }
            }
        }
    }

    #[test]
    fn printable_bytes_are_those_of_ascii() {
        for byte in 0..=255_u8 {
            let is_printable = byte.is_ascii_graphic() || byte == b' ';
            assert_eq!(unprintable(byte) == 0, is_printable, "{byte}");
        }
    }
}
