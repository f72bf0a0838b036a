//! The functions that Wireshark and the shim call in Rust.

use core::ffi::CStr;
use core::ptr::{null, null_mut};

use libc::{c_char, c_int, c_void};
use once_cell::sync::OnceCell;

use crate::epan::lower::{lower, Pool};
#[cfg(feature = "panic-probe")]
use crate::epan::probe;
use crate::epan::reports::Said;
use crate::epan::view::{slice, view};
use crate::epan::{
    credentials, dissectors, endpoints, exports, follow, guard, reports, selections, settings,
    state, statistics, sys, tables,
};
use crate::msn::http::wire::head::is_whole as is_whole_message;
use crate::packet::Answer;
use crate::protocols::PROTOCOLS;

/// The Wireshark version of the headers: major and minor.
pub(crate) const WANTED: (c_int, c_int) = (
    sys::IMSHARK_WANT_MAJOR as c_int,
    sys::IMSHARK_WANT_MINOR as c_int,
);

/// The functions that the shim calls.
static RUST: OnceCell<sys::imshark_rust> = OnceCell::new();

/// Registers the plugin with Wireshark.
pub(crate) fn register() {
    let functions = RUST.get_or_init(|| {
        guard::install();
        sys::imshark_rust {
            protocol_count: PROTOCOLS.len() as u32,
            tables: Some(tables),
            dissectors: Some(dissectors),
            reset: Some(reset),
            open_session: Some(open_session),
            dissect: Some(dissect),
            recognise: Some(recognise),
            may_be_http: Some(may_be_http),
            is_whole: Some(is_whole),
            check_key: Some(check_key),
            use_keys: Some(use_keys),
            reports: Some(reports::reports),
            open_report: Some(reports::open_report),
            close_report: Some(reports::close_report),
            reset_report: Some(reports::reset_report),
            add_events: Some(reports::add_events),
            report_row: Some(reports::report_row),
            print_report: Some(reports::print_report),
            want_records: Some(reports::want_records),
            records: Some(reports::records),
            free_events: Some(reports::free_events),
            exports: Some(exports::exports),
            open_exports: Some(exports::open_exports),
            add_exports: Some(exports::add_exports),
            release_exports: Some(exports::release_exports),
            free_exports: Some(exports::free_exports),
            statistics: Some(statistics::statistics),
            open_counters: Some(statistics::open_counters),
            close_counters: Some(statistics::close_counters),
            tree_paths: Some(statistics::tree_paths),
            response_times: Some(statistics::response_times),
            credentials: Some(credentials::credentials),
            followed: Some(follow::followed),
            follow: Some(follow::follow),
            endpoints: Some(endpoints::endpoints),
            open_frame: Some(endpoints::open_frame),
            free_frame: Some(endpoints::free_frame),
            frame_endpoints: Some(endpoints::frame_endpoints),
            frame_pairs: Some(endpoints::frame_pairs),
            pair_filter: Some(endpoints::pair_filter),
            selections: Some(selections::selections),
            select: Some(selections::select),
        }
    });
    // SAFETY: Wireshark calls `plugin_register`, and so this, from one thread; the
    // functions live for ever; nothing in the call throws.
    unsafe { sys::imshark_register_plugin(functions) };
}

/// The type of this plugin, for `plugin_describe`.
pub(crate) fn description() -> u32 {
    // SAFETY: it returns a constant.
    unsafe { sys::imshark_plugin_description() }
}

unsafe extern "C" fn tables(which: u32) -> *mut sys::imshark_protocol {
    guard::guarded(|| tables::tables(which as usize))
        .ok()
        .flatten()
        .unwrap_or(null_mut())
}

unsafe extern "C" fn dissectors(count: *mut u32) -> *const sys::imshark_dissector {
    let (list, length) = guard::guarded(tables::dissectors).unwrap_or((null(), 0));
    // SAFETY: the shim passes a pointer to a variable of its own.
    unsafe { *count = length as u32 };
    list
}

unsafe extern "C" fn reset(object_memory: u32, chinese_names: c_int) {
    // Freeing does not panic; if it did, nothing could be done about it.
    let _ = guard::guarded(|| state::reset(object_memory, chinese_names != 0));
    let _ = guard::guarded(statistics::reset);
    let _ = guard::guarded(follow::reset);
    let _ = guard::guarded(endpoints::reset);
}

