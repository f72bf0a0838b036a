//! Tree items of MSNP2P.

pub(crate) mod control;
pub(crate) mod data;
pub(crate) mod headers;
pub mod message;
pub mod object;
pub(crate) mod packet;
pub mod session_text;
