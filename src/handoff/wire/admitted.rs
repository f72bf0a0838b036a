//! The result of a guard.

/// The prefix of a part that may be handed off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Admitted {
    /// Its length in bytes.
    pub len: usize,
    /// Upper bound of the items of its tree.
    pub items: usize,
}
