//! The filters of [`SELECTIONS`] in the form that the shim uses.

use core::ffi::c_void;
use core::ptr::null;

use libc::c_char;

use crate::epan::forever::Rows;
use crate::epan::lower::Pool;
use crate::epan::view::view;
use crate::epan::{dissectors, guard, sys};
use crate::report::{SelectionSpec, SELECTIONS};

const _: () = assert!(SELECTIONS.len() <= sys::IMSHARK_MAX_PROTOCOLS as usize);

/// The kinds of filters.
pub(super) unsafe extern "C" fn selections(count: *mut u32) -> *const sys::imshark_selection {
    static ROWS: Rows<sys::imshark_selection> = Rows::new();
    let row = |row: &SelectionSpec| sys::imshark_selection {
        title: row.title.as_ptr(),
        protocol: u32::from(row.protocol.index),
    };
    // SAFETY: the shim passes a pointer to a variable of its own.
    unsafe { ROWS.get(SELECTIONS, row, count) }
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
