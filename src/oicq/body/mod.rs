//! What stands in the bodies of QQ once they are plain: opened, or never encrypted.
//!
//! [`decode`] turns the bytes of one body into entries: fields (rows of the table of fields,
//! which is data), spans that count from the first byte of the body, values. What nobody has
//! published is an entry, too, so every byte of a body is accounted for, except lengths that
//! a text or a token follows.
//!
//! By which layout a body is read, `layouts` says, and `layout` whether the layout is trusted.
//!
//! Source: protocol reference, OICQ §4.2 to §4.9, §7, §8; OICQ 2012 §1 to §3.

mod account;
pub mod codes;
mod contacts;
pub mod event_codes;
mod events;
pub mod faces;
mod file_request;
mod font;
mod friends;
mod group;
mod group_2012;
pub mod group_codes;
#[cfg(test)]
mod hostile_tests;
mod keep_alive;
mod layout;
mod layouts;
mod layouts_push;
mod lists_2012;
mod login_2009;
mod login_2013;
mod login_classic;
mod mail;
mod message;
mod message_blocks;
mod plausible;
pub mod protobuf;
pub mod reader;
mod reader_marks;
mod reader_parts;
mod reader_texts;
mod session_2012;
mod status;
mod system_message;
#[cfg(test)]
mod tests;
pub mod text;
mod tlv;
pub mod tlv_codes;

use layouts::{DEVICES, LAYOUTS, PROOFS};
pub(super) use plausible::is_account;
use reader::{Entry, Reader, Value};
use text::Charset;

use super::fields::Field;
use super::frame::Direction;
use super::key_role::{Layer, Place};
use super::tea;
use crate::span::Span;

/// A body, decoded.
#[derive(Debug, Clone)]
pub struct Body {
    /// What stands in it, in order.
    pub entries: Vec<Entry>,
    /// The bytes ended inside a value.
    pub short: bool,
}

impl Body {
    /// The first entry of this field.
    pub fn find(&self, field: Field) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.field == field)
    }

    /// The bytes of every entry of this field, in order.
    pub fn spans(&self, field: Field) -> impl Iterator<Item = Span> + '_ {
        let entries = self
            .entries
            .iter()
            .filter(move |entry| entry.field == field);
        entries.map(|entry| entry.span)
    }

    /// The first number of this field.
    pub fn number(&self, field: Field) -> Option<u32> {
        match self.find(field)?.value {
            Value::Number(number) | Value::Time(number) => Some(number),
            _ => None,
        }
    }

    /// The first text of this field.
    pub fn text(&self, field: Field) -> Option<&str> {
        match &self.find(field)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Reads a plaintext of `place`; `uin` is the QQ number of the header, where it has one.
pub fn decode(place: &Place, uin: Option<u32>, plain: &[u8]) -> Body {
    let charset = if place.is_old() {
        Charset::Gbk
    } else {
        Charset::Utf8
    };
    let uin = uin.filter(|uin| *uin != 0);
    let mut reader = Reader::new(plain, charset).of(place.version, place.direction, uin);
    match place.layer {
        Layer::Frame if is_sealed_again(place, plain) => reader.rest(Field::SealedTlvs),
        Layer::Frame | Layer::Second => {
            layout::read(LAYOUTS, layouts::key(place.command), &mut reader);
        }
        Layer::Proof => layout::read(PROOFS, 0, &mut reader),
        Layer::Device => layout::read(DEVICES, 0, &mut reader),
    }
    let (entries, short) = reader.finish();
    Body { entries, short }
}

/// An answer to 0x0836 is encrypted twice, unless it says what went wrong: then it is a
/// result and TLVs.
fn is_sealed_again(place: &Place, plain: &[u8]) -> bool {
    place.command == 0x0836
        && place.direction == Direction::ToClient
        && tea::is_length(plain.len())
        && !tlv::are_tlvs(plain.get(1..).unwrap_or_default())
}
