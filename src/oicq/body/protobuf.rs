//! Messages of Protocol Buffers without their schema: a tree of field number, wire type
//! and value.
//!
//! Source: the encoding of Protocol Buffers; docs/protocol/oicq.md §4.9 (03xx), §4.8
//! (notices).

use crate::codes::Codes;
use crate::input::Input;
use crate::oicq::body::name::Name;
use crate::oicq::body::plausible::is_written;
use crate::oicq::body::reader::{ReadResult, Reader};
use crate::oicq::body::value::{BodyEntry, BodyValue};
use crate::span::{Span, Spanned};

/// Encoding of a value.
pub const WIRE_TYPES: Codes = Codes::new(&[
    (0, c"Varint"),
    (1, c"64-bit"),
    (2, c"Length-delimited"),
    (5, c"32-bit"),
]);

/// Maximum nesting that is decoded.
const MAX_NESTED: u8 = 4;
/// Maximum length of a varint in bytes.
const LONGEST_VARINT: usize = 10;
/// Field numbers are less than this.
const FIELD_NUMBERS: u64 = 1 << 29;

/// Reads a varint. Returns `None` if it does not end within the input or ten bytes.
fn varint(input: &mut Input<'_>) -> Option<Spanned<u64>> {
    let mut value = 0_u64;
    for (at, byte) in input.unread().iter().take(LONGEST_VARINT).enumerate() {
        let shift = 7 * u32::try_from(at).ok()?;
        value |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(Spanned::new(value, input.take(at + 1)?));
        }
    }
    None
}

/// One field.
struct Field {
    number: u32,
    wire_type: u8,
    /// The varint of field number and wire type.
    key: Span,
    value: Span,
}

fn field(input: &mut Input<'_>) -> Option<Field> {
    let key = varint(input)?;
    let number = key.value >> 3;
    if number == 0 || number >= FIELD_NUMBERS {
        return None;
    }
    let wire_type = (key.value & 7) as u8;
    let value = match wire_type {
        0 => varint(input)?.span,
        1 => input.take(8)?,
        2 => {
            let len = varint(input)?.value;
            input.take(usize::try_from(len).ok()?)?
        }
        5 => input.take(4)?,
        _ => return None,
    };
    Some(Field {
        number: u32::try_from(number).ok()?,
        wire_type,
        key: key.span,
        value,
    })
}

/// Whether `bytes` are fields to the last byte.
fn are_fields(bytes: &[u8]) -> bool {
    let mut input = Input::whole(bytes);
    while input.left() > 0 {
        if field(&mut input).is_none() {
            return false;
        }
    }
    !bytes.is_empty()
}

/// The bytes as readable text, if they are.
fn text(bytes: &[u8]) -> Option<&str> {
    let text = core::str::from_utf8(bytes).ok()?;
    (!text.is_empty() && is_written(text)).then_some(text)
}

/// Head length4, body length4, head, body. Returns the index of the body's first entry.
pub(crate) fn pair(r: &mut Reader<'_>) -> Option<usize> {
    let head = r.u32(Name::ProtobufHeadLength)?;
    let body = r.u32(Name::ProtobufBodyLength)?;
    message(r, Name::ProtobufHead, usize::try_from(head).ok()?)?;
    let first = r.entries.len();
    message(r, Name::ProtobufBody, usize::try_from(body).ok()?)?;
    Some(first)
}

/// A message of `len` bytes: the bytes, and the fields below them if it has any.
pub(crate) fn message(r: &mut Reader<'_>, name: Name, len: usize) -> ReadResult {
    r.nested(name, len, are_fields, |r| fields(r, 0)).map(drop)
}

fn fields(r: &mut Reader<'_>, nested: u8) -> ReadResult {
    r.rows(Name::ProtobufField, |r| {
        let mut ahead = r.input;
        let field = field(&mut ahead)?;
        r.push(
            Name::ProtobufNumber,
            field.key,
            BodyValue::Number(field.number),
        );
        let wire_type = field.wire_type.into();
        r.push(
            Name::ProtobufWireType,
            field.key,
            BodyValue::Number(wire_type),
        );
        r.explain(&WIRE_TYPES, wire_type);
        let before_value = Span::between(r.input.at(), field.value.start);
        r.take(before_value.len)?;
        field_value(r, &field, nested)
    })
}

fn field_value(r: &mut Reader<'_>, field: &Field, nested: u8) -> ReadResult {
    let mut ahead = r.input;
    let value = ahead.bytes(field.value);
    let words = text(value);
    let is_message = field.wire_type == 2 && nested < MAX_NESTED && are_fields(value);
    let shown = match (field.wire_type, words) {
        (0, _) => {
            let number = varint(&mut ahead)?.value;
            (Name::ProtobufInteger, BodyValue::Long(number))
        }
        (1, _) => {
            let number = ahead.le_u64()?.value;
            (Name::ProtobufFixed64, BodyValue::Long(number))
        }
        (5, _) => {
            let number = ahead.le_u32()?.value;
            (Name::ProtobufFixed32, BodyValue::Number(number))
        }
        // The tag of a nested message is a control character in most of them.
        (_, Some(words)) if !(is_message && words.contains(char::is_control)) => {
            (Name::ProtobufText, BodyValue::Text(words.to_owned()))
        }
        _ if is_message => return r.window(field.value.len, |r| fields(r, nested + 1)),
        _ => (Name::ProtobufBytes, BodyValue::Bytes),
    };
    if field.value.len > 0 {
        r.push(shown.0, field.value, shown.1);
    }
    r.take(field.value.len).map(drop)
}

