//! Decoders of MSNFTP.

pub mod block;
pub mod codes;
pub mod line;
