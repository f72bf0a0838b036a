//! MSN Messenger (Wireshark's `msnms`): command lines, error replies and their payloads.

pub mod command;
pub mod dissect;
pub mod error_codes;
pub mod fields;
pub mod guid;
pub mod line;
pub mod msnftp;
pub mod p2p;
pub mod pdu;
pub mod recognise;
pub mod session;
pub mod slp;
