//! Values on the tree.

pub(crate) mod body;
pub mod keys;
pub mod message;
