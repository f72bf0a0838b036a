//! Cuts a frame of known length into parts, from its start to its end.

use crate::oicq::wire::families::message::What;
use crate::span::{Span, Spanned};

/// A place in a frame of which the capture may have only the beginning.
#[derive(Debug)]
pub(crate) struct Cursor<'a> {
    data: &'a [u8],
    at: usize,
    end: usize,
    /// What was cut so far.
    pub parts: Vec<(What, Span)>,
}

impl<'a> Cursor<'a> {
    /// At `at` of a frame that ends at `end`.
    pub(crate) fn new(data: &'a [u8], at: usize, end: usize) -> Self {
        Self {
            data,
            at,
            end,
            parts: Vec::new(),
        }
    }

    /// Another cursor at the same place, to look what comes.
    pub(crate) fn ahead(&self) -> Self {
        Self::new(self.data, self.at, self.end)
    }

    /// How many bytes are left.
    pub(crate) fn left(&self) -> usize {
        self.end.saturating_sub(self.at)
    }

    /// Whether the capture lacks bytes of the frame.
    pub(crate) fn is_cut(&self) -> bool {
        self.data.len() < self.end
    }

    /// Keeps what `body` has decoded. When it failed the rest stays unexplained, if that is
    /// because the capture lacks bytes, and else there is no frame.
    pub(crate) fn finish<T>(&mut self, body: Option<T>) -> Option<Option<T>> {
        if body.is_none() {
            if !self.is_cut() {
                return None;
            }
            self.rest(What::Unknown);
        }
        Some(body)
    }

    /// The next `len` bytes, on the wire if not in the capture.
    pub(crate) fn take(&mut self, len: usize) -> Option<Span> {
        if len > self.left() {
            return None;
        }
        let span = Span::new(self.at, len);
        self.at += len;
        Some(span)
    }

    /// The next `len` bytes, as a part.
    pub(crate) fn part(&mut self, what: What, len: usize) -> Option<Span> {
        let span = self.take(len)?;
        if len > 0 {
            self.parts.push((what, span));
        }
        Some(span)
    }

    /// All bytes that are left, as a part.
    pub(crate) fn rest(&mut self, what: What) {
        let left = self.left();
        self.part(what, left);
    }

    /// All bytes that are left: ciphertext if their number can be that of one.
    pub(crate) fn rest_encrypted(&mut self) {
        let left = self.left();
        self.rest(if left >= 16 && left % 8 == 0 {
            What::Ciphertext
        } else {
            What::Unknown
        });
    }

    /// The next byte.
    pub(crate) fn u8(&mut self) -> Option<Spanned<u8>> {
        let span = self.take(1)?;
        let value = *span.of(self.data).first()?;
        Some(Spanned::new(value, span))
    }

    /// The next two bytes as a number.
    pub(crate) fn u16(&mut self) -> Option<Spanned<u16>> {
        let span = self.take(2)?;
        let bytes = span.of(self.data).try_into().ok()?;
        Some(Spanned::new(u16::from_be_bytes(bytes), span))
    }

    /// The next four bytes as a number.
    pub(crate) fn u32(&mut self) -> Option<Spanned<u32>> {
        let span = self.take(4)?;
        let bytes = span.of(self.data).try_into().ok()?;
        Some(Spanned::new(u32::from_be_bytes(bytes), span))
    }

    /// As [`Cursor::u8`], and a part.
    pub(crate) fn part_u8(&mut self, what: What) -> Option<u8> {
        let number = self.u8()?;
        self.parts.push((what, number.span));
        Some(number.value)
    }

    /// As [`Cursor::u16`], and a part.
    pub(crate) fn part_u16(&mut self, what: What) -> Option<u16> {
        let number = self.u16()?;
        self.parts.push((what, number.span));
        Some(number.value)
    }

    /// As [`Cursor::u32`], and a part.
    pub(crate) fn part_u32(&mut self, what: What) -> Option<u32> {
        let number = self.u32()?;
        self.parts.push((what, number.span));
        Some(number.value)
    }
}
