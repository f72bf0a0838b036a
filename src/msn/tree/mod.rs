//! What the protocols of MSN show alike.

pub(crate) mod expect;
