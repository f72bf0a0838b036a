//! What is remembered across the protocols of MSN.

pub mod capture;
pub mod ends;
#[forbid(unsafe_code)]
pub mod gaps;
