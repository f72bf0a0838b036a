//! MSNSLP: the SIP-like texts with which clients agree on a session, in the data of MSNP2P.
//!
//! Source: protocol reference, MSNP §5.9.

pub mod addresses;
pub mod calls;
pub mod codes;
pub mod context;
pub mod fields;
pub mod keys;
pub mod learn;
pub mod message;
pub mod show;

mod body;
