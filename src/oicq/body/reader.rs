//! A cursor over a plain body: every read leaves an entry (name, span, value) behind.
//!
//! A body is written down as the row of reads that its layout is. When the bytes end
//! inside it, the entries read so far stay, and what is left over becomes an entry, too.

use core::net::Ipv4Addr;

use crate::codes::Codes;
use crate::oicq::body::faults::Faults;
use crate::oicq::body::name::Name;
use crate::oicq::body::text::Charset;
use crate::oicq::body::value::{Entry, Value};
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::era::FIRST_OF_2009;
use crate::span::Span;

/// No body has more entries: the longest lists of the protocol have a few hundred rows.
const MAX_ENTRIES: usize = 4_000;
/// Deepest nesting of entries.
pub(crate) const MAX_DEPTH: u8 = 6;

/// A cursor over one body.
#[derive(Debug)]
pub struct Reader<'a> {
    pub(crate) data: &'a [u8],
    pub(crate) at: usize,
    pub(crate) end: usize,
    pub(crate) depth: u8,
    pub(crate) charset: Charset,
    pub(crate) entries: Vec<Entry>,
    /// The QQ number of the header, where it has one.
    pub(crate) own: Option<u32>,
    /// The client's version.
    pub(crate) version: u16,
    /// Who sent the body.
    pub(crate) direction: Direction,
    pub(crate) faults: Faults,
    /// Windows around the cursor.
    pub(crate) windows: u8,
}

impl<'a> Reader<'a> {
    /// At the first byte of `data`.
    pub fn new(data: &'a [u8], charset: Charset) -> Self {
        Self {
            data,
            at: 0,
            end: data.len(),
            depth: 0,
            charset,
            entries: Vec::new(),
            own: None,
            version: 0,
            direction: Direction::Unknown,
            faults: Faults::default(),
            windows: 0,
        }
    }

    /// For a body of this client and direction; `uin` is the QQ number of the header.
    pub fn of(self, version: u16, direction: Direction, uin: Option<u32>) -> Self {
        Self {
            own: uin,
            version,
            direction,
            ..self
        }
    }

    /// What was read, and whether bytes were missing. What nothing has read is an entry.
    pub fn finish(mut self) -> (Vec<Entry>, bool) {
        self.rest(Name::Trailing);
        (self.entries, self.faults.short)
    }

    /// Bytes behind the cursor.
    pub fn left(&self) -> usize {
        self.end.saturating_sub(self.at)
    }

