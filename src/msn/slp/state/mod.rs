//! What is remembered between packets.

pub mod calls;
