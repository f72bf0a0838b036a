//! The keys of a capture, and the ciphertexts that they decrypt.

#[forbid(unsafe_code)]
pub mod file;
pub mod keyring;
pub mod store;
