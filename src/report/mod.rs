//! Reports: events folded into the answers that people came for.
//!
//! A report is a pure fold: it takes the events of a capture in the order of frames and has
//! rows. Nothing of it depends on Wireshark; [`REPORTS`] says under which names the host
//! offers it. A new report is one file here and one row of that list.

mod cell;
mod chat;
mod fold;
mod format;
mod list;
mod news;
mod print;
mod words;

pub use crate::report::cell::{Cell, Column};
pub use crate::report::fold::Report;
#[cfg(feature = "plugin")]
pub(crate) use crate::report::format::text::one_line;
pub use crate::report::list::{ReportSpec, REPORTS};
pub use crate::report::print::Format;
