//! A cursor over a plaintext body: every read adds an entry (name, span, value).
//!
//! A layout is a sequence of reads. If the bytes end within it, the entries read so far
//! are kept, and the remaining bytes become an entry, too.

#[cfg(test)]
mod tests;

use core::net::Ipv4Addr;

use crate::codes::Codes;
use crate::input::Input;
use crate::oicq::body::faults::Faults;
use crate::oicq::body::name::Name;
use crate::oicq::body::text::Charset;
use crate::oicq::body::value::{BodyEntry, BodyValue};
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::era::FIRST_OF_2009;
use crate::span::{Span, Spanned};

/// Maximum number of entries of a body; the longest lists of the protocol have a few
/// hundred rows.
const MAX_ENTRIES: usize = 4_000;
/// Maximum nesting of entries.
pub(crate) const MAX_DEPTH: u8 = 6;

/// The result of a read: `None` if the bytes ended or do not fit the layout.
pub(crate) type ReadResult = Option<()>;

/// A cursor over one body.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The unread bytes of the body, or of the window.
    pub(crate) input: Input<'a>,
    pub(crate) depth: u8,
    pub(crate) charset: Charset,
    pub(crate) entries: Vec<BodyEntry>,
    /// The QQ number of the header, if it has one.
    pub(crate) own_uin: Option<u32>,
    /// The client's version.
    pub(crate) version: u16,
    /// Who sent the body.
    pub(crate) direction: Direction,
    pub(crate) faults: Faults,
    /// Number of windows around the cursor.
    pub(crate) windows: u8,
}

impl<'a> Reader<'a> {
    /// A cursor at the first byte of `data`.
    pub fn new(data: &'a [u8], charset: Charset) -> Self {
        Self {
            input: Input::whole(data),
            depth: 0,
            charset,
            entries: Vec::new(),
            own_uin: None,
            version: 0,
            direction: Direction::Unknown,
            faults: Faults::default(),
            windows: 0,
        }
    }

    /// Sets client version and direction of the body; `uin` is the QQ number of the
    /// header.
    pub fn with_context(self, version: u16, direction: Direction, uin: Option<u32>) -> Self {
        Self {
            own_uin: uin,
            version,
            direction,
            ..self
        }
    }

    /// Returns the entries, and whether bytes were missing. Unread bytes become an entry.
    pub fn finish(mut self) -> (Vec<BodyEntry>, bool) {
        self.rest(Name::Trailing);
        (self.entries, self.faults.short)
    }

    /// Number of unread bytes.
    pub fn left(&self) -> usize {
        self.input.left()
    }

