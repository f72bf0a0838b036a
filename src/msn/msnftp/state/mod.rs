//! State kept between packets.

pub(crate) mod announce;
pub mod claim;
pub mod session;
