//! Values in the tree.

pub(crate) mod compound;
pub(crate) mod connection;
pub(crate) mod info;
pub(crate) mod meaning;
pub mod parameters;
pub(crate) mod parties;
pub mod payload;
pub(crate) mod pdu;
pub mod session;
pub(crate) mod sso_blob;
pub mod values;
