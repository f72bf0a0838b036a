//! Decodes plaintext bodies of QQ, decrypted or never encrypted.
//!
//! [`decode`](decode()) turns a body into entries: a name (a row of the table of fields,
//! which is data), a span from the first byte of the body, and a value. Bytes of
//! unpublished meaning are an entry, too, so every byte of a body is accounted for,
//! except the length before a text or a token.
//!
//! The row of a command lists its layouts; `layout` decides whether one of them is
//! trusted.
//!
//! Source: docs/protocol/oicq.md §4.2 to §4.9, §7, §8; §12.1 to §12.3.

pub(crate) mod account;
pub mod codes;
pub(crate) mod contacts;
pub mod decode;
pub mod emoticons;
pub mod event_codes;
pub(crate) mod events;
pub(crate) mod faults;
pub(crate) mod file_request;
pub(crate) mod font;
pub(crate) mod fragment;
pub(crate) mod friends;
pub(crate) mod group;
pub(crate) mod group_2012;
pub mod group_codes;
pub(crate) mod keep_alive;
pub(crate) mod layout;
pub(crate) mod layouts_push;
pub(crate) mod lists_2012;
pub(crate) mod login_2009;
pub(crate) mod login_2013;
pub(crate) mod login_classic;
pub(crate) mod mail;
pub(crate) mod message;
pub(crate) mod message_blocks;
pub mod name;
pub(crate) mod picture_part;
pub(crate) mod plausible;
pub mod protobuf;
pub(crate) mod push;
pub mod reader;
pub(crate) mod reader_marks;
pub(crate) mod reader_parts;
pub(crate) mod reader_texts;
pub(crate) mod session_2012;
pub(crate) mod status;
pub(crate) mod sub_command;
pub(crate) mod system_message;
#[cfg(test)]
mod tests;
pub mod text;
pub(crate) mod tlv;
pub mod tlv_codes;
pub mod value;

pub use crate::oicq::body::decode::{decode, DecodedBody};
pub(crate) use crate::oicq::body::plausible::is_account;
