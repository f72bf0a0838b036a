//! The memory for the objects of a capture.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;

/// Memory for all objects of a capture, in MiB, unless the user sets another.
pub(crate) const DEFAULT_MEBIBYTES: u32 = 256;
/// Memory that a piece after a gap takes besides its bytes.
pub(super) const PIECE_OVERHEAD: u64 = 64;

/// The memory left for the objects of a capture. Its clones share it.
#[derive(Debug, Clone)]
pub struct Budget(Arc<AtomicU64>);

impl Default for Budget {
    fn default() -> Self {
        Self::of_mebibytes(DEFAULT_MEBIBYTES)
    }
}

impl Budget {
    /// This memory for a capture.
    pub fn of_mebibytes(mebibytes: u32) -> Self {
        Self(Arc::new(AtomicU64::new(u64::from(mebibytes) << 20)))
    }

    #[cfg(test)]
    pub(super) fn of(bytes: u64) -> Self {
        Self(Arc::new(AtomicU64::new(bytes)))
    }

    /// Takes memory for `bytes` bytes, if so much is left.
    pub(crate) fn take(&self, bytes: u64) -> bool {
        let left = |left: u64| left.checked_sub(bytes);
        let order = Ordering::Relaxed;
        self.0.fetch_update(order, order, left).is_ok()
    }

    /// Gives back memory.
    pub(crate) fn give_back(&self, bytes: u64) {
        self.0.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Gives back the memory of a piece: see [`crate::pieces::Pieces`].
    pub(super) fn give_back_piece(&self, data: &[u8]) {
        self.give_back(data.len() as u64 + PIECE_OVERHEAD);
    }
}
