//! MSNFTP: file transfer between two clients over a connection of its own, until MSNP8 or so.
//!
//! Source: protocol reference, MSNP §5.11 and §11, item 21.

pub mod block;
pub mod claim;
pub mod codes;
pub mod dissect;
pub mod fields;
pub mod line;
pub mod session;

mod announce;
mod show_block;
mod show_line;

pub use announce::invited;
