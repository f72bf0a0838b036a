//! Conversations as text in the form that the shim uses.

use core::ffi::c_void;
use core::ptr::null;

use libc::c_int;

use crate::epan::forever::Rows;
use crate::epan::listeners::Listeners;
use crate::epan::lower::Pool;
use crate::epan::reports::events_at;
use crate::epan::{guard, sys};
use crate::report::{FollowSpec, Follower, FOLLOWED};

/// The families whose conversations can be followed.
pub(super) unsafe extern "C" fn followed(count: *mut u32) -> *const sys::imshark_follow {
    static ROWS: Rows<sys::imshark_follow> = Rows::new();
    let row = |row: &FollowSpec| sys::imshark_follow {
        field: row.field.as_ptr(),
        protocol: u32::from(row.protocol.index),
    };
    // SAFETY: the shim passes a pointer to a variable of its own.
    unsafe { ROWS.get(FOLLOWED, row, count) }
}

static FOLLOWERS: Listeners<Follower> = Listeners::new();

/// The lines of the events of a packet, in the packet's pool.
pub(super) unsafe extern "C" fn follow(
    listener: *const c_void,
    is_first: c_int,
    events: *const c_void,
    pool: *mut c_void,
    count: *mut u32,
) -> *const sys::imshark_line {
    let pool = Pool(pool);
    let rows = guard::guarded(|| {
        // SAFETY: the shim passes the events of a packet, whose pool lives while taps are called.
        let events = unsafe { events_at(events) };
        if is_first != 0 {
            FOLLOWERS.forget(listener);
        }
        let lines = FOLLOWERS.with(listener, |follower| follower.lines(events));
        let rows = lines.iter().map(|row| sys::imshark_line {
            text: pool.keep_text(&row.text),
            is_of_others: u8::from(row.is_of_others),
            is_to_client: u8::from(row.is_to_client),
            has_parts: u8::from(row.message.is_some()),
            is_whole: u8::from(row.is_whole),
            message: row.message.unwrap_or_default(),
        });
        let rows: Vec<_> = rows.collect();
        (pool.keep(&rows), rows.len() as u32)
    });
    let (rows, length) = rows.unwrap_or((null(), 0));
    // SAFETY: the shim passes a pointer to a variable of its own.
    unsafe { *count = length };
    rows
}

/// Forgets who followed conversations of the capture that was closed.
pub(super) fn reset() {
    FOLLOWERS.clear();
}
