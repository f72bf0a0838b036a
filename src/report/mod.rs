//! Reports: events folded into the answers that people came for.
//!
//! A report is a pure fold: it takes the events of a capture in the order of frames and has
//! rows. Nothing of it depends on Wireshark; [`REPORTS`] says under which names the host
//! offers it. A new report is one file here and one row of that list.

mod account;
mod accounts;
mod cell;
mod chat;
mod chats;
mod commands;
mod contact;
mod contact_list;
mod contacts;
mod conversation;
mod credentials;
mod endpoints;
pub(crate) mod export;
mod files;
mod filter;
mod fold;
mod follow;
mod format;
mod limit;
mod list;
mod logins;
#[cfg(test)]
mod made;
mod media;
mod news;
mod pair_numbers;
mod parts;
mod print;
mod record;
mod selection;
mod times;
mod tree;
mod words;

pub use crate::report::cell::{Cell, Column, Holds, List, Place};
pub use crate::report::credentials::{credentials, Credential};
pub use crate::report::endpoints::{EndpointRow, EndpointSpec, FrameRows, PairRow, ENDPOINTS};
pub use crate::report::export::list::{Export, ExportList, ExportSpec, EXPORTS};
pub use crate::report::fold::Report;
pub use crate::report::follow::{FollowSpec, Follower, Line, FOLLOWED};
#[cfg(feature = "plugin")]
pub(crate) use crate::report::format::text::one_line;
pub use crate::report::limit::Extent;
pub use crate::report::list::{ReportSpec, StatisticsSpec, REPORTS, STATISTICS};
pub use crate::report::pair_numbers::PairNumbers;
pub use crate::report::print::Format;
pub use crate::report::record::records;
pub use crate::report::selection::{SelectionSpec, SELECTIONS};
pub use crate::report::times::ResponseTimes;
pub use crate::report::tree::CommandTree;
