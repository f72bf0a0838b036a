//! State shared by the protocols of MSN.

pub mod announced_endpoints;
pub mod capture;
pub mod flow;
pub mod gaps;
pub(crate) mod recent;
