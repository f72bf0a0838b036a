//! How well a body agrees with its layout.

/// How a layout and a body have agreed so far.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Faults {
    /// Bytes were missing.
    pub short: bool,
    /// What was read contradicts what the layout says.
    pub misfit: bool,
    /// A value was not what its field holds, or did not fill its length, and became bytes.
    pub odd: bool,
    /// Bytes whose meaning nobody knows were left to the end of the body.
    pub open: bool,
    /// Bytes of a fixed length whose meaning nobody knows were read over.
    pub gaps: bool,
}
