//! State kept between packets.

pub mod calls;
