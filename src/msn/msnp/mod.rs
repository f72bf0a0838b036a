//! MSNP (`msnms`): command lines, error replies and their payloads.

pub mod dissect;
pub mod fields;
pub mod state;
pub mod tree;
pub mod wire;
