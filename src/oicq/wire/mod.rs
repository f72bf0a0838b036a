//! Decoders of QQ frames: values with their byte ranges.

pub mod basic;
pub mod client_block;
pub mod client_table;
pub mod commands;
pub mod direction;
pub mod era;
pub mod frame;
#[cfg(test)]
pub(crate) mod hex;
pub mod other_frames;
pub mod prefix;
pub mod tunnel;
