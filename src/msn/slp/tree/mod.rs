//! Tree items of MSNSLP.

pub(crate) mod body;
pub(crate) mod context;
pub mod message;
pub(crate) mod purpose;
pub(crate) mod values;
