//! No panic crosses into C.
//!
//! All functions that C calls to read packets or tables run in [`guarded`]. A panic
//! becomes an `Err`; the shim shows it as a dissector bug of that packet, and dissection
//! continues with the next one. The default hook would print to Wireshark's standard
//! error, so a silent one that stores the message replaces it. This affects only this
//! library: a cdylib has its own copy of the standard library.

use std::cell::RefCell;
use std::panic::{catch_unwind, set_hook, AssertUnwindSafe};

thread_local! {
    static MESSAGE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Installs the silent hook. Called once, when the plugin is registered.
pub(super) fn install() {
    set_hook(Box::new(|info| {
        let text = info.to_string().replace('\n', " ");
        MESSAGE.with(|message| {
            if let Ok(mut message) = message.try_borrow_mut() {
                *message = text;
            }
        });
    }));
}

/// Runs `body`. Returns `Err` with the message if it panics.
pub(super) fn guarded<T>(body: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(body)).map_err(|_| {
        MESSAGE.with(|message| {
            message
                .try_borrow_mut()
                .map(|mut message| core::mem::take(&mut *message))
                .unwrap_or_default()
        })
    })
}
