//! What is remembered across the protocols of MSN.

pub mod capture;
pub mod ends;
pub mod flow;
pub mod gaps;
