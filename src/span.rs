//! The position of a value in the bytes it was decoded from.

/// A range of bytes: offset from the first byte of the packet data, and length.
///
/// Offsets always count from the start of the slice passed to the decoder, so a span can
/// be shown in Wireshark's byte view without translation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Number of bytes.
    pub len: usize,
}

impl Span {
    /// `len` bytes from `start`.
    pub const fn new(start: usize, len: usize) -> Self {
        Self { start, len }
    }

    /// The bytes from `start` up to, not including, `end`. Empty if `end <= start`.
    pub const fn between(start: usize, end: usize) -> Self {
        Self {
            start,
            len: end.saturating_sub(start),
        }
    }

    /// Offset of the byte after the last one.
    pub const fn end(self) -> usize {
        self.start + self.len
    }

    /// The bytes of `data` at this span, cut off at the end of `data`.
    pub fn of(self, data: &[u8]) -> &[u8] {
        let end = self.end().min(data.len());
        data.get(self.start..end).unwrap_or_default()
    }

    /// The parts between one-byte separators, including empty ones. `separator` returns
    /// the offset of the next separator in the remaining bytes.
    pub fn split<'a>(
        self,
        data: &'a [u8],
        separator: impl Fn(&[u8]) -> Option<usize> + 'a,
    ) -> impl Iterator<Item = Self> + 'a {
        let mut at = Some(self.start);
        core::iter::from_fn(move || {
            let rest = Self::between(at?, self.end());
            let len = separator(rest.of(data));
            let part = Self::new(rest.start, len.unwrap_or(rest.len));
            at = len.map(|_| part.end() + 1);
            Some(part)
        })
    }
}

/// A decoded value and the bytes it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its bytes.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value`, decoded from the bytes at `span`.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_cut_off_at_the_end_of_the_data() {
        assert_eq!(Span::new(1, 2).of(b"abcd"), b"bc");
        assert_eq!(Span::new(3, 9).of(b"abcd"), b"d");
        assert_eq!(Span::new(9, 1).of(b"abcd"), b"");
        assert_eq!(Span::between(4, 2).len, 0);
    }

    #[test]
    fn splits_at_separators() {
        let parts = |text: &str, span: Span| {
            let comma = |rest: &[u8]| rest.iter().position(|byte| *byte == b',');
            let parts = span.split(text.as_bytes(), comma);
            parts.map(|part| (part.start, part.len)).collect::<Vec<_>>()
        };
        assert_eq!(parts("a,,bc", Span::new(0, 5)), [(0, 1), (2, 0), (3, 2)]);
        assert_eq!(parts("a,b,c", Span::new(2, 2)), [(2, 1), (4, 0)]);
        assert_eq!(parts("", Span::new(0, 0)), [(0, 0)]);
    }
}
