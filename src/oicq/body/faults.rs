//! Disagreements between a body and its layout.

/// The disagreements found so far.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Faults {
    /// Bytes were missing.
    pub short: bool,
    /// A value contradicts the layout.
    pub misfit: bool,
    /// A value was invalid for its field, or did not fill its length, and became bytes.
    pub invalid_value: bool,
    /// The end of the body was left as bytes of unknown meaning.
    pub unknown_end: bool,
    /// Bytes of a fixed length and of unknown meaning were read.
    pub unknown_bytes: bool,
}
