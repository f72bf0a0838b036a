//! Bytes that a decoder reads from their start: nom's parsers, with the span of every value.
//!
//! A run of bytes has its length on the wire; of its last bytes the capture may lack some. Both
//! bounds are checked here and nowhere else.

use nom::number::complete::{be_u16, be_u32, be_u64, le_u16, le_u32, le_u64, u8 as byte};
use nom::Parser;

use crate::span::{Span, Spanned};

/// What is left of a run of bytes. A copy looks ahead.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Input<'a> {
    /// What the capture has of the bytes up to `end`, from the first that spans count from.
    data: &'a [u8],
    at: usize,
    /// On the wire: not before `at`, nor before the last byte of `data`.
    end: usize,
}

impl<'a> Input<'a> {
    /// All of `data`.
    pub(crate) fn whole(data: &'a [u8]) -> Self {
        Self::from(data, 0)
    }

    /// `data` from `start` on; nothing if it ends before.
    pub(crate) fn from(data: &'a [u8], start: usize) -> Self {
        Self::of(data, Span::between(start, data.len()))
    }

    /// The bytes at `span`, of which `data` may lack the last ones.
    pub(crate) fn of(data: &'a [u8], span: Span) -> Self {
        Self {
            data: data.get(..span.end()).unwrap_or(data),
            at: span.start,
            end: span.end(),
        }
    }

    /// Offset of the next byte.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// How many bytes are left, on the wire.
    pub(crate) fn left(&self) -> usize {
        self.end.saturating_sub(self.at)
    }

    /// Whether the capture lacks bytes.
    pub(crate) fn is_cut(&self) -> bool {
        self.data.len() < self.end
    }

    /// The captured ones of the bytes that are left.
    pub(crate) fn ahead(&self) -> &'a [u8] {
        self.data.get(self.at..).unwrap_or_default()
    }

    /// The captured bytes at `span`, read or not, if it lies before the end.
    pub(crate) fn bytes(&self, span: Span) -> &'a [u8] {
        span.of(self.data)
    }

    /// Reads over `len` bytes, captured or not. `None`, and nothing is read, when fewer are left.
    pub(crate) fn take(&mut self, len: usize) -> Option<Span> {
        if len > self.left() {
            return None;
        }
        let span = Span::new(self.at, len);
        self.at = span.end();
        Some(span)
    }

    /// As [`Input::take`], to be read by themselves.
    pub(crate) fn part(&mut self, len: usize) -> Option<Self> {
        let span = self.take(len)?;
        Some(Self::of(self.data, span))
    }

    /// Reads over all bytes that are left.
    pub(crate) fn rest(&mut self) -> Span {
        let span = Span::between(self.at, self.end);
        self.at = span.end();
        span
    }

    /// The value of `parser`, which reads `len` bytes. Where the capture lacks some of them,
    /// there is no value, but they count as read.
    pub(crate) fn parse<T>(
        &mut self,
        len: usize,
        mut parser: impl Parser<&'a [u8], Output = T, Error = ()>,
    ) -> Option<Spanned<T>> {
        let Ok((_, value)) = parser.parse(self.ahead()) else {
            self.take(len);
            return None;
        };
        // Nothing that is captured lies behind the end.
        let span = Span::new(self.at, len);
        self.at = span.end();
        Some(Spanned::new(value, span))
    }

    /// One byte.
    pub(crate) fn u8(&mut self) -> Option<Spanned<u8>> {
        self.parse(1, byte)
    }

    /// A number of two bytes, big-endian.
    pub(crate) fn be_u16(&mut self) -> Option<Spanned<u16>> {
        self.parse(2, be_u16)
    }

    /// A number of four bytes, big-endian.
    pub(crate) fn be_u32(&mut self) -> Option<Spanned<u32>> {
        self.parse(4, be_u32)
    }

    /// A number of eight bytes, big-endian.
    pub(crate) fn be_u64(&mut self) -> Option<Spanned<u64>> {
        self.parse(8, be_u64)
    }

    /// A number of two bytes, little-endian.
    pub(crate) fn le_u16(&mut self) -> Option<Spanned<u16>> {
        self.parse(2, le_u16)
    }

    /// A number of four bytes, little-endian.
    pub(crate) fn le_u32(&mut self) -> Option<Spanned<u32>> {
        self.parse(4, le_u32)
    }

    /// A number of eight bytes, little-endian.
    pub(crate) fn le_u64(&mut self) -> Option<Spanned<u64>> {
        self.parse(8, le_u64)
    }

    /// A length of two bytes, big-endian, and as many bytes, of which the span is.
    pub(crate) fn counted(&mut self) -> Option<Span> {
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
        assert_eq!(input.counted(), Some(Span::new(8, 2)));
        assert_eq!(input.ahead(), [8]);
        assert_eq!(input.rest(), Span::new(10, 1));
        assert_eq!(input.left(), 0);
    }

    #[test]
    fn what_the_capture_lacks_is_read_all_the_same() {
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
