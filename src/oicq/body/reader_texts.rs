//! The cursor over a plaintext body: texts, and numbers written as text.

use core::str::FromStr;

use nom::number::complete::u8 as byte;

use crate::codes::Codes;
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::Reader;
use crate::oicq::body::text::Charset;
use crate::oicq::body::value::BodyValue;
use crate::span::{Span, Spanned};

impl<'a> Reader<'a> {
    /// A text of `len` bytes.
    pub fn text(&mut self, name: Name, len: usize) -> Option<()> {
        let Spanned { value, span } = self.take(len)?;
        let text = self.charset.decode(value);
        self.push(name, span, BodyValue::Text(text));
        Some(())
    }

    /// `len` bytes, as the text that `read` returns for them.
    pub fn text_as(
        &mut self,
        name: Name,
        len: usize,
        read: impl FnOnce(&[u8], Charset) -> String,
    ) -> Option<()> {
        let Spanned { value, span } = self.take(len)?;
        let text = read(value, self.charset);
        self.push(name, span, BodyValue::Text(text));
        Some(())
    }

    /// A colour of three bytes: red or blue first.
    pub fn colour(&mut self, name: Name, red_first: bool) -> Option<()> {
        let Spanned { value, span } = self.next(|input| input.parse(3, (byte, byte, byte)))?;
        let (a, b, c) = value;
        let (red, blue) = if red_first { (a, c) } else { (c, a) };
        self.push(
            name,
            span,
            BodyValue::Text(format!("#{red:02x}{b:02x}{blue:02x}")),
        );
        Some(())
    }

    /// A number of one byte within the last entry, shown below it.
    pub fn number_inside(&mut self, name: Name, offset: usize, value: u8) {
        let start = self
            .entries
            .last()
            .map_or(self.input.at(), |last| last.span.start);
        self.depth = self.depth.saturating_add(1);
        let span = Span::new(start.saturating_add(offset), 1);
        self.push(name, span, BodyValue::Number(value.into()));
        self.depth = self.depth.saturating_sub(1);
    }

    /// All unread bytes, as a text.
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

    /// A text up to `delimiter`, which is skipped, or up to the end.
    pub fn until(&mut self, name: Name, delimiter: u8) -> Option<()> {
        let len = self.before(delimiter);
        self.text(name, len)?;
        self.pass(delimiter);
        Some(())
    }

    /// As `until`, for a decimal number that fits `N`. Anything else becomes bytes and
    /// returns 0.
    pub fn number_until<N>(&mut self, name: Name, delimiter: u8) -> Option<N>
    where
        N: Copy + Default + FromStr + Into<u32>,
    {
        let len = self.before(delimiter);
        let Spanned { value, span } = self.take(len)?;
        self.pass(delimiter);
        let digits = core::str::from_utf8(value).ok().map(str::trim);
        let number = digits.and_then(|digits| digits.parse::<N>().ok());
        match number {
            Some(number) => self.push(name, span, BodyValue::Number(number.into())),
            None if len > 0 => {
                self.faults.invalid_value = true;
                self.push(Name::UnknownData, span, BodyValue::Bytes);
            }
            None => {}
        }
        Some(number.unwrap_or_default())
    }

    /// As `number_until`, for a number of one byte with a table of names.
    pub fn code_until(&mut self, name: Name, codes: &'static Codes, delimiter: u8) -> Option<u8> {
        let value = self.number_until::<u8>(name, delimiter)?;
        self.explain(codes, value.into());
        Some(value)
    }

    /// As `until`, for an address in dotted form.
    pub fn address_until(&mut self, name: Name, delimiter: u8) -> Option<()> {
        let len = self.before(delimiter);
        let Spanned { value, span } = self.take(len)?;
        self.pass(delimiter);
        let text = core::str::from_utf8(value).unwrap_or_default();
        match text.parse() {
            Ok(address) => self.push(name, span, BodyValue::Address(address)),
            Err(_) => {
                self.faults.invalid_value = true;
                self.push(Name::UnknownData, span, BodyValue::Bytes);
            }
        }
        Some(())
    }

    fn before(&self, delimiter: u8) -> usize {
        memchr::memchr(delimiter, self.ahead()).unwrap_or(self.left())
    }

    fn pass(&mut self, delimiter: u8) {
        if self.peek() == Some(delimiter) {
            self.input.take(1);
        }
    }
}
