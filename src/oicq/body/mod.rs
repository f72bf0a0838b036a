//! What stands in the bodies of QQ once they are plain: opened, or never encrypted.
//!
//! [`decode`] turns the bytes of one body into entries: fields (rows of the table of fields,
//! which is data), spans that count from the first byte of the body, values. What nobody has
//! published is an entry, too, so every byte of a body is accounted for, except lengths that
//! a text or a token follows.
//!
//! Source: protocol reference, OICQ §4.2 to §4.9, §7, §8.

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
pub mod group_codes;
#[cfg(test)]
mod hostile_tests;
mod keep_alive;
mod login_2009;
mod login_2013;
mod login_classic;
mod message;
mod message_blocks;
pub mod reader;
mod reader_parts;
mod reader_texts;
mod status;
mod system_message;
#[cfg(test)]
mod tests;
pub mod text;
mod tlv;
pub mod tlv_codes;

use reader::{Entry, Reader, Value};
use text::Charset;

use super::command::FIRST_OF_2013;
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
    let mut reader = Reader::new(plain, charset);
    let to_server = place.direction == Direction::ToServer;
    let _ = match place.layer {
        Layer::Frame if is_sealed_again(place, plain) => {
            reader.rest(Field::SealedTlvs);
            Some(())
        }
        Layer::Frame | Layer::Second => body(place, uin, &mut reader),
        Layer::Proof if place.is_old() => login_classic::password_proof(&mut reader),
        Layer::Proof => login_2009::blob(&mut reader),
        Layer::Device => tlv::tlvs(&mut reader, to_server),
    };
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

fn body(place: &Place, uin: Option<u32>, r: &mut Reader<'_>) -> Option<()> {
    let to_server = place.direction == Direction::ToServer;
    // Numbers that mean the same in all eras, or exist in one alone.
    match place.command {
        0x0004 => account::update(r, to_server),
        0x0005 => account::search(r, to_server),
        0x0006 => account::details(r, to_server),
        0x0009 => contacts::add(r, to_server),
        0x000a => contacts::remove(r, to_server),
        0x000b => contacts::authorise_old(r, to_server),
        0x000d => status::change(r, to_server),
        0x0012 if to_server => system_message::acknowledged(r),
        0x0016 => message::send(r, to_server),
        0x0017 | 0x00ce if to_server => events::acknowledgement(r),
        0x0017 | 0x00ce => events::push(r),
        0x0018 if to_server => login_classic::password_changed(r),
        0x001c => contacts::remove_self(r, to_server),
        0x001d => account::keys(r, to_server),
        0x0026 => friends::list(r, to_server),
        0x0027 => status::online(r, to_server),
        0x002d => account::sms(r, to_server),
        0x003d => friends::move_to_folders(r, to_server),
        0x005c => friends::levels(r, to_server),
        0x005e => account::privacy(r, to_server),
        0x0061 => account::advanced_search(r, to_server),
        0x0065 => friends::properties(r, to_server),
        0x0066 => message::temporary(r, to_server),
        0x0067 => friends::signatures(r, to_server),
        0x0080 if !to_server => system_message::pushed(r),
        0x0081 if !to_server => {
            let is_2013 = place.version >= FIRST_OF_2013;
            status::changed(r, is_2013, uin)
        }
        0x00a4 => login_2009::after_info(r, to_server),
        0x00a6 => account::weather(r, to_server),
        0x00a7 => contacts::ask(r, to_server),
        0x00a8 => contacts::authorise(r, to_server),
        0x00ae => contacts::token(r, to_server),
        0x00b5 => account::account_states(r, to_server),
        0x00b7 => contacts::question(r, to_server),
        0x00cd => message::send_rich(r, to_server),
        0x00d4 | 0x01c0 => account::sub_and_number(r, to_server),
        0x00de => login_2009::dynamic_token(r, to_server),
        0x00e3 => login_2009::verify(r, to_server),
        0x00e5 => login_2009::login_info(r, to_server),
        0x00eb => login_2009::folders(r, to_server),
        0x00ec => status::after_login(r, to_server),
        0x0115 => contacts::prepare(r, to_server),
        0x0126 => friends::list_2009(r, to_server, place.version >= FIRST_OF_2013),
        0x0134 => friends::all(r, to_server),
        0x0300..=0x03ff => account::protobuf(r),
        0x0818 => login_2013::qr_code(r, to_server),
        0x0819 => login_2013::qr_poll(r, to_server),
        0x0825 | 0x0826 | 0x0828 | 0x0836 => login_2013::login(r, to_server),
        0x0839 if to_server => tlv::tlvs(r, true),
        _ if place.is_old() => classic(place, r),
        _ => modern(place, r),
    }
}

/// Numbers that mean something else up to QQ2008.
fn classic(place: &Place, r: &mut Reader<'_>) -> Option<()> {
    let to_server = place.direction == Direction::ToServer;
    match place.command {
        0x0001 if to_server => login_classic::logout(r),
        0x0002 if to_server => keep_alive::classic_request(r),
        0x0002 => keep_alive::classic_reply(r),
        0x0022 if !to_server => login_classic::login_reply(r),
        0x0022 if super::shape::logs_in_by_token(place.version) => login_classic::token_login(r),
        0x0022 => login_classic::login(r),
        0x0030 => group::classic(r, to_server),
        0x003c => friends::folder_names(r, to_server),
        0x003e => friends::remarks(r, to_server),
        0x0058 => friends::folders(r, to_server),
        0x005f if to_server => account::sub_command(r),
        0x0062 => login_classic::token(r, to_server),
        0x0091 => login_classic::select_server(r, to_server),
        0x00ba => login_classic::captcha(r, to_server),
        0x00dd => login_classic::password(r, to_server),
        _ => unexplained(r),
    }
}

/// The same numbers since QQ2009.
fn modern(place: &Place, r: &mut Reader<'_>) -> Option<()> {
    let to_server = place.direction == Direction::ToServer;
    match place.command {
        0x0001 => friends::folder_names_2009(r, to_server),
        0x0002 => group::since_2009(r, to_server),
        0x0030 => login_2009::login(r, to_server),
        0x003e => friends::remarks_2009(r, to_server),
        0x0058 if to_server => keep_alive::request(r),
        0x0091 => login_2009::touch(r, to_server),
        0x00ba if place.version >= FIRST_OF_2013 => login_2013::captcha(r, to_server),
        0x00ba => login_2009::captcha(r, to_server),
        0x00d8 if to_server && place.version >= FIRST_OF_2013 => account::sub_command(r),
        0x00dd => login_2009::password(r, to_server),
        _ => unexplained(r),
    }
}

fn unexplained(r: &mut Reader<'_>) -> Option<()> {
    r.rest(Field::Unexplained);
    Some(())
}
