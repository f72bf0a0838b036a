//! Tencent QQ (Wireshark's `oicq`): the frames 02 ... 03 between clients and servers.

pub mod behaviour;
pub mod body;
mod body_summary;
pub mod client_table;
pub mod command;
pub mod command_table;
mod datagrams;
pub mod decrypt;
pub mod dissect;
mod doubts;
mod evidence;
pub mod families;
pub mod fields;
pub mod frame;
#[cfg(test)]
mod hex;
pub mod key_role;
pub mod keyring;
pub mod keys;
mod login_items;
pub mod login_keys;
pub mod login_layers;
pub mod message_key;
mod open_family;
#[cfg(test)]
#[path = "../../tests/support/qq_tea.rs"]
mod qq_tea;
pub mod recognise;
mod related;
pub mod sealed;
pub mod session;
mod shape;
mod show_body;
mod show_family;
pub mod tea;
mod trace;
pub mod tunnel;
pub mod vault;
mod watch;

/// The servers' UDP port.
pub const PORT: u16 = 8000;
/// The first byte of a frame of the basic family.
pub const FLAG: u8 = 0x02;
/// The last byte of a frame of the basic family.
pub const TRAILER: u8 = 0x03;
