//! The Plan: what the user should see of one packet, decided before Wireshark is called.
//!
//! A Plan is flat: items in the order of the tree, each with its depth; the text of the
//! Info column; expert notes attached to items; and requests to the host. It implements
//! `Display`, so that everything up to here is tested without Wireshark.

mod bits;
mod info;
mod info_text;
mod items;
mod lists;
mod notes;
mod objects;
mod parts;
mod print;
mod requests;
mod root;
mod secrets;
mod sources;
mod texts;

pub(crate) use crate::plan::bits::bit_names;
pub use crate::plan::objects::{ObjectId, ObjectPart};
pub use crate::plan::parts::*;
pub use crate::plan::root::Plan;
