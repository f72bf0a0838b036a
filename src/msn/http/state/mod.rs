//! What is remembered between packets.

pub mod claim;
pub mod gateways;
pub mod tickets;
