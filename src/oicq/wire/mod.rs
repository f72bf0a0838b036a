//! Frames of QQ: bytes to values with spans.

pub mod client_table;
pub mod command;
pub mod command_table;
pub mod families;
pub mod frame;
#[cfg(test)]
pub(crate) mod hex;
pub(crate) mod shape;
pub mod tunnel;
