//! Bytes to values with spans.

pub mod block;
pub mod codes;
pub mod line;
