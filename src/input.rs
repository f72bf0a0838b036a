//! A cursor over bytes: nom's parsers, with the span of every value.
//!
//! The input has its length on the wire; the capture may have cut its last bytes. Both
//! bounds are checked here and nowhere else.

use nom::number::complete::{be_u16, be_u32, be_u64, le_u16, le_u32, le_u64, u8 as byte};
use nom::Parser;

use crate::span::{Span, Spanned};

/// The unread part of some bytes. Copy it to look ahead.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Input<'a> {
    /// The captured bytes up to `end`; spans count from the first one.
    data: &'a [u8],
    at: usize,
    /// End on the wire: at least `at` and `data.len()`.
    end: usize,
}

impl<'a> Input<'a> {
    /// A cursor over all of `data`.
    pub(crate) fn whole(data: &'a [u8]) -> Self {
        Self::from(data, 0)
    }

    /// A cursor over `data` from `start`; empty if `data` is shorter.
    pub(crate) fn from(data: &'a [u8], start: usize) -> Self {
        Self::of(data, Span::between(start, data.len()))
    }

    /// A cursor over the bytes at `span`, the last of which may be missing from `data`.
    pub(crate) fn of(data: &'a [u8], span: Span) -> Self {
        Self {
            data: data.get(..span.end()).unwrap_or(data),
            at: span.start,
            end: span.end(),
        }
    }

    /// Offset of the next unread byte.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Number of unread bytes, as on the wire.
    pub(crate) fn left(&self) -> usize {
        self.end.saturating_sub(self.at)
    }

    /// Whether the capture lacks some of the bytes.
    pub(crate) fn is_cut(&self) -> bool {
        self.data.len() < self.end
    }

    /// The unread bytes that were captured.
    pub(crate) fn unread(&self) -> &'a [u8] {
        self.data.get(self.at..).unwrap_or_default()
    }

    /// The captured bytes at `span`, read or unread, up to the end of the input.
    pub(crate) fn bytes(&self, span: Span) -> &'a [u8] {
        span.of(self.data)
    }

    /// Skips `len` bytes, captured or not. Returns `None`, skipping none, if fewer are
    /// left.
    pub(crate) fn take(&mut self, len: usize) -> Option<Span> {
        if len > self.left() {
            return None;
        }
        let span = Span::new(self.at, len);
        self.at = span.end();
        Some(span)
    }

    /// As [`Input::take`], but returns a cursor over the bytes.
    pub(crate) fn part(&mut self, len: usize) -> Option<Self> {
        let span = self.take(len)?;
        Some(Self::of(self.data, span))
    }

    /// Skips all unread bytes.
    pub(crate) fn rest(&mut self) -> Span {
        let span = Span::between(self.at, self.end);
        self.at = span.end();
        span
    }

    /// Runs `parser`, which reads `len` bytes. If the capture lacks some of them, returns
    /// `None` but skips them.
    pub(crate) fn parse<T>(
        &mut self,
        len: usize,
        mut parser: impl Parser<&'a [u8], Output = T, Error = ()>,
    ) -> Option<Spanned<T>> {
        let Ok((_, value)) = parser.parse(self.unread()) else {
            self.take(len);
            return None;
        };
        // No captured byte is past the end.
        let span = Span::new(self.at, len);
        self.at = span.end();
        Some(Spanned::new(value, span))
    }

    /// Reads one byte.
    pub(crate) fn u8(&mut self) -> Option<Spanned<u8>> {
        self.parse(1, byte)
    }

    /// Reads a 16-bit number, big-endian.
    pub(crate) fn be_u16(&mut self) -> Option<Spanned<u16>> {
        self.parse(2, be_u16)
    }

    /// Reads a 32-bit number, big-endian.
    pub(crate) fn be_u32(&mut self) -> Option<Spanned<u32>> {
        self.parse(4, be_u32)
    }

    /// Reads a 64-bit number, big-endian.
    pub(crate) fn be_u64(&mut self) -> Option<Spanned<u64>> {
        self.parse(8, be_u64)
    }

    /// Reads a 16-bit number, little-endian.
    pub(crate) fn le_u16(&mut self) -> Option<Spanned<u16>> {
        self.parse(2, le_u16)
    }

    /// Reads a 32-bit number, little-endian.
    pub(crate) fn le_u32(&mut self) -> Option<Spanned<u32>> {
        self.parse(4, le_u32)
    }

    /// Reads a 64-bit number, little-endian.
    pub(crate) fn le_u64(&mut self) -> Option<Spanned<u64>> {
        self.parse(8, le_u64)
    }

    /// Reads a 16-bit big-endian length and skips that many bytes. Returns the span of
    /// the bytes, or `None` if fewer are left.
    pub(crate) fn length_prefixed(&mut self) -> Option<Span> {
        let len = self.be_u16()?;
        self.take(len.value.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_spans() {
        let mut input = Input::from(&[9, 1, 2, 3, 4, 5, 0, 2, 7, 7, 8], 1);
        assert_eq!(input.u8(), Some(Spanned::new(1, Span::new(1, 1))));
        let mut ahead = input;
        assert_eq!(ahead.le_u16(), Some(Spanned::new(0x0302, Span::new(2, 2))));
        let number = Spanned::new(0x0203_0405, Span::new(2, 4));
        assert_eq!(input.be_u32(), Some(number));
        assert_eq!(input.length_prefixed(), Some(Span::new(8, 2)));
        assert_eq!(input.unread(), [8]);
        assert_eq!(input.rest(), Span::new(10, 1));
        assert_eq!(input.left(), 0);
    }

    #[test]
    fn uncaptured_bytes_are_skipped() {
        let mut input = Input::of(&[0x12, 0x34, 0x56], Span::new(0, 5));
        assert_eq!(input.be_u16(), Some(Spanned::new(0x1234, Span::new(0, 2))));
        assert!(input.is_cut());
        assert_eq!(input.be_u16(), None);
        assert_eq!(input.left(), 1);
        assert_eq!(input.take(2), None);
        assert_eq!(input.take(1), Some(Span::new(4, 1)));
    }

    #[test]
    fn a_part_ends_before_the_whole() {
        let mut input = Input::whole(b"abcd");
        let mut part = input.part(2).unwrap();
        assert_eq!(part.be_u32(), None);
        assert_eq!(part.rest(), Span::new(0, 2));
        assert_eq!(input.at(), 2);
        assert!(input.part(3).is_none());
        assert_eq!(Input::from(b"ab", 3).left(), 0);
    }
}
