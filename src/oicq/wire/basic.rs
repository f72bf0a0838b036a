//! Constants of the basic family of frames.

/// The servers' UDP port.
pub const PORT: u16 = 8000;
/// The first byte of a frame of the basic family.
pub const FLAG: u8 = 0x02;
/// The last byte of a frame of the basic family.
pub const TRAILER: u8 = 0x03;
