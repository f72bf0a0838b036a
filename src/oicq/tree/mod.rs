//! Frames and bodies of QQ on the tree.

pub(crate) mod body;
pub mod decrypt;
pub(crate) mod links;
pub(crate) mod other_frame;
pub(crate) mod other_frame_body;
pub(crate) mod other_frame_part;
pub(crate) mod other_frame_sentence;
pub(crate) mod shown;
pub(crate) mod summary;
