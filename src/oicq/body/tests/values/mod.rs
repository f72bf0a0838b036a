//! What each layout reads from a body: what it read when these tests were written, compared by
//! eye with docs/protocol/oicq.md.
//!
//! A body is written in hexadecimal digits; `00*4` repeats a byte, `'text` is a text. What is read
//! is written as name and value: `?` for bytes of unknown meaning, `[2]` for the length of bytes, `no`
//! for a body of another layout. The last word is `short` if the body ends within a value.

mod friends;
mod groups;
mod logins;
mod messages;
mod tlvs;
mod users;

use crate::oicq::body::name::Name;
use crate::oicq::body::reader::{ReadResult, Reader};
use crate::oicq::body::tests::bytes;
use crate::oicq::body::text::Charset;
use crate::oicq::body::value::{BodyEntry, BodyValue};
use crate::oicq::wire::direction::Direction;

/// Sent by the client, and by the server.
const UP: bool = true;
const DOWN: bool = false;

/// Asserts what layouts read from bodies.
macro_rules! reads {
    ($($layout:path $(, $side:ident)?: $body:literal => $expected:literal;)*) => {$(
        let read = $crate::oicq::body::tests::values::read(|r| $layout(r $(, $side)?), $body);
        assert_eq!(read, $expected, "{} {}", stringify!($layout), $body);
    )*};
}
use reads;

fn read(layout: impl Fn(&mut Reader<'_>) -> ReadResult, body: &str) -> String {
    let plain: Vec<u8> = body.split_ascii_whitespace().flat_map(word).collect();
    let reader = Reader::new(&plain, Charset::Utf8);
    let mut reader = reader.with_context(0, Direction::Unknown, Some(12_345_678));
    if layout(&mut reader).is_none() {
        return "no".to_owned();
    }
    let (entries, short) = reader.finish();
    let mut words: Vec<String> = entries.iter().map(value).collect();
    words.extend(short.then(|| "short".to_owned()));
    words.join(" ")
}

fn word(word: &str) -> Vec<u8> {
    match (word.strip_prefix('\''), word.split_once('*')) {
        (Some(text), _) => text.as_bytes().to_vec(),
        (None, Some((byte, count))) => bytes(byte).repeat(count.parse().expect("a count")),
        (None, None) => bytes(word),
    }
}

fn value(entry: &BodyEntry) -> String {
    let (name, len) = (entry.name, entry.span.len);
    match &entry.value {
        BodyValue::Bytes if name == Name::UnknownData => format!("?{len}"),
        BodyValue::Heading => format!("{name:?}:"),
        BodyValue::Number(number) => format!("{name:?}={number}"),
        BodyValue::Long(number) => format!("{name:?}={number}"),
        BodyValue::Address(address) => format!("{name:?}={address}"),
        BodyValue::Time(time) => format!("{name:?}={time:08x}"),
        BodyValue::Text(text) => format!("{name:?}={text}"),
        BodyValue::Bytes => format!("{name:?}[{len}]"),
        BodyValue::Secret => format!("{name:?}[secret {len}]"),
    }
}
