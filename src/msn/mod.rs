//! MSN Messenger (Wireshark's `msnms`): command lines, error replies and their payloads.

pub mod account;
pub mod blocks;
pub mod capabilities;
pub mod challenge;
pub mod charset;
pub mod chunks;
pub mod claim;
pub mod command;
pub mod composite;
pub mod contact_xml;
pub mod content;
pub mod current_media;
pub mod dissect;
pub mod encoded_word;
pub mod ends;
pub mod error_codes;
pub mod fields;
pub mod guid;
pub mod http;
pub mod im_format;
pub mod invitation;
pub mod line;
pub mod list_time;
pub mod mime;
pub mod msnftp;
pub mod msnobj;
pub mod p2p;
pub mod parameter;
pub mod payload;
pub mod pdu;
pub mod percent;
pub mod recognise;
pub mod sealed;
pub mod session;
mod show_info;
mod show_meaning;
pub mod show_parameters;
mod show_pdu;
mod show_sealed;
pub mod show_session;
pub mod show_values;
pub mod slp;
pub mod tracker;
pub mod values;

#[cfg(test)]
mod agreement;
