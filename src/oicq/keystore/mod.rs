//! The keys of a capture, and what they open.

#[forbid(unsafe_code)]
pub mod file;
pub mod keyring;
pub mod store;
