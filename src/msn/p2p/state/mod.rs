//! State kept between packets.

pub mod blobs;
pub mod claim;
pub mod direct;
pub mod learn;
pub mod sessions;
