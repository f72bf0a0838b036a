//! Conversations as text in the form that the shim uses.

use core::ffi::c_void;
use core::ptr::null;

use once_cell::sync::OnceCell;

use crate::epan::forever::{forever, Registered};
use crate::epan::lower::Pool;
use crate::epan::reports::events_at;
use crate::epan::{guard, sys};
use crate::report::{lines, FOLLOWED};

/// The families whose conversations can be followed, converted once.
pub(super) unsafe extern "C" fn followed(count: *mut u32) -> *const sys::imshark_follow {
    static ROWS: OnceCell<Registered<sys::imshark_follow>> = OnceCell::new();
    let rows = FOLLOWED.iter().map(|row| sys::imshark_follow {
        field: row.field.as_ptr(),
        protocol: u32::from(row.protocol.index),
    });
    let rows = guard::guarded(|| ROWS.get_or_init(|| Registered(forever(rows))).0);
    // SAFETY: the shim passes a pointer to a variable of its own.
    unsafe {
        *count = if rows.is_ok() {
            FOLLOWED.len() as u32
        } else {
            0
        }
    };
    rows.map_or(null(), <*mut _>::cast_const)
}

/// The lines of the events of a packet, in the packet's pool.
pub(super) unsafe extern "C" fn follow(
    events: *const c_void,
    pool: *mut c_void,
    count: *mut u32,
) -> *const sys::imshark_line {
    let pool = Pool(pool);
    let rows = guard::guarded(|| {
        // SAFETY: the shim passes the events of a packet, whose pool lives while taps are called.
        let rows = lines(unsafe { events_at(events) });
        let rows = rows.iter().map(|row| sys::imshark_line {
            text: pool.keep_text(&row.text),
            is_of_others: u8::from(row.is_of_others),
            is_to_client: u8::from(row.is_to_client),
        });
        let rows: Vec<_> = rows.collect();
        (pool.keep(&rows), rows.len() as u32)
    });
    let (rows, length) = rows.unwrap_or((null(), 0));
    // SAFETY: the shim passes a pointer to a variable of its own.
    unsafe { *count = length };
    rows
}
