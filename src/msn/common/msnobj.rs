//! `<msnobj …/>`: the descriptor of an avatar, emoticon, wink or other object that peers
//! can request.
//!
//! Raw in message bodies, URL-encoded in CHG, NLN and ILN, and as base64 in the Context
//! of an invitation. Source: docs/protocol/msnp.md §5.6.

#[cfg(test)]
mod tests;

use std::iter::Peekable;

use base64::engine::general_purpose::STANDARD;
use base64::Engine as _;
use memchr::memmem;

use crate::codes::Codes;
use crate::msn::common::number::decimal;
use crate::msn::common::percent;
use crate::span::Span;
use crate::xml;

/// Values of the attribute `Type`. For 14 the sources disagree: signature sound or location.
pub const TYPES: Codes = Codes::new(&[
    (1, c"avatar"),
    (2, c"custom emoticon"),
    (3, c"display picture"),
    (4, c"shared file"),
    (5, c"background"),
    (6, c"history"),
    (7, c"dynamic display picture"),
    (8, c"wink"),
    (9, c"map file"),
    (10, c"dynamic background"),
    (11, c"voice clip"),
    (12, c"add-in saved state"),
    (13, c"roaming object"),
    (14, c"signature sound or location"),
    (15, c"shared album picture"),
    (16, c"scene image"),
]);

/// Maximum attributes decoded; ten are known.
const MAX_ATTRIBUTES: usize = 32;
/// The beginning of an object.
const OPENING: &[u8] = b"<msnobj";

/// One attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its value, with XML entities decoded.
    pub value: String,
    /// Span of the value, without quotes.
    pub span: Span,
}

/// One object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MsnObject {
    /// From `<` to `>`, or as far as it was decoded.
    pub span: Span,
    /// Its attributes, in order.
    pub attributes: Vec<Attribute>,
    /// It ends with `>`, and every attribute is well-formed.
    pub whole: bool,
}

impl MsnObject {
    /// The value of an attribute, ignoring the case of its name: clients differ.
    pub fn value(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter();
        let mut found = found.filter(|a| a.name.eq_ignore_ascii_case(name));
        found.next().map(|a| a.value.as_str())
    }
}

/// The first object in the raw bytes of `span`.
pub fn find(data: &[u8], span: Span) -> Option<MsnObject> {
    let bytes = span.of(data);
    let start = memmem::find(bytes, OPENING)?;
    read(bytes, start, |at| span.start + at)
}

/// The first object in the URL-encoded bytes of `span`, to which its spans refer.
pub fn find_encoded(data: &[u8], span: Span) -> Option<MsnObject> {
    let decoded = percent::decode(span.of(data));
    let start = memmem::find(&decoded.bytes, OPENING)?;
    read(&decoded.bytes, start, |at| {
        span.start + decoded.encoded_offset(at)
    })
}

/// The first object in an unescaped text: all its spans are `span`.
pub fn of_text(text: &str, span: Span) -> Option<MsnObject> {
    let start = memmem::find(text.as_bytes(), OPENING)?;
    let mut object = read(text.as_bytes(), start, |at| at)?;
    object.span = span;
    for attribute in &mut object.attributes {
        attribute.span = span;
    }
    Some(object)
}

/// The attribute `Type` of the object at the beginning of the URL-encoded `word`, as
/// [`find_encoded`] finds it. Keeps nothing else.
pub fn encoded_type(word: &[u8]) -> Option<u32> {
    let mut bytes = percent::bytes(word).peekable();
    if !bytes
        .by_ref()
        .take(OPENING.len())
        .eq(OPENING.iter().copied())
    {
        return None;
    }
    for _ in 0..MAX_ATTRIBUTES {
        let is_between = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'/';
        while bytes.next_if(is_between).is_some() {}
        let (name, value) = short_attribute(&mut bytes)?;
        if name.is("type") {
            return match value.bytes() {
                Some(digits) if !digits.contains(&b'&') => decimal(digits),
                _ => decimal(
                    find_encoded(word, Span::new(0, word.len()))?
                        .value("Type")?
                        .as_bytes(),
                ),
            };
        }
    }
    None
}

