//! What is remembered between packets.

pub mod blobs;
pub mod claim;
pub mod sessions;
