//! MSN Messenger (Wireshark's `msnms`): command lines, error replies and their payloads.

pub mod common;
pub mod dissect;
pub mod http;
pub mod msnftp;
pub mod msnp;
pub mod p2p;
pub mod slp;
pub mod state;
pub(crate) mod tree;
