//! A cursor over a plain body: every read leaves an entry (name, span, value) behind.
//!
//! A body is written down as the row of reads that its layout is. When the bytes end
//! inside it, the entries read so far stay, and what is left over becomes an entry, too.

use core::net::Ipv4Addr;

use super::name::Name;
use super::text::Charset;
use crate::codes::Codes;
use crate::span::Span;

/// No body has more entries: the longest lists of the protocol have a few hundred rows.
const MAX_ENTRIES: usize = 4_000;
/// Deepest nesting of entries.
const MAX_DEPTH: u8 = 6;

/// What an entry holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// None: it is the heading of the deeper entries behind it.
    Heading,
    /// A number of one, two or four bytes, or of a decimal text.
    Number(u32),
    /// An IPv4 address.
    Address(Ipv4Addr),
    /// Seconds since 1970.
    Time(u32),
    /// A text.
    Text(String),
    /// The bytes of the span.
    Bytes,
    /// The bytes of the span, which open other packets or stand for a password.
    Secret,
}

/// One value of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub name: Name,
    /// 0 for the values of the body itself, 1 for what stands under a heading, and so on.
    pub depth: u8,
    /// Where it stood in the body.
    pub span: Span,
    /// Its value.
    pub value: Value,
    /// What the number means at this place, where a table says so.
    pub meaning: Option<&'static str>,
}

