//! What a guard says of a part.

/// What of a part may be given away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Admitted {
    /// So many of its first bytes.
    pub len: usize,
    /// The tree of these has no more items than this.
    pub items: usize,
}
