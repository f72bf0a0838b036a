//! MSNP2P: binary packets between clients, relayed by a switchboard, relayed in
//! notifications, or over a direct connection.
//!
//! Source: docs/protocol/msnp.md §5.7 (version 1), §5.8 (version 2), §5.10 (direct
//! connections), §5.13 (several packets in one payload).

pub mod dissect;
pub mod fields;
pub mod segments;
pub mod state;
pub mod tree;
pub mod wire;

pub use crate::msn::p2p::tree::message::{show, RelayedBody};
