//! Shared by several test crates.
#![allow(dead_code, unreachable_pub)]

pub mod capture;
pub mod conversation;
pub mod exports;
pub mod instructions;
pub mod neighbours;
pub mod profile;
pub mod qq_synthetic;
pub mod qq_tea;
pub mod random;
pub mod recut;
pub mod replay;
pub mod reports;
pub mod samples;
pub mod secrets;
pub mod tls;
pub mod transfers;
pub mod usage;
pub mod workloads;
