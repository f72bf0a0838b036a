//! The lists of [`EXPORTS`] in the form that the shim uses.

use core::ffi::c_void;
use core::ptr::null_mut;
use std::ffi::CString;

use crate::epan::forever::Rows;
use crate::epan::reports::events_at;
use crate::epan::{guard, sys};
use crate::report::{Export, ExportList, ExportSpec, EXPORTS};

/// A list, and what the shim was last given of it.
struct Exports {
    list: ExportList,
    changed: Vec<Export>,
    texts: Vec<CString>,
    rows: Vec<sys::imshark_export>,
}

impl Exports {
    /// Converts the objects in `changed`.
    fn convert(&mut self) {
        self.texts.clear();
        self.rows.clear();
        for export in &self.changed {
            let [owner, content, name] =
                [&export.owner, &export.content, &export.name].map(|text| {
                    // The text lives in `texts` until the next call, the bytes in `changed`.
                    let text = CString::new(text.as_str()).unwrap_or_default();
                    let pointer = text.as_ptr();
                    self.texts.push(text);
                    pointer
                });
            self.rows.push(sys::imshark_export {
                row: u32::try_from(export.row).unwrap_or(u32::MAX),
                frame: export.frame,
                owner,
                content,
                name,
                bytes: export.bytes.as_ptr(),
                length: export.bytes.len(),
            });
        }
    }
}

/// The kinds of lists.
pub(super) unsafe extern "C" fn exports(count: *mut u32) -> *const sys::imshark_exports {
    static ROWS: Rows<sys::imshark_exports> = Rows::new();
    let row = |row: &ExportSpec| sys::imshark_exports {
        protocol: u32::from(row.protocol.index),
    };
    // SAFETY: the shim passes a pointer to a variable of its own.
    unsafe { ROWS.get(EXPORTS, row, count) }
}

pub(super) unsafe extern "C" fn open_exports(which: u32) -> *mut c_void {
    let list = guard::guarded(|| {
        let list = Box::new(Exports {
            list: ExportList::new(EXPORTS.get(which as usize)?),
            changed: Vec::new(),
            texts: Vec::new(),
            rows: Vec::new(),
        });
        Some(Box::into_raw(list))
    });
    list.ok().flatten().map_or(null_mut(), <*mut _>::cast)
}

pub(super) unsafe extern "C" fn add_exports(
    list: *mut c_void,
    events: *const c_void,
    count: *mut u32,
) -> *const sys::imshark_export {
    // SAFETY: `list` comes from `open_exports`; Wireshark calls taps from one thread.
    let exports = unsafe { &mut *list.cast::<Exports>() };
    let result = guard::guarded(|| {
        // SAFETY: the shim passes the events of a packet, whose pool lives while taps are called.
        let events = unsafe { events_at(events) };
        exports.changed = events
            .iter()
            .filter_map(|event| exports.list.add(event))
            .collect();
        exports.convert();
    });
    if result.is_err() {
        exports.rows.clear();
    }
    // SAFETY: the shim passes a pointer to a variable of its own.
    unsafe { *count = exports.rows.len() as u32 };
    exports.rows.as_ptr()
}

/// The bytes of an object grow in place only while nobody else holds them.
pub(super) unsafe extern "C" fn release_exports(list: *mut c_void) {
    // SAFETY: `list` comes from `open_exports`; Wireshark calls taps from one thread.
    let exports = unsafe { &mut *list.cast::<Exports>() };
    exports.rows.clear();
    exports.changed.clear();
}

pub(super) unsafe extern "C" fn free_exports(list: *mut c_void) {
    // SAFETY: `list` comes from `open_exports`, and the shim's table frees it once.
    drop(unsafe { Box::from_raw(list.cast::<Exports>()) });
}
