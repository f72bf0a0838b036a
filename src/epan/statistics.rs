//! Counts as a tree, and response times, in the form that the shim uses.

use core::ffi::c_void;
use core::ptr::null;
use std::collections::HashMap;
use std::ffi::CString;
use std::sync::{Mutex, PoisonError};

use libc::c_char;
use once_cell::sync::OnceCell;

use crate::epan::forever::{forever, Registered};
use crate::epan::reports::events_at;
use crate::epan::{guard, sys};
use crate::event::Event;
use crate::report::{CommandTree, ResponseTimes, STATISTICS};

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

/// By the address of the listener, which is never read.
static COUNTERS: Mutex<Option<HashMap<usize, Counters>>> = Mutex::new(None);

fn with_all<T>(body: impl FnOnce(&mut HashMap<usize, Counters>) -> T) -> T {
    let mut all = COUNTERS.lock().unwrap_or_else(PoisonError::into_inner);
    body(all.get_or_insert_with(HashMap::new))
}

fn with_counters<T>(listener: *const c_void, body: impl FnOnce(&mut Counters) -> T) -> T {
    with_all(|all| body(all.entry(listener as usize).or_default()))
}

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

/// The families that have statistics, converted once.
pub(super) unsafe extern "C" fn statistics(count: *mut u32) -> *const sys::imshark_statistics {
    static ROWS: OnceCell<Registered<sys::imshark_statistics>> = OnceCell::new();
    let rows = STATISTICS.iter().map(|row| sys::imshark_statistics {
        title: row.title.as_ptr(),
        protocol: u32::from(row.protocol.index),
    });
    let rows = guard::guarded(|| ROWS.get_or_init(|| Registered(forever(rows))).0);
    // SAFETY: the shim passes a pointer to a variable of its own.
    unsafe {
        *count = if rows.is_ok() {
            STATISTICS.len() as u32
        } else {
            0
        }
    };
    rows.map_or(null(), <*mut _>::cast_const)
}

pub(super) unsafe extern "C" fn tree_paths(
    listener: *const c_void,
    events: *const c_void,
    count: *mut u32,
) -> *const sys::imshark_path {
    let paths = guard::guarded(|| {
        // SAFETY: the shim passes the events of a packet, whose pool lives while taps are called.
        let events = unsafe { events_at(events) };
        with_counters(listener, |counters| {
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
        with_counters(listener, |counters| {
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
    let _ = guard::guarded(|| with_counters(listener, |counters| *counters = Counters::default()));
}

pub(super) unsafe extern "C" fn close_counters(listener: *const c_void) {
    // As above.
    let _ = guard::guarded(|| with_all(|all| all.remove(&(listener as usize))));
}

/// Frees what listeners of the capture left that was closed.
pub(super) fn reset() {
    with_all(HashMap::clear);
}