    /// The bytes behind the cursor.
    pub fn ahead(&self) -> &'a [u8] {
        Span::between(self.at, self.end).of(self.data)
    }

    /// The byte at the cursor, unread.
    pub fn peek(&self) -> Option<u8> {
        self.ahead().first().copied()
    }

    /// How texts are read from here on.
    pub fn set_charset(&mut self, charset: Charset) {
        self.charset = charset;
    }

    pub(crate) fn push(&mut self, name: Name, span: Span, value: Value) {
        if self.entries.len() < MAX_ENTRIES {
            self.entries.push(Entry {
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

    /// The next `len` bytes. Without them the body is short, and nothing more is read.
    pub(crate) fn take(&mut self, len: usize) -> Option<(Span, &'a [u8])> {
        if len > self.left() || self.entries.len() >= MAX_ENTRIES {
            self.faults.short = true;
            return None;
        }
        let span = Span::new(self.at, len);
        self.at += len;
        Some((span, span.of(self.data)))
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Option<(Span, [u8; N])> {
        let (span, bytes) = self.take(N)?;
        Some((span, *bytes.first_chunk()?))
    }

    /// A length of one byte, without an entry of its own.
    pub(crate) fn length1(&mut self) -> Option<usize> {
        self.array::<1>().map(|(_, [len])| usize::from(len))
    }

    /// A length of two bytes, without an entry of its own.
    pub(crate) fn length2(&mut self) -> Option<usize> {
        let (_, bytes) = self.array()?;
        Some(usize::from(u16::from_be_bytes(bytes)))
    }

    /// One byte.
    pub fn u8(&mut self, name: Name) -> Option<u8> {
        let (span, [value]) = self.array()?;
        self.push(name, span, Value::Number(value.into()));
        Some(value)
    }

    /// Two bytes, big-endian.
    pub fn u16(&mut self, name: Name) -> Option<u16> {
        let (span, bytes) = self.array()?;
        let value = u16::from_be_bytes(bytes);
        self.push(name, span, Value::Number(value.into()));
        Some(value)
    }

    /// Four bytes, big-endian.
    pub fn u32(&mut self, name: Name) -> Option<u32> {
        let (span, bytes) = self.array()?;
        let value = u32::from_be_bytes(bytes);
        self.push(name, span, Value::Number(value));
        Some(value)
    }

    /// One byte that a table explains.
    pub fn code8(&mut self, name: Name, codes: &'static Codes) -> Option<u8> {
        let value = self.u8(name)?;
        self.explain(codes, value.into());
        Some(value)
    }

    /// Two bytes that a table explains.
    pub fn code16(&mut self, name: Name, codes: &'static Codes) -> Option<u16> {
        let value = self.u16(name)?;
        self.explain(codes, value.into());
        Some(value)
    }

    /// Four bytes that a table explains.
    pub fn code32(&mut self, name: Name, codes: &'static Codes) -> Option<u32> {
        let value = self.u32(name)?;
        self.explain(codes, value);
        Some(value)
    }

    /// A sub-command. Since QQ2009 it must be one of the table, or the layout is another one.
    pub fn sub_command(&mut self, codes: &'static Codes) -> Option<u8> {
        let value = self.code8(Name::SubCommand, codes)?;
        let is_known = codes.name(value.into()).is_some();
        self.require(is_known || self.version < FIRST_OF_2009)?;
        Some(value)
    }

    /// One byte that holds the number times `factor`.
    pub fn multiple(&mut self, name: Name, factor: u8) -> Option<()> {
        let (span, [value]) = self.array()?;
        let value = value.checked_div(factor).unwrap_or(value);
        self.push(name, span, Value::Number(value.into()));
        Some(())
    }

    /// Some bits of the byte at the cursor, which stays where it is.
    pub fn bits(&mut self, name: Name, mask: u8, codes: Option<&'static Codes>) -> Option<u8> {
        let value = self.peek()? & mask;
        self.push(name, Span::new(self.at, 1), Value::Number(value.into()));
        if let Some(codes) = codes {
            self.explain(codes, value.into());
        }
        Some(value)
    }

    /// Moves the cursor over a byte that `bits` has shown.
    pub fn skip(&mut self) -> Option<()> {
        self.take(1).map(drop)
    }

    /// An IPv4 address.
    pub fn ip(&mut self, name: Name) -> Option<Ipv4Addr> {
        let (span, bytes) = self.array::<4>()?;
        let address = Ipv4Addr::from(bytes);
        self.push(name, span, Value::Address(address));
        Some(address)
    }

    /// Seconds since 1970, four bytes.
    pub fn time(&mut self, name: Name) -> Option<u32> {
        let (span, bytes) = self.array()?;
        let value = u32::from_be_bytes(bytes);
        self.push(name, span, Value::Time(value));
        Some(value)
    }

    /// So many bytes.
    pub fn bytes(&mut self, name: Name, len: usize) -> Option<&'a [u8]> {
        let (span, bytes) = self.take(len)?;
        if len > 0 {
            self.push(name, span, Value::Bytes);
        }
        Some(bytes)
    }

    /// So many bytes that open other packets or stand for a password.
    pub fn secret(&mut self, name: Name, len: usize) -> Option<&'a [u8]> {
        let (span, bytes) = self.take(len)?;
        self.push(name, span, Value::Secret);
        Some(bytes)
    }

    /// So many bytes whose meaning nobody has published.
    pub fn unexplained(&mut self, len: usize) -> Option<&'a [u8]> {
        self.faults.gaps |= len > 0;
        self.bytes(Name::Unexplained, len)
    }

    /// All bytes that are left, if there are some.
    pub fn rest(&mut self, name: Name) {
        let span = Span::between(self.at, self.end);
        self.at = self.end;
        if span.len > 0 {
            self.faults.open |= self.windows == 0;
            self.push(name, span, Value::Bytes);
        }
    }
}
