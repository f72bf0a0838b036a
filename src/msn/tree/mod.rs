//! Tree items shared by the protocols of MSN.

pub(crate) mod expect;
