//! Decoders of HTTP headers.

pub mod gateway;
pub mod head;
pub mod message;
pub mod passport;
