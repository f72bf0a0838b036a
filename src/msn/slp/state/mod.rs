//! What is remembered between packets.

pub mod calls;
pub mod learn;
