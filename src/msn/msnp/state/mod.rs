//! What is remembered between packets.

pub mod claim;
pub(crate) mod payload;
pub mod recognise;
pub mod session;
pub mod tracker;
