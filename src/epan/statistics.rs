//! Counts as a tree, and response times, in the form that the shim uses.

use core::ffi::c_void;
use core::ptr::null;
use std::ffi::CString;

use libc::c_char;

use crate::epan::forever::Rows;
use crate::epan::listeners::Listeners;
use crate::epan::reports::events_at;
use crate::epan::{guard, sys};
use crate::event::Event;
use crate::report::{CommandTree, ResponseTimes, StatisticsSpec, STATISTICS};

/// The statistics of one listener, and what the shim was last given of them.
#[derive(Default)]
struct Counters {
    tree: CommandTree,
    times: ResponseTimes,
    names: Vec<CString>,
    /// For each path the pointers to its names.
    pointers: Vec<Vec<*const c_char>>,
    paths: Vec<sys::imshark_path>,
    responses: Vec<sys::imshark_time>,
}

// SAFETY: the pointers are to texts of the same value; Wireshark reads them from one thread.
unsafe impl Send for Counters {}

static COUNTERS: Listeners<Counters> = Listeners::new();

fn c_string(text: &str) -> CString {
    CString::new(text.replace('\0', "\u{2400}")).unwrap_or_default()
}

impl Counters {
    fn count(&mut self, events: &[Event]) {
        self.names.clear();
        self.pointers.clear();
        self.paths.clear();
        for event in events {
            for path in self.tree.paths(event) {
                let names = path.iter().map(|name| c_string(name));
                let names: Vec<CString> = names.collect();
                self.pointers
                    .push(names.iter().map(|name| name.as_ptr()).collect());
                self.names.extend(names);
            }
        }
        let paths = self.pointers.iter().map(|names| sys::imshark_path {
            names: names.as_ptr(),
            length: names.len() as u32,
        });
        self.paths = paths.collect();
    }

    fn time(&mut self, events: &[Event]) {
        self.names.clear();
        self.responses.clear();
        for event in events {
            if let Some((row, delay)) = self.times.add(event) {
                let name = c_string(&self.times.name(row));
                self.responses.push(sys::imshark_time {
                    row: row as u32,
                    name: name.as_ptr(),
                    delay,
                });
                self.names.push(name);
            }
        }
    }
}

/// The families that have statistics.
pub(super) unsafe extern "C" fn statistics(count: *mut u32) -> *const sys::imshark_statistics {
    static ROWS: Rows<sys::imshark_statistics> = Rows::new();
    let row = |row: &StatisticsSpec| sys::imshark_statistics {
        title: row.title.as_ptr(),
        protocol: u32::from(row.protocol.index),
    };
    // SAFETY: the shim passes a pointer to a variable of its own.
    unsafe { ROWS.get(STATISTICS, row, count) }
}

pub(super) unsafe extern "C" fn tree_paths(
    listener: *const c_void,
    events: *const c_void,
    count: *mut u32,
) -> *const sys::imshark_path {
    let paths = guard::guarded(|| {
        // SAFETY: the shim passes the events of a packet, whose pool lives while taps are called.
        let events = unsafe { events_at(events) };
        COUNTERS.with(listener, |counters| {
            counters.count(events);
            (counters.paths.as_ptr(), counters.paths.len() as u32)
        })
    });
    let (paths, length) = paths.unwrap_or((null(), 0));
    // SAFETY: the shim passes a pointer to a variable of its own.
    unsafe { *count = length };
    paths
}

pub(super) unsafe extern "C" fn response_times(
    listener: *const c_void,
    events: *const c_void,
    count: *mut u32,
) -> *const sys::imshark_time {
    let times = guard::guarded(|| {
        // SAFETY: as in `tree_paths`.
        let events = unsafe { events_at(events) };
        COUNTERS.with(listener, |counters| {
            counters.time(events);
            (counters.responses.as_ptr(), counters.responses.len() as u32)
        })
    });
    let (times, length) = times.unwrap_or((null(), 0));
    // SAFETY: as in `tree_paths`.
    unsafe { *count = length };
    times
}

pub(super) unsafe extern "C" fn open_counters(listener: *const c_void) {
    // A panic leaves names of the pass before, which does no harm.
    let _ = guard::guarded(|| COUNTERS.with(listener, |counters| *counters = Counters::default()));
}

pub(super) unsafe extern "C" fn close_counters(listener: *const c_void) {
    // As above.
    let _ = guard::guarded(|| COUNTERS.forget(listener));
}

/// Frees what listeners of the capture left that was closed.
pub(super) fn reset() {
    COUNTERS.clear();
}
