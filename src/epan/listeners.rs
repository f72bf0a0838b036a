//! What is kept for listeners of taps that have no place for a value of ours.

use core::ffi::c_void;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// A value for each listener, by the address of the listener, which is never read.
pub(super) struct Listeners<T>(Mutex<Option<HashMap<usize, T>>>);

impl<T: Default> Listeners<T> {
    /// No listeners.
    pub(super) const fn new() -> Self {
        Self(Mutex::new(None))
    }

    fn with_all<R>(&self, body: impl FnOnce(&mut HashMap<usize, T>) -> R) -> R {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        body(all.get_or_insert_with(HashMap::new))
    }

    /// Calls `body` with the value of the listener, made now if it has none.
    pub(super) fn with<R>(&self, listener: *const c_void, body: impl FnOnce(&mut T) -> R) -> R {
        self.with_all(|all| body(all.entry(listener as usize).or_default()))
    }

    /// Forgets the value of a listener: another can have its address.
    pub(super) fn forget(&self, listener: *const c_void) {
        self.with_all(|all| all.remove(&(listener as usize)));
    }

    /// Forgets all values.
    pub(super) fn clear(&self) {
        self.with_all(HashMap::clear);
    }
}
