//! Hand-offs: Wireshark dissectors that parts of a packet are handed to.
//!
//! The list is fixed. A media type or the first bytes of a part can only select one of
//! its rows; the dissector's name is in the row, and is looked up once, at startup.
//! Before a part is handed off, the row's guard measures it: its nesting depth, the
//! number of items its tree can have, and whether any part of it would make the dissector
//! call another one. What the guard refuses is shown as bytes.
//!
//! So every part is checked here, and a dissector is on the list only if it handles every
//! body that its guard admits, in every supported version of Wireshark: see
//! `tests/wireshark/hostile.rs` and SAFETY.md.

mod list;
mod media;
mod pictures;
mod row;
pub(crate) mod wire;
mod xml;

pub use crate::handoff::list::ROWS;
pub use crate::handoff::media::for_media_type;
pub use crate::handoff::pictures::{image_format, ImageFormat};
pub use crate::handoff::row::{Argument, HandOff, HandOffRow};
pub use crate::handoff::wire::admitted::Admitted;
