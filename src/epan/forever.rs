//! Memory that Wireshark keeps until the program ends.

use core::ptr::null;

use once_cell::sync::OnceCell;

use crate::epan::guard;

/// Memory allocated once and handed to Wireshark for good.
#[derive(Clone, Copy)]
pub(super) struct Registered<T>(pub(super) *mut T);

// SAFETY: nothing here reads or writes through the pointer; Wireshark does, from one thread.
unsafe impl<T> Send for Registered<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for Registered<T> {}

/// Moves rows into memory that is never freed.
pub(super) fn forever<T>(rows: impl Iterator<Item = T>) -> *mut T {
    Box::leak(rows.collect::<Box<[T]>>()).as_mut_ptr()
}

/// Rows of a table in the form that the shim uses, converted once.
pub(super) struct Rows<T>(OnceCell<Registered<T>>);

impl<T> Rows<T> {
    /// Rows that are not converted yet.
    pub(super) const fn new() -> Self {
        Self(OnceCell::new())
    }

    /// The rows of `table`, converted by `convert`. Stores their number in `count`: 0 if
    /// converting panics.
    ///
    /// # Safety
    ///
    /// `count` can be written to.
    pub(super) unsafe fn get<S>(
        &self,
        table: &'static [S],
        convert: impl Fn(&'static S) -> T,
        count: *mut u32,
    ) -> *const T {
        let rows = || Registered(forever(table.iter().map(convert)));
        let rows = guard::guarded(|| self.0.get_or_init(rows).0);
        let length = if rows.is_ok() { table.len() as u32 } else { 0 };
        // SAFETY: the caller's promise.
        unsafe { *count = length };
        rows.map_or(null(), <*mut T>::cast_const)
    }
}
