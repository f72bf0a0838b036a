//! Decoders of MSNSLP.

pub mod addresses;
pub mod codes;
pub mod context;
pub mod keys;
pub mod listening;
pub mod message;
