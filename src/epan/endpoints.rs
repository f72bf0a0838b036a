//! Endpoints and conversations in the form that the shim uses.

use core::ffi::c_void;
use core::ptr::{null, null_mut};
use std::collections::BTreeMap;
use std::ffi::CString;
use std::sync::{Mutex, PoisonError};

use libc::c_char;

use crate::epan::forever::Rows;
use crate::epan::lower::Pool;
use crate::epan::reports::events_at;
use crate::epan::{guard, sys};
use crate::report::{EndpointSpec, FrameRows, PairNumbers, ENDPOINTS};

/// The families that have endpoints.
pub(super) unsafe extern "C" fn endpoints(count: *mut u32) -> *const sys::imshark_endpoints {
    static ROWS: Rows<sys::imshark_endpoints> = Rows::new();
    let row = |row: &EndpointSpec| sys::imshark_endpoints {
        protocol: u32::from(row.protocol.index),
        party: u32::from(row.fields.party.row),
        peer: u32::from(row.fields.peer.row),
        from: u32::from(row.fields.from.row),
        to: u32::from(row.fields.to.row),
    };
    // SAFETY: the shim passes a pointer to a variable of its own.
    unsafe { ROWS.get(ENDPOINTS, row, count) }
}

/// The rows of a frame, for [`free_frame`].
pub(super) unsafe extern "C" fn open_frame() -> *mut c_void {
    let frame = guard::guarded(|| Box::into_raw(Box::<FrameRows>::default()));
    frame.map_or(null_mut(), <*mut _>::cast)
}

pub(super) unsafe extern "C" fn free_frame(frame: *mut c_void) {
    // SAFETY: `frame` comes from `open_frame`, and the packet's pool calls this once.
    drop(unsafe { Box::from_raw(frame.cast::<FrameRows>()) });
}

/// Calls `list` with the rows of the frame and the events added, and keeps what it returns in
/// the packet's pool.
///
/// # Safety
///
/// `frame` comes from [`open_frame`] and is not freed, `events` are those of a packet that is
/// being dissected, `pool` is its pool, and `count` points to a variable of the shim's.
unsafe fn rows<T: Copy>(
    frame: *mut c_void,
    events: *const c_void,
    (pool, count): (*mut c_void, *mut u32),
    list: impl FnOnce(&mut FrameRows, Pool) -> Vec<T>,
) -> *const T {
    // SAFETY: the caller's promise. Wireshark calls taps from one thread.
    let (frame, events) = unsafe { (&mut *frame.cast::<FrameRows>(), events_at(events)) };
    let pool = Pool(pool);
    let rows = guard::guarded(|| {
        frame.add(events);
        let rows = list(frame, pool);
        (pool.keep(&rows), rows.len() as u32)
    });
    let (rows, length) = rows.unwrap_or((null(), 0));
    // SAFETY: the caller's promise.
    unsafe { *count = length };
    rows
}

/// The endpoints that the events add to the frame.
pub(super) unsafe extern "C" fn frame_endpoints(
    frame: *mut c_void,
    events: *const c_void,
    pool: *mut c_void,
    count: *mut u32,
) -> *const sys::imshark_endpoint {
    let list = |frame: &mut FrameRows, pool: Pool| {
        let rows = frame.endpoints().into_iter();
        let rows = rows.map(|row| sys::imshark_endpoint {
            name: pool.keep_text(&row.name),
            sends: u8::from(row.sends),
        });
        rows.collect()
    };
    // SAFETY: the shim passes a frame of its own, and the packet's events and pool.
    unsafe { rows(frame, events, (pool, count), list) }
}

/// The pairs of the open capture, by protocol.
static PAIRS: Mutex<BTreeMap<u32, PairNumbers>> = Mutex::new(BTreeMap::new());

fn with_pairs<T>(protocol: u32, body: impl FnOnce(&mut PairNumbers) -> T) -> T {
    let mut all = PAIRS.lock().unwrap_or_else(PoisonError::into_inner);
    body(all.entry(protocol).or_default())
}

/// Forgets the pairs of the capture that was closed.
pub(super) fn reset() {
    let mut all = PAIRS.lock().unwrap_or_else(PoisonError::into_inner);
    all.clear();
}

/// The pairs that the events add to the frame. Sets `has_groups` if the frame has more than two
/// peers.
pub(super) unsafe extern "C" fn frame_pairs(
    protocol: u32,
    frame: *mut c_void,
    events: *const c_void,
    pool: *mut c_void,
    count: *mut u32,
    has_groups: *mut u8,
) -> *const sys::imshark_pair {
    let list = |frame: &mut FrameRows, pool: Pool| {
        if frame.has_more_than_two_peers() {
            // SAFETY: the shim passes a pointer to a variable of its own.
            unsafe { *has_groups = 1 };
        }
        let rows = frame.pairs().into_iter();
        let rows = rows.map(|row| sys::imshark_pair {
            from: pool.keep_text(&row.from),
            to: pool.keep_text(&row.to),
            number: with_pairs(protocol, |pairs| pairs.number(row)),
        });
        rows.collect()
    };
    // SAFETY: the shim passes a frame of its own, and the packet's events and pool.
    unsafe { rows(frame, events, (pool, count), list) }
}

/// The filter for the pair with this number.
pub(super) unsafe extern "C" fn pair_filter(protocol: u32, number: u32) -> *const c_char {
    static LAST: Mutex<Option<CString>> = Mutex::new(None);
    let filter = guard::guarded(|| {
        let mut specs = ENDPOINTS.iter();
        let spec = specs.find(|spec| u32::from(spec.protocol.index) == protocol)?;
        let filter = with_pairs(protocol, |pairs| pairs.filter(&spec.fields, number))?;
        let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        Some(last.insert(CString::new(filter).ok()?).as_ptr())
    });
    filter.ok().flatten().unwrap_or(null())
}