/// Adds the longest text of the entries from `from` on as an entry `name`.
pub(crate) fn longest_text(entries: &mut Vec<BodyEntry>, from: usize, name: Name) {
    let texts = entries.iter().enumerate().skip(from);
    let texts = texts.filter(|(_, entry)| entry.name == Name::ProtobufText);
    let Some((at, longest)) = texts.max_by_key(|(_, entry)| entry.span.len) else {
        return;
    };
    let longest = BodyEntry {
        name,
        ..longest.clone()
    };
    entries.insert(at, longest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::body::text::Charset;

    fn read(bytes: &[u8]) -> Vec<BodyEntry> {
        let mut r = Reader::new(bytes, Charset::Utf8);
        message(&mut r, Name::ProtobufBody, bytes.len()).unwrap();
        let (entries, short) = r.finish();
        assert!(!short, "{entries:#?}");
        assert!(entries.iter().all(|entry| entry.span.end() <= bytes.len()));
        entries
    }

    #[test]
    fn every_wire_type() {
        let mut bytes = vec![0x08, 0x96, 0x01, 0x25, 1, 0, 0, 0, 0x29];
        bytes.extend(7_u64.to_le_bytes());
        bytes.extend([0x32, 2, b'h', b'i', 0x3a, 2, 0x08, 0x01, 0x42, 1, 0xff]);
        let entries = read(&bytes);
        let value = |name| {
            let found = entries.iter().find(|entry| entry.name == name);
            found.map(|entry| entry.value.clone())
        };
        assert_eq!(value(Name::ProtobufInteger), Some(BodyValue::Long(150)));
        assert_eq!(value(Name::ProtobufFixed32), Some(BodyValue::Number(1)));
        assert_eq!(value(Name::ProtobufFixed64), Some(BodyValue::Long(7)));
        let text = BodyValue::Text("hi".to_owned());
        assert_eq!(value(Name::ProtobufText), Some(text));
        assert_eq!(value(Name::ProtobufBytes), Some(BodyValue::Bytes));
        let numbers = entries.iter().filter(|e| e.name == Name::ProtobufNumber);
        let numbers: Vec<_> = numbers.map(|entry| (entry.depth, &entry.value)).collect();
        let nested = BodyValue::Number(1);
        assert_eq!(numbers[5], (3, &nested));
    }

    /// U+FFFD, which replaces an invalid character, is no text.
    #[test]
    fn only_writable_characters_are_text() {
        for (value, name) in [
            (&b"a\tb"[..], Name::ProtobufText),
            ("鲍勃".as_bytes(), Name::ProtobufText),
            ("\u{fffd}".as_bytes(), Name::ProtobufBytes),
            (b"a\x01", Name::ProtobufBytes),
        ] {
            let length = u8::try_from(value.len()).unwrap();
            let entries = read(&[&[0x0a, length], value].concat());
            assert_eq!(entries.last().map(|entry| entry.name), Some(name));
        }
    }

    #[test]
    fn a_message_may_be_made_of_writable_characters() {
        let nested = [
            b'\n', b'\t', b'a', b'b', b'c', b'd', b'e', b'f', b'g', b'h', b'i',
        ];
        let entries = read(&[&[0x0a, 11][..], &nested].concat());
        let numbers = entries.iter().filter(|e| e.name == Name::ProtobufNumber);
        assert_eq!(numbers.count(), 2);
        let text = BodyValue::Text("abcdefghi".to_owned());
        assert_eq!(entries.last().map(|entry| &entry.value), Some(&text));
    }

    #[test]
    fn an_empty_value_is_no_entry() {
        let entries = read(&[0x0a, 0]);
        let last = entries.last().map(|entry| entry.name);
        assert_eq!(last, Some(Name::ProtobufWireType));
    }

    #[test]
    fn an_invalid_message_is_bytes() {
        for bytes in [&[0x0a, 0xff, 0xff][..], &[0x0b], &[0x00, 1], &[0x08]] {
            let entries = read(bytes);
            assert_eq!(entries.len(), 1, "{bytes:02x?}");
            assert_eq!(entries[0].name, Name::ProtobufBody);
        }
    }

    #[test]
    fn nesting_is_limited() {
        let mut bytes = vec![0x08, 0x01];
        while bytes.len() < 3_000 {
            let mut outer = vec![0x0a];
            let mut len = bytes.len();
            while len > 0x7f {
                outer.push(len as u8 | 0x80);
                len >>= 7;
            }
            outer.push(len as u8);
            outer.extend(&bytes);
            bytes = outer;
        }
        let entries = read(&bytes);
        let numbers = entries.iter().filter(|e| e.name == Name::ProtobufNumber);
        assert_eq!(numbers.count(), usize::from(MAX_NESTED) + 1);
        assert_eq!(
            entries.last().map(|entry| entry.name),
            Some(Name::ProtobufBytes)
        );
    }

    #[test]
    fn the_longest_text() {
        let bytes = [0x0a, 1, b'a', 0x12, 3, b'a', b'b', b'c', 0x1a, 1, b'd'];
        let mut entries = read(&bytes);
        longest_text(&mut entries, 0, Name::NoticeText);
        let text = entries.iter().find(|e| e.name == Name::NoticeText);
        assert_eq!(text.map(|e| e.span), Some(Span::new(5, 3)));
    }
}
