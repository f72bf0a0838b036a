//! Memory that is Wireshark's for as long as the program runs.

/// Made once, and Wireshark's from then on.
#[derive(Clone, Copy)]
pub(super) struct Registered<T>(pub(super) *mut T);

// SAFETY: nothing here reads or writes through the pointer; Wireshark does, from one thread.
unsafe impl<T> Send for Registered<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for Registered<T> {}

/// Keeps rows and never frees them.
pub(super) fn forever<T>(rows: impl Iterator<Item = T>) -> *mut T {
    Box::leak(rows.collect::<Box<[T]>>()).as_mut_ptr()
}
