//! Splits a frame of known length into parts.

use crate::input::Input;
use crate::oicq::wire::other_frames::frame::FamilyPart;
use crate::span::{Span, Spanned};

/// Remainder of a frame, which the capture may have truncated.
#[derive(Debug)]
pub(crate) struct Cursor<'a> {
    input: Input<'a>,
    /// Parts read so far.
    pub parts: Vec<(FamilyPart, Span)>,
}

impl<'a> Cursor<'a> {
    /// At the first byte of `input`.
    pub(crate) fn new(input: Input<'a>) -> Self {
        Self {
            input,
            parts: Vec::new(),
        }
    }

    /// The remaining input, for lookahead.
    pub(crate) fn ahead(&self) -> Input<'a> {
        self.input
    }

    /// Number of bytes left.
    pub(crate) fn left(&self) -> usize {
        self.input.left()
    }

    /// Returns `Some(body)`. If decoding the body failed, the rest becomes
    /// [`FamilyPart::Unknown`] in a truncated frame; in a complete one `None` is
    /// returned.
    pub(crate) fn finish<T>(&mut self, body: Option<T>) -> Option<Option<T>> {
        if body.is_none() {
            if !self.input.is_cut() {
                return None;
            }
            self.rest(FamilyPart::Unknown);
        }
        Some(body)
    }

    /// Reads the next `len` bytes as a part.
    pub(crate) fn part(&mut self, what: FamilyPart, len: usize) -> Option<Span> {
        let span = self.input.take(len)?;
        if len > 0 {
            self.parts.push((what, span));
        }
        Some(span)
    }

    /// Reads all remaining bytes as a part.
    pub(crate) fn rest(&mut self, what: FamilyPart) {
        let left = self.left();
        self.part(what, left);
    }

    /// Reads all remaining bytes as a part: ciphertext if their number is a valid length
    /// of one.
    pub(crate) fn rest_encrypted(&mut self) {
        let left = self.left();
        self.rest(if left >= 16 && left % 8 == 0 {
            FamilyPart::Ciphertext
        } else {
            FamilyPart::Unknown
        });
    }

    /// The next byte.
    pub(crate) fn u8(&mut self) -> Option<Spanned<u8>> {
        self.input.u8()
    }

    /// The next two bytes as a number.
    pub(crate) fn u16(&mut self) -> Option<Spanned<u16>> {
        self.input.be_u16()
    }

    /// The next four bytes as a number.
    pub(crate) fn u32(&mut self) -> Option<Spanned<u32>> {
        self.input.be_u32()
    }

    /// As [`Cursor::u8`], recorded as a part.
    pub(crate) fn part_u8(&mut self, what: FamilyPart) -> Option<u8> {
        let number = self.u8()?;
        self.parts.push((what, number.span));
        Some(number.value)
    }

    /// As [`Cursor::u16`], recorded as a part.
    pub(crate) fn part_u16(&mut self, what: FamilyPart) -> Option<u16> {
        let number = self.u16()?;
        self.parts.push((what, number.span));
        Some(number.value)
    }

    /// As [`Cursor::u32`], recorded as a part.
    pub(crate) fn part_u32(&mut self, what: FamilyPart) -> Option<u32> {
        let number = self.u32()?;
        self.parts.push((what, number.span));
        Some(number.value)
    }
}
