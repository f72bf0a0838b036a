//! Frames and bodies of QQ on the tree.

pub(crate) mod body;
pub mod decrypt;
pub(crate) mod family;
pub(crate) mod family_part;
pub(crate) mod family_sentence;
pub(crate) mod open_family;
pub(crate) mod related;
pub(crate) mod shown;
pub(crate) mod summary;