/// A cursor over one body.
#[derive(Debug)]
pub struct Reader<'a> {
    data: &'a [u8],
    at: usize,
    end: usize,
    depth: u8,
    charset: Charset,
    entries: Vec<Entry>,
    short: bool,
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
            short: false,
        }
    }

    /// What was read, and whether bytes were missing. What nothing has read is an entry.
    pub fn finish(mut self) -> (Vec<Entry>, bool) {
        self.rest(Name::Trailing);
        (self.entries, self.short)
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

    /// The big-endian number at the cursor, unread.
    pub fn peek_u16(&self) -> Option<u16> {
        self.ahead().first_chunk().copied().map(u16::from_be_bytes)
    }

    /// How texts are read from here on.
    pub fn set_charset(&mut self, charset: Charset) {
        self.charset = charset;
    }

    fn push(&mut self, name: Name, span: Span, value: Value) {
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

    fn explain(&mut self, codes: &'static Codes, code: u32) {
        if let Some(entry) = self.entries.last_mut() {
            entry.meaning = codes.name(code);
        }
    }

    /// The next `len` bytes. Without them the body is short, and nothing more is read.
    fn take(&mut self, len: usize) -> Option<(Span, &'a [u8])> {
        if len > self.left() || self.entries.len() >= MAX_ENTRIES {
            self.short = true;
            return None;
        }
        let span = Span::new(self.at, len);
        self.at += len;
        Some((span, span.of(self.data)))
    }

    fn array<const N: usize>(&mut self) -> Option<(Span, [u8; N])> {
        let (span, bytes) = self.take(N)?;
        Some((span, *bytes.first_chunk()?))
    }

    /// A length of one byte, without an entry of its own.
    fn length1(&mut self) -> Option<usize> {
        self.array::<1>().map(|(_, [len])| usize::from(len))
    }

    /// A length of two bytes, without an entry of its own.
    fn length2(&mut self) -> Option<usize> {
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

    /// One byte that holds the number times `factor`.
    pub fn multiple(&mut self, name: Name, factor: u8) -> Option<()> {
        let (span, [value]) = self.array()?;
        let value = value.checked_div(factor).unwrap_or(value);
        self.push(name, span, Value::Number(value.into()));
        Some(())
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
        self.bytes(Name::Unexplained, len)
    }

    /// All bytes that are left, if there are some.
    pub fn rest(&mut self, name: Name) {
        let span = Span::between(self.at, self.end);
        self.at = self.end;
        if span.len > 0 {
            self.push(name, span, Value::Bytes);
        }
    }

    /// A text of so many bytes.
    pub fn text(&mut self, name: Name, len: usize) -> Option<()> {
        let (span, bytes) = self.take(len)?;
        let text = self.charset.decode(bytes);
        self.push(name, span, Value::Text(text));
        Some(())
    }

    /// So many bytes, as the text that `read` makes of them.
    pub fn text_as(
        &mut self,
        name: Name,
        len: usize,
        read: impl FnOnce(&[u8], Charset) -> String,
    ) -> Option<()> {
        let (span, bytes) = self.take(len)?;
        let text = read(bytes, self.charset);
        self.push(name, span, Value::Text(text));
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

    /// A colour of three bytes, red first or blue first.
    pub fn colour(&mut self, name: Name, red_first: bool) -> Option<()> {
        let (span, [a, b, c]) = self.array()?;
        let (red, blue) = if red_first { (a, c) } else { (c, a) };
        self.push(
            name,
            span,
            Value::Text(format!("#{red:02x}{b:02x}{blue:02x}")),
        );
        Some(())
    }

    /// A number found inside a text, at this place of the bytes ahead.
    pub fn number_at(&mut self, name: Name, offset: usize, value: u8) {
        let span = Span::new(self.at.saturating_add(offset), 1);
        self.push(name, span, Value::Number(value.into()));
    }

    /// All bytes that are left, as a text.
    pub fn rest_text(&mut self, name: Name) -> Option<()> {
        self.text(name, self.left())
    }

    /// A length of one byte, and a text.
    pub fn str1(&mut self, name: Name) -> Option<()> {
        let len = self.length1()?;
        self.text(name, len)
    }

    /// A length of two bytes, and a text.
    pub fn str2(&mut self, name: Name) -> Option<()> {
        let len = self.length2()?;
        self.text(name, len)
    }

    /// A length of one byte, and bytes.
    pub fn tok1(&mut self, name: Name) -> Option<&'a [u8]> {
        let len = self.length1()?;
        self.bytes(name, len)
    }

    /// A length of two bytes, and bytes.
    pub fn tok2(&mut self, name: Name) -> Option<&'a [u8]> {
        let len = self.length2()?;
        self.bytes(name, len)
    }

    /// A length of two bytes, and secret bytes.
    pub fn secret2(&mut self, name: Name) -> Option<&'a [u8]> {
        let len = self.length2()?;
        self.secret(name, len)
    }

    /// A text up to `delimiter`, which is read over, or up to the end.
    pub fn until(&mut self, name: Name, delimiter: u8) -> Option<()> {
        let len = self.before(delimiter);
        self.text(name, len)?;
        self.pass(delimiter);
        Some(())
    }

    /// As `until`, for a decimal number. What is no number stays bytes.
    pub fn number_until(&mut self, name: Name, delimiter: u8) -> Option<u32> {
        let len = self.before(delimiter);
        let (span, bytes) = self.take(len)?;
        self.pass(delimiter);
        let digits = core::str::from_utf8(bytes).ok().map(str::trim);
        let number = digits.and_then(|digits| digits.parse().ok());
        match number {
            Some(number) => self.push(name, span, Value::Number(number)),
            None if len > 0 => self.push(Name::Unexplained, span, Value::Bytes),
            None => {}
        }
        Some(number.unwrap_or(0))
    }

    /// As `number_until`, for a number that a table explains.
    pub fn code_until(&mut self, name: Name, codes: &'static Codes, delimiter: u8) -> Option<u32> {
        let value = self.number_until(name, delimiter)?;
        self.explain(codes, value);
        Some(value)
    }

    /// As `until`, for an address in dotted form.
    pub fn address_until(&mut self, name: Name, delimiter: u8) -> Option<()> {
        let len = self.before(delimiter);
        let (span, bytes) = self.take(len)?;
        self.pass(delimiter);
        let text = core::str::from_utf8(bytes).unwrap_or_default();
        match text.parse() {
            Ok(address) => self.push(name, span, Value::Address(address)),
            Err(_) => self.push(Name::Unexplained, span, Value::Bytes),
        }
        Some(())
    }

    fn before(&self, delimiter: u8) -> usize {
        memchr::memchr(delimiter, self.ahead()).unwrap_or(self.left())
    }

    fn pass(&mut self, delimiter: u8) {
        if self.peek() == Some(delimiter) {
            self.at += 1;
        }
    }

    /// A heading over what `inside` reads.
    pub fn group(
        &mut self,
        name: Name,
        inside: impl FnOnce(&mut Self) -> Option<()>,
    ) -> Option<()> {
        let (start, heading) = (self.at, self.entries.len());
        self.push(name, Span::new(start, 0), Value::Heading);
        let outside = self.depth;
        self.depth = (outside + 1).min(MAX_DEPTH);
        let done = inside(self);
        self.depth = outside;
        let span = Span::between(start, self.at);
        if let Some(heading) = self.entries.get_mut(heading) {
            heading.span = span;
        }
        done
    }

    /// A window of so many bytes, which `inside` reads. What it leaves is an entry; a
    /// fault in the window ends the window alone.
    pub fn window(
        &mut self,
        len: usize,
        inside: impl FnOnce(&mut Self) -> Option<()>,
    ) -> Option<()> {
        if len > self.left() {
            self.short = true;
            return None;
        }
        let outside = self.end;
        self.end = self.at.saturating_add(len);
        let _ = inside(self);
        self.rest(Name::Trailing);
        self.end = outside;
        Some(())
    }

    /// A length of two bytes, and a window of as many.
    pub fn window2(&mut self, inside: impl FnOnce(&mut Self) -> Option<()>) -> Option<()> {
        let len = self.length2()?;
        self.window(len, inside)
    }

    /// `one` for as long as there are bytes.
    pub fn all(&mut self, mut one: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        while self.left() > 0 {
            let before = self.at;
            one(self)?;
            if self.at == before {
                break;
            }
        }
        Some(())
    }

    /// A heading over each row, for as long as there are bytes.
    pub fn rows(&mut self, name: Name, mut row: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.all(|r| r.group(name, &mut row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_survive_when_bytes_run_out() {
        let mut r = Reader::new(&[0, 0, 0x27, 0x11, 9], Charset::Utf8);
        let done = r.u32(Name::FriendUin).and_then(|_| r.u16(Name::Age));
        assert_eq!(done, None);
        let (entries, short) = r.finish();
        assert!(short);
        assert_eq!(entries[0].value, Value::Number(10001));
        assert_eq!(entries[1].name, Name::Trailing);
        assert_eq!(entries[1].span, Span::new(4, 1));
    }

    #[test]
    fn a_window_keeps_its_faults_inside() {
        let mut r = Reader::new(&[0, 1, 5, 7], Charset::Utf8);
        r.window2(|r| r.u16(Name::Age).map(drop)).unwrap();
        assert_eq!(r.u8(Name::Face), Some(7));
        let (entries, short) = r.finish();
        assert!(short);
        assert_eq!(entries[0].name, Name::Trailing);
    }

    #[test]
    fn texts_of_numbers_and_addresses() {
        let mut r = Reader::new(b"12345678\x1f192.0.2.1\x1fno\x1f", Charset::Gbk);
        assert_eq!(r.number_until(Name::OwnUin, 0x1f), Some(12_345_678));
        r.address_until(Name::ClientAddress, 0x1f).unwrap();
        assert_eq!(r.number_until(Name::ClientPort, 0x1f), Some(0));
        let (entries, short) = r.finish();
        assert!(!short);
        assert_eq!(
            entries[1].value,
            Value::Address(Ipv4Addr::new(192, 0, 2, 1))
        );
        assert_eq!(entries[2].name, Name::Unexplained);
        assert_eq!(entries.len(), 3);
    }

    #[test]
    fn a_list_without_progress_ends() {
        let mut r = Reader::new(&[0; 8], Charset::Utf8);
        r.rows(Name::Friend, |_| Some(())).unwrap();
        assert_eq!(r.finish().0.len(), 2);
    }
}
