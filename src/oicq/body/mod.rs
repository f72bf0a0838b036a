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

pub(crate) mod account;
pub mod codes;
pub(crate) mod contacts;
pub mod event_codes;
pub(crate) mod events;
pub mod faces;
pub(crate) mod faults;
pub(crate) mod file_request;
pub(crate) mod font;
pub(crate) mod friends;
pub(crate) mod group;
pub(crate) mod group_2012;
pub mod group_codes;
#[cfg(test)]
mod hostile_tests;
pub(crate) mod keep_alive;
pub(crate) mod layout;
pub(crate) mod layouts;
pub(crate) mod layouts_push;
pub(crate) mod lists_2012;
pub(crate) mod login_2009;
pub(crate) mod login_2013;
pub(crate) mod login_classic;
pub(crate) mod mail;
pub(crate) mod message;
pub(crate) mod message_blocks;
pub mod name;
pub(crate) mod plausible;
pub mod protobuf;
pub mod reader;
pub(crate) mod reader_marks;
pub(crate) mod reader_parts;
pub(crate) mod reader_texts;
pub(crate) mod session_2012;
pub(crate) mod status;
pub(crate) mod system_message;
#[cfg(test)]
mod tests;
pub mod text;
pub(crate) mod tlv;
pub mod tlv_codes;
pub mod value;

use crate::oicq::body::layouts::{DEVICES, LAYOUTS, PROOFS};
pub(crate) use crate::oicq::body::plausible::is_account;
use crate::oicq::body::reader::Reader;
use crate::oicq::body::text::Charset;
use crate::oicq::body::value::{Entry, Value};

use crate::oicq::body::name::Name;
use crate::oicq::crypto::key_role::{Layer, Place};
use crate::oicq::crypto::tea;
use crate::oicq::wire::frame::Direction;
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
    /// The first entry of this name.
    pub fn find(&self, name: Name) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// The bytes of every entry of this name, in order.
    pub fn spans(&self, name: Name) -> impl Iterator<Item = Span> + '_ {
        let entries = self.entries.iter().filter(move |entry| entry.name == name);
        entries.map(|entry| entry.span)
    }

    /// The first number of this name.
    pub fn number(&self, name: Name) -> Option<u32> {
        match self.find(name)?.value {
            Value::Number(number) | Value::Time(number) => Some(number),
            _ => None,
        }
    }

    /// The first text of this name.
    pub fn text(&self, name: Name) -> Option<&str> {
        match &self.find(name)?.value {
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
        Layer::Frame if is_sealed_again(place, plain) => reader.rest(Name::SealedTlvs),
        Layer::Frame | Layer::Second => {
            crate::oicq::body::layout::read(
                LAYOUTS,
                crate::oicq::body::layouts::key(place.command),
                &mut reader,
            );
        }
        Layer::Proof => crate::oicq::body::layout::read(PROOFS, 0, &mut reader),
        Layer::Device => crate::oicq::body::layout::read(DEVICES, 0, &mut reader),
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
        && !crate::oicq::body::tlv::are_tlvs(plain.get(1..).unwrap_or_default())
}
