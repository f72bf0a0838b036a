//! The filters of [`SELECTIONS`] in the form that the shim uses.

use core::ffi::c_void;
use core::ptr::null;

use libc::c_char;
use once_cell::sync::OnceCell;

use crate::epan::forever::{forever, Registered};
use crate::epan::lower::Pool;
use crate::epan::view::view;
use crate::epan::{dissectors, guard, sys};
use crate::report::SELECTIONS;

const _: () = assert!(SELECTIONS.len() <= sys::IMSHARK_MAX_PROTOCOLS as usize);

/// The kinds of filters, converted once.
pub(super) unsafe extern "C" fn selections(count: *mut u32) -> *const sys::imshark_selection {
    static ROWS: OnceCell<Registered<sys::imshark_selection>> = OnceCell::new();
    let rows = SELECTIONS.iter().map(|row| sys::imshark_selection {
        title: row.title.as_ptr(),
        protocol: u32::from(row.protocol.index),
    });
    let rows = guard::guarded(|| ROWS.get_or_init(|| Registered(forever(rows))).0);
    // SAFETY: the shim passes a pointer to a variable of its own.
    unsafe {
        *count = if rows.is_ok() {
            SELECTIONS.len() as u32
        } else {
            0
        }
    };
    rows.map_or(null(), <*mut _>::cast_const)
}

/// Dissects a packet of a later pass once more and makes a filter of its events.
pub(super) unsafe extern "C" fn select(
    selection: u32,
    which: u32,
    packet: *const sys::imshark_packet,
    pool: *mut c_void,
) -> *const c_char {
    let filter = guard::guarded(|| {
        let make = SELECTIONS.get(selection as usize)?.make;
        let row = dissectors::at(which)?;
        // SAFETY: the shim passes a packet whose bytes still exist.
        let (session, packet) = unsafe { ((*packet).session, view(&*packet)) };
        let mut filter = None;
        (row.dissect)(session, &packet, &mut |plan, packet, _| {
            filter = make(&(row.events)(plan, packet));
        });
        filter
    });
    // Without a filter the menu entry is gray, as it is after a panic.
    let filter = filter.ok().flatten();
    filter.map_or(null(), |filter| Pool(pool).keep_text(&filter))
}
