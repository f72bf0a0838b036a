//! Tencent QQ (Wireshark's `oicq`): the frames 02 ... 03 between clients and servers.

pub mod body;
pub mod crypto;
pub mod dissect;
pub mod event;
pub mod fields;
pub mod keystore;
pub mod state;
pub mod tree;
pub mod wire;
