//! Values on the tree.

pub(crate) mod info;
pub(crate) mod meaning;
pub mod parameters;
pub mod payload;
pub(crate) mod pdu;
pub(crate) mod sealed;
pub mod session;
pub mod values;
