//! State kept between packets.

pub(crate) mod announce;
pub mod claim;
pub(crate) mod file;
pub(crate) mod progress;
pub mod session;