    /// The unread bytes.
    pub fn ahead(&self) -> &'a [u8] {
        self.input.unread()
    }

    /// The byte at the cursor, without reading it.
    pub fn peek(&self) -> Option<u8> {
        self.ahead().first().copied()
    }

    /// Sets the character set of the texts from here on.
    pub fn set_charset(&mut self, charset: Charset) {
        self.charset = charset;
    }

    pub(crate) fn push(&mut self, name: Name, span: Span, value: BodyValue) {
        if self.entries.len() < MAX_ENTRIES {
            self.entries.push(BodyEntry {
                name,
                depth: self.depth,
                span,
                value,
                meaning: None,
            });
        }
    }

    pub(crate) fn explain(&mut self, codes: &'static Codes, code: u32) {
        if let Some(entry) = self.entries.last_mut() {
            entry.meaning = codes.name(code);
        }
    }

    /// Reads a value. Returns `None`, and marks the body as short, if bytes are missing
    /// or the maximum number of entries is reached.
    pub(crate) fn next<T>(
        &mut self,
        read: impl FnOnce(&mut Input<'a>) -> Option<Spanned<T>>,
    ) -> Option<Spanned<T>> {
        let is_full = self.entries.len() >= MAX_ENTRIES;
        let value = if is_full { None } else { read(&mut self.input) };
        self.faults.short |= value.is_none();
        value
    }

    /// The next `len` bytes.
    pub(crate) fn take(&mut self, len: usize) -> Option<Spanned<&'a [u8]>> {
        self.next(|input| {
            let span = input.take(len)?;
            Some(Spanned::new(input.bytes(span), span))
        })
    }

    /// A length of one byte, without an entry.
    pub(crate) fn length1(&mut self) -> Option<usize> {
        self.next(Input::u8).map(|len| len.value.into())
    }

    /// A length of two bytes, without an entry.
    pub(crate) fn length2(&mut self) -> Option<usize> {
        self.next(Input::be_u16).map(|len| len.value.into())
    }

    /// One byte.
    pub fn u8(&mut self, name: Name) -> Option<u8> {
        let Spanned { value, span } = self.next(Input::u8)?;
        self.push(name, span, BodyValue::Number(value.into()));
        Some(value)
    }

    /// Two bytes, big-endian.
    pub fn u16(&mut self, name: Name) -> Option<u16> {
        let Spanned { value, span } = self.next(Input::be_u16)?;
        self.push(name, span, BodyValue::Number(value.into()));
        Some(value)
    }

    /// Four bytes, big-endian.
    pub fn u32(&mut self, name: Name) -> Option<u32> {
        let Spanned { value, span } = self.next(Input::be_u32)?;
        self.push(name, span, BodyValue::Number(value));
        Some(value)
    }

    /// One byte with a table of names.
    pub fn code8(&mut self, name: Name, codes: &'static Codes) -> Option<u8> {
        let value = self.u8(name)?;
        self.explain(codes, value.into());
        Some(value)
    }

    /// Two bytes, big-endian, with a table of names.
    pub fn code16(&mut self, name: Name, codes: &'static Codes) -> Option<u16> {
        let value = self.u16(name)?;
        self.explain(codes, value.into());
        Some(value)
    }

    /// Four bytes, big-endian, with a table of names.
    pub fn code32(&mut self, name: Name, codes: &'static Codes) -> Option<u32> {
        let value = self.u32(name)?;
        self.explain(codes, value);
        Some(value)
    }

    /// A sub-command. Since QQ2009 it must be in the table, or another layout applies.
    pub fn sub_command(&mut self, codes: &'static Codes) -> Option<u8> {
        let value = self.code8(Name::SubCommand, codes)?;
        let is_known = codes.name(value.into()).is_some();
        self.require(is_known || self.version < FIRST_OF_2009)?;
        Some(value)
    }

    /// One byte that is the number times `factor`.
    pub fn multiple(&mut self, name: Name, factor: u8) -> Option<()> {
        let Spanned { value, span } = self.next(Input::u8)?;
        let value = value.checked_div(factor).unwrap_or(value);
        self.push(name, span, BodyValue::Number(value.into()));
        Some(())
    }

    /// Some bits of the byte at the cursor, without moving the cursor.
    pub fn bits(&mut self, name: Name, mask: u8, codes: Option<&'static Codes>) -> Option<u8> {
        let mut ahead = self.input;
        let byte = ahead.u8()?;
        let value = byte.value & mask;
        self.push(name, byte.span, BodyValue::Number(value.into()));
        if let Some(codes) = codes {
            self.explain(codes, value.into());
        }
        Some(value)
    }

    /// Moves the cursor over one byte, for instance after `bits`.
    pub fn skip(&mut self) -> Option<()> {
        self.take(1).map(drop)
    }

    /// An IPv4 address.
    pub fn ip(&mut self, name: Name) -> Option<Ipv4Addr> {
        let Spanned { value, span } = self.next(Input::be_u32)?;
        let address = Ipv4Addr::from(value);
        self.push(name, span, BodyValue::Address(address));
        Some(address)
    }

    /// Seconds since 1970: four bytes, big-endian.
    pub fn time(&mut self, name: Name) -> Option<u32> {
        let Spanned { value, span } = self.next(Input::be_u32)?;
        self.push(name, span, BodyValue::Time(value));
        Some(value)
    }

    /// `len` bytes.
    pub fn bytes(&mut self, name: Name, len: usize) -> Option<&'a [u8]> {
        let Spanned { value, span } = self.take(len)?;
        if len > 0 {
            self.push(name, span, BodyValue::Bytes);
        }
        Some(value)
    }

    /// `len` bytes that are a key for other packets or a password.
    pub fn secret(&mut self, name: Name, len: usize) -> Option<&'a [u8]> {
        let Spanned { value, span } = self.take(len)?;
        self.push(name, span, BodyValue::Secret);
        Some(value)
    }

    /// `len` bytes of unpublished meaning.
    pub fn unknown(&mut self, len: usize) -> Option<&'a [u8]> {
        self.faults.unknown_bytes |= len > 0;
        self.bytes(Name::UnknownData, len)
    }

    /// All unread bytes, if there are any.
    pub fn rest(&mut self, name: Name) {
        let span = self.input.rest();
        if span.len > 0 {
            self.faults.unknown_end |= self.windows == 0;
            self.push(name, span, BodyValue::Bytes);
        }
    }
}
