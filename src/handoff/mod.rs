//! The hand-offs: the dissectors of Wireshark that parts of our packets are given to.
//!
//! The list is fixed. A media type or the first bytes of a part select a row of it at most;
//! the name that a dissector is looked up by stands in the row, and is looked up once, when
//! Wireshark starts. Before a part is given away, the row's guard measures it: how deep it
//! nests, how many items its tree can have, and whether anything in it would lead the
//! dissector on to another one. What the guard refuses is shown as bytes.
//!
//! A part is therefore always checked here, and a dissector is on the list only if it stands
//! every body that its guard lets through, in every supported Wireshark: see
//! `tests/wireshark/hostile.rs` and SAFETY.md.

mod list;
mod media;
mod pictures;
mod row;
pub(crate) mod wire;
mod xml;

pub use crate::handoff::list::ROWS;
pub use crate::handoff::media::for_media_type;
pub use crate::handoff::pictures::{picture, Picture};
pub use crate::handoff::row::{Argument, HandOff, HandOffRow};
pub use crate::handoff::wire::admitted::Admitted;
