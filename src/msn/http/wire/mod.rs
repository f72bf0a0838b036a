//! Bytes to values with spans.

pub mod gateway;
pub mod head;
pub mod message;
pub mod passport;
