//! State of QQ conversations.

pub mod behaviour;
pub(crate) mod datagrams;
pub(crate) mod evidence;
pub(crate) mod frame_like;
pub mod opening;
pub mod recognise;
pub mod session;
pub(crate) mod stream_ownership;
pub(crate) mod stretch;
pub(crate) mod trace;
pub(crate) mod watch;