/// At most eight bytes of a text.
#[derive(Debug, Default)]
struct ShortText {
    start: [u8; 8],
    len: usize,
}

impl ShortText {
    fn push(&mut self, byte: u8) {
        if let Some(place) = self.start.get_mut(self.len) {
            *place = byte;
        }
        self.len += 1;
    }

    /// The bytes, if they are all.
    fn bytes(&self) -> Option<&[u8]> {
        self.start.get(..self.len)
    }

    fn is(&self, name: &str) -> bool {
        let bytes = self.bytes();
        bytes.is_some_and(|bytes| bytes.eq_ignore_ascii_case(name.as_bytes()))
    }
}

/// The name and the value of the attribute at the beginning of `bytes`: see [`attribute`].
fn short_attribute(
    bytes: &mut Peekable<impl Iterator<Item = u8>>,
) -> Option<(ShortText, ShortText)> {
    let (mut name, mut value) = (ShortText::default(), ShortText::default());
    while let Some(byte) = bytes.next_if(is_name) {
        name.push(byte);
    }
    let is_blank = |byte: &u8| byte.is_ascii_whitespace();
    while bytes.next_if(is_blank).is_some() {}
    bytes.next_if_eq(&b'=').filter(|_| name.len > 0)?;
    while bytes.next_if(is_blank).is_some() {}
    let quote = bytes.next_if(|byte| matches!(byte, b'"' | b'\''))?;
    loop {
        match bytes.next()? {
            byte if byte == quote => return Some((name, value)),
            byte => value.push(byte),
        }
    }
}

/// Decodes the object at `start`; `origin` maps offsets in `bytes` to the payload.
fn read(bytes: &[u8], start: usize, origin: impl Fn(usize) -> usize) -> Option<MsnObject> {
    let mut at = start + OPENING.len();
    let mut object = MsnObject {
        span: Span::default(),
        attributes: Vec::new(),
        whole: false,
    };
    loop {
        at += blanks(bytes, at);
        match bytes.get(at) {
            Some(b'/') => at += 1,
            Some(b'>') => {
                at += 1;
                object.whole = true;
                break;
            }
            Some(_) if object.attributes.len() < MAX_ATTRIBUTES => {
                let Some((name, value)) = attribute(bytes, at) else {
                    break;
                };
                at = value.end() + 1;
                object.attributes.push(Attribute {
                    name: String::from_utf8_lossy(name.of(bytes)).into_owned(),
                    value: xml::unescape(&String::from_utf8_lossy(value.of(bytes))).into_owned(),
                    span: Span::between(origin(value.start), origin(value.end())),
                });
            }
            _ => break,
        }
    }
    object.span = Span::between(origin(start), origin(at.min(bytes.len())));
    Some(object)
}

fn blanks(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().take_while(|b| b.is_ascii_whitespace()).count()
}

fn is_name(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b':')
}

/// Spans of the name and value of `name="value"`; the value without its quotes.
fn attribute(bytes: &[u8], at: usize) -> Option<(Span, Span)> {
    let rest = bytes.get(at..)?;
    let name = rest.iter().take_while(|byte| is_name(byte)).count();
    let name = Span::new(at, name);
    let equals = name.end() + blanks(bytes, name.end());
    if name.len == 0 || bytes.get(equals) != Some(&b'=') {
        return None;
    }
    let quote = equals + 1 + blanks(bytes, equals + 1);
    let mark = bytes.get(quote).filter(|b| matches!(b, b'"' | b'\''))?;
    let value = bytes.get(quote + 1..)?;
    let len = memchr::memchr(*mark, value)?;
    Some((name, Span::new(quote + 1, len)))
}

/// Decodes the name in `Friendly`: base64 of NUL-terminated UTF-16, little-endian.
pub fn decode_friendly(value: &str) -> Option<String> {
    let bytes = STANDARD.decode(value).ok()?;
    let text = encoding_rs::UTF_16LE.decode_without_bom_handling(&bytes).0;
    Some(text.trim_end_matches('\0').to_owned())
}

/// Decodes the hash in `SHA1D` or `SHA1C`: base64 of a SHA-1.
pub fn decode_hash(value: &str) -> Option<[u8; 20]> {
    STANDARD.decode(value).ok()?.try_into().ok()
}
