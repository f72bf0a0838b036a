//! Tree items of QQ frames and bodies.

pub(crate) mod body;
pub mod decrypt;
pub(crate) mod file;
pub(crate) mod links;
pub(crate) mod message;
pub(crate) mod other_frame;
pub(crate) mod other_frame_body;
pub(crate) mod other_frame_part;
pub(crate) mod other_frame_sentence;
pub(crate) mod parties;
pub(crate) mod sentence;
pub(crate) mod shown;
pub(crate) mod summary;
