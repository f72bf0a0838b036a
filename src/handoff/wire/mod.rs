//! Guards that decoders use, too: they depend only on the bytes.

pub(crate) mod admitted;
pub(crate) mod realtime;
pub(crate) mod sip;
