//! What is remembered between packets.

pub mod gateways;
pub mod tickets;
