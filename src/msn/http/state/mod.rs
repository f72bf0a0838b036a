//! State kept between packets.

pub mod claim;
pub mod gateways;
pub mod tickets;
