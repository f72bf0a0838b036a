//! What several test crates share.
#![allow(dead_code, unreachable_pub)]

pub mod capture;
pub mod samples;
