//! Ciphers and keys of QQ.

pub mod encrypted;
pub mod key_batch;
pub mod key_role;
pub mod keys;
pub(crate) mod login_items;
pub mod login_keys;
pub mod login_layers;
pub mod message_key;
pub mod tea;
