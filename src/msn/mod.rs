//! MSN Messenger (`msnms`): MSNP, its HTTP transport, and the protocols that it carries
//! or announces.

pub mod common;
pub mod dissect;
pub mod event;
pub mod http;
pub mod msnftp;
pub mod msnp;
pub mod p2p;
pub mod slp;
pub mod state;
pub(crate) mod tree;
