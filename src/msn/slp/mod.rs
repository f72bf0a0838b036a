//! MSNSLP: the SIP-like texts with which clients agree on a session, in the data of MSNP2P.
//!
//! Source: docs/protocol/msnp.md §5.9.

pub mod fields;
pub mod state;
pub mod tree;
pub mod wire;
