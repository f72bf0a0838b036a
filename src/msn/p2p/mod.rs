//! MSNP2P: the binary packets in which clients exchange what the server does not see, over
//! a switchboard, over notifications or over a connection of their own.
//!
//! Source: protocol reference, MSNP §5.7 (version 1), §5.8 (version 2), §5.10 (direct
//! connections), §5.13 (several packets in one payload).

pub mod blobs;
pub mod claim;
pub mod codes;
pub mod connection;
pub mod direct;
pub mod fields;
pub mod object;
pub mod offsets;
pub mod packet;
pub mod session_text;
pub mod show;
pub mod state;
pub mod v1;
pub mod v2;

mod headers;
mod show_packet;

pub use show::{show, version_of, Relayed};
