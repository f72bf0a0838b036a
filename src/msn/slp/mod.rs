//! MSNSLP: SIP-like messages that negotiate sessions, in the payload of MSNP2P.
//!
//! Source: docs/protocol/msnp.md §5.9.

pub mod fields;
pub mod state;
pub mod tree;
pub mod wire;
