//! Memory that Wireshark keeps until the program ends.

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
