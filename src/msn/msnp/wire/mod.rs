//! Decoders: bytes to values with spans.

pub mod blocks;
pub mod capabilities;
pub mod challenge;
pub mod chunks;
pub mod command;
pub(crate) mod command_check;
pub mod commands;
pub mod composite;
pub(crate) mod contact_outline;
pub mod contact_xml;
pub mod content;
pub mod current_media;
pub mod error_codes;
pub mod im_format;
pub mod invitation;
pub mod line;
pub mod list_time;
pub mod parameter;
pub mod pdu;
pub mod roles;
pub mod sip;
pub mod sso_blob;
pub mod values;
pub(crate) mod words;
