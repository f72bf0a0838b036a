//! Values on the tree.

pub(crate) mod block;
pub(crate) mod invitation;
pub(crate) mod line;
