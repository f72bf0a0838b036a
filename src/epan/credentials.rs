//! Credentials in the form that the shim uses.

use core::ffi::c_void;
use core::ptr::null;

use crate::epan::lower::Pool;
use crate::epan::reports::events_at;
use crate::epan::{guard, sys};
use crate::report::{credentials as credentials_of, one_line};

/// The secrets in the events of a packet, in the packet's pool.
pub(super) unsafe extern "C" fn credentials(
    events: *const c_void,
    pool: *mut c_void,
    count: *mut u32,
) -> *const sys::imshark_credential {
    let pool = Pool(pool);
    let rows = guard::guarded(|| {
        // SAFETY: the shim passes the events of a packet that is being dissected.
        let rows = credentials_of(unsafe { events_at(events) });
        let rows = rows.iter().map(|row| sys::imshark_credential {
            account: pool.keep_text(&one_line(&row.account)),
            about: pool.keep_text(&one_line(&row.about)),
        });
        let rows: Vec<_> = rows.collect();
        (pool.keep(&rows), rows.len() as u32)
    });
    let (rows, length) = rows.unwrap_or((null(), 0));
    // SAFETY: the shim passes a pointer to a variable of its own.
    unsafe { *count = length };
    rows
}