unsafe extern "C" fn open_session(which: u32) -> u32 {
    guard::guarded(|| dissectors::at(which).map_or(0, |row| (row.open)())).unwrap_or(0)
}

unsafe extern "C" fn dissect(
    which: u32,
    packet: *const sys::imshark_packet,
    pool: *mut c_void,
    out: *mut sys::imshark_plan,
) {
    let pool = Pool(pool);
    // SAFETY: the shim passes a valid packet and a zeroed plan, which nobody else uses
    // during the call.
    let (packet, out) = unsafe { (&*packet, &mut *out) };
    let result = guard::guarded(|| {
        // SAFETY: `packet` comes from the shim.
        let (session, packet) = (packet.session, unsafe { view(packet) });
        #[cfg(feature = "panic-probe")]
        if let Some(mut plan) = probe::answer(PROTOCOLS[which as usize], &packet) {
            lower(&mut plan, &packet, 0, pool, out);
            return;
        }
        if let Some(row) = dissectors::at(which) {
            (row.dissect)(session, &packet, &mut |plan, packet, before| {
                if packet.has_listeners {
                    let records = match reports::wants_records() {
                        true => reports::records_of(plan, packet),
                        false => String::new(),
                    };
                    let events = (row.events)(plan, packet);
                    pool.keep_said(Said { events, records }, out);
                }
                lower(plan, packet, before, pool, out);
            });
        }
    });
    if let Err(message) = result {
        out.panic = pool.keep_text(&message);
    }
}

unsafe extern "C" fn recognise(which: u32, packet: *const sys::imshark_packet) -> c_int {
    // SAFETY: the shim passes a valid packet.
    let packet = unsafe { &*packet };
    // A heuristic must not throw, or the dissectors after it never see the packet: a
    // panic here means "not ours".
    let answer = guard::guarded(|| {
        // SAFETY: `packet` comes from the shim.
        let (session, packet) = (packet.session, unsafe { view(packet) });
        dissectors::at(which).map_or(Answer::No, |row| (row.recognise)(session, &packet))
    });
    let answer = match answer {
        Ok(Answer::Yes) => sys::IMSHARK_YES,
        Ok(Answer::Remember) => sys::IMSHARK_REMEMBER,
        Ok(Answer::No) | Err(_) => sys::IMSHARK_NO,
    };
    answer as c_int
}

unsafe extern "C" fn may_be_http(which: u32, bytes: *const u8, length: u32) -> c_int {
    let may_be_http = guard::guarded(|| {
        // SAFETY: the shim passes `length` bytes of a tvbuff, which do not change during
        // the call.
        let bytes = unsafe { slice(bytes, length) };
        dissectors::at(which).is_some_and(|row| (row.may_be_http)(bytes))
    });
    c_int::from(may_be_http.unwrap_or(false))
}

unsafe extern "C" fn is_whole(bytes: *const u8, length: u32) -> c_int {
    let is_whole = guard::guarded(|| {
        // SAFETY: as for `may_be_http`.
        is_whole_message(unsafe { slice(bytes, length) })
    });
    c_int::from(is_whole.unwrap_or(false))
}

unsafe extern "C" fn check_key(row: *const sys::imshark_key) -> *const c_char {
    // SAFETY: the shim passes a valid row.
    let row = unsafe { &*row };
    guard::guarded(|| settings::fault_of(row))
        .unwrap_or(Some(c"imshark cannot read this row"))
        .map_or(null(), CStr::as_ptr)
}

unsafe extern "C" fn use_keys(
    rows: *const sys::imshark_key,
    count: u32,
    table: *const c_char,
    keylog: *const c_char,
    show_keys: c_int,
    complaint: *mut c_char,
    size: usize,
) {
    let complaints = guard::guarded(|| {
        // SAFETY: the shim passes `count` rows, none of which changes during the call.
        let rows = unsafe { slice(rows, count) };
        settings::set(rows, table, keylog, show_keys)
    });
    let text = complaints.unwrap_or_else(Some).unwrap_or_default();
    let mut end = text.len().min(size.saturating_sub(1));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    if size > 0 {
        // SAFETY: the shim's buffer has `size` bytes, and `end` is less.
        unsafe {
            core::ptr::copy_nonoverlapping(text.as_ptr(), complaint.cast(), end);
            *complaint.add(end) = 0;
        }
    }
}
