//! MSN Messenger (Wireshark's `msnms`): command lines, error replies and their payloads.

pub mod blocks;
pub mod charset;
pub mod chunks;
pub mod command;
pub mod contact_xml;
pub mod content;
pub mod current_media;
pub mod dissect;
pub mod encoded_word;
pub mod error_codes;
pub mod fields;
pub mod guid;
pub mod im_format;
pub mod invitation;
pub mod line;
pub mod mime;
pub mod msnftp;
pub mod msnobj;
pub mod p2p;
pub mod pdu;
pub mod percent;
pub mod recognise;
pub mod session;
pub mod slp;
pub mod xml;
