//! Tencent QQ (Wireshark's `oicq`): the frames 02 ... 03 between clients and servers.

pub mod body;
pub mod crypto;
pub mod dissect;
pub mod event;
pub mod fields;
pub mod keystore;
#[cfg(test)]
#[path = "../../tests/support/qq_tea.rs"]
mod qq_tea;
pub mod state;
pub mod tree;
pub mod wire;
