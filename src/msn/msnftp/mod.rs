//! MSNFTP: file transfer between clients over a separate connection, until about MSNP8.
//!
//! Source: docs/protocol/msnp.md §5.11 and §11, item 21.

pub mod dissect;
pub mod fields;
pub mod state;
pub mod tree;
pub mod wire;

pub(crate) use crate::msn::msnftp::state::announce::InvitationParties;
pub(crate) use crate::msn::msnftp::tree::invitation::show_invitation;
