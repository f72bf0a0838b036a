//! MSNP over HTTP: the gateway and the Passport login.
//!
//! Source: docs/protocol/msnp.md §1.4 (gateway), §6.2 (Passport 1.4), §11 item 11.

pub mod dissect;
pub mod state;
pub mod tree;
pub mod wire;

pub use crate::msn::http::state::claim::{may_be_http, recognise};
pub use crate::msn::http::wire::message::MEDIA_TYPE;
