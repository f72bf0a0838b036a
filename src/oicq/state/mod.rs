//! State of QQ conversations.

pub mod behaviour;
pub(crate) mod datagrams;
pub mod decryption;
pub(crate) mod evidence;
pub(crate) mod files;
pub(crate) mod frame_like;
pub(crate) mod frame_ranges;
pub(crate) mod messages;
pub mod recognise;
pub(crate) mod repeats;
pub(crate) mod request_values;
pub mod session;
pub(crate) mod stream_ownership;
pub(crate) mod trace;
pub(crate) mod watch;
