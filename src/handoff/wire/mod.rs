//! The guards that decoders need, too: of what bytes are, they know nothing but the bytes.

pub(crate) mod admitted;
pub(crate) mod realtime;
pub(crate) mod sip;
