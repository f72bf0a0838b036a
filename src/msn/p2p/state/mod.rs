//! State kept between packets.

pub(crate) mod acknowledgements;
pub mod blob;
pub mod blobs;
pub mod chunk;
pub mod claim;
pub mod direct;
pub mod learn;
pub mod packets;
pub mod route;
pub mod session;
pub(crate) mod session_numbers;
pub mod sessions;
