//! Decoders of MSNP2P.

pub mod codes;
pub mod direct;
pub mod offsets;
pub mod packet;
pub mod v1;
pub mod v2;
