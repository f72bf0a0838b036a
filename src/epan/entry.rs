//! The rows of [`ENTRIES`], how packets reach each protocol, in the form that the shim
//! reads.

use core::ffi::CStr;
use core::ptr::null;

use libc::c_char;

use crate::entries::{
    Bytes, Entry, Heuristic, KeyPreferences, MemoryPreference, SharedPorts, SwitchPreference,
    ENTRIES,
};
use crate::epan::forever::forever;
use crate::epan::sys;
use crate::packet::Transport;

const _: () = assert!(ENTRIES.len() <= sys::IMSHARK_MAX_PROTOCOLS as usize);

/// Converts the row of a protocol.
pub(super) fn entry(entry: &'static Entry) -> *const sys::imshark_entry {
    let port = entry.port.as_ref();
    let media = entry.media.as_ref();
    let heuristics = entry.heuristics.iter().map(heuristic);
    one(sys::imshark_entry {
        builtin_view: text(entry.builtin_view),
        port_table: text(port.map(|port| port.table)),
        port_handle: text(port.map(|port| port.handle)),
        decode_as: text(entry.decode_as),
        media_type: text(media.map(|media| media.name)),
        media_handle: text(media.map(|media| media.handle)),
        http: entry.http.map_or(null(), |http| one(bytes(http))),
        heuristics: forever(heuristics),
        sharing: entry.sharing.as_ref().map_or(null(), sharing),
        keys: entry.keys.as_ref().map_or(null(), keys),
        memory: entry.memory.as_ref().map_or(null(), memory),
        chinese: entry.chinese.as_ref().map_or(null(), switch),
        heuristic_count: entry.heuristics.len() as u32,
        port: port.map_or(0, |port| port.number),
        family: entry.family.index,
        dissects: u8::from(entry.dissects),
    })
}

fn one<T>(row: T) -> *const T {
    forever([row].into_iter())
}

fn text(text: Option<&'static CStr>) -> *const c_char {
    text.map_or(null(), CStr::as_ptr)
}

fn bytes(bytes: Bytes) -> sys::imshark_bytes {
    sys::imshark_bytes { bits: bytes.bits }
}

fn heuristic(row: &Heuristic) -> sys::imshark_heuristic {
    let (first_bytes_by_third, third) = row.first_bytes_by_third.unwrap_or((Bytes::of(&[]), 0));
    sys::imshark_heuristic {
        list: row.list().as_ptr(),
        title: row.title.as_ptr(),
        name: row.name.as_ptr(),
        first_bytes: bytes(row.first_bytes),
        first_bytes_by_third: bytes(first_bytes_by_third),
        third,
        transport: match row.over {
            Transport::Udp => sys::IMSHARK_UDP as u8,
            _ => sys::IMSHARK_TCP as u8,
        },
    }
}

fn sharing(row: &'static SharedPorts) -> *const sys::imshark_sharing {
    one(sys::imshark_sharing {
        preference: row.preference.as_ptr(),
        title: row.title.as_ptr(),
        about: row.about.as_ptr(),
        ports: row.ports.as_ptr(),
        port_count: row.ports.len() as u32,
        with_http: u8::from(row.with_http),
    })
}

fn keys(row: &'static KeyPreferences) -> *const sys::imshark_keys {
    one(sys::imshark_keys {
        table: row.table.as_ptr(),
        file: row.file.as_ptr(),
        title: row.title.as_ptr(),
        about: row.about.as_ptr(),
        account: row.account.as_ptr(),
        account_about: row.account_about.as_ptr(),
        keylog: row.keylog.as_ptr(),
        keylog_title: row.keylog_title.as_ptr(),
        keylog_about: row.keylog_about.as_ptr(),
        show: row.show.as_ptr(),
        show_title: row.show_title.as_ptr(),
        show_about: row.show_about.as_ptr(),
    })
}

fn switch(row: &'static SwitchPreference) -> *const sys::imshark_switch {
    one(sys::imshark_switch {
        preference: row.name.as_ptr(),
        title: row.title.as_ptr(),
        about: row.about.as_ptr(),
    })
}

fn memory(row: &'static MemoryPreference) -> *const sys::imshark_memory {
    one(sys::imshark_memory {
        preference: row.name.as_ptr(),
        title: row.title.as_ptr(),
        about: row.about.as_ptr(),
        mebibytes: row.mebibytes,
    })
}
