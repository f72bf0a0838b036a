//! State kept between packets.

#[cfg(test)]
pub(crate) mod agreement;
pub mod claim;
pub(crate) mod payload;
pub mod recognise;
pub mod session;
pub mod tracker;
