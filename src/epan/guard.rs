//! No panic crosses into C.
//!
//! Whatever C calls to read packets or tables runs in [`guarded`]. A panic becomes a value; the
//! shim shows it as a dissector bug of the packet, and the next packet is dissected as if
//! nothing had happened. The default hook would print to the standard error of Wireshark,
//! so a silent one that keeps the message replaces it. It concerns this library alone: a
//! cdylib has its own copy of the standard library.

use std::cell::RefCell;
use std::panic::{catch_unwind, set_hook, AssertUnwindSafe};

thread_local! {
    static MESSAGE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Makes panics silent. Called once, when the plugin is registered.
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

/// Runs `body`; a panic gives its message.
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
