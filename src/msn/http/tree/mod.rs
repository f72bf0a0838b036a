//! Values on the tree.

pub(crate) mod head;
